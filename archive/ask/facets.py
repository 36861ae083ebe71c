"""What the plans that a search finds are: how many of each type, organ, level, place, year, unit, cited document and doubt."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from archive.ask.citations import Linker
from archive.fulltext.ask import matching_plans
from archive.fulltext.query import read_query
from archive.resolve.authorities import cited_document
from archive.store.database import numbers, translated
from archive.store.doubts import doubts_counted
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
        of_versions = VersionRow.current if found is None else VersionRow.id.in_(numbers(connection, found))
        total = connection.scalar(select(func.count()).where(of_versions)) or 0
        year = func.substr(VersionRow.date, 1, 4)
        return Facets(
            total,
            _counted(connection, VersionRow.type, of_versions),
            _counted(connection, VersionRow.organ, of_versions),
            _counted(connection, VersionRow.level, of_versions),
            _counted(connection, VersionRow.place, of_versions),
            tuple(sorted(_counted(connection, year, of_versions), key=lambda count: count.name, reverse=True)),
            _units(connection, found),
            _cited(connection, found),
            tuple(Count(code, plans) for code, plans in doubts_counted(connection, of_versions).most_common()),
        )


def _found(archive: Archive, connection: Connection, query: str) -> list[int]:
    """The versions that a query finds."""
    return [match.key for match in matching_plans(archive, connection, read_query(query))]


def _counted(connection: Connection, column: Any, condition: ColumnElement[bool]) -> tuple[Count, ...]:
    count = func.count()
    query = select(column, count).where(condition, column.is_not(None)).group_by(column).order_by(count.desc(), column).limit(TOP)
    return tuple(Count(name, amount) for name, amount in connection.execute(query))


def _units(connection: Connection, found: list[int] | None) -> tuple[Count, ...]:
    """By name as a question compares it: the units of that name in whatever place."""
    plans, folded = func.count(AssignmentRow.version_id.distinct()), AssignmentRow.unit_folded
    query = select(func.max(AssignmentRow.unit), plans).group_by(folded).order_by(plans.desc(), folded).limit(TOP)
    rows = connection.execute(query if found is None else query.where(AssignmentRow.version_id.in_(numbers(connection, found))))
    return tuple(Count(name, amount) for name, amount in rows)


def _cited(connection: Connection, found: list[int] | None) -> tuple[CitedCount, ...]:
    plans = func.count(ResolutionRow.version_id.distinct())
    counted = select(ResolutionRow.record, plans.label("found")).where(ResolutionRow.record.is_not(None)).group_by(ResolutionRow.record)
    if found is not None:
        counted = counted.where(ResolutionRow.version_id.in_(numbers(connection, found)))
    most = counted.order_by(plans.desc(), ResolutionRow.record).limit(TOP).subquery()
    query = select(*AuthorityRow.__table__.columns, most.c.found).join(most, most.c.record == AuthorityRow.key)
    rows = connection.execute(query.order_by(most.c.found.desc(), AuthorityRow.key)).all()
    linker = Linker(connection, [row.key for row in rows])
    return tuple(CitedCount(linker.linked(cited_document(row._mapping, None)), row.found) for row in rows)
