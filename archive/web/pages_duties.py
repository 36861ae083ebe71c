"""Who must do what by when: the register with its filters, a month of it as a calendar, and both as files."""

from __future__ import annotations

import calendar as months
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
from archive import values
from archive.web.pages_search import XLSX
from archive.web.pages_units import LEVELS
from archive.web.visit import PAGE, Visit

ROLES = ("assigned", "lead", "cooperate", "request", "directed")
#: How a task may stand: as people say it, or late.
STANDINGS = ("open", "in-progress", "done", "moved", "cancelled", "late")
#: Which tasks are shown: those whose day is over, those of the next days, or all.
VIEWS = ("overdue", "soon", "all")
#: How many days "soon" is.
SOON = 30
#: Duties that a file or a month holds at most.
MOST = 20_000
MEDIA = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "ics": "text/calendar; charset=utf-8"}
#: What a form narrows by as it is typed; names as in `values.DutyQuestion`.
TYPED = ("query", "unit", "plan", "place", "due", "dated", "reports_to", "person")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Months of the years that a calendar of these days has before and after it.
_MONTH = re.compile(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])")


def question_of(visit: Visit, view: str | None, limit: int | None, due: str | None = None) -> values.DutyQuestion:
    """The question that a form asks; ``due`` takes the place of the time that was typed."""
    typed = {name: visit.typed(name) or None for name in TYPED if name != "query"}
    due = due or typed["due"]
    if view == "soon" and due is None:
        due = f"{visit.today.isoformat()}..{(visit.today + timedelta(SOON)).isoformat()}"
    return values.DutyQuestion(
        visit.typed("query"),
        below=bool(visit.typed("below")) and typed["unit"] is not None,
        role=visit.one_of("role", ROLES),
        level=visit.one_of("level", LEVELS),
        state=visit.one_of("state", STANDINGS),
        limit=limit,
        due=due,
        overdue=visit.today.isoformat() if view == "overdue" else None,
        today=visit.today.isoformat(),
        unit=typed["unit"],
        plan=typed["plan"],
        place=typed["place"],
        dated=typed["dated"],
        reports_to=typed["reports_to"],
        person=typed["person"],
    )


def view_of(visit: Visit) -> str:
    """Which tasks are asked for: those overdue, unless something is typed."""
    typed = any(visit.typed(name) for name in (*TYPED, "state"))
    return visit.one_of("view", VIEWS) or ("all" if typed else "overdue")


def register(visit: Visit) -> Response:
    """The tasks asked for, a page of them."""
    view = view_of(visit)
    found = archive.duties(visit.archive, replace(question_of(visit, view, PAGE), after=visit.after))
    unit = visit.typed("unit")
    hints = archive.unit_hints(visit.archive, unit, place=visit.typed("place") or None) if unit and not found else ()
    return visit.show(
        "duties.html",
        tasks=_in_order(archive.tasks_of(found)),
        next=found.next,
        view=view,
        views=VIEWS,
        hints=hints,
        **_form(visit),
    )


def _form(visit: Visit) -> dict[str, object]:
    """What the form needs beside what was typed into it."""
    return {
        "roles": ROLES,
        "levels": LEVELS,
        "standings": STANDINGS,
        "narrowed": any(visit.typed(name) for name in (*TYPED, "role", "level", "state")),
    }


def _in_order(tasks: tuple[values.Task, ...]) -> list[values.Task]:
    return sorted(tasks, key=lambda task: (task.deadline_last or "9999", task.document.id, task.line))


def export(visit: Visit) -> Response:
    """The tasks asked for as a workbook, a table or a calendar."""
    format_ = visit.part("format")
    if format_ not in MEDIA:
        raise HTTPException(404)
    tasks = archive.tasks_of(archive.duties(visit.archive, question_of(visit, view_of(visit), MOST)))
    return visit.file(visit.words.speech.register(format_, visit.archive, tasks, visit.now), f"kehoach.{format_}", MEDIA[format_])


def calendar(visit: Visit) -> Response:
    """A month: what is due on each day, and what comes round in it without a day of its own."""
    asked = _MONTH.fullmatch(visit.typed("month"))
    first = date(int(asked[1]), int(asked[2]), 1) if asked else visit.today.replace(day=1)
    month = first.isoformat()[:7]
    tasks = archive.tasks_of(archive.duties(visit.archive, question_of(visit, None, MOST, month)))
    days: dict[str, list[values.Task]] = defaultdict(list)
    for task in tasks:
        days[task.deadline_last if task.recurs is None and task.deadline_last else ""].append(task)
    weeks = [[day.isoformat() for day in week] for week in months.Calendar().monthdatescalendar(first.year, first.month)]
    around = [(first - timedelta(1)).isoformat()[:7], (first + timedelta(31)).isoformat()[:7]]
    return visit.show("calendar.html", weeks=weeks, days=days, month=month, around=around, total=len(tasks), week=WEEK, **_form(visit))
