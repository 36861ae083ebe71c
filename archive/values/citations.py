"""What the archive says of citations: mentions, cited documents, the evidence for what each mention means, and what changed.

The archive's own resolution lies over what each plan says of itself (Plan JSON) and can be made anew from it at any time.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.values.documents import Document, Place, Snippet, Span

#: States of a citation. resolved: the cited document is in the archive; absent: it is cited, but not there; ambiguous: it may be
#: several, or nothing says which; conflicting: everything but one thing that is printed points to one document.
STATES = ("resolved", "absent", "ambiguous", "conflicting")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against a candidate.

    ``kind`` is date | term | place | issuer | title | time | here | plans | alias, ``weight`` what it counts (below 0: against), ``said``
    what agrees or not, as it is printed or counted ("25/10/2017", "7/9", "3").
    """

    kind: str
    weight: float
    said: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a citation was resolved to: one document, or the candidates of an ambiguous one, likeliest first."""

    state: str
    documents: tuple[CitedDocument, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Citations of one plan that mean something else than before, because of what came into the archive or of what a user taught.

    ``raw`` is the first of them as printed, ``count`` how many they are.
    """

    document: Document
    raw: str
    count: int
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class UnitChange:
    """Duties that belong to another unit than before, because of what a user taught, or no longer teaches, about units.

    ``printed`` is the unit's name in the plans, ``count`` how many duties they are, ``before`` the place of the unit they belonged to;
    ``unit`` and ``place`` are those of the unit that they belong to now, ``total`` all duties that it has now, ``taught`` whether the
    alias file has it.
    """

    printed: str
    count: int
    before: str
    unit: str
    place: str
    total: int
    taught: bool


@dataclass(frozen=True, slots=True)
class Authority:
    """All that the citing plans say of one document, each reading with the number of plans that print it, the commonest first.

    ``disagreements`` names the kinds of which there are several readings; marks, case and signs make no other reading.
    ``conflicting`` is how many mentions contradict the record.
    """

    cited: CitedDocument
    plans: int
    mentions: int
    conflicting: int
    types: tuple[Count, ...]
    symbols: tuple[Count, ...]
    dates: tuple[Count, ...]
    issuers: tuple[Count, ...]
    titles: tuple[Count, ...]
    names: tuple[str, ...]
    disagreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that is cited. ``key`` is its identity (opaque), ``document`` the plan in the archive that it is, or None.

    ``term`` is the congress term (XII) of a Central Party paper or the legislature of a National Assembly one, where its date tells it.
    ``place`` is that of the organ, folded, from the narrowest ("kien an, hai phong"), "" where it has none.
    """

    key: str
    type: str
    symbol: str | None
    date: str | None
    issuer: str | None
    title: str | None
    term: str | None
    document: Document | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class CitationHit:
    """One mention: the plan that cites, the place, the sentence with the mention highlighted, and what the mention itself prints.

    ``sentence_read`` is the sentence as the restorer reads it, None where nothing in it is damaged. ``state`` is one of STATES;
    ``conflicts`` says in what it contradicts the document that it means (date, symbol, type).
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
    sentence_read: str | None = None


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """The mentions of one document, those of a page; ``authority`` is all that the archive's plans say of it, ``total`` how many mentions
    there are in all."""

    cited: CitedDocument
    hits: tuple[CitationHit, ...]
    authority: Authority | None = None
    total: int = 0


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
    ``suggestions`` are cited documents whose symbol or title is like it, where nothing was found. Of a page, ``groups`` are those with
    mentions on it; ``documents`` is how many groups and ``mentions`` how many mentions there are in all, undecided ones with them; ``next``
    as in `Page`.
    """

    reference: str
    groups: tuple[CitationGroup, ...]
    ambiguous: tuple[AmbiguousCitation, ...]
    suggestions: tuple[CitedDocument, ...] = ()
    documents: int = 0
    mentions: int = 0
    next: str | None = None


@dataclass(frozen=True, slots=True)
class CitedByPlan:
    """A document that a plan cites, with its mentions there. ``ambiguous`` is true where the plan does not tell which document is meant."""

    cited: CitedDocument
    ambiguous: bool
    hits: tuple[CitationHit, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that papers of the archive replace or repeal (``by``), and the mentions of plans that stand on it (``plans``)."""

    cited: CitedDocument
    by: tuple[CitationHit, ...]
    plans: tuple[CitationHit, ...]


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
class Facets:
    """What the plans that a search finds are, counted in plans, the most frequent first (years: the latest first); ``total``: all of them.

    Each value can be asked for in the query language by the field of its kind (type, organ, level, place, date, unit, cites, doubt). Levels
    are central | province | district | commune; ``doubts`` begins with "any", the plans of which anything is in doubt.
    """

    total: int
    types: tuple[Count, ...]
    organs: tuple[Count, ...]
    levels: tuple[Count, ...]
    places: tuple[Count, ...]
    years: tuple[Count, ...]
    units: tuple[Count, ...]
    cited: tuple[CitedCount, ...]
    doubts: tuple[Count, ...]


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
