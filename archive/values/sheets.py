"""A table that is to become a file. What stands in it is made by the caller, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

#: What a cell holds: text, a number, a day or nothing.
Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: ``widths`` are those of the columns in letters, ``note`` stands under the title, ``page`` is the footer's word for "page"
    with &P and &N where its number and their number belong; ``made`` is when the table was made."""

    name: str
    title: str
    note: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[Sequence[Cell]]
    page: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A table of a page: its name, the heads of its columns, its rows."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[object]]
