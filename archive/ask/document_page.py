"""All about one plan that its page shows, read in one go."""

from __future__ import annotations

from contextlib import suppress

from archive.ask.citations import cited_in, citing_of
from archive.ask.documents import read_version
from archive.ask.duties import duties_of_plan
from archive.ask.page_places import pages_of
from archive.common.laying_out import layout_of
from archive.errors import ArchiveError
from archive.fulltext.indexing import fulltext
from archive.fulltext.layouts import unpack_layout
from archive.fulltext.restored_layer import unpack_layer
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.versions import plan_of, stored_contents
from archive.values.duties import DocumentPage
from archive.values.layouts import Layout


def document_page(archive: Archive, ref: str, version: int | None = None, *, printed: bool = False) -> DocumentPage:
    """A document laid out, as it is ``printed``, too, where that is asked for, with what `show`, `paper_pages`, `duties`, `cited_by` and
    `citing` tell of it at one moment; of a version that is not the current one what was read of it alone. Raises UnknownDocument,
    AmbiguousDocument, UnknownVersion, PlanDamaged."""
    with translated(archive.database), archive.engine.connect() as connection:
        seen = read_version(archive, connection, ref, version)
        document, version_id = seen.document, seen.version_id
        text, stored = stored_contents(connection, (version_id,))[version_id]
        told = (
            document,
            _kept(archive, version_id, text, stored) or layout_of(plan_of(stored, version_id), text),
            layout_of(plan_of(stored, version_id), text, printed=True) if printed else None,
            seen.history,
            seen.corrections,
        )
        if not any(each.current and each.number == document.version for each in seen.history):
            return DocumentPage(*told)
        return DocumentPage(
            *told,
            True,
            pages_of(connection, document.id),
            cited_in(connection, document),
            duties_of_plan(connection, version_id, document, corrected=bool(seen.corrections)),
            citing_of(connection, document),
        )


def _kept(archive: Archive, version_id: int, text: str, stored: bytes) -> Layout | None:
    """The layout of a version as the index keeps it; None where that has none, or cannot be read: a search says so."""
    with suppress(ArchiveError):
        return unpack_layout(unpack_layer(fulltext(archive).layers((version_id,)).get(version_id, b""))[2], text, stored)
    return None
