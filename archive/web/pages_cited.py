"""A cited document: what all plans say of it, who cites it, who carries it out, who has no plan for it yet; or which of several is meant."""

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
    page, key = visit.slice(), group.cited.key
    hits = [hit for hit in group.hits if relation in (None, hit.relation)]
    cascades = archive.cascade(visit.archive, key).cascades
    gaps = archive.gaps(visit.archive, key).gaps
    return visit.show(
        "cited.html",
        cited=group.cited,
        authority=group.authority,
        disagreements=[visit.words.say(f"source.{kind}") for kind in (group.authority.disagreements if group.authority else ())],
        relations=Counter(hit.relation for hit in group.hits),
        relation=relation,
        hits=hits[page.offset : page.offset + page.size],
        total=len(hits),
        page=page,
        ending=[hit for hit in group.hits if hit.relation in _ENDING],
        cascade=cascades[0] if cascades else None,
        missing=[organ for organ in (gaps[0].organs if gaps else ()) if organ.status == "none"][:_SHOWN],
        organs=len(gaps[0].organs) if gaps else 0,
        steps=_SHOWN,
        ambiguous=ambiguous[:_SHOWN],
    )
