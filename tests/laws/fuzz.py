"""Texts to try the laws on: the fixtures, and what Hypothesis makes of them and of the words of plans."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import strategies as st

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.txt"))
CONTENTS = [path.read_bytes().decode() for path in FIXTURES]
_LINES = [line for content in CONTENTS for line in content.split("\n") if line.strip()]

#: Words and phrases of plans, sound and damaged; "|" stands for a blank inside a phrase.
WORDS = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split()
_SOUP = st.lists(
    st.one_of(
        st.sampled_from([word.replace("|", " ") if len(word) > 4 else word for word in WORDS]),
        st.sampled_from(["\n", "\n\n", " ", "\t", "\r\n", "\f", "\u00a0", "\u2028", "\u200b", "\x85"]),
    ),
    max_size=60,
)
keyword_soup = st.builds(lambda words, glue: glue.join(words), _SOUP, st.sampled_from([" ", " ", "\n", ""]))


@st.composite
def broken_fixtures(draw: st.DrawFn) -> str:
    """Lines of the fixtures in any order, cut anywhere, some of them twice."""
    lines = draw(st.lists(st.sampled_from(_LINES), min_size=1, max_size=40))
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
    piece = content[start : start + draw(st.integers(1, 3000))]
    return unicodedata.normalize("NFD", piece) if draw(st.booleans()) else piece


# Everything that a str can hold, lone surrogates among it.
any_unicode = st.text(st.characters(exclude_categories=()), max_size=300)
mixed = st.builds("".join, st.lists(st.one_of(keyword_soup, st.text(st.characters(exclude_categories=()), max_size=20)), max_size=5))
everything = st.one_of(keyword_soup, broken_fixtures(), fixture_pieces(), any_unicode, mixed)
