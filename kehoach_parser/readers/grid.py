"""A table of a Word file or a web page as lines of text: a row a line, "| 1 | Bộ Công an | 10/2027 |", or column by column where it only
places text: the head of a paper, its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kehoach_parser.text.fold import fold

#: A table of few columns that holds one of these is layout.
_LAYOUT = re.compile(r"cong\s+hoa\s+xa\s+hoi|dang\s+cong\s+san\s+viet\s+nam|noi\s+nhan\s*:")
#: Two columns and one between them.
_LAYOUT_WIDTH = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that fills ``across`` columns and ``down`` rows; ``read`` gives its lines, once and in the order in which they are written."""

    read: Callable[[], Iterable[str]]
    across: int = 1
    down: int = 1


def table_lines(rows: Sequence[Sequence[Cell]], text: str, *, bare: bool = False) -> Iterator[str]:
    """The lines of a table. ``text``: what stands in it; ``bare``: it draws no lines."""
    width = max((sum(cell.across for cell in row) for row in rows), default=0)
    if width <= 1 or (width == 2 and bare) or (width <= _LAYOUT_WIDTH and _LAYOUT.search(fold(text))):
        return _by_columns(rows, width)
    return _by_rows(rows)


def _by_columns(rows: Sequence[Sequence[Cell]], width: int) -> Iterator[str]:
    for column in range(width):
        for row in rows:
            yield from (line for at, cell in _placed(row) if at == column for line in cell.read())


def _placed(row: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    at = 0
    for cell in row:
        yield at, cell
        at += cell.across


def _by_rows(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    held: dict[int, int] = {}  # columns that a cell above still fills, and for how many rows
    for row in rows:
        texts: list[str] = []
        for cell in row:
            texts += _filled_from_above(held, len(texts))
            held.update(dict.fromkeys(range(len(texts), len(texts) + cell.across), cell.down - 1))
            lines = (line.strip().replace("|", "¦") for line in cell.read())
            texts += [" ".join(line for line in lines if line), *[""] * (cell.across - 1)]
        texts += _filled_from_above(held, len(texts))
        yield "| " + " | ".join(texts) + " |"


def _filled_from_above(held: dict[int, int], column: int) -> list[str]:
    """The empty texts of the columns from this one on that cells above fill; takes their row from them."""
    filled: list[str] = []
    while held.get(column + len(filled), 0):
        held[column + len(filled)] -= 1
        filled.append("")
    return filled
