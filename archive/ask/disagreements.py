"""What does not agree: in each paper by itself, and between what papers say of one document. Both places are quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.ask.documents import find_document
from archive.ask.paper_disagreements import Sure, lint_paper, one_document, own_citation, sure_citations
from archive.common.excerpts import sentence_span, snippet
from archive.common.words import LOW_QUALITY
from archive.errors import PlanDamaged
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.versions import documents_by_version, read_content
from archive.values.documents import Document, Fact, Span
from archive.values.graph import Disagreement, Quotation

_EXACT = len("2025-11-20")
#: What says that a citation's own date is wrong.
_WRONG_DATE = ("year-of-symbol", "two-dates", "dated-later")
#: Characters on either side of what is quoted.
_AROUND = 70


@dataclass(frozen=True, slots=True)
class _Told:
    """A date that one paper gives a document."""

    document: Document
    citation: Sure
    own: bool


def lint(archive: Archive, ref: str | None = None) -> tuple[Disagreement, ...]:
    """Everything that does not agree, by document and place; with ``ref`` (as in `find_document`) what touches that document.

    Codes are those of `lint_paper`, and other-date: two papers date one document differently (symbol, first, second, papers: how many say
    the second). Raises UnknownDocument, AmbiguousDocument.
    """
    wanted = None if ref is None else find_document(archive, ref).id
    found: list[Disagreement] = []
    texts: dict[int, str] = {}
    told: dict[tuple[str, str], list[_Told]] = {}
    with translated(archive.database), archive.engine.connect() as connection:
        for version_id, document in sorted(documents_by_version(connection).items(), key=lambda entry: entry[1].id):
            try:
                text, plan = read_content(connection, version_id)
            except PlanDamaged:  # `check` names it
                continue
            texts[document.id] = text
            if wanted in (None, document.id):
                for pair in lint_paper(plan, text):
                    first, second = _quote(document, text, pair.first), _quote(document, text, pair.second)
                    found.append(Disagreement(pair.code, first, second, pair.facts))
            if document.quality >= LOW_QUALITY:
                own = own_citation(plan)
                for citation in (*sure_citations(plan), *([own] if own else [])):
                    if citation.date is not None and len(citation.date) == _EXACT:
                        told.setdefault((citation.type, citation.symbol), []).append(_Told(document, citation, citation is own))
    for those in told.values():
        found += _between(those, texts)
    if wanted is not None:
        found = [one for one in found if wanted in (one.first.document_id, one.second.document_id)]
    return tuple(sorted(_told_once(found), key=lambda one: (one.first.document_id, one.first.span, one.code)))


def _told_once(found: list[Disagreement]) -> Iterator[Disagreement]:
    """A date that a paper itself belies is not held against other papers as well."""
    belied = {(one.first.document_id, one.facts.get("symbol")) for one in found if one.code in _WRONG_DATE}
    yield from (one for one in found if one.code != "other-date" or (one.first.document_id, one.facts.get("symbol")) not in belied)


def _between(told: list[_Told], texts: Mapping[int, str]) -> Iterator[Disagreement]:
    """Papers that date a document otherwise than it does itself, or, where it is not in the archive, than most do; one finding each."""
    own = next((one for one in told if one.own), None)
    papers = Counter(date for date, _ in {(one.citation.date, one.document.id) for one in told})
    # Where it is one against one, the paper that was added first is the measure.
    usual = max(papers, key=lambda date: (papers[date], -min(one.document.id for one in told if one.citation.date == date)))
    right = own or next(one for one in told if one.citation.date == usual)
    seen: set[tuple[int, str | None]] = set()
    for one in told:
        date = one.citation.date
        if date == right.citation.date or (one.document.id, date) in seen or one.document.id == right.document.id:
            continue
        if one_document(one.citation, right.citation):
            seen.add((one.document.id, date))
            facts: dict[str, Fact] = {
                "symbol": one.citation.symbol,
                "first": date,
                "second": right.citation.date,
                "papers": papers[right.citation.date],
            }
            first, second = (_quote(which.document, texts[which.document.id], which.citation.span) for which in (one, right))
            yield Disagreement("other-date", first, second, facts)


def _quote(document: Document, text: str, span: Span) -> Quotation:
    left, right = max(0, span[0] - _AROUND), min(len(text), span[1] + _AROUND)
    # No word is cut.
    while left and left < span[0] and not text[left - 1].isspace():
        left += 1
    while right < len(text) and right > span[1] and not text[right].isspace():
        right -= 1
    bounds = (left, right)
    return Quotation(
        document.id,
        document.symbol or document.name,
        text.count("\n", 0, span[0]) + 1,
        span,
        text[slice(*span)],
        snippet(text, sentence_span(text, span, bounds), [span]),
    )
