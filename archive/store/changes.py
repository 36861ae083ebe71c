"""Rows in, one transaction per change: what is added, replaced, deleted, and projected rows made anew. The index is not touched here: a
version begins with ``indexed`` false, and who indexes it says so."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.metadata import version as distribution_version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from archive.common.paths import stored_path
from archive.store.database import translated, writing
from archive.store.duty_index import drop_duties, index_duties
from archive.store.handle import Archive
from archive.store.pages import forget_readings, insert_pages
from archive.store.projection import header_columns, project
from archive.store.tables import PROJECTED, PROJECTION, ContentRow, DocumentRow, ResolutionRow, VersionRow
from archive.store.taught_units import stored_units
from archive.store.versions import Stored, current_of, read_content, read_text, text_hash
from kehoach_parser import Plan, Text, plan_to_json


@cache
def parser_version() -> str:
    """The version of the program whose parser made a plan."""
    return distribution_version("kehoach")


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
    old_id, number = connection.execute(select(VersionRow.id, VersionRow.number).where(current_of(document_id))).one()
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


def reread_version(connection: Connection, version_id: int, plan: Plan) -> None:
    """Puts another reading of its text in the place of a version's plan; its citations are to be resolved and its text indexed anew."""
    text = read_text(connection, version_id)
    connection.execute(update(ContentRow).where(ContentRow.version_id == version_id).values(plan=plan_to_json(plan)))
    connection.execute(delete(ResolutionRow).where(ResolutionRow.version_id == version_id))
    values = {"parser_version": parser_version(), "resolved": False, "indexed": False}
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**values))
    _project(connection, version_id, text, plan)


def project_again(archive: Archive, version_id: int) -> None:
    """Makes the projected rows of a version anew from its Plan JSON."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        _project(connection, version_id, *read_content(connection, version_id))


def catch_up(archive: Archive) -> None:
    """Gives rows of the newest form to versions that an earlier program stored. Raises ArchiveLocked, NoPermission, DiskFull."""
    query = select(VersionRow.id).where(VersionRow.projection < PROJECTION, VersionRow.current)
    with translated(archive.database), archive.engine.connect() as connection:
        behind = tuple(connection.scalars(query))
    for version_id in behind:
        project_again(archive, version_id)


def _project(connection: Connection, version_id: int, text: str, plan: Plan) -> None:
    """Rows of a plan in the place of those that a version has."""
    drop_duties(connection, [version_id])
    for table in PROJECTED:
        connection.execute(delete(table).where(table.version_id == version_id))
    values = {"projection": PROJECTION, **header_columns(plan)}
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**values))
    _insert_rows(connection, version_id, text, plan)


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
        "path": stored_path(path),
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
