"""`kehoach duty`: how one duty stands, what was said of it, and what is to be said of it now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_list, print_object
from archive.terminal.duty_words import field_words, proposal_words, state_words
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.messages import Messages
from archive.terminal.options import Folder, Json
from archive.terminal.paper import print_text
from archive.terminal.print_duties import print_duty
from archive.terminal.session import Session, opened, session_of
from archive.terminal.shown import document_name
from archive.terminal.typed_names import day_typed, state_named

Duty = Annotated[str | None, typer.Argument(help="help.argument.duty-id", metavar="usage.metavar.duty")]
Done = Annotated[str | None, typer.Option("--done", help="help.option.done", metavar="usage.metavar.date")]
Said = Annotated[str | None, typer.Option("--state", help="help.option.say-state", metavar="usage.metavar.state")]
Result = Annotated[str | None, typer.Option("--result", help="help.option.result", metavar="usage.metavar.words")]
Note = Annotated[str | None, typer.Option("--note", help="help.option.note", metavar="usage.metavar.words")]
InCharge = Annotated[str | None, typer.Option("--person", help="help.option.in-charge", metavar="usage.metavar.name")]
MoveTo = Annotated[str | None, typer.Option("--move-to", help="help.option.move-to", metavar="usage.metavar.date")]
By = Annotated[str | None, typer.Option("--by", help="help.option.by", metavar="usage.metavar.document")]
Cancel = Annotated[bool, typer.Option("--cancel", help="help.option.cancel")]
Lost = Annotated[bool, typer.Option("--lost", help="help.option.lost")]
Take = Annotated[str | None, typer.Option("--take", help="help.option.take", metavar="usage.metavar.duty")]


def duty(
    context: typer.Context,
    duty: Duty = None,
    done: Done = None,
    state: Said = None,
    result: Result = None,
    note: Note = None,
    person: InCharge = None,
    move_to: MoveTo = None,
    by: By = None,
    cancel: Cancel = False,
    lost: Lost = False,
    take: Take = None,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """One duty: how it stands, its history, and what is to be said of it."""
    session = session_of(context)
    if lost:
        return _print_lost(session, folder, as_json)
    if duty is None:
        raise typer.BadParameter(session.words.say("duty.which"), ctx=context)
    named = "done" if done else "moved" if move_to else "cancelled" if cancel else state_named(state, context) if state else None
    if named == "late":
        raise typer.BadParameter(session.words.say("duty.late-follows"), ctx=context)
    edit = values.DutyEdit(named, day_typed(done), day_typed(move_to), by, result, note, person)
    now = datetime.now().astimezone()
    with opened(session, folder) as handle:
        if take is not None:
            archive.place_duty(handle, take, duty, now=now)
        if edit != values.DutyEdit():
            archive.set_duty(handle, duty, edit, now=now)
        page = archive.duty_page(handle, duty, today=date.today().isoformat())
    if as_json:
        print_object(session, page)
    else:
        _print_page(page, session.words)
    return ExitCode.ANSWER


def _print_page(page: values.DutyPage, words: Messages) -> None:
    print_text(page.duty.unit, style="bold")
    print_duty(page.duty, words)
    if page.duty.standing is None:
        late = f" ({words.term('duty-state', 'late')})" if page.duty.late else ""
        print_text(words.term("duty-state", "open") + late, indent=4, style="green")
    for proposal in page.proposals:
        print_text(proposal_words(proposal, words), indent=4, style="yellow")
        print_text(proposal.hit.sentence.text, indent=6, style="dim")
    for entry in page.history:
        at = entry.at.astimezone()
        when = f"{words.day(at.date().isoformat())} {at:%H:%M}"
        print_text(words.say("duty.entry", when=when, who=entry.who, said=_said(entry, words)), indent=2, style="dim")


def _said(entry: values.Entry, words: Messages) -> str:
    """What an entry of the journal says of a duty: "tình trạng: đã xong; ngày xong: 20/03/2026"."""
    told = []
    for name, value in entry.facts.items():
        if words.knows(f"duty-field.{name}"):
            told.append(f"{words.say(f'duty-field.{name}')}: {field_words(name, str(value), words)}")
    return "; ".join(told)


def _print_lost(session: Session, folder: str | None, as_json: bool) -> ExitCode:
    """What was said of duties that their documents no longer have."""
    words = session.words
    with opened(session, folder) as handle:
        found = archive.lost_duties(handle)
    if as_json:
        print_list(session, "lost", found)
        return of_answer(found)
    for each in found:
        print_text(words.say("duty.lost", id=each.id, document=document_name(each.document), unit=each.unit), style="bold")
        print_text(each.task, indent=4)
        print_text(state_words(each.standing, False, words), indent=4, style="green")
    session.warn(words.say("duty.lost-total", count=len(found)) if found else words.say("duty.none-lost"))
    return of_answer(found)
