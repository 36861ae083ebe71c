"""Letters of a text layer into words, by where they stand: the order in the file is only the order in which a program wrote them.

1. Letters that follow each other without a blank and stand side by side make a piece.
2. Pieces on one base line whose boxes touch are one word, whatever lay between them in the file. Where a font has no Vietnamese letters,
   LibreOffice and browsers write the letters of the line that it has, and then those that a second font lends: "K HO CH" + "Ế Ạ".
   PDFium puts blanks between that stand nowhere; a blank that the file has parts words.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, islice, pairwise, takewhile
from operator import attrgetter
from statistics import median
from typing import Any, NamedTuple

from kehoach_parser.text.fold import compose
from kehoach_parser.text.syllables import is_spoken

#: A word as JSON: text, left, top, right, bottom in points from the upper left, height of its letters, and 1 if it was added by a widget.
WordJson = list[Any]
Rect = tuple[float, float, float, float]

#: Shares of the height of letters. Letters that follow each other further apart belong to two words, also where the file has no blank.
_BLANK = 0.15
#: Boxes that overlap no more touch.
_OVERLAP = 0.25
#: Gaps wider than this may be blanks; wider than the second, they part columns.
_MAY_BE_BLANK, _COLUMN = 0.15, 1.6
#: A gap within a word is no wider than this, or, as shares of the usual blank of its line: _WITHIN; _DOUBTFUL where both sides together
#: alone are a syllable ("đạ i", "biể u"): letters that a second font lends are narrower than the place that they were given. Capitals may
#: be numbers ("TỔ I"); small letters that are nothing by themselves are of the syllable also _FAR away.
_TOUCH, _WITHIN, _DOUBTFUL, _FAR = 0.08, 0.36, 0.85, 1.4
#: A blank stands next to a letter if it is no further away.
_NEXT = 0.3
#: Base lines that differ by no more are one.
_LEVEL = 0.08
#: A raised figure is smaller than the letters beside it, and its base line is higher, but no line higher.
_SMALLER, _ABOVE, _LINE = 0.8, 0.1, 0.7
#: Marks of footnotes and units stand above the line: "đảng viên¹", "m³".
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Letter(NamedTuple):
    """A character with its box in points, the height of its base line and where it starts on it; ``generated``: a blank that PDFium made,
    the file has none there."""

    char: str
    box: Rect
    base: float
    start: float
    generated: bool = False


@dataclass(slots=True)
class _Piece:
    """Letters side by side. ``size`` is the height of the tallest, ``opened`` and ``closed`` say that the file has a blank before or behind
    them, ``added`` that they are not of the page but were laid over it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    added: bool
    base: float
    start: float
    opened: bool = False
    closed: bool = False

    def takes(self, letter: Letter, added: bool) -> bool:
        """Does a letter that follows in the file stand beside these?"""
        size = max(letter.box[3] - letter.box[1], self.size)
        level = abs(letter.box[3] - self.bottom) < 0.6 * size
        beside = letter.start >= self.start and -0.6 * size < letter.box[0] - self.right < _BLANK * size
        return self.added == added and level and beside

    def take(self, letter: Letter) -> None:
        """Adds a letter; a figure that is smaller and stands above the line is the mark of a footnote."""
        height = letter.box[3] - letter.box[1]
        raised = letter.char.isdigit() and height < _SMALLER * self.size and self.base - letter.base > _ABOVE * self.size
        self.text += letter.char.translate(_RAISED) if raised else letter.char
        self._grow(letter.box, height)

    def open(self, blank: Letter | None) -> None:
        """A blank of the file came before: it parts these from another word if it stands there too, and not elsewhere on the page."""
        self.opened = blank is not None and self._beside(blank, blank.box[2] - self.left)

    def close(self, blank: Letter) -> None:
        """A blank of the file comes next."""
        self.closed = self._beside(blank, blank.box[0] - self.right)

    def _beside(self, blank: Letter, distance: float) -> bool:
        return abs(distance) < _NEXT * self.size and abs(blank.base - self.base) < _NEXT * self.size

    def gap(self, other: _Piece) -> float:
        """How far a piece further right on the base line is from this one, in heights of letters; in points where these have none."""
        size, points = max(self.size, other.size), other.left - self.right
        return points / size if size else points

    def parted(self, other: _Piece) -> bool:
        """Is a piece further right another word, wherever it stands?"""
        return self.closed or other.opened or self.added != other.added or self.gap(other) < -_OVERLAP

    def touches(self, other: _Piece, blank: float | None) -> bool:
        """Is a piece further right surely of the same word? ``blank``: the usual blank of the line in points."""
        return self.gap(other) < _TOUCH if blank is None else other.left - self.right < _WITHIN * blank

    def needs(self, other: _Piece, blank: float | None) -> bool:
        """Is a piece further right nothing by itself, and a syllable with this one?"""
        near = blank is not None and other.left - self.right < (_FAR if other.text.islower() else _DOUBTFUL) * blank
        alone = is_spoken(other.text) and not (len(other.text) == 1 and other.text.isascii())
        return near and not alone and is_spoken(self.text + other.text)

    def stands_above(self, other: _Piece) -> bool:
        """Is this raised beside another word?"""
        near = max(other.left - self.right, self.left - other.right) < other.size
        return near and self.size < _SMALLER * other.size and _ABOVE * other.size < other.base - self.base < _LINE * other.size

    def join(self, other: _Piece) -> None:
        """Adds a piece that touches."""
        self.text += other.text
        self._grow((other.left, other.top, other.right, other.bottom), other.size)
        self.closed = other.closed

    def _grow(self, box: Rect, size: float) -> None:
        left, top, right, bottom = box
        self.left, self.top = left if left < self.left else self.left, top if top < self.top else self.top
        self.right, self.bottom = right if right > self.right else self.right, bottom if bottom > self.bottom else self.bottom
        self.size = size if size > self.size else self.size


def words_of(letters: Iterable[Letter], before: Counter[tuple[str, int, int]] | None) -> list[WordJson]:
    """The words of a page; ``before``: the letters that it had before its widgets were flattened (`key_of`), None where it has none."""
    words = [word for line in _lines(_pieces(letters, before)) for word in _joined(line)]
    _raise_marks(words)
    return [
        [
            compose(word.text)[0],
            *(round(value, 2) for value in (word.left, word.top, word.right, word.bottom, word.size)),
            int(word.added),
        ]
        for word in words
    ]


def _raise_marks(words: Iterable[_Piece]) -> None:
    """Makes figures that stand raised beside another word marks of footnotes, as a line of a cell begins with."""
    by_base = sorted(words, key=attrgetter("base"))
    lowest = _LINE * max((word.size for word in by_base), default=0.0)
    for at, word in enumerate(by_base):
        if word.text.isascii() and word.text.isdigit():
            below = takewhile(lambda other, word=word: other.base - word.base < lowest, islice(by_base, at + 1, None))  # type: ignore[misc]
            if any(word.stands_above(other) for other in below):
                word.text = word.text.translate(_RAISED)


def key_of(letter: Letter) -> tuple[str, int, int]:
    """What a letter is known by again."""
    return letter.char, round(letter.box[0]), round(letter.box[1])


def _pieces(letters: Iterable[Letter], before: Counter[tuple[str, int, int]] | None) -> list[_Piece]:
    pieces: list[_Piece] = []
    open_one: _Piece | None = None
    blank: Letter | None = None
    for letter in letters:
        if unicodedata.combining(letter.char) and pieces:
            # A mark that was set by itself: its box says nothing ("Tổ chư" + acute + "c").
            open_one = pieces[-1]
            open_one.text += letter.char
            continue
        if letter.char == " ":
            blank = None if letter.generated else letter
            if blank and pieces:
                pieces[-1].close(blank)
            open_one = None
            continue
        added = before is not None and _is_new(letter, before)
        if open_one is not None and open_one.takes(letter, added):
            open_one.take(letter)
        else:
            left, top, right, bottom = letter.box
            open_one = _Piece(letter.char, left, top, right, bottom, bottom - top, added, letter.base, letter.start)
            open_one.open(blank)
            pieces.append(open_one)
        blank = None
    return pieces


def _is_new(letter: Letter, before: Counter[tuple[str, int, int]]) -> bool:
    """Was a letter not there before? Each that was is found again once."""
    key = key_of(letter)
    before[key] -= 1
    return before[key] < 0


def _lines(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces on one base line, from left to right."""
    numbered: list[tuple[int, _Piece]] = []
    line, base = 0, None
    for piece in sorted(pieces, key=attrgetter("base")):
        if base is not None and piece.base - base > _LEVEL * piece.size:
            line += 1
        base = piece.base
        numbered.append((line, piece))
    return [sorted((piece for _, piece in group), key=attrgetter("start")) for _, group in groupby(numbered, key=lambda pair: pair[0])]


def _joined(line: list[_Piece]) -> list[_Piece]:
    blanks = [right.left - left.right for left, right in pairwise(line) if _MAY_BE_BLANK < left.gap(right) < _COLUMN]
    blank = median(blanks) if blanks else None
    for same in (_Piece.touches, _Piece.needs):
        words: list[_Piece] = []
        for piece in line:
            if words and not words[-1].parted(piece) and same(words[-1], piece, blank):
                words[-1].join(piece)
            else:
                words.append(piece)
        line = words
    return line
