"""Who must do what, by when: duties on the screen and as data, and the register of tasks as a file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from archive.terminal.answers import print_json, print_sheet
from archive.terminal.commands_graph import Output, write
from archive.terminal.commands_parse import STDIN
from archive.terminal.options import All, Below, Csv, Due, DutyWords, Folder, From, Json, Level, Overdue, Place, Plan, Role, To, Unit
from archive.terminal.ranks import rank_named
from archive.terminal.roles import role_named
from archive.terminal.session import Session, opened, session_of
from kehoach_parser import fold

if TYPE_CHECKING:
    from archive import Duty, DutyQuestion

DUTY_COLUMNS = (
    *("unit", "role", "task", "deadline", "deadline_printed", "last_day", "recurs", "reports_to"),
    *("id", "symbol", "date", "organ", "place", "heading", "line", "certainty"),
)
#: Duties shown on a screen where no number is asked for.
SHOWN = 200
#: Files that the register is written to, by their ending.
FORMATS = ("xlsx", "csv", "ics")
TODAY = ("hom nay", "hom-nay", "today")


def duties(
    context: typer.Context,
    query: DutyWords = "",
    unit: Unit = None,
    below: Below = False,
    plan: Plan = None,
    role: Role = None,
    place: Place = None,
    level: Level = None,
    from_: From = None,
    to: To = None,
    due: Due = None,
    overdue: Overdue = None,
    limit: All = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Which units were given a task: unit, role, task, deadline, plan, place."""
    from archive.terminal.print_duties import print_duties

    session = session_of(context)
    # One more than is shown tells whether there are more.
    result = _ask(session, folder, _question(context, limit if limit or as_json or as_csv else SHOWN + 1))
    if as_json:
        print_json(result)
    elif as_csv:
        print_sheet(session, DUTY_COLUMNS, [_duty_row(duty, session) for duty in result])
    else:
        print_duties(result[: limit or SHOWN], query, session)
        if limit is None and len(result) > SHOWN:
            session.warn(session.words.say("duties.more", count=SHOWN))
    if unit is not None and not below:
        _tell_hints(session, folder, unit, place)


def register(
    context: typer.Context,
    query: DutyWords = "",
    output: Output = None,
    unit: Unit = None,
    below: Below = False,
    plan: Plan = None,
    role: Role = None,
    place: Place = None,
    level: Level = None,
    from_: From = None,
    to: To = None,
    due: Due = None,
    overdue: Overdue = None,
    folder: Folder = None,
) -> None:
    """Write the register of tasks to a file: xlsx, csv, or ics with the deadlines; without a file as CSV to stdout."""
    from archive import tasks_of
    from archive.terminal.register_sheet import register_calendar, register_csv, register_xlsx

    session = session_of(context)
    words = session.words
    wanted = Path(output).suffix[1:].lower() if output and output != STDIN else "csv"
    if wanted not in FORMATS:
        raise typer.BadParameter(words.say("register.no-such-file", file=output, formats=", ".join(FORMATS)), ctx=context)
    tasks = tasks_of(_ask(session, folder, _question(context, None)))
    if wanted == "ics":
        content, dated = register_calendar(tasks, words)
        write(content, output)
        session.warn(words.say("register.calendar", events=dated, tasks=len(tasks)))
        return
    made = datetime.now()
    write(register_xlsx(tasks, words, made) if wanted == "xlsx" else register_csv(tasks, words), output)
    session.warn(words.say("register.done", tasks=len(tasks), plans=len({task.document.id for task in tasks})))


def _question(context: typer.Context, limit: int | None) -> DutyQuestion:
    """The question that the options of a command ask."""
    from archive import DutyQuestion

    given = context.params
    if given["below"] and given["unit"] is None:
        raise typer.BadParameter(session_of(context).words.say("duties.below-what"), ctx=context)
    overdue, first, last = given["overdue"], given["from_"], given["to"]
    return DutyQuestion(
        **{name: given[name] for name in ("query", "unit", "below", "plan", "place", "due")},
        role=role_named(given["role"], context) if given["role"] else None,
        level=rank_named(given["level"], context) if given["level"] else None,
        dated=f"{first or ''}..{last or ''}" if first or last else None,
        overdue=date.today().isoformat() if overdue is not None and fold(overdue).strip() in TODAY else overdue,
        limit=limit,
    )


def _ask(session: Session, folder: Path | None, question: DutyQuestion) -> tuple[Duty, ...]:
    from archive import duties as ask

    with opened(session, folder) as archive:
        return ask(archive, question)


def _tell_hints(session: Session, folder: Path | None, unit: str, place: str | None) -> None:
    from archive import unit_hints
    from archive.terminal.lineage import tell_hints

    with opened(session, folder) as archive:
        tell_hints(unit_hints(archive, unit, place=place), session)


def _duty_row(duty: Duty, session: Session) -> tuple[object, ...]:
    from archive.terminal.duty_words import place_words

    d, words = duty.document, session.words
    printed = " ".join(duty.deadline_raw.split()) if duty.deadline_raw else None
    due = (duty.deadline, printed, duty.deadline_last, duty.recurs, duty.reports_to)
    where = (place_words(duty.place, duty.line, words), duty.place.heading if duty.place.path else None, duty.line, duty.certainty)
    return (duty.unit, words.term("role", duty.role), duty.task, *due, d.id, d.symbol, d.date, d.organ, *where)
