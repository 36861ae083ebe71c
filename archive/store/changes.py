"""Rows in, one transaction per change: what is added, replaced, deleted, and projected rows made anew. The index is not touched here: a
version begins with ``indexed`` false, and who indexes it says so."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.metadata import version as distribution_version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from archive.amend.laying import Laid
from archive.common.keys import order_key
from archive.common.paths import stored_path
from archive.errors import PlanDamaged
from archive.store.claim_plans import drop_resolutions, state_again
from archive.store.corrections import corrections_of, follow_text, forget_laid, lay
from archive.store.database import translated, writing
from archive.store.drafts import Draft
from archive.store.duty_ids import keep_identity, new_identity
from archive.store.duty_index import drop_duties, index_duties
from archive.store.duty_states import follow
from archive.store.former_readings import put_reading
from archive.store.handle import Archive
from archive.store.journal import note
from archive.store.pages import forget_readings, insert_pages, seen_of
from archive.store.projection import Projected, header_columns, projected
from archive.store.tables import PROJECTED, PROJECTION, ContentRow, DocumentRow, PageRow, VersionRow
from archive.store.taught_units import stored_units
from archive.store.versions import Stored, current_version, readings_of, text_hash
from archive.values.documents import Fact
from kehoach_parser import Plan, Text, model_stamp, plan_to_json

#: How a version came that began its document.
FIRST = "first"


@cache
def parser_version() -> str:
    """The version of the program whose parser made a plan."""
    return distribution_version("kehoach")


def insert_document(archive: Archive, text: Text, draft: Draft, path: Path | None, now: datetime) -> Stored:
    """Stores a new document with its first version, and notes that in the journal."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        identity = new_identity(connection, draft.plan, text_hash(text))
        document_id = _key(connection.execute(insert(DocumentRow).values(identity=identity)).inserted_primary_key)
        stored = _insert_version(connection, document_id, FIRST, text, draft, path, now)
        _answer_first(connection, stored, draft)
        note(connection, archive, now, "add", document_id, facts=named(connection, stored.version_id))
    return replace(stored, current=True)


def replace_document(
    connection: Connection, document_id: int, text: Text, draft: Draft, path: Path | None, now: datetime
) -> tuple[Stored, int]:
    """Stores a new current version; returns it and the id of the version that it replaces, which keeps its text and plan but loses its
    rows."""
    old_id = retire(connection, document_id)
    connection.execute(update(VersionRow).where(VersionRow.id == old_id).values(replaced_at=now))
    stored = _insert_version(connection, document_id, "replacement", text, draft, path, now)
    _answer_first(connection, stored, draft)
    return replace(stored, current=True), old_id


def change_places(connection: Connection, document_id: int, gone: int, back: int, now: datetime) -> None:
    """Lets a version that was replaced answer again in the place of the one that replaced it."""
    retire(connection, document_id)
    for version_id, replaced_at in ((gone, now), (back, None)):
        connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(replaced_at=replaced_at))
    answer(connection, Stored(document_id, back, 0, False))


def insert_reading(
    connection: Connection, document_id: int, kind: str, text: Text, draft: Draft, path: Path | None, now: datetime
) -> Stored:
    """Stores another reading of a document's paper (``kind``: copy | version), which has no rows and answers nothing."""
    return _insert_version(connection, document_id, kind, text, draft, path, now)


def let_answer(connection: Connection, stored: Stored) -> tuple[Stored, int]:
    """Lets a version answer in the place of the current one; returns it and the id of that one, which loses its rows."""
    old_id = retire(connection, stored.document_id)
    return answer(connection, stored), old_id


def answer(connection: Connection, stored: Stored) -> Stored:
    """Lets a version answer for a document of which none does."""
    _answer(connection, stored.version_id)
    return replace(stored, current=True)


def retire(connection: Connection, document_id: int) -> int:
    """Takes the rows of the current version away; returns its id."""
    old_id = current_version(connection, document_id)
    drop_duties(connection, [old_id])
    for table in PROJECTED:
        connection.execute(delete(table).where(table.version_id == old_id))
    drop_resolutions(connection, old_id)
    forget_laid(connection, old_id)
    connection.execute(update(VersionRow).where(VersionRow.id == old_id).values(current=False, indexed=False))
    return old_id


_ANSWERS = {"current": True, "indexed": False, "resolved": False}


def _answer(connection: Connection, version_id: int) -> None:
    """Makes a version the current one, with its rows; it is to be resolved and indexed."""
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**_ANSWERS))
    _project(connection, version_id, lay(connection, version_id))


def _answer_first(connection: Connection, stored: Stored, draft: Draft) -> None:
    """The same of a version that was stored just now and has no rows yet: those of its draft, where its document was not corrected."""
    if corrections_of(connection, stored.document_id):
        _answer(connection, stored.version_id)
        return
    connection.execute(update(VersionRow).where(VersionRow.id == stored.version_id).values(**_ANSWERS))
    _insert_rows(connection, stored.version_id, draft.plan, draft.projected)


def new_document(connection: Connection, document_id: int | None) -> int:
    """A document without versions, under an old number where it had one before."""
    values = {} if document_id is None else {"id": document_id}
    return _key(connection.execute(insert(DocumentRow).values(values)).inserted_primary_key)


def move_versions(connection: Connection, document_id: int, kinds: Mapping[int, str]) -> None:
    """Makes versions, with their kinds, the last of a document; none of them answers. The first version of either document is its first."""
    left = set(connection.scalars(select(VersionRow.document_id).where(VersionRow.id.in_(kinds))))
    for version_id, kind in kinds.items():
        numbers = select(func.coalesce(func.max(VersionRow.number), 0) + 1).where(VersionRow.document_id == document_id)
        values = {"document_id": document_id, "number": connection.scalars(numbers).one(), "kind": kind}
        connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**values))
        follow_text(connection, version_id, document_id)
    for each in (*left, document_id):
        readings = readings_of(connection, each)
        if readings and all(one.kind != FIRST for one in readings):
            connection.execute(update(VersionRow).where(VersionRow.id == readings[0].version_id).values(kind=FIRST))


def delete_document(connection: Connection, document_id: int) -> tuple[str, ...]:
    """Deletes a document of which no version answers, with all versions; returns the hashes of their files."""
    hashes = tuple(connection.scalars(select(VersionRow.sha256).where(VersionRow.document_id == document_id)))
    connection.execute(delete(DocumentRow).where(DocumentRow.id == document_id))
    for sha256 in hashes:
        forget_readings(connection, sha256)
    return hashes


def named(connection: Connection, version_id: int) -> dict[str, Fact]:
    """What the journal calls a document by: the symbol and the file of a version."""
    row = connection.execute(select(VersionRow.symbol, VersionRow.name).where(VersionRow.id == version_id)).one()
    return {"symbol": row.symbol, "file": row.name}


def reread_version(connection: Connection, version_id: int, plan: Plan) -> None:
    """Puts another reading of its text in the place of a version's plan; its citations are to be resolved and its text indexed anew."""
    connection.execute(update(ContentRow).where(ContentRow.version_id == version_id).values(plan=plan_to_json(plan)))
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(parser_version=parser_version()))
    _lay_again(connection, version_id, same=False)


def read_as_before(connection: Connection, version_id: int, packed: str) -> None:
    """Puts a former reading (`former_readings`) in the place of a version's text, pages and plan, as `reread_version` puts a newer one."""
    put_reading(connection, version_id, packed)
    _lay_again(connection, version_id, same=False)


def lay_again(connection: Connection, version_id: int) -> None:
    """Lays the corrections of its document, which have changed, over a version anew, with its rows; its citations are to be resolved and
    its text indexed."""
    _lay_again(connection, version_id, same=True)


def _lay_again(connection: Connection, version_id: int, *, same: bool) -> None:
    drop_resolutions(connection, version_id)
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(resolved=False, indexed=False))
    _project(connection, version_id, lay(connection, version_id), same=same)


def rewrite_text(connection: Connection, version_id: int, text: Text) -> None:
    """Puts what a newer reader read of the same file in the place of a version's text and pages (`reread_version` follows)."""
    content = {"text": text.content, "pages": list(text.pages), "notes": list(text.notes), "seen": seen_of(text)}
    connection.execute(update(ContentRow).where(ContentRow.version_id == version_id).values(**content))
    connection.execute(
        update(VersionRow).where(VersionRow.id == version_id).values(text_sha256=text_hash(text), media_type=text.media_type)
    )
    connection.execute(delete(PageRow).where(PageRow.version_id == version_id))
    insert_pages(connection, version_id, text)


def mark_read(connection: Connection, version_id: int, text: Text) -> None:
    """Notes that this program's parser, reader and model made what a version holds, and what was seen on the pages of its ``text``, which
    older programs did not keep."""
    if (seen := seen_of(text)) is not None:
        connection.execute(update(ContentRow).where(ContentRow.version_id == version_id).values(seen=seen))
    values = {"parser_version": parser_version(), "reader_version": parser_version(), "model": model_stamp()}
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**values))


def project_again(archive: Archive, version_id: int) -> None:
    """Makes the projected rows of a version anew from its Plan JSON and its corrections."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        _project(connection, version_id, lay(connection, version_id))
        state_again(connection, version_id)


def catch_up(archive: Archive) -> None:
    """Gives rows of the newest form to versions that an earlier program stored. Raises ArchiveLocked, NoPermission, DiskFull."""
    query = select(VersionRow.id).where(VersionRow.projection < PROJECTION, VersionRow.current)
    with translated(archive.database), archive.engine.connect() as connection:
        behind = tuple(connection.scalars(query))
    for version_id in behind:
        with suppress(PlanDamaged):  # `check` names it, the others answer
            project_again(archive, version_id)


def _project(connection: Connection, version_id: int, laid: Laid, *, same: bool = False) -> None:
    """Rows of a plan in the place of those that a version has; the ``same`` reading has its duties under the same ids."""
    drop_duties(connection, [version_id])
    for table in PROJECTED:
        connection.execute(delete(table).where(table.version_id == version_id))
    values = {"projection": PROJECTION, **header_columns(laid.plan)}
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**values))
    _insert_rows(connection, version_id, laid.plan, projected(laid), same=same)


def _insert_version(
    connection: Connection, document_id: int, kind: str, text: Text, draft: Draft, path: Path | None, now: datetime
) -> Stored:
    """A version with its text, plan and pages, as the last of its document; it has no rows and answers nothing yet."""
    numbers = select(func.coalesce(func.max(VersionRow.number), 0) + 1).where(VersionRow.document_id == document_id)
    number = connection.scalars(numbers).one()
    values = {
        "document_id": document_id,
        "number": number,
        "current": False,
        "kind": kind,
        "indexed": False,
        "projection": PROJECTION,
        "resolved": False,
        "added_at": now,
        "replaced_at": None,
        "path": stored_path(path),
        "name": text.name,
        "name_order": order_key(text.name) if text.name is not None else None,
        "sha256": text.sha256,
        "text_sha256": text_hash(text),
        "media_type": text.media_type,
        "parser_version": parser_version(),
        "reader_version": parser_version(),
        "model": model_stamp(),
        **draft.columns,
    }
    version_id = _key(connection.execute(insert(VersionRow).values(values)).inserted_primary_key)
    content = {
        "version_id": version_id,
        "text": text.content,
        "pages": list(text.pages),
        "notes": list(text.notes),
        "plan": draft.json,
        "seen": seen_of(text),
    }
    connection.execute(insert(ContentRow).values(content))
    insert_pages(connection, version_id, text)
    return Stored(document_id, version_id, number, False)


def _insert_rows(connection: Connection, version_id: int, plan: Plan, found: Projected, *, same: bool = False) -> None:
    document_id = connection.scalars(select(VersionRow.document_id).where(VersionRow.id == version_id)).one()
    for table, rows in found.rows(plan, version_id, stored_units(connection), keep_identity(connection, document_id)).items():
        if rows:
            connection.execute(insert(table), rows)
    index_duties(connection, version_id)
    follow(connection, document_id, ids_hold=same)


def _key(primary_key: Any) -> int:
    return int(primary_key[0])
