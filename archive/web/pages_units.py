"""Units: which there are, and all about one."""

from __future__ import annotations

from starlette.responses import Response

import archive
from archive.web.visit import PAGE, Visit

LEVELS = ("central", "province", "district", "commune")


def units(visit: Visit) -> Response:
    """The units that plans give duties, those with most duties first."""
    query, place, level = visit.typed("q"), visit.typed("place") or None, visit.one_of("level", LEVELS)
    found = archive.units(visit.archive, query, place=place, level=level, limit=PAGE, after=visit.after)
    hints = archive.unit_hints(visit.archive, query, place=place) if query and not found else ()
    return visit.show("units.html", found=found, hints=hints, levels=LEVELS)


def unit(visit: Visit) -> Response:
    """One unit: its tasks, who it works with, who reports to it, what it came from and became."""
    key = visit.part("key")
    try:
        found = archive.unit_page(visit.archive, key)
    except archive.errors.AmbiguousUnit:
        alike = archive.units(visit.archive, key, limit=PAGE, after=visit.after)
        return visit.show("units.html", 300, found=alike, hints=(), levels=LEVELS)
    page = visit.slice()
    tasks = archive.tasks_of(found.duties)
    ordered = sorted(tasks, key=lambda task: (task.deadline_last or "9999", task.document.id, task.line))
    return visit.show("unit.html", found=found, tasks=ordered[page.offset : page.offset + page.size], total=len(tasks), page=page)
