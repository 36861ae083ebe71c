"""One task: how it stands, what was said of it and when, and the form that says how it stands now."""

from __future__ import annotations

from starlette.responses import Response

import archive
from archive import values
from archive.web.changes import Done, Sent, next_of
from archive.web.seen import refuse_if_changed, seen_duty
from archive.web.visit import Visit

#: The states that people say.
STATES = ("open", "in-progress", "done", "moved", "cancelled")
#: What is said of a task beside its state; names as in `values.DutyEdit`.
TYPED = ("day", "moved_to", "moved_by", "person", "result", "note")


def duty(visit: Visit) -> Response:
    """A task by its id."""
    found = archive.duty_page(visit.archive, visit.part("duty"), today=visit.today.isoformat())
    return visit.show("duty.html", found=found, duty=found.duty, states=STATES, typed=TYPED, seen=seen_duty, next=visit.typed("next"))


def change(visit: Visit, sent: Sent) -> Done:
    """Says how it stands; a field that the form did not have stays as it is."""
    said = {name: sent.typed(name) for name in TYPED if name in sent.form}
    # Days of another state than the one that is chosen are left over in the form.
    state = sent.typed("state") or None
    if state != "done":
        said.pop("day", None)
    if state != "moved":
        said = {name: value for name, value in said.items() if not name.startswith("moved")}
    if sent.typed("seen"):
        refuse_if_changed(sent, seen_duty(archive.duty_page(visit.archive, visit.part("duty")).duty))
    edit = values.DutyEdit(state=state, **said)
    found = archive.set_duty(visit.archive, visit.part("duty"), edit, now=visit.moment)
    return Done(next_of(sent, f"/duties/{found.id}"), "state")
