"""The journal: every change of the archive, who made it and when, with what undoing it needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.work_tables import JournalRow
from archive.values.documents import Fact
from archive.values.work import Entry


def note(
    connection: Connection,
    archive: Archive,
    now: datetime,
    action: str,
    document_id: int | None,
    *,
    facts: Mapping[str, Fact] | None = None,
    before: Mapping[str, Any] | None = None,
) -> int:
    """Notes a change within its transaction; returns the number of the entry. ``before`` is JSON that `keep.undo` reads for this action."""
    values = {"at": now, "who": archive.who, "action": action, "document_id": document_id}
    result = connection.execute(insert(JournalRow).values(**values, facts=dict(facts or {}), before=dict(before or {})))
    return int((result.inserted_primary_key or (0,))[0])


def before_of(connection: Connection, entry_id: int) -> dict[str, Any]:
    """What undoing an entry needs."""
    found: dict[str, Any] = connection.scalars(select(JournalRow.before).where(JournalRow.id == entry_id)).one()
    return found


def mark_undone(connection: Connection, entry_id: int, by: int | None) -> None:
    """Notes that an entry was undone by another; None where that was itself undone."""
    connection.execute(update(JournalRow).where(JournalRow.id == entry_id).values(undone_by=by))


def entries(archive: Archive, *, limit: int | None = None, document_id: int | None = None) -> tuple[Entry, ...]:
    """The journal, the newest entry first; of one document where it is given."""
    columns = [each for each in JournalRow.__table__.columns if each.name != "before"]
    query = select(*columns).order_by(JournalRow.id.desc()).limit(limit)
    if document_id is not None:
        query = query.where(JournalRow.document_id == document_id)
    with translated(archive.database), archive.engine.connect() as connection:
        return tuple(Entry(**row._mapping) for row in connection.execute(query))
