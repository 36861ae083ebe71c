"""Who cites what, by the archive's own resolution of citations (resolution.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select, true

from archive.ask.documents import CANDIDATES, find_document
from archive.common.cursors import Place, Window, window
from archive.common.keys import Reference, read_reference
from archive.errors import AmbiguousReference
from archive.resolve.authorities import authority, cited_document
from archive.resolve.mentions import (
    Mention,
    Narrowed,
    by_identity,
    describe,
    find_mentions,
    identity,
    matched,
    meets,
    mentions_in,
    mentions_of,
    read_records,
)
from archive.resolve.typed import Matched, like_typed, read_typed, typed_records
from archive.store.database import given_words, named_words, translated
from archive.store.handle import Archive
from archive.store.tables import AuthorityRow, CitationRow, ResolutionRow, VersionRow
from archive.store.versions import documents_by_id
from archive.values.citations import AmbiguousCitation, CitationGroup, CitedByPlan, CitedDocument, CitesResult
from archive.values.documents import Document
from archive.values.pages import Page

#: How many documents are suggested where nothing was found.
SUGGESTED = 5
#: Mentions of one document so few that they are sorted to find the first; more are looked for document by document, as they are wanted.
#: This bounds the cost only, as do the documents that are looked at together.
_SORTED = 200
_HELPINGS = (24, 100, 400)
#: Stands behind all groups.
_LAST = "\uffff"


@dataclass(frozen=True, slots=True)
class _Group:
    """Mentions that stand together: those of a record, or (no record) those that may mean what is asked for; ``order`` is among groups."""

    order: tuple[str, str, str]
    row: Row[*tuple[Any, ...]] | None
    which: ColumnElement[bool]
    of_kind: ColumnElement[bool]
    total: int


def cites(
    archive: Archive,
    reference: str,
    *,
    organ: str | None = None,
    place: str | None = None,
    relation: str | None = None,
    limit: int | None = None,
    after: str | None = None,
) -> CitesResult:
    """Which plans cite a document, named by symbol, by symbol and year, date or term ("18-NQ/TW@2017", "18-NQ/TW@XII"), or by name ("Luật
    Việc làm").

    Symbols are compared without marks, case and blanks, and as people type them ("nq 57", "57/NQ-TW", "NQ 57 của Bộ Chính trị"); a number
    alone that several documents bear raises AmbiguousReference. ``organ`` and ``place`` keep the cited documents whose issuer or place
    holds the words, ``relation`` (basis, implements …) the mentions of that kind. Nothing found is an empty result with suggestions. Groups
    come in order of date. A mention that does not tell which document it means stands among the ambiguous ones, with the candidates and the
    evidence. ``limit`` is how many mentions are wanted, behind ``after`` (`CitesResult.next`; BadCursor).
    """
    wanted, narrowed = read_reference(reference), Narrowed(organ, place, relation)
    asked = window(limit, after, "cites", reference, organ, place, relation)
    with translated(archive.database), archive.engine.connect() as connection:
        _ask_which(connection, wanted)
        meant = matched(connection, wanted.name)
        groups, there = _groups(connection, meant, wanted, narrowed)
        page = asked.page(_mentions(connection, groups, asked), sum(group.total for group in groups))
        return CitesResult(
            reference,
            *_told(connection, page, groups),
            () if there else tuple(cited_document(row._mapping, None) for row in like_typed(connection, wanted.name, SUGGESTED)),
            sum(group.row is not None for group in groups),
            page.total or 0,
            page.next,
        )


def _ask_which(connection: Connection, wanted: Reference) -> None:
    """Raises AmbiguousReference for a number alone ("57") that several documents bear."""
    typed = read_typed(wanted.name) if wanted.name.isdecimal() else None
    rows = list(typed_records(connection, typed)) if typed else []
    fitting = [row for row in rows if wanted.allows(row.date, row.term, row.place, row.issuer)]
    if len(fitting) > 1:
        candidates = tuple(" ".join(filter(None, (row.type, row.symbol, row.date, row.issuer))) for row in fitting[:CANDIDATES])
        raise AmbiguousReference(reference=wanted.name, candidates=candidates)


def _groups(connection: Connection, meant: Matched, wanted: Reference, narrowed: Narrowed) -> tuple[list[_Group], bool]:
    """The groups that are asked for, in their order, and whether anything means or may mean the name at all."""
    of_kind = CitationRow.relation == narrowed.relation if narrowed.relation is not None else true()
    counts = select(ResolutionRow.record, func.count()).where(ResolutionRow.record.in_(meant.records)).group_by(ResolutionRow.record)
    if narrowed.relation is not None:
        counts = counts.join(CitationRow, _SAME).where(of_kind)
    totals = {key: count for key, count in connection.execute(counts) if key is not None}
    rows = (row for row in read_records(connection, totals).values() if meets(row, wanted, narrowed))
    groups = [
        _Group((row.date or "9999", row.symbol or "", row.key), row, ResolutionRow.record == row.key, of_kind, totals[row.key])
        for row in rows
    ]
    groups.sort(key=lambda group: group.order)
    unclear = meant.may
    if unclear is None or not (count := _count(connection, and_(unclear, of_kind))):
        return groups, bool(totals)
    if wanted.chooses or (narrowed.organ, narrowed.place) != (None, None):
        unclear, count = _chosen(connection, and_(unclear, of_kind), wanted, narrowed)
    return [*groups, _Group((_LAST, "", ""), None, unclear, of_kind, count)] if count else groups, True


_SAME = and_(CitationRow.version_id == ResolutionRow.version_id, CitationRow.ordinal == ResolutionRow.ordinal)


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(ResolutionRow).join(CitationRow, _SAME).where(condition)) or 0


def _chosen(connection: Connection, unclear: ColumnElement[bool], wanted: Reference, narrowed: Narrowed) -> tuple[ColumnElement[bool], int]:
    """Of the undecided mentions those that may mean a document asked for, or do not even tell what they may mean; and how many they are."""
    columns = (ResolutionRow.version_id, ResolutionRow.ordinal, ResolutionRow.candidates)
    rows = connection.execute(select(*columns).join(CitationRow, _SAME).where(unclear)).all()
    known = read_records(connection, {key for row in rows for key, _, _ in row.candidates})
    fits = {key for key, row in known.items() if meets(row, wanted, narrowed)}
    by_version: dict[int, list[int]] = {}
    for row in rows:
        may = {key for key, _, _ in row.candidates} & known.keys()
        if not may or may & fits:
            by_version.setdefault(row.version_id, []).append(row.ordinal)
    chosen = (and_(ResolutionRow.version_id == version, ResolutionRow.ordinal.in_(some)) for version, some in by_version.items())
    return and_(unclear, or_(False, *chosen)), sum(map(len, by_version.values()))


def _mentions(connection: Connection, groups: Sequence[_Group], asked: Window) -> Iterator[tuple[Place, tuple[_Group, Mention]]]:
    """The mentions behind the place, group by group, as they are wanted."""
    order, place = (tuple(asked.place[:3]), asked.place[3:]) if asked.place is not None else (("", "", ""), None)
    left = asked.wanted
    for group in groups:
        if group.order < order:
            continue
        found = _behind(connection, group, place if group.order == order else None, left)
        for mention in islice(found, left):
            yield (*group.order, mention.hit.document.id, mention.hit.span[0], mention.ordinal), (group, mention)
            left = None if left is None else left - 1
        if left == 0:
            return


def _behind(connection: Connection, group: _Group, place: Place | None, limit: int | None) -> Iterator[Mention]:
    """The mentions of a group behind a place (document, start, ordinal), in their order."""
    first = 0 if place is None else place[0]
    beyond = group.of_kind
    if place is not None:
        here = (VersionRow.document_id == first) & (
            (CitationRow.start > place[1]) | ((CitationRow.start == place[1]) & (CitationRow.ordinal > place[2]))
        )
        beyond = and_(beyond, or_(VersionRow.document_id > first, here))
    if limit is None or group.total <= _SORTED or group.row is None:
        yield from find_mentions(connection, and_(group.which, beyond), limit)
        return
    # "|| ''" keeps SQLite from the index of the record, which has its mentions in no useful order.
    of_record = and_(ResolutionRow.record.concat("") == group.row.key, beyond)
    versions = select(VersionRow.id).where(VersionRow.current, VersionRow.document_id >= first).order_by(VersionRow.document_id)
    numbers, sizes = iter(connection.scalars(versions)), iter(_HELPINGS)
    while some := tuple(islice(numbers, next(sizes, _HELPINGS[-1]))):
        yield from find_mentions(connection, and_(ResolutionRow.version_id.in_(some), of_record))


def _told(
    connection: Connection, page: Page[tuple[_Group, Mention]], groups: Sequence[_Group]
) -> tuple[tuple[CitationGroup, ...], tuple[AmbiguousCitation, ...]]:
    """The groups that have mentions on a page, and the undecided mentions on it."""
    undecided_ones = [mention for group, mention in page if group.row is None]
    known = read_records(connection, {key for mention in undecided_ones for key in mention.candidates})
    linker = Linker(connection, {*known, *(group.row.key for group, _ in page if group.row is not None)})
    told = []
    for group in groups:
        hits = tuple(mention.hit for own, mention in page if own is group)
        if group.row is not None and hits:
            linked = linker.linked(cited_document(group.row._mapping, None))
            told.append(CitationGroup(linked, hits, authority(group.row._mapping, linked.document), group.total))
    return tuple(told), tuple(_undecided(mention, known, linker) for mention in undecided_ones)


def _undecided(mention: Mention, known: dict[str, Row[*tuple[Any, ...]]], linker: Linker) -> AmbiguousCitation:
    may = [(known[key], why) for key, why in zip(mention.candidates, mention.evidence, strict=True) if key in known]
    documents = tuple(linker.linked(cited_document(row._mapping, None)) for row, _ in may)
    return AmbiguousCitation(mention.hit, documents, tuple(why for _, why in may))


def cited_by(
    archive: Archive, ref: str, *, relation: str | None = None, limit: int | None = None, after: str | None = None
) -> Page[CitedByPlan]:
    """The documents that a plan in the archive cites, in order of first mention; ``relation`` keeps the mentions of that kind; ``limit`` of
    them behind ``after``. Raises UnknownDocument, AmbiguousDocument, BadCursor."""
    document = find_document(archive, ref)
    asked = window(limit, after, "cited-by", document.id, relation)
    with translated(archive.database), archive.engine.connect() as connection:
        cited = cited_in(connection, document, relation)
        return asked.page(asked.behind(((one.cited.key,), one) for one in cited), len(cited))


def cited_in(connection: Connection, document: Document, relation: str | None = None) -> tuple[CitedByPlan, ...]:
    """`cited_by` without a limit."""
    mentions = mentions_in(connection, document)
    groups = by_identity(mention for mention in mentions if relation in (None, mention.hit.relation))
    linker = Linker(connection, papers={key: own[0].paper for key, own in groups.items() if own[0].paper is not None})
    return tuple(
        CitedByPlan(linker.linked(describe(key, own)), own[0].document_key is None, tuple(mention.hit for mention in own))
        for key, own in groups.items()
    )


def citing(archive: Archive, ref: str) -> CitationGroup | None:
    """Which plans cite a plan of the archive, by the records that are known to be it; None where none does. Raises UnknownDocument,
    AmbiguousDocument."""
    document = find_document(archive, ref)
    with translated(archive.database), archive.engine.connect() as connection:
        return citing_of(connection, document)


def citing_of(connection: Connection, document: Document) -> CitationGroup | None:
    """`citing` by the document."""
    mentions = mentions_of(connection, document.id)
    if not mentions:
        return None
    key = identity(mentions[0])
    told = replace(describe(key, [one for one in mentions if one.document_key == key]), document=document)
    hits = tuple(mention.hit for mention in mentions)
    return CitationGroup(told, hits, total=len(hits))


def undecided(documents: Iterable[CitedDocument]) -> frozenset[str]:
    """The keys among these that stand for mentions which do not tell the document (see `by_identity`)."""
    return frozenset(cited.key for cited in documents if cited.key.startswith("?"))


_PAPERS = select(AuthorityRow.key, AuthorityRow.document_id).where(AuthorityRow.document_id.is_not(None))


@cache
def _papers_of(dialect: str) -> Select[*tuple[Any, ...]]:
    return _PAPERS.where(AuthorityRow.key.in_(named_words(dialect, "keys")))


class Linker:
    """Finds the plan in the archive that a cited document is; ``keys`` are those that will be asked for (None: any), ``papers`` the numbers
    of these plans where they are known."""

    def __init__(self, connection: Connection, keys: Iterable[str] | None = None, papers: Mapping[str, int] | None = None) -> None:
        if papers is None:
            papers = {row.key: row.document_id for row in _papers(connection, keys)}
        documents = documents_by_id(connection, papers.values())
        self._papers: dict[str, Document] = {key: documents[paper] for key, paper in papers.items() if paper in documents}

    def linked(self, cited: CitedDocument) -> CitedDocument:
        """The cited document with the plan that it is, if it is in the archive."""
        paper = self._papers.get(cited.key)
        return cited if paper is None else replace(cited, document=paper)


def _papers(connection: Connection, keys: Iterable[str] | None) -> Sequence[Row[*tuple[Any, ...]]]:
    if keys is None:
        return connection.execute(_PAPERS).all()
    given = {"keys": given_words(connection, sorted(set(keys)))}
    return connection.execute(_papers_of(connection.dialect.name), given).all()
