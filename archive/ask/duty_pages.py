"""Pages of duties: which rows come next, by their numbers alone; what is read of them is no more than the page shows.

The order of pages: where words are asked for what fits as a phrase, then what has all words, then what has enough of them, as the index of
duties knows it; where deadlines are asked for by their days, those that come round again last; else as the plans came in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import merge
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, or_, select, tuple_

from archive.ask.duty_filters import DutyFilter
from archive.ask.unsettled import unsettled_rows
from archive.common.cursors import Place
from archive.store.database import in_chunks
from archive.store.duty_index import any_of, both, but_not, count_duties, count_found, find_duties
from archive.store.tables import AssignmentRow, DateRow, VersionRow
from archive.store.work_tables import DutyStateRow
from archive.values.duties import DutyQuestion

#: The day of what comes round again, for sorting.
AGAIN = "9999"
_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Next:
    """A row that comes next: its place in the order, and its number (version, ordinal); of a deadline without a unit that of the date."""

    place: Place
    number: tuple[int, int]
    unsettled: bool = False


def by_words(
    connection: Connection,
    tiers: tuple[str, ...],
    asked_for: DutyFilter,
    narrowing: list[str],
    place: Place | None,
    without: Collection[tuple[int, int]] = (),
) -> Iterator[Next]:
    """The duties behind a place, tier by tier, each where it fits best."""
    first = place[0] if place is not None else 0
    for number, tier in enumerate(tiers):
        if number < first:
            continue
        wanted = but_not(both(tier, *narrowing), tiers[:number])
        behind = (place[1], place[2]) if place is not None and number == first else None
        for found in find_duties(connection, wanted, asked_for.version_id, behind):
            if found not in without:
                yield Next((number, *found), found)


def in_order(connection: Connection, asked_for: DutyFilter, narrowing: list[str], place: Place | None) -> Iterator[Next]:
    """The duties behind a place as the plans came in."""
    behind = (place[0], place[1]) if place is not None else None
    if narrowing:
        for found in find_duties(connection, both(*narrowing), asked_for.version_id, behind):
            yield Next(found, found)
        return
    query = _numbers().where(*asked_for.conditions)
    if behind is not None:
        here = and_(AssignmentRow.version_id == behind[0], AssignmentRow.ordinal > behind[1])
        query = query.where(AssignmentRow.version_id >= behind[0], or_(AssignmentRow.version_id > behind[0], here))
    for row in connection.execute(query.order_by(AssignmentRow.version_id, AssignmentRow.ordinal)):
        if asked_for.allows_unit(row.unit_key):
            yield Next((row.version_id, row.ordinal), (row.version_id, row.ordinal))


def by_day(
    connection: Connection,
    question: DutyQuestion,
    asked_for: DutyFilter,
    narrowing: list[str],
    place: Place | None,
    moved: Mapping[tuple[int, int], str],
) -> Iterator[Next]:
    """The duties, and the deadlines that are no duty's, behind a place by the day of the deadline: that to which a duty was ``moved``."""
    first = place[0] if place is not None else ""
    dated = _narrowed(connection, asked_for, narrowing) if narrowing else _all_dated(connection, asked_for, first)
    printed = (one for one in dated if one.number not in moved)
    elsewhere = sorted((Next((day, number[0], 1, number[1]), number) for number, day in moved.items()), key=lambda one: one.place)
    alone = unsettled_rows(connection, question, asked_for, first)
    for one in merge(printed, elsewhere, (_alone(row) for row in alone), key=lambda each: each.place):
        if place is None or one.place > place:
            yield one


_MOVED = select(DutyStateRow.duty, DutyStateRow.moved_to).where(DutyStateRow.moved_to.is_not(None))
_BY_ID = select(AssignmentRow.version_id, AssignmentRow.ordinal, AssignmentRow.duty).where(
    AssignmentRow.duty.in_(bindparam("ids", expanding=True))
)


def moved_duties(connection: Connection) -> dict[tuple[int, int], str]:
    """The duties that were moved to another day, by number: people say so of few."""
    moved = {duty: day for duty, day in connection.execute(_MOVED) if day is not None}
    # By their ids: asked for with the states in one statement, SQLite would read all duties.
    rows = (row for some in in_chunks(moved) for row in connection.execute(_BY_ID, {"ids": some}))
    return {(version_id, ordinal): moved[duty] for version_id, ordinal, duty in rows if duty is not None}


def how_many(
    connection: Connection, tiers: tuple[str, ...], asked_for: DutyFilter, narrowing: list[str], *, every: bool
) -> tuple[int | None, int | None]:
    """How many duties there are, if the index tells, and how many at most; ``every``: nothing is asked of them."""
    if asked_for.due is not None:
        return None, None
    if tiers:
        return None, count_found(connection, both(any_of(tiers), *narrowing), asked_for.version_id)
    if narrowing:
        return None, count_found(connection, both(*narrowing), asked_for.version_id)
    count = count_duties(connection)
    return (count if every else None), count


@cache
def _numbers() -> Select[*tuple[Any, ...]]:
    """The numbers and units of duties, with their deadlines and versions, on which conditions are."""
    columns = (AssignmentRow.version_id, AssignmentRow.ordinal, AssignmentRow.unit_key, AssignmentRow.recurs, DateRow.last)
    is_deadline = and_(DateRow.version_id == AssignmentRow.version_id, DateRow.ordinal == AssignmentRow.deadline)
    query: Select[*tuple[Any, ...]] = select(*columns).select_from(AssignmentRow).outerjoin(DateRow, is_deadline)
    query = query.outerjoin(DutyStateRow, DutyStateRow.duty == AssignmentRow.duty)
    return query.join(VersionRow, VersionRow.id == AssignmentRow.version_id)


def _all_dated(connection: Connection, asked_for: DutyFilter, first: str) -> Iterator[Next]:
    """All duties with a deadline in the days asked for, from a day on; then those that come round again."""
    is_deadline = and_(DateRow.version_id == AssignmentRow.version_id, DateRow.ordinal == AssignmentRow.deadline)
    columns = (AssignmentRow.version_id, AssignmentRow.ordinal, AssignmentRow.unit_key, AssignmentRow.recurs, DateRow.last)
    dated = select(*columns).select_from(DateRow).join(AssignmentRow, is_deadline)
    dated = dated.outerjoin(DutyStateRow, DutyStateRow.duty == AssignmentRow.duty)
    dated = dated.join(VersionRow, VersionRow.id == AssignmentRow.version_id)
    dated = dated.where(*asked_for.conditions, *asked_for.date_conditions, DateRow.due == DateRow.DUTY, DateRow.last >= first)
    rows = connection.execute(dated.order_by(DateRow.last, AssignmentRow.version_id, AssignmentRow.ordinal))
    # Asked of SQLite, it would begin with these: nearly all duties.
    yield from _dated((row for row in rows if row.recurs is None), asked_for)
    if not asked_for.is_over:
        again = _numbers().where(*asked_for.conditions, AssignmentRow.recurs.is_not(None))
        yield from _dated(connection.execute(again.order_by(AssignmentRow.version_id, AssignmentRow.ordinal)), asked_for)


def _narrowed(connection: Connection, asked_for: DutyFilter, narrowing: list[str]) -> list[Next]:
    """The duties that the index finds, by day: which it does not know, so that all of them are looked at."""
    found: list[Next] = []
    for some in in_chunks(find_duties(connection, both(*narrowing, *asked_for.signs_beside), asked_for.version_id)):
        pairs = tuple_(AssignmentRow.version_id, AssignmentRow.ordinal).in_(some)
        of_versions = AssignmentRow.version_id.in_({version for version, _ in some})
        found += _dated(connection.execute(_numbers().where(of_versions, pairs, *asked_for.conditions)), asked_for)
    return sorted(found, key=lambda one: one.place)


def _dated(rows: Iterable[_Row], asked_for: DutyFilter) -> Iterator[Next]:
    first, last = asked_for.due or ("", AGAIN)
    for row in rows:
        if (row.recurs or (row.last and first <= row.last <= last)) and asked_for.allows_unit(row.unit_key):
            place = (AGAIN if row.recurs else row.last, row.version_id, 1, row.ordinal)
            yield Next(place, (row.version_id, row.ordinal))


def _alone(row: _Row) -> Next:
    return Next((AGAIN if row.recurs else row.last, row.version_id, 0, row.ordinal), (row.version_id, row.ordinal), True)
