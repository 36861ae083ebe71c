"""Rows in and out, one transaction per change. The index is not touched here: a version begins with ``indexed`` false, and who indexes it
says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version as distribution_version
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, insert, select, update

from archive.errors import NotStorable
from archive.store.database import translated, writing
from archive.store.duty_index import drop_duties, index_duties
from archive.store.handle import Archive
from archive.store.pages import forget_readings, insert_pages
from archive.store.projection import header_columns, project
from archive.store.tables import PROJECTED, PROJECTION, ContentRow, DocumentRow, ResolutionRow, VersionRow
from archive.store.taught_units import stored_units
from archive.values.documents import Document
from kehoach_parser import Plan, Text, plan_from_json, plan_to_json


@dataclass(frozen=True, slots=True)
class Stored:
    """A version that holds some content: of which document, and whether it is the current one."""

    document_id: int
    version_id: int
    number: int
    current: bool


@cache
def parser_version() -> str:
    """The version of the program whose parser made a plan."""
    return distribution_version("kehoach")


def text_hash(text: Text) -> str:
    """SHA-256 of the text itself: the same text in another file (with a BOM, in another encoding) is the same document."""
    return hashlib.sha256(text.content.encode()).hexdigest()


def find_content(archive: Archive, text: Text) -> Stored | None:
    """The version that holds these bytes or this text, current or replaced. Raises NotStorable."""
    try:
        digest = text_hash(text)
    except UnicodeEncodeError as error:
        raise NotStorable(name=text.name or "-") from error
    return _find(archive, (VersionRow.sha256 == text.sha256) | (VersionRow.text_sha256 == digest))


def find_bytes(archive: Archive, sha256: str) -> Stored | None:
    """The version that was read from the bytes with this hash, current or replaced: asked before a file is read, which may take long."""
    return _find(archive, VersionRow.sha256 == sha256)


def _find(archive: Archive, condition: ColumnElement[bool]) -> Stored | None:
    query = select(VersionRow.document_id, VersionRow.id, VersionRow.number, VersionRow.current).where(condition).order_by(VersionRow.id)
    with translated(archive.database), archive.engine.connect() as connection:
        row = connection.execute(query).first()
    return Stored(row[0], row[1], row[2], row[3]) if row else None


def insert_document(archive: Archive, text: Text, plan: Plan, path: Path | None, now: datetime) -> Stored:
    """Stores a new document with its first version."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        document_id = _key(connection.execute(insert(DocumentRow).values({})).inserted_primary_key)
        version_id = _insert_version(connection, document_id, 1, text, plan, path, now)
    return Stored(document_id, version_id, 1, True)


def replace_document(
    connection: Connection, document_id: int, text: Text, plan: Plan, path: Path | None, now: datetime
) -> tuple[Stored, int]:
    """Stores a new current version; returns it and the id of the version that it replaces, which keeps its text and plan but loses its
    rows."""
    old_id, number = connection.execute(select(VersionRow.id, VersionRow.number).where(_current(document_id))).one()
    drop_duties(connection, [old_id])
    for table in PROJECTED:
        connection.execute(delete(table).where(table.version_id == old_id))
    connection.execute(delete(ResolutionRow).where(ResolutionRow.version_id == old_id))
    connection.execute(update(VersionRow).where(VersionRow.id == old_id).values(current=False, indexed=False, replaced_at=now))
    version_id = _insert_version(connection, document_id, number + 1, text, plan, path, now)
    return Stored(document_id, version_id, number + 1, True), old_id


def delete_document(connection: Connection, document_id: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Deletes a document with all versions; returns their ids and the hashes of their files."""
    rows = connection.execute(select(VersionRow.id, VersionRow.sha256).where(VersionRow.document_id == document_id)).all()
    drop_duties(connection, tuple(row.id for row in rows))
    connection.execute(delete(DocumentRow).where(DocumentRow.id == document_id))
    for row in rows:
        forget_readings(connection, row.sha256)
    return tuple(row.id for row in rows), tuple(row.sha256 for row in rows)


def current_version(connection: Connection, document_id: int) -> int:
    """The id of the current version of a document."""
    return connection.scalars(select(VersionRow.id).where(_current(document_id))).one()


def _current(document_id: int) -> ColumnElement[bool]:
    return (VersionRow.document_id == document_id) & VersionRow.current


def project_again(archive: Archive, version_id: int) -> None:
    """Makes the projected rows of a version anew from its Plan JSON."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        text, plan = read_content(connection, version_id)
        drop_duties(connection, [version_id])
        for table in PROJECTED:
            connection.execute(delete(table).where(table.version_id == version_id))
        values = {"projection": PROJECTION, **header_columns(plan)}
        connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**values))
        _insert_rows(connection, version_id, text, plan)


def catch_up(archive: Archive) -> None:
    """Gives rows of the newest form to versions that an earlier program stored. Raises ArchiveLocked, NoPermission, DiskFull."""
    query = select(VersionRow.id).where(VersionRow.projection < PROJECTION, VersionRow.current)
    with translated(archive.database), archive.engine.connect() as connection:
        behind = tuple(connection.scalars(query))
    for version_id in behind:
        project_again(archive, version_id)


def current_versions(archive: Archive) -> tuple[int, ...]:
    """The ids of all current versions."""
    with translated(archive.database), archive.engine.connect() as connection:
        return tuple(connection.scalars(select(VersionRow.id).where(VersionRow.current).order_by(VersionRow.id)))


def read_content(connection: Connection, version_id: int) -> tuple[str, Plan]:
    """Text and plan of a version."""
    text, plan = connection.execute(select(ContentRow.text, ContentRow.plan).where(ContentRow.version_id == version_id)).one()
    return text, plan_from_json(plan)


def read_text(connection: Connection, version_id: int) -> str:
    """The text of a version alone."""
    return connection.scalars(select(ContentRow.text).where(ContentRow.version_id == version_id)).one()


_DOCUMENT_COLUMNS = (
    VersionRow.document_id.label("id"),
    VersionRow.number.label("version"),
    VersionRow.name,
    VersionRow.path,
    VersionRow.sha256,
    VersionRow.media_type,
    VersionRow.added_at,
    VersionRow.type,
    VersionRow.symbol,
    VersionRow.date,
    VersionRow.organ,
    VersionRow.parent_organ,
    VersionRow.place,
    VersionRow.subject,
    VersionRow.quality,
    VersionRow.length,
    VersionRow.node_count.label("nodes"),
    VersionRow.citation_count.label("citations"),
    VersionRow.assignment_count.label("assignments"),
    VersionRow.id.label("version_id"),
)


def select_documents() -> Select[*tuple[Any, ...]]:
    """All documents in their current version; rows are read by `read_document`, ``version_id`` beside it."""
    return select(*_DOCUMENT_COLUMNS).where(VersionRow.current)


def select_versions() -> Select[*tuple[Any, ...]]:
    """The same of all versions."""
    return select(*_DOCUMENT_COLUMNS)


def read_document(row: Row[*tuple[Any, ...]]) -> Document:
    """The value of a row of `select_documents`."""
    return Document(**{name: value for name, value in row._mapping.items() if name != "version_id"})


def documents_by_version(connection: Connection, version_ids: Iterable[int] | None = None) -> dict[int, Document]:
    """Current documents by the id of their version; all of them, or those asked for."""
    query = select_documents()
    if version_ids is not None:
        query = query.where(VersionRow.id.in_(tuple(version_ids)))
    return {row.version_id: read_document(row) for row in connection.execute(query)}


def _insert_version(connection: Connection, document_id: int, number: int, text: Text, plan: Plan, path: Path | None, now: datetime) -> int:
    values = {
        "document_id": document_id,
        "number": number,
        "current": True,
        "indexed": False,
        "projection": PROJECTION,
        "resolved": False,
        "added_at": now,
        "replaced_at": None,
        "path": str(path) if path else None,
        "name": text.name,
        "sha256": text.sha256,
        "text_sha256": text_hash(text),
        "media_type": text.media_type,
        "parser_version": parser_version(),
        **header_columns(plan),
    }
    version_id = _key(connection.execute(insert(VersionRow).values(values)).inserted_primary_key)
    content = {
        "version_id": version_id,
        "text": text.content,
        "pages": list(text.pages),
        "notes": list(text.notes),
        "plan": plan_to_json(plan),
    }
    connection.execute(insert(ContentRow).values(content))
    insert_pages(connection, version_id, text)
    _insert_rows(connection, version_id, text.content, plan)
    return version_id


def _insert_rows(connection: Connection, version_id: int, text: str, plan: Plan) -> None:
    for table, rows in project(plan, text, version_id, stored_units(connection)).items():
        if rows:
            connection.execute(insert(table), rows)
    index_duties(connection, version_id)


def _key(primary_key: Any) -> int:
    return int(primary_key[0])
