"""What the steps of the pipeline hand to one another, beside the public values of `model`."""

from __future__ import annotations

from dataclasses import dataclass

from kehoach_parser.model import Body, Footnote, Header, Node, Part, Recipient, Repair, Signature, Span, Stamp, Warning


@dataclass(frozen=True, slots=True)
class Structure:
    """What the reader of structure found: all of the plan but its mentions.

    ``own_text[i]`` are the spans of text that belong to node i itself: label and heading included, children, footnotes and page
    furniture left out. ``footnotes`` and ``furniture`` (page numbers, page heads) interrupt the running text. ``subjects``: the lines of
    subjects of all parts, with the bracket under them ("(Kèm theo Quyết định số …)").
    """

    header: Header
    parts: tuple[Part, ...]
    preamble: tuple[Span, ...]
    nodes: tuple[Node, ...]
    own_text: tuple[tuple[Span, ...], ...]
    closing: Span | None
    signature: Signature | None
    recipients: tuple[Recipient, ...]
    footnotes: tuple[Footnote, ...]
    furniture: tuple[Span, ...]
    subjects: tuple[Span, ...]
    warnings: tuple[Warning, ...]
    repairs: tuple[Repair, ...]
    stamps: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A mention of a unit in the text, before anything is said about its duties.

    ``value`` is the true Vietnamese, ``key`` its identity, ``stands_for`` the body that a post or a person leads.
    """

    value: str
    raw: str
    span: Span
    certainty: float
    key: str
    stands_for: Body | None = None


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in the text. The fields mean what they mean in `model.DateMention`; ``role`` is a guess from the words around it."""

    span: Span
    raw: str
    value: str | None
    first: str | None
    last: str | None
    recurs: str | None
    role: str
    certainty: float


@dataclass(frozen=True, slots=True)
class FoundDates:
    """The dates of a text in document order, with what was odd about them and what was read otherwise than printed."""

    dates: tuple[FoundDate, ...]
    warnings: tuple[Warning, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A mention of another document, before anything is said about which document it is; the fields mean the same in `model.Citation`.

    ``name`` is what a document without a symbol is known by ("Luật Việc làm", "Nghị quyết Đại hội XIII"), else None. ``repeats``: the span
    of the citation whose short form this mention uses, else None.
    """

    span: Span
    raw: str
    type: str
    symbol: str | None
    date: str | None
    issuer: str | None
    title: str | None
    defines: str | None
    relation: str
    name: str | None
    certainty: float
    repeats: Span | None = None


@dataclass(frozen=True, slots=True)
class FoundCitations:
    """The citations of a text in document order, and what was read otherwise than printed."""

    citations: tuple[FoundCitation, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document a citation means: ``document`` is an opaque key, None where several are possible (``candidates``, likeliest first)."""

    document: str | None
    candidates: tuple[str, ...]
