"""Taking back a change of the archive, by its entry in the journal.

Undoing is itself a change, with an entry of its own that can be undone in its turn. A handler makes it for one action: it is called with
the archive as `Archive.undoing` gives it, makes the opposite change in one transaction and calls `store.journal.note` once in it, as for
any change, under the action whose handler leads back (a correction taken back is noted as "uncorrect", a removal as "restore").
`note` marks what was undone in that same transaction. A handler that notes nothing may be called twice where a crash comes before
`undo` notes it, and what it did cannot be done again by undoing that. Where a later change stands on the entry (`store.journal.later`)
it raises ChangedSince and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from archive.errors import AlreadyUndone, CannotUndo, NothingToUndo, UnknownEntry
from archive.keep.alias_changes import undo_aliases
from archive.keep.correcting import say_again, take_back
from archive.keep.duty_changes import undo_duty
from archive.keep.ingest import undo_replace
from archive.keep.joining import undo_join, undo_split
from archive.keep.reparsing import ACTION as REPARSE
from archive.keep.reparsing import RUN, is_undoable, undo_reparse, undo_run
from archive.keep.trash import undo_add, undo_removal, undo_restore
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.journal import COLUMNS, PART_OF, UNDOES, before_of, is_gone, note
from archive.store.work_tables import JournalRow
from archive.values.citations import Change
from archive.values.work import Entry

#: Called with the archive, the entry, what it noted under ``before``, and the time; returns what citations mean now.
Handler = Callable[[Archive, Entry, dict[str, Any], datetime], tuple[Change, ...]]

#: Who takes back the changes of an action.
HANDLERS: dict[str, Handler] = {
    "add": undo_add,
    "remove": undo_removal,
    "restore": undo_restore,
    "replace": undo_replace,
    "join": undo_join,
    "split": undo_split,
    "aliases": undo_aliases,
    "duty": undo_duty,
    "correct": take_back,
    "import-corrections": take_back,
    "uncorrect": say_again,
    REPARSE: undo_reparse,
    RUN: undo_run,
}


def undo(archive: Archive, entry_id: int | None = None, *, now: datetime) -> tuple[Entry, tuple[Change, ...]]:
    """Takes back the change with this number, or the last that can be taken back: so asked again and again it goes back step by step.

    Returns the entry of what was undone (``undone_by`` is the new entry, which undoes that), and what citations mean now. Raises
    UnknownEntry, NothingToUndo, AlreadyUndone, CannotUndo, ChangedSince; nothing is changed then.
    """
    entry = _last(archive) if entry_id is None else _entry(archive, entry_id)
    if entry.undone_by is not None:
        raise AlreadyUndone(entry=entry.id, by=entry.undone_by)
    with translated(archive.database), archive.engine.connect() as connection:
        before = before_of(connection, entry.id)
        if not _is_undoable(connection, entry):
            raise CannotUndo(entry=entry.id, action=entry.action)
    changes = HANDLERS[entry.action](archive.undoing(entry.id), entry, before, now)
    undone = _entry(archive, entry.id)
    if undone.undone_by is not None:
        return undone, changes
    with translated(archive.database), writing(archive.engine).begin() as connection:
        note(connection, archive.undoing(entry.id), now, "undo", entry.document_id, facts={"action": entry.action})
    return _entry(archive, entry.id), changes


def _entry(archive: Archive, entry_id: int) -> Entry:
    with translated(archive.database), archive.engine.connect() as connection:
        row = connection.execute(select(*COLUMNS).where(JournalRow.id == entry_id)).first()
    if row is None:
        raise UnknownEntry(entry=entry_id)
    return Entry(**row._mapping)


def _last(archive: Archive) -> Entry:
    """The newest change that holds and did not itself undo one; of a run that which stands for all of it."""
    query = select(*COLUMNS).where(JournalRow.undone_by.is_(None), JournalRow.action.in_(HANDLERS)).order_by(JournalRow.id.desc())
    with translated(archive.database), archive.engine.connect() as connection:
        for row in connection.execute(query):
            if not {UNDOES, PART_OF} & row.facts.keys() and _is_undoable(connection, entry := Entry(**row._mapping)):
                return entry
    raise NothingToUndo


def _is_undoable(connection: Connection, entry: Entry) -> bool:
    """Whether something undoes an entry: not where its document was deleted for good, or what was read before was not kept (by a program
    before 2026, or as it was damaged)."""
    if entry.action not in HANDLERS or is_gone(connection, entry.document_id):
        return False
    return entry.action not in (REPARSE, RUN) or is_undoable(connection, entry)
