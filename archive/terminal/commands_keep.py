"""Commands that change or verify an archive: add, remove, reindex, check."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

import archive
import kehoach_parser
from archive import values
from archive.terminal.answers import print_list, print_object, print_sheet
from archive.terminal.changes import tell_changes, tell_unit_changes
from archive.terminal.commands_parse import STDIN
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import Csv, Document, Folder, Heads, Json
from archive.terminal.page_progress import page_progress
from archive.terminal.paper import print_table
from archive.terminal.progress import Step, progress
from archive.terminal.session import Session, opened, session_of
from archive.terminal.shown import document_line, shorten
from archive.terminal.wording import error_object, reason

ADDED_COLUMNS = ("file", "status", "id", "symbol", "date", "subject", "code")
FINDING_COLUMNS = ("severity", "document", "code")
#: Up to so many files every file has its line in the table of `add`; of more only those that failed or are readings of a paper.
ALL_SHOWN = 60
#: So many names of files that were passed over are told.
SOME = 5


@dataclass(frozen=True, slots=True)
class _How:
    """How files are added: as documents of their own, as the pictures of one paper, by so many processes (None: all cores) or by a cluster,
    from where links of a folder lead to."""

    apart: bool
    as_one: bool
    jobs: int | None
    cluster: str | None
    follow_links: bool


def add(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="help.argument.paths", metavar="usage.metavar.paths")],
    replace: Annotated[str | None, typer.Option("--replace", help="help.option.replace", metavar="usage.metavar.document")] = None,
    apart: Annotated[bool, typer.Option("--apart", help="help.option.apart")] = False,
    as_one: Annotated[bool, typer.Option("--as-one", help="help.option.as-one")] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", help="help.option.jobs", metavar="usage.metavar.number", min=1)] = None,
    cluster: Annotated[str | None, typer.Option("--cluster", help="help.option.cluster", metavar="usage.metavar.address")] = None,
    follow_links: Annotated[bool, typer.Option("--follow-links", help="help.option.follow-links")] = False,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Add files and folders; with ``--replace DOC`` one file takes the place of a document."""
    session = session_of(context)
    if replace is not None and len(paths) != 1:
        raise typer.BadParameter(session.words.say("add.replace-one-file"), ctx=context)
    if as_one and (replace is not None or STDIN in paths):
        raise typer.BadParameter(session.words.say("add.as-one-files"), ctx=context)
    results: list[values.Added] = []
    changes: list[values.Change] = []
    doubtful: tuple[values.Doubtful, ...] = ()
    try:
        with opened(session, folder, create=replace is None) as handle:
            if replace is None:
                steps = _add(handle, paths, session, changes, _How(apart, as_one, jobs, cluster, follow_links))
            else:
                steps = _replace(handle, replace, paths[0], session, changes)
            with closing(steps):
                # Not in one go: what was done before an error or Ctrl-C is kept for the table.
                for result in steps:
                    results.append(result)
            doubtful = archive.doubtful_documents(handle, _read(results)) if results else ()
    except KeyboardInterrupt:
        session.warn(session.words.say("add.interrupted", count=sum(result.status == "added" for result in results)))
        return ExitCode.INTERRUPTED
    finally:
        # Told even when the disk filled up on the way: what was done by then is done.
        print_added(results, changes, context, as_json, as_csv)
    if not results:
        session.warn(session.words.say("add.nothing"))
    _tell_doubts(doubtful, len(_read(results)), session)
    if any(result.status == "waiting" for result in results):
        session.warn(session.words.say("add.waiting"))
    return ExitCode.COULD_NOT if unread(results) else of_answer(results)


def _read(results: Sequence[values.Added]) -> frozenset[int]:
    """The ids of the documents that were read in this run."""
    return frozenset(result.document.id for result in results if result.document and result.status in ("added", "replaced"))


def _tell_doubts(doubtful: Sequence[values.Doubtful], read: int, session: Session) -> None:
    """How many of the documents need a look, and why: "12 of 80: no symbol (3), doubtful date (5)"."""
    if doubtful:
        counted = Counter(code for each in doubtful for code in each.doubts)
        said = ", ".join(f"{session.words.term('doubt', code)} ({count})" for code, count in counted.most_common())
        session.warn(session.words.say("add.doubtful", count=len(doubtful), read=read, doubts=said))


def unread(results: Sequence[values.Added]) -> tuple[values.Added, ...]:
    """The files that are not in the archive now."""
    return tuple(result for result in results if result.status in ("failed", "waiting"))


def _replace(
    handle: archive.Archive, document: str, file: str, session: Session, changes: list[values.Change]
) -> Generator[values.Added, None, None]:
    with page_progress(session) as pages:
        yield archive.replace(handle, document, Path(file), now=datetime.now().astimezone(), changed=changes.append, pages=pages)


def _add(
    handle: archive.Archive, paths: Sequence[str], session: Session, changes: list[values.Change], how: _How
) -> Generator[values.Added, None, None]:
    now = datetime.now().astimezone()
    if STDIN in paths:
        with page_progress(session) as pages:
            yield from archive.add_bytes(handle, sys.stdin.buffer.read(), now=now, changed=changes.append, pages=pages, apart=how.apart)
    named = [Path(path) for path in paths if path != STDIN]
    files, unread, links = archive.find_files(named, follow_links=how.follow_links)
    for key, others in (("add.passed-over", unread), ("add.links-passed-over", links)):
        if others:
            names = ", ".join(kehoach_parser.printable_name(path.name) for path in others[:SOME]) + (" …" if len(others) > SOME else "")
            session.warn(session.words.say(key, count=len(others), names=names))
    if how.as_one:
        with page_progress(session) as pages:
            name, data = kehoach_parser.join_pictures(files)
            yield from archive.add_bytes(handle, data, name=name, now=now, changed=changes.append, pages=pages, apart=how.apart)
        return
    with progress(session.words.say("progress.add"), session.words) as step, page_progress(session) as pages:
        # A zip file gives several results, so that the files are counted as they are begun.
        begun = _counted(files, step)
        yield from archive.add_files(
            handle, begun, now=now, changed=changes.append, pages=pages, apart=how.apart, jobs=how.jobs, cluster=how.cluster
        )


def _counted(files: Sequence[Path], step: Step) -> Iterator[Path]:
    for done, file in enumerate(files):
        step(done, len(files))
        yield file
    step(len(files), len(files))


def print_added(
    results: Sequence[values.Added], changes: Sequence[values.Change], context: typer.Context, as_json: bool, as_csv: bool
) -> None:
    """What became of each file, as a table, JSON (with the error that ended the run before its end) or CSV, how many of each on the last
    line, and what citations mean now."""
    session = session_of(context)
    words = session.words
    if as_json:
        ended = sys.exception()
        print_list(session, "files", results, changes=changes, error=error_object(ended, words) if ended else None)
    elif results:
        _print_files(results, context, as_csv)
    statuses = ("added", "present", "restored", "copy", "version", "replaced", "waiting", "failed")
    counts = {status: sum(result.status == status for result in results) for status in statuses}
    said = [words.say("add.count", status=words.term("status", status), count=count) for status, count in counts.items() if count]
    if said:
        session.warn(words.say("add.summary", counts=", ".join(said)))
    tell_changes(changes, session)


def _print_files(results: Sequence[values.Added], context: typer.Context, as_csv: bool) -> None:
    """The files as a table or as CSV."""
    session = session_of(context)
    words = session.words
    if as_csv:
        rows = []
        for result in results:
            document = result.document
            known = (document.id, document.symbol, document.date, document.subject) if document else (None,) * 4
            rows.append((result.path, result.status, *known, result.code))
        print_sheet(context, ADDED_COLUMNS, rows)
    else:
        shown = results if len(results) <= ALL_SHOWN else [result for result in results if result.status not in ("added", "present")]
        if shown:
            headings = [words.say(f"column.{name}") for name in ("file", "status", "id", "symbol", "remark")]
            print_table(headings, [_added_row(result, session) for result in shown])


def _added_row(result: values.Added, session: Session) -> tuple[object, ...]:
    words = session.words
    name = result.path or words.say("parse.stdin")
    document = result.document
    remark = shorten(document.subject or document.name) if document else ""
    if document and result.status in ("copy", "version"):
        remark = _twin_words(result, document, session)
    if result.facts.get("mended"):
        remark = words.say("add.mended")
    if result.code is not None:
        remark = reason(result.code, {"name": name, **result.facts}, words)
    return name, words.term("status", result.status), document.id if document else None, document.symbol if document else None, remark


def _twin_words(result: values.Added, document: values.Document, session: Session) -> str:
    """That a file is another reading of a paper, which of them answers, and what changed: "kept as version 2 beside a.docx …"."""
    words = session.words
    facts = result.facts
    said = words.say(f"twin.{result.status}", document=document_line(document, words).plain, file=facts["file"], number=facts["number"])
    changed = [words.say(f"diff.{part}", count=facts[part]) for part in ("head", "outline", "duties", "citations") if facts[part]]
    if changed:
        said += words.say("twin.changed", what=", ".join(changed), document=document.id)
    key = "twin.answers" if facts["answers"] == facts["number"] else "twin.stays"
    return said + words.say(key)


def remove(context: typer.Context, document: Document, folder: Folder = None, as_json: Json = False) -> ExitCode:
    """Take a document with its history out of the archive."""
    session = session_of(context)
    changes: list[values.Change] = []
    with opened(session, folder) as handle:
        removed = archive.remove(handle, document, now=datetime.now().astimezone(), changed=changes.append)
        if as_json:
            print_list(session, "documents", [removed], changes=changes)
        session.warn(session.words.say("remove.done", document=document_line(removed, session.words).plain))
        tell_changes(changes, session)
    return ExitCode.ANSWER


def reindex(
    context: typer.Context,
    reread: Annotated[bool, typer.Option("--reread", help="help.option.reread")] = False,
    engine: Annotated[str | None, typer.Option("--engine", help="help.option.engine", metavar="usage.metavar.engine")] = None,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """Build the full-text index anew from the database; with ``--reread`` as `reparse --yes` first."""
    session = session_of(context)
    words = session.words
    changes: list[values.Change] = []
    again = 0
    with opened(session, folder, mend=()) as handle:
        if reread:
            now = datetime.now().astimezone()
            with progress(words.say("progress.reread"), words) as step:
                again = len(list(archive.reparse(handle, now=now, changed=changes.append, progress=step)))
        with progress(words.say("progress.reindex"), words) as step:
            count = archive.reindex(handle, step, engine=engine)
    if as_json:
        print_object(session, {"indexed": count, "reread": again, "changes": changes})
    tell_changes(changes, session)
    if reread:
        session.warn(words.say("reparse.done", count=again))
    session.warn(words.say("reindex.done", count=count))
    return ExitCode.ANSWER


def resolve(context: typer.Context, folder: Folder = None, as_json: Json = False) -> ExitCode:
    """Read the alias file again and decide anew which document each citation means, which unit each duty has; prints what changed."""
    session = session_of(context)
    with opened(session, folder) as handle:
        changes = archive.resolve_everything(handle, now=datetime.now().astimezone())
    cited = tuple(change for change in changes if isinstance(change, values.Change))
    units = tuple(change for change in changes if isinstance(change, values.UnitChange))
    if as_json:
        print_list(session, "changes", cited, units=units)
    tell_changes(cited, session)
    tell_unit_changes(units, session)
    session.warn(session.words.say("resolve.done", changes=sum(change.count for change in cited)))
    return ExitCode.ANSWER


def check(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="help.option.repair")] = False,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Whether database, index and sources agree; with ``--repair`` what can be mended is."""
    session = session_of(context)
    words = session.words
    mended: tuple[values.Finding, ...] = ()
    with opened(session, folder, mend=()) as handle, progress(words.say("progress.check"), words) as step:
        if repair:
            mended, findings = archive.repair(handle, now=datetime.now().astimezone(), progress=step)
        else:
            findings = archive.check(handle, step)
    if as_json:
        print_list(session, "findings", findings, **({"mended": mended} if repair else {}))
    elif as_csv:
        print_sheet(context, FINDING_COLUMNS, [(found.level, found.document_id, found.code) for found in findings])
    elif findings:
        _print_findings(findings, session)
    if repair:
        session.warn(words.say("check.mended", count=len(mended)))
    errors = sum(found.level == "error" for found in findings)
    session.warn(words.say("check.bad", errors=errors) if errors else words.say("check.good", notes=len(findings)))
    return ExitCode.COULD_NOT if errors else ExitCode.ANSWER


def _print_findings(findings: Sequence[values.Finding], session: Session) -> None:
    words = session.words
    headings = [words.say(f"column.{name}") for name in ("level", "document", "finding")]
    told = [reason(found.code, found.facts, words, "finding") for found in findings]
    print_table(headings, [(words.term("level", found.level), found.document_id, said) for found, said in zip(findings, told, strict=True)])
