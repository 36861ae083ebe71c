"""Questions about the documents themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select

from archive.common.cursors import window
from archive.common.keys import name_key, symbol_key
from archive.errors import AmbiguousDocument, InTrash, UnknownDocument, UnknownVersion
from archive.store.corrections import corrections_of
from archive.store.database import translated
from archive.store.decisions import joined_into
from archive.store.handle import Archive
from archive.store.kept import kept
from archive.store.tables import DocumentRow, VersionRow
from archive.store.versions import documents_by_id, read_content, read_document, select_documents, select_versions, versions_of
from archive.values.corrections import Correction
from archive.values.documents import Document, Shown, Version
from archive.values.pages import Page

#: Shortest beginning of a hash that names a document.
HASH_PREFIX = 6

#: How many candidates an error names.
CANDIDATES = 10


def list_documents(archive: Archive, *, limit: int | None = None, after: str | None = None) -> Page[Document]:
    """All documents, by id; ``limit`` of them behind ``after``. Raises BadCursor."""
    asked = window(limit, after, "list")
    query = select_documents().order_by(VersionRow.document_id).limit(asked.wanted)
    if asked.place is not None:
        query = query.where(VersionRow.document_id > asked.place[0])
    with translated(archive.database), archive.engine.connect() as connection:
        found = [read_document(row) for row in connection.execute(query)]
        total = connection.scalar(select(func.count()).where(VersionRow.current))
    return asked.page((((document.id,), document) for document in found), total)


def get_document(archive: Archive, document_id: int) -> Document:
    """The document with this id. Raises UnknownDocument."""
    found = _documents(archive, select_documents().where(VersionRow.document_id == document_id))
    if not found:
        raise UnknownDocument(ref=str(document_id), candidates=())
    return found[0]


def find_document(archive: Archive, ref: str) -> Document:
    """The document meant by an id, a symbol (marks, case and blanks do not matter), a file name or the beginning of its hash (6 letters
    or more); by the id, too, of a document that a user joined to it.

    Raises UnknownDocument or AmbiguousDocument, each with candidates; InTrash for the number of a document in the trash.
    """
    found = kept(archive).answer("document", ref, lambda: documents_named(archive, ref))
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousDocument(found, ref=ref, candidates=tuple(map(_described, found[:CANDIDATES])))
    raise UnknownDocument(ref=ref, candidates=tuple(map(_described, _similar(archive, ref.strip()))))


def documents_named(archive: Archive, ref: str) -> tuple[Document, ...]:
    """The documents that a name means, in the first way in which it means any (`find_document`); none where it means none."""
    wanted = ref.strip()
    if _is_number(wanted):
        with translated(archive.database), archive.engine.connect() as connection:
            if found := documents_by_id(connection, [int(wanted)]):
                return tuple(found.values())
    for way in _ways(wanted) if wanted else ():
        if named := _documents(archive, way):
            return named
    if wanted.isdecimal() and len(wanted) < HASH_PREFIX * 2:
        if _trashed(archive, int(wanted)):
            raise InTrash(ref=ref, document=int(wanted))
        if document_id := _joined(archive, int(wanted)):
            return (get_document(archive, document_id),)
    return ()


def _is_number(wanted: str) -> bool:
    return wanted.isascii() and wanted.isdigit() and len(wanted) < HASH_PREFIX * 2


def _ways(wanted: str) -> Iterator[Select[*tuple[Any, ...]]]:
    """The ways in which a name that is no number of one may mean documents, the first before others."""
    documents = select_documents()
    yield documents.where(VersionRow.symbol_key == symbol_key(wanted))
    yield documents.where((VersionRow.name == wanted) | (VersionRow.path == wanted))
    if len(wanted) >= HASH_PREFIX and all(char in "0123456789abcdef" for char in wanted.lower()):
        yield documents.where(VersionRow.sha256.startswith(wanted.lower(), autoescape=True))


_VERSION = re.compile(r"(.+)#(\d+)")


def version_named(ref: str) -> tuple[str, int | None]:
    """A reference to a version, "3#2", as the document's and the number; None where it names no version."""
    chosen = _VERSION.fullmatch(ref.strip())
    return (chosen[1], int(chosen[2])) if chosen else (ref, None)


_CURRENT_OF = select_documents().where(VersionRow.document_id == bindparam("document"))
_VERSION_OF = select_versions().where(VersionRow.document_id == bindparam("document"), VersionRow.number == bindparam("number"))


def show(archive: Archive, ref: str, version: int | None = None) -> Shown:
    """Everything that was read of a document; ``version`` asks for an earlier one (UnknownVersion)."""
    with translated(archive.database), archive.engine.connect() as connection:
        seen = read_version(archive, connection, ref, version)
        text, plan = read_content(connection, seen.version_id)
        return Shown(seen.document, plan, text, seen.history, seen.corrections)


class Seen(NamedTuple):
    """A document in one of its versions, with the number of its row, and what is told of both beside what was read."""

    document: Document
    version_id: int
    history: tuple[Version, ...]
    corrections: tuple[Correction, ...]


def read_version(archive: Archive, connection: Connection, ref: str, version: int | None) -> Seen:
    """The version of a document that is asked for. Raises UnknownDocument, AmbiguousDocument, UnknownVersion."""
    row = connection.execute(_CURRENT_OF, {"document": int(ref)}).first() if version is None and _is_number(ref) else None
    latest = None
    if row is None:
        latest = find_document(archive, ref)
        number = latest.version if version is None else version
        row = connection.execute(_VERSION_OF, {"document": latest.id, "number": number}).first()
        if row is None:
            raise UnknownVersion(ref=ref, version=number, latest=latest.version)
    document = read_document(row)
    said = corrections_of(connection, document.id) if latest is None or document.version == latest.version else ()
    return Seen(document, row.version_id, versions_of(connection, document.id), said)


def history(archive: Archive, ref: str) -> tuple[Version, ...]:
    """All versions of a document, the oldest first."""
    return _versions(archive, find_document(archive, ref).id)


def _joined(archive: Archive, document_id: int) -> int | None:
    """The document that a user joined one to, whose number people have written down."""
    with translated(archive.database), archive.engine.connect() as connection:
        return joined_into(connection, document_id)


def _trashed(archive: Archive, document_id: int) -> bool:
    with translated(archive.database), archive.engine.connect() as connection:
        return connection.scalar(select(DocumentRow.trashed_at).where(DocumentRow.id == document_id)) is not None


def _documents(archive: Archive, query: Select[*tuple[Any, ...]]) -> tuple[Document, ...]:
    with translated(archive.database), archive.engine.connect() as connection:
        return tuple(sorted(map(read_document, connection.execute(query)), key=lambda one: one.id))


def _versions(archive: Archive, document_id: int) -> tuple[Version, ...]:
    with translated(archive.database), archive.engine.connect() as connection:
        return versions_of(connection, document_id)


def _similar(archive: Archive, wanted: str) -> tuple[Document, ...]:
    """Documents whose symbol, file name or subject holds a word of what was asked for."""
    words = {word for word in name_key(wanted).split() if len(word) > 1}
    scored = []
    for document in list_documents(archive):
        own = set(name_key(" ".join(filter(None, (document.symbol, document.name, document.subject)))).split())
        if common := len(words & own):
            scored.append((-common, document.id, document))
    return tuple(entry[2] for entry in sorted(scored, key=lambda entry: entry[:2])[: CANDIDATES // 2])


def _described(document: Document) -> str:
    return f"{document.id}: {document.symbol or document.name or document.sha256[:12]}"
