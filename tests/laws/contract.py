"""What docs/plan-json.md promises about any plan: the keys that every entry has, and a table of laws that its values keep."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from kehoach_parser.model import ASSIGNMENT_ROLES, CITATION_PLACES, DATE_ROLES, NODE_KINDS, RELATIONS

Entry = dict[str, Any]

LISTS = ("parts", "preamble", "nodes", "recipients", "footnotes", "citations", "dates", "assignments", "warnings", "repairs")
#: The keys of the plan and of its entries.
KEYS: dict[str, set[str]] = {
    name: set(keys.split())
    for name, keys in {
        "plan": f"format version source header closing signature {' '.join(LISTS)}",
        "source": "name sha256 media_type length pages quality",
        "header": "span parent_organ organ symbol place date type subject marks",
        "parts": "id role label span header signature recipients",
        "nodes": "id parent part kind label path span heading",
        "recipients": "value raw span certainty purpose",
        "footnotes": "mark span anchor",
        "citations": "span raw type symbol date issuer title node where defines relation document candidates certainty",
        "dates": "span raw value from to recurs role node certainty",
        "assignments": "unit role primary node task deadline reports_to through deadlines when place targets",
        "units": "value raw span certainty key stands_for",
        "warnings": "code message span",
        "repairs": "code span printed reading",
    }.items()
}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d{4})/(\d{4})")
_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Whole:
    """A plan with its text, and what several laws ask of it."""

    plan: Entry
    content: str

    @cached_property
    def nodes(self) -> dict[int | None, Entry]:
        return {node["id"]: node for node in self.plan["nodes"]}

    @cached_property
    def parts(self) -> dict[int, Entry]:
        return {part["id"]: part for part in self.plan["parts"]}

    @cached_property
    def order(self) -> dict[int | None, int]:
        """The place of each node in the list."""
        return {node["id"]: number for number, node in enumerate(self.plan["nodes"])}

    @cached_property
    def elder(self) -> dict[int, Entry]:
        """The sibling that comes before a node."""
        children: dict[int | None, list[Entry]] = {}
        for node in self.plan["nodes"]:
            children.setdefault(node["parent"], []).append(node)
        return {younger["id"]: elder for siblings in children.values() for elder, younger in pairwise(siblings)}

    @cached_property
    def impossible(self) -> list[list[int]]:
        """Where a warning says that there is no such day."""
        return [warning["span"] for warning in self.plan["warnings"] if warning["code"] == "impossible-date"]

    @cached_property
    def objects(self) -> list[tuple[str, Entry]]:
        return list(_objects(self.plan, "plan"))

    def entries(self, name: str) -> list[tuple[str, Entry]]:
        """The entries that a law speaks of, each with its place."""
        if name == "*":
            return self.objects
        if name == "plan":
            return [("plan", self.plan)]
        if name == "units":
            return [(f"{path}.unit", duty["unit"]) for path, duty in self.entries("assignments")]
        if isinstance(self.plan[name], list):
            return [(f"{name}[{number}]", entry) for number, entry in enumerate(self.plan[name])]
        return [(name, self.plan[name])]

    def has(self, span: Any) -> bool:
        """Whether it is a stretch of the text."""
        return isinstance(span, list) and len(span) == 2 and 0 <= span[0] <= span[1] <= len(self.content)

    def has_deadline(self, index: int) -> bool:
        return 0 <= index < len(self.plan["dates"])


@dataclass(frozen=True)
class Law:
    """What a key's value must be, wherever it stands (``*``) or in the plan or one of its lists; ``broken`` says what it is otherwise."""

    of: str
    key: str
    broken: str
    holds: Callable[[Whole, Entry], object]


def _within(inner: list[int], outer: list[int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _apart(spans: list[list[int]]) -> bool:
    return all(one[1] <= other[0] for one, other in pairwise(spans))


def _exists(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    year, month, day, first, last = match.groups()
    if first is not None:
        return int(first) <= int(last)
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def _day(key: str) -> Callable[[Whole, Entry], bool]:
    """That a key names a day, month, year or pair of years that exists, or nothing."""
    return lambda whole, entry: entry[key] is None or _exists(entry[key])


def _rising(offsets: list[int]) -> bool:
    return offsets == sorted(offsets)


def _unique(entries: list[Entry], key: str) -> bool:
    return len({entry[key] for entry in entries}) == len(entries)


LAWS = (
    Law("*", "span", "is no stretch of the text", lambda whole, entry: whole.has(entry["span"])),
    Law("*", "raw", "is not what stands there", lambda whole, entry: whole.content[slice(*entry["span"])] == entry["raw"]),
    Law("*", "value", "is an empty reading", lambda whole, entry: entry["value"] != ""),
    Law("*", "certainty", "is not between 0 and 1", lambda whole, entry: 0 <= entry["certainty"] <= 1),
    Law("*", "pieces", "are no stretches of the text", lambda whole, entry: all(map(whole.has, entry["pieces"]))),
    Law("*", "pieces", "overlap", lambda whole, entry: _apart(entry["pieces"])),
    Law("*", "pieces", "have another hull", lambda whole, entry: [entry["pieces"][0][0], entry["pieces"][-1][1]] == entry["span"]),
    Law("plan", "preamble", "are no stretches of the text", lambda whole, plan: all(map(whole.has, plan["preamble"]))),
    Law("plan", "closing", "is no stretch of the text", lambda whole, plan: plan["closing"] is None or whole.has(plan["closing"])),
    Law("source", "length", "is not the text's", lambda whole, source: source["length"] == len(whole.content)),
    Law("plan", "parts", "do not begin with the main one", lambda whole, plan: [part["role"] for part in plan["parts"]][:1] == ["main"]),
    Law("plan", "parts", "are not counted from 1", lambda whole, plan: [*whole.parts] == [*range(1, len(plan["parts"]) + 1)]),
    Law("plan", "parts", "overlap", lambda whole, plan: _apart([part["span"] for part in plan["parts"]])),
    Law("parts", "role", "is unknown", lambda whole, part: part["role"] in ("main", "attached", "annex")),
    Law("plan", "nodes", "have an id twice", lambda whole, plan: _unique(plan["nodes"], "id")),
    Law("plan", "nodes", "have a path twice", lambda whole, plan: _unique(plan["nodes"], "path")),
    Law("nodes", "kind", "is unknown", lambda whole, node: node["kind"] in NODE_KINDS),
    Law("nodes", "part", "does not exist", lambda whole, node: node["part"] in whole.parts),
    Law(
        "nodes",
        "span",
        "is outside its part",
        lambda whole, node: node["part"] not in whole.parts or _within(node["span"], whole.parts[node["part"]]["span"]),
    ),
    Law(
        "nodes",
        "parent",
        "does not come before it",
        lambda whole, node: node["parent"] is None or whole.order.get(node["parent"], len(whole.order)) < whole.order[node["id"]],
    ),
    Law(
        "nodes",
        "span",
        "is outside its parent",
        lambda whole, node: node["parent"] not in whole.nodes or _within(node["span"], whole.nodes[node["parent"]]["span"]),
    ),
    Law(
        "nodes",
        "span",
        "overlaps its elder",
        lambda whole, node: node["id"] not in whole.elder or whole.elder[node["id"]]["span"][1] <= node["span"][0],
    ),
    Law("plan", "nodes", "are not in the order of the text", lambda whole, plan: _rising([node["span"][0] for node in plan["nodes"]])),
    Law("nodes", "heading", "is outside", lambda whole, node: node["heading"] is None or _within(node["heading"]["span"], node["span"])),
    Law("footnotes", "anchor", "is outside", lambda whole, note: note["anchor"] is None or 0 <= note["anchor"] <= len(whole.content)),
    *(
        Law(name, "node", "does not exist", lambda whole, entry: entry["node"] is None or entry["node"] in whole.nodes)
        for name in ("citations", "dates", "assignments")
    ),
    Law("citations", "where", "is unknown", lambda whole, cited: cited["where"] in CITATION_PLACES),
    Law("citations", "relation", "is unknown", lambda whole, cited: cited["relation"] in RELATIONS),
    Law("citations", "node", "is there outside the body", lambda whole, cited: cited["node"] is None or cited["where"] == "body"),
    Law("citations", "date", "is no day", _day("date")),
    Law(
        "citations",
        "document",
        "is not among its candidates",
        lambda whole, cited: cited["document"] is None or not cited["candidates"] or cited["document"] in cited["candidates"],
    ),
    Law("dates", "role", "is unknown", lambda whole, date: date["role"] in DATE_ROLES),
    *(Law("dates", key, "is no day", _day(key)) for key in ("value", "from", "to")),
    Law("dates", "from", "is later than its end", lambda whole, date: not (date["from"] and date["to"]) or date["from"] <= date["to"]),
    Law(
        "dates",
        "value",
        "is not there, nor a recurrence, nor a warning",
        lambda whole, date: date["value"] or date["recurs"] or date["span"] in whole.impossible,
    ),
    Law("assignments", "role", "is unknown", lambda whole, duty: duty["role"] in ASSIGNMENT_ROLES),
    Law("assignments", "deadlines", "do not exist", lambda whole, duty: all(map(whole.has_deadline, duty["deadlines"]))),
    Law(
        "assignments",
        "deadline",
        "is not among its deadlines",
        lambda whole, duty: duty["deadline"] is None or duty["deadline"] in duty["deadlines"],
    ),
    Law("warnings", "code", "is no code", lambda whole, warning: _CODE.fullmatch(warning["code"])),
    Law("warnings", "message", "says nothing", lambda whole, warning: warning["message"].strip()),
    Law("repairs", "code", "is no code", lambda whole, repair: _CODE.fullmatch(repair["code"])),
)


def problems(plan: Entry, content: str) -> list[str]:
    """Every breach of the contract, in words; empty for a sound plan. Where keys lack, nothing else is asked."""
    whole = Whole(plan, content)
    return _shapeless(plan) or _missing(whole) or _broken(whole)


def _shapeless(plan: Entry) -> list[str]:
    lists = [f"{name} is no list" for name in LISTS if name in plan and not isinstance(plan[name], list)]
    return [f"plan lacks {key}" for key in KEYS["plan"] - plan.keys()] + lists


def _missing(whole: Whole) -> list[str]:
    return [
        f"{path} lacks {keys - entry.keys()}" for name, keys in KEYS.items() for path, entry in whole.entries(name) if keys - entry.keys()
    ]


def _broken(whole: Whole) -> list[str]:
    return [
        f"{path}.{law.key} {law.broken}: {str(entry[law.key])[:200]}"
        for law in LAWS
        for path, entry in whole.entries(law.of)
        if law.key in entry and not law.holds(whole, entry)
    ]


def _objects(value: Any, path: str) -> Iterator[tuple[str, Entry]]:
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _objects(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _objects(inner, f"{path}[{index}]")
