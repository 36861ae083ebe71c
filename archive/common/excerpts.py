"""Sentences and snippets: a readable piece of text around a place, with what was found in it marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.values.documents import Snippet, Span

# A sentence ends at . ; ? ! before a capital, a bullet or a number, or at a blank line. A line end alone says nothing: lines are wrapped.
_SENTENCE_END = re.compile(r"[.;?!…][\"”’)]?\s+(?=[^\W\d_a-zà-ỹ]|[-–+*•(\d“\"])|\n[^\S\n]*\n")

# What is left over before a sentence: the colon of a heading, the dots of a contents line.
_LEADING = " \t\r\n\f:.;,–"

#: Longest piece on either side of what was found, in code points.
REACH = 300


def sentence_span(text: str, inner: Span, bounds: Span) -> Span:
    """The sentence around ``inner``, within ``bounds`` and not much longer than REACH on either side."""
    left = max(bounds[0], inner[0] - REACH)
    right = min(bounds[1], inner[1] + REACH)
    start = left
    for match in _SENTENCE_END.finditer(text, left, inner[0]):
        start = match.end()
    found = _SENTENCE_END.search(text, max(inner[1] - 1, inner[0]), right)
    end = found.start() + 1 if found else _word_end(text, right, bounds[1])
    start = _word_start(text, start, bounds[0]) if start == left else start
    start += len(text[start : inner[0]]) - len(text[start : inner[0]].lstrip(_LEADING))
    return min(start, inner[0]), max(end, inner[1])


def snippet(text: str, span: Span, highlights: Iterable[Span]) -> Snippet:
    """The text of a span with blanks run together to one, and the highlights (spans of the text) where they are now."""
    piece = text[span[0] : span[1]]
    start, end = span[0] + len(piece) - len(piece.lstrip()), span[0] + len(piece.rstrip())
    wanted, said = sorted(set(highlights)), " ".join(piece.split())
    if len(said) == end - start:  # no blanks run together: all stays where it is
        return Snippet(said, tuple((first - start, last - start) for first, last in wanted if start <= first and last <= end))
    moved = {offset: _moved(text, start, offset) for pair in wanted for offset in pair if start <= offset <= end}
    places = ((moved.get(first), moved.get(last)) for first, last in wanted)
    return Snippet(said, tuple((first, last) for first, last in places if first is not None and last is not None))


def _moved(text: str, start: int, offset: int) -> int | None:
    """Where an offset is once blanks from ``start`` on are run together; None within blanks."""
    before = text[start:offset]
    behind_blank = before[-1:].isspace()
    if behind_blank and text[offset : offset + 1].isspace():
        return None
    return len(" ".join(before.split())) + behind_blank


def _word_end(text: str, offset: int, highest: int) -> int:
    """The end of the word that an offset falls into, no higher than ``highest``."""
    while offset < highest and not text[offset].isspace():
        offset += 1
    return offset


def _word_start(text: str, offset: int, lowest: int) -> int:
    """The start of the word that an offset falls into, no lower than ``lowest``."""
    while offset > lowest and not text[offset - 1].isspace():
        offset -= 1
    return offset
