"""Plan ⇄ JSON: the public format "kehoach-plan", version 1 (docs/plan-json.md).

Keys are the field names of the value types; the exceptions stand in `RENAMED`. Lists are never null; empty optional lists (``pieces`` and
``alternatives`` of a field, the ``stamps`` of a plan) are left out.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Container, Mapping
from dataclasses import MISSING, fields, is_dataclass
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
    """The plan that ``plan_to_dict`` was made of. Unknown keys are ignored.

    Raises ValueError for anything else, whatever it is: another format or version, a value of another kind, one that is missing, a span
    that ends before it begins, a node or a date that is not there. The message begins with the place: ``citations[3].span: …``.
    """
    if not isinstance(data, dict):
        raise _Misfit("an object", data)
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        raise ValueError(f"not {FORMAT} version {VERSION}: {_shown(data.get('format'))} {_shown(data.get('version'))}")
    plan: Plan = _reader(Plan)(data)
    _check_references(plan)
    return plan


def plan_from_json(body: str, last: str | None = None) -> Plan:
    """The plan that ``plan_to_json`` was made of, or as far as the field ``last``: the fields behind it are neither read nor checked, and
    left empty. Raises ValueError as `plan_from_dict`, and for what is no JSON."""
    try:
        begun = None if last is None else _beginning(body, last)
        return plan_from_dict(json.loads(body)) if begun is None else begun
    except RecursionError:
        raise ValueError("no JSON of a plan: values in one another without end") from None


_DECODER = json.JSONDecoder()
_KEY = re.compile(r'\s*[{,]\s*"(\w+)"\s*:\s*')


def _beginning(body: str, last: str) -> Plan | None:
    """A plan as far as one of its fields; None where the keys before it are not those of the contract, in its order."""
    readers, found = _beginning_readers(last), dict[str, Any]()
    at = 0
    for name, read in readers:
        key = _KEY.match(body, at)
        if key is None or key.group(1) != name:
            return None
        value, at = _DECODER.raw_decode(body, key.end())
        try:
            found[name] = read(value)
        except _Misfit as error:
            raise error.within(name) from None
    if (found.pop("format"), found.pop("version")) != (FORMAT, VERSION):
        return None
    return Plan(**found)


@cache
def _beginning_readers(last: str) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    names = [field.name for field in fields(Plan)]
    hints = _hints(Plan)
    return ("format", _as_it_is), ("version", _as_it_is), *((name, _reader(hints[name])) for name in names[: names.index(last) + 1])


def _as_it_is(value: Any) -> Any:
    return value


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


class _Misfit(ValueError):
    """A value that is not what the contract says. The place is known on the way out, step by step."""

    def __init__(self, wanted: str, found: Any, place: str = "") -> None:
        super().__init__(wanted, found)
        self.wanted, self.found, self.place = wanted, found, place

    def within(self, step: str) -> _Misfit:
        """The same, a step further out."""
        self.place = f"{step}{'.' if self.place and not self.place.startswith('[') else ''}{self.place}"
        return self

    def __str__(self) -> str:
        said = f"{self.wanted} expected" if self.found is _MISSING else f"{self.wanted} expected, not {_shown(self.found)}"
        return f"{self.place}: {said}" if self.place else said


_MISSING = object()
#: Letters of a wrong value that are told.
_TOLD = 40


def _shown(value: Any) -> str:
    """A value of JSON in a message: one that holds others by its kind alone, for it may be of any size."""
    if isinstance(value, (dict, list, tuple)):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and value.bit_length() > _TOLD:
        return "a number of many digits"
    said = ascii(value)
    return said if len(said) <= _TOLD else f"{said[:_TOLD]}…"


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from its JSON, and raises _Misfit for JSON of another. Looking at the type costs more than reading, so
    it is done once per type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _object_reader(kind)
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        read = _reader(next(arg for arg in args if arg is not type(None)))
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        return _list_reader(_reader(args[0])) if args[1] is Ellipsis else _read_span
    return _LEAVES[kind]


def _object_reader(kind: type) -> Callable[[Any], Any]:
    hints = _hints(kind)
    keys = [
        (field.name, RENAMED.get((kind.__name__, field.name), field.name), _OTHERWISE.get((kind, field.name)) or _reader(hints[field.name]))
        for field in fields(kind)
    ]
    needed = [(field.name, key) for field, (_, key, _) in zip(fields(kind), keys, strict=True) if field.default is MISSING]

    def read_object(value: Any) -> Any:
        if type(value) is not dict:
            raise _Misfit("an object", value)
        found = {}
        for name, key, read in keys:
            if key in value:
                try:
                    found[name] = read(value[key])
                except _Misfit as error:
                    raise error.within(key) from None
        if len(found) < len(keys):
            for name, key in needed:
                if name not in found:
                    raise _Misfit("a value", _MISSING, key)
        return kind(**found)

    return read_object


def _list_reader(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read_list(value: Any) -> Any:
        if not isinstance(value, (list, tuple)):
            raise _Misfit("a list", value)
        found: list[Any] = []
        try:
            for part in value:
                found.append(read(part))
        except _Misfit as error:
            raise error.within(f"[{len(found)}]") from None
        return tuple(found)

    return read_list


def _read_pair(value: Any) -> tuple[int, int]:
    if not isinstance(value, (list, tuple)) or len(value) != 2 or type(value[0]) is not int or type(value[1]) is not int:
        raise _Misfit("two whole numbers", value)
    if value[0] < 0 or value[1] < 0:
        raise _Misfit("numbers from 0 on", value)
    return value[0], value[1]


def _read_span(value: Any) -> tuple[int, int]:
    span = _read_pair(value)
    if span[0] > span[1]:
        raise _Misfit("a span that ends behind its beginning", value)
    return span


def _read_text(value: Any) -> str:
    if type(value) is not str:
        raise _Misfit("text", value)
    return value


def _read_number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise _Misfit("a whole number from 0 on", value)
    return value


def _read_share(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise _Misfit("a number from 0 to 1", value)
    return float(value)


def _read_truth(value: Any) -> bool:
    if type(value) is not bool:
        raise _Misfit("true or false", value)
    return value


_LEAVES: dict[Any, Callable[[Any], Any]] = {str: _read_text, int: _read_number, float: _read_share, bool: _read_truth}
#: What its type does not tell: a row of a table as (table, row) is no span.
_OTHERWISE: dict[tuple[type, str], Callable[[Any], Any]] = {(model.Task, "row"): lambda value: None if value is None else _read_pair(value)}


#: Keys whose values name something of the plan, and what that is.
_NAMING = {
    "parent": "the id of a node",
    "node": "the id of a node",
    "part": "the id of a part",
    "deadline": "the index of a date",
    "deadlines": "indices of dates",
    "row": "a table with its row",
}


def _check_references(plan: Plan) -> None:
    """Raises _Misfit where a value names a paper, node, date or row that the plan does not have."""
    nodes, dates = {node.id for node in plan.nodes}, range(len(plan.dates))
    rows = {(table.id, number) for table in plan.tables for number in range(len(table.rows))}
    there = {"parent": nodes, "node": nodes, "part": {part.id for part in plan.parts}, "deadline": dates, "deadlines": dates, "row": rows}
    for key in ("nodes", "citations", "dates", "tables", "assignments"):
        for at, item in enumerate(getattr(plan, key)):
            _check_item(item, f"{key}[{at}]", there)


def _check_item(item: Any, place: str, there: Mapping[str, Container[Any]]) -> None:
    kind: Any = type(item)
    for key in _naming(kind):
        found = getattr(item, key)
        for one in found if key == "deadlines" else (found,):
            if one is not None and one not in there[key]:
                raise _Misfit(_NAMING[key], found, f"{place}.{key}")
    for key in ("rows", "tasks"):
        for at, inner in enumerate(getattr(item, key, ())):
            _check_item(inner, f"{place}.{key}[{at}]", there)


@cache
def _naming(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name in _NAMING)
