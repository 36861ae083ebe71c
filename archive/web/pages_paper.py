"""The pages of the file that a plan came as, as pictures, and where on them a passage stands."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
from archive import values
from archive.web.visit import Visit

#: Pictures that are kept, some 200 KB each: drawing one takes a second.
_KEPT = 48
#: How long a browser keeps one, in seconds; the file that it is of does not change.
_HOURS = 43_200
#: A passage in an address: from an offset to another.
_PASSAGE = re.compile(r"(\d{1,9})-(\d{1,9})")

_pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
#: One picture is drawn at a time: a page costs a processor a second.
_drawing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Beside:
    """The page that stands beside a text: which of how many, and where on it the passage stands that was asked for (boxes as shares of the
    page, each left, top, right, bottom)."""

    pages: tuple[values.PaperPage, ...]
    page: values.PaperPage
    boxes: tuple[tuple[float, float, float, float], ...]
    passage: str


def page_beside(visit: Visit, document: values.Document, pages: tuple[values.PaperPage, ...]) -> Beside | None:
    """The page, of those of the file, that an address asks for: that of a passage ("120-180"), else by its number; None where the file has
    none."""
    if not pages:
        return None
    asked = _PASSAGE.fullmatch(visit.typed("place"))
    number = visit.number("page", pages[0].number, 1, pages[-1].number)
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    if asked is not None:
        places = archive.places_on_pages(visit.archive, str(document.id), (int(asked[1]), int(asked[2])))
        chosen = next((place for place in places if place.page == number), places[0] if places else None)
        number, boxes = (chosen.page, chosen.boxes) if chosen is not None else (number, ())
    page = next((each for each in pages if each.number == number), pages[0])
    return Beside(pages, page, boxes, asked[0] if asked else "")


def picture(visit: Visit) -> Response:
    """A page as a picture."""
    document = archive.find_document(visit.archive, visit.part("ref"))
    number: int = visit.request.path_params["number"]
    key = document.sha256, number
    with _drawing:
        drawn = _pictures.get(key) or archive.page_picture(visit.archive, str(document.id), number)
        if drawn is not None:
            _pictures[key] = drawn
            _pictures.move_to_end(key)
            while len(_pictures) > _KEPT:
                _pictures.popitem(last=False)
    if drawn is None:
        raise HTTPException(404)
    return Response(drawn, media_type="image/png", headers={"Cache-Control": f"private, max-age={_HOURS}"})
