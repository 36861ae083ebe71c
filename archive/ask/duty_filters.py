"""What narrows a question about duties: unit, what is below it, place, level, role, plan, its date, the deadline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select

from archive.ask.documents import find_document
from archive.ask.units_below import Below, below_named
from archive.common.deadlines import is_due
from archive.common.duty_states import FINISHED, LATE, OPEN, STATES, is_late
from archive.common.keys import name_key
from archive.common.unit_keys import called_in, issued_in_place, level_of_unit, names_of_unit, place_of_duty, plain_name, split_key
from archive.errors import BadDate, BadDutyState
from archive.fulltext.filters import days_between
from archive.store.duty_index import all_of, any_of, month_sign, pair_signs
from archive.store.handle import Archive
from archive.store.tables import AssignmentRow, DateRow, VersionRow
from archive.store.taught_units import keys_taught
from archive.store.unit_index import receivers
from archive.store.work_tables import DutyStateRow
from archive.values.documents import Document
from archive.values.duties import DutyQuestion

#: Months that the index is asked for one by one; a longer time is looked for in the rows. This bounds the cost only.
_MONTHS = 60

_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What one part of a question demands of a duty, where it can be told: ``signs`` of the index (``signs_beside``: those that are not
    looked for by themselves), ``conditions`` on rows, and what a row and its plan must hold once they are read."""

    signs: tuple[str, ...] = ()
    signs_beside: tuple[str, ...] = ()
    conditions: tuple[ColumnElement[bool], ...] = ()
    allows: Callable[[_Row, Document], bool] = lambda row, document: True


_NONE = Narrowing()


@dataclass(frozen=True, slots=True)
class DutyFilter:
    """All that a question demands: one `Narrowing` for each of its parts, and what decides how the rows are gone through: the units below
    those asked for, the one version, the days of the deadline, whether it is to be over, and the day by which a duty is late."""

    narrowings: tuple[Narrowing, ...] = ()
    below: Below | None = None
    version_id: int | None = None
    due: tuple[str, str] | None = None
    is_over: bool = False
    today: str | None = None

    @property
    def signs(self) -> tuple[str, ...]:
        """The expressions that the index is asked for."""
        return tuple(sign for each in self.narrowings for sign in each.signs)

    @property
    def signs_beside(self) -> tuple[str, ...]:
        """Those that the index is asked for beside others only."""
        return tuple(sign for each in self.narrowings for sign in each.signs_beside)

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on rows."""
        return tuple(condition for each in self.narrowings for condition in each.conditions)

    @property
    def date_conditions(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on the rows of deadlines, for where nothing else narrows: else SQLite would begin with these."""
        return () if self.due is None else (DateRow.last.between(*self.due),)

    def allows(self, row: _Row, document: Document) -> bool:
        """Whether a duty, by its row and its plan, is asked for."""
        return self.allows_unit(row.unit_key) and all(each.allows(row, document) for each in self.narrowings)

    def allows_unit(self, key: str) -> bool:
        """Whether a unit stands below those asked for."""
        return self.below is None or self.below.holds(key)


#: The narrowing that leaves all duties.
ANY_DUTY = DutyFilter()


def duty_filter(archive: Archive, connection: Connection, question: DutyQuestion) -> DutyFilter:
    """What a question demands. Raises UnknownDocument, AmbiguousDocument, BadDate."""
    name = plain_name(question.unit) if question.unit else None
    place = name_key(question.place) if question.place else None
    due = _due_days(question.due, question.overdue)
    below = below_named(connection, name, place) if name and question.below else None
    version_id = _version(archive, connection, question.plan) if question.plan is not None else None
    narrowings = (
        _by_unit(connection, name) if below is None else _by_what_is_below(connection, below, due),
        _by_place(place),
        _by_level(question.level),
        _by_role(question.role),
        _by_receiver(connection, question.reports_to),
        _by_person(question.person),
        Narrowing(conditions=(AssignmentRow.version_id == version_id,)) if version_id is not None else _NONE,
        Narrowing(conditions=issued_in(question.dated)),
        _by_deadline(due, is_over=question.overdue is not None),
        _by_state(question),
    )
    return DutyFilter(narrowings, below, version_id, due, question.overdue is not None, question.today)


def _by_unit(connection: Connection, name: str | None) -> Narrowing:
    """Units whose name holds these folded words, or that a user taught a name that does."""
    if name is None:
        return _NONE
    taught = keys_taught(connection, name)
    names = [name, *(plain_name(split_key(key).name) for key in sorted(taught))]
    return Narrowing(
        signs=(any_of(all_of(pair_signs(each.split(), "u:")) for each in names),) if name.strip() else (),
        allows=lambda row, document: row.unit_key in taught or any(name in each for each in names_of_unit(row.unit, row.unit_key)),
    )


def _by_receiver(connection: Connection, reports_to: str | None) -> Narrowing:
    """Duties that are reported to a unit: by its name, by one that a user taught, or by one that its plan's place makes whole."""
    if reports_to is None:
        return _NONE
    name = plain_name(reports_to)
    left = receivers(connection, (name, *(plain_name(split_key(key).name) for key in keys_taught(connection, name))))
    return Narrowing(
        conditions=(AssignmentRow.reports_to.in_(tuple(left)),),
        allows=lambda row, document: (
            row.reports_to in left and issued_in_place(left[row.reports_to], document.organ, document.parent_organ, document.place)
        ),
    )


def _by_person(person: str | None) -> Narrowing:
    """Duties of a post whose name holds these words, and those whose task names this person."""
    if person is None:
        return _NONE
    name, said = plain_name(person), name_key(person)
    signs = [all_of(pair_signs(name.split(), "u:")), all_of(pair_signs(said.split()))] if name.strip() else []
    return Narrowing(
        signs=(any_of(signs),) if signs else (),
        allows=lambda row, document: (
            (row.stands_for is not None and any(name in each for each in names_of_unit(row.unit, row.unit_key)))
            or called_in(row.task, said)
        ),
    )


def _by_what_is_below(connection: Connection, below: Below, due: tuple[str, str] | None) -> Narrowing:
    """Units below others: by their keys where these are few, else by what they have in common."""
    keys = below.few(connection)
    if keys is not None:
        return Narrowing(conditions=(AssignmentRow.unit_key.in_(keys),))
    common = below.signs()
    signs = (common,) if common else ()
    # Where deadlines are asked for their order is the answer's, which the index does not know.
    return Narrowing(signs=signs) if due is None else Narrowing(signs_beside=signs)


def _by_place(place: str | None) -> Narrowing:
    """Units of a place, by its folded words."""
    if place is None:
        return _NONE
    return Narrowing(
        signs=(all_of(pair_signs(words, "p:")),) if (words := place.split()) else (),
        allows=lambda row, document: place in name_key(place_of_duty(row.unit_key, document.organ, document.place, document.parent_organ)),
    )


def _by_level(level: str | None) -> Narrowing:
    if level is None:
        return _NONE
    return Narrowing(
        signs=(all_of([f"l:{level}"]),) if level else (),
        allows=lambda row, document: level_of_unit(row.unit, row.unit_key) == level,
    )


def _by_role(role: str | None) -> Narrowing:
    # A role narrows little: it is looked for beside rarer signs only.
    return Narrowing(signs_beside=(all_of([f"r:{role}"]),), conditions=(AssignmentRow.role == role,)) if role else _NONE


def issued_in(dated: str | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions on plans that they were issued in a time. Raises BadDate."""
    if dated is None:
        return ()
    first, last = _days(dated)
    # A date may be a year or a month: text compares as their first days do, and with this behind it as their last.
    return VersionRow.date <= last, VersionRow.date.concat("-99-99") >= first


def _by_deadline(due: tuple[str, str] | None, *, is_over: bool) -> Narrowing:
    """Deadlines that end or come round in these days; what comes round again is never over."""
    if due is None:
        return _NONE

    def allows(row: _Row, document: Document) -> bool:
        if is_over and (row.recurs is not None or row.said_state in FINISHED):
            return False
        return is_due(row.said_moved_to or row.deadline_last, None if row.said_moved_to else row.recurs, document.date, due)

    return Narrowing(allows=allows)


def _by_state(question: DutyQuestion) -> Narrowing:
    """Duties of which this was said, or that are late. Raises BadDutyState."""
    state, today = question.state, question.today
    if state is not None and state not in (*STATES, LATE):
        raise BadDutyState(state=state, states=(*STATES, LATE))
    said = func.coalesce(DutyStateRow.state, OPEN)
    conditions = [said.not_in(FINISHED)] if question.unfinished else []
    if state == LATE:
        return Narrowing(
            conditions=tuple(conditions), allows=lambda row, document: is_late(row.said_state, row.said_day, due_now(row), today)
        )
    return Narrowing(conditions=(*conditions, *([] if state is None else [said == state])))


def due_now(row: _Row) -> str | None:
    """The day on which the duty of a row is due: that to which it was moved, else that of its deadline, where it does not come again."""
    return row.said_moved_to or (None if row.recurs else row.deadline_last)


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


def _version(archive: Archive, connection: Connection, plan: str) -> int:
    """The current version of the plan that a name means."""
    return connection.scalars(_CURRENT, {"document": find_document(archive, plan).id}).one()


_CURRENT = select(VersionRow.id).where(VersionRow.document_id == bindparam("document"), VersionRow.current)


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
