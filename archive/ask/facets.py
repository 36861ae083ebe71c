"""What the plans that a search finds are: how many of each type, organ, level, place, year, unit, cited document and doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pyroaring import FrozenBitMap
from sqlalchemy import ColumnElement, Connection, func, select, true

from archive.ask.citations import Linker
from archive.ask.facet_sets import CITED, KINDS, TOP, UNITS, commonest, commonest_kept, ranked, sets
from archive.fulltext.ask import matching_plans
from archive.fulltext.query import read_query
from archive.resolve.authorities import cited_document
from archive.resolve.mentions import told_records
from archive.store.database import given_numbers, given_words, named_numbers, named_words, translated
from archive.store.doubts import doubts_counted
from archive.store.handle import Archive
from archive.store.kept import kept
from archive.store.tables import AssignmentRow, ResolutionRow
from archive.values.citations import CitedCount, Count, Facets

#: Plans up to which the rows of their units, and of what they cite, are counted; of more the sets are asked that are kept with these. Of
#: units the rows are counted up to the greater number where the sets at hand do not tell. It bounds the cost only, and what a unit is
#: called.
_FEW, _VERY_FEW = 500, 60


def facets(archive: Archive, query: str) -> Facets:
    """What the plans that a query finds are; of a query of blanks, all plans. Raises QueryError, IndexBroken."""
    return kept(archive).answer("facets", query.strip(), lambda: _facets(archive, query))


def _facets(archive: Archive, query: str) -> Facets:
    with translated(archive.database), archive.engine.connect() as connection:
        known = sets(archive)
        found = _found(archive, connection, query) if query.strip() else None
        plans = known.every if found is None else found
        kinds = {kind: _counted(commonest(known.kinds[kind], plans)) for kind in KINDS}
        doubts = ((said, settled, amount) for said, settled, own in known.doubts if (amount := own.intersection_cardinality(plans)))
        return Facets(
            len(plans),
            kinds["type"],
            kinds["organ"],
            kinds["level"],
            kinds["place"],
            tuple(sorted(kinds["year"], key=lambda count: count.name, reverse=True)),
            _units(archive, connection, found),
            _cited(archive, connection, found, plans),
            tuple(Count(code, amount) for code, amount in doubts_counted(doubts).most_common()),
        )


def _units(archive: Archive, connection: Connection, found: FrozenBitMap | None) -> tuple[Count, ...]:
    if found is not None and len(found) > _FEW:
        return _named(connection, commonest(ranked(archive, connection, UNITS, "units"), found))
    if found is not None and len(found) > _VERY_FEW and (named := commonest_kept(archive, UNITS, "units", found)) is not None:
        return _named(connection, named)
    return tuple(
        Count(*row) for row in connection.execute(_count_units(connection.dialect.name, found is not None), _given(connection, found))
    )


def _cited(archive: Archive, connection: Connection, found: FrozenBitMap | None, plans: FrozenBitMap) -> tuple[CitedCount, ...]:
    if len(plans) > _VERY_FEW:
        return _recorded(connection, {key: len(own) for key, own in commonest(ranked(archive, connection, CITED, "cited"), plans)})
    counted = connection.execute(_count_cited(connection.dialect.name, found is not None), _given(connection, found))
    return _recorded(connection, {key: amount for key, amount in counted if key is not None})


def _given(connection: Connection, found: FrozenBitMap | None) -> dict[str, Any]:
    return {} if found is None else {_FOUND: given_numbers(connection, [*found])}


def _counted(values: Sequence[tuple[str, FrozenBitMap]]) -> tuple[Count, ...]:
    return tuple(Count(name, len(plans)) for name, plans in values)


def _found(archive: Archive, connection: Connection, query: str) -> FrozenBitMap:
    """The versions that a query finds."""
    return matching_plans(archive, connection, read_query(query)).every


def _named(connection: Connection, names: Sequence[tuple[str, FrozenBitMap]]) -> tuple[Count, ...]:
    """Units with how many plans name them; each is called as in the first of its plans."""
    first = {name: plans.min() for name, plans in names}
    given = {_FOUND: given_numbers(connection, sorted(set(first.values()))), _NAMES: given_words(connection, sorted(first))}
    printed = {(plan, name): unit for plan, name, unit in connection.execute(_printed(connection.dialect.name), given)}
    return tuple(Count(printed.get((first[name], name)) or name, len(plans)) for name, plans in names)


def _recorded(connection: Connection, amounts: Mapping[str, int]) -> tuple[CitedCount, ...]:
    """Cited documents, by the keys of their records, with how many plans cite them."""
    rows = {row.key: row for row in told_records(connection, amounts)}
    linker = Linker(connection, papers={key: row.document_id for key, row in rows.items() if row.document_id is not None})
    told = ((cited_document(rows[key]._mapping, None), amount) for key, amount in amounts.items() if key in rows)
    return tuple(CitedCount(linker.linked(cited), amount) for cited, amount in told)


#: The names under which statements are given the versions that were found, and names of units.
_FOUND, _NAMES = "found", "names"


@cache
def _printed(dialect: str) -> Any:
    folded = AssignmentRow.unit_folded
    query = select(AssignmentRow.version_id, folded, func.max(AssignmentRow.unit)).group_by(AssignmentRow.version_id, folded)
    return query.where(AssignmentRow.version_id.in_(named_numbers(dialect, _FOUND)), folded.in_(named_words(dialect, _NAMES)))


def _among(dialect: str, column: Any, narrowed: bool) -> ColumnElement[bool]:
    """The condition that a plan is one of those that were found, or any. Statements are made once: it takes as long as to have them
    answered."""
    return column.in_(named_numbers(dialect, _FOUND)) if narrowed else true()


@cache
def _count_units(dialect: str, narrowed: bool) -> Any:
    """By name as a question compares it: the units of that name in whatever place."""
    plans, folded = func.count(AssignmentRow.version_id.distinct()), AssignmentRow.unit_folded
    query = select(func.max(AssignmentRow.unit), plans).where(_among(dialect, AssignmentRow.version_id, narrowed))
    return query.group_by(folded).order_by(plans.desc(), folded).limit(TOP)


@cache
def _count_cited(dialect: str, narrowed: bool) -> Any:
    plans = func.count(ResolutionRow.version_id.distinct())
    query = select(ResolutionRow.record, plans).where(
        ResolutionRow.record.is_not(None), _among(dialect, ResolutionRow.version_id, narrowed)
    )
    return query.group_by(ResolutionRow.record).order_by(plans.desc(), ResolutionRow.record).limit(TOP)
