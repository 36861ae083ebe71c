"""Mentions of documents as the overlay resolves them: which mean what is asked for, and the record of the document that each means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, select

from archive.common.keys import SEGMENT, Reference, is_identity, looks_like_symbol, name_key, symbol_key
from archive.resolve.authorities import cited_document
from archive.resolve.typed import Matched, match_typed
from archive.store.database import MANY, given_words, in_chunks, named_words
from archive.store.tables import AuthorityRow, CitationRow, NodeRow, ResolutionRow, VersionRow
from archive.store.versions import documents_by_version
from archive.values.citations import CitationHit, CitedDocument, Evidence
from archive.values.documents import Document, Place, Snippet


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation row as a value: the hit, and which document is meant.

    ``document_key`` is the key of the archive's record (``record``), None where the mention is ambiguous; then ``candidates`` are the keys
    of what it may mean, likeliest first, with the ``evidence`` for each. ``ordinal`` is its place in the list
    of the plan, of which ``version_id`` was read. ``paper`` is the plan in the archive that the record is of.
    """

    hit: CitationHit
    type: str
    symbol_key: str | None
    name_key: str
    issuer: str | None
    title: str | None
    document_key: str | None
    candidates: tuple[str, ...]
    evidence: tuple[tuple[Evidence, ...], ...]
    record: CitedDocument | None
    version_id: int = 0
    ordinal: int = 0
    paper: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What `cites` keeps: documents whose issuer, or whose place, holds these words, and mentions with this relation. None: all."""

    organ: str | None = None
    place: str | None = None
    relation: str | None = None


def matched(connection: Connection, name: str) -> Matched:
    """What ``name`` says: a symbol as it is printed, then as people type it (`resolve.typed`), then a name; the key of a record means that
    record."""
    if is_identity(name):
        return Matched((name,))
    if looks_like_symbol(name):
        key = symbol_key(name)
        records = tuple(connection.scalars(select(AuthorityRow.key).where(AuthorityRow.symbol_key == key)))
        if not records:  # no record settles on it: the records of those that print it
            printed = select(ResolutionRow.record).where(ResolutionRow.symbol_key == key, ResolutionRow.record.is_not(None)).distinct()
            records = tuple(key for key in connection.scalars(printed) if key is not None)
        unclear = (ResolutionRow.symbol_key == key) & (ResolutionRow.state == "ambiguous")
        if not records and connection.scalar(select(ResolutionRow.ordinal).where(unclear).limit(1)) is None:
            return match_typed(connection, name) or Matched(())
        return Matched(records, unclear)
    if (typed := match_typed(connection, name)) is not None:
        return typed
    # "Luật Việc làm" is that law, and not the decision on carrying it out, where the law itself is cited.
    key, column = name_key(name), AuthorityRow.name_key
    named_so = select(AuthorityRow.key, AuthorityRow.block)
    rows = connection.execute(named_so.where(column.contains(f"{SEGMENT}{key}{SEGMENT}", autoescape=True))).all()
    if not rows:
        rows = connection.execute(named_so.where(column.contains(key, autoescape=True))).all()
    named = ResolutionRow.block.in_({row.block for row in rows if "|=" in row.block}) | (ResolutionRow.also == f"=|{key.strip()}")
    return Matched(tuple(row.key for row in rows), named & (ResolutionRow.state == "ambiguous"))


def matching(connection: Connection, name: str) -> ColumnElement[bool]:
    """The condition on ResolutionRow of mentions that mean what ``name`` says, or may mean it."""
    return matched(connection, name).condition


def find_mentions(connection: Connection, condition: ColumnElement[bool], limit: int | None = None) -> tuple[Mention, ...]:
    """The mentions that meet a condition, by document and place in its text, ``limit`` of them; conditions may be on the rows of
    resolutions, citations and versions."""
    return _found(connection, connection.execute(_MENTIONS.where(condition).limit(limit)).all())


def mentions_in(connection: Connection, document: Document) -> tuple[Mention, ...]:
    """The mentions in a document, in their order."""
    rows = connection.execute(_IN_DOCUMENT, {"document": document.id}).all()
    return _told(connection, rows, {row.version_id: document for row in rows})


def mentions_of(connection: Connection, document_id: int) -> tuple[Mention, ...]:
    """The mentions in current versions that mean a plan of the archive, by the records that are known to be it."""
    return _found(connection, connection.execute(_OF_DOCUMENT, {"document": document_id}).all())


def _found(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Mention, ...]:
    versions = {row.version_id for row in rows}
    return _told(connection, rows, documents_by_version(connection, versions if len(versions) < MANY else None))


def _told(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]], documents: Mapping[int, Document]) -> tuple[Mention, ...]:
    told = told_records(connection, {row.record for row in rows})
    records = {row.key: (cited_document(row._mapping, None), row.document_id) for row in told}
    return tuple(_mention(row, documents[row.version_id], *records.get(row.record, (None, None))) for row in rows)


#: Made once: to make such a statement takes longer than to have it answered.
_MENTIONS = (
    select(
        *CitationRow.__table__.columns,
        ResolutionRow.state,
        ResolutionRow.record,
        ResolutionRow.candidates.label("may_mean"),
        ResolutionRow.conflicts,
        NodeRow.path,
        NodeRow.heading,
        NodeRow.trail,
        NodeRow.start.label("node_start"),
        NodeRow.end.label("node_end"),
    )
    .join(CitationRow, (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal))
    .join(VersionRow, VersionRow.id == ResolutionRow.version_id)
    .outerjoin(NodeRow, (NodeRow.version_id == CitationRow.version_id) & (NodeRow.node == CitationRow.node))
    .order_by(VersionRow.document_id, CitationRow.start, CitationRow.ordinal)
)
_IN_DOCUMENT = _MENTIONS.where(VersionRow.document_id == bindparam("document"))
_ITS_RECORDS = select(AuthorityRow.key).where(AuthorityRow.document_id == bindparam("document"))
_OF_DOCUMENT = _MENTIONS.where(VersionRow.current & ResolutionRow.record.in_(_ITS_RECORDS))
_OF_KEYS = AuthorityRow.key.in_(bindparam("keys", expanding=True))
_RECORDS = select(*AuthorityRow.__table__.columns).where(_OF_KEYS)
#: What `cited_document` takes of a record, without all that it was settled by, and the plan that it is of.
_TOLD = select(
    *(AuthorityRow.key, AuthorityRow.type, AuthorityRow.symbol, AuthorityRow.date),
    *(AuthorityRow.issuer, AuthorityRow.title, AuthorityRow.term, AuthorityRow.place, AuthorityRow.document_id),
)


@cache
def _told_of(dialect: str) -> Select[*tuple[Any, ...]]:
    return _TOLD.where(AuthorityRow.key.in_(named_words(dialect, "keys")))


def identity(mention: Mention) -> str:
    """The document that a mention means; "?" with its symbol or, without one, with what is printed, where it does not tell."""
    return mention.document_key or f"?{mention.symbol_key or mention.name_key.rpartition(SEGMENT)[2].strip()}"


def by_identity(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Mentions by the document they mean (`identity`)."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(identity(mention), []).append(mention)
    return groups


def grouped(mentions: Iterable[Mention]) -> list[tuple[CitedDocument, list[Mention]]]:
    """The documents that are meant for certain, in order of date, with their mentions."""
    groups = by_identity(mention for mention in mentions if mention.document_key is not None)
    found = [(describe(key, members), members) for key, members in groups.items()]
    return sorted(found, key=lambda group: (group[0].date or "9999", group[0].symbol or "", group[0].key))


def describe(key: str, mentions: Sequence[Mention]) -> CitedDocument:
    """The record of the document that mentions mean; of undecided ones what the first prints."""
    first = mentions[0]
    if first.record is not None:
        return first.record
    title = first.title or (None if first.hit.symbol else first.hit.raw)
    return CitedDocument(key, first.type, first.hit.symbol, None, first.issuer, title, None)


def records_of(connection: Connection, keys: Iterable[str | None]) -> dict[str, CitedDocument]:
    """The documents that records tell of, by key."""
    return {row.key: cited_document(row._mapping, None) for row in told_records(connection, keys)}


def told_records(connection: Connection, keys: Iterable[str | None]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of records as far as `cited_document` takes them, with the plan that each is of."""
    wanted = sorted({key for key in keys if key is not None})
    return connection.execute(_told_of(connection.dialect.name), {"keys": given_words(connection, wanted)}).all() if wanted else ()


def read_records(connection: Connection, keys: Iterable[str | None]) -> dict[str, Row[*tuple[Any, ...]]]:
    """The rows of records by key."""
    found: dict[str, Row[*tuple[Any, ...]]] = {}
    for some in in_chunks(key for key in keys if key is not None):
        found |= {row.key: row for row in connection.execute(_RECORDS, {"keys": some})}
    return found


def meets(row: Row[*tuple[Any, ...]], wanted: Reference, narrowed: Narrowed) -> bool:
    return wanted.allows(row.date, row.term, row.place, row.issuer) and is_narrowed(row, narrowed)


def is_narrowed(row: Row[*tuple[Any, ...]] | None, narrowed: Narrowed) -> bool:
    """Whether a record is of the organ and the place that are asked for."""
    if row is None:
        return narrowed.organ is None and narrowed.place is None
    issuers = [name_key(issuer) for issuer, _ in row.readings["issuers"]]
    if narrowed.organ is not None and not any(name_key(narrowed.organ) in issuer for issuer in issuers):
        return False
    places = [name_key(row.place), *issuers]
    return narrowed.place is None or any(name_key(narrowed.place) in named for named in places)


def _mention(row: Row[*tuple[Any, ...]], document: Document, record: CitedDocument | None, paper: int | None) -> Mention:
    span = (row.start, row.end)
    inside = row.path is not None
    place = Place(
        row.location,
        row.path,
        row.heading,
        tuple(row.trail) if inside else (),
        (row.node_start, row.node_end) if inside else span,
    )
    sentence = Snippet(row.sentence, ((row.sentence_start, row.sentence_end),))
    hit = CitationHit(
        document,
        place,
        sentence,
        row.raw,
        span,
        row.symbol,
        row.date,
        row.relation,
        row.certainty,
        row.state,
        tuple(row.conflicts),
        row.sentence_read,
    )
    keys = tuple(key for key, _, _ in row.may_mean)
    evidence = tuple(tuple(Evidence(*piece) for piece in pieces) for _, _, pieces in row.may_mean)
    return Mention(
        hit,
        row.type,
        row.symbol_key,
        row.name_key,
        row.issuer,
        row.title,
        record.key if record else None,
        keys,
        evidence,
        record,
        row.version_id,
        row.ordinal,
        paper,
    )
