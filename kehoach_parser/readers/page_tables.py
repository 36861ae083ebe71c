"""Tables that run over page ends: which tables of neighbouring pages are one, by the lines between their columns.

A table that has one row on a page is one only if it goes on from the page before or on the next page; otherwise it is a frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kehoach_parser.readers.words import Rect

Cells = tuple[Rect | None, ...]

#: Points that the same line between columns may be off on the next page.
_OFF = 2.0


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table on a page: boxes of the cells of each row (None: a cell of another row or column reaches in). ``above``, ``below``: no line
    closes its first, its last row."""

    rows: tuple[Cells, ...]
    above: bool = False
    below: bool = False

    @property
    def lines(self) -> tuple[float, ...]:
        """Where the lines between its columns stand, and those at its sides."""
        return tuple(sorted({box[0] for row in self.rows for box in row if box} | {max(box[2] for row in self.rows for box in row if box)}))


@dataclass(frozen=True, slots=True)
class PageTables:
    """The tables of a page, row by row. ``follows``: the first one goes on with the last one of the page before; ``torn``: no line is drawn
    between the row that ends there and the first one here."""

    cells: tuple[Cells, ...]
    follows: bool = False
    torn: bool = False


#: Of a page without any.
NO_TABLES = PageTables(())


def linked(drawn: Mapping[int, Sequence[DrawnTable]]) -> dict[int, PageTables]:
    """What the pages have as tables. ``drawn``: what looks like one, by the page's number, from top to bottom."""
    found: dict[int, PageTables] = {}
    for run in _runs(drawn):
        whole = any(len(table.rows) > 1 for _, table in run)
        lines = max((table.lines for _, table in run), key=len)
        for place, (page, table) in enumerate(run if whole else ()):
            before = run[place - 1][1] if place else None
            rows = tuple(_spread(row, lines) for row in table.rows) if len(run) > 1 else table.rows
            had = found.get(page, PageTables(()))
            cells = (*had.cells, *rows)
            found[page] = PageTables(cells, True, before.below and table.above) if before else replace(had, cells=cells)
    return found


def _runs(drawn: Mapping[int, Sequence[DrawnTable]]) -> Iterator[list[tuple[int, DrawnTable]]]:
    """Each table with its pieces on the pages after, in order."""
    run: list[tuple[int, DrawnTable]] = []
    for page in sorted(drawn):
        for place, table in enumerate(drawn[page]):
            follows = place == 0 and run and run[-1][0] == page - 1 and run[-1][1] is drawn[page - 1][-1]
            if not (follows and _are_one(run[-1][1].lines, table.lines)):
                if run:
                    yield run
                run = []
            run.append((page, table))
    if run:
        yield run


def _are_one(above: Sequence[float], below: Sequence[float]) -> bool:
    """Have two tables the same columns? A piece whose rows are merged may have fewer lines between them."""
    few, many = sorted((above, below), key=len)
    outer = abs(few[0] - many[0]) <= _OFF and abs(few[-1] - many[-1]) <= _OFF
    return outer and all(any(abs(line - other) <= _OFF for other in many) for line in few)


def _spread(row: Cells, lines: Sequence[float]) -> Cells:
    """A row with a place for each column of the whole table."""
    cells: list[Rect | None] = [None] * (len(lines) - 1)
    for box in row:
        if box:
            cells[min(range(len(cells)), key=lambda column: abs(lines[column] - box[0]))] = box
    return tuple(cells)
