"""Questions about the documents themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from archive.database import translated
from archive.errors import AmbiguousDocument, UnknownDocument, UnknownVersion
from archive.handle import Archive
from archive.keys import name_key, symbol_key
from archive.store import read_content, read_document, select_documents, select_versions
from archive.tables import AssignmentRow, CitationRow, DateRow, NodeRow, VersionRow
from archive.values import Count, Document, Shown, Statistics, Version
from archive.words import LOW_QUALITY

#: Shortest beginning of a hash that names a document.
HASH_PREFIX = 6

#: How many entries the lists of the statistics have, and how many candidates an error names.
TOP = 10


def list_documents(archive: Archive) -> tuple[Document, ...]:
    """All documents, by id."""
    return _documents(archive, select_documents())


def get_document(archive: Archive, document_id: int) -> Document:
    """The document with this id. Raises UnknownDocument."""
    found = _documents(archive, select_documents().where(VersionRow.document_id == document_id))
    if not found:
        raise UnknownDocument(ref=str(document_id), candidates=())
    return found[0]


def find_document(archive: Archive, ref: str) -> Document:
    """The document meant by an id, a symbol (marks, case and blanks do not matter), a file name or the beginning of its hash (6 letters
    or more).

    Raises UnknownDocument or AmbiguousDocument, each with candidates.
    """
    wanted = ref.strip()
    documents = select_documents()
    ways: list[Select[*tuple[Any, ...]]] = []
    if wanted.isascii() and wanted.isdigit() and len(wanted) < HASH_PREFIX * 2:
        ways.append(documents.where(VersionRow.document_id == int(wanted)))
    ways.append(documents.where(VersionRow.symbol_key == symbol_key(wanted)))
    ways.append(documents.where((VersionRow.name == wanted) | (VersionRow.path == wanted)))
    if len(wanted) >= HASH_PREFIX and all(char in "0123456789abcdef" for char in wanted.lower()):
        ways.append(documents.where(VersionRow.sha256.startswith(wanted.lower(), autoescape=True)))
    for way in ways if wanted else []:
        found = _documents(archive, way)
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousDocument(found, ref=ref, candidates=tuple(map(_described, found[:TOP])))
    raise UnknownDocument(ref=ref, candidates=tuple(map(_described, _similar(archive, wanted))))


def show(archive: Archive, ref: str, version: int | None = None) -> Shown:
    """Everything that was read of a document; ``version`` asks for an earlier one (UnknownVersion)."""
    document = find_document(archive, ref)
    number = document.version if version is None else version
    query = select_versions().where(VersionRow.document_id == document.id, VersionRow.number == number)
    with translated(archive.database), archive.engine.connect() as connection:
        row = connection.execute(query).first()
        if row is None:
            raise UnknownVersion(ref=ref, version=number, latest=document.version)
        text, plan = read_content(connection, row.version_id)
    return Shown(read_document(row), plan, text, _versions(archive, document.id))


def history(archive: Archive, ref: str) -> tuple[Version, ...]:
    """All versions of a document, the oldest first."""
    return _versions(archive, find_document(archive, ref).id)


def statistics(archive: Archive) -> Statistics:
    """The archive in figures."""
    current = VersionRow.current
    with translated(archive.database), archive.engine.connect() as connection:

        def number(query: Select[int]) -> int:
            return connection.scalar(query) or 0

        def top(query: Select[*tuple[Any, ...]]) -> tuple[Count, ...]:
            count = query.selected_columns[1]
            rows = connection.execute(query.order_by(count.desc(), query.selected_columns[0]).limit(TOP))
            return tuple(Count(name, amount) for name, amount in rows if name is not None)

        dates = connection.execute(select(func.min(VersionRow.date), func.max(VersionRow.date)).where(current)).one()
        amount = func.count()
        return Statistics(
            documents=number(select(amount).where(current)),
            versions=number(select(func.count(VersionRow.id))),
            characters=number(select(func.sum(VersionRow.length)).where(current)),
            nodes=number(select(amount).select_from(NodeRow)),
            citations=number(select(amount).select_from(CitationRow)),
            cited_documents=number(select(func.count(CitationRow.document_key.distinct()))),
            ambiguous_citations=number(select(amount).where(CitationRow.document_key.is_(None))),
            dates=number(select(amount).select_from(DateRow)),
            assignments=number(select(amount).select_from(AssignmentRow)),
            units=number(select(func.count(AssignmentRow.unit_key.distinct()))),
            damaged_documents=number(select(amount).where(current, VersionRow.quality < LOW_QUALITY)),
            date_first=dates[0],
            date_last=dates[1],
            types=top(select(VersionRow.type, amount).where(current).group_by(VersionRow.type)),
            organs=top(select(VersionRow.organ, amount).where(current).group_by(VersionRow.organ)),
            most_cited=top(
                select(func.max(CitationRow.symbol), func.count(CitationRow.version_id.distinct()))
                .where(CitationRow.symbol.is_not(None))
                .group_by(CitationRow.symbol_key)
            ),
            busiest_units=top(select(func.max(AssignmentRow.unit), amount).group_by(AssignmentRow.unit_key)),
        )


def _documents(archive: Archive, query: Select[*tuple[Any, ...]]) -> tuple[Document, ...]:
    with translated(archive.database), archive.engine.connect() as connection:
        return tuple(read_document(row) for row in connection.execute(query.order_by(VersionRow.document_id)))


def _versions(archive: Archive, document_id: int) -> tuple[Version, ...]:
    query = (
        select(
            VersionRow.document_id,
            VersionRow.number,
            VersionRow.current,
            VersionRow.name,
            VersionRow.path,
            VersionRow.sha256,
            VersionRow.added_at,
            VersionRow.replaced_at,
            VersionRow.parser_version,
        )
        .where(VersionRow.document_id == document_id)
        .order_by(VersionRow.number)
    )
    with translated(archive.database), archive.engine.connect() as connection:
        return tuple(Version(*row) for row in connection.execute(query))


def _similar(archive: Archive, wanted: str) -> tuple[Document, ...]:
    """Documents whose symbol, file name or subject holds a word of what was asked for."""
    words = {word for word in name_key(wanted).split() if len(word) > 1}
    scored = []
    for document in list_documents(archive):
        own = set(name_key(" ".join(filter(None, (document.symbol, document.name, document.subject)))).split())
        if common := len(words & own):
            scored.append((-common, document.id, document))
    return tuple(entry[2] for entry in sorted(scored, key=lambda entry: entry[:2])[: TOP // 2])


def _described(document: Document) -> str:
    return f"{document.id}: {document.symbol or document.name or document.sha256[:12]}"
