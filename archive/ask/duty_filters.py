"""What narrows a question about duties: unit, what is below it, place, level, role, plan, its date, the deadline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from archive.ask.documents import find_document
from archive.ask.units_below import Below, below_named
from archive.common.deadlines import is_due
from archive.common.keys import name_key
from archive.common.unit_keys import level_of_unit, names_of_unit, place_of_unit, plain_name, split_key
from archive.errors import BadDate
from archive.fulltext.filters import days_between
from archive.store.duty_index import all_of, any_of, month_sign, pair_signs
from archive.store.handle import Archive
from archive.store.tables import AssignmentRow, DateRow, VersionRow
from archive.store.taught_units import keys_taught
from archive.values.documents import Document

#: Dates that can be a duty's deadline.
DEADLINE_ROLES = ("deadline", "period")
#: Months that the index is asked for one by one; a longer time is looked for in the rows.
_MONTHS = 60


@dataclass(frozen=True, slots=True)
class DutyFilter:
    """The narrowing of a question: ``conditions`` on rows, ``date_conditions`` on their deadlines (where nothing else narrows: else SQLite
    would begin with these), ``signs`` for the index (``signs_beside``: those that are not looked for by themselves), and what is looked at
    row by row (``taught``: keys of units that a user taught the name asked for)."""

    conditions: tuple[ColumnElement[bool], ...] = ()
    date_conditions: tuple[ColumnElement[bool], ...] = ()
    signs: tuple[str, ...] = ()
    signs_beside: tuple[str, ...] = ()
    version_id: int | None = None
    unit: str | None = None
    below: Below | None = None
    place: str | None = None
    level: str | None = None
    due: tuple[str, str] | None = None
    is_over: bool = False
    taught: frozenset[str] = frozenset()

    def allows(self, row: Row[*tuple[Any, ...]], document: Document) -> bool:
        """Whether a duty, by its row and its plan, is asked for."""
        if not self.allows_unit(row.unit_key):
            return False
        if self.unit is not None and not (
            row.unit_key in self.taught or any(self.unit in name for name in names_of_unit(row.unit, row.unit_key))
        ):
            return False
        if self.level is not None and level_of_unit(row.unit, row.unit_key) != self.level:
            return False
        if self.place is not None and not any(self.place in name_key(name) for name in _places(row.unit_key, document)):
            return False
        if self.is_over and row.recurs is not None:
            return False  # what comes round again is not over
        return self.due is None or is_due(row.deadline_last, row.recurs, document.date, self.due)

    def allows_unit(self, key: str) -> bool:
        """Whether a unit stands below those asked for."""
        return self.below is None or self.below.holds(key)


#: The narrowing that leaves all duties.
ANY_DUTY = DutyFilter()


def duty_filter(
    archive: Archive,
    connection: Connection,
    *,
    unit: str | None,
    below: bool,
    place: str | None,
    level: str | None,
    role: str | None,
    plan: str | None,
    dated: str | None,
    due: str | None,
    overdue: str | None,
) -> DutyFilter:
    """The narrowing as `assignments.duties` is asked for it. Raises UnknownDocument, AmbiguousDocument, BadDate."""
    conditions: list[ColumnElement[bool]] = []
    signs: list[str] = []
    signs_beside = [all_of([f"r:{role}"])] if role else []
    days = _due_days(due, overdue)
    name, version_id, units = (plain_name(unit) if unit else None), None, None
    taught = keys_taught(connection, name) if name else frozenset()
    if name and below:
        units, name = below_named(connection, name, name_key(place) if place else None), None
        if (keys := units.few(connection)) is not None:
            conditions.append(AssignmentRow.unit_key.in_(keys))
        elif common := units.signs():
            # Where deadlines are asked for their order is the answer's, which the index does not know.
            (signs if days is None else signs_beside).append(common)
    elif name and name.strip():
        names = [name, *(plain_name(split_key(key).name) for key in sorted(taught))]
        signs.append(any_of(all_of(pair_signs(each.split(), "u:")) for each in names))
    if place and (words := name_key(place).split()):
        signs.append(all_of(pair_signs(words, "p:")))
    if level:
        signs.append(all_of([f"l:{level}"]))
    if role:
        conditions.append(AssignmentRow.role == role)
    if plan is not None:
        query = select(VersionRow.id).where(VersionRow.document_id == find_document(archive, plan).id, VersionRow.current)
        version_id = connection.scalars(query).one()
        conditions.append(AssignmentRow.version_id == version_id)
    if dated is not None:
        first, last = _days(dated)
        # A date may be a year or a month: text compares as their first days do, and with this behind it as their last.
        conditions += [VersionRow.date <= last, VersionRow.date.concat("-99-99") >= first]
    dates: list[ColumnElement[bool]] = []
    if days is not None:
        dates = [DateRow.role.in_(DEADLINE_ROLES), DateRow.last.between(*days)]
    return DutyFilter(
        conditions=tuple(conditions),
        date_conditions=tuple(dates),
        signs=tuple(signs),
        signs_beside=tuple(signs_beside),
        version_id=version_id,
        unit=name,
        below=units,
        place=name_key(place) if place else None,
        level=level,
        due=days,
        is_over=overdue is not None,
        taught=taught,
    )


def due_signs(days: tuple[str, str]) -> str | None:
    """The expression for deadlines in these days, as the index knows them by month; None where that are too many months."""
    year, month = int(days[0][:4]), int(days[0][5:7])
    months = []
    while f"{year:04}-{month:02}" <= days[1][:7]:
        months.append(all_of([month_sign(f"{year:04}-{month:02}")]))
        if len(months) > _MONTHS:
            return None
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return any_of([*months, all_of(["d:recurs"])])


def _due_days(due: str | None, overdue: str | None) -> tuple[str, str] | None:
    """The days of the deadlines asked for: those of ``due``, and none from the day ``overdue`` on."""
    days = _days(due) if due is not None else None
    if overdue is not None:
        before = _days(overdue)[0]
        first, last = days or ("0000-01-01", before)
        # "Before the 15th" as text: the day itself is not over yet.
        days = (first, min(last, f"{before[:8]}{int(before[8:]) - 1:02}"))
    return days


def _days(value: str) -> tuple[str, str]:
    days = days_between(value)
    if days is None:
        raise BadDate(value=value)
    return days


def _places(unit_key: str, document: Document) -> Iterable[str]:
    return (name for name in (place_of_unit(unit_key), document.organ, document.parent_organ, document.place) if name)
