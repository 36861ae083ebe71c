"""Mentions and their place: the second half of the pipeline. Knows the order of its steps:

dates → citations → identity, then units → duties; all found in the document, then laid into the structure. Units and duties are told by
words alone: those of a damaged document are read in its text as meant.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kehoach_parser.citations import find_citations, resolve, with_later_uses
from kehoach_parser.dates import with_bare_times
from kehoach_parser.duties import find_duties
from kehoach_parser.found import FoundCitation, FoundDate, FoundDates, Identity, Structure
from kehoach_parser.model import Assignment, Citation, DateMention, Field, Repair, Span, Table, Warning
from kehoach_parser.restoration import as_meant
from kehoach_parser.structure import Places, places_of
from kehoach_parser.text.document import Document, read_document
from kehoach_parser.text.respan import moved
from kehoach_parser.units import find_units, read_words, scope_in

_YEAR = re.compile(r"[^\n]{0,8}\bnam\s+((?:19|20)\d\d)[ \t]*[:.]?[ \t]*(?:\n|$)")  # behind the label of an item


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a document mentions, in document order."""

    citations: tuple[Citation, ...]
    dates: tuple[DateMention, ...]
    assignments: tuple[Assignment, ...]
    warnings: tuple[Warning, ...]
    repairs: tuple[Repair, ...]


def read_mentions(document: Document, structure: Structure, tables: Sequence[Table], dates: FoundDates) -> Mentions:
    """Citations, dates and duties of a document whose structure is known."""
    places = places_of(structure)
    header = structure.header
    organ = header.organ.value if header.organ else None
    place = header.place.value if header.place else None
    issued = header.date.value if header.date else None
    found = find_citations(document, dates.dates, _cells(tables))
    body = structure.nodes[0].span[0] if structure.nodes else len(document.content)
    cited = with_later_uses(document, found.citations, structure.subjects, body, header.type.value if header.type else None)
    citations = [citation for citation in cited if not _is_own(citation, structure, places)]
    parent = header.parent_organ.value if header.parent_organ else None
    identities = resolve(citations, organ, place, issued, parent)
    first_end = structure.parts[0].span[1]
    placed = tuple(_place_citation(citation, identity, places, first_end) for citation, identity in zip(citations, identities, strict=True))
    told = with_bare_times(document.content, dates.dates, _deadline_cells(tables))
    told = with_bare_times(document.content, told, _years(document, structure), "period")
    roles = _date_roles(told, citations, structure)
    called = _Called(organ, place, parent)
    duties = _duties(document, structure, tables, roles, called)
    return Mentions(placed, tuple(_place_date(date, places) for date in roles), duties, dates.warnings, (*dates.repairs, *found.repairs))


class _Called(NamedTuple):
    """Who issues a document, by the names in its head."""

    organ: str | None
    place: str | None
    parent: str | None


def _duties(
    document: Document, structure: Structure, tables: Sequence[Table], dates: Sequence[FoundDate], called: _Called
) -> tuple[Assignment, ...]:
    """The duties of a document; those of a damaged one are read in its text as meant."""
    meant = as_meant(document.content)
    if meant is None:
        return _found(document, (structure, tables, dates), called)
    laid = moved((structure, tuple(tables), tuple(dates)), meant.there, meant.content)
    return moved(_found(read_document(meant.content), laid, called, meant.unsure), meant.back, document.content)


def _found(
    document: Document,
    laid: tuple[Structure, Sequence[Table], Sequence[FoundDate]],
    called: _Called,
    unsure: Sequence[Span] = (),
) -> tuple[Assignment, ...]:
    """The duties of a text, of which ``unsure`` are words whose reading is doubtful."""
    words, scope = read_words(document, unsure), scope_in(document, *called)
    structure, tables, dates = laid
    return find_duties(document, words, scope, structure, tables, find_units(document, words, scope), dates)


def _is_own(citation: FoundCitation, structure: Structure, places: Places) -> bool:
    """Whether a document names itself: in its head, or in the bracket of its annex ("(Kèm theo Kế hoạch số 157/KH-UBND ngày …)")."""
    header = structure.header
    heads = [header, *(part.header for part in structure.parts if part.header)]
    if any(head.symbol and _overlap(citation.span, head.symbol.span) for head in heads):
        return True
    same = header.symbol is not None and citation.symbol == header.symbol.value
    dated = citation.date is None or header.date is None or citation.date == header.date.value
    return same and dated and places.at(citation.span[0]) == (None, "subject")


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _place_citation(citation: FoundCitation, identity: Identity, places: Places, first_end: int) -> Citation:
    """The citation in its place; ``first_end``: where the first paper of the file ends."""
    # Outside all zones stand the recipients, and the text of an annex that has no outline.
    node, where = places.at(citation.span[0]) or (None, "body" if citation.span[0] >= first_end else "closing")
    return Citation(
        span=citation.span,
        raw=citation.raw,
        type=citation.type,
        symbol=citation.symbol,
        date=citation.date,
        issuer=citation.issuer,
        title=citation.title,
        node=node,
        where=where,
        defines=citation.defines,
        relation=citation.relation,
        document=identity.document,
        candidates=identity.candidates,
        certainty=citation.certainty,
    )


def _cells(tables: Sequence[Table]) -> tuple[Span, ...]:
    """The cells of all tables, in document order."""
    return tuple(sorted(cell for table in tables for row in table.rows for cell in row.cells if cell))


def _deadline_cells(tables: Sequence[Table]) -> Iterator[Span]:
    """The cells of the columns that say until when."""
    for table in tables:
        for row in table.rows:
            yield from (cell for column, cell in zip(table.columns, row.cells, strict=True) if cell and column.role == "deadline")


def _years(document: Document, structure: Structure) -> Iterator[Span]:
    """The first lines of items that are a year and nothing else: "2. Năm 2027" over what is planned for it."""
    for node in structure.nodes:
        if (match := _YEAR.match(document.folded, *node.span)) is not None:
            yield match.span(1)


def _date_roles(dates: Sequence[FoundDate], citations: Sequence[FoundCitation], structure: Structure) -> tuple[FoundDate, ...]:
    """The dates with the roles that only their surroundings tell: issued in a head, cited at the end of a citation."""
    heads = [header.date for header in (structure.header, *(part.header for part in structure.parts if part.header)) if header.date]
    cited = sorted(citation.span for citation in citations if citation.date)
    roled = []
    for date in dates:
        head = next((head for head in heads if _overlap(date.span, head.span)), None)
        if head is not None:
            date, role = _no_surer(date, head), "issued"
        elif any(_overlap(date.span, span) for span in cited):
            role = "cited"
        else:
            role = "event" if date.role == "cited" else date.role
        roled.append(date if role == date.role else replace(date, role=role))
    return tuple(roled)


def _no_surer(date: FoundDate, head: Field) -> FoundDate:
    """The date of a head as its header says it: without a day where that is no number as printed."""
    if len(head.value) != 7 or date.value is None or len(date.value) != 10 or date.value[:7] != head.value:
        return date
    last = monthrange(int(head.value[:4]), int(head.value[5:]))[1]
    return replace(
        date, value=head.value, first=f"{head.value}-01", last=f"{head.value}-{last}", certainty=min(date.certainty, head.certainty)
    )


def _place_date(date: FoundDate, places: Places) -> DateMention:
    found = places.at(date.span[0])
    return DateMention(
        date.span, date.raw, date.value, date.first, date.last, date.recurs, date.role, found[0] if found else None, date.certainty
    )
