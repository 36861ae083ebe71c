"""Who cites what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from archive.database import translated
from archive.documents import find_document
from archive.handle import Archive
from archive.keys import SEGMENT, Reference, looks_like_symbol, name_key, printed_term, read_reference, symbol_key, term_of
from archive.store import documents_by_version
from archive.tables import CitationRow, NodeRow, VersionRow
from archive.values import (
    AmbiguousCitation,
    CitationGroup,
    CitationHit,
    CitedByPlan,
    CitedDocument,
    CitesResult,
    Document,
    Place,
    Snippet,
)
from archive.words import LOW_QUALITY


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation row as a value: the hit, and what says which document is meant."""

    hit: CitationHit
    type: str
    symbol_key: str | None
    name_key: str
    issuer: str | None
    title: str | None
    document_key: str | None
    candidates: tuple[str, ...]


def cites(archive: Archive, reference: str) -> CitesResult:
    """Which plans cite a document, named by symbol, by symbol and year, date or term ("18-NQ/TW@2017", "18-NQ/TW@XII"), or by name ("Luật
    Việc làm").

    Symbols are compared without marks, case and blanks. Nothing found is an empty result. Groups come in order of date. A mention that
    does not tell which document it means stands among the ambiguous ones, with those that bear the same symbol as candidates.
    """
    wanted = read_reference(reference)
    with translated(archive.database), archive.engine.connect() as connection:
        mentions = find_mentions(connection, matching(connection, wanted.name))
        linker = Linker(connection)
        found = [(linker.linked(cited), members) for cited, members in grouped(mentions)]
        known = {cited.key: cited for cited, _ in found}
        missing = {key for mention in mentions for key in mention.candidates} - known.keys()
        known.update((cited.key, linker.linked(cited)) for cited in described(connection, missing))
    open_keys = undecided(known.values())
    decided = {key: cited for key, cited in known.items() if key not in open_keys}
    groups = tuple(
        CitationGroup(cited, tuple(mention.hit for mention in members))
        for cited, members in found
        if cited.key in decided and wanted.allows(cited.date, cited.term)
    )
    ambiguous = (
        AmbiguousCitation(mention.hit, candidates_of(mention, decided))
        for mention in mentions
        if mention.document_key is None or mention.document_key in open_keys
    )
    return CitesResult(reference, groups, tuple(entry for entry in ambiguous if _may_mean(entry, wanted)))


def cited_by(archive: Archive, ref: str) -> tuple[CitedByPlan, ...]:
    """The documents that a plan in the archive cites, in order of first mention. Raises UnknownDocument, AmbiguousDocument."""
    document = find_document(archive, ref)
    with translated(archive.database), archive.engine.connect() as connection:
        mentions = find_mentions(connection, VersionRow.document_id == document.id)
        linker = Linker(connection)
        found = []
        for key, members in by_identity(mentions).items():
            cited = linker.linked(describe(key, members))
            found.append(CitedByPlan(cited, members[0].document_key is None, tuple(mention.hit for mention in members)))
    return tuple(found)


def matching(connection: Connection, name: str) -> ColumnElement[bool]:
    """The condition on citations that mean what ``name`` says: the symbol, also where only a short form is printed, or the name."""
    if not looks_like_symbol(name):
        # "Luật Việc làm" is that law, and not the decision on carrying it out, where the law itself is cited.
        key, column = name_key(name), CitationRow.name_key
        exact = or_(
            column == key, column.startswith(f"{key}{SEGMENT}", autoescape=True), column.endswith(f"{SEGMENT}{key}", autoescape=True)
        )
        named = tuple(connection.scalars(select(CitationRow.document_key).where(exact).distinct()))
        if not named:
            return column.contains(key, autoescape=True)
        return or_(exact, CitationRow.document_key.in_([document for document in named if document]))
    same_symbol = CitationRow.symbol_key == symbol_key(name)
    keys = connection.scalars(select(CitationRow.document_key).where(same_symbol, CitationRow.document_key.is_not(None)).distinct())
    return or_(same_symbol, CitationRow.document_key.in_(tuple(keys)))


def find_mentions(connection: Connection, condition: ColumnElement[bool]) -> tuple[Mention, ...]:
    """The mentions that meet a condition, by document and place in its text."""
    query = (
        select(
            *CitationRow.__table__.columns,
            NodeRow.path,
            NodeRow.heading,
            NodeRow.trail,
            NodeRow.start.label("node_start"),
            NodeRow.end.label("node_end"),
        )
        .join(VersionRow, VersionRow.id == CitationRow.version_id)
        .outerjoin(NodeRow, (NodeRow.version_id == CitationRow.version_id) & (NodeRow.node == CitationRow.node))
        .where(condition)
        .order_by(VersionRow.document_id, CitationRow.start, CitationRow.ordinal)
    )
    rows = connection.execute(query).all()
    versions = {row.version_id for row in rows}
    documents = documents_by_version(connection, versions if len(versions) < 500 else None)
    return tuple(_mention(row, documents[row.version_id]) for row in rows)


def by_identity(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Mentions by the document they mean; those that do not tell it by their symbol or, without one, by what is printed."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        key = mention.document_key or f"?{mention.symbol_key or mention.name_key.rpartition('¶')[2].strip()}"
        groups.setdefault(key, []).append(mention)
    return groups


def grouped(mentions: Iterable[Mention]) -> list[tuple[CitedDocument, list[Mention]]]:
    """The documents that are meant for certain, in order of date, with their mentions."""
    groups = by_identity(mention for mention in mentions if mention.document_key is not None)
    found = [(describe(key, members), members) for key, members in groups.items()]
    return sorted(found, key=lambda group: (group[0].date or "9999", group[0].symbol or "", group[0].key))


def described(connection: Connection, keys: Iterable[str]) -> list[CitedDocument]:
    """What the archive's mentions tell of documents with these identities."""
    wanted = tuple(keys)
    return [cited for cited, _ in grouped(find_mentions(connection, CitationRow.document_key.in_(wanted)))] if wanted else []


def describe(key: str, mentions: Sequence[Mention]) -> CitedDocument:
    """A document as its mentions print it: of each reading the most frequent in clean texts, else in all; the first of equals."""
    clean = [mention.hit.document.quality >= LOW_QUALITY for mention in mentions]

    def common(values: Iterable[str | None]) -> str | None:
        told = [(value, is_clean) for value, is_clean in zip(values, clean, strict=True) if value]
        counted = Counter(value for value, is_clean in told if is_clean) or Counter(value for value, _ in told)
        return counted.most_common(1)[0][0] if counted else None

    symbol, date = common(m.hit.symbol for m in mentions), common(m.hit.date for m in mentions)
    title = common(m.title for m in mentions) or (None if symbol else mentions[0].hit.raw)
    term = term_of(symbol, date) or common(printed_term(m.issuer, m.hit.raw) for m in mentions)
    return CitedDocument(key, common(m.type for m in mentions) or "", symbol, date, common(m.issuer for m in mentions), title, term)


def undecided(documents: Iterable[CitedDocument]) -> frozenset[str]:
    """The identities that say no more than a symbol which other documents bear with a date or a term.

    A plan that never prints the date of "Nghị quyết 18-NQ/TW" means one of them, and alone it cannot know that there are several.
    """
    every = tuple(documents)
    told = {symbol_key(cited.symbol) for cited in every if cited.symbol and (cited.date or cited.term)}
    return frozenset(cited.key for cited in every if cited.symbol and not (cited.date or cited.term) and symbol_key(cited.symbol) in told)


def candidates_of(mention: Mention, known: dict[str, CitedDocument]) -> tuple[CitedDocument, ...]:
    """What an undecided mention may mean: what its own plan says; else what bears its symbol, the latest before the plan first."""
    if mention.candidates:
        unknown = CitedDocument("", mention.type, mention.hit.symbol, None, mention.issuer, mention.title, None)
        return tuple(known.get(key) or replace(unknown, key=key) for key in mention.candidates)
    if mention.symbol_key is None:
        return ()
    namesakes = [cited for cited in known.values() if cited.symbol and symbol_key(cited.symbol) == mention.symbol_key]
    written = mention.hit.document.date or "9999"
    before = sorted((c for c in namesakes if (c.date or "") <= written), key=lambda cited: cited.date or "", reverse=True)
    return (*before, *sorted((c for c in namesakes if (c.date or "") > written), key=lambda cited: cited.date or ""))


class Linker:
    """Finds the plan in the archive that a cited document is. A symbol alone is no identity: date or issuing organ must agree as well."""

    def __init__(self, connection: Connection) -> None:
        self._by_symbol: dict[str, list[Document]] = {}
        for document in documents_by_version(connection).values():
            if document.symbol is not None:
                self._by_symbol.setdefault(symbol_key(document.symbol), []).append(document)

    def linked(self, cited: CitedDocument) -> CitedDocument:
        """The cited document with the plan that it is, where exactly one is."""
        if cited.symbol is None or cited.key.startswith("?"):
            return cited
        found = [document for document in self._by_symbol.get(symbol_key(cited.symbol), ()) if _same(cited, document)]
        return replace(cited, document=found[0]) if len(found) == 1 else cited


def _same(cited: CitedDocument, document: Document) -> bool:
    if cited.date is not None and document.date is not None:
        if len(cited.date) == len(document.date) == len("2025-11-20"):
            return cited.date == document.date
        if not (cited.date.startswith(document.date) or document.date.startswith(cited.date)):
            return False
    if cited.issuer is None:
        return False
    issuer = name_key(cited.issuer)
    return any(organ is not None and issuer == name_key(organ) for organ in (document.organ, document.parent_organ))


def _may_mean(entry: AmbiguousCitation, wanted: Reference) -> bool:
    if wanted.choice is None or not entry.candidates:
        return True
    return any(wanted.allows(cited.date, cited.term) for cited in entry.candidates)


def _mention(row: Row[*tuple[Any, ...]], document: Document) -> Mention:
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
    hit = CitationHit(document, place, sentence, row.raw, span, row.symbol, row.date, row.relation, row.certainty)
    return Mention(hit, row.type, row.symbol_key, row.name_key, row.issuer, row.title, row.document_key, tuple(row.candidates))
