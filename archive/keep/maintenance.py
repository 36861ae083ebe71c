"""Keeping database, index and sources in agreement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, text

from archive.amend.laying import Laid
from archive.common.paths import path_from
from archive.errors import IndexBroken
from archive.fulltext.indexing import Progress, choose_engine, engine_of, fulltext, rebuild
from archive.resolve.overlay import resolve_everything
from archive.store.corrections import corrections_of, laid_over
from archive.store.database import translated
from archive.store.duty_ids import stored_identity
from archive.store.handle import Archive
from archive.store.originals import original_path, read_original
from archive.store.projection import header_columns, project
from archive.store.tables import ContentRow, VersionRow
from archive.store.taught_units import stored_units
from archive.store.versions import current_versions
from archive.store.work_tables import CorrectedRow, CorrectionRow
from archive.values.documents import Finding
from kehoach_parser import plan_from_json, plan_to_json


def reindex(archive: Archive, progress: Progress | None = None, *, engine: str | None = None) -> int:
    """Makes everything derived anew: the projected rows from the Plan JSON, the full-text index from the texts, the resolution of
    citations; returns the number of documents. ``engine`` (whoosh | tantivy) is the one that the index has from now on.

    What `check` finds under rows-disagree, not-indexed, index-extra and index-broken is mended by this. Raises UnknownEngine,
    EngineMissing.
    """
    if engine is not None and engine != engine_of(archive):
        choose_engine(archive, engine)
    count = rebuild(archive, progress)
    resolve_everything(archive, aliases=False)
    return count


def check(archive: Archive, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Where database, projected rows, index and source files disagree; empty when all is well. Changes nothing."""
    findings: list[Finding] = []
    version_ids = current_versions(archive)
    with translated(archive.database), archive.engine.connect() as connection:
        findings.extend(_database(connection))
        for number, version_id in enumerate(version_ids, 1):
            findings.extend(_version(archive, connection, version_id))
            if progress is not None:
                progress(number, len(version_ids))
        findings.extend(_index(archive, connection))
    return tuple(findings)


def _database(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name != "sqlite":
        return
    for (message,) in connection.execute(text("PRAGMA integrity_check")):
        if message != "ok":
            yield Finding("error", "database-damaged", None, {"detail": str(message)})
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Finding("error", "foreign-key", None, {"table": str(table), "row": row, "parent": str(parent)})


def _version(archive: Archive, connection: Connection, version_id: int) -> Iterator[Finding]:
    version = connection.execute(select(*VersionRow.__table__.columns).where(VersionRow.id == version_id)).one()
    content = connection.execute(select(ContentRow.text, ContentRow.plan).where(ContentRow.version_id == version_id)).first()
    document_id = version.document_id
    if content is None:
        yield Finding("error", "plan-unreadable", document_id, {"detail": "no content"})
        return
    try:
        plan = plan_from_json(content.plan)
        corrected = _corrected(connection, version_id)
    except (ValueError, TypeError, KeyError) as error:
        yield Finding("error", "plan-unreadable", document_id, {"detail": str(error)})
        return
    if plan.source.length != len(content.text) or hashlib.sha256(content.text.encode()).hexdigest() != version.text_sha256:
        yield Finding("error", "plan-text-mismatch", document_id)
        return
    words = content.text
    if corrected is not None:
        yield from _disagreeing(connection, version_id, document_id, corrected)
        words, plan = corrected.text, corrected.plan
    if any(version._mapping[name] != value for name, value in header_columns(plan).items()):
        yield Finding("error", "rows-disagree", document_id, {"table": VersionRow.__table__.name})
    identity = stored_identity(connection, document_id)
    for table, rows in project(plan, words, version_id, stored_units(connection), identity).items():
        stored: Any = connection.execute(select(*table.__table__.columns).where(table.version_id == version_id).order_by(table.ordinal))
        if [dict(row._mapping) for row in stored] != rows:
            yield Finding("error", "rows-disagree", document_id, {"table": table.__table__.name})
    yield from _source(document_id, version.path, version.sha256)
    yield from _original(archive, document_id, version.sha256)


def _corrected(connection: Connection, version_id: int) -> Laid | None:
    """What a version says with the corrections of its document, laid anew; None where there are none."""
    corrections, laid = laid_over(connection, version_id)
    return laid if corrections else None


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
    try:
        data = path_from(path).read_bytes()
    except OSError:
        yield Finding("note", "source-gone", document_id, {"path": path})
        return
    if hashlib.sha256(data).hexdigest() != sha256:
        yield Finding("note", "source-changed", document_id, {"path": path})


def _original(archive: Archive, document_id: int, sha256: str) -> Iterator[Finding]:
    """A document that was added as text has no file of its own; where one was kept, it has to be whole."""
    path = original_path(archive, sha256)
    if path.exists() and read_original(archive, sha256) is None:
        yield Finding("error", "original-damaged", document_id, {"path": str(path)})


def _index(archive: Archive, connection: Connection) -> Iterator[Finding]:
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
