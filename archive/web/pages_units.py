"""Units: which there are, and all about one."""

from __future__ import annotations

from starlette.responses import Response

import archive
from archive.web.visit import Visit

LEVELS = ("central", "province", "district", "commune")


def units(visit: Visit) -> Response:
    """The units that plans give duties, those with most duties first."""
    page, query, place, level = visit.slice(), visit.typed("q"), visit.typed("place") or None, visit.one_of("level", LEVELS)
    found = archive.units(visit.archive, query, place=place, level=level)
    hints = archive.unit_hints(visit.archive, query, place=place) if query and not found else ()
    shown = found[page.offset : page.offset + page.size]
    return visit.show("units.html", found=shown, total=len(found), page=page, hints=hints, levels=LEVELS)


def unit(visit: Visit) -> Response:
    """One unit: its tasks, who it works with, who reports to it, what it came from and became."""
    key = visit.part("key")
    try:
        found = archive.unit_page(visit.archive, key)
    except archive.errors.AmbiguousUnit:
        alike, page = archive.units(visit.archive, key), visit.slice()
        shown = alike[page.offset : page.offset + page.size]
        return visit.show("units.html", 300, found=shown, total=len(alike), page=page, hints=(), levels=LEVELS)
    page = visit.slice()
    tasks = archive.tasks_of(found.duties)
    ordered = sorted(tasks, key=lambda task: (task.deadline_last or "9999", task.document.id, task.line))
    return visit.show("unit.html", found=found, tasks=ordered[page.offset : page.offset + page.size], total=len(tasks), page=page)
