"""Plan ⇄ JSON: the public format "kehoach-plan", version 1 (docs/plan-json.md).

Keys are the field names of the value types; the exceptions stand in `RENAMED`. Lists are never null; empty optional lists (``pieces`` and
``alternatives`` of a field, the ``stamps`` of a plan) are left out.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from kehoach_parser import model
from kehoach_parser.model import FORMAT, VERSION, Plan

#: Names that Python does not allow, or that read better there.
RENAMED = {("DateMention", "first"): "from", ("DateMention", "last"): "to"}
OMITTED_WHEN_EMPTY = frozenset({"pieces", "alternatives", "stamps"})


def plan_to_dict(plan: Plan) -> dict[str, Any]:
    """The plan as JSON-ready values, in the key order of the contract."""
    return {"format": FORMAT, "version": VERSION, **_unstructure(plan)}


def plan_to_json(plan: Plan, indent: int | None = None) -> str:
    """The plan as JSON text; with ``indent`` None on one line."""
    return json.dumps(plan_to_dict(plan), ensure_ascii=False, indent=indent)


def plan_from_dict(data: dict[str, Any]) -> Plan:
    """The plan that ``plan_to_dict`` was made of. Unknown keys are ignored; raises ValueError on another format or version."""
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        raise ValueError(f"not {FORMAT} version {VERSION}: {data.get('format')!r} {data.get('version')!r}")
    plan: Plan = _structure(Plan, data)
    return plan


def plan_from_json(body: str) -> Plan:
    """The plan that ``plan_to_json`` was made of."""
    return plan_from_dict(json.loads(body))


def _unstructure(value: Any) -> Any:
    if is_dataclass(value):
        owner = type(value).__name__
        out = {}
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name in OMITTED_WHEN_EMPTY and not inner:
                continue
            out[RENAMED.get((owner, field.name), field.name)] = _unstructure(inner)
        return out
    if isinstance(value, tuple):
        return [_unstructure(inner) for inner in value]
    return value


@cache
def _hints(owner: type) -> dict[str, Any]:
    return get_type_hints(owner, vars(model))


def _structure(kind: Any, value: Any) -> Any:
    return None if value is None else _reader(kind)(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from its JSON; looking at the type costs more than reading, so it is done once per type."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        keys = [(field.name, RENAMED.get((kind.__name__, field.name), field.name), hints[field.name]) for field in fields(kind)]
        return lambda value: kind(**{name: _structure(hint, value[key]) for name, key, hint in keys if key in value})
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _reader(next(arg for arg in args if arg is not type(None)))
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return lambda value: tuple(_structure(args[0], part) for part in value)
    if origin is tuple:
        return lambda value: tuple(_structure(arg, part) for arg, part in zip(args, value, strict=True))
    return float if kind is float else _same


def _same(value: Any) -> Any:
    return value
