"""What the program decided wrongly: `kehoach join` makes two documents one, `split` makes one two, `decisions` shows both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_list, print_sheet
from archive.terminal.changes import tell_changes
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import Csv, Document, Folder, Heads, Json
from archive.terminal.paper import print_table
from archive.terminal.session import Session, opened, session_of
from archive.terminal.shown import document_line

DECISION_COLUMNS = ("verdict", "id", "version", "file", "other_id", "other_version", "other_file", "former", "decided_at")

Other = Annotated[str, typer.Argument(help="help.argument.join-other", metavar="usage.metavar.document")]
Version = Annotated[str, typer.Argument(help="help.argument.split", metavar="usage.metavar.document")]


def join(context: typer.Context, document: Document, other: Other, folder: Folder = None, as_json: Json = False) -> ExitCode:
    """Two documents are one paper: the second becomes a version of the first."""
    session = session_of(context)
    with opened(session, folder) as handle:
        found, changes = archive.join(handle, document, other, now=datetime.now().astimezone())
        last = archive.history(handle, str(found.id))[-1].number
    _tell("join.done", found, changes, session, as_json, number=last)
    return ExitCode.ANSWER


def split(context: typer.Context, version: Version, folder: Folder = None, as_json: Json = False) -> ExitCode:
    """A version is another paper: it becomes a document of its own."""
    session = session_of(context)
    with opened(session, folder) as handle:
        before = archive.find_document(handle, version.partition("#")[0])
        found, changes = archive.split(handle, version, now=datetime.now().astimezone())
    _tell("split.done", found, changes, session, as_json, other=before.id)
    return ExitCode.ANSWER


def _tell(key: str, document: values.Document, changes: Sequence[values.Change], session: Session, as_json: bool, **facts: object) -> None:
    """What there is now, how that is undone, and what citations mean now."""
    words = session.words
    if as_json:
        print_list(session, "documents", [document], changes=changes)
    session.warn(words.say(key, document=document_line(document, words).plain, id=document.id, **facts))
    tell_changes(changes, session)


def decisions(context: typer.Context, folder: Folder = None, as_json: Json = False, as_csv: Csv = False, heads: Heads = "keys") -> ExitCode:
    """What was joined and split by hand."""
    session = session_of(context)
    words = session.words
    with opened(session, folder) as handle:
        found = archive.decisions(handle)
    if as_json:
        print_list(session, "decisions", found)
    elif as_csv:
        rows = [(each.verdict, *_columns(each.one), *_columns(each.other), each.former, each.decided_at.isoformat()) for each in found]
        print_sheet(context, DECISION_COLUMNS, rows)
    elif found:
        headings = [words.say(f"column.{name}") for name in ("verdict", "document", "other_document", "former", "decided_at")]
        shown = [
            (words.term("verdict", each.verdict), _named(each.one), _named(each.other), each.former, str(each.decided_at)[:16])
            for each in found
        ]
        print_table(headings, shown, right=(3,))
    else:
        session.warn(words.say("decisions.none"))
    return of_answer(found)


def _columns(version: values.Version | None) -> tuple[object, ...]:
    return (version.document_id, version.number, version.name) if version else (None, None, None)


def _named(version: values.Version | None) -> str:
    """ "3#2 draft.docx"; "" for what is no longer in the archive."""
    return f"{version.document_id}#{version.number} {version.name or ''}".strip() if version else ""
