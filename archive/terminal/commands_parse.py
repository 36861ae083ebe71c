"""`kehoach parse`: what one or several files say, without an archive."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

import kehoach_parser
from archive.terminal.answers import plain
from archive.terminal.exit_codes import ExitCode
from archive.terminal.options import Json
from archive.terminal.page_progress import PageStep, page_progress
from archive.terminal.plan_tree import print_plan
from archive.terminal.progress import progress
from archive.terminal.session import Session, session_of
from archive.terminal.streams import print_json
from archive.terminal.wording import error_object, told

STDIN = "-"


def parse(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="help.argument.files", metavar="usage.metavar.files")],
    as_json: Json = False,
) -> ExitCode:
    """The tree for people, or Plan JSON: one object for one file, JSON Lines for several. A file that fails stops nothing."""
    session = session_of(context)
    failed = 0
    # Where the plans themselves run over the screen, they are the progress.
    watched = len(files) > 1 and not sys.stdout.isatty()
    with progress(session.words.say("progress.parse"), session.words, wanted=watched) as step:
        for index, name in enumerate(files):
            failed += not _parse_one(name, as_json, len(files) > 1, session)
            step(index + 1, len(files))
    return ExitCode.COULD_NOT if failed else ExitCode.ANSWER


def _parse_one(name: str, as_json: bool, several: bool, session: Session) -> bool:
    try:
        with page_progress(session) as pages:
            text = read(name, pages, session)
    except (kehoach_parser.ReadError, OSError) as error:
        session.warn(told(error, session.words) or str(error))
        if as_json:
            said = plain({"error": error_object(error, session.words)})
            print_json(json.dumps(said, ensure_ascii=False, indent=None if several else 1))
            session.printed.answer = True
        return False
    plan = kehoach_parser.parse(text)
    if as_json:
        print_json(kehoach_parser.plan_to_json(plan, indent=None if several else 1))
        session.printed.answer = True
    else:
        print_plan(plan, text.content, session.words)
        if several:
            print()
    return True


def read(name: str, pages: PageStep, session: Session) -> kehoach_parser.Text:
    """The text of a file, or of standard input for "-". Raises ReadError, which names the file as the user did."""
    reading = kehoach_parser.ReadOptions(step=partial(pages, kehoach_parser.printable_name(name)))
    if name == STDIN:
        return kehoach_parser.read_bytes(sys.stdin.buffer.read(), None, reading, where=session.words.say("parse.stdin"))
    return kehoach_parser.read_file(Path(name), reading)
