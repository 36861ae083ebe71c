"""Spans found on another form of a text, led back to the text as it was: decomposed (NFD) input is read as NFC, lost blanks are read as if
they stood there, and both are answered in the text's own offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from kehoach_parser.model import Plan

#: Fields that hold one span, or a tuple of spans (None: an empty cell); ``anchor`` holds one offset.
_SPAN, _SPANS, _OFFSET = frozenset({"span", "closing"}), frozenset({"pieces", "preamble", "cells"}), "anchor"
#: Fields that repeat the text of the span beside them.
_CUT = frozenset({"raw", "printed"})


def respan(plan: Plan, origin: Sequence[int], content: str) -> Plan:
    """The plan with every offset ``o`` replaced by ``origin[o]`` and every ``raw`` cut anew from the text."""
    moved: Plan = _move(plan, origin, content)
    return moved


def _move(value: Any, origin: Sequence[int], content: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_move(inner, origin, content) for inner in value)
    names = _names(value.__class__)
    if not names:
        return value
    changed = {name: _moved(name, getattr(value, name), origin, content) for name in names}
    for cut in _CUT & changed.keys():
        changed[cut] = content[slice(*changed["span"])]
    return type(value)(**changed)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a value, by its type; none where it is a plain one."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _moved(name: str, value: Any, origin: Sequence[int], content: str) -> Any:
    """The value of a field, by its name."""
    if value is None:
        return None
    if name in _SPAN:
        return origin[value[0]], origin[value[1]]
    if name in _SPANS:
        return tuple(span and (origin[span[0]], origin[span[1]]) for span in value)
    return origin[value] if name == _OFFSET else _move(value, origin, content)
