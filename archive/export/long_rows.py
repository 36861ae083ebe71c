"""Rows of a table that are higher than a spreadsheet's: they go on in rows below, so that nothing is cut on paper, and are one again when
the table is read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from archive.values.sheets import Cell, Sheet

#: A line is so many points high for each point of its letters; so many letters of one point fit into a letter of a column's width.
_LINE, _FIT = 1.2, 15.0
#: The highest row that Excel has, in points, and what of it is no line.
_HIGHEST, _EDGE = 409, 3
_Lines = list[tuple[str, str]]
_PART = re.compile(r"(.+) (\d{1,4})/(\d{1,4})")


def rows_of(cells: Sequence[Cell], sheet: Sheet) -> Iterator[tuple[Sequence[Cell], float]]:
    """A row as rows that are not too high, each with its height in points: programs that open the file may not work it out themselves.

    Each has what stands in the columns ``repeated``, so that the parts stay together when they are sorted and filtered; the column
    ``named`` says which part each is ("d7f3a9c2e1 2/3")."""
    columns = [_wrapped(cell, int(width * _FIT / sheet.size)) for cell, width in zip(cells, sheet.widths, strict=True)]
    most = int((_HIGHEST - _EDGE) / (sheet.size * _LINE))
    lines = max(map(len, columns))
    if lines <= most:
        yield cells, _height(lines, sheet)
        return
    parts = -(-lines // most)
    for part in range(parts):
        pieces = [
            _piece(cell, wrapped, part, most, again=column in sheet.repeated)
            for column, (cell, wrapped) in enumerate(zip(cells, columns, strict=True))
        ]
        again = [piece for piece, _ in pieces]
        if sheet.named is not None and cells[sheet.named]:
            again[sheet.named] = f"{cells[sheet.named]} {part + 1}/{parts}"
        yield again, _height(max(1, *(count for _, count in pieces)), sheet)


def part_of(name: str) -> tuple[str, int, int]:
    """The name of a row without its part, which part it is, and of how many: ("d7f3a9c2e1", 2, 3)."""
    found = _PART.fullmatch(name)
    return (found[1], int(found[2]), int(found[3])) if found else (name, 1, 1)


def _piece(cell: Cell, wrapped: _Lines, part: int, most: int, *, again: bool) -> tuple[Cell, int]:
    """What one part of a row has of a cell, and how many lines: all of it where it fits, ``again`` in every part, else so many lines."""
    if len(wrapped) <= most:
        return (cell, len(wrapped)) if again or part == 0 else (None, 0)
    here = wrapped[part * most : (part + 1) * most]
    return "".join(map("".join, here)).rstrip(), len(here)


def _height(lines: int, sheet: Sheet) -> float:
    return lines * sheet.size * _LINE + _EDGE


def _wrapped(cell: Cell, letters: int) -> _Lines:
    """The lines of a cell, each with what stands between it and the next."""
    if not isinstance(cell, str):
        return [("", "")]
    found: _Lines = []
    for paragraph in cell.split("\n"):
        place = 0
        for line in wrap(paragraph, letters, expand_tabs=False, replace_whitespace=False) or [""]:
            end = paragraph.index(line, place) + len(line)
            place = len(paragraph) - len(paragraph[end:].lstrip())
            found.append((line, paragraph[end:place]))
        found[-1] = (found[-1][0], "\n")
    return found
