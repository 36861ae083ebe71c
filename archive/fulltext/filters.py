"""The field filters of the query language, answered by the database."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from archive.common.keys import name_key, read_reference
from archive.common.levels import level_named
from archive.common.unit_keys import called_in, issued_in_place, plain_name
from archive.errors import QueryError
from archive.fulltext.query import Among, And, Filter, Not, Or, Query, Tree
from archive.resolve.mentions import find_mentions, grouped, matching
from archive.store.doubts import ANY, in_doubt
from archive.store.tables import AssignmentRow, NodeRow, RecipientRow, ResolutionRow, VersionRow
from archive.store.unit_index import receivers


def answer_filters(connection: Connection, query: Query) -> Query:
    """The query with each filter replaced by the texts that meet it. Raises QueryError for a date that is none."""
    return replace(query, tree=_answer(connection, query.tree, query))


def _answer(connection: Connection, tree: Tree, query: Query) -> Tree:
    if isinstance(tree, And):
        return And(tuple(_answer(connection, part, query) for part in tree.parts))
    if isinstance(tree, Or):
        return Or(tuple(_answer(connection, part, query) for part in tree.parts))
    if isinstance(tree, Not):
        return Not(_answer(connection, tree.part, query))
    if isinstance(tree, Filter):
        query.patience.check()
        return Among(_meeting(connection, tree, query))
    return tree


def _meeting(connection: Connection, wanted: Filter, query: Query) -> frozenset[int]:
    return _FIELDS[wanted.field](connection, wanted.value) if wanted.field != "date" else _dated(connection, *_days(wanted, query))


def _dated(connection: Connection, first: str, last: str) -> frozenset[int]:
    """The versions with a date between two days; of one that is a month or a year any of its days."""
    rows = connection.execute(select(VersionRow.id, VersionRow.date).where(VersionRow.current))
    return frozenset(version_id for version_id, date in rows if date is not None and _first_day(date) <= last and first <= _last_day(date))


def _sent_to(connection: Connection, value: str) -> frozenset[int]:
    """The versions with a recipient that is so called: lists of recipients are short, and their entries are kept as printed."""
    rows = connection.execute(select(RecipientRow.version_id, RecipientRow.value))
    return frozenset(version_id for version_id, said in rows if name_key(value) in name_key(said))


def _in_doubt(connection: Connection, value: str) -> frozenset[int]:
    """The versions of which something is in doubt: what a code says, or ANY."""
    found = in_doubt(connection, VersionRow.current, VersionRow.id)
    return frozenset(version_id for version_id, doubts in found if value.lower() in (ANY, *doubts))


def _reporting(connection: Connection, value: str) -> frozenset[int]:
    """The versions with duties that are reported to a unit."""
    left = receivers(connection, (plain_name(value),))
    columns = (AssignmentRow.version_id, AssignmentRow.reports_to, VersionRow.organ, VersionRow.parent_organ, VersionRow.place)
    rows = connection.execute(select(*columns).join(VersionRow, VersionRow.id == AssignmentRow.version_id).distinct())
    return frozenset(row[0] for row in rows if row.reports_to in left and issued_in_place(left[row.reports_to], *row[2:]))


def _charging(connection: Connection, value: str) -> frozenset[int]:
    """The versions with duties of a post, or with tasks that name a person."""
    name, said = plain_name(value), name_key(value)
    rows = connection.execute(select(AssignmentRow.version_id, AssignmentRow.unit).where(AssignmentRow.stands_for.is_not(None)).distinct())
    posts = {version_id for version_id, unit in rows if name in plain_name(unit)}
    tasks = select(AssignmentRow.version_id, AssignmentRow.task).where(AssignmentRow.words.contains(said.strip(), autoescape=True))
    return frozenset(posts | {version_id for version_id, task in connection.execute(tasks) if called_in(task, said)})


def holds_words(column: Any, value: str) -> ColumnElement[bool]:
    """The condition that a column of a folded name holds the words of a value, one after the other."""
    held: ColumnElement[bool] = column.contains(name_key(value), autoescape=True)
    return held


def _of_head(connection: Connection, column: Any, value: str) -> frozenset[int]:
    """The versions whose head holds words."""
    return _versions(connection, VersionRow.id, VersionRow.current & holds_words(column, value))


def _versions(connection: Connection, column: object, condition: ColumnElement[bool]) -> frozenset[int]:
    return frozenset(connection.scalars(select(column).where(condition).distinct()))  # type: ignore[call-overload]


def _citing(connection: Connection, value: str) -> frozenset[int]:
    """The versions that cite a document; where one of several is chosen, an undecided mention is no answer."""
    wanted = read_reference(value)
    condition = matching(connection, wanted.name)
    if not wanted.chooses:
        return _versions(connection, ResolutionRow.version_id, condition)
    meant = [
        cited.key
        for cited, _ in grouped(find_mentions(connection, condition))
        if wanted.allows(cited.date, cited.term, cited.place, cited.issuer)
    ]
    return _versions(connection, ResolutionRow.version_id, ResolutionRow.record.in_(meant))


_FIELDS: dict[str, Callable[[Connection, str], frozenset[int]]] = {
    "cites": _citing,
    "unit": lambda connection, value: _versions(connection, AssignmentRow.version_id, holds_words(AssignmentRow.unit_folded, value)),
    "section": lambda connection, value: _versions(connection, NodeRow.version_id, holds_words(NodeRow.heading_folded, value)),
    "recipient": _sent_to,
    "reports-to": _reporting,
    "person": _charging,
    "level": lambda connection, value: _versions(connection, VersionRow.id, VersionRow.current & (VersionRow.level == level_named(value))),
    "doubt": _in_doubt,
    "type": lambda connection, value: _of_head(connection, VersionRow.type_folded, value),
    "organ": lambda connection, value: _of_head(connection, VersionRow.organ_folded, value),
    "place": lambda connection, value: _of_head(connection, VersionRow.place_folded, value),
    "signer": lambda connection, value: _of_head(connection, VersionRow.signer_folded, value),
}

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_VIETNAMESE_DATE = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})")


def _days(wanted: Filter, query: Query) -> tuple[str, str]:
    """First and last day of a filter's value."""
    days = days_between(wanted.value)
    if days is None:
        raise QueryError("query-date", query.text, wanted.position, value=wanted.value)
    return days


def days_between(value: str) -> tuple[str, str] | None:
    """First and last day of "2025", "2025-11", "20/11/2025", "2025-01..2025-12", "..2025", "2025.."; None where that is no time."""
    first, dots, last = value.strip().partition("..")
    if not (first or last):
        return None
    start = _day(first) if first else "0000-01-01"
    end = _day(last if dots else first) if last or not dots else "9999-12-31"
    return (_first_day(start), _last_day(end)) if start and end else None


def one_day(value: str) -> str | None:
    """A day ("20/11/2025", "2025-11-20") as YYYY-MM-DD; None where that is no day, or a longer time."""
    days = days_between(value)
    return days[0] if days is not None and days[0] == days[1] else None


def _day(value: str) -> str | None:
    if found := _DATE.fullmatch(value.strip()):
        year, month, day = found.groups()
    elif found := _VIETNAMESE_DATE.fullmatch(value.strip()):
        day, month, year = found.groups()
    else:
        return None
    if month is not None and not 1 <= int(month) <= 12:
        return None
    if day is not None and not 1 <= int(day) <= monthrange(int(year) or 4, int(month))[1]:
        return None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part is not None)])


def _first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def _last_day(date: str) -> str:
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-31"  # compared as text only
    return date
