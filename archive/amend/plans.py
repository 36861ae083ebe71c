"""What the steps of laying a correction over a plan have in common: where it fits, and how it stands to what is read there now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from archive.values.corrections import Correction, Said
from archive.values.documents import Span
from kehoach_parser import Plan
from kehoach_parser.model import Field

APPLIED, AGREES, SUPERSEDED, UNPLACED = "applied", "agrees", "superseded", "unplaced"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed:
    """A plan with one correction laid over: ``state`` as in `values.Correction`; ``where`` is the place that it lies over, which stays
    while further corrections are laid: () for the head, one or two spans for what stands in the text, None where it has none."""

    plan: Plan
    state: str
    where: tuple[Span | None, ...] | None = None


def unplaced(plan: Plan) -> Placed:
    """The plan as it is: the correction waits."""
    return Placed(plan, UNPLACED)


def standing(correction: Correction, now: Said) -> str:
    """How a correction whose place is there stands to what is read there now."""
    return AGREES if now == correction.value and correction.was != correction.value else APPLIED


def words_of(value: Said) -> str | None:
    """The value of a field that is words; None where it is none."""
    return value if isinstance(value, str) else None


def part_of(value: Said, name: str) -> str | None:
    """A part of a value that has parts."""
    return value.get(name) if isinstance(value, dict) else None


def said_field(old: Field | None, value: str | None, at: int) -> Field | None:
    """A field with the value that a person gave it: its print stays beside it; one that is printed nowhere stands, empty, at an offset."""
    if value is None:
        return None
    return Field(value, "", (at, at)) if old is None else replace(old, value=value, certainty=1.0, alternatives=())


def with_one(items: tuple[T, ...], number: int, *instead: T) -> tuple[T, ...]:
    """Items with others, or none, in the place of one."""
    return (*items[:number], *instead, *items[number + 1 :])
