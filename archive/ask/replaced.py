"""Which plans stand on a document that another one of the archive replaced or repealed."""

from __future__ import annotations

from sqlalchemy import select

from archive.ask.citations import Linker
from archive.resolve.mentions import find_mentions, grouped
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import CitationRow, ResolutionRow
from archive.values.citations import CitationHit, CitedDocument, Replaced

#: What takes a document out of force, and what stands on one.
_ENDS = ("replaces", "repeals")
_STANDS = ("basis", "implements", "guides")
#: Plans and letters only ask for it: "tham mưu Ủy ban nhân dân tỉnh thay thế Quyết định số 15". One of the same type does it.
_DECIDES = ("Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Nghị định", "Quyết định", "Quy định", "Thông tư", "Chỉ thị")


def replaced(archive: Archive) -> tuple[Replaced, ...]:
    """The documents that a paper of the archive replaces or repeals and that other plans stand on, in order of their dates."""
    ended = select(ResolutionRow.record).join(
        CitationRow, (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal)
    )
    ended = ended.where(CitationRow.relation.in_(_ENDS), ResolutionRow.record.is_not(None))
    with translated(archive.database), archive.engine.connect() as connection:
        mentions = find_mentions(connection, ResolutionRow.record.in_(ended))
        linker = Linker(connection)
        found = (_replaced(linker.linked(cited), [mention.hit for mention in members]) for cited, members in grouped(mentions))
        return tuple(one for one in found if one.by and one.plans)


def _replaced(cited: CitedDocument, hits: list[CitationHit]) -> Replaced:
    """A document with the mentions that end it and those that stand on it; its own paper and those that end it are none of these."""
    by = tuple(hit for hit in hits if hit.relation in _ENDS and hit.document.type in (*_DECIDES, cited.type))
    not_on_it = {hit.document.id for hit in by} | ({cited.document.id} if cited.document else set())
    return Replaced(cited, by, tuple(hit for hit in hits if hit.relation in _STANDS and hit.document.id not in not_on_it))
