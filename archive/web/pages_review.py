"""Doubts to settle, one after the other, those first on which most hangs; each with one key."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

import archive
from archive.web.changes import Done, Sent
from archive.web.seen import refuse_if_changed, seen_plan
from archive.web.visit import Visit

#: Alternatives that have a key of their own, and doubts that can be left for later.
PICKED, _FARTHEST = 9, 99_999
#: So much of a page is shown above and below a place.
_MARGIN = 0.06


def review(visit: Visit) -> Response:
    """The doubt that comes next, behind those that were left."""
    left = visit.number("left", 0, 0, _FARTHEST)
    found = archive.review_queue(visit.archive, limit=1, offset=left, today=visit.today)
    doubt = found[0] if found else None
    pages = archive.places_on_pages(visit.archive, str(doubt.document.id), doubt.span) if doubt else ()
    seen = seen_plan(archive.show(visit.archive, str(doubt.document.id))) if doubt else ""
    return visit.show("review.html", seen=seen, doubt=doubt, left=left, total=found.total, picked=PICKED, pages=pages, around=_around)


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float]:
    """The part of a page from above some places to below them, as shares of its height."""
    return max(0.0, min(box[1] for box in boxes) - _MARGIN), min(1.0, max(box[3] for box in boxes) + _MARGIN)


def settle(visit: Visit, sent: Sent) -> Done:
    """Corrects what was doubted to what was chosen or typed."""
    field, value = sent.typed("field"), sent.typed("choice") or sent.typed("value")
    if value == "none":  # the mention is none, and the duty: not what it means
        field = field.removesuffix(".document").replace("unit:", "duty:")
    if sent.typed("seen"):
        refuse_if_changed(sent, seen_plan(archive.show(visit.archive, sent.typed("document"))))
    done = archive.correct(visit.archive, sent.typed("document"), field, value, now=visit.moment)
    left = sent.typed("left")
    return Done(f"/review?left={left}" if left.isdecimal() else "/review", "corrected" if done.fresh else "already")
