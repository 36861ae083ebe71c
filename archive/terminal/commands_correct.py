"""What people say of documents: `kehoach correct` says what was read otherwise, `corrections` lists, writes and reads it, `review` asks."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_list, print_object, print_sheet
from archive.terminal.changes import tell_changes
from archive.terminal.commands_graph import write
from archive.terminal.corrected import field_label, said_words, tell_corrected
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import Csv, Document, Folder, Heads, Json
from archive.terminal.paper import print_table
from archive.terminal.reviewing import Pictures, print_doubts, review_all
from archive.terminal.session import Session, opened, session_of
from archive.terminal.shown import document_name

COLUMNS = ("correction", "id", "field", "printed", "was", "value", "state", "who", "at", "reason")
IMPORTED_COLUMNS = ("id", "document", "field", "value", "status")
#: The parts of a duty that is added.
PARTS = ("unit", "role", "task", "deadline")

Field = Annotated[str, typer.Argument(help="help.argument.field", metavar="usage.metavar.field")]
Value = Annotated[str | None, typer.Argument(help="help.argument.value", metavar="usage.metavar.value")]
At = Annotated[str | None, typer.Option("--at", help="help.option.at", metavar="usage.metavar.place")]
Reason = Annotated[str | None, typer.Option("--reason", help="help.option.reason", metavar="usage.metavar.text")]
Unit = Annotated[str | None, typer.Option("--unit", help="help.option.duty-unit", metavar="usage.metavar.unit")]
Role = Annotated[str | None, typer.Option("--role", help="help.option.duty-role", metavar="usage.metavar.role")]
Task = Annotated[str | None, typer.Option("--task", help="help.option.duty-task", metavar="usage.metavar.text")]
Deadline = Annotated[str | None, typer.Option("--deadline", help="help.option.duty-deadline", metavar="usage.metavar.date")]
Listed = Annotated[str | None, typer.Argument(help="help.argument.corrections", metavar="usage.metavar.document")]
Export = Annotated[str | None, typer.Option("--export", help="help.option.export", metavar="usage.metavar.file")]
Import = Annotated[Path | None, typer.Option("--import", help="help.option.import", metavar="usage.metavar.file")]
PictureFolder = Annotated[Path | None, typer.Option("--pictures", help="help.option.pictures", metavar="usage.metavar.folder")]
Opens = Annotated[bool, typer.Option("--open", help="help.option.open-pictures")]
Most = Annotated[int | None, typer.Option("--limit", "-n", help="help.option.limit-doubts", metavar="usage.metavar.number", min=1)]


def correct(
    context: typer.Context,
    document: Document,
    field: Field,
    value: Value = None,
    at: At = None,
    reason: Reason = None,
    unit: Unit = None,
    role: Role = None,
    task: Task = None,
    deadline: Deadline = None,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """Say what a field of a document is; what was read stays beside it."""
    session = session_of(context)
    parts = {name: context.params[name] for name in PARTS}
    if value is None and not any(parts.values()):
        raise typer.BadParameter(session.words.say("corrected.what"), ctx=context)
    with opened(session, folder) as handle:
        said = parts if value is None else value
        done = archive.correct(handle, document, field, said, at=at, reason=reason, now=datetime.now().astimezone())
    if as_json:
        print_object(session, done)
    session.warn(tell_corrected(done, document_name(done.document), session.words))
    if done.fresh and done.correction.state == "agrees":
        session.warn(session.words.say("corrected.agrees"))
    tell_changes(done.changes, session)
    return ExitCode.ANSWER


def corrections(
    context: typer.Context,
    document: Listed = None,
    export: Export = None,
    import_: Import = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """What people corrected; written to a file that another archive reads, or read from one."""
    session = session_of(context)
    with opened(session, folder) as handle:
        if import_ is not None:
            return _import(handle, import_, context, as_json, as_csv)
        found = archive.corrections(handle, document)
        if export is not None:
            write(archive.export_corrections(handle, document), export)
            session.warn(session.words.say("corrections.exported", count=len(found)))
            return of_answer(found)
        _print(found, context, as_json, as_csv)
    return of_answer(found)


def _print(found: tuple[values.Correction, ...], context: typer.Context, as_json: bool, as_csv: bool) -> None:
    session = session_of(context)
    words = session.words
    if as_json:
        print_list(session, "corrections", found)
        return
    rows = [_row(each, session) for each in found]
    if as_csv:
        exact = [(*row[:6], each.state, each.who, each.at.isoformat(), each.reason) for row, each in zip(rows, found, strict=True)]
        print_sheet(context, COLUMNS, exact)
    elif found:
        print_table([words.say(f"column.{name}") for name in COLUMNS], rows, right=(0, 1), whole=(0, 1, 2), spare=(9, 8, 7, 3))
    else:
        session.warn(words.say("corrections.none"))


def _row(each: values.Correction, session: Session) -> tuple[object, ...]:
    words = session.words
    said = (each.printed, said_words(each.was, words), said_words(each.value, words))
    return (
        each.id,
        each.document_id,
        field_label(each),
        *said,
        words.term("correction", each.state),
        each.who,
        str(each.at)[:16],
        each.reason,
    )


def _import(handle: archive.Archive, file: Path, context: typer.Context, as_json: bool, as_csv: bool) -> ExitCode:
    """Reads a file of corrections and tells what became of each."""
    session = session_of(context)
    words = session.words
    content = file.read_text(encoding="utf-8-sig")
    found = archive.import_corrections(handle, content, now=datetime.now().astimezone(), path=str(file))
    if as_json:
        print_list(session, "imported", found)
    else:
        ids = [each.document.id if each.document else None for each in found]
        rows = [
            (number, each.named, each.field, said_words(each.value, words), each.status) for number, each in zip(ids, found, strict=True)
        ]
        if as_csv:
            print_sheet(context, IMPORTED_COLUMNS, rows)
        elif found:
            shown = [(*row[:4], words.term("correction", row[4])) for row in rows]
            print_table([words.say(f"column.{name}") for name in IMPORTED_COLUMNS], shown, right=(0,))
    counted = Counter(words.term("correction", each.status) for each in found)
    session.warn(words.say("corrections.imported", counts=", ".join(f"{name}: {count}" for name, count in counted.items()) or "0"))
    return of_answer(found)


def review(
    context: typer.Context,
    limit: Most = None,
    pictures: PictureFolder = None,
    opens: Opens = False,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """Goes through what was read with doubt, what most hangs on first; without a terminal it lists it."""
    session = session_of(context)
    now = datetime.now().astimezone()
    with opened(session, folder) as handle:
        found = archive.review_queue(handle, today=now.date())
        if as_json:
            print_list(session, "doubts", found[:limit], len(found))
        elif not found:
            session.warn(session.words.say("review.none"))
        elif not review_all(handle, found, limit, session, _pictures(pictures, opens)):
            print_doubts(found[:limit], len(found), session)
    return of_answer(found)


def _pictures(folder: Path | None, opens: bool) -> Pictures | None:
    """Where the pictures go: those that are only opened lie among the computer's temporary files, since what shows them needs them
    longer than this runs."""
    if folder is None and not opens:
        return None
    where = folder if folder is not None else Path(mkdtemp(prefix="kehoach-"))
    where.mkdir(parents=True, exist_ok=True)
    return Pictures(where, opens)
