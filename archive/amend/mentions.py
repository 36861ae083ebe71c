"""Corrections of what stands at a place of the text laid over a plan: citations, nodes of the outline, recipients."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archive.amend.anchors import chosen, located
from archive.amend.plans import AGREES, APPLIED, Placed, part_of, said_field, standing, unplaced, with_one, words_of
from archive.common.keys import name_key, symbol_key
from archive.values.corrections import Correction
from archive.values.documents import Span
from kehoach_parser import Plan, fold
from kehoach_parser.model import Citation, Node, Recipient

#: The parts of a document that a citation is said to mean which are laid over the mention.
MEANT = ("type", "symbol", "date", "issuer", "title")
#: Code points of a node without a heading that tell it.
_HEAD = 80


def lay_citation(plan: Plan, text: str, correction: Correction) -> Placed:
    """The plan with a correction of a citation; struck out it is in no list any more."""
    number = _found(text, correction, [each.span for each in plan.citations])
    if number is None:
        return _gone(plan, text, correction)
    old = plan.citations[number]
    where = (old.span,)
    key = correction.field.partition(".")[2]
    said: dict[str, Any]
    if not key:
        return Placed(replace(plan, citations=with_one(plan.citations, number)), APPLIED, where)
    if key == "document":
        said = {name: value for name in MEANT if (value := part_of(correction.value, name)) is not None or name in ("symbol", "date")}
        now = None  # what the archive makes of it is no reading
    else:
        said, now = {key: words_of(correction.value)}, getattr(old, key)
    new = replace(old, **said, candidates=(), certainty=1.0)
    if key != "relation":
        new = replace(new, document=_identity(plan, number, new))
    return Placed(replace(plan, citations=with_one(plan.citations, number, new)), standing(correction, now), where)


def _identity(plan: Plan, number: int, citation: Citation) -> str | None:
    """The identity of a corrected mention, as the plan has it for others of that document; None where its number tells no document."""
    told = (fold(citation.type), symbol_key(citation.symbol or ""), citation.date)
    for other, each in enumerate(plan.citations):
        if other != number and each.symbol and each.document and (fold(each.type), symbol_key(each.symbol), each.date) == told:
            return each.document
    name = citation.symbol or name_key(citation.title or citation.raw).strip()
    if citation.symbol and not citation.date:
        return None
    return "|".join(filter(None, (fold(citation.type), name, citation.date)))


def lay_node(plan: Plan, text: str, correction: Correction) -> Placed:
    """The plan with a correction of the label or the heading of a node."""
    number = _found(text, correction, [head_of_node(each, text) for each in plan.nodes])
    if number is None:
        return unplaced(plan)
    old, value = plan.nodes[number], words_of(correction.value)
    where = (head_of_node(old, text),)
    if correction.field == "node.heading":
        state = standing(correction, old.heading.value if old.heading else None)
        new = replace(old, heading=said_field(old.heading, value, where[0][1]))
        return Placed(replace(plan, nodes=with_one(plan.nodes, number, new)), state, where)
    nodes = plan.nodes if value is None or value == old.label else _relabelled(plan.nodes, number, value)
    return Placed(replace(plan, nodes=nodes), standing(correction, old.label), where)


def head_of_node(node: Node, text: str) -> Span:
    """What a node is told by: its label with its heading, else its first words."""
    start, end = node.span
    return (start, max(start, node.heading.span[1])) if node.heading else (start, min(end, start + _HEAD))


def _relabelled(nodes: tuple[Node, ...], number: int, label: str) -> tuple[Node, ...]:
    """The nodes with another label of one; its path, and those of what stands below it, follow. A path that is taken gets a number."""
    old = nodes[number]
    above, _, own = old.path.rpartition(".")
    own = label if own == old.label else own.removesuffix(old.label) + label if own.endswith(old.label) else own
    taken = {node.path for node in nodes} - {old.path}
    path = plain = f"{above}.{own}" if above else own
    again = 1
    while path in taken:
        again += 1
        path = f"{plain}~{again}"
    moved = {node.id: path + node.path[len(old.path) :] for node in nodes if f"{node.path}.".startswith(f"{old.path}.")}
    return tuple(
        replace(node, path=moved.get(node.id, node.path), label=label if index == number else node.label)
        for index, node in enumerate(nodes)
    )


def lay_recipient(plan: Plan, text: str, correction: Correction) -> Placed:
    """The plan with a correction of an entry of the list of recipients; without a place it is one that is missing there."""
    value = words_of(correction.value)
    if correction.anchor is None:
        there = any(fold(each.value) == fold(value or "") for each in plan.recipients)
        at = plan.recipients[-1].span[1] if plan.recipients else plan.source.length
        new = () if there or value is None else (Recipient(value, "", (at, at)),)
        return Placed(replace(plan, recipients=(*plan.recipients, *new)), AGREES if there else APPLIED)
    number = _found(text, correction, [each.span for each in plan.recipients])
    if number is None:
        return _gone(plan, text, correction)
    old = plan.recipients[number]
    said: tuple[Recipient, ...]
    if correction.field == "recipient.purpose":
        said, now = (replace(old, purpose=value),), old.purpose
    else:
        said, now = (replace(old, value=value, certainty=1.0, alternatives=()),) if value is not None else (), old.value
    return Placed(replace(plan, recipients=with_one(plan.recipients, number, *said)), standing(correction, now), (old.span,))


def _found(text: str, correction: Correction, spans: list[Span]) -> int | None:
    return chosen(text, correction.anchor, spans) if correction.anchor is not None else None


def _gone(plan: Plan, text: str, correction: Correction) -> Placed:
    """What was struck out, and is not read there any more, is settled; all else waits for its place."""
    struck = correction.value is None and "." not in correction.field
    there = correction.anchor is not None and located(text, correction.anchor)
    return Placed(plan, AGREES) if struck and there else unplaced(plan)
