"""A cited document: what all plans say of it, who cites it, carries it out, has no plan for it yet; or which of several is meant."""

from __future__ import annotations

import re
from collections import Counter

from starlette.responses import Response

import archive
from archive import values
from archive.web.visit import Visit

RELATIONS = ("basis", "implements", "amends", "replaces", "repeals", "proposal", "guides", "material", "mention")
#: Steps of a cascade and organs of the gaps that a page shows; the API has all.
_SHOWN = 200
#: What the page shows beside what plans say of the document.
VIEWS = ("mentions", "cascade", "gaps")
#: Relations of papers that end a document.
_ENDING = ("replaces", "repeals")
#: A symbol and a date in the line that tells a document.
_NAMED = re.compile(r"(\d+[-/]\S*)(?: (\d{4}(?:-\d\d){0,2})(?!\S))?")


def cited(visit: Visit) -> Response:
    """The page of the one document that a reference means, or a page to choose from."""
    reference, relation = visit.part("reference"), visit.one_of("relation", RELATIONS)
    try:
        found = archive.cites(visit.archive, reference)
    except archive.errors.AmbiguousReference as error:
        return visit.show("choose.html", 300, reference=reference, found=None, candidates=_candidates(error), choices=())
    if len(found.groups) != 1:
        status = 300 if found.groups or found.ambiguous else 404
        choices = archive.choices_among([group.cited for group in found.groups])
        return visit.show("choose.html", status, reference=reference, found=found, candidates=(), choices=choices)
    return _one(visit, found.groups[0], found.ambiguous, relation)


def _candidates(error: archive.errors.AmbiguousReference) -> list[tuple[str, str]]:
    """What an error names as having been meant: what to type for each, and how it is told."""
    told = error.facts["candidates"]
    found = ((_NAMED.search(one), one) for one in (told if isinstance(told, tuple) else ()))
    return [(f"{named[1]}@{named[2]}" if named[2] else named[1], one) for named, one in found if named]


def _one(visit: Visit, group: values.CitationGroup, ambiguous: tuple[values.AmbiguousCitation, ...], relation: str | None) -> Response:
    page, view = visit.slice(), visit.one_of("view", VIEWS) or VIEWS[0]
    hits = [hit for hit in group.hits if relation in (None, hit.relation)]
    told = group.authority
    return visit.show(
        "cited.html",
        cited=group.cited,
        authority=told,
        disagreements=[visit.words.say(f"source.{kind}") for kind in (told.disagreements if told else ())],
        relations=Counter(hit.relation for hit in group.hits),
        relation=relation,
        hits=hits[page.offset : page.offset + page.size],
        total=len(hits),
        page=page,
        ending=[hit for hit in group.hits if hit.relation in _ENDING],
        ambiguous=ambiguous[:_SHOWN],
        view=view,
        views=VIEWS,
        **_carried_out(visit, group.cited.key, view),
    )


def _carried_out(visit: Visit, key: str, view: str) -> dict[str, object]:
    """Who carries a document out, or who has no plan for it yet: both are asked of the whole archive, so only where they are to be seen."""
    cascade: values.Cascade | None = None
    organs: tuple[values.Coverage, ...] = ()
    if view == "cascade":
        cascade = next(iter(archive.cascade(visit.archive, key).cascades), None)
    elif view == "gaps":
        organs = next((found.organs for found in archive.gaps(visit.archive, key).gaps), ())
    missing = [organ for organ in organs if organ.status == "none"]
    return {"cascade": cascade, "organs": len(organs), "missing": missing[:_SHOWN], "total_missing": len(missing), "steps": _SHOWN}
