"""The journal: every change of the archive, who made it and when, with what undoing it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from archive.errors import AlreadyUndone
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.work_tables import JournalRow
from archive.values.documents import Fact
from archive.values.work import Entry

#: The fact of an entry that undid another: the number of that one.
UNDOES = "undoes"
#: The fact of an entry that is part of a run: the number of the entry of that.
PART_OF = "run"

#: The action that deletes a document for good.
FOR_GOOD = "empty"

#: An entry without what undoing it needs, which may be large.
COLUMNS = tuple(each for each in JournalRow.__table__.columns if each.name != "before")


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
    """Notes a change within its transaction; returns the number of the entry. ``before`` is JSON that `keep.undo` reads for this action.

    A change that undoes an entry (`Archive.undoing`) has its number among the facts (``undoes``) and is named by it. Raises AlreadyUndone
    where another process was quicker; the transaction is then to be rolled back.
    """
    told = dict(facts or {}) | ({} if archive.undoes is None else {UNDOES: archive.undoes})
    values = {"at": now, "who": archive.who, "action": action, "document_id": document_id}
    result = connection.execute(insert(JournalRow).values(**values, facts=told, before=dict(before or {})))
    number = int((result.inserted_primary_key or (0,))[0])
    if archive.undoes is not None:
        _mark_undone(connection, archive.undoes, number)
    return number


def in_run(connection: Connection, archive: Archive, now: datetime, action: str, run: int | None, *, left: int = 0) -> int:
    """The number of the entry of a run, with one change more in it; without ``run`` it begins with this one. ``left`` tells how many it
    leaves out. A run that is killed has so what was done by then."""
    if run is None:
        return note(connection, archive, now, action, None, facts={"count": 1} | ({"left": left} if left else {}))
    facts = connection.scalars(select(JournalRow.facts).where(JournalRow.id == run)).one()
    connection.execute(update(JournalRow).where(JournalRow.id == run).values(facts={**facts, "count": facts["count"] + 1}))
    return run


def parts_of(connection: Connection, run: int) -> tuple[Entry, ...]:
    """The changes of a run that still hold, the newest first."""
    there = JournalRow.id > run, JournalRow.undone_by.is_(None), JournalRow.facts[PART_OF].as_integer() == run
    return tuple(Entry(**row._mapping) for row in connection.execute(select(*COLUMNS).where(*there).order_by(JournalRow.id.desc())))


def _mark_undone(connection: Connection, entry_id: int, by: int) -> None:
    """Notes that an entry was undone by another; what it had undone itself stands again, what that had undone does not, and so on."""
    undone_by = connection.scalars(select(JournalRow.undone_by).where(JournalRow.id == entry_id)).one()
    if undone_by is not None:
        raise AlreadyUndone(entry=entry_id, by=undone_by)
    entry: int | None = entry_id
    stands = False
    while entry is not None:
        connection.execute(update(JournalRow).where(JournalRow.id == entry).values(undone_by=None if stands else by))
        facts = connection.scalars(select(JournalRow.facts).where(JournalRow.id == entry)).one()
        by, entry, stands = entry, facts.get(UNDOES), not stands


def before_of(connection: Connection, entry_id: int) -> dict[str, Any]:
    """What undoing an entry needs."""
    found: dict[str, Any] = connection.scalars(select(JournalRow.before).where(JournalRow.id == entry_id)).one()
    return found


def is_gone(connection: Connection, document_id: int | None) -> bool:
    """Whether a document was deleted for good: nothing that came to it can be taken back."""
    there = select(JournalRow.id).where(JournalRow.document_id == document_id, JournalRow.action == FOR_GOOD).limit(1)
    return document_id is not None and connection.scalar(there) is not None


def later(connection: Connection, entry: Entry, actions: Iterable[str], documents: Iterable[int]) -> int | None:
    """The last change of these kinds that came to one of these documents after an entry and still holds: it is to be undone first."""
    query = select(JournalRow.id, JournalRow.facts).where(
        JournalRow.id > entry.id,
        JournalRow.undone_by.is_(None),
        JournalRow.action.in_(tuple(actions)),
        JournalRow.document_id.in_(tuple(documents)),
    )
    return next((row.id for row in connection.execute(query.order_by(JournalRow.id.desc())) if UNDOES not in row.facts), None)


def entries(archive: Archive, *, limit: int | None = None, document_id: int | None = None) -> tuple[Entry, ...]:
    """The journal, the newest entry first; what came to one document where it is given, else a run as one."""
    query = select(*COLUMNS).order_by(JournalRow.id.desc()).limit(limit)
    if document_id is None:
        query = query.where(JournalRow.facts[PART_OF].as_integer().is_(None))
    else:
        query = query.where(or_(JournalRow.document_id == document_id, JournalRow.facts["other"].as_integer() == document_id))
    with translated(archive.database), archive.engine.connect() as connection:
        return tuple(Entry(**row._mapping) for row in connection.execute(query))
