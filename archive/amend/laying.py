"""A plan with the corrections of its document laid over it: a function of text and plan as they were read, the parser, and the corrections.

What the text says is corrected first, and read again; over that plan come the fields, in the order in which they were said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archive.amend.duties import lay_duty, lay_unit, rows_of, spans_of
from archive.amend.heads import FIELDS, lay_head
from archive.amend.mentions import head_of_node, lay_citation, lay_node, lay_recipient
from archive.amend.origins import Origin, Origins
from archive.amend.plans import AGREES, APPLIED, SUPERSEDED, UNPLACED, Placed
from archive.amend.wording import Edit, requoted, reworded, shifted
from archive.values.corrections import Correction
from archive.values.documents import Span
from kehoach_parser import Plan, Text

TEXT = "text"
_LAY: dict[str, Callable[[Plan, str, Correction], Placed]] = {
    **dict.fromkeys(FIELDS, lay_head),
    "citation": lay_citation,
    "node": lay_node,
    "recipient": lay_recipient,
    "duty": lay_duty,
    "unit": lay_unit,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one correction lies over the plan: its ``state`` as in `values.Correction`, and over which mention (``ordinal``)."""

    state: str
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """A text and its plan with corrections laid over; ``outcomes`` in the order of the corrections, ``origins`` of the rows of the
    register, ``edits`` of the text."""

    plan: Plan
    text: str
    outcomes: tuple[Outcome, ...]
    origins: tuple[Origin, ...]
    edits: tuple[Edit, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether any correction says something of it."""
        return any(outcome.state in (APPLIED, AGREES) for outcome in self.outcomes)


def as_it_is(plan: Plan, text: str) -> Laid:
    """A text and its plan that nothing is said of."""
    return Laid(plan, text, (), Origins(plan).rows)


def apply(plan: Plan, text: Text, corrections: Sequence[Correction], parse: Callable[[Text], Plan] | None = None) -> Laid:
    """Lays corrections over a plan; the text is parsed again only where its words are corrected."""
    words = reworded(text.content, [each for each in corrections if each.field == TEXT])
    content, edits = words.texts[-1], words.edits
    origins = Origins(plan)
    if edits:
        plan = (parse or _parser())(shifted(text, content, edits))
        origins.lead(plan, edits)
    states, of_text = list[str](), iter(words.states)
    places = list[tuple[Span | None, ...] | None]()
    for correction in corrections:
        if correction.field == TEXT:
            states.append(next(of_text))
            places.append(None)
            continue
        if edits and correction.anchor is not None:
            correction = replace(correction, anchor=requoted(correction.anchor, words.texts, edits))
        placed = _LAY[kind_of(correction.field)](plan, content, correction)
        plan = placed.plan
        origins.lead(plan)
        states.append(placed.state)
        places.append(placed.where)
    _supersede(corrections, states, places)
    numbers = _Numbers(plan, content)
    outcomes = tuple(
        Outcome(state, numbers.of(correction.field, where) if where and state in (APPLIED, AGREES) else None)
        for correction, state, where in zip(corrections, states, places, strict=True)
    )
    return Laid(plan, content, outcomes, origins.rows, edits)


def kind_of(field: str) -> str:
    """The kind of thing that a field is of; a field of the head itself."""
    return field if field in FIELDS else field.partition(".")[0]


def _parser() -> Callable[[Text], Plan]:
    from kehoach_parser import parse

    return parse


def _supersede(corrections: Sequence[Correction], states: list[str], places: Sequence[tuple[Span | None, ...] | None]) -> None:
    """The last word on a place holds; what was struck out later has no other."""
    last = dict[tuple[str, tuple[Span | None, ...]], int]()
    for number, (correction, where) in enumerate(zip(corrections, places, strict=True)):
        if where is None or states[number] == UNPLACED:
            continue
        struck = correction.value is None and correction.field in ("citation", "duty", "recipient")
        over = [
            key for key in last if key == (correction.field, where) or (struck and key[1] == where and kind_of(key[0]) == correction.field)
        ]
        for key in over:
            states[last.pop(key)] = SUPERSEDED
        last[correction.field, where] = number


class _Numbers:
    """Which mention of a plan stands at a place."""

    def __init__(self, plan: Plan, text: str) -> None:
        self._plan = plan
        self._text = text
        self._known: dict[str, dict[tuple[Span | None, ...], int]] = {}

    def of(self, field: str, where: tuple[Span | None, ...]) -> int | None:
        """The place in the list of the plan, None for what is struck out."""
        kind = kind_of(field)
        if kind not in self._known:
            self._known[kind] = {place: number for number, place in reversed(list(enumerate(self._places(kind))))}
        return self._known[kind].get(where)

    def _places(self, kind: str) -> list[tuple[Span | None, ...]]:
        plan = self._plan
        if kind == "duty":
            return [spans_of(plan, row) for row in rows_of(plan)]
        if kind == "node":
            return [(head_of_node(node, self._text),) for node in plan.nodes]
        if kind == "unit":
            return [(each.unit.span,) for each in plan.assignments]
        return [(each.span,) for each in (plan.citations if kind == "citation" else plan.recipients)]
