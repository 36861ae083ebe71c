"""Spans found on composed text, led back to the text as it was: decomposed (NFD) input is read as NFC and answered in its own offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from kehoach_parser.model import Plan

#: Fields that hold one span, or a tuple of spans; ``anchor`` holds one offset.
_SPAN, _SPANS, _OFFSET = frozenset({"span", "closing"}), frozenset({"pieces", "preamble"}), "anchor"


def respan(plan: Plan, origin: Sequence[int], content: str) -> Plan:
    """The plan with every offset ``o`` replaced by ``origin[o]`` and every ``raw`` cut anew from the text."""
    moved: Plan = _move(plan, origin, content)
    return moved


def _move(value: Any, origin: Sequence[int], content: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_move(inner, origin, content) for inner in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if inner is None:
            continue
        if field.name in _SPAN:
            changed[field.name] = (origin[inner[0]], origin[inner[1]])
        elif field.name in _SPANS:
            changed[field.name] = tuple((origin[start], origin[end]) for start, end in inner)
        elif field.name == _OFFSET:
            changed[field.name] = origin[inner]
        elif is_dataclass(inner) or isinstance(inner, tuple):
            changed[field.name] = _move(inner, origin, content)
    if "raw" in {field.name for field in fields(value)}:
        changed["raw"] = content[slice(*changed["span"])]
    if "printed" in {field.name for field in fields(value)}:
        changed["printed"] = content[slice(*changed["span"])]
    return replace(value, **changed)
