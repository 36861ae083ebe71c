"""Reading documents again that an earlier version of the program read, from what the archive keeps of them.

Each document is a transaction of its own and bears afterwards who read it, so that an interrupted run goes on where it was. A text is read
again from its kept file where the reader is a newer one, and is taken as it is stored where there is no file or it cannot be read now.

In the journal a run is one entry (RUN) before those of its documents, which name it: it is undone as one, or a document of it alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from archive.amend.laying import as_it_is
from archive.ask.documents import get_document
from archive.errors import ChangedSince, PlanDamaged
from archive.fulltext.indexing import Progress, exchange
from archive.keep.trash import later_change
from archive.resolve.overlay import resolve_pending, resolve_versions, touched_blocks
from archive.store.changes import mark_read, named, parser_version, read_as_before, reread_version, rewrite_text
from archive.store.database import translated, writing
from archive.store.former_readings import packed_reading
from archive.store.handle import Archive
from archive.store.journal import PART_OF, before_of, in_run, is_gone, note, parts_of
from archive.store.originals import read_original
from archive.store.pages import KeptPages
from archive.store.projection import header_columns, project
from archive.store.tables import AssignmentRow, CitationRow, ContentRow, DateRow, NodeRow, VersionRow
from archive.store.unit_aliases import TaughtUnits
from archive.store.versions import current_version, documents_by_version, plan_of, text_hash
from archive.values.citations import Change
from archive.values.documents import Document, Fact
from archive.values.work import Entry, Gain, Reparsed
from kehoach_parser import Plan, ReadError, ReadOptions, Text, model_stamp, plan_to_json

ACTION = "reparse"
#: The action of a whole run.
RUN = "reparse-run"
_Parse = Callable[[Text], Plan]

#: What is compared of two plans: of each kind the rows that both do not have, by what they say and not by where they stand.
_KINDS = {
    "nodes": (NodeRow, ("path", "heading")),
    "citations": (CitationRow, ("raw", "document_key")),
    "dates": (DateRow, ("raw", "value", "role")),
    "duties": (AssignmentRow, ("unit", "role", "task", "recurs")),
}
_HEAD = ("type", "symbol", "date", "organ", "parent_organ", "place", "subject", "signer")


def read_by_older(archive: Archive, *, without_tasks: bool = False) -> tuple[Document, ...]:
    """The documents that an older version of the program read, or an older model of its restorer; with ``without_tasks`` those alone whose
    duties have one row each, not one for each task."""
    condition = VersionRow.without_tasks if without_tasks else _older()
    with translated(archive.database), archive.engine.connect() as connection:
        there = connection.scalars(select(VersionRow.id).where(VersionRow.current, condition)).all()
        return tuple(sorted(documents_by_version(connection, there).values(), key=lambda one: one.id)) if there else ()


def reparse(
    archive: Archive,
    *,
    now: datetime,
    apply: bool = True,
    everything: bool = False,
    parse: _Parse | None = None,
    changed: Callable[[Change], None] | None = None,
    progress: Progress | None = None,
) -> Iterator[Reparsed]:
    """Reads the documents of `read_by_older` again (``everything``: all), one by one, and yields what each gains and loses by that. Without
    ``apply`` it only says so. What was read by the time it is stopped stays read.

    ``changed`` is told which citations mean something else now. Raises ArchiveLocked, NoPermission, DiskFull.
    """
    from kehoach_parser import parse as parse_text

    query = select(VersionRow.document_id).where(VersionRow.current, *(() if everything else (_older(),)))
    with translated(archive.database), archive.engine.connect() as connection:
        documents = tuple(connection.scalars(query.order_by(VersionRow.document_id)))
    if apply:
        resolve_pending(archive)
    run: int | None = None
    for number, document_id in enumerate(documents, 1):
        reparsed, changes, run = _reread(archive, document_id, parse or parse_text, now, apply, run)
        for change in changes:
            if changed is not None:
                changed(change)
        if progress is not None:
            progress(number, len(documents))
        yield reparsed


def read_anew(archive: Archive, document_id: int, *, now: datetime) -> None:
    """Reads one document again whatever read it: to mend what is stored of it."""
    from kehoach_parser import parse

    _reread(archive, document_id, parse, now, apply=True)  # mended by itself: a run of one


def _older() -> ColumnElement[bool]:
    version = parser_version()
    read = (VersionRow.parser_version, version), (VersionRow.reader_version, version), (VersionRow.model, model_stamp())
    return or_(*(or_(column.is_(None), column != now) for column, now in read))


def _reread(
    archive: Archive, document_id: int, parse: _Parse, now: datetime, apply: bool, run: int | None = None
) -> tuple[Reparsed, tuple[Change, ...], int | None]:
    """Reads a document again as part of a run; returns the number of the run, which the first that says something else begins."""
    with translated(archive.database), archive.engine.connect() as connection:
        version_id = current_version(connection, document_id)
    stored, before, by = _stored(archive, version_id)
    text = _read(archive, version_id, stored, by[1])
    plan = parse(text)
    after = plan_to_json(plan)
    result = Reparsed(get_document(archive, document_id), by[0], text.content != stored.content, _gains(before, stored, plan, text))
    changes: tuple[Change, ...] = ()
    if not apply:
        return result, changes, run
    same = before is not None and plan_to_json(before) == after and not result.text
    with translated(archive.database), writing(archive.engine).begin() as connection:
        if not same:
            touched = touched_blocks(connection, [version_id])
            kept = before_of_reading(connection, version_id) if before is not None else {}  # a damaged plan is nothing to go back to
            if result.text:
                rewrite_text(connection, version_id, text)
            reread_version(connection, version_id, plan)
            facts = {each.kind: f"+{len(each.gained)} -{len(each.lost)}" for each in result.gains}
            run = in_run(connection, archive, now, RUN, run)
            told = {**named(connection, version_id), **facts, PART_OF: run}
            note(connection, archive, now, ACTION, document_id, facts=told, before=kept)
            changes = resolve_versions(connection, [version_id], also=touched)
        mark_read(connection, version_id, text)
    if not same:
        exchange(archive, [], [version_id])
    return result, changes, run


def before_of_reading(connection: Connection, version_id: int) -> dict[str, Any]:
    """What the journal keeps of a version that is read again: enough to go back to what was read before."""
    return {"version": version_id, "reading": packed_reading(connection, version_id)}


def undo_reparse(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """Goes back to what was read of a document before; what people corrected and said of its duties lies over that. Raises ChangedSince
    where another version answers by now, or it was read once more."""
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        _refuse(connection, entry)
        touched = _go_back(connection, archive, entry, before, now)
        changes = resolve_versions(connection, [before["version"]], also=touched)
    exchange(archive, [], [before["version"]])
    return changes


def undo_run(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """Goes back to what was read before a whole run, of all its documents at once; those that went back by themselves stay. Those on which
    a later change stands are left as they are, too; raises ChangedSince where that is so of all."""
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        parts = [part for part in parts_of(connection, entry.id) if before_of(connection, part.id)]
        free = [part for part in parts if _stands_on(connection, part) is None]
        for part in parts[:1] if not free else ():
            _refuse(connection, part)
        run: int | None = None
        versions: list[int] = []
        touched: set[str] = set()
        for part in free:
            run = in_run(connection, archive, now, RUN, run, left=len(parts) - len(free))
            kept = before_of(connection, part.id)
            touched |= _go_back(connection, archive.undoing(part.id), part, kept, now, {PART_OF: run})
            versions.append(kept["version"])
        changes = resolve_versions(connection, versions, also=touched)
    exchange(archive, [], versions)
    return changes


def is_undoable(connection: Connection, entry: Entry) -> bool:
    """Whether something is kept to go back to: not where an older program read again, or what had been read was damaged."""
    parts = (entry,) if entry.action == ACTION else parts_of(connection, entry.id)
    return any(before_of(connection, part.id) and not is_gone(connection, part.document_id) for part in parts)


def _stands_on(connection: Connection, entry: Entry) -> int | None:
    return later_change(connection, entry, entry.document_id or 0, also=(ACTION,))


def _refuse(connection: Connection, entry: Entry) -> None:
    if (found := _stands_on(connection, entry)) is not None:
        raise ChangedSince(entry=entry.id, later=found)


def _go_back(
    connection: Connection, archive: Archive, entry: Entry, before: dict[str, Any], now: datetime, facts: Mapping[str, Fact] | None = None
) -> set[str]:
    """Puts the reading before in the place of a version's; returns what its citations touched. They are to be resolved."""
    version_id = before["version"]
    touched = touched_blocks(connection, [version_id])
    kept = before_of_reading(connection, version_id)
    read_as_before(connection, version_id, before["reading"])
    note(connection, archive, now, ACTION, entry.document_id, facts={**named(connection, version_id), **(facts or {})}, before=kept)
    return touched


def _stored(archive: Archive, version_id: int) -> tuple[Text, Plan | None, tuple[str, str | None]]:
    """A version's text as it is stored, its plan (None where it is damaged), and which parser and reader made them."""
    columns = (ContentRow.text, VersionRow.name, VersionRow.sha256, VersionRow.media_type, ContentRow.pages, ContentRow.notes)
    query = select(*columns, ContentRow.plan, VersionRow.parser_version, VersionRow.reader_version, VersionRow.text_sha256)
    joined = query.join(VersionRow, VersionRow.id == ContentRow.version_id).where(VersionRow.id == version_id)
    with translated(archive.database), archive.engine.connect() as connection:
        content, name, sha256, media_type, pages, notes, plan, parser, reader, digest = connection.execute(joined).one()
    text = Text(content, name, sha256, media_type, tuple(pages), tuple(notes))
    try:
        before: Plan | None = plan_of(plan, version_id)
    except PlanDamaged:
        before = None
    # A text that is not what was read is to be read from its file again, whatever the reader.
    return text, before, (parser, reader if text_hash(text) == digest else None)


def _read(archive: Archive, version_id: int, stored: Text, reader: str | None) -> Text:
    """The text as the reader of today reads the kept file; as it is stored where the same reader read it, or it cannot be read now. Of the
    same text the file's is taken: it knows of pages and of OCR's repairs."""
    from kehoach_parser import read_bytes

    data = read_original(archive, stored.sha256)
    if data is None:
        return stored
    try:
        again = read_bytes(data, stored.name, ReadOptions(pages=KeptPages(archive)))
    except ReadError:  # a program that is no longer installed
        return stored
    if again.content == stored.content:
        return again
    return stored if reader == parser_version() or not again.content.strip() or _elsewhere(archive, version_id, again) else again


def _elsewhere(archive: Archive, version_id: int, text: Text) -> bool:
    """Whether another version holds this text: it would be there twice."""
    with translated(archive.database), archive.engine.connect() as connection:
        there = connection.scalar(select(VersionRow.id).where(VersionRow.text_sha256 == text_hash(text)))
    return there not in (None, version_id)


def _gains(before: Plan | None, old: Text, after: Plan, new: Text) -> tuple[Gain, ...]:
    """What one plan says and the other does not, by kind."""
    was, now = (_said(plan, text) if plan is not None else {} for plan, text in ((before, old), (after, new)))
    found = (
        Gain(kind, *(tuple((one.get(kind, Counter()) - other.get(kind, Counter())).elements()) for one, other in ((now, was), (was, now))))
        for kind in ("head", *_KINDS)
    )
    return tuple(each for each in found if each.gained or each.lost)


def _said(plan: Plan, text: Text) -> dict[str, Counter[str]]:
    columns = header_columns(plan)
    rows = project(as_it_is(plan, text.content), 0, TaughtUnits(), "")
    head = Counter(f"{name}: {columns[name]}" for name in _HEAD if columns.get(name))
    return {"head": head} | {kind: Counter(_line(row, names) for row in rows.get(table, ())) for kind, (table, names) in _KINDS.items()}


def _line(row: dict[str, Any], names: tuple[str, ...]) -> str:
    """What a row says, on one line."""
    return " | ".join(" ".join(str(row[name]).split()) for name in names if row[name] is not None)
