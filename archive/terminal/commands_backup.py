"""What keeps an archive for decades: `kehoach backup`, `restore-backup`, `move` and `reparse`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_list, print_object, print_sheet
from archive.terminal.asking import agreed
from archive.terminal.changes import tell_changes
from archive.terminal.exit_codes import ExitCode
from archive.terminal.options import Csv, Folder, Heads, Json, Yes
from archive.terminal.paper import print_table
from archive.terminal.progress import progress
from archive.terminal.session import Session, opened, placed, session_of
from archive.terminal.shown import document_name

REPARSED_COLUMNS = ("id", "symbol", "file", "version", "kind", "gained", "lost")
_MEGABYTE = 1_000_000


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="help.argument.backup", metavar="usage.metavar.file")],
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """Write the whole archive into one file, and read it back."""
    session = session_of(context)
    with opened(session, folder, mend=()) as handle:
        made = archive.back_up(handle, file, now=datetime.now().astimezone())
    _tell(made, "backup.done", session, as_json)
    if made.missing:
        session.warn(session.words.say("backup.missing", count=len(made.missing), names=", ".join(made.missing[:5])))
    return ExitCode.ANSWER


def restore_backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="help.argument.backup", metavar="usage.metavar.file")],
    target: Annotated[str, typer.Argument(help="help.argument.backup-folder", metavar="usage.metavar.folder")],
    as_json: Json = False,
) -> ExitCode:
    """Make an archive of a backup, in an empty folder or an empty database."""
    session = session_of(context)
    place = placed(target)
    _tell(archive.restore_backup(file, place), "backup.restored", session, as_json, folder=archive.place_name(place))
    return ExitCode.ANSWER


def move(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="help.argument.move-source", metavar="usage.metavar.folder")],
    target: Annotated[str, typer.Argument(help="help.argument.move-target", metavar="usage.metavar.folder")],
    as_json: Json = False,
) -> ExitCode:
    """Copy an archive to another database, from SQLite to PostgreSQL or back, and compare every table."""
    session = session_of(context)
    words = session.words
    with opened(session, source, mend=()) as handle:
        moved = archive.move(handle, placed(target))
    if as_json:
        print_object(session, {"moved": moved})
    rows = {table.name: table.rows for table in moved.tables}
    counts = {"documents": rows["documents"], "rows": sum(rows.values()), "tables": len(rows), "files": moved.files}
    session.warn(words.say("move.done", source=moved.source, target=moved.target, **counts))
    return ExitCode.ANSWER


def _tell(made: values.Backup, key: str, session: Session, as_json: bool, **facts: str) -> None:
    if as_json:
        print_object(session, {"backup": made})
    size = f"{made.size / _MEGABYTE:.1f}"
    counts = {"documents": made.documents, "files": made.files, "made_at": str(made.made_at)[:16]}
    session.warn(session.words.say(key, path=made.path, size=size, **counts, **facts))


def reparse(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="help.option.reparse-all")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="help.option.dry-run")] = False,
    yes: Yes = False,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Read again what an older version of the program read: shows gains and losses, asks, then takes it."""
    session = session_of(context)
    words = session.words
    changes: list[values.Change] = []
    now = datetime.now().astimezone()
    with opened(session, folder) as handle:

        def read(apply: bool) -> list[values.Reparsed]:
            with progress(words.say("progress.reread"), words) as step:
                told = changes.append if apply else None
                return list(archive.reparse(handle, now=now, apply=apply, everything=everything, changed=told, progress=step))

        found = read(apply=yes and not dry_run)
        _print_reparsed(found, context, as_json, as_csv, changes)
        if not dry_run and not yes and found:
            if not agreed(context, session, words.say("reparse.ask", count=len(found)), yes=False):
                return ExitCode.ANSWER
            read(apply=True)
    tell_changes(changes, session)
    session.warn(words.say("reparse.none" if not found else "reparse.would" if dry_run else "reparse.done", count=len(found)))
    return ExitCode.ANSWER


def _print_reparsed(
    found: Sequence[values.Reparsed], context: typer.Context, as_json: bool, as_csv: bool, changes: Sequence[values.Change]
) -> None:
    """A line for each document that says something else now; then what that is, by kind, in all."""
    session = session_of(context)
    words = session.words
    if as_json:
        print_list(session, "documents", found, changes=changes)
        return
    rows = [(one.document, one.version, gain.kind, len(gain.gained), len(gain.lost)) for one in found for gain in one.gains]
    if as_csv:
        print_sheet(context, REPARSED_COLUMNS, [(d.id, d.symbol, d.name, *rest) for d, *rest in rows])
        return
    if rows:
        headings = [words.say(f"column.{name}") for name in ("document", "version", "kind", "gained", "lost")]
        shown = [(document_name(d), version, words.term("gain", kind), gained, lost) for d, version, kind, gained, lost in rows]
        print_table(headings, shown, right=(3, 4))
    gained, lost = Counter[str](), Counter[str]()
    for _, _, kind, more, less in rows:
        gained[kind] += more
        lost[kind] += less
    for kind in sorted(gained | lost):
        session.warn(words.say("reparse.kind", kind=words.term("gain", kind), gained=gained[kind], lost=lost[kind]))
    session.warn(words.say("reparse.same", count=sum(not one.gains for one in found), total=len(found)))
