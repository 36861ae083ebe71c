"""Keeping database, index and sources in agreement: what does not agree is found, and mended as far as the archive itself knows how."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, text

from archive.amend.laying import Laid
from archive.common.paths import path_from
from archive.errors import IndexBroken, PlanDamaged
from archive.fulltext.engines import engine_of
from archive.fulltext.indexing import Progress, choose_engine, fulltext, rebuild, rebuild_index
from archive.fulltext.stamps import stamps_agree
from archive.keep.reparsing import read_anew
from archive.resolve.overlay import resolve_everything, resolve_pending
from archive.store.changes import project_again
from archive.store.corrections import corrections_of, laid_over
from archive.store.database import translated
from archive.store.duty_ids import stored_identity
from archive.store.handle import Archive
from archive.store.originals import keep_original, kept_originals, original_path, read_original
from archive.store.projection import header_columns, project
from archive.store.tables import ContentRow, VersionRow
from archive.store.taught_units import stored_units
from archive.store.versions import current_versions, plan_of
from archive.store.work_tables import CorrectedRow, CorrectionRow, PendingRow
from archive.values.documents import Finding
from kehoach_parser import plan_to_json


def reindex(archive: Archive, progress: Progress | None = None, *, engine: str | None = None) -> int:
    """Makes everything derived anew: the projected rows from the Plan JSON, the full-text index from the texts, the resolution of
    citations; returns the number of documents. ``engine`` (whoosh | tantivy) is the one that the index has from now on.

    What `check` finds under rows-disagree, not-indexed, index-extra, index-foreign and index-broken is mended by this. Raises
    UnknownEngine, EngineMissing.
    """
    if engine is not None and engine != engine_of(archive):
        choose_engine(archive, engine)
    count = rebuild(archive, progress)
    resolve_everything(archive, aliases=False)
    return count


def check(archive: Archive, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Where database, projected rows, index, kept files and source files disagree; empty when all is well. Changes nothing."""
    findings: list[Finding] = []
    version_ids = current_versions(archive)
    with translated(archive.database), archive.engine.connect() as connection:
        findings.extend(_database(connection))
        for number, version_id in enumerate(version_ids, 1):
            findings.extend(_version(connection, version_id))
            if progress is not None:
                progress(number, len(version_ids))
        findings.extend(_originals(archive, connection))
        findings.extend(_index(archive, connection))
    return tuple(findings)


def repair(archive: Archive, *, now: datetime, progress: Progress | None = None) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Mends what `check` finds; returns what was mended, and what is left: the kept files and the database itself cannot be made of
    anything else, unless the source file still lies where it was.

    A stored plan that cannot be read is read anew from its text, a text that was altered from its file; rows and index are made anew.
    """
    found = check(archive, progress)
    versions = {finding.document_id for finding in found if finding.code in _READ_ANEW}
    for document_id in sorted(each for each in versions if each is not None):
        read_anew(archive, document_id, now=now)
    for document_id in sorted({each.document_id for each in found if each.code == "rows-disagree" and each.document_id is not None}):
        _project(archive, document_id)
    for finding in found:
        if finding.code in ("original-damaged", "original-missing"):
            _from_source(archive, str(finding.facts["sha256"]))
    if any(finding.code in _OF_INDEX for finding in found):
        rebuild_index(archive)
    resolve_pending(archive)
    left = check(archive)
    return tuple(each for each in found if each not in left), left


#: What is mended by reading a document anew, and by making the index anew.
_READ_ANEW = ("plan-unreadable", "plan-text-mismatch")
_OF_INDEX = ("not-indexed", "index-extra", "index-broken", "index-foreign")


def _project(archive: Archive, document_id: int) -> None:
    with translated(archive.database), archive.engine.connect() as connection:
        version_id = connection.scalar(select(VersionRow.id).where(VersionRow.current, VersionRow.document_id == document_id))
    if version_id is not None:
        project_again(archive, version_id)


def _from_source(archive: Archive, sha256: str) -> None:
    """Keeps a file again that still lies where it was added from, if it is the same."""
    with translated(archive.database), archive.engine.connect() as connection:
        row = connection.execute(select(VersionRow.path, VersionRow.name).where(VersionRow.sha256 == sha256)).first()
    data = _bytes_at(row.path) if row is not None and row.path is not None else None
    if data is not None and hashlib.sha256(data).hexdigest() == sha256:
        keep_original(archive, data, row.name if row is not None else None)


def _bytes_at(path: str) -> bytes | None:
    try:
        return path_from(path).read_bytes()
    except OSError:
        return None


def _database(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name != "sqlite":
        return
    for (message,) in connection.execute(text("PRAGMA integrity_check")):
        if message != "ok":
            yield Finding("error", "database-damaged", None, {"detail": str(message)})
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Finding("error", "foreign-key", None, {"table": str(table), "row": row, "parent": str(parent)})


def _version(connection: Connection, version_id: int) -> Iterator[Finding]:
    version = connection.execute(select(*VersionRow.__table__.columns).where(VersionRow.id == version_id)).one()
    content = connection.execute(select(ContentRow.text, ContentRow.plan).where(ContentRow.version_id == version_id)).first()
    document_id = version.document_id
    if content is None:
        yield Finding("error", "plan-unreadable", document_id, {"detail": "no content"})
        return
    try:
        plan = plan_of(content.plan, version_id)
        corrections, laid = laid_over(connection, version_id)
    except PlanDamaged as error:
        yield Finding("error", "plan-unreadable", document_id, {"detail": str(error.facts["detail"])})
        return
    if plan.source.length != len(content.text) or hashlib.sha256(content.text.encode()).hexdigest() != version.text_sha256:
        yield Finding("error", "plan-text-mismatch", document_id)
        return
    if corrections:
        yield from _disagreeing(connection, version_id, document_id, laid)
    if any(version._mapping[name] != value for name, value in header_columns(laid.plan).items()):
        yield Finding("error", "rows-disagree", document_id, {"table": VersionRow.__table__.name})
    identity = stored_identity(connection, document_id)
    for table, rows in project(laid, version_id, stored_units(connection), identity).items():
        stored: Any = connection.execute(select(*table.__table__.columns).where(table.version_id == version_id).order_by(table.ordinal))
        if [dict(row._mapping) for row in stored] != rows:
            yield Finding("error", "rows-disagree", document_id, {"table": table.__table__.name})
    yield from _source(document_id, version.path, version.sha256)


def _disagreeing(connection: Connection, version_id: int, document_id: int, laid: Laid) -> Iterator[Finding]:
    """Where what is stored of the corrections is not what they make of the version."""
    row = connection.execute(select(CorrectedRow.text, CorrectedRow.plan).where(CorrectedRow.version_id == version_id)).first()
    if (row.text, row.plan) != (laid.text, plan_to_json(laid.plan)) if row is not None else laid.changed:
        yield Finding("error", "rows-disagree", document_id, {"table": CorrectedRow.__table__.name})
    stored = [(one.state, one.ordinal) for one in corrections_of(connection, document_id)]
    if stored != [(outcome.state, outcome.ordinal) for outcome in laid.outcomes]:
        yield Finding("error", "rows-disagree", document_id, {"table": CorrectionRow.__table__.name})


def _source(document_id: int, path: str | None, sha256: str) -> Iterator[Finding]:
    if path is None:
        return
    data = _bytes_at(path)
    if data is None:
        yield Finding("note", "source-gone", document_id, {"path": path})
    elif hashlib.sha256(data).hexdigest() != sha256:
        yield Finding("note", "source-changed", document_id, {"path": path})


def _originals(archive: Archive, connection: Connection) -> Iterator[Finding]:
    """The kept files of all versions, those in the history and in the trash too. A document that was added as text has no file of its own:
    one is missed only where the version came from a file."""
    columns = (VersionRow.document_id, VersionRow.sha256, VersionRow.path, VersionRow.name)
    needed: set[str] = set(connection.scalars(select(PendingRow.sha256)))
    for row in connection.execute(select(*columns).order_by(VersionRow.document_id, VersionRow.number)):
        needed.add(row.sha256)
        yield from _original(archive, row)
    orphans = [path for path in kept_originals(archive) if path.name not in needed]
    if orphans:
        yield Finding("note", "original-orphaned", None, {"count": len(orphans), "path": str(orphans[0])})


def _original(archive: Archive, row: Row[*tuple[Any, ...]]) -> Iterator[Finding]:
    path = original_path(archive, row.sha256)
    facts = {"path": str(path), "name": row.name or row.sha256[:12], "sha256": row.sha256}
    if path.exists():
        if read_original(archive, row.sha256) is None:
            yield Finding("error", "original-damaged", row.document_id, facts)
    elif row.path is not None and _kept_files(archive):
        yield Finding("error", "original-missing", row.document_id, facts)


def _kept_files(archive: Archive) -> bool:
    """Whether the archive keeps files: those of before 2026 and those that are filled with texts alone do not."""
    return original_path(archive, "00").parent.parent.is_dir()


def _index(archive: Archive, connection: Connection) -> Iterator[Finding]:
    if not stamps_agree(archive):
        yield Finding("error", "index-foreign", None)
        return
    try:
        there = fulltext(archive).keys()
    except IndexBroken as error:
        yield Finding("error", "index-broken", None, dict(error.facts))
        return
    query = select(VersionRow.id, VersionRow.document_id, VersionRow.indexed).where(VersionRow.current)
    current = connection.execute(query.order_by(VersionRow.document_id)).all()
    for row in current:
        if row.id not in there or not row.indexed:
            yield Finding("error", "not-indexed", row.document_id)
    extra = there - {row.id for row in current}
    if extra:
        yield Finding("error", "index-extra", None, {"count": len(extra)})
