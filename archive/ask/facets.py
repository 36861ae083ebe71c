"""What the plans that a search finds are: how many of each type, organ, level, place, year, unit, cited document and doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from pyroaring import FrozenBitMap
from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, case, func, literal, null, select, true, union_all

from archive.ask.citations import Linker
from archive.fulltext.ask import matching_plans
from archive.fulltext.query import read_query
from archive.resolve.authorities import cited_document
from archive.store.database import given_numbers, named_numbers, translated
from archive.store.doubts import counting_doubts, doubts_counted
from archive.store.handle import Archive
from archive.store.kept import kept
from archive.store.tables import AssignmentRow, AuthorityRow, ResolutionRow, UnitPlansRow, VersionRow
from archive.values.citations import CitedCount, Count, Facets

#: How many values of a kind are told.
TOP = 12
#: Plans from which on the sets of plans that are kept with documents and units are asked, in place of the rows of these plans.
_FEW = 500


def facets(archive: Archive, query: str) -> Facets:
    """What the plans that a query finds are; of a query of blanks, all plans. Raises QueryError, IndexBroken."""
    return kept(archive).answer("facets", query.strip(), lambda: _facets(archive, query))


def _facets(archive: Archive, query: str) -> Facets:
    with translated(archive.database), archive.engine.connect() as connection:
        found = _found(archive, connection, query) if query.strip() else None
        many = FrozenBitMap(found) if found is not None and len(found) > _FEW else None
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
            tuple(_named(connection, many) if many else (Count(*row) for row in connection.execute(asked.units, given))),
            _cited(connection, _records(connection, many) if many else connection.execute(asked.cited, given).all()),
            tuple(Count(code, plans) for code, plans in doubts_counted(connection.execute(asked.doubts, given)).most_common()),
        )


def _found(archive: Archive, connection: Connection, query: str) -> list[int]:
    """The versions that a query finds."""
    return [match.key for match in matching_plans(archive, connection, read_query(query))]


def _cited(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[CitedCount, ...]:
    linker = Linker(connection, [row.key for row in rows])
    return tuple(CitedCount(linker.linked(cited_document(row._mapping, None)), row.found) for row in rows)


def _commonest(ranked: Iterable[tuple[str, int, FrozenBitMap]], found: FrozenBitMap) -> list[tuple[str, FrozenBitMap]]:
    """Of names ``ranked`` by how many plans have them, those that most of the plans ``found`` have, with these; none is looked at that
    cannot have more."""
    best: list[tuple[int, str, FrozenBitMap]] = []
    for name, amount, plans in ranked:
        if len(best) == TOP and amount < -best[-1][0]:
            break
        if own := plans & found:
            best = sorted([*best, (-len(own), name, own)], key=itemgetter(0, 1))[:TOP]
    return [(name, own) for _, name, own in best]


def _ranked(connection: Connection, query: Select[str, int, FrozenBitMap]) -> Iterator[tuple[str, int, FrozenBitMap]]:
    """The rows of a query, more and more at a time."""
    offset, size = 0, TOP
    while rows := connection.execute(query.limit(size).offset(offset)).all():
        yield from ((name, amount, plans) for name, amount, plans in rows)
        offset, size = offset + size, size * 2


_UNITS = select(UnitPlansRow.unit_folded, UnitPlansRow.amount, UnitPlansRow.plans).order_by(
    UnitPlansRow.amount.desc(), UnitPlansRow.unit_folded
)
_RECORDS = select(AuthorityRow.key, AuthorityRow.plans, AuthorityRow.cited_by).order_by(AuthorityRow.plans.desc(), AuthorityRow.key)
_PRINTED = select(func.max(AssignmentRow.unit)).where(
    AssignmentRow.version_id == bindparam("plan"), AssignmentRow.unit_folded == bindparam("name")
)


def _named(connection: Connection, found: FrozenBitMap) -> Iterator[Count]:
    """`_units` of many plans; a unit is called as in the first of them."""
    for name, plans in _commonest(_ranked(connection, _UNITS), found):
        yield Count(connection.scalar(_PRINTED, {"plan": plans.min(), "name": name}) or name, len(plans))


def _records(connection: Connection, found: FrozenBitMap) -> Sequence[Row[*tuple[Any, ...]]]:
    """`_most_cited` of many plans."""
    plans = dict(_commonest(_ranked(connection, _RECORDS), found))
    if not plans:
        return ()
    amount = case({key: len(own) for key, own in plans.items()}, value=AuthorityRow.key).label("found")
    query = select(*AuthorityRow.__table__.columns, amount).where(AuthorityRow.key.in_(plans))
    return connection.execute(query.order_by(amount.desc(), AuthorityRow.key)).all()


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
