"""Rows out: which versions there are, what is read of them, and the documents that they make. Who asks loads nothing that writes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from pyroaring import FrozenBitMap
from sqlalchemy import ColumnClause, ColumnElement, Connection, LargeBinary, Row, Select, String, bindparam, cast, func, select

from archive.errors import NotStorable, PlanDamaged, UnknownDocument
from archive.store.database import given_numbers, named_numbers, translated
from archive.store.handle import Archive
from archive.store.kept import kept
from archive.store.tables import ContentRow, DocumentRow, VersionRow
from archive.store.work_tables import CorrectedRow, CorrectionRow
from archive.values.documents import Document, Version
from kehoach_parser import Plan, Text, plan_from_json


@dataclass(frozen=True, slots=True)
class Stored:
    """A version that holds some content: of which document, whether it is the current one, whether the document is in the trash."""

    document_id: int
    version_id: int
    number: int
    current: bool
    trashed: bool = False
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A version as one of several readings of a paper: ``text`` is the hash of its text, ``kind`` as in `values.Version`."""

    version_id: int
    document_id: int
    number: int
    kind: str
    text: str
    current: bool


def readings_of(connection: Connection, document_id: int) -> tuple[Reading, ...]:
    """All versions of a document, the oldest first."""
    columns = (VersionRow.id, VersionRow.document_id, VersionRow.number, VersionRow.kind, VersionRow.text_sha256, VersionRow.current)
    query = select(*columns).where(VersionRow.document_id == document_id).order_by(VersionRow.number)
    return tuple(Reading(*row) for row in connection.execute(query))


def read_versions(connection: Connection, condition: ColumnElement[bool]) -> dict[str, Version]:
    """The versions for which a condition holds, in the order of documents and numbers, by the hash of their text."""
    return {text: Version(*values) for text, *values in connection.execute(_VERSIONS.where(condition))}


def versions_of(connection: Connection, document_id: int) -> tuple[Version, ...]:
    """All versions of a document, the oldest first."""
    return tuple(Version(*values) for _, *values in connection.execute(_VERSIONS_OF, {"document": document_id}))


_VERSION_COLUMNS = tuple(field.name for field in fields(Version))
_VERSIONS = select(VersionRow.text_sha256, *(getattr(VersionRow, name) for name in _VERSION_COLUMNS)).order_by(
    VersionRow.document_id, VersionRow.number
)
_VERSIONS_OF = _VERSIONS.where(VersionRow.document_id == bindparam("document"))


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
    trashed = DocumentRow.trashed_at.is_not(None)
    columns = (VersionRow.document_id, VersionRow.id, VersionRow.number, VersionRow.current, trashed, VersionRow.sha256)
    query = select(*columns).join(DocumentRow, DocumentRow.id == VersionRow.document_id).where(condition).order_by(VersionRow.id)
    with translated(archive.database), archive.engine.connect() as connection:
        row = connection.execute(query).first()
    return Stored(*row) if row else None


def current_version(connection: Connection, document_id: int) -> int:
    """The id of the current version of a document. Raises UnknownDocument where it has none (another process has removed it meanwhile)."""
    found = connection.scalars(select(VersionRow.id).where(current_of(document_id))).first()
    if found is None:
        raise UnknownDocument(ref=str(document_id), candidates=())
    return found


def current_of(document_id: int) -> ColumnElement[bool]:
    """The condition that a row is the current version of a document."""
    return (VersionRow.document_id == document_id) & VersionRow.current


def current_versions(archive: Archive, among: Sequence[int] | None = None) -> tuple[int, ...]:
    """The ids of all current versions, or of those ``among`` a few hundred."""
    query = select(VersionRow.id).where(VersionRow.current).order_by(VersionRow.id)
    with translated(archive.database), archive.engine.connect() as connection:
        return tuple(connection.scalars(query if among is None else query.where(VersionRow.id.in_(among))))


#: Values that a statement may have, at the least.
_MANY = 500


def current_among(archive: Archive, connection: Connection, version_ids: Sequence[int]) -> FrozenBitMap:
    """Those of the versions that are current. Where they are many, all current ones are read as one value, and kept; where these are at
    hand, fewer are looked for among them, too."""
    many = len(version_ids) > _MANY
    every = kept(archive).answer("current", (), lambda: _every_current(archive)) if many else kept(archive).at_once("current", ())
    if every is not None:
        return every & FrozenBitMap(version_ids)
    given = {"ids": given_numbers(connection, version_ids)}
    return FrozenBitMap(connection.scalars(_current_of(connection.dialect.name), given))


def _every_current(archive: Archive) -> FrozenBitMap:
    """All current versions, by a connection of its own: another may still see what was there before the last commit, and this is kept."""
    with archive.engine.connect() as connection:
        return FrozenBitMap(map(int, (connection.scalar(_ALL_CURRENT) or "").split()))


_CURRENT_IDS = select(VersionRow.id).where(VersionRow.current)
_ALL_CURRENT = select(func.aggregate_strings(cast(VersionRow.id, String), " ")).where(VersionRow.current)


@cache
def _current_of(dialect: str) -> Select[Any]:
    return _CURRENT_IDS.where(VersionRow.id.in_(named_numbers(dialect, "ids")))


#: Text and Plan JSON of a version as questions take them: with the corrections of its document laid over, where there are any.
TEXT = func.coalesce(CorrectedRow.text, ContentRow.text)
PLAN = func.coalesce(CorrectedRow.plan, ContentRow.plan)


def with_content(statement: Select[*tuple[Any, ...]], version_id: ColumnElement[int] | ColumnClause[int]) -> Select[*tuple[Any, ...]]:
    """A statement in which TEXT and PLAN are those of a version."""
    is_corrected = CorrectedRow.version_id == version_id
    return statement.join(ContentRow, ContentRow.version_id == version_id).outerjoin(CorrectedRow, is_corrected)


def read_content(connection: Connection, version_id: int) -> tuple[str, Plan]:
    """Text and plan of a version, as corrected. Raises PlanDamaged."""
    text, plan = connection.execute(_CONTENT, {"id": version_id}).one()
    return text, plan_of(plan, version_id)


def stored_contents(connection: Connection, version_ids: Sequence[int]) -> dict[int, tuple[str, bytes]]:
    """Text and plan, as it is stored, of a few versions, as corrected. A plan is five times as long as its text and seldom wanted as more
    than what a checksum is made of: to have it as letters takes longer than that."""
    given = {"ids": given_numbers(connection, version_ids)}
    return {version_id: (text, plan) for version_id, text, plan in connection.execute(_contents_of(connection.dialect.name), given)}


_CONTENT = with_content(select(TEXT, PLAN).select_from(VersionRow), VersionRow.id).where(VersionRow.id == bindparam("id"))


@cache
def _contents_of(dialect: str) -> Select[*tuple[Any, ...]]:
    plan = func.convert_to(PLAN, "UTF8") if dialect == "postgresql" else cast(PLAN, LargeBinary)
    return with_content(select(VersionRow.id, TEXT, plan).select_from(VersionRow), VersionRow.id).where(
        VersionRow.id.in_(named_numbers(dialect, "ids"))
    )


def plan_of(stored: str | bytes, version_id: int, last: str | None = None) -> Plan:
    """A plan as it is stored, or as far as its field ``last``. Raises PlanDamaged: a damaged disk, or another program, has changed it."""
    try:
        return plan_from_json(stored if isinstance(stored, str) else stored.decode(), last)
    except (ValueError, TypeError, KeyError) as error:
        raise PlanDamaged(version=version_id, detail=f"{type(error).__name__}: {error}") from error


def read_plan(connection: Connection, version_id: int) -> Plan:
    """The plan of a version alone, as corrected. Raises PlanDamaged."""
    query = with_content(select(PLAN).select_from(VersionRow), VersionRow.id).where(VersionRow.id == version_id)
    return plan_of(str(connection.scalars(query).one()), version_id)


def read_text(connection: Connection, version_id: int) -> str:
    """The text of a version alone, as corrected."""
    query = with_content(select(TEXT).select_from(VersionRow), VersionRow.id).where(VersionRow.id == version_id)
    return str(connection.scalars(query).one())


def read_as_read(connection: Connection, version_id: int) -> tuple[Text, Plan]:
    """Text and plan of a version as they were read, without corrections."""
    file = (VersionRow.name, VersionRow.sha256, VersionRow.media_type)
    query = (
        select(*file, ContentRow.text, ContentRow.pages, ContentRow.notes, ContentRow.plan)
        .join(ContentRow, ContentRow.version_id == VersionRow.id)
        .where(VersionRow.id == version_id)
    )
    name, sha256, media_type, content, pages, notes, plan = connection.execute(query).one()
    return Text(content, name, sha256, media_type, tuple(pages), tuple(notes)), plan_of(plan, version_id)


#: How a version came that is one of several readings of one paper (`keep.copies`).
READINGS = ("copy", "version", "joined")
_OTHER = VersionRow.__table__.alias("other")

#: Values of a document's head that people correct.
_HEAD = ("parent_organ", "organ", "symbol", "place", "date", "type", "subject")

#: The fields of `Document`, in their order.
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
    VersionRow.signer,
    (
        select(func.count() + 1)
        .where(_OTHER.c.document_id == VersionRow.document_id, _OTHER.c.kind.in_(READINGS))
        .correlate(VersionRow.__table__)
        .scalar_subquery()
        .label("readings")
    ),
    (
        select(func.aggregate_strings(CorrectionRow.field, " "))
        .where(
            CorrectionRow.document_id == VersionRow.document_id,
            CorrectionRow.state == "applied",
            CorrectionRow.field.in_(_HEAD),
            VersionRow.current,
        )
        .correlate(VersionRow.__table__)
        .scalar_subquery()
        .label("corrected")
    ),
    VersionRow.id.label("version_id"),
)


#: Statements that every page asks are made once: to make one takes longer than to have it answered.
_ALL = select(*_DOCUMENT_COLUMNS)
_CURRENT = _ALL.where(VersionRow.current)


@cache
def _by_version(dialect: str) -> Select[*tuple[Any, ...]]:
    return _CURRENT.where(VersionRow.id.in_(named_numbers(dialect, "ids")))


@cache
def _by_id(dialect: str) -> Select[*tuple[Any, ...]]:
    return _CURRENT.where(VersionRow.document_id.in_(named_numbers(dialect, "ids")))


def select_documents() -> Select[*tuple[Any, ...]]:
    """All documents in their current version; rows are read by `read_document`, ``version_id`` beside it."""
    return _CURRENT


def select_versions() -> Select[*tuple[Any, ...]]:
    """The same of all versions."""
    return _ALL


def read_document(row: Row[*tuple[Any, ...]]) -> Document:
    """The value of a row of `select_documents`, which has the fields of a document in their order, and the number of the version."""
    *read, corrected, _ = row
    read.append(tuple(sorted({*(corrected or "").split()}, key=_HEAD.index)))
    return Document(*read)


def documents_by_version(connection: Connection, version_ids: Iterable[int] | None = None) -> dict[int, Document]:
    """Current documents by the id of their version; all of them, or those asked for."""
    if version_ids is None:
        rows = connection.execute(_CURRENT)
    elif ids := list(version_ids):
        rows = connection.execute(_by_version(connection.dialect.name), {"ids": given_numbers(connection, ids)})
    else:
        return {}
    return {row.version_id: read_document(row) for row in rows}


def documents_by_id(connection: Connection, ids: Iterable[int]) -> dict[int, Document]:
    """Current documents by their id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = connection.execute(_by_id(connection.dialect.name), {"ids": given_numbers(connection, wanted)})
    return {row.id: read_document(row) for row in rows}
