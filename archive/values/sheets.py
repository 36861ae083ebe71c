"""A table that is to become a file. What stands in it is made by the caller, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from archive.values.duties import Duty, DutyEdit

#: What a cell holds: text, a number, a day or nothing.
Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: ``widths`` are those of the columns in letters, ``note`` stands under the title, ``page`` is the footer's word for "page"
    with &P and &N where its number and their number belong; ``made`` is when the table was made. ``choices`` are the words that a column
    (counted from 0) offers in a list. ``kept`` is what the table held when it was written, beside the heads ``kept_heads``, on a hidden
    sheet: who reads the table back sees what was changed since. ``size`` is that of the letters, in points. Of a row that goes on in
    further ones ``repeated`` are the columns that each of these has, ``named`` the one that says which part it is."""

    name: str
    title: str
    note: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[Sequence[Cell]]
    page: str
    made: datetime
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    kept_heads: tuple[str, ...] = ()
    kept: Sequence[Sequence[str]] = ()
    size: int = 11
    repeated: frozenset[int] = frozenset()
    named: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """How a register says things, folded: the heads of its columns (id, state, day, result, person, own_note) and the states of duties,
    each with what it means."""

    heads: Mapping[str, str]
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """A row of a workbook (from 1) that says something else of a duty than the workbook was written with. ``meanwhile`` names the fields
    that the archive has had changed since, too."""

    row: int
    duty: Duty
    edit: DutyEdit
    meanwhile: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterProblem:
    """A cell that cannot be taken: ``cell`` as a spreadsheet names it ("K7"), ``code`` unknown-id | twice | part-missing | differs |
    no-state | no-day | moved-without-day | day-of-what, and what stands there."""

    cell: str
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What a workbook that came back says: changes, cells that cannot be taken, and the duties whose rows are no longer there."""

    changes: tuple[RegisterChange, ...]
    problems: tuple[RegisterProblem, ...]
    deleted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table of a page: its name, the heads of its columns, its rows."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[object]]
