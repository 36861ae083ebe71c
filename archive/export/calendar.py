"""Deadlines as a calendar (iCalendar, RFC 5545): an event of a whole day for each task, on the last day of its deadline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from archive.common.deadlines import HORIZON, as_day, days_due, placed_rule
from archive.values.duties import Task

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//kehoach//duties//VI"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event says of a task, in the user's language."""

    task: Task
    summary: str
    description: str


def has_day(task: Task) -> bool:
    """Whether a task has a day that a calendar can show."""
    return first_day(task) is not None


def first_day(task: Task) -> date | None:
    """The day of an event: the last one of a deadline; of one that comes again, the first one after the plan was issued (where the plan
    has no date, after it was added)."""
    if task.recurs is None:
        found = as_day(task.deadline_last or "", date.min)
        return None if found == date.min else found
    added = task.document.added_at.date()
    start = as_day(task.document.date or "", added)
    return next(days_due(task.recurs, start, start + HORIZON), None)


def is_placed_by_us(task: Task) -> bool:
    """Whether the day within a deadline that comes again was taken by `deadlines.placed_rule`, not printed."""
    return task.recurs is not None and placed_rule(task.recurs)[1]


def calendar_file(entries: Iterable[Entry], name: str) -> bytes:
    """A calendar of the entries that have a day, with ``name``. The same archive gives the same file; an event that is read again from
    another export takes the place of the first, by its UID."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for entry in entries:
        if (day := first_day(entry.task)) is not None:
            made.add_component(_event(entry, day))
    return bytes(made.to_ical())


def _event(entry: Entry, day: date) -> Event:
    from icalendar import Event, vRecur

    task = entry.task
    event = Event()
    event.add("uid", _uid(task))
    event.add("dtstamp", task.document.added_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("transp", "TRANSPARENT")
    if task.recurs is not None:
        event.add("rrule", vRecur.from_ical(placed_rule(task.recurs)[0]))
    return event


def _uid(task: Task) -> str:
    """The same for the same task of the same file, whatever archive it lies in."""
    said = f"{task.document.sha256}|{task.line}|{task.place.path}|{task.role}|{task.task}|{'; '.join(task.leads)}"
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@kehoach"
