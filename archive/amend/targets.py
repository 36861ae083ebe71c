"""What a field that a person named is in a plan: its place, what is printed there, and what is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.amend.anchors import places_of, quoted
from archive.amend.duties import rows_of, spans_of, task_of
from archive.amend.fields import Named
from archive.amend.heads import FIELDS, read_head
from archive.amend.mentions import head_of_node
from archive.amend.wording import around
from archive.errors import NotCorrectable
from archive.values.corrections import Anchor, Said
from kehoach_parser import Plan

#: So many places of words that stand several times are shown.
_SHOWN = 9


@dataclass(frozen=True, slots=True)
class Target:
    """Where a correction goes: its anchor (None for the head, and for what is added anywhere), the print, what is read there."""

    anchor: Anchor | None
    printed: str | None
    was: Said


def target_of(plan: Plan, text: str, named: Named, *, row: int | None = None, at: str | None = None) -> Target:
    """What a named field is. ``row`` is the row of the register that a duty is, from 0; ``at`` which of several equal words, from 1, or
    the node or the words where a duty is missing. Raises NotCorrectable."""
    if named.field in FIELDS:
        value, printed = read_head(plan, named.field)
        return Target(None, printed, value)
    if named.which is None:
        return Target(_spot(plan, text, at) if at else None, None, None)
    if named.kind == "text":
        return _of_text(text, named.which, at)
    if named.kind in ("duty", "unit"):
        return _of_duty(plan, text, named, row)
    if named.kind == "node":
        return _of_node(plan, text, named)
    return _of_listed(plan.citations if named.kind == "citation" else plan.recipients, text, named)


def number_in(named: Named, most: int) -> int:
    """Which of so many a name means, from 0. Raises NotCorrectable."""
    which = (named.which or "").lstrip("#[").rstrip("]")
    if not which.isdecimal() or not 1 <= int(which) <= most:
        raise NotCorrectable("correct-which", field=named.kind, which=named.which, most=most)
    return int(which) - 1


def _of_listed(listed: Sequence[Any], text: str, named: Named) -> Target:
    one = listed[number_in(named, len(listed))]
    if named.key == "document":
        was: Said = {"type": one.type, "symbol": one.symbol, "date": one.date}
    else:
        was = getattr(one, named.key) if named.key else one.value if named.kind == "recipient" else one.raw
    return Target(quoted(text, one.span), one.raw, was)


def _of_duty(plan: Plan, text: str, named: Named, row: int | None) -> Target:
    rows = rows_of(plan)
    one = rows[number_in(named, len(rows)) if row is None else row]
    unit, (place, beside) = plan.assignments[one.assignment].unit, spans_of(plan, one)
    if named.kind == "unit":
        return Target(quoted(text, place), unit.raw, unit.value)
    task = task_of(plan, one)
    date = plan.dates[task.deadline] if task.deadline is not None else None
    printed, was = {
        "": (text[slice(*beside)] if beside else unit.raw, task.task.value if task.task else unit.value),
        "unit": (unit.raw, unit.value),
        "role": (unit.raw, task.role),
        "task": (task.task.raw, task.task.value) if task.task else (None, None),
        "deadline": (date.raw, date.value) if date else (None, None),
    }[named.key]
    return Target(quoted(text, place, beside), printed, was)


def _of_node(plan: Plan, text: str, named: Named) -> Target:
    node = next((each for each in plan.nodes if each.path == named.which), None)
    if node is None:
        raise NotCorrectable("correct-node", which=named.which, candidates=_near(plan, named.which or ""))
    place = head_of_node(node, text)
    if named.key == "label":
        return Target(quoted(text, place), text[slice(*place)].split()[0] if text[slice(*place)].split() else None, node.label)
    return Target(quoted(text, place), node.heading.raw if node.heading else None, node.heading.value if node.heading else None)


def _near(plan: Plan, path: str) -> tuple[str, ...]:
    """Paths that begin as one that is none."""
    begins = [node.path for node in plan.nodes if node.path.startswith(path.partition(".")[0])]
    return tuple((begins or [node.path for node in plan.nodes])[:_SHOWN])


def _of_text(text: str, words: str, at: str | None) -> Target:
    places = places_of(text, words)
    if not places:
        raise NotCorrectable("correct-not-there", words=words)
    if len(places) > 1 and at is None:
        shown = tuple(f"--at {number}: {around(text, place)}" for number, place in enumerate(places[:_SHOWN], 1))
        raise NotCorrectable("correct-several", words=words, count=len(places), candidates=shown)
    place = places[number_in(Named("text", at), len(places)) if at else 0]
    return Target(quoted(text, place), text[slice(*place)], text[slice(*place)])


def _spot(plan: Plan, text: str, at: str) -> Anchor:
    """The place that a person names for what is missing: a node by its path, or words of the text."""
    node = next((each for each in plan.nodes if each.path == at), None)
    if node is not None:
        return quoted(text, head_of_node(node, text))
    places = places_of(text, at)
    if not places:
        raise NotCorrectable("correct-not-there", words=at)
    return quoted(text, places[0])
