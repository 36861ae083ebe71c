"""What a form was filled in over: it is sent along, so that what somebody else has changed meanwhile is not written over unseen.

A change names what it is of by words that other changes can shift ("citation:5"); so what a form bears is a word made of all that tells
what it is of, and of what it said when the page was made.
"""

from __future__ import annotations

from hashlib import sha256

from starlette.exceptions import HTTPException

import archive
from archive import values
from archive.web.changes import Sent
from kehoach_parser import model


def seen_field(handle: archive.Archive, shown: values.Shown, field: str) -> str:
    """The word for a field of a plan as it is now."""
    kind, _, which = field.partition(":")
    number, _, part = which.partition(".")
    if kind == "citation" and number.isdecimal() and 0 < int(number) <= len(shown.plan.citations):
        cited = shown.plan.citations[int(number) - 1]
        said = repr(cited) if not part else repr((cited.span, cited.raw, getattr(cited, part, None), part))
    elif kind == "duty" and which:
        said = _of_duty(handle, number, part)
    elif hasattr(shown.plan.header, field):
        head = getattr(shown.plan.header, field)
        said = repr((field, head.value if isinstance(head, model.Field) else head))
    else:
        said = _of_all(shown)
    return _word(said)


def seen_plan(shown: values.Shown) -> str:
    """The word for all that was said of a plan."""
    return _word(_of_all(shown))


def seen_duty(task: values.Duty | values.Task) -> str:
    """The word for how a task stands."""
    return _word(repr(task.standing))


def refuse_if_changed(sent: Sent, now: str) -> None:
    """Raises 409 where a form was made over something else than what is there ``now``; one that does not tell is taken."""
    if sent.typed("seen") not in ("", now):
        raise HTTPException(409, detail="changed-meanwhile")


def _of_duty(handle: archive.Archive, which: str, part: str) -> str:
    try:
        duty = archive.duty_page(handle, which).duty
    except archive.errors.UnknownDuty:  # a number: it tells no duty by itself, and what it is of is not there any more
        return ""
    parts = {"task": duty.task, "unit": duty.unit, "role": duty.role, "deadline": (duty.deadline, duty.deadline_raw)}
    return repr(parts if part not in parts else (part, parts[part]))


def _of_all(shown: values.Shown) -> str:
    return repr([(one.id, one.state) for one in shown.corrections])


def _word(said: str) -> str:
    return sha256(said.encode()).hexdigest()[:20]
