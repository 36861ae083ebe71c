"""What was changed and can be taken back: `kehoach trash`, `log` and `undo`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_list, print_object, print_sheet
from archive.terminal.asking import agreed
from archive.terminal.changes import tell_changes
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.messages import Messages
from archive.terminal.options import Csv, Folder, Heads, Json, Yes
from archive.terminal.paper import print_table
from archive.terminal.session import opened, session_of
from archive.terminal.shown import document_line, shorten

TRASH_COLUMNS = ("id", "symbol", "date", "subject", "file", "trashed_at", "who")
LOG_COLUMNS = ("entry", "at", "who", "action", "document", "symbol", "file", "undoes", "undone_by")
_DAYS = re.compile(r"(\d{1,5}) ?(?:d|ngày)?")
_MINUTE = len("2026-03-01 08:30")


def trash(
    context: typer.Context,
    restore: Annotated[str | None, typer.Option("--restore", help="help.option.trash-restore", metavar="usage.metavar.document")] = None,
    empty: Annotated[bool, typer.Option("--empty", help="help.option.trash-empty")] = False,
    older_than: Annotated[str | None, typer.Option("--older-than", help="help.option.older-than", metavar="usage.metavar.days")] = None,
    yes: Yes = False,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """What was removed: listed, with ``--restore`` taken back into the archive, with ``--empty`` deleted for good."""
    session = session_of(context)
    words = session.words
    now = datetime.now().astimezone()
    before = _before(context, older_than, now, words)
    with opened(session, folder) as handle:
        if restore is not None:
            document, changes = archive.restore_document(handle, restore, now=now)
            if as_json:
                print_list(session, "documents", [document], changes=changes)
            session.warn(words.say("trash.restored", document=document_line(document, words).plain))
            tell_changes(changes, session)
            return ExitCode.ANSWER
        found = tuple(each for each in archive.list_trash(handle) if before is None or each.trashed_at < before)
        if empty and found:
            if not agreed(context, session, words.say("trash.ask", count=len(found)), yes=yes):
                return ExitCode.NOTHING
            found = archive.empty_trash(handle, now=now, before=before)
    _print_trash(found, context, as_json, as_csv)
    session.warn(words.say("trash.none" if not found else "trash.emptied" if empty else "trash.count", count=len(found)))
    return of_answer(found)


def _before(context: typer.Context, days: str | None, now: datetime, words: Messages) -> datetime | None:
    if days is None:
        return None
    told = _DAYS.fullmatch(days.strip())
    if told is None:
        raise typer.BadParameter(words.say("trash.no-days", value=days), ctx=context)
    return now - timedelta(days=int(told[1]))


def _print_trash(found: Sequence[values.Trashed], context: typer.Context, as_json: bool, as_csv: bool) -> None:
    session = session_of(context)
    words = session.words
    if as_json:
        print_list(session, "trash", found)
    elif as_csv:
        rows = [
            (one.id, one.symbol, one.date, one.subject, one.name, each.trashed_at.isoformat(), each.who)
            for each in found
            for one in (each.document,)
        ]
        print_sheet(context, TRASH_COLUMNS, rows)
    elif found:
        headings = [words.say(f"column.{name}") for name in ("id", "symbol", "date", "subject", "trashed_at", "who")]
        shown = [
            (one.id, one.symbol, words.day(one.date), shorten(one.subject or one.name), str(each.trashed_at)[:_MINUTE], each.who)
            for each in found
            for one in (each.document,)
        ]
        print_table(headings, shown, right=(0,))


def log(
    context: typer.Context,
    document: Annotated[str | None, typer.Argument(help="help.argument.log", metavar="usage.metavar.document")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="help.option.limit-log", metavar="usage.metavar.number", min=1)] = 50,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """What was changed in the archive, by whom, when; the newest first."""
    session = session_of(context)
    words = session.words
    with opened(session, folder) as handle:
        found = archive.entries(handle, limit=limit, document_id=_numbered(handle, document))
    if as_json:
        print_list(session, "entries", found)
    elif as_csv:
        print_sheet(context, LOG_COLUMNS, [(one.id, one.at.isoformat(), *_columns(one, one.action)) for one in found])
    elif found:
        headings = [words.say(f"column.{name}") for name in LOG_COLUMNS]
        shown = [(one.id, str(one.at)[:_MINUTE], *_columns(one, _action(one, words))) for one in found]
        print_table(headings, shown, right=(0,))
    else:
        session.warn(words.say("log.none"))
    return of_answer(found)


def _numbered(handle: archive.Archive, document: str | None) -> int | None:
    """A document by its number, which it keeps in the trash and after, or by what else names it."""
    if document is None:
        return None
    return int(document) if document.isdecimal() and len(document) < 12 else archive.find_document(handle, document).id


def _columns(entry: values.Entry, action: str) -> tuple[object, ...]:
    facts = entry.facts
    return entry.who, action, entry.document_id, facts.get("symbol"), facts.get("file"), facts.get("undoes"), entry.undone_by


def _action(entry: values.Entry, words: Messages) -> str:
    """What was done; of how many, where it was done of several at once."""
    action, count = words.term("action", entry.action), entry.facts.get("count")
    return action if count is None else words.say("log.count", action=action, count=count)


def undo(
    context: typer.Context,
    entry: Annotated[int | None, typer.Argument(help="help.argument.undo", metavar="usage.metavar.number")] = None,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """Take back the last change, or the one with this number in the log."""
    session = session_of(context)
    words = session.words
    with opened(session, folder) as handle:
        undone, changes = archive.undo(handle, entry, now=datetime.now().astimezone())
        left = archive.entries(handle, limit=1)[0].facts.get("left")
    if as_json:
        print_object(session, {"undone": undone, "changes": changes})
    named = undone.facts.get("symbol") or undone.facts.get("file")  # a correction has neither
    what = f"({_action(undone, words)})" + (f" {named}" if named else "")
    if left:
        session.warn(words.say("undo.left", count=left))
    session.warn(words.say("undo.done", entry=undone.id, what=what, by=undone.undone_by))
    tell_changes(changes, session)
    return ExitCode.ANSWER
