"""What the program decided wrongly is put right: documents that are one paper are joined, a version that is of another paper is split off.

Each undoes the other: what was joined goes back under its old number, what was split comes back as it was. What was said is kept
(`store.decisions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from typing import Any

from sqlalchemy import Connection, delete, select

from archive.ask.documents import find_document, get_document, history, version_named
from archive.errors import OneReading, SameDocument, UnknownVersion
from archive.fulltext.indexing import exchange
from archive.keep.copies import better
from archive.keep.trash import refuse_if_changed
from archive.resolve.overlay import resolve_pending, resolve_versions, touched_blocks
from archive.store.changes import FIRST, answer, move_versions, named, new_document, retire
from archive.store.database import translated, writing
from archive.store.decisions import DIFFERENT, SAME, decide, former_of, take_back
from archive.store.duty_states import adopt, follow, pass_on
from archive.store.handle import Archive
from archive.store.journal import note
from archive.store.tables import DocumentRow, VersionRow
from archive.store.versions import Reading, Stored, current_version, read_document, readings_of, select_versions
from archive.values.citations import Change
from archive.values.documents import Document
from archive.values.work import Entry

JOINED = "joined"


def join(archive: Archive, ref: str, other: str, *, now: datetime) -> tuple[Document, tuple[Change, ...]]:
    """Makes the versions of the document ``other`` versions of the document ``ref``: both are one paper. The best reading answers.

    Returns the document, and the citations that mean something else now. Raises UnknownDocument, AmbiguousDocument, SameDocument.
    """
    kept, gone = find_document(archive, ref), find_document(archive, other)
    if kept.id == gone.id:
        raise SameDocument(ref=ref, other=other)
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        touched = touched_blocks(connection, [current_version(connection, document.id) for document in (kept, gone)])
        own, coming = readings_of(connection, kept.id), readings_of(connection, gone.id)
        former = take_back(connection, DIFFERENT, _texts(coming), _texts(own))
        for reading in () if former else coming:
            decide(connection, SAME, reading, _texts(own), now)
        retired = [retire(connection, gone.id)]
        kinds = {one.version_id: former.get(one.text, (0, one.kind))[1] for one in coming}
        move_versions(connection, kept.id, {number: JOINED if kind == FIRST else kind for number, kind in kinds.items()})
        adopt(connection, kept.id, gone.id)
        connection.execute(delete(DocumentRow).where(DocumentRow.id == gone.id))
        facts = {**named(connection, coming[0].version_id), "other": gone.id}
        before = {"version": coming[0].version_id}
        note(connection, archive, now, "join", kept.id, facts=facts, before=before)
        fresh = _let_best_answer(connection, kept.id, retired)
        changes = resolve_versions(connection, fresh, also=touched)
    exchange(archive, retired, fresh)
    return get_document(archive, kept.id), changes


def split(archive: Archive, ref: str, *, now: datetime) -> tuple[Document, tuple[Change, ...]]:
    """Makes a version ("3#2"; without a number the one that came last) a document of its own; what `join` brought in with it goes
    along, under the old number. Returns that document and what citations mean now.

    Raises UnknownDocument, AmbiguousDocument, UnknownVersion; OneReading where it is the only version.
    """
    document, number = _version(archive, ref)
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        every = readings_of(connection, document.id)
        chosen = next(one for one in every if one.number == number)
        going, old_id = _together(connection, chosen, every)
        staying = [one for one in every if one not in going]
        touched = touched_blocks(connection, [current_version(connection, document.id)])
        former = take_back(connection, SAME, _texts(going), _texts(staying))
        for reading in () if former else going:
            decide(connection, DIFFERENT, reading, _texts(staying), now)
        retired = [retire(connection, document.id)] if any(one.current for one in going) else []
        new_id = new_document(connection, old_id)
        kinds = {one.version_id: former.get(one.text, (0, one.kind))[1] for one in going}
        move_versions(connection, new_id, kinds)
        facts = {**named(connection, chosen.version_id), "other": document.id}
        note(connection, archive, now, "split", new_id, facts=facts, before={"from": document.id})
        fresh = [number for each in (document.id, new_id) for number in _let_best_answer(connection, each, retired)]
        follow(connection, document.id)
        pass_on(connection, document.id, new_id)
        changes = resolve_versions(connection, fresh, also=touched)
    exchange(archive, retired, fresh)
    return get_document(archive, new_id), changes


def undo_join(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """What was joined is split again, under its old number."""
    with translated(archive.database), archive.engine.connect() as connection:
        refuse_if_changed(connection, entry, entry.document_id or 0)
        number = connection.scalars(select(VersionRow.number).where(VersionRow.id == before["version"])).one()
    return split(archive, f"{entry.document_id}#{number}", now=now)[1]


def undo_split(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """What was split comes back as it was."""
    with translated(archive.database), archive.engine.connect() as connection:
        refuse_if_changed(connection, entry, before["from"], entry.document_id or 0)
    return join(archive, str(before["from"]), str(entry.document_id), now=now)[1]


def _version(archive: Archive, ref: str) -> tuple[Document, int]:
    name, number = version_named(ref)
    document = find_document(archive, name)
    versions = history(archive, str(document.id))
    if len(versions) < 2:
        raise OneReading(ref=ref)
    if number is None:
        return document, versions[-1].number
    if number not in {one.number for one in versions}:
        raise UnknownVersion(ref=ref, version=number, latest=versions[-1].number)
    return document, number


def _together(connection: Connection, chosen: Reading, every: Sequence[Reading]) -> tuple[list[Reading], int | None]:
    """The versions that leave with one: those that a user joined with it, and the number of their document; else it alone."""
    former = {one: former_of(connection, one.text) for one in every}
    joined = [one for one in every if former[chosen] is not None and former[one] == former[chosen]]
    return (joined, former[chosen]) if joined and len(joined) < len(every) else ([chosen], None)


def _texts(readings: Sequence[Reading]) -> list[str]:
    return [one.text for one in readings]


def _let_best_answer(connection: Connection, document_id: int, retired: list[int]) -> list[int]:
    """Lets the best reading of a document answer; its version where another answered before, which is among ``retired`` then."""
    rows = connection.execute(select_versions().where(VersionRow.document_id == document_id, VersionRow.replaced_at.is_(None))).all()
    rows = rows or connection.execute(select_versions().where(VersionRow.document_id == document_id)).all()
    current = next((one for one in readings_of(connection, document_id) if one.current), None)
    # The one that answers is the first to be asked: of two that are alike it stays.
    ranked = sorted(rows, key=lambda row: (current is None or row.version_id != current.version_id, row.version_id))
    best = reduce(lambda one, other: other if better(read_document(other), read_document(one)) else one, ranked)
    if current is not None and best.version_id == current.version_id:
        return []
    if current is not None:
        retired.append(retire(connection, document_id))
    answer(connection, Stored(document_id, best.version_id, best.version, False))
    return [best.version_id]
