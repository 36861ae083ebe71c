"""What the plans that a search finds are: how many of each type, organ, level, place, year, unit, cited document and doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, literal, null, select, true, union_all

from archive.ask.citations import Linker
from archive.fulltext.ask import matching_plans
from archive.fulltext.query import read_query
from archive.resolve.authorities import cited_document
from archive.store.database import given_numbers, named_numbers, translated
from archive.store.doubts import counting_doubts, doubts_counted
from archive.store.handle import Archive
from archive.store.kept import kept
from archive.store.tables import AssignmentRow, AuthorityRow, ResolutionRow, VersionRow
from archive.values.citations import CitedCount, Count, Facets

#: How many values of a kind are told.
TOP = 12


def facets(archive: Archive, query: str) -> Facets:
    """What the plans that a query finds are; of a query of blanks, all plans. Raises QueryError, IndexBroken."""
    return kept(archive).answer("facets", query.strip(), lambda: _facets(archive, query))


def _facets(archive: Archive, query: str) -> Facets:
    with translated(archive.database), archive.engine.connect() as connection:
        found = _found(archive, connection, query) if query.strip() else None
        asked = _asked(connection.dialect.name, found is not None)
        given = {} if found is None else {_FOUND: given_numbers(connection, found)}
        heads = defaultdict[str, list[Count]](list)
        for kind, name, amount, _ in sorted(connection.execute(asked.heads, given), key=lambda row: int(row.rank)):
            heads[kind].append(Count(name, amount))
        return Facets(
            heads[_ALL][0].count,
            tuple(heads["type"]),
            tuple(heads["organ"]),
            tuple(heads["level"]),
            tuple(heads["place"]),
            tuple(sorted(heads["year"], key=lambda count: count.name, reverse=True)),
            tuple(Count(name, amount) for name, amount in connection.execute(asked.units, given)),
            _cited(connection, connection.execute(asked.cited, given).all()),
            tuple(Count(code, plans) for code, plans in doubts_counted(connection.execute(asked.doubts, given)).most_common()),
        )


def _found(archive: Archive, connection: Connection, query: str) -> list[int]:
    """The versions that a query finds."""
    return [match.key for match in matching_plans(archive, connection, read_query(query))]


def _cited(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[CitedCount, ...]:
    linker = Linker(connection, [row.key for row in rows])
    return tuple(CitedCount(linker.linked(cited_document(row._mapping, None)), row.found) for row in rows)


#: The name under which statements are given the versions that were found, and the kind of row that counts all.
_FOUND, _ALL = "found", "all"
_KINDS = ("type", "organ", "level", "place", "year")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The statements that count: to make them takes as long as to have them answered."""

    heads: Any
    units: Any
    cited: Any
    doubts: Any


@cache
def _asked(dialect: str, narrowed: bool) -> _Asked:
    """They count those that were found, or all that are there."""

    def among(column: Any, otherwise: ColumnElement[bool]) -> ColumnElement[bool]:
        return column.in_(named_numbers(dialect, _FOUND)) if narrowed else otherwise

    current = among(VersionRow.id, VersionRow.current)
    duties, mentions = among(AssignmentRow.version_id, true()), among(ResolutionRow.version_id, true())
    return _Asked(_heads(current), _units(duties), _most_cited(mentions), counting_doubts(current))


def _heads(condition: ColumnElement[bool]) -> Any:
    """How many there are, and of each kind how many are of the commonest values: (kind, value, count, rank)."""
    year = func.substr(VersionRow.date, 1, 4).label("year")
    head = select(VersionRow.type, VersionRow.organ, VersionRow.level, VersionRow.place, year).where(condition).cte("head")
    counted = [
        select(literal(_ALL).label("kind"), null().label("value"), func.count().label("amount"), literal(0).label("rank")).select_from(head)
    ]
    for kind in _KINDS:
        column, amount = head.c[kind], func.count()
        rank = func.row_number().over(order_by=(amount.desc(), column)).label("rank")
        of_kind = select(literal(kind).label("kind"), column.label("value"), amount.label("amount"), rank)
        ranked = of_kind.where(column.is_not(None)).group_by(column).subquery()
        counted.append(select(ranked).where(ranked.c.rank <= TOP))
    return union_all(*counted)


def _units(condition: ColumnElement[bool]) -> Any:
    """By name as a question compares it: the units of that name in whatever place."""
    plans, folded = func.count(AssignmentRow.version_id.distinct()), AssignmentRow.unit_folded
    return select(func.max(AssignmentRow.unit), plans).where(condition).group_by(folded).order_by(plans.desc(), folded).limit(TOP)


def _most_cited(condition: ColumnElement[bool]) -> Any:
    plans = func.count(ResolutionRow.version_id.distinct())
    counted = select(ResolutionRow.record, plans.label("found")).where(ResolutionRow.record.is_not(None), condition)
    most = counted.group_by(ResolutionRow.record).order_by(plans.desc(), ResolutionRow.record).limit(TOP).subquery()
    query = select(*AuthorityRow.__table__.columns, most.c.found).join(most, most.c.record == AuthorityRow.key)
    return query.order_by(most.c.found.desc(), AuthorityRow.key)
