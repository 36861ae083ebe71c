"""`kehoach parse`: what one or several files say, without an archive."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archive.terminal.options import Json
from archive.terminal.page_progress import page_progress
from archive.terminal.progress import progress
from archive.terminal.session import Session, session_of
from archive.terminal.wording import told

if TYPE_CHECKING:
    from archive import PageStep
    from kehoach_parser import Text

STDIN = "-"


def parse(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="help.argument.files", metavar="usage.metavar.files")],
    as_json: Json = False,
) -> None:
    """The tree for people, or Plan JSON: one object for one file, JSON Lines for several. A file that fails stops nothing."""
    session = session_of(context)
    failed = 0
    # Where the plans themselves run over the screen, they are the progress.
    watched = len(files) > 1 and not sys.stdout.isatty()
    with progress(session.words.say("progress.parse"), session.words, wanted=watched) as step:
        for index, name in enumerate(files):
            failed += not _parse_one(name, as_json, len(files) > 1, session)
            step(index + 1, len(files))
    if failed:
        raise typer.Exit(1)


def _parse_one(name: str, as_json: bool, several: bool, session: Session) -> bool:
    from kehoach_parser import ReadError, plan_to_json

    try:
        with page_progress(session) as pages:
            text = read(name, pages)
    except (ReadError, OSError) as error:
        session.warn(told(error, session.words, session.words.say("parse.stdin") if name == STDIN else name) or str(error))
        return False
    from kehoach_parser import parse as parse_text

    plan = parse_text(text)
    if as_json:
        print(plan_to_json(plan, indent=None if several else 1))
    else:
        from archive.terminal.plan_tree import print_plan

        print_plan(plan, text.content, session.words)
        if several:
            print()
    return True


def read(name: str, pages: PageStep) -> Text:
    """The text of a file, or of standard input for "-". Raises ReadError."""
    from kehoach_parser import ReadOptions, read_bytes, read_file

    reading = ReadOptions(step=partial(pages, name))
    return read_bytes(sys.stdin.buffer.read(), None, reading) if name == STDIN else read_file(Path(name), reading)
