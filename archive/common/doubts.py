"""What may be doubted of a paper: what its head says nowhere, or not for sure, and what the reader doubted."""

from __future__ import annotations

from collections.abc import Iterator

from kehoach_parser import Plan

#: What may be doubted of a document, and how much that weighs, in the order in which it is told.
DOUBTS = {
    "no-symbol": 4,
    "no-date": 4,
    "no-number": 3,
    "doubtful-number": 3,
    "doubtful-date": 3,
    "no-organ": 3,
    "no-type": 2,
    "damaged": 2,
    "doubtful-signature": 1,
    "no-outline": 1,
    "unsure-line": 1,
}
#: The fields that a person corrects, or accepts as they are, to settle a doubt.
FIELD_OF = {
    "no-symbol": "symbol",
    "no-number": "symbol",
    "doubtful-number": "symbol",
    "no-date": "date",
    "doubtful-date": "date",
    "no-organ": "organ",
    "no-type": "type",
}
#: The warnings of a plan that say a doubt of another name.
_SAID = {
    "uncertain-number": "doubtful-number",
    "number-from-stamp": "doubtful-number",
    "uncertain-day": "doubtful-date",
    "date-from-stamp": "doubtful-date",
    "uncertain-signature": "doubtful-signature",
}
#: A date less sure than this is doubtful, a text less clean is damaged (0 to 1).
_SURE, _CLEAN = 0.75, 0.75
#: Types of papers that need no outline.
_WITHOUT_OUTLINE = frozenset({"Công văn", "Công điện", "Giấy mời"})


def doubts_of(plan: Plan) -> tuple[str, ...]:
    """What a plan leaves in doubt, of DOUBTS and in their order, whatever people have settled since."""
    said = set(_doubts(plan))
    return tuple(code for code in DOUBTS if code in said)


def _doubts(plan: Plan) -> Iterator[str]:
    header = plan.header
    yield from (_SAID.get(warning.code, warning.code) for warning in plan.warnings if warning.code != "no-outline")
    missing = {"no-symbol": header.symbol, "no-date": header.date, "no-organ": header.organ, "no-type": header.type}
    yield from (code for code, field in missing.items() if field is None)
    if header.date is not None and (len(header.date.value) < len("2025-11-20") or header.date.certainty < _SURE):
        yield "doubtful-date"
    if plan.source.quality < _CLEAN:
        yield "damaged"
    if not plan.nodes and (header.type is None or header.type.value not in _WITHOUT_OUTLINE):
        yield "no-outline"
