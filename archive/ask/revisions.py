"""How often and when a document and what was said of its duties changed: which of two versions of a calendar's event is newer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, func, select

from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.work_tables import JournalRow
from archive.values.duties import Revision

#: Databases limit how many values a statement may have. This bounds the cost only.
_TOGETHER = 500


def revisions(archive: Archive, document_ids: Collection[int]) -> dict[int, Revision]:
    """The revision of each of these documents. It grows with every entry of the journal, an undoing, too, so that it never goes back."""
    found: dict[int, Revision] = {}
    wanted = sorted(document_ids)
    with translated(archive.database), archive.engine.connect() as connection:
        for start in range(0, len(wanted), _TOGETHER):
            found |= _revisions(connection, wanted[start : start + _TOGETHER])
    return found


def _revisions(connection: Connection, document_ids: Sequence[int]) -> dict[int, Revision]:
    journal = select(JournalRow.document_id, func.count(), func.max(JournalRow.at)).group_by(JournalRow.document_id)
    versions = select(VersionRow.document_id, func.max(VersionRow.number), func.max(VersionRow.added_at)).group_by(VersionRow.document_id)
    told = {row[0]: row for row in connection.execute(journal.where(JournalRow.document_id.in_(document_ids)))}
    rows = connection.execute(versions.where(VersionRow.document_id.in_(document_ids)))
    found = {}
    for document_id, number, added_at in rows:
        _, count, at = told.get(document_id, (document_id, 0, added_at))
        found[document_id] = Revision(number - 1 + count, max(at, added_at))
    return found
