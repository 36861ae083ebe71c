"""Emphasis that a converter to Markdown leaves in a text: "**1.** **Sở Y tế**", "*1.1. Chi cục Kiểm lâm*".

It says nothing of what is printed, yet it stands before labels and within names. The text is read without it and everything found led
back, as it is for lost blanks. An asterisk that is a bullet ("* Các sở"), a footnote's ("(*)") or a ruling's ("*" alone under the organ of
a Party paper) is none: only pairs around words are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kehoach_parser.text.lost_blanks import Spaced

#: Two asterisks are emphasis beside a letter or another mark, but for a footnote's; single ones in pairs, tight around their words. What
#: stands before them is asked behind them: a pattern that begins with its sign is searched for many times as fast.
_STRONG = re.compile(r"\*\*(?<!\(\*\*(?=\)))(?:(?=\S)|(?<=\S\*\*))")
_WEAK = re.compile(r"\*(?<![\w*]\*)(?=[^\s*)])(?:[^*\n]|\n(?![ \t]*\n))*(?<=[^\s*(])\*(?![\w*])")


def without_emphasis(content: str) -> Spaced | None:
    """The text without the marks of emphasis; None where it has none."""
    marks = emphasis(content)
    if not marks:
        return None
    kept = [at for start, end in _between(marks, len(content)) for at in range(start, end)]
    return Spaced(_without(content, marks), [*kept, len(content)], (), ())


def emphasis(content: str) -> list[int]:
    """The offsets (code points) of the marks of emphasis in a text, in order."""
    if "*" not in content:
        return []
    strong = _marks(_STRONG, content)
    # Single ones are looked for where the double ones are gone: each lies as many further on as stand before it.
    weak = _marks(_WEAK, _without(content, strong))
    before = [at - number for number, at in enumerate(strong)]
    return sorted([*strong, *(at + bisect_right(before, at) for at in weak)])


def _marks(pattern: re.Pattern[str], text: str) -> list[int]:
    """Of a pair the words within stay: the marks are the first and the last letter of what is found, which are all of "**"."""
    return [at for match in pattern.finditer(text) for at in (match.start(), match.end() - 1)]


def _without(text: str, marks: Sequence[int]) -> str:
    return "".join(text[start:end] for start, end in _between(marks, len(text)))


def _between(marks: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """Where the text between marks begins and ends."""
    return ((before + 1, mark) for before, mark in pairwise((-1, *marks, length)))
