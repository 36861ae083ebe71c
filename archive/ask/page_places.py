"""From a span of the text back to its place on the paper, for a viewer that shows the page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from archive.ask.documents import find_document
from archive.store.corrections import span_as_read
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import PageRow, VersionRow
from archive.store.versions import current_version
from archive.values.documents import PagePlace, PaperPage, Span


def places_on_pages(archive: Archive, ref: str, span: Span) -> tuple[PagePlace, ...]:
    """Where a span of the current text of a document stands on its pages: for each page the boxes of its lines.

    Empty for a document whose file has no pages. Raises UnknownDocument, AmbiguousDocument.
    """
    document = find_document(archive, ref)
    with translated(archive.database), archive.engine.connect() as connection:
        version_id = current_version(connection, document.id)
        span = span_as_read(connection, version_id, span)
        on_page = (PageRow.version_id == version_id) & (PageRow.start < span[1]) & (PageRow.end > span[0])
        rows = connection.execute(select(*PageRow.__table__.columns).where(on_page).order_by(PageRow.number)).all()
    places = []
    for row in rows:
        words = [word for word in row.words if word[0] < span[1] and word[1] > span[0]]
        if words:
            certainties = [word[6] for word in words if word[6] is not None]
            places.append(
                PagePlace(row.number, row.width, row.height, row.origin, row.engine, min(certainties, default=None), _line_boxes(words))
            )
    return tuple(places)


def paper_pages(archive: Archive, ref: str) -> tuple[PaperPage, ...]:
    """The pages of the file that a document was read from; () where it has none. Raises UnknownDocument, AmbiguousDocument."""
    document = find_document(archive, ref)
    with translated(archive.database), archive.engine.connect() as connection:
        return pages_of(connection, document.id)


def pages_of(connection: Connection, document_id: int) -> tuple[PaperPage, ...]:
    """`paper_pages` by the number of the document."""
    return tuple(PaperPage(*row) for row in connection.execute(_PAGES, {"document": document_id}))


_PAGES = (
    select(PageRow.number, PageRow.width, PageRow.height, PageRow.origin)
    .join(VersionRow, VersionRow.id == PageRow.version_id)
    .where(VersionRow.document_id == bindparam("document"), VersionRow.current)
    .order_by(PageRow.number)
)


def _line_boxes(words: Sequence[Sequence[float]]) -> tuple[tuple[float, float, float, float], ...]:
    """One box for each run of words that stand side by side."""
    boxes: list[list[float]] = []
    for _, _, left, top, right, bottom, *_ in words:
        last = boxes[-1] if boxes else None
        if last and left >= last[2] and top < last[3] and bottom > last[1]:
            last[1], last[2], last[3] = min(last[1], top), right, max(last[3], bottom)
        else:
            boxes.append([left, top, right, bottom])
    return tuple((left, top, right, bottom) for left, top, right, bottom in boxes)
