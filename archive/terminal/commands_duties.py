"""Who must do what, by when: duties on the screen and as data, and the register of tasks as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import heads_of, json_text, print_page, print_sheet, tell_next, words_asked
from archive.terminal.commands_graph import Output, write, write_lines
from archive.terminal.commands_parse import STDIN
from archive.terminal.duty_words import place_words
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.messages import Messages
from archive.terminal.options import (
    After,
    All,
    Below,
    Csv,
    Due,
    DutyWords,
    Folder,
    From,
    Heads,
    Json,
    Level,
    Open,
    Overdue,
    Person,
    Place,
    Plan,
    ReportsTo,
    Role,
    State,
    To,
    Unit,
    Yes,
)
from archive.terminal.print_duties import print_duties, tell_without_tasks
from archive.terminal.print_lineage import tell_hints
from archive.terminal.register_back import take_register
from archive.terminal.register_sheet import COLUMNS, Counted, register_calendar, register_csv, register_xlsx, with_proposals
from archive.terminal.session import opened, session_of
from archive.terminal.streams import print_data, print_json
from archive.terminal.typed_names import day_typed, level_named, role_named, state_named

DUTY_COLUMNS = (
    *("unit", "role", "task", "deadline", "deadline_printed", "last_day", "recurs", "reports_to", "when", "product"),
    *("id", "symbol", "date", "organ", "place", "heading", "line", "certainty"),
    *("duty", "duty_state", "late", "day", "moved_to", "moved_by", "result", "person", "own_note"),
)
#: Duties shown on a screen where no number is asked for.
SHOWN = 200
#: Files that the register is written to, by their ending.
FORMATS = ("xlsx", "csv", "ics", "json")


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
    state: State = None,
    unfinished: Open = False,
    reports_to: ReportsTo = None,
    person: Person = None,
    limit: All = None,
    after: After = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Which units were given a task: unit, role, task, deadline, plan, place."""
    session = session_of(context)
    question = _question(context, limit if limit or as_csv or as_json else SHOWN, after)
    with opened(session, folder) as handle:
        result = archive.duties(handle, question)
        hints = archive.unit_hints(handle, unit, place=place) if unit is not None and not below else ()
        if as_json:
            print_page(session, "duties", result)
        elif as_csv:
            print_sheet(context, DUTY_COLUMNS, [_duty_row(duty, words_asked(context)) for duty in result])
        else:
            print_duties(result, query, session, archive.proposals(handle, {duty.document.id for duty in result}))
            if limit is None and result.next is not None:
                session.warn(session.words.say("duties.more", count=SHOWN))
            tell_next(session, result.next)
        tell_hints(hints, session)
        tell_without_tasks(handle, session)
    return of_answer(result)


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
    state: State = None,
    unfinished: Open = False,
    reports_to: ReportsTo = None,
    person: Person = None,
    read: Annotated[Path | None, typer.Option("--read", help="help.option.read-register", metavar="usage.metavar.file")] = None,
    everything: Annotated[bool, typer.Option("--all", help="help.option.all-register")] = False,
    yes: Yes = False,
    folder: Folder = None,
    as_json: Json = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Write the register of tasks to a file: xlsx, csv, json, or ics with the deadlines; without a file as CSV or JSON to stdout."""
    session = session_of(context)
    words = session.words
    if read is not None:
        return take_register(session, read, folder, yes=yes, as_json=as_json, everything=everything)
    usual = "json" if as_json else "csv"
    wanted = Path(output).suffix[1:].lower() if output and output != STDIN and not as_json else usual
    if wanted not in FORMATS:
        raise typer.BadParameter(words.say("register.no-such-file", file=output, formats=", ".join(FORMATS)), ctx=context)
    question = _question(context)
    with opened(session, folder) as handle:
        tell_without_tasks(handle, session)
        if wanted == "csv":
            tasks = Counted(archive.register(handle, question))
            write_lines(register_csv(with_proposals(handle, tasks), words, heads_of(context, "register-column", COLUMNS)), output)
            session.warn(words.say("register.done", tasks=tasks.count, plans=len(tasks.plans)))
            return of_answer(tasks.count)
        # What a calendar says must not depend on the day on which it is made.
        asked = replace(question, today=None) if wanted == "ics" and question.state is None else question
        whole = tuple(archive.register(handle, asked))
        content, said = _WRITERS[wanted](handle, whole, words)
    if wanted == "json" and output in (None, STDIN):
        session.printed.answer = True
    write(content, output, print_json if wanted == "json" else print_data)
    session.warn(said)
    return of_answer(whole)


def _calendar(handle: archive.Archive, tasks: Sequence[values.Task], words: Messages) -> tuple[str | bytes, str]:
    documents = {task.document.id for task in tasks}
    content, dated = register_calendar(tasks, archive.proposals(handle, documents), archive.revisions(handle, documents), words)
    return content, words.say("register.calendar", events=dated, tasks=len(tasks))


def _workbook(handle: archive.Archive, tasks: Sequence[values.Task], words: Messages) -> tuple[str | bytes, str]:
    documents = {task.document.id for task in tasks}
    content = register_xlsx(tasks, archive.proposals(handle, documents), words, datetime.now())
    return content, words.say("register.done", tasks=len(tasks), plans=len(documents))


def _json(handle: archive.Archive, tasks: Sequence[values.Task], words: Messages) -> tuple[str | bytes, str]:
    documents = {task.document.id for task in tasks}
    body = {"tasks": tasks, "total": len(tasks), "proposals": archive.proposals(handle, documents)}
    return json_text(body) + "\n", words.say("register.done", tasks=len(tasks), plans=len(documents))


#: How the register is written whole, and what is told of it; CSV is written line by line.
_WRITERS = {"xlsx": _workbook, "ics": _calendar, "json": _json}


def _question(context: typer.Context, limit: int | None = None, after: str | None = None) -> values.DutyQuestion:
    """The question that the options of a command ask."""
    given = context.params
    if given["below"] and given["unit"] is None:
        raise typer.BadParameter(session_of(context).words.say("duties.below-what"), ctx=context)
    overdue, first, last = given["overdue"], given["from_"], given["to"]
    return values.DutyQuestion(
        **{name: given[name] for name in ("query", "unit", "below", "plan", "place", "due", "reports_to", "person")},
        role=role_named(given["role"], context) if given["role"] else None,
        level=level_named(given["level"], context) if given["level"] else None,
        dated=f"{first or ''}..{last or ''}" if first or last else None,
        overdue=day_typed(overdue),
        limit=limit,
        after=after,
        state=state_named(given["state"], context) if given["state"] else None,
        unfinished=given["unfinished"],
        today=date.today().isoformat(),
    )


def _duty_row(duty: values.Duty, words: Messages | None) -> tuple[object, ...]:
    """A duty as a line of CSV; without ``words`` role and place are named as JSON names them."""
    d, place = duty.document, duty.place
    printed = " ".join(duty.deadline_raw.split()) if duty.deadline_raw else None
    due = (duty.deadline, printed, duty.deadline_last, duty.recurs, duty.reports_to, duty.when, duty.product)
    stands = place_words(place, duty.line, words) if words else place.path or place.where
    where = (stands, place.heading if place.path else None, duty.line, duty.certainty)
    role = (words.term("role", duty.role) if words else duty.role) if duty.unit else ""
    state = words.term("duty-state", duty.state) if words else duty.state
    told = duty.standing
    said = (told.day, told.moved_to, told.moved_by, told.result, told.person, told.note) if told else (None,) * 6
    return (duty.unit, role, duty.task, *due, d.id, d.symbol, d.date, d.organ, *where, duty.id, state, duty.late, *said)
