"""A table before its columns have roles: the head's cells and the rows' cells, as places in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kehoach_parser.model import Span

Cell = Span | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: a cell for each column; ``certainty`` 0..1 of where the cells end."""

    cells: tuple[Cell, ...]
    certainty: float = 1.0

    @property
    def span(self) -> Span:
        """From the first cell's beginning to the last one's end."""
        printed = [cell for cell in self.cells if cell is not None]
        return printed[0][0], max(end for _, end in printed)


@dataclass(frozen=True, slots=True)
class Grid:
    """The head, a cell for each column, and the rows below it."""

    head: tuple[Span, ...]
    rows: tuple[GridRow, ...]

    @property
    def span(self) -> Span:
        """From the head's beginning to the end of the last cell."""
        spans = [*(cell for cell in self.head if cell[0] < cell[1]), *(row.span for row in self.rows)]
        return min(start for start, _ in spans), max(end for _, end in spans)


def trimmed(content: str, start: int, end: int) -> Span:
    """A stretch of text without the blanks around it; empty at its beginning where there is nothing else."""
    piece = content[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if left < len(piece) else (start, start)


def lines_of(content: str) -> Iterator[Span]:
    """Each line with its blanks, empty ones too; a page end inside a line is part of it."""
    at = 0
    for line in content.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def made(content: str, spans: list[Span]) -> tuple[Cell, ...]:
    """Cells of stretches of text: None for one that is blank."""
    return tuple(cell if cell[0] < cell[1] else None for cell in (trimmed(content, *span) for span in spans))
