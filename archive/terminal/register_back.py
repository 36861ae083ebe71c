"""A register that comes back: `kehoach register --read` shows what its workbook says newly, asks, and takes it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import archive
import kehoach_parser
from archive import values
from archive.terminal.answers import print_list
from archive.terminal.duty_words import field_words
from archive.terminal.exit_codes import ExitCode
from archive.terminal.messages import Messages
from archive.terminal.paper import print_text
from archive.terminal.register_sheet import register_words
from archive.terminal.session import Session, opened
from archive.terminal.shown import first_words

#: Words of a task that is named.
WORDS = 14
#: What a person may answer to take the changes.
AGREES = ("y", "yes", "c", "co", "d", "dong y")


def take_register(session: Session, file: Path, folder: str | None, *, yes: bool, as_json: bool, everything: bool = False) -> ExitCode:
    """Shows what a workbook changes and what of it cannot be taken; takes it where the person at the screen agrees, or said so before."""
    words = session.words
    data = kehoach_parser.file_bytes(file)
    with opened(session, folder) as handle:
        reading = archive.read_register(handle, data, register_words(), name=str(file), everything=everything)
        if as_json:
            print_list(session, "changes", reading.changes, problems=reading.problems, deleted=reading.deleted)
        else:
            _show(reading, session)
        if not reading.changes:
            session.warn(words.say("register-back.nothing"))
            return ExitCode.NOTHING
        if not (yes or _agrees(words, len(reading.changes))):
            session.warn(words.say("register-back.not-taken"))
            return ExitCode.NOTHING
        edits = {change.duty.id: change.edit for change in reading.changes if change.duty.id is not None}
        archive.set_duties(handle, edits, now=datetime.now().astimezone())
    session.warn(words.say("register-back.taken", count=len(reading.changes)))
    return ExitCode.ANSWER


def _agrees(words: Messages, count: int) -> bool:
    """Asks the person at the screen; where there is none, nobody agrees."""
    if not _is_screen():
        return False
    print(words.say("register-back.ask", count=count), end=" ", file=sys.stderr, flush=True)
    return kehoach_parser.fold(sys.stdin.readline()).strip() in AGREES


def _is_screen() -> bool:
    return sys.stdin.isatty()


def _show(reading: values.RegisterReading, session: Session) -> None:
    words = session.words
    for change in reading.changes:
        duty = change.duty
        row = words.say("register-back.row", row=change.row, duty=duty.id, unit=duty.unit, task=first_words(duty.task, WORDS) or "")
        print_text(row, style="bold")
        for name, before, after in _changes(change, words):
            print_text(words.say("register-back.change", field=name, before=before, after=after), indent=4)
        if change.meanwhile:
            named = ", ".join(words.say(f"register-column.{column}") for column in change.meanwhile)
            print_text(words.say("register-back.meanwhile", fields=named), indent=4, style="yellow")
    for problem in reading.problems:
        session.warn(words.say(f"register-back.{problem.code}", cell=problem.cell, value=problem.value))
    if reading.deleted:
        session.warn(words.say("register-back.deleted", count=len(reading.deleted), duties=", ".join(reading.deleted)))


def _changes(change: values.RegisterChange, words: Messages) -> list[tuple[str, str, str]]:
    """Each field that changes: its name, what stands there now, what will."""
    standing = change.duty.standing
    before = asdict(standing) if standing else {"state": change.duty.state}
    after = {name: value for name, value in asdict(change.edit).items() if value is not None and value != (before.get(name) or "")}
    return [
        (words.say(f"duty-field.{name}"), field_words(name, before.get(name), words), field_words(name, value, words))
        for name, value in after.items()
    ]
