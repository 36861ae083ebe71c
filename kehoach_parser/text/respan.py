"""Spans found on another form of a text, led back to the text as it was: decomposed (NFD) input is read as NFC, lost blanks are read as if
they stood there, duties are read in the words that damaged letters mean, and all are answered in the text's own offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from kehoach_parser.model import Plan, Span

AnyValue = TypeVar("AnyValue")

#: Fields that hold one span, a tuple of spans (None: an empty cell) or a tuple of such tuples; ``anchor`` holds one offset.
_SPAN = frozenset({"span", "closing"})
_SPANS = frozenset({"pieces", "preamble", "cells", "furniture", "subjects"})
_MANY, _OFFSET = "own_text", "anchor"
#: Fields that repeat the text of the span beside them.
_CUT = frozenset({"raw", "printed"})


def respan(plan: Plan, origin: Sequence[int], content: str, *, tight: bool = False) -> Plan:
    """The plan with every offset ``o`` replaced by ``origin[o]`` and every ``raw`` cut anew from the text.

    ``tight``: each sign of the other form is one of the text, so that a span ends right behind its last one, before what was left out there
    ("**Sở Y tế**" is found without its marks at both ends); a composed letter may be several.
    """
    # A blank that is only read, none of the text, stands where the next letter does.
    ends = [0, *(min(before + 1, at) for before, at in pairwise(origin))] if tight else origin
    moved: Plan = _move(plan, (origin, ends), content)
    return moved


def moved(value: AnyValue, origin: Sequence[int], content: str) -> AnyValue:
    """The same for what a step found, or tuples of it; also for the way there, where ``origin`` has the offsets of the other form."""
    there: AnyValue = _move(value, (origin, origin), content)
    return there


_Offsets = tuple[Sequence[int], Sequence[int]]  # where a span begins and where it ends, by offset


def _move(value: Any, offsets: _Offsets, content: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_move(inner, offsets, content) for inner in value)
    names = _names(value.__class__)
    if not names:
        return value
    changed = {name: _moved(name, getattr(value, name), offsets, content) for name in names}
    for cut in _CUT & changed.keys():
        changed[cut] = content[slice(*changed["span"])]
    return type(value)(**changed)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a value, by its type; none where it is a plain one."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _moved(name: str, value: Any, offsets: _Offsets, content: str) -> Any:
    """The value of a field, by its name."""
    if value is None:
        return None
    if name in _SPAN:
        return _span(value, offsets)
    if name in _SPANS:
        return _spans(value, offsets)
    if name == _MANY:
        return tuple(_spans(spans, offsets) for spans in value)
    return offsets[0][value] if name == _OFFSET else _move(value, offsets, content)


def _spans(spans: Sequence[Span | None], offsets: _Offsets) -> tuple[Span | None, ...]:
    return tuple(span and _span(span, offsets) for span in spans)


def _span(span: Span, offsets: _Offsets) -> Span:
    starts, ends = offsets
    start, end = span
    return starts[start], ends[end] if end > start else starts[end]
