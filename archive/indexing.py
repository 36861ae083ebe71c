"""Keeping the full-text index in step with the database, and bringing it back into step where a crash came between the two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import func, select, update

from archive.database import translated, writing
from archive.duty_index import clear_duties
from archive.errors import ArchiveLocked, DiskFull, NoPermission
from archive.fulltext.engine import IndexText
from archive.handle import Archive
from archive.store import current_versions, index_texts, mark_indexed, project_again
from archive.tables import VersionRow

#: Documents per commit of the index: a commit costs about as much as indexing ten documents.
BATCH = 64

#: Called with (done, total) while work goes on.
Progress = Callable[[int, int], None]


def index_versions(archive: Archive, version_ids: Sequence[int], progress: Progress | None = None) -> None:
    """Adds versions to the index, batch by batch; each batch is marked in the database once it is in the index."""
    for start in range(0, len(version_ids), BATCH):
        batch = version_ids[start : start + BATCH]
        archive.fulltext.add(index_texts(archive, batch))
        mark_indexed(archive, batch)
        if progress is not None:
            progress(min(start + BATCH, len(version_ids)), len(version_ids))


def in_step(archive: Archive) -> bool:
    """Whether database and index hold the same documents, as far as counting tells."""
    with translated(archive.database), archive.engine.connect() as connection:
        total = connection.scalar(select(func.count()).where(VersionRow.current))
        marked = connection.scalar(select(func.count()).where(VersionRow.current, VersionRow.indexed))
    return total == marked == archive.fulltext.count()


def heal(archive: Archive) -> None:
    """Indexes what is missing in the index and removes what is there no more. Where nothing may be written now, the index is used as it
    is."""
    if in_step(archive):
        return
    try:
        wanted = frozenset(current_versions(archive))
        there = archive.fulltext.keys()
        with translated(archive.database), archive.engine.connect() as connection:
            marked = frozenset(connection.scalars(select(VersionRow.id).where(VersionRow.current, VersionRow.indexed)))
        archive.fulltext.remove(sorted(there - wanted))
        index_versions(archive, sorted(wanted - (there & marked)))
    except (ArchiveLocked, NoPermission, DiskFull):
        return


def rebuild(archive: Archive, progress: Progress | None = None) -> int:
    """Makes the projected rows anew from the plans, and the index from the database; returns the number of documents.

    Interrupted, what is missing in the index is added by the next search.
    """
    version_ids = current_versions(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        connection.execute(update(VersionRow).values(indexed=False))
        clear_duties(connection)

    def texts() -> Iterator[IndexText]:
        for number, version_id in enumerate(version_ids, 1):
            project_again(archive, version_id)
            yield from index_texts(archive, [version_id])
            if progress is not None:
                progress(number, len(version_ids))

    archive.fulltext.rebuild(texts())
    mark_indexed(archive, version_ids)
    return len(version_ids)
