"""The archive in numbers: how many, of what, and which most often."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

from archive.ask.citations import Linker
from archive.common.words import LOW_QUALITY
from archive.resolve.authorities import cited_document
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import (
    AssignmentRow,
    AuthorityRow,
    CitationRow,
    DateRow,
    DocumentRow,
    NodeRow,
    ResolutionRow,
    UnitCountRow,
    VersionRow,
)
from archive.values.citations import CitedCount, Count, Statistics

#: How many entries the lists have.
TOP = 10


def statistics(archive: Archive) -> Statistics:
    """The archive in numbers: how many, of what, and which most often."""
    current = VersionRow.current
    with translated(archive.database), archive.engine.connect() as connection:

        def number(query: Select[int]) -> int:
            return connection.scalar(query) or 0

        def top(query: Select[*tuple[Any, ...]]) -> tuple[Count, ...]:
            count = query.selected_columns[1]
            rows = connection.execute(query.order_by(count.desc(), query.selected_columns[0]).limit(TOP))
            return tuple(Count(name, amount) for name, amount in rows if name is not None)

        # One end of an index each.
        dated = select(VersionRow.date).where(current, VersionRow.date.is_not(None)).limit(1)
        amount = func.count()
        return Statistics(
            documents=number(select(amount).where(current)),
            versions=number(select(func.count(VersionRow.id)).join(DocumentRow).where(DocumentRow.trashed_at.is_(None))),
            characters=number(select(func.sum(VersionRow.length)).where(current)),
            nodes=number(select(amount).select_from(NodeRow)),
            citations=number(select(amount).select_from(CitationRow)),
            cited_documents=number(select(amount).where(AuthorityRow.plans > 0)),
            ambiguous_citations=number(select(amount).where(ResolutionRow.state == "ambiguous")),
            dates=number(select(amount).select_from(DateRow)),
            assignments=number(select(amount).select_from(AssignmentRow)),
            units=number(select(amount).select_from(UnitCountRow)),
            damaged_documents=number(select(amount).where(current, VersionRow.quality < LOW_QUALITY)),
            date_first=connection.scalar(dated.order_by(VersionRow.date)),
            date_last=connection.scalar(dated.order_by(VersionRow.date.desc())),
            types=top(select(VersionRow.type, amount).where(current).group_by(VersionRow.type)),
            organs=top(select(VersionRow.organ, amount).where(current).group_by(VersionRow.organ)),
            most_cited=_most_cited(connection),
            busiest_units=top(_busiest(connection)),
        )


def _busiest(connection: Connection) -> Select[*tuple[Any, ...]]:
    """The units that may be among the busiest, by name, with their duties."""
    ranked = select(UnitCountRow.duties).order_by(UnitCountRow.duties.desc()).limit(1)
    least = connection.scalar(ranked.offset(TOP - 1)) or 0
    keys = select(UnitCountRow.unit_key).where(UnitCountRow.duties >= least)
    rows = select(func.max(AssignmentRow.unit), func.count()).where(AssignmentRow.unit_key.in_(keys))
    return rows.group_by(AssignmentRow.unit_key)


def _most_cited(connection: Connection) -> tuple[CitedCount, ...]:
    """By identity, not by symbol: two resolutions may bear one."""
    query = select(*AuthorityRow.__table__.columns).where(AuthorityRow.plans > 0)
    rows = connection.execute(query.order_by(AuthorityRow.plans.desc(), AuthorityRow.key).limit(TOP)).all()
    linker = Linker(connection, [row.key for row in rows])
    return tuple(CitedCount(linker.linked(cited_document(row._mapping, None)), row.plans) for row in rows)
