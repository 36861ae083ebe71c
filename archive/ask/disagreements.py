"""What does not agree: in each paper by itself, and between what papers say of one document. Both places are quoted."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from archive.ask.documents import find_document
from archive.ask.paper_disagreements import lint_paper
from archive.ask.told_days import Held, Told, ToldDays
from archive.common.cursors import Place, Window, window
from archive.common.excerpts import sentence_span, snippet
from archive.common.sure_citations import own_citation
from archive.errors import PlanDamaged
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.versions import current_version, documents_by_id, read_content, read_text
from archive.values.documents import Document, Fact, Span
from archive.values.graph import Disagreement, Quotation
from archive.values.pages import Page

#: What says that a citation's own date is wrong.
_WRONG_DATE = ("year-of-symbol", "two-dates", "dated-later")
#: Characters on either side of what is quoted.
_AROUND = 70


def lint(archive: Archive, ref: str | None = None, *, limit: int | None = None, after: str | None = None) -> Page[Disagreement]:
    """Everything that does not agree, by document and place; with ``ref`` (as in `find_document`) what touches that document; ``limit``
    findings behind ``after``.

    Codes are those of `lint_paper`, and other-date: two papers date one document differently (symbol, first, second, papers: how many say
    the second). How many there are in the whole archive only reading it tells. Raises UnknownDocument, AmbiguousDocument, BadCursor.
    """
    wanted = None if ref is None else find_document(archive, ref).id
    asked = window(limit, after, "lint", wanted)
    with translated(archive.database), archive.engine.connect() as connection:
        told = ToldDays(connection)
        if wanted is None:
            return asked.page(_of_all(connection, told, asked))
        held = [_other_date(connection, one) for one in told.measured_by(told.of(wanted))]
        found = sorted([*_of_paper(connection, told, wanted), *held], key=_order)
        return asked.page(asked.behind(_placed(found)), len(found))


def _of_all(connection: Connection, told: ToldDays, asked: Window) -> Iterator[tuple[Place, Disagreement]]:
    """The findings of all papers behind the place, paper by paper, as they are wanted."""
    first = asked.place[0] if asked.place is not None else 0
    papers = select(VersionRow.document_id).where(VersionRow.current, VersionRow.document_id >= first).order_by(VersionRow.document_id)
    for paper in connection.scalars(papers):
        found = _placed(sorted(_of_paper(connection, told, paper), key=_order))
        yield from asked.behind(found) if asked.place is not None and paper == first else found


def _placed(found: list[Disagreement]) -> Iterator[tuple[Place, Disagreement]]:
    """Each with its place: the paper that it is told of, and its number among the findings there."""
    numbers: dict[int, int] = {}
    for one in found:
        paper = one.first.document_id
        numbers[paper] = numbers.get(paper, -1) + 1
        yield (paper, numbers[paper]), one


def _order(one: Disagreement) -> tuple[int, Span, str]:
    return one.first.document_id, one.first.span, one.code


def _of_paper(connection: Connection, told: ToldDays, paper: int) -> Iterator[Disagreement]:
    """What does not agree in one paper, and in what it says of others. A date that a paper itself belies is not held against other papers
    as well."""
    document = documents_by_id(connection, [paper])[paper]
    try:
        text, plan = read_content(connection, current_version(connection, paper))
    except PlanDamaged:  # `check` names it
        return
    pairs = lint_paper(plan, text)
    for pair in pairs:
        yield Disagreement(pair.code, _quote(document, text, pair.first), _quote(document, text, pair.second), pair.facts)
    belied = {pair.facts.get("symbol") for pair in pairs if pair.code in _WRONG_DATE}
    for held in told.held_against(told.of(paper)):
        if held.one.citation.symbol not in belied:
            yield _other_date(connection, held)


def _other_date(connection: Connection, held: Held) -> Disagreement:
    """A day that a paper gives a document otherwise than the document does itself, or, where it is not in the archive, than most papers
    do."""
    facts: dict[str, Fact] = {
        "symbol": held.one.citation.symbol,
        "first": held.one.citation.date,
        "second": held.right.citation.date,
        "papers": held.papers,
    }
    return Disagreement("other-date", _quote_told(connection, held.one), _quote_told(connection, held.right), facts)


def _quote_told(connection: Connection, told: Told) -> Quotation:
    document = documents_by_id(connection, [told.document_id])[told.document_id]
    if not told.own:
        return _quote(document, read_text(connection, told.version_id), told.citation.span)
    try:
        text, plan = read_content(connection, told.version_id)
    except PlanDamaged:  # `check` names it; its text stands beside the plan
        return _quote(document, read_text(connection, told.version_id), (0, 0))
    own = own_citation(plan)
    return _quote(document, text, own.span if own is not None else (0, 0))


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
