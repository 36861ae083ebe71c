"""Which day papers give a document, for sure: theirs against the paper's own, or against what most say.

A paper is the measure of itself; of one that is not in the archive the day that most papers say is. The counts come from an index; rows are
read of those alone that say something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, select

from archive.ask.paper_disagreements import one_document
from archive.common.keys import symbol_key
from archive.common.sure_citations import Sure
from archive.store.tables import CitationRow, VersionRow
from kehoach_parser.knowledge import parts_of

_Row = Row[*tuple[Any, ...]]
#: Type and symbol of a document, as papers print them.
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A day that a paper gives a document; ``own``: the document is the paper itself, then the place is that of its head's date, which the
    row does not have (`common.sure_citations.own_citation`)."""

    document_id: int
    version_id: int
    citation: Sure
    own: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Two papers that date a document differently, the second being the measure, which so many ``papers`` say."""

    one: Told
    right: Told
    papers: int


class ToldDays:
    """What the papers of an archive say of the days of documents, each document looked at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._measures: dict[Named, tuple[Told, int] | None] = {}

    def of(self, document_id: int) -> list[Told]:
        """What one paper says, in the order of its text, of itself last."""
        plan = {"plan": document_id}
        return [*map(_told, (*self._connection.execute(_CITED_BY, plan), *self._own(_OWN_OF, plan)))]

    def held_against(self, told: Iterable[Told]) -> Iterator[Held]:
        """The days that one paper gives otherwise than others do, each once."""
        seen = set[tuple[Named, str | None]]()
        for one in told:
            named = (one.citation.type, one.citation.symbol)
            measure = self._measure(named)
            if measure is not None and (held := _held(one, *measure)) and (named, one.citation.date) not in seen:
                seen.add((named, one.citation.date))
                yield held

    def measured_by(self, told: Iterable[Told]) -> Iterator[Held]:
        """The days that other papers give otherwise than one paper does, where that one is the measure."""
        for named in dict.fromkeys((one.citation.type, one.citation.symbol) for one in told):
            measure = self._measure(named)
            if measure is None or all(measure[0].document_id != one.document_id for one in told):
                continue
            right, papers = measure
            seen = set[tuple[int, str | None]]()
            for other in self._otherwise(named, right):
                known = (other.document_id, other.citation.date)
                if known not in seen and (held := _held(other, right, papers)):
                    seen.add(known)
                    yield held

    def _measure(self, named: Named) -> tuple[Told, int] | None:
        """What is taken for right of a document, and how many papers say so; None where all say the same."""
        if named not in self._measures:
            self._measures[named] = self._find_measure(named)
        return self._measures[named]

    def _find_measure(self, named: Named) -> tuple[Told, int] | None:
        asked = _asked(named)
        papers = {day: count for day, count in self._connection.execute(_DAYS, asked) if day is not None}
        own = self._own(_OWN_NAMED, asked)
        for row in own:
            if self._connection.scalar(_AGAIN, {**asked, "version": row.version_id, "day": row.day}) is None:
                papers[row.day] = papers.get(row.day, 0) + 1
        if len(papers) < 2:
            return None
        if own:
            return _told(own[0]), papers[own[0].day]
        most = max(papers.values())
        # Where it is one against one, the paper that was added first is the measure.
        firsts = [self._first({**asked, "day": day}) for day, count in papers.items() if count == most]
        first = min(firsts, key=lambda row: (row.document_id, row.ordinal))
        return _told(first), most

    def _first(self, asked: dict[str, str]) -> _Row:
        """The first of many citations with a day: of these the index alone is read."""
        paper = self._connection.scalar(_FIRST_PAPER, asked)
        return self._connection.execute(_CITED_FIRST, {**asked, "plan": paper}).fetchall()[0]

    def _otherwise(self, named: Named, right: Told) -> list[Told]:
        """What is said otherwise of a document, by paper."""
        asked = {**_asked(named), "day": right.citation.date}
        own = (row for row in self._own(_OWN_NAMED, asked) if row.day != right.citation.date)
        rows = [*self._connection.execute(_CITED_OTHERWISE, asked), *own]
        return [*map(_told, sorted(rows, key=lambda row: (row.document_id, *_in_text(row))))]

    def _own(self, statement: Select[*tuple[Any, ...]], asked: Mapping[str, object]) -> list[_Row]:
        return sorted(self._connection.execute(statement, asked), key=lambda row: int(row.document_id))


def _asked(named: Named) -> dict[str, str]:
    """The values of the statements about a document."""
    return {"type": named[0], "symbol": named[1], "key": symbol_key(named[1])}


def _named(table: type[CitationRow] | type[VersionRow]) -> ColumnElement[bool]:
    return and_(table.symbol_key == bindparam("key"), table.type == bindparam("type"), table.symbol == bindparam("symbol"))


# Made once: an answer asks dozens of them, and to make one takes longer than to have it answered.
_CITATION = (CitationRow.ordinal, CitationRow.start, CitationRow.end, CitationRow.raw, CitationRow.type, CitationRow.symbol)
_CITED: Select[*tuple[Any, ...]] = (
    select(VersionRow.document_id, CitationRow.version_id, *_CITATION, CitationRow.issuer, CitationRow.title, CitationRow.told.label("day"))
    .join(VersionRow, VersionRow.id == CitationRow.version_id)
    .where(CitationRow.told.is_not(None))
    .order_by(VersionRow.document_id, CitationRow.ordinal)
)
_OF_DAY = CitationRow.told == bindparam("day")
_OF_PLAN = VersionRow.document_id == bindparam("plan")
_CITED_BY = _CITED.where(_OF_PLAN)
_CITED_FIRST = _CITED.where(_named(CitationRow), _OF_DAY, _OF_PLAN)
_CITED_OTHERWISE = _CITED.where(_named(CitationRow), CitationRow.told != bindparam("day"))
_FIRST_PAPER = (
    select(func.min(VersionRow.document_id)).join(CitationRow, CitationRow.version_id == VersionRow.id).where(_named(CitationRow), _OF_DAY)
)
_DAYS = (
    select(CitationRow.told, func.count(CitationRow.version_id.distinct()))
    .where(_named(CitationRow), CitationRow.told.is_not(None))
    .group_by(CitationRow.told)
)
_AGAIN = select(CitationRow.ordinal).where(CitationRow.version_id == bindparam("version"), _named(CitationRow), _OF_DAY).limit(1)
_OWN: Select[*tuple[Any, ...]] = select(
    VersionRow.document_id,
    VersionRow.id.label("version_id"),
    VersionRow.type,
    VersionRow.symbol,
    VersionRow.organ,
    VersionRow.told.label("day"),
).where(VersionRow.current, VersionRow.told.is_not(None))
_OWN_OF = _OWN.where(_OF_PLAN)
_OWN_NAMED = _OWN.where(_named(VersionRow))


def _in_text(row: _Row) -> tuple[bool, int]:
    """What a paper says of itself comes last."""
    return not hasattr(row, "ordinal"), getattr(row, "ordinal", 0)


def _told(row: _Row) -> Told:
    parts = parts_of(row.symbol)
    assert parts is not None, "nothing is told for sure of a symbol that is none"
    if not hasattr(row, "ordinal"):
        return Told(row.document_id, row.version_id, Sure((0, 0), "", row.type, row.symbol, parts, row.day, row.organ, None), True)
    sure = Sure((row.start, row.end), row.raw, row.type, row.symbol, parts, row.day, row.issuer, row.title, row.ordinal)
    return Told(row.document_id, row.version_id, sure, False)


def _held(one: Told, right: Told, papers: int) -> Held | None:
    """One day held against the measure; None where they agree, or may be of two documents."""
    if one.citation.date == right.citation.date or one.document_id == right.document_id:
        return None
    return Held(one, right, papers) if one_document(one.citation, right.citation) else None
