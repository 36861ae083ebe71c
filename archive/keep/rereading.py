"""Reading documents again that an earlier version of the program read, from what the archive keeps of them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from archive.fulltext.indexing import Progress, fulltext, index_versions
from archive.resolve.overlay import resolve_pending, resolve_versions, touched_blocks
from archive.store.changes import reread_version
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.originals import read_original
from archive.store.pages import KeptPages
from archive.store.tables import ContentRow, VersionRow
from archive.store.versions import documents_by_version
from archive.values.citations import Change
from archive.values.documents import Document
from kehoach_parser import Plan, ReadError, ReadOptions, Text

_WITHOUT_TASKS = (VersionRow.current, VersionRow.without_tasks)


def read_without_tasks(archive: Archive) -> tuple[Document, ...]:
    """The documents that an earlier version of the program read: their duties have one row each, not one for each task."""
    with translated(archive.database), archive.engine.connect() as connection:
        there = connection.scalars(select(VersionRow.id).where(*_WITHOUT_TASKS)).all()
        return tuple(sorted(documents_by_version(connection, there).values(), key=lambda one: one.id)) if there else ()


def reread(
    archive: Archive,
    *,
    parse: Callable[[Text], Plan] | None = None,
    changed: Callable[[Change], None] | None = None,
    progress: Progress | None = None,
) -> int:
    """Reads these documents again from their stored texts, one transaction each; returns how many. What was read by then stays read.

    ``changed`` is told which citations mean something else now. Raises ArchiveLocked, NoPermission, DiskFull.
    """
    from kehoach_parser import parse as parse_text

    with translated(archive.database), archive.engine.connect() as connection:
        version_ids = tuple(connection.scalars(select(VersionRow.id).where(*_WITHOUT_TASKS).order_by(VersionRow.id)))
    resolve_pending(archive)
    for number, version_id in enumerate(version_ids, 1):
        plan = (parse or parse_text)(_text(archive, version_id))
        with translated(archive.database), writing(archive.engine).begin() as connection:
            touched = touched_blocks(connection, [version_id])
            reread_version(connection, version_id, plan)
            changes = resolve_versions(connection, [version_id], also=touched)
        if changed is not None:
            for change in changes:
                changed(change)
        fulltext(archive).remove([version_id])
        index_versions(archive, [version_id])
        if progress is not None:
            progress(number, len(version_ids))
    return len(version_ids)


def _text(archive: Archive, version_id: int) -> Text:
    """The text of a version as it is stored; where its file gives the same text again, with what is known of pages and of OCR's repairs."""
    from kehoach_parser import read_bytes

    columns = (ContentRow.text, VersionRow.name, VersionRow.sha256, VersionRow.media_type, ContentRow.pages, ContentRow.notes)
    query = select(*columns).join(VersionRow, VersionRow.id == ContentRow.version_id).where(VersionRow.id == version_id)
    with translated(archive.database), archive.engine.connect() as connection:
        content, name, sha256, media_type, pages, notes = connection.execute(query).one()
    stored = Text(content, name, sha256, media_type, tuple(pages), tuple(notes))
    data = read_original(archive, sha256)
    if data is None:
        return stored
    try:
        again = read_bytes(data, name, ReadOptions(pages=KeptPages(archive)))
    except ReadError:  # a program that is no longer installed
        return stored
    return again if again.content == content else stored
