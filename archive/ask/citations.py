"""Who cites what, by the archive's own resolution of citations (resolution.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from archive.ask.documents import CANDIDATES, find_document
from archive.common.keys import Reference, read_reference
from archive.errors import AmbiguousReference
from archive.resolve.authorities import authority, cited_document
from archive.resolve.mentions import Mention, Narrowed, _meets, _narrow, _records, by_identity, describe, find_mentions, grouped, matching
from archive.resolve.typed import like_typed, read_typed, typed_records
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import AuthorityRow, VersionRow
from archive.store.versions import documents_by_version
from archive.values.citations import AmbiguousCitation, CitationGroup, CitedByPlan, CitedDocument, CitesResult
from archive.values.documents import Document


def cites(
    archive: Archive, reference: str, *, organ: str | None = None, place: str | None = None, relation: str | None = None
) -> CitesResult:
    """Which plans cite a document, named by symbol, by symbol and year, date or term ("18-NQ/TW@2017", "18-NQ/TW@XII"), or by name ("Luật
    Việc làm").

    Symbols are compared without marks, case and blanks, and as people type them ("nq 57", "57/NQ-TW", "NQ 57 của Bộ Chính trị"); a number
    alone that several documents bear raises AmbiguousReference. ``organ`` and ``place`` keep the cited documents whose issuer or place
    holds the words, ``relation`` (basis, implements …) the mentions of that kind. Nothing found is an empty result with suggestions. Groups
    come in order of date. A mention that does not tell which document it means stands among the ambiguous ones, with the candidates and the
    evidence.
    """
    wanted, narrowed = read_reference(reference), Narrowed(organ, place, relation)
    with translated(archive.database), archive.engine.connect() as connection:
        _ask_which(connection, wanted)
        mentions = find_mentions(connection, matching(connection, wanted.name))
        mentions = tuple(mention for mention in mentions if relation in (None, mention.hit.relation))
        meant = {key for mention in mentions for key in (mention.document_key, *mention.candidates) if key is not None}
        known = _records(connection, meant)
        linker = Linker(connection)
        return CitesResult(
            reference,
            tuple(_certain(mentions, wanted, narrowed, known, linker)),
            tuple(_perhaps(mentions, wanted, narrowed, known, linker)),
            () if mentions else tuple(cited_document(row._mapping, None) for row in like_typed(connection, wanted.name, SUGGESTED)),
        )


def _ask_which(connection: Connection, wanted: Reference) -> None:
    """Raises AmbiguousReference for a number alone ("57") that several documents bear."""
    typed = read_typed(wanted.name) if wanted.name.isdecimal() else None
    rows = list(typed_records(connection, typed)) if typed else []
    fitting = [row for row in rows if wanted.allows(row.date, row.term, row.place, row.issuer)]
    if len(fitting) > 1:
        candidates = tuple(" ".join(filter(None, (row.type, row.symbol, row.date, row.issuer))) for row in fitting[:CANDIDATES])
        raise AmbiguousReference(reference=wanted.name, candidates=candidates)


#: How many documents are suggested where nothing was found.
SUGGESTED = 5
_Known = Mapping[str, Row[*tuple[Any, ...]]]


def _certain(mentions: Sequence[Mention], wanted: Reference, narrowed: Narrowed, known: _Known, linker: Linker) -> Iterator[CitationGroup]:
    """The documents that are cited for certain and asked for, each with its mentions and its record."""
    for cited, members in grouped(mentions):
        row = known.get(cited.key)
        if wanted.allows(cited.date, cited.term, cited.place, cited.issuer) and _narrow(row, narrowed):
            linked = linker.linked(cited)
            said = authority(row._mapping, linked.document) if row is not None else None
            yield CitationGroup(linked, tuple(mention.hit for mention in members), said)


def _perhaps(
    mentions: Sequence[Mention], wanted: Reference, narrowed: Narrowed, known: _Known, linker: Linker
) -> Iterator[AmbiguousCitation]:
    """The mentions that may mean a document asked for, or do not even tell what they may mean."""
    for mention in (mention for mention in mentions if mention.document_key is None):
        may = [(known[key], why) for key, why in zip(mention.candidates, mention.evidence, strict=True) if key in known]
        if not may or any(_meets(row, wanted, narrowed) for row, _ in may):
            documents = tuple(linker.linked(cited_document(row._mapping, None)) for row, _ in may)
            yield AmbiguousCitation(mention.hit, documents, tuple(why for _, why in may))


def cited_by(archive: Archive, ref: str, *, relation: str | None = None) -> tuple[CitedByPlan, ...]:
    """The documents that a plan in the archive cites, in order of first mention; ``relation`` keeps the mentions of that kind. Raises
    UnknownDocument, AmbiguousDocument."""
    document = find_document(archive, ref)
    with translated(archive.database), archive.engine.connect() as connection:
        mentions = find_mentions(connection, VersionRow.document_id == document.id)
        mentions = tuple(mention for mention in mentions if relation in (None, mention.hit.relation))
        linker = Linker(connection)
        found = []
        for key, members in by_identity(mentions).items():
            cited = linker.linked(describe(key, members))
            found.append(CitedByPlan(cited, members[0].document_key is None, tuple(mention.hit for mention in members)))
    return tuple(found)


def undecided(documents: Iterable[CitedDocument]) -> frozenset[str]:
    """The keys among these that stand for mentions which do not tell the document (see `by_identity`)."""
    return frozenset(cited.key for cited in documents if cited.key.startswith("?"))


class Linker:
    """Finds the plan in the archive that a cited document is."""

    def __init__(self, connection: Connection) -> None:
        papers = connection.execute(select(AuthorityRow.key, AuthorityRow.document_id).where(AuthorityRow.document_id.is_not(None)))
        self._paper = {row.key: row.document_id for row in papers}
        self._connection = connection
        self._documents: dict[int, Document] | None = None

    def linked(self, cited: CitedDocument) -> CitedDocument:
        """The cited document with the plan that it is, if it is in the archive."""
        paper = self._paper.get(cited.key)
        if paper is None:
            return cited
        if self._documents is None:
            self._documents = {document.id: document for document in documents_by_version(self._connection).values()}
        return replace(cited, document=self._documents.get(paper))
