"""Corrections of the head and the signature laid over a plan. They fit while the same is printed there, or nothing, both times."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archive.amend.fields import HEAD, SIGNATURE
from archive.amend.plans import Placed, said_field, standing, unplaced, words_of
from archive.amend.said import ends_of
from archive.values.corrections import Correction
from archive.values.documents import Span
from kehoach_parser import Plan
from kehoach_parser.model import Field, Signature

FIELDS = (*HEAD, *SIGNATURE)
#: The warnings of a plan that doubt a field: whoever says what it is has settled them.
_SETTLED = {"symbol": ("uncertain-number", "number-from-stamp"), "date": ("uncertain-day", "date-from-stamp")}
_BETWEEN_MARKS = "; "


def read_head(plan: Plan, field: str) -> tuple[str | None, str | None]:
    """(value, print) of a field of the head or the signature; None for what the paper does not have."""
    if field == "marks":
        marks = plan.header.marks
        return (_BETWEEN_MARKS.join(mark.value for mark in marks) or None, _BETWEEN_MARKS.join(mark.raw for mark in marks) or None)
    found = _field(plan, field)
    return (found.value, found.raw or None) if found is not None else (None, None)


def lay_head(plan: Plan, text: str, correction: Correction) -> Placed:
    """The plan with a correction of its head or signature."""
    now, printed = read_head(plan, correction.field)
    same_print = " ".join((printed or "").split()) == " ".join((correction.printed or "").split())
    if not same_print and now != correction.value:
        return unplaced(plan)
    return Placed(_with_head(plan, text, correction.field, words_of(correction.value)), standing(correction, now), ())


def _field(plan: Plan, field: str) -> Field | None:
    if field in SIGNATURE:
        found: Field | None = getattr(plan.signature, field.partition(".")[2]) if plan.signature else None
    else:
        found = getattr(plan.header, field)
    return found


def _with_head(plan: Plan, text: str, field: str, value: str | None) -> Plan:
    """A plan with another value of a field: of the marks, of the signature, or of the head."""
    if field == "marks":
        return _with_marks(plan, [part.strip() for part in (value or "").split(_BETWEEN_MARKS.strip()) if part.strip()])
    old = _field(plan, field)
    at = plan.source.length if field in SIGNATURE else plan.header.span[0]
    said = _printed(text, value, at) if old is None and value is not None else said_field(old, value, at)
    named: dict[str, Any] = {field.rpartition(".")[2]: said}
    if field in SIGNATURE:
        return replace(plan, signature=replace(plan.signature or Signature(), **named))
    warnings = tuple(warning for warning in plan.warnings if warning.code not in _SETTLED.get(field, ()))
    plan = replace(plan, header=replace(plan.header, **named), warnings=warnings)
    return _with_issued(plan, said.span, said.value) if field == "date" and said is not None and old is not None else plan


def _with_marks(plan: Plan, names: list[str]) -> Plan:
    known, at = {mark.value: mark for mark in plan.header.marks}, plan.header.span[0]
    marks = tuple(replace(known[name], certainty=1.0) if name in known else Field(name, "", (at, at)) for name in names)
    return replace(plan, header=replace(plan.header, marks=marks))


def _printed(text: str, value: str, otherwise: int) -> Field:
    """A field that the reader did not find: where its words stand once in the text, else, empty, at an offset."""
    at = text.find(value) if text.count(value) == 1 else -1
    return Field(value, value, (at, at + len(value))) if at >= 0 else Field(value, "", (otherwise, otherwise))


def _with_issued(plan: Plan, span: Span, value: str) -> Plan:
    """The day of the head stands among the dates, too."""
    first, last = ends_of(value)
    dates = tuple(
        replace(date, value=value, first=first, last=last, certainty=1.0) if date.role == "issued" and date.span == span else date
        for date in plan.dates
    )
    return replace(plan, dates=dates)
