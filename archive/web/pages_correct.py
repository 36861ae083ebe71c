"""Correcting a plan: a field of its head, a citation and what it means, a task, a word; a page of its own for each, that a script may show
over the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
from archive import values
from archive.web.changes import Done, Sent, next_of
from archive.web.pages_cited import RELATIONS
from archive.web.pages_duties import ROLES
from archive.web.seen import refuse_if_changed, seen_field
from archive.web.visit import Visit
from kehoach_parser import model

#: Fields of the head, in the order in which a paper has them.
HEAD = ("parent_organ", "organ", "symbol", "place", "date", "type", "subject", "marks")
#: Parts of a citation beside the document that it means, and of a task.
OF_CITATION = ("relation", "symbol", "date", "type", "issuer", "title")
OF_DUTY = ("task", "unit", "role", "deadline")
#: Parts that are one of a few words, and one whose label is that of a heading.
_AMONG = {"relation": RELATIONS, "role": ROLES}
_LABELS = {"title": "mend.heading"}
#: Letters around a mention that are shown, and documents that are offered for it.
_AROUND, _OFFERED = 160, 12


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that can be corrected: ``field`` as `archive.correct` takes it, the ``key`` of its label, what it is read as; ``offered``
    are values with what each is called, ``among`` the only values that there are. ``none``: it may be that the paper has no such thing."""

    field: str
    key: str
    reading: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    among: tuple[str, ...] = ()
    none: bool = True


def ask(visit: Visit) -> Response:
    """What is to be corrected: a form for the field that the address names; without one all that can be."""
    shown = archive.show(visit.archive, visit.part("ref"))
    field = visit.typed("field")
    seen = partial(seen_field, visit.archive, shown)
    made = {"seen": seen, "shown": shown, "document": shown.document, "next": visit.typed("next") or f"/documents/{shown.document.id}"}
    if not field:
        return visit.show("correct_all.html", head=list(_head(shown.plan)), **made)
    kind, _, which = field.partition(":")
    if kind == "citation" and which.isdecimal() and 0 < int(which) <= len(shown.plan.citations):
        return _of_citation(visit, shown, int(which), made)
    if kind == "duty" and which:
        return _of_duty(visit, which, made)
    asked = next((one for one in _head(shown.plan) if one.field == field), Asked(field, "mend.value"))
    return visit.show("correct.html", asked=[asked], around=None, strike=None, **made)


def correct(visit: Visit, sent: Sent) -> Done:
    """Says what a field is: what was chosen, else what was typed; "none" where that was said."""
    ref, field = visit.part("ref"), sent.typed("field")
    value = sent.typed("choice") or sent.typed("value", 4_000)
    if field == "text":
        field = f'text:"{sent.typed("printed")}"'
    said: str | dict[str, str | None] = value
    if field == "duty":
        said = {name: sent.typed(name) or None for name in OF_DUTY}
    at = sent.typed("at") or None
    if sent.typed("seen"):
        refuse_if_changed(sent, seen_field(visit.archive, archive.show(visit.archive, ref), sent.typed("field")))
    done = archive.correct(visit.archive, ref, field, said, at=at, reason=sent.typed("reason") or None, now=visit.moment)
    return Done(next_of(sent, f"/documents/{done.document.id}"), "corrected" if done.fresh else "already")


def _head(plan: model.Plan) -> Iterator[Asked]:
    for name in HEAD:
        if name == "marks":
            yield Asked(name, f"field.{name}", "; ".join(mark.value for mark in plan.header.marks))
            continue
        field: model.Field | None = getattr(plan.header, name)
        others = field.alternatives if field is not None else ()
        yield Asked(name, f"field.{name}", field.value if field else "", tuple((each.value, each.value) for each in others))


def _of_citation(visit: Visit, shown: values.Shown, number: int, made: dict[str, object]) -> Response:
    cited = shown.plan.citations[number - 1]
    field, (start, end) = f"citation:{number}", cited.span
    first, last = _whole_words(shown.text, max(0, start - _AROUND), start), shown.text.rfind(" ", end, end + _AROUND)
    around = values.Snippet(shown.text[first : last if last > end else end], ((start - first, end - first),))
    meant = Asked(f"{field}.document", "mend.document", offered=_offered(visit, cited), none=False)
    parts = [
        Asked(f"{field}.{name}", _LABELS.get(name, f"mend.{name}"), getattr(cited, name) or "", among=_AMONG.get(name, ()), none=False)
        for name in OF_CITATION
    ]
    return visit.show("correct.html", asked=[meant, *parts], around=around, strike=field, **made)


def _whole_words(text: str, start: int, end: int) -> int:
    """Where the first whole word between two offsets begins."""
    blank = text.find(" ", start, end)
    return blank + 1 if start and blank >= 0 else start


def _offered(visit: Visit, cited: model.Citation) -> tuple[tuple[str, str], ...]:
    """The documents that have the symbol or the name that a citation prints, with what to type for each."""
    printed = cited.symbol or cited.title or cited.raw
    try:
        groups = archive.cites(visit.archive, printed, limit=_OFFERED).groups
    except archive.errors.ArchiveError:
        return ()
    found = [group.cited for group in groups]
    named = zip(archive.choices_among(found), found, strict=True)
    return tuple((choice, visit.words.speech.cited(one)) for choice, one in named if choice)


def _of_duty(visit: Visit, which: str, made: dict[str, object]) -> Response:
    try:
        duty = archive.duty_page(visit.archive, which).duty
    except archive.errors.UnknownDuty as error:
        raise HTTPException(404) from error
    deadline = duty.deadline_raw or visit.words.speech.day(duty.deadline)
    read = {"task": duty.task or "", "unit": duty.unit, "role": duty.role, "deadline": deadline}
    asked = [
        Asked(f"duty:{which}.{name}", f"mend.{name}", read[name], among=_AMONG.get(name, ()), none=name == "deadline") for name in OF_DUTY
    ]
    return visit.show("correct.html", asked=asked, around=None, strike=f"duty:{which}", **made)
