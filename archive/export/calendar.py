"""Deadlines as a calendar (iCalendar, RFC 5545): an event of a whole day for each task, on the last day of its deadline."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from archive.common.deadlines import HORIZON, as_day, days_due, placed_rule
from archive.values.duties import Task

if TYPE_CHECKING:
    from icalendar import Event

#: Head line and description of an event, in the user's language, of its task, and of whether the day within a deadline that comes again was
#: taken by `deadlines.placed_rule`, not printed.
Said = Callable[[Task, bool], tuple[str, str]]

_PRODUCT = "-//kehoach//duties//VI"


def first_day(task: Task) -> date | None:
    """The day of an event: the last one of a deadline; of one that comes again, the first one after the plan was issued (where the plan
    has no date, after it was added)."""
    if task.recurs is None:
        found = as_day(task.deadline_last or "", date.min)
        return None if found == date.min else found
    added = task.document.added_at.date()
    start = as_day(task.document.date or "", added)
    return next(days_due(task.recurs, start, start + HORIZON), None)


def calendar_file(tasks: Iterable[Task], name: str, said: Said) -> tuple[bytes, int]:
    """A calendar named ``name`` of the tasks that have a day, and how many these are.

    The same archive gives the same file; an event that is read again from another export takes the place of the first, by its UID.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    dated = [(task, day) for task in tasks if (day := first_day(task)) is not None]
    for task, day in dated:
        made.add_component(_event(task, day, said))
    return bytes(made.to_ical()), len(dated)


def _event(task: Task, day: date, said: Said) -> Event:
    from icalendar import Event, vRecur

    rule, placed = (None, False) if task.recurs is None else placed_rule(task.recurs)
    summary, description = said(task, placed)
    event = Event()
    event.add("uid", _uid(task))
    event.add("dtstamp", task.document.added_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    if rule is not None:
        event.add("rrule", vRecur.from_ical(rule))
    return event


def _uid(task: Task) -> str:
    """The same for the same task of the same file, whatever archive it lies in."""
    said = f"{task.document.sha256}|{task.line}|{task.place.path}|{task.role}|{task.task}|{'; '.join(task.leads)}"
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@kehoach"
