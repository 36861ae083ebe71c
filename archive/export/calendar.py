"""Deadlines as a calendar (iCalendar, RFC 5545): for each task an event of the whole day on which it is due, and a to-do beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from archive.common.deadlines import HORIZON, as_day, days_due, names_no_day, placed_rule
from archive.common.duty_states import CANCELLED, DONE, FINISHED, IN_PROGRESS, due_day
from archive.values.duties import Revision, Task

if TYPE_CHECKING:
    from icalendar import Component, Event, Todo

#: Head line and description of an event, in the user's language, of its task, and of whether the day within a deadline that comes again was
#: taken by `deadlines.placed_rule`, not printed.
Said = Callable[[Task, bool], tuple[str, str]]

_PRODUCT = "-//kehoach//duties//VI"
#: An alarm is given at nine o'clock of the day before.
_BEFORE = timedelta(hours=-15)
_TODO_STATUS = {DONE: "COMPLETED", CANCELLED: "CANCELLED", IN_PROGRESS: "IN-PROCESS"}


def first_day(task: Task) -> date | None:
    """The day of an event: the one on which the task is due; of one that comes again, the first one after the plan was issued (where the
    plan has no date, after it was added). What is to be done every day or every week has none."""
    if task.recurs is None or (task.standing is not None and task.standing.moved_to is not None):
        found = as_day(due_day(task) or "", date.min)
        return None if found == date.min else found
    if names_no_day(task.recurs):
        return None
    added = task.document.added_at.date()
    start = as_day(task.document.date or "", added)
    return next(days_due(task.recurs, start, start + HORIZON), None)


def calendar_file(tasks: Iterable[Task], name: str, said: Said, revisions: Mapping[int, Revision] | None = None) -> tuple[bytes, int]:
    """A calendar named ``name`` of the tasks that have a day, and how many these are; ``revisions`` are those of their documents
    (`ask.revisions`).

    The same archive gives the same file; an event that is read again from another export takes the place of the first, by its UID, where
    its revision is higher.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    dated = [(task, day) for task in tasks if (day := first_day(task)) is not None]
    for task, day in dated:
        revision = (revisions or {}).get(task.document.id, Revision(0, task.document.added_at))
        made.add_component(_event(task, day, said, revision))
        made.add_component(_todo(task, day, said, revision))
    return bytes(made.to_ical()), len(dated)


def _event(task: Task, day: date, said: Said, revision: Revision) -> Event:
    from icalendar import Event

    event = Event()
    _add_common(event, task, f"{_uid(task)}@kehoach", said, revision)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if task.state == CANCELLED else "CONFIRMED")
    if task.state not in FINISHED:
        event.add_component(_alarm(str(event["summary"]), "START"))
    return event


def _todo(task: Task, day: date, said: Said, revision: Revision) -> Todo:
    from icalendar import Todo

    todo = Todo()
    _add_common(todo, task, f"{_uid(task)}-todo@kehoach", said, revision)
    # One that comes again is counted from its first day. Programs show DUE as the day itself, though an event ends on the day after.
    again = "rrule" in todo
    todo.add("dtstart" if again else "due", day)
    todo.add("status", _TODO_STATUS.get(task.state, "NEEDS-ACTION"))
    if task.state == DONE and task.standing is not None:
        done = as_day(task.standing.day or "", task.standing.at.date())
        todo.add("completed", datetime.combine(done, time(12), UTC))
        todo.add("percent-complete", 100)
    if task.state not in FINISHED:
        todo.add_component(_alarm(str(todo["summary"]), "START" if again else "END"))
    return todo


def _add_common(component: Component, task: Task, uid: str, said: Said, revision: Revision) -> None:
    """What an event and a to-do both say."""
    from icalendar import vRecur

    moved = task.standing is not None and task.standing.moved_to is not None
    rule, placed = (None, False) if task.recurs is None or moved else placed_rule(task.recurs)
    summary, description = said(task, placed)
    component.add("uid", uid)
    component.add("dtstamp", revision.at)
    component.add("last-modified", revision.at)
    component.add("sequence", revision.number)
    component.add("summary", summary)
    component.add("description", description)
    if rule is not None:
        component.add("rrule", vRecur.from_ical(rule))


def _alarm(summary: str, related: str) -> Component:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", _BEFORE, parameters={"RELATED": related})
    return alarm


def _uid(task: Task) -> str:
    """The id of the task; of a deadline without a unit, which has none, what it says, the same whatever archive it lies in."""
    if task.id is not None:
        return task.id
    said = f"{task.document.sha256}|{task.line}|{task.place.path}|{task.role}|{task.task}|{'; '.join(task.leads)}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]
