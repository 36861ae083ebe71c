"""All tables of a text, as values: columns by role, rows with their cells, and what kind of table each is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kehoach_parser.found import Structure
from kehoach_parser.model import Column, Field, Node, Row, Span, Table, Warning
from kehoach_parser.tables.barred import barred_grids
from kehoach_parser.tables.grid import Grid
from kehoach_parser.tables.heads import UNITS, is_catalogue, roles_of
from kehoach_parser.tables.ruled import ruled_grids
from kehoach_parser.tables.stacked import stacked_grids

FieldOf = Callable[[Sequence[Span]], Field]

_UNSURE = 0.6
_WORDS_OF_TASK = 6  # "Phó Trưởng Ban Thường trực" has five
_NAMES = re.compile(r"h[ọo] v[àa] t[êe]n|h[ọo], t[êe]n|^h[ọo] t[êe]n", re.I)
_HOUR = re.compile(r"\b\d{1,2}\s?(?:h|giờ|g)\s?\d{0,2}\b|\b\d{1,2}:\d{2}\b", re.I)
_BLANKS = re.compile(r"[.…_\s]{3,}|\.{3}|…")


@dataclass(frozen=True, slots=True)
class FoundTables:
    """The tables in document order, and a warning for each row whose cells are not sure."""

    tables: tuple[Table, ...]
    warnings: tuple[Warning, ...]


def find_tables(content: str, structure: Structure, field: FieldOf) -> FoundTables:
    """The tables of a text. ``field`` makes a field of spans."""
    places = _Places(structure)
    tables: list[Table] = []
    aside = sorted((*structure.furniture, *(note.span for note in structure.footnotes)))
    grids = (*ruled_grids(content, aside), *barred_grids(content), *stacked_grids(content, aside))
    for grid in sorted(grids, key=lambda grid: grid.head[0]):
        if not tables or grid.span[0] >= tables[-1].span[1]:  # else it was read in another shape already
            tables.append(_table(len(tables), content, grid, places, field))
    unsure = [row.span for table in tables for row in table.rows if row.certainty < _UNSURE]
    return FoundTables(tuple(tables), tuple(Warning("table-row", "Không chắc ô nào của dòng này thuộc cột nào.", span) for span in unsure))


def _table(number: int, content: str, grid: Grid, places: _Places, field: FieldOf) -> Table:
    roles = _with_charged(content, grid, roles_of([content[start:end] for start, end in grid.head]))
    return Table(
        id=number,
        part=places.part(grid.span[0]),
        node=places.around(grid.span[0]),
        span=grid.span,
        kind=kind_of(content, grid, roles),
        columns=tuple(Column(role, field([cell])) for role, cell in zip(roles, grid.head, strict=True)),
        rows=tuple(Row(row.span, places.starting(row.span), row.cells, row.certainty) for row in grid.rows),
    )


def kind_of(content: str, grid: Grid, roles: tuple[str, ...]) -> str:
    """What a table is for: duties | schedule | form | list | other; the first that fits.

    A form waits to be filled in; a list names persons, of whom none is told to do anything; a schedule says what happens at which hour;
    a catalogue of procedures is none of these; duties have a column of units beside one that says what is to be done.
    """
    heads = [content[start:end] for start, end in grid.head]
    fits = {
        "form": _waits(content, grid),
        "list": any(_NAMES.search(head) and role not in UNITS for head, role in zip(heads, roles, strict=True)),
        "schedule": "deadline" in roles[:2] and 3 * _hours(content, grid) >= len(grid.rows),
        "other": is_catalogue(heads),
        "duties": bool(UNITS & set(roles)) and "task" in roles,
    }
    return next((kind for kind, fit in fits.items() if fit), "other")


def _with_charged(content: str, grid: Grid, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles with the column of names as that of units where each is told what to do: "Họ và tên | Nhiệm vụ được phân công"; not where
    the tasks are posts ("Trưởng ban", "Thành viên")."""
    named = next((at for at, (start, end) in enumerate(grid.head) if _NAMES.search(content[start:end])), None)
    if named is None or "task" not in roles or UNITS & set(roles):
        return roles
    at = roles.index("task")
    tasks = [len(content[slice(*cell)].split()) for row in grid.rows if (cell := row.cells[at]) is not None]
    if 2 * sum(words >= _WORDS_OF_TASK for words in tasks) < len(grid.rows):
        return roles
    return (*roles[:named], "assigned", *roles[named + 1 :])


def _waits(content: str, grid: Grid) -> bool:
    """Whether half of the cells, or all, are dots or empty."""
    cells = [content[slice(*cell)] for row in grid.rows for cell in row.cells[1:] if cell is not None]
    return 2 * sum(_BLANKS.fullmatch(cell) is not None for cell in cells) >= len(cells)


def _hours(content: str, grid: Grid) -> int:
    """How many rows say an hour of the day in their first cells."""
    return sum(any(cell is not None and _HOUR.search(content[slice(*cell)]) for cell in row.cells[:2]) for row in grid.rows)


class _Places:
    """Where in the structure an offset stands."""

    def __init__(self, structure: Structure) -> None:
        self._nodes = structure.nodes
        self._starts = [node.span[0] for node in structure.nodes]
        self._parts = structure.parts

    def starting(self, span: Span) -> int | None:
        """The node that begins where a row does."""
        at = bisect_right(self._starts, span[0]) - 1
        return self._nodes[at].id if at >= 0 and self._starts[at] == span[0] else None

    def around(self, offset: int) -> int | None:
        """The innermost node around an offset."""
        inside = [node for node in self._nodes if node.span[0] < offset < node.span[1]]
        return max(inside, key=_depth).id if inside else None

    def part(self, offset: int) -> int:
        """The paper that an offset stands in."""
        return next((part.id for part in reversed(self._parts) if part.span[0] <= offset), 1)


def _depth(node: Node) -> int:
    return node.span[0]
