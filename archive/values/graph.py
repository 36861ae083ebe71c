"""The values of the citation graph and of the questions that follow it: cascades, gaps, disagreements."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.values.citations import CitationHit
from archive.values.documents import Fact, Snippet, Span


@dataclass(frozen=True, slots=True)
class CascadeStep:
    """A document that carries another out (thực hiện): plans of the archive, and documents known only from the title that is cited with
    them.

    ``parent`` and ``also`` are nodes of the same cascade: what it carries out, the nearest first; ``depth`` counts from 1. ``relation`` is
    implements | guides; ``stated`` says where: subject | preamble | title (in the title of this document as others cite it) | body.
    ``level`` is central | province | district | commune. ``delay`` is days after the parent, ``total`` after the root, None where a
    day is missing.
    """

    node: GraphNode
    parent: str
    also: tuple[str, ...]
    depth: int
    level: str | None
    relation: str
    stated: str
    delay: int | None
    total: int | None
    evidence: CitationHit


@dataclass(frozen=True, slots=True)
class CascadeLevel:
    """One level of a cascade: how many documents, the first and last of their dates, and the days after the root (least, median, most)."""

    level: str | None
    documents: int
    first: str | None
    last: str | None
    least: int | None
    median: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Cascade:
    """Who carries one document out, as a tree: ``steps`` in the order of reading (each after its parent, by date), ``levels`` from the
    top down. Of a page ``steps`` are those on it; ``total`` is how many there are in all, of which ``levels`` tells."""

    root: GraphNode
    level: str | None
    steps: tuple[CascadeStep, ...]
    levels: tuple[CascadeLevel, ...]
    total: int = 0


@dataclass(frozen=True, slots=True)
class CascadeResult:
    """One cascade per document that the reference means; ``undecided`` are mentions that do not tell which of them they carry out;
    ``next`` as in `Page`."""

    reference: str
    cascades: tuple[Cascade, ...]
    undecided: tuple[CitationHit, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """An organ of the archive and how it stands to a document: ``status`` is none | direct | cascade.

    ``documents`` counts its plans in the archive, ``last`` is the date of the latest. ``by`` is the plan that carries the document out and
    ``through`` what it carries out on the way there, the nearest first (cascade only). ``nearest`` is, without such a plan, a mention that
    does not carry it out (a basis, say).
    """

    organ: str
    parent_organ: str | None
    place: str | None
    level: str | None
    documents: int
    last: str | None
    status: str
    by: GraphNode | None
    through: tuple[GraphNode, ...]
    nearest: CitationHit | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """The organs of the archive that could have carried a document out: those without a plan first, then the others, by level and name."""

    root: GraphNode
    level: str | None
    organs: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class GapsResult:
    """One answer per document that the reference means."""

    reference: str
    gaps: tuple[Gaps, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A place in a document that a finding quotes: ``line`` counts from 1, ``span`` is what is meant, ``excerpt`` the words around it."""

    document_id: int
    symbol: str | None
    line: int
    span: Span
    raw: str
    excerpt: Snippet


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two places that do not agree. Codes: organ-symbol, type-word, year-of-symbol, term-of-date, dated-later, two-dates, other-date.

    ``facts`` fill in the wording (see archive/ask/paper_disagreements.py).
    """

    code: str
    first: Quotation
    second: Quotation
    facts: dict[str, Fact] = field(default_factory=dict)


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
    place: str | None = None


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
    """Documents and who cites whom. ``centres`` are the ids of the documents that it was asked for, () for the graph of all.

    Of a page ``nodes`` are those on it and ``edges`` those that lead from one of them to one on it or on a page before; ``total`` is how
    many nodes there are in all, ``next`` as in `Page`.
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    centres: tuple[str, ...] = ()
    total: int = 0
    next: str | None = None


@dataclass(frozen=True, slots=True)
class GraphOverview:
    """A graph shrunk to what a picture can show: ``graph`` has its nodes with the centres first, then by ``cited_by``: how many plans cite
    each, shown or not. ``left_out`` is how many documents are not shown."""

    graph: CitationGraph
    cited_by: tuple[int, ...]
    left_out: int
