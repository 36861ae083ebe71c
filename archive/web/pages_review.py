"""Doubts to settle, one after the other, those first on which most hangs; each with one key."""

from __future__ import annotations

from starlette.responses import Response

import archive
from archive.web.changes import Done, Sent
from archive.web.visit import Visit

#: Doubts that are offered at most, and alternatives that have a key of their own.
MOST, PICKED = 200, 9


def review(visit: Visit) -> Response:
    """The doubt that comes next, behind those that were left."""
    found = archive.review_queue(visit.archive, limit=MOST, today=visit.today)
    left = visit.number("left", 0, 0, MOST)
    doubt = found[left] if left < len(found) else None
    pages = archive.places_on_pages(visit.archive, str(doubt.document.id), doubt.span) if doubt else ()
    return visit.show("review.html", doubt=doubt, left=left, total=len(found), most=MOST, picked=PICKED, pages=pages)


def settle(visit: Visit, sent: Sent) -> Done:
    """Corrects what was doubted to what was chosen or typed."""
    field, value = sent.typed("field"), sent.typed("choice") or sent.typed("value")
    if value == "none":  # the mention is none, and the duty: not what it means
        field = field.removesuffix(".document").replace("unit:", "duty:")
    done = archive.correct(visit.archive, sent.typed("document"), field, value, now=visit.moment)
    left = sent.typed("left")
    return Done(f"/review?left={left}" if left.isdecimal() else "/review", "corrected" if done.fresh else "already")
