"""Duties on the screen, by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import archive
import kehoach_parser
from archive import values
from archive.terminal.duty_words import Proposals, corrected_words, deadline_words, last_day, place_words, proposal_words, state_words
from archive.terminal.messages import Messages
from archive.terminal.paper import print_text
from archive.terminal.passages import print_passage
from archive.terminal.session import Session
from archive.terminal.shown import document_name, shorten

if TYPE_CHECKING:
    from rich.text import Text


#: Documents named in a remark about many.
TOLD = 20
#: Words of a task shown where its passage is not quoted.
TASK_WORDS = 60
#: Letters of the mark that stands between the parts of a head line.
DOT = " · "


def print_duties(result: Sequence[values.Duty], query: str, session: Session, proposals: Proposals) -> None:
    """The duties by unit: role and deadline, plan and place, the passage or the task, how it stands, which later papers may change it."""
    words = session.words
    if not result:
        session.warn(words.say("duties.none", query=query) if query.strip() else words.say("duties.none-at-all"))
        return
    by_unit: dict[str, list[values.Duty]] = defaultdict(list)
    for duty in result:
        by_unit[duty.unit_key].append(duty)
    for found in by_unit.values():
        name = (
            words.say("duties.unit", unit=found[0].unit, count=len(found))
            if found[0].unit
            else words.say("duties.unsettled", count=len(found))
        )
        print_text(name, style="bold")
        for duty in found:
            print_duty(duty, words)
            for proposal in proposals.get(duty.document.id, ()) if duty.id else ():
                print_text(proposal_words(proposal, words), indent=4, style="yellow")
        print()
    plans = len({duty.document.id for duty in result})
    session.warn(words.say("duties.total", duties=len(result), units=len(by_unit.keys() - {""}), plans=plans))


def tell_without_tasks(handle: archive.Archive, session: Session) -> None:
    """Says which documents have one line a unit, not one a task, because an older version of the program read them."""
    if old := archive.read_by_older(handle, without_tasks=True):
        named = ", ".join(str(document.id) for document in old[:TOLD]) + (" …" if len(old) > TOLD else "")
        session.warn(session.words.say("duties.without-tasks", count=len(old), documents=named))


def print_duty(duty: values.Duty, words: Messages, *, with_plan: bool = True) -> None:
    """One duty, in the lines under its unit; without its plan where that stands above."""
    print_text(_head(duty, words, with_plan), indent=2)
    if duty.excerpt:
        print_passage(duty.excerpt, kehoach_parser.passage_as_read(duty.excerpt.text), words, 4)
    elif duty.task:
        print_text(shorten(duty.task, TASK_WORDS), indent=4)
    if duty.corrected:
        print_text(corrected_words(duty, words), indent=4, style="yellow")
    if duty.standing:
        print_text(state_words(duty.standing, duty.late, words), indent=4, style="green")
    if duty.product:
        print_text(words.say("duties.product", product=duty.product), indent=4, style="dim")
    if duty.reports_to:
        print_text(words.say("duties.reports-to", unit=duty.reports_to), indent=4, style="dim")


def _head(duty: values.Duty, words: Messages, with_plan: bool) -> Text:
    from rich.text import Text

    head = Text(words.term("role", duty.role) if duty.unit else "", style="magenta")
    if deadline := deadline_words(duty, words):
        said = words.say("tree.deadline", date=deadline)
        head.append(said if duty.unit else said.lstrip(", "), style="bold red")
        if until := last_day(duty, words):
            head.append(words.say("duties.until", date=until), style="red")
    dated = words.say("tree.dated", date=words.day(duty.document.date)) if duty.document.date else ""
    plan = f"{DOT}{document_name(duty.document)}{dated}" if with_plan else ""
    head.append(f"{plan}{DOT}{place_words(duty.place, duty.line, words)}", style="cyan")
    if duty.id:
        head.append(f"{DOT}{duty.id}", style="dim")
    return head
