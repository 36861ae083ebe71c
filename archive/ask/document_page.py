"""All about one plan that its page shows, read in one go."""

from __future__ import annotations

from archive.ask.citations import cited_in, citing_of
from archive.ask.documents import read_shown
from archive.ask.duties import duties_of_plan
from archive.ask.page_places import pages_of
from archive.store.database import translated
from archive.store.handle import Archive
from archive.values.duties import DocumentPage


def document_page(archive: Archive, ref: str, version: int | None = None) -> DocumentPage:
    """A document as `show`, `paper_pages`, `duties`, `cited_by` and `citing` tell of it at one moment; of a version that is not the current
    one what was read of it alone. Raises UnknownDocument, AmbiguousDocument, UnknownVersion."""
    with translated(archive.database), archive.engine.connect() as connection:
        shown, version_id = read_shown(archive, connection, ref, version)
        document = shown.document
        if not any(each.current and each.number == document.version for each in shown.history):
            return DocumentPage(shown)
        return DocumentPage(
            shown,
            True,
            pages_of(connection, document.id),
            cited_in(connection, document),
            duties_of_plan(connection, version_id, document, corrected=bool(shown.corrections)),
            citing_of(connection, document),
        )
