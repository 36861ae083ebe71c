"""A passage as it stands on its page: a picture of it, drawn from the kept file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from archive.ask.documents import find_document
from archive.ask.page_places import paper_pages, places_on_pages
from archive.store.handle import Archive
from archive.store.originals import read_original
from archive.values.documents import PagePlace, Span

#: So much of the page's height is shown above and below the lines of a passage.
_AROUND = 0.03


def draw_passage(archive: Archive, ref: str, span: Span, out: Path) -> PagePlace | None:
    """Draws the lines of a passage of the current text, and what stands around them, as a PNG: those of the first page that has it.
    Returns the place; None, and no file, where the document has no pages or its file is not kept or cannot be drawn. Raises
    UnknownDocument, AmbiguousDocument."""
    from kehoach_parser import draw_page

    document = find_document(archive, ref)
    place = next(iter(places_on_pages(archive, str(document.id), span)), None)
    data = read_original(archive, document.sha256) if place is not None else None
    if place is None or data is None:
        return None
    top, bottom = min(box[1] for box in place.boxes) - _AROUND, max(box[3] for box in place.boxes) + _AROUND
    part = (0.0, max(0.0, top), 1.0, min(1.0, bottom))
    return place if draw_page(data, document.media_type, place.page, (place.width, place.height), part, out) else None


def page_picture(archive: Archive, ref: str, number: int) -> bytes | None:
    """A page (`paper_pages`) of the kept file of a document as a PNG; None where there is no such page or it cannot be drawn. Raises as
    `draw_passage` does."""
    from kehoach_parser import draw_page

    document = find_document(archive, ref)
    page = next((each for each in paper_pages(archive, ref) if each.number == number), None)
    data = read_original(archive, document.sha256) if page is not None else None
    if page is None or data is None:
        return None
    with TemporaryDirectory(prefix="kehoach-") as folder:
        out = Path(folder, "page.png")
        whole = (0.0, 0.0, 1.0, 1.0)
        return out.read_bytes() if draw_page(data, document.media_type, number, (page.width, page.height), whole, out) else None
