"""Tables with a bar alone on the line before and after each cell, as some converters of web pages leave them.

A row begins and ends with a bar, so that two bars follow each other where one row ends and the next begins, but also around an empty cell:
how many columns the head has tells which. A row of fewer cells is a title over the width, or stands beside cells that were merged with
those of the row above; its cells are laid into the columns by what a cell of each column looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kehoach_parser.model import Span
from kehoach_parser.tables.grid import Cell, Grid, GridRow, trimmed
from kehoach_parser.tables.heads import role_of, roles_of
from kehoach_parser.tables.looks import GROUP, NEVER, NUMBER, oddness

_BAR = re.compile(r"^[ \t]*\|[ \t]*$", re.M)
_SURE, _MERGED_SURE = 0.95, 0.7
_LEAST_ROLES, _MOST_HEAD = 2, 90
_MARKS = "*_ \t\n"


def barred_grids(content: str) -> Iterator[Grid]:
    """All such tables, in order."""
    bars = list(_BAR.finditer(content))
    cells = [trimmed(content, left.end(), right.start()) for left, right in pairwise(bars)]
    at = 0
    while at < len(cells):
        head = _head(content, cells, at)
        if head is None:
            at += 1
            continue
        rows, at = _rows(content, cells, at + len(head), head)
        if rows:
            yield Grid(head, tuple(rows))


def _is_empty(cells: Sequence[Span], at: int) -> bool:
    """Whether no text stands there; nothing stands behind the last bar."""
    return at >= len(cells) or cells[at][0] == cells[at][1]


def _filled(cells: Sequence[Span], at: int) -> list[Span]:
    """The cells from here to the next empty one."""
    end = next((index for index in range(at, len(cells)) if _is_empty(cells, index)), len(cells))
    return list(cells[at:end])


def _head(content: str, cells: Sequence[Span], at: int) -> tuple[Span, ...] | None:
    """The head that begins with a cell: several short cells of which two or more say what their columns are for, no numbered row."""
    if not _is_empty(cells, at - 1) and at > 0 and role_of(content[slice(*cells[at])]) != "number":
        return None
    head = _filled(cells, at)
    texts = [content[start:end] for start, end in head]
    if not head or any(len(text) > _MOST_HEAD for text in texts) or NUMBER.fullmatch(texts[0].strip(_MARKS)):
        return None
    return tuple(head) if len(set(roles_of(texts)) - {"other"}) >= _LEAST_ROLES else None


def _rows(content: str, cells: Sequence[Span], at: int, head: tuple[Span, ...]) -> tuple[list[GridRow], int]:
    """The rows below a head, and the first cell after the table. ``at``: where the bars between the head and the first row stand."""
    heads = [content[start:end] for start, end in head]
    roles = roles_of(heads)
    rows: list[GridRow] = []
    while at < len(cells) and _is_empty(cells, at):
        width = _width(content, cells, at + 1, len(head))
        own = cells[at + 1 : at + 1 + width]
        texts = [content[start:end] for start, end in own]
        if any(texts) and texts != heads:  # they stand again on a new page
            rows.append(_row(content, own, roles))
        at += 1 + width
    return rows, at


def _width(content: str, cells: Sequence[Span], at: int, columns: int) -> int:
    """How many cells the row has that begins here: as many as columns if it ends there, else those before the first empty one."""
    short = len(_filled(cells, at))
    follows = at + short + 1
    numbered = follows < len(cells) and NUMBER.fullmatch(content[slice(*cells[follows])].strip(_MARKS)) is not None
    if short == columns or not _is_empty(cells, at + columns) or (0 < short < columns and numbered and follows < at + columns):
        return min(short, columns) if short else columns
    return columns


def _row(content: str, own: Sequence[Span], roles: tuple[str, ...]) -> GridRow:
    if len(own) == len(roles):
        return GridRow(tuple(cell if cell[0] < cell[1] else None for cell in own), _SURE)
    texts = [content[start:end].strip(_MARKS) for start, end in own]
    cells: list[Cell] = [None] * len(roles)
    for cell, column in zip(own, _columns(texts, roles), strict=True):
        cells[column] = cell
    return GridRow(tuple(cells), _SURE if len(own) == 1 or GROUP.fullmatch(texts[0]) else _MERGED_SURE)


def _columns(texts: Sequence[str], roles: tuple[str, ...]) -> tuple[int, ...]:
    """The columns, in order, that the cells of a short row look most like; a title alone stands in that of the tasks."""
    if len(texts) == 1 and "task" in roles:
        return (roles.index("task"),)
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for text in texts:
        ahead: dict[int, tuple[float, tuple[int, ...]]] = {}
        for column, (cost, places) in best.items():
            for place in range(column + 1, len(roles)):
                whole = cost + _odd(text, roles[place])
                if place not in ahead or whole < ahead[place][0]:
                    ahead[place] = (whole, (*places, place))
        best = ahead
    return min(best.values())[1]


def _odd(text: str, role: str) -> float:
    numbered = NUMBER.fullmatch(text) or GROUP.fullmatch(text)
    if role == "number":
        return 0.0 if numbered else NEVER
    return oddness(text, role)
