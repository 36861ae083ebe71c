"""The values that every question returns: frozen, without behaviour, ready to be shown, printed as JSON or sent to a browser.

No row of the database leaves this folder; what leaves it is one of these. A `Span` is ``(start, end)`` in code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from kehoach_parser import Plan

if TYPE_CHECKING:
    from archive.resolution_values import Authority, Evidence

Span = tuple[int, int]

#: A value that fills in the wording of an error or a finding.
Fact = str | int | float | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Document:
    """A plan in the archive, as a list shows it.

    ``id`` never changes and is never used again; ``version`` counts from 1 and rises with each replacement. ``path`` is where the file
    lay when it was added. Header readings are None where the paper does not tell them; ``date`` is YYYY-MM-DD, YYYY-MM or YYYY.
    """

    id: int
    version: int
    name: str | None
    path: str | None
    sha256: str
    media_type: str
    added_at: datetime
    type: str | None
    symbol: str | None
    date: str | None
    organ: str | None
    parent_organ: str | None
    place: str | None
    subject: str | None
    quality: float
    length: int
    nodes: int
    citations: int
    assignments: int


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that waits for a program: ``code`` and ``facts`` say for which, as in `Added`. Its bytes are kept under ``sha256``."""

    sha256: str
    name: str | None
    path: str | None
    code: str
    facts: dict[str, Fact]
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a passage stands on a page: ``boxes`` (left, top, right, bottom) are shares of the page's width and height, one for each line.

    ``page`` counts from 1; ``width`` and ``height`` are in points. ``origin`` is text-layer | ocr | blank | unread. ``certainty`` is that
    of the word read least surely, None where no word was read from an image.
    """

    page: int
    width: float
    height: float
    origin: str
    engine: str | None
    certainty: float | None
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document; ``current`` is the one that questions see. ``replaced_at`` is None for the current one."""

    document_id: int
    number: int
    current: bool
    name: str | None
    path: str | None
    sha256: str
    added_at: datetime
    replaced_at: datetime | None
    parser_version: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with everything that was read: the plan as it was parsed, the text its spans count in, and its history."""

    document: Document
    plan: Plan
    text: str
    history: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a plan: ``where`` is header | preamble | body | closing | footnote | subject | end | annex | attached; ``path`` and
    ``heading`` name the node of the outline (None outside the body), ``trail`` the headings above it from the outside in. ``span`` is of
    the node or passage. In an annex without an outline ``heading`` is its label ("PHỤ LỤC II")."""

    where: str
    path: str | None
    heading: str | None
    trail: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text with blanks run together, and the places in it to highlight."""

    text: str
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: ``status`` is added | present | replaced | waiting | failed. A file in a zip file is named behind it.

    ``document`` is None when it failed, or waits for a program that is not installed; then
    ``code`` and ``facts`` are those of the error (see errors.py and the reader's errors).
    """

    path: str | None
    status: str
    document: Document | None = None
    code: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A passage that a search matched; ``how`` is exact | folded | restored | skeleton: the weakest way that was needed for a word
    of the query in it."""

    place: Place
    snippet: Snippet
    how: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A plan that a search found. ``occurrences`` are its best passages, best first; empty, and ``how`` None, when only
    a filter matched; else ``how`` is that of the best one."""

    document: Document
    score: float
    how: str | None
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits. ``total`` counts all plans found; ``offset`` is the index of the first hit given."""

    query: str
    total: int
    offset: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that is cited. ``key`` is its identity (opaque), ``document`` the plan in the archive that it is, or None.

    ``term`` is the congress term (XII) of a Central Party paper or the legislature of a National Assembly one, where its date tells it.
    """

    key: str
    type: str
    symbol: str | None
    date: str | None
    issuer: str | None
    title: str | None
    term: str | None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class CitationHit:
    """One mention: the plan that cites, the place, the sentence with the mention highlighted, and what the mention itself prints.

    ``state`` is one of resolution_values.STATES; ``conflicts`` says in what it contradicts the document that it means (date, symbol, type).
    """

    document: Document
    place: Place
    sentence: Snippet
    raw: str
    span: Span
    symbol: str | None
    date: str | None
    relation: str
    certainty: float
    state: str = "absent"
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """All mentions of one document; ``authority`` is all that the archive's plans say of it."""

    cited: CitedDocument
    hits: tuple[CitationHit, ...]
    authority: Authority | None = None


@dataclass(frozen=True, slots=True)
class AmbiguousCitation:
    """A mention that does not tell which document it means, with those that it may mean, likeliest first (empty: none is known).

    ``evidence`` is what speaks for each candidate, in their order.
    """

    hit: CitationHit
    candidates: tuple[CitedDocument, ...]
    evidence: tuple[tuple[Evidence, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CitesResult:
    """Which plans cite a document: one group per document that the symbol means, and the mentions that cannot be decided.

    ``reference`` is what was asked. More than one group means that the symbol names several documents: ``18-NQ/TW@2017`` chooses.
    """

    reference: str
    groups: tuple[CitationGroup, ...]
    ambiguous: tuple[AmbiguousCitation, ...]


@dataclass(frozen=True, slots=True)
class CitedByPlan:
    """A document that a plan cites, with its mentions there. ``ambiguous`` is true where the plan does not tell which document is meant."""

    cited: CitedDocument
    ambiguous: bool
    hits: tuple[CitationHit, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty given to a unit.

    ``role`` is assigned | lead | cooperate | request | directed; ``deadline`` the date value, ``deadline_raw`` as printed. ``excerpt`` is
    the passage where the words asked for stand, highlighted; ``fit`` is 0..1, ``how`` exact | folded | skeleton (None when no words were
    asked for). ``deadline_last`` is the day (YYYY-MM-DD) on which the deadline ends, ``recurs`` the RRULE of one that comes again; then
    the other is None. ``level`` is the unit's, one of levels.LEVELS; ``line`` is that of the
    words asked for, or of the unit's name, from 1; ``number`` counts the duties of the plan from 0.
    """

    document: Document
    place: Place
    unit: str
    unit_key: str
    role: str
    primary: bool
    task: str | None
    deadline: str | None
    deadline_raw: str | None
    reports_to: str | None
    certainty: float
    excerpt: Snippet | None
    fit: float
    how: str | None
    deadline_last: str | None = None
    recurs: str | None = None
    level: str | None = None
    line: int = 1
    number: int = 0


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A document of the citation graph. ``id`` is stable; ``document_id`` is set where it is in the archive. ``ambiguous``: identity
    unknown. ``uri`` names it in every archive alike (linked_data.py)."""

    id: str
    type: str
    symbol: str | None
    date: str | None
    organ: str | None
    title: str | None
    in_archive: bool
    ambiguous: bool
    document_id: int | None
    uri: str = ""


@dataclass(frozen=True, slots=True)
class EdgeMention:
    """One mention of an edge: ``where`` and ``path`` as in `Place`, the sentence with it highlighted, its span in the plan's text."""

    where: str
    path: str | None
    relation: str
    sentence: Snippet
    span: Span


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """``source`` cites ``target`` ``count`` times, with these relations, at these places of its outline (path, or preamble, subject …)."""

    source: str
    target: str
    count: int
    relations: tuple[str, ...]
    places: tuple[str, ...]
    mentions: tuple[EdgeMention, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """Documents and who cites whom. ``centres`` are the ids of the documents that it was asked for, () for the graph of all."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    centres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How often something occurs."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class CitedCount:
    """A document that is cited, and how many plans cite it."""

    cited: CitedDocument
    count: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The archive in figures; lists are the most frequent first. ``date_first``/``date_last`` span the dates of the plans."""

    documents: int
    versions: int
    characters: int
    nodes: int
    citations: int
    cited_documents: int
    ambiguous_citations: int
    dates: int
    assignments: int
    units: int
    damaged_documents: int
    date_first: str | None
    date_last: str | None
    types: tuple[Count, ...]
    organs: tuple[Count, ...]
    most_cited: tuple[CitedCount, ...]
    busiest_units: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found. ``level`` is error (the archive disagrees with itself) or note (a source file is gone or changed).

    Codes: database-damaged, foreign-key, plan-unreadable, plan-text-mismatch, original-damaged, rows-disagree, not-indexed, index-extra,
    index-broken (errors); source-gone, source-changed (notes). ``facts`` fill in the wording.
    """

    level: str
    code: str
    document_id: int | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
