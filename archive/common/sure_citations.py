"""What a paper says of cited documents, and of itself, without any doubt: what may be held against other papers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.common.words import LOW_QUALITY
from archive.values.documents import Span
from kehoach_parser import Plan
from kehoach_parser.knowledge import Parts, parts_of

#: A reading below this is not held against another.
CERTAIN = 0.9
#: A day, not a month or a year.
EXACT = len("2025-11-20")
#: "… NGHỊ QUYẾT SỐ 66-NQ/TW ⏎ Ngày 28 tháng 11 năm 2025, tại …": a new sentence.
_NEW_SENTENCE = re.compile(r"\sNgày\s")


@dataclass(frozen=True, slots=True)
class Sure:
    """A citation that was read without doubt. ``parts`` are those of its symbol, ``number`` is its place in the plan's list (-1: the
    paper's own head)."""

    span: Span
    raw: str
    type: str
    symbol: str
    parts: Parts
    date: str | None
    issuer: str | None
    title: str | None
    number: int = -1


def sure_citations(plan: Plan) -> list[Sure]:
    """The citations with a symbol that nothing was repaired in."""
    repaired = [repair.span for repair in plan.repairs if repair.code != "symbol-blank"]
    found = []
    for number, one in enumerate(plan.citations):
        parts = parts_of(one.symbol) if one.symbol else None
        if one.symbol is None or parts is None or one.certainty < CERTAIN or (one.defines is not None and one.symbol not in one.raw):
            continue
        if not any(start < one.span[1] and one.span[0] < end for start, end in repaired):
            date = None if _NEW_SENTENCE.search(one.raw) else one.date
            found.append(Sure(one.span, one.raw, one.type, one.symbol, parts, date, one.issuer, one.title, number))
    return found


def own_citation(plan: Plan) -> Sure | None:
    """A paper as one that cites it would name it, at the place of its own date; None where its head does not tell for certain."""
    head = plan.header
    parts = parts_of(head.symbol.value) if head.symbol else None
    if parts is None or head.symbol is None or head.date is None or head.type is None:
        return None
    if min(head.symbol.certainty, head.date.certainty) < CERTAIN or is_repaired(plan, head.symbol.span):
        return None
    issuer = head.organ.value if head.organ else None
    return Sure(head.date.span, head.date.raw, head.type.value, head.symbol.value, parts, head.date.value, issuer, None)


def is_repaired(plan: Plan, span: Span) -> bool:
    """Whether anything was repaired in a span."""
    return any(repair.span[0] < span[1] and span[0] < repair.span[1] for repair in plan.repairs)


def days_told(plan: Plan) -> tuple[dict[int, str], str | None]:
    """The days that a paper gives cited documents for sure, by the place of the citation in its list; and that which it gives itself. A
    damaged text tells none: its digits are not trusted."""
    if plan.source.quality < LOW_QUALITY:
        return {}, None
    told = {one.number: one.date for one in sure_citations(plan) if one.date is not None and len(one.date) == EXACT}
    own = own_citation(plan)
    return told, own.date if own is not None and own.date is not None and len(own.date) == EXACT else None
