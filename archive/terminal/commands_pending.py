"""`kehoach pending`: the files that wait for a program, read again once it is there."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_list, print_sheet
from archive.terminal.commands_keep import print_added, unread
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import Csv, Folder, Heads, Json
from archive.terminal.page_progress import page_progress
from archive.terminal.paper import print_table
from archive.terminal.session import opened, session_of
from archive.terminal.wording import reason

PENDING_COLUMNS = ("sha256", "file", "path", "code", "noted_at")
_SHOWN_OF_HASH = 8


def pending(
    context: typer.Context,
    retry: Annotated[bool, typer.Option("--retry", help="help.option.retry")] = False,
    forget: Annotated[str | None, typer.Option("--forget", help="help.option.forget", metavar="usage.metavar.file")] = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """List the files that wait, read them again with ``--retry``, take one off the list with ``--forget``."""
    session = session_of(context)
    with opened(session, folder) as handle:
        if forget is not None:
            gone = archive.forget_pending(handle, forget)
            if as_json:
                print_list(session, "pending", [gone])
            session.warn(session.words.say("pending.forgotten", name=gone.name or gone.sha256[:_SHOWN_OF_HASH]))
            return ExitCode.ANSWER
        if retry:
            return _retry(handle, context, as_json, as_csv)
        waiting = archive.list_pending(handle)
        _print(waiting, context, as_json, as_csv)
    return of_answer(waiting)


def _retry(handle: archive.Archive, context: typer.Context, as_json: bool, as_csv: bool) -> ExitCode:
    session = session_of(context)
    results: list[values.Added] = []
    changes: list[values.Change] = []
    now = datetime.now().astimezone()
    try:
        with page_progress(session) as pages, closing(archive.retry_pending(handle, now=now, changed=changes.append, pages=pages)) as steps:
            for result in steps:
                results.append(result)
    finally:
        print_added(results, changes, context, as_json, as_csv)
    if not results:
        session.warn(session.words.say("pending.none"))
    return ExitCode.COULD_NOT if unread(results) else of_answer(results)


def _print(items: tuple[values.Pending, ...], context: typer.Context, as_json: bool, as_csv: bool) -> None:
    session = session_of(context)
    words = session.words
    if as_json:
        print_list(session, "pending", items)
    elif as_csv:
        print_sheet(context, PENDING_COLUMNS, [(i.sha256, i.name, i.path, i.code, i.noted_at.isoformat()) for i in items])
    elif items:
        headings = [words.say(f"column.{name}") for name in ("file", "hash", "remark")]
        rows = [
            (
                item.path or item.name or words.say("parse.stdin"),
                item.sha256[:_SHOWN_OF_HASH],
                reason(item.code, {"name": item.name or "-", **item.facts}, words),
            )
            for item in items
        ]
        print_table(headings, rows)
    session.warn(words.say("pending.count", count=len(items)) if items else words.say("pending.none"))
