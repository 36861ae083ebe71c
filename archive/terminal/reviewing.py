"""Doubts on the screen, one after the other: what is printed, how it is read, what else it may be; one key settles one."""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

import archive
from archive import values
from archive.terminal.corrected import tell_corrected
from archive.terminal.messages import Messages
from archive.terminal.paper import print_field, print_table, print_text
from archive.terminal.session import Session
from archive.terminal.shown import document_name, first_words
from archive.terminal.wording import told

#: Keys of the review.
ACCEPT, CORRECT, NONE, SKIP, QUIT = ("a", "\r", "\n"), "c", "n", ("s", " "), ("q", "\x1b", "\x03", "\x04")
#: What `correct` takes for "it is none".
STRUCK = "none"
#: Alternatives that have a key of their own.
PICKED = 9
COLUMNS = ("document", "field", "doubts", "printed", "reading", "alternatives")


def review_all(
    handle: archive.Archive, doubts: Sequence[values.Doubt], most: int | None, session: Session, pictures: Pictures | None = None
) -> bool:
    """Asks about each doubt, or so many, where a person sits at a terminal; returns whether one does. What is answered is corrected at
    once. Where each stands on its page is drawn among ``pictures``."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    settled, number = 0, 0
    left, asked = deque(doubts), set[tuple[object, ...]]()
    while left and number != most:
        doubt = left.popleft()
        number += 1
        asked.add(_told_by(doubt))
        _print_doubt(handle, doubt, f"{number}/{number + len(left)}", session.words)
        if pictures is not None:
            pictures.show(handle, doubt, session.words)
        answer = _answer(doubt, session.words)
        if answer is None:
            break
        if answer and _settle(handle, doubt, answer, session):
            settled += 1
            if answer == STRUCK:  # what follows in the document is counted anew
                fresh = archive.review_queue(handle, today=datetime.now().astimezone().date())
                left = deque(each for each in fresh if _told_by(each) not in asked)
    session.warn(session.words.say("review.settled", count=settled))
    return True


@dataclass(frozen=True, slots=True)
class Pictures:
    """Where pictures of what is doubted are written, and whether each is opened in the program that shows such files."""

    folder: Path
    opens: bool

    def show(self, handle: archive.Archive, doubt: values.Doubt, words: Messages) -> None:
        """Draws a doubt, where its document has pages, and names the file."""
        name = f"{doubt.document.id}-{doubt.field}-{doubt.span[0]}.png"
        out = self.folder / re.sub(r"[^\w.-]+", "-", name)
        if archive.draw_passage(handle, str(doubt.document.id), doubt.span, out) is None:
            return
        print_field(words.say("review.picture"), str(out))
        if self.opens:
            typer.launch(str(out))


def _told_by(doubt: values.Doubt) -> tuple[object, ...]:
    return doubt.document.id, doubt.kind, doubt.span


def _print_doubt(handle: archive.Archive, doubt: values.Doubt, number: str, words: Messages) -> None:
    print_text(f"{number}  {document_name(doubt.document)}  {doubt.field}", style="bold")
    print_field(words.say("column.doubts"), _doubt(doubt, words))
    pages = archive.places_on_pages(handle, str(doubt.document.id), doubt.span)
    if pages:
        print_field(words.say("review.page"), ", ".join(str(page.page) for page in pages))
    if doubt.printed:
        print_field(words.say("column.printed"), doubt.printed)
    print_field(words.say("review.around"), first_words(doubt.around, 40))
    if doubt.reading is not None:
        print_field(words.say("column.reading"), doubt.reading)
    for index, other in enumerate(doubt.alternatives[:PICKED], 1):
        print_field(f"  {index}", other)


def _doubt(doubt: values.Doubt, words: Messages) -> str:
    """What is doubted, and what hangs on it."""
    said = words.term("doubt", doubt.kind)
    mentions, deadline = doubt.why.get("mentions"), doubt.why.get("deadline")
    if mentions:
        said += f" · {words.say('review.mentions', count=mentions)}"
    return said + (words.say("tree.deadline", date=words.day(deadline)) if isinstance(deadline, str) else "")


def _answer(doubt: values.Doubt, words: Messages) -> str | None:
    """The value that a key says, "" where the doubt is left, None where the review ends."""
    keys = [words.say("review.accept")] if doubt.reading is not None else []
    keys += [words.say("review.pick")] if doubt.alternatives else []
    print_text(" · ".join((*keys, words.say("review.keys"))), style="dim")
    while True:
        key = typer.getchar().lower()
        if key in QUIT:
            return None
        if key in SKIP:
            return ""
        if key in ACCEPT and doubt.reading is not None:
            return doubt.reading
        if key.isdecimal() and 1 <= int(key) <= len(doubt.alternatives[:PICKED]):
            return doubt.alternatives[int(key) - 1]
        if key == NONE:
            return STRUCK
        if key == CORRECT:
            return str(typer.prompt(words.say("review.value"), default="", show_default=False))


def _settle(handle: archive.Archive, doubt: values.Doubt, value: str, session: Session) -> bool:
    """Corrects a doubt; what cannot be is told, and the doubt left."""
    field = doubt.field
    if value == STRUCK:  # the mention is none, and the duty: not what it means
        field = field.removesuffix(".document").replace("unit:", "duty:")
    try:
        done = archive.correct(handle, str(doubt.document.id), field, value, now=datetime.now().astimezone())
    except (archive.errors.NotUnderstood, archive.errors.NothingThere) as error:
        session.warn(str(told(error, session.words)))
        return False
    session.warn(tell_corrected(done, document_name(done.document), session.words))
    return True


def print_doubts(doubts: Sequence[values.Doubt], total: int, session: Session) -> None:
    """The doubts as a table, with what to type about them."""
    words = session.words
    rows = [
        (document_name(each.document), each.field, _doubt(each, words), each.printed, each.reading, "; ".join(each.alternatives))
        for each in doubts
    ]
    print_table([words.say(f"column.{name}") for name in COLUMNS], rows, whole=(0, 1), spare=(5, 3))
    session.warn(words.say("review.how", shown=len(doubts), total=total))
