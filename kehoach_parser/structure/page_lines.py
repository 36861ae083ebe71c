"""The lines that every paper bears at its top: the Party line, the State line and the motto (Quốc hiệu, Tiêu ngữ), taken out of its head.

They stand beside the organ, and a page read across its columns has both on one line. A narrow column breaks them over two lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kehoach_parser.model import Span
from kehoach_parser.text.lines import AROUND_WORDS, Line
from kehoach_parser.text.phrases import MOTTO, PARTY_LINE, SHORT_STATE_LINE, STATE_LINE, matches_at

#: A line that ends within a phrase holds so many of its words at least: "CỘNG HÒA", "ĐẢNG CỘNG".
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Words:
    """A line by what stands between its blanks: places in the line; of those that a word is left of, the ``bare`` word, folded, and in
    ``numbers`` which chunk it is."""

    line: Line
    chunks: tuple[Span, ...]
    bare: tuple[str, ...]
    numbers: tuple[int, ...]

    def places(self, first: int, count: int) -> range:
        """The chunks of ``count`` words from the first, marks between them with them."""
        return range(self.numbers[first], self.numbers[first + count - 1] + 1)


def without_page_lines(lines: Sequence[Line]) -> list[list[Span]]:
    """For each line of a head the pieces that are left of it when these lines are taken out."""
    words = [_words(line) for line in lines]
    taken: list[set[int]] = [set() for _ in lines]
    for phrase in (STATE_LINE, SHORT_STATE_LINE, PARTY_LINE, MOTTO):
        for at, places in _found(words, phrase):
            taken[at].update(places)
    return [list(_left(line, places)) for line, places in zip(words, taken, strict=True)]


def _words(line: Line) -> _Words:
    chunks = tuple((match.start(), match.end()) for match in re.finditer(r"\S+", line.text))
    stripped = [line.folded[start:end].strip(AROUND_WORDS) for start, end in chunks]
    return _Words(line, chunks, tuple(filter(None, stripped)), tuple(at for at, word in enumerate(stripped) if word))


def _found(lines: Sequence[_Words], phrase: str) -> Iterator[tuple[int, range]]:
    """(place of a line, chunks of it) that are the phrase, on one line or on two."""
    length = len(phrase.split())
    for at, line in enumerate(lines):
        first = next((first for first in range(len(line.bare) - length + 1) if matches_at(line.bare, first, phrase)), None)
        if first is not None:
            yield at, line.places(first, length)
        elif at + 1 < len(lines):
            yield from ((at + below, places) for below, places in _broken(line, lines[at + 1], phrase))


def _broken(line: _Words, below: _Words, phrase: str) -> Iterator[tuple[int, range]]:
    """A phrase that the end of a line begins and the next line ends: at its beginning, or at its end where the columns were read across."""
    words = phrase.split()
    for count in range(len(words) - 1, _LEAST - 1, -1):
        head, rest = " ".join(words[:count]), " ".join(words[count:])
        if len(line.bare) < count or not matches_at(line.bare, len(line.bare) - count, head):
            continue
        left = len(words) - count
        for first in (0, len(below.bare) - left):
            if first >= 0 and matches_at(below.bare, first, rest):
                yield 0, line.places(len(line.bare) - count, count)
                yield 1, below.places(first, left)
                return


def _left(words: _Words, taken: set[int]) -> Iterator[Span]:
    piece: Span | None = None
    for at, (start, end) in enumerate(words.chunks):
        if at in taken:
            if piece:
                yield piece
            piece = None
        else:
            piece = (piece[0] if piece else words.line.start + start, words.line.start + end)
    if piece:
        yield piece
