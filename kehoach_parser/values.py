"""What the steps of the pipeline hand to one another, beside the public values of `model`."""

from __future__ import annotations

from dataclasses import dataclass

from kehoach_parser.model import Footnote, Header, Node, Part, Recipient, Repair, Signature, Span, Warning


@dataclass(frozen=True, slots=True)
class Structure:
    """What the reader of structure found: all of the plan but its mentions.

    ``own_text[i]`` are the spans of text that belong to node i itself: label and heading included, children, footnotes and page
    furniture left out. ``footnotes`` and ``furniture`` (page numbers, page heads) interrupt the running text.
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
    warnings: tuple[Warning, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A mention of a unit in the text, before anything is said about its duties. ``value`` is the true Vietnamese, ``key`` its identity."""

    value: str
    raw: str
    span: Span
    certainty: float
    key: str
