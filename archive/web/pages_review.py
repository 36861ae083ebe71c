"""Doubts to settle, one after the other, those first on which most hangs; each with one key."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

import archive
from archive.web.changes import Done, Sent
from archive.web.visit import Visit

#: Doubts that are offered at most, and alternatives that have a key of their own.
MOST, PICKED = 200, 9
#: So much of a page is shown above and below a place.
_MARGIN = 0.06


def review(visit: Visit) -> Response:
    """The doubt that comes next, behind those that were left."""
    found = archive.review_queue(visit.archive, limit=MOST, today=visit.today)
    left = visit.number("left", 0, 0, MOST)
    doubt = found[left] if left < len(found) else None
    pages = archive.places_on_pages(visit.archive, str(doubt.document.id), doubt.span) if doubt else ()
    return visit.show("review.html", doubt=doubt, left=left, total=len(found), most=MOST, picked=PICKED, pages=pages, around=_around)


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float]:
    """The part of a page from above some places to below them, as shares of its height."""
    return max(0.0, min(box[1] for box in boxes) - _MARGIN), min(1.0, max(box[3] for box in boxes) + _MARGIN)


def settle(visit: Visit, sent: Sent) -> Done:
    """Corrects what was doubted to what was chosen or typed."""
    field, value = sent.typed("field"), sent.typed("choice") or sent.typed("value")
    if value == "none":  # the mention is none, and the duty: not what it means
        field = field.removesuffix(".document").replace("unit:", "duty:")
    done = archive.correct(visit.archive, sent.typed("document"), field, value, now=visit.moment)
    left = sent.typed("left")
    return Done(f"/review?left={left}" if left.isdecimal() else "/review", "corrected" if done.fresh else "already")
