"""Texts to try the laws on: the fixtures, and what Hypothesis makes of them and of the words of plans."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import strategies as st

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.txt"))
CONTENTS = [path.read_bytes().decode() for path in FIXTURES]
_LINES = [line for content in CONTENTS for line in content.split("\n") if line.strip()]

#: Words and phrases of plans, sound and damaged; "~" stands for a blank inside a phrase.
WORDS = [word.replace("~", " ") for word in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split()]
_GAPS = [" ", " ", " ", "\n", "\n", "\n\n", "", ", ", "\t", "\r\n", "\f", "\u00a0", "\u2028", "\u200b", "\x85"]
keyword_soup = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(_GAPS)), min_size=8, max_size=80).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@st.composite
def broken_fixtures(draw: st.DrawFn) -> str:
    """Lines of the fixtures in any order, cut anywhere, some of them twice."""
    lines = draw(st.lists(st.sampled_from(_LINES), min_size=4, max_size=40))
    out = []
    for line in lines:
        start = draw(st.integers(0, min(6, len(line)))) if draw(st.booleans()) else 0
        out.append(line[start : draw(st.integers(start, len(line)))] if draw(st.booleans()) else line[start:])
    return draw(st.sampled_from(["\n", "\n\n", "\r\n", " "])).join(out)


@st.composite
def fixture_pieces(draw: st.DrawFn) -> str:
    """A stretch of a fixture, as it is or decomposed (NFD)."""
    content = draw(st.sampled_from(CONTENTS))
    start = draw(st.integers(0, len(content) - 1))
    piece = content[start : start + draw(st.integers(200, 3000))]
    return unicodedata.normalize("NFD", piece) if draw(st.booleans()) else piece


# Everything that a str can hold, lone surrogates among it.
_ANY = st.characters(exclude_categories=())
any_unicode = st.text(_ANY, max_size=300)
words_and_noise = st.lists(st.one_of(keyword_soup, st.text(_ANY, max_size=20)), min_size=2, max_size=4).map("".join)

KINDS = {
    "keyword soup": keyword_soup,
    "broken fixtures": broken_fixtures(),
    "pieces of fixtures": fixture_pieces(),
    "any unicode": any_unicode,
    "words and noise": words_and_noise,
}
