"""The trash: what is removed goes there, out of every question, and comes back as it was until the trash is emptied.

A document in it keeps its number, versions, files and corrections; none of its versions answers. Which one did, the journal knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from archive.ask.documents import HASH_PREFIX, find_document, get_document
from archive.common.keys import symbol_key
from archive.errors import AmbiguousDocument, ChangedSince, NotInTrash
from archive.fulltext.indexing import exchange
from archive.resolve.overlay import resolve_blocks, resolve_pending, resolve_versions, touched_blocks
from archive.store.changes import FIRST, answer, delete_document, let_answer, move_versions, named, new_document, retire
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.journal import FOR_GOOD, later, note
from archive.store.originals import drop_unused
from archive.store.tables import DocumentRow, VersionRow
from archive.store.versions import Stored, current_version, read_document, readings_of, select_versions
from archive.store.work_tables import JournalRow
from archive.values.citations import Change
from archive.values.documents import Document
from archive.values.work import Entry, Trashed

#: What may come to a document after it was added so that it is no longer what was added.
_STANDS_ON = ("add", "replace", "join", "split", "remove")


def remove(archive: Archive, ref: str, *, now: datetime, changed: Callable[[Change], None] | None = None) -> Document:
    """Moves a document to the trash; returns what it was; ``changed`` is told which citations mean something else now.

    Raises UnknownDocument, AmbiguousDocument, InTrash.
    """
    document = find_document(archive, ref)
    for change in _put_away(archive, document.id, now):
        if changed is not None:
            changed(change)
    return document


def list_trash(archive: Archive) -> tuple[Trashed, ...]:
    """What is in the trash, as it answered before; what was removed last comes first."""
    query = select(DocumentRow.id, DocumentRow.trashed_at).where(DocumentRow.trashed_at.is_not(None))
    found = []
    with translated(archive.database), archive.engine.connect() as connection:
        for row in connection.execute(query.order_by(DocumentRow.trashed_at.desc(), DocumentRow.id.desc())).all():
            entry, before = _removal(connection, row.id)
            version = connection.execute(select_versions().where(VersionRow.id == before["answered"])).one()
            found.append(Trashed(read_document(version), row.trashed_at, entry.who))
    return tuple(found)


def restore_document(archive: Archive, ref: str, *, now: datetime) -> tuple[Document, tuple[Change, ...]]:
    """Takes a document out of the trash again: by its number, symbol, file name or the beginning of its hash; returns it, and what
    citations mean now. Raises NotInTrash, AmbiguousDocument."""
    return take_out(archive, _in_trash(archive, ref).id, now)


def take_out(archive: Archive, document_id: int, now: datetime) -> tuple[Document, tuple[Change, ...]]:
    """The same of a document by its number: what removed it is undone. Raises NotInTrash."""
    with translated(archive.database), archive.engine.connect() as connection:
        entry, before = _removal(connection, document_id)
    changes = undo_removal(archive.undoing(entry.id), entry, before, now)
    return get_document(archive, before.get("beside", document_id)), changes


def empty_trash(archive: Archive, *, now: datetime, before: datetime | None = None) -> tuple[Trashed, ...]:
    """Deletes what is in the trash (what was put there ``before`` a time) with its files, for good; returns what it was."""
    gone = tuple(each for each in list_trash(archive) if before is None or each.trashed_at < before)
    for each in gone:
        with translated(archive.database), writing(archive.engine).begin() as connection:
            facts = {"symbol": each.document.symbol, "file": each.document.name}
            hashes = delete_document(connection, each.document.id)
            note(connection, archive, now, FOR_GOOD, each.document.id, facts=facts)
        for sha256 in hashes:
            drop_unused(archive, sha256)
    return gone


def undo_add(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """A document that was added goes to the trash; a reading that came beside another is taken from it and goes there alone."""
    document_id = _of(entry)
    with translated(archive.database), archive.engine.connect() as connection:
        refuse_if_changed(connection, entry, document_id)
    return _put_away(archive, document_id, now) if not before else _take_from(archive, document_id, before, now)


def undo_restore(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """What was taken out of the trash goes back."""
    with translated(archive.database), archive.engine.connect() as connection:
        refuse_if_changed(connection, entry, _of(entry))
    return _put_away(archive, _of(entry), now)


def undo_removal(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """What was removed answers again. Raises NotInTrash where the trash was emptied or it is out already."""
    document_id = _of(entry)
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        if connection.scalar(select(DocumentRow.trashed_at).where(DocumentRow.id == document_id)) is None:
            raise NotInTrash(ref=str(document_id))
        connection.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(trashed_at=None))
        if "beside" in before:
            gone, fresh, touched = _put_beside(connection, archive, document_id, before, now)
        else:
            gone, fresh, touched = [], [before["answered"]], set()
            answer(connection, Stored(document_id, before["answered"], 0, False))
            note(connection, archive, now, "restore", document_id, facts=named(connection, before["answered"]))
        changes = resolve_versions(connection, fresh, also=touched)
    exchange(archive, gone, fresh)
    return changes


def refuse_if_changed(connection: Connection, entry: Entry, *documents: int, also: Iterable[str] = ()) -> None:
    """Raises ChangedSince where a later change of the document itself stands on an entry, or one of the actions ``also``."""
    if found := later_change(connection, entry, *documents, also=also):
        raise ChangedSince(entry=entry.id, later=found)


def later_change(connection: Connection, entry: Entry, *documents: int, also: Iterable[str] = ()) -> int | None:
    """That change, by its number; None where there is none."""
    return later(connection, entry, (*_STANDS_ON, *also), documents)


def _put_away(archive: Archive, document_id: int, now: datetime) -> tuple[Change, ...]:
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        touched = touched_blocks(connection, [current_version(connection, document_id)])
        answered = retire(connection, document_id)
        connection.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(trashed_at=now))
        note(connection, archive, now, "remove", document_id, facts=named(connection, answered), before={"answered": answered})
        changes = resolve_blocks(connection, touched)
    exchange(archive, [answered], [])
    return changes


def _take_from(archive: Archive, document_id: int, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """A reading leaves its document for the trash; the one that answered before it answers again."""
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        touched = touched_blocks(connection, [current_version(connection, document_id)])
        reading = next(one for one in readings_of(connection, document_id) if one.version_id == before["version"])
        fresh = [before["answered"]] if reading.current else []
        if reading.current:
            retire(connection, document_id)
        apart = new_document(connection, None)
        move_versions(connection, apart, {reading.version_id: FIRST})
        connection.execute(update(DocumentRow).where(DocumentRow.id == apart).values(trashed_at=now))
        for version_id in fresh:
            answer(connection, Stored(document_id, version_id, 0, False))
        lead = {"answered": reading.version_id, "beside": document_id, "kind": reading.kind, "better": reading.current}
        note(connection, archive, now, "remove", apart, facts=named(connection, reading.version_id), before=lead)
        changes = resolve_versions(connection, fresh, also=touched)
    exchange(archive, [reading.version_id] if fresh else [], fresh)
    return changes


def _put_beside(
    connection: Connection, archive: Archive, document_id: int, before: dict[str, Any], now: datetime
) -> tuple[list[int], list[int], set[str]]:
    """A reading goes back to the document that it was taken from, with what it answered there; the versions that answer no more and
    that answer now, and what they touch."""
    version_id, beside = before["answered"], before["beside"]
    answered = current_version(connection, beside)
    touched = touched_blocks(connection, [answered])
    move_versions(connection, beside, {version_id: before["kind"]})
    connection.execute(delete(DocumentRow).where(DocumentRow.id == document_id))
    note(
        connection,
        archive,
        now,
        "add",
        beside,
        facts=named(connection, version_id),
        before={"version": version_id, "answered": answered},
    )
    if not before["better"]:
        return [], [], touched
    let_answer(connection, Stored(beside, version_id, 0, False))
    return [answered], [version_id], touched


def _removal(connection: Connection, document_id: int) -> tuple[Entry, dict[str, Any]]:
    """The entry that put a document into the trash, with what taking it out needs."""
    query = select(*JournalRow.__table__.columns).where(JournalRow.document_id == document_id, JournalRow.action == "remove")
    row = connection.execute(query.where(JournalRow.undone_by.is_(None)).order_by(JournalRow.id.desc())).first()
    if row is None:
        raise NotInTrash(ref=str(document_id))
    columns = dict(row._mapping)
    before: dict[str, Any] = columns.pop("before")
    return Entry(**columns), before


def _in_trash(archive: Archive, ref: str) -> Document:
    wanted = ref.strip()
    every = [each.document for each in list_trash(archive)]
    ways: tuple[Callable[[Document], bool], ...] = (
        lambda one: str(one.id) == wanted,
        lambda one: one.symbol is not None and symbol_key(one.symbol) == symbol_key(wanted),
        lambda one: wanted in (one.name, one.path),
        lambda one: len(wanted) >= HASH_PREFIX and one.sha256.startswith(wanted.lower()),
    )
    for way in ways:
        found = [one for one in every if way(one)]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousDocument(tuple(found), ref=ref, candidates=tuple(str(one.id) for one in found))
    raise NotInTrash(ref=ref)


def _of(entry: Entry) -> int:
    """The document of an entry that has one."""
    if entry.document_id is None:
        raise NotInTrash(ref=str(entry.id))
    return entry.document_id
