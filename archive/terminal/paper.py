"""Tables and paragraphs for people on stdout: as wide as the terminal, and one record one line where stdout is a pipe or a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from archive.terminal.session import console

if TYPE_CHECKING:
    from rich.text import Text

#: What stands between two columns of a table in a pipe, which is not padded, and how many blanks in a message.
TAB, GAP = "\t", 2

#: Width that a column of a table needs on average to be read with ease.
COLUMN = 20

#: Width of the names of fields.
FIELD = 23


def print_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
    spare: Sequence[int] = (),
) -> None:
    """A table with ``headings``.

    The columns with the indices in ``right`` hold numbers, those in ``whole`` are never broken, those in ``spare`` are left out, the first
    first, on a terminal that is too narrow for all.
    """
    cells = [[_one_line(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for line in ([*headings], *cells):
            print(TAB.join(line).rstrip())
        return
    from rich import box
    from rich.table import Table

    screen = console()
    too_many = max(len(headings) - max(screen.width // COLUMN, 1), 0)
    kept = [index for index in range(len(headings)) if index not in spare[:too_many]]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for index, heading in ((index, headings[index]) for index in kept):
        table.add_column(heading, justify="right" if index in right else "left", overflow="fold", no_wrap=index in whole)
    for row in cells:
        table.add_row(*(row[index] for index in kept))
    screen.print(table)


def table_lines(headings: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> list[str]:
    """The lines of a table without frames, one per row, for a message."""
    from rich.cells import cell_len

    lines = [list(headings), *([_one_line(cell) for cell in row] for row in rows)]
    widths = [max(cell_len(line[index]) for line in lines) for index in range(len(headings))]
    shown = []
    for line in lines:
        padded = []
        for index, cell in enumerate(line):
            blanks = " " * (widths[index] - cell_len(cell))
            padded.append(blanks + cell if index in right else cell + blanks)
        shown.append((" " * GAP).join(padded).rstrip())
    return shown


def print_text(text: str | Text, indent: int = 0, style: str = "") -> None:
    """One paragraph, indented; a terminal wraps it with the indent kept."""
    from rich.padding import Padding
    from rich.text import Text

    shown = Text(_one_line(text), style=style) if isinstance(text, str) else text
    if not sys.stdout.isatty():
        print((" " * indent + shown.plain).rstrip())
        return
    console().print(Padding(shown, (0, 0, 0, indent), expand=False))


def print_field(name: str, value: str) -> None:
    """ "Name: value", the values of all fields under one another; a terminal wraps a long value in its own column."""
    if not sys.stdout.isatty():
        print(f"{name}: {_one_line(value)}")
        return
    from rich.table import Table

    grid = Table.grid()
    grid.add_column(width=FIELD, style="bold")
    grid.add_column(overflow="fold")
    grid.add_row(f"{name}:", _one_line(value))
    console().print(grid)


def _one_line(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())
