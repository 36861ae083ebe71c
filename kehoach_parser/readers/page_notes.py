"""Footnotes of a page with a text layer: small lines at its foot whose first mark stands raised in the text above them.

Their marks are read as raised figures too, as they are printed in the text ("1 Theo Kế hoạch …" below "đảng viên¹"), so that whoever
reads the text knows a note from an item of a list; and a table that goes on over the page's end goes on over them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from statistics import median

from kehoach_parser.readers.layout import Row
from kehoach_parser.readers.words import Word

NOTE_MARK = "note-mark"
_RAISED, _PLAIN = "⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"
_RAISE, _LOWER = str.maketrans(_PLAIN, _RAISED), str.maketrans(_RAISED, _PLAIN)
_FIGURE = re.compile(r"[1-9]\d?")
_ENDS_RAISED = re.compile(rf"[{_RAISED}]+(?=[\W]*$)")
#: Of the usual height of letters: those of a note are smaller.
_SMALL = 0.92
#: From the foot of one line of a note to that of the next are no more heights of letters.
_SPACE = 1.6
#: So many words have a tall letter among them.
_LEAST_WORDS = 4


def notes_at(rows: Sequence[Row], furniture: frozenset[int], before: Sequence[Row] = ()) -> tuple[int, ...]:
    """The places of the lines of a page's footnotes, () where it has none; ``furniture``: places of lines that seem to belong to the page,
    which a note may seem to that comes again ("1 Quyết định số …"). ``before``: the page before, whose last row of a table may refer to a
    note here."""
    foot = [*takewhile(lambda place: place in furniture or rows[place].cells is None, range(len(rows))[::-1])][::-1]
    for first in foot:
        end = next((place for place in foot if place > first and place in furniture and _is_apart(rows[place - 1], rows[place])), len(rows))
        if _is_raised(_mark(rows[first]), (*before, *rows[:first])) and _are_small(rows[first:end], rows[:first] or before):
            return tuple(range(first, end))
    return ()


def _are_small(rows: Sequence[Row], above: Sequence[Row]) -> bool:
    """Are lines set smaller than the text above them?"""
    heights = [_height(row) for row in above if len(row.words) >= _LEAST_WORDS]
    return bool(heights) and max(map(_height, rows)) <= _SMALL * median(heights)


def _height(row: Row) -> float:
    """The height of the tallest word: some fonts give each letter a box as high as itself."""
    return max(word.box[3] - word.box[1] for word in row.words)


def _is_raised(mark: str, rows: Sequence[Row]) -> bool:
    """Does the text refer to a mark?"""
    return bool(mark) and any(mark in _marks(word) for row in rows for word in row.words)


def _is_apart(above: Row, row: Row) -> bool:
    """Is there more space above a row than between the lines of a note?"""
    return row.words[0].box[3] - above.words[0].box[3] > _SPACE * _height(row)


def _marks(word: Word) -> list[str]:
    """The raised figure at a word's end."""
    return [found.translate(_LOWER) for found in _ENDS_RAISED.findall(word.text)]


def _mark(row: Row) -> str:
    """The figure that a row begins with; "" where it begins with none."""
    first = row.words[0].text.translate(_LOWER)
    return first if len(row.words) > 1 and _FIGURE.fullmatch(first) else ""


def with_notes(rows: Sequence[Row], places: Sequence[int]) -> tuple[Row, ...]:
    """The rows of a page with its notes marked as such, their marks raised; a figure is a mark where the one before it is one less."""
    out = list(rows)
    last: int | None = None
    for place in places:
        mark = _mark(rows[place])
        begins = bool(mark) and (last is None or int(mark) == last + 1)
        last = int(mark) if begins else last
        words = (_with_mark(rows[place].words[0]), *rows[place].words[1:]) if begins else rows[place].words
        out[place] = replace(rows[place], words=words, note=True)
    return tuple(out)


def _with_mark(word: Word) -> Word:
    raised = word.text.translate(_RAISE)
    return word if raised == word.text else replace(word, text=raised, printed=word.text, why=NOTE_MARK)
