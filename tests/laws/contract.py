"""What docs/plan-json.md promises about any plan, as checks on its JSON."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from kehoach_parser.model import ASSIGNMENT_ROLES, CITATION_PLACES, DATE_ROLES, NODE_KINDS, RELATIONS

FIELD = {"value", "raw", "span", "certainty"}
HEADER = {"span", "parent_organ", "organ", "symbol", "place", "date", "type", "subject", "marks"}
KEYS: dict[str, set[str]] = {
    "plan": {
        "format",
        "version",
        "source",
        "parts",
        "header",
        "preamble",
        "nodes",
        "closing",
        "signature",
        "recipients",
        "footnotes",
        "citations",
        "dates",
        "assignments",
        "warnings",
        "repairs",
    },
    "source": {"name", "sha256", "media_type", "length", "pages", "quality"},
    "parts": {"id", "role", "label", "span", "header", "signature", "recipients"},
    "nodes": {"id", "parent", "part", "kind", "label", "path", "span", "heading"},
    "recipients": FIELD | {"purpose"},
    "footnotes": {"mark", "span", "anchor"},
    "citations": {
        "span",
        "raw",
        "type",
        "symbol",
        "date",
        "issuer",
        "title",
        "node",
        "where",
        "defines",
        "relation",
        "document",
        "candidates",
        "certainty",
    },
    "dates": {"span", "raw", "value", "from", "to", "recurs", "role", "node", "certainty"},
    "assignments": {
        "unit",
        "role",
        "primary",
        "node",
        "task",
        "deadline",
        "reports_to",
        "through",
        "deadlines",
        "when",
        "place",
        "targets",
    },
    "warnings": {"code", "message", "span"},
    "repairs": {"code", "span", "printed", "reading"},
}
LISTS = ("parts", "preamble", "nodes", "recipients", "footnotes", "citations", "dates", "assignments", "warnings", "repairs")
UNIT = FIELD | {"key", "stands_for"}
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d{4})/(\d{4})")
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def problems(plan: dict[str, Any], content: str) -> list[str]:
    """Every breach of the contract, in words; empty for a sound plan."""
    return [
        *_keys(plan),
        *_spans(plan, content),
        *_nodes(plan),
        *_mentions(plan),
        *_parts(plan, content),
        *(f"code {entry['code']!r}" for name in ("warnings", "repairs") for entry in plan[name] if not CODE.fullmatch(entry["code"])),
        *("a warning without words" for entry in plan["warnings"] if not entry["message"].strip()),
    ]


def _keys(plan: dict[str, Any]) -> Iterator[str]:
    if missing := KEYS["plan"] - plan.keys():
        yield f"the plan lacks {missing}"
    for name in LISTS:
        if not isinstance(plan[name], list):
            yield f"{name} is no list"
            continue
        for entry in plan[name] if name in KEYS else ():
            if missing := KEYS[name] - entry.keys():
                yield f"an entry of {name} lacks {missing}"
    if missing := KEYS["source"] - plan["source"].keys():
        yield f"source lacks {missing}"
    if missing := HEADER - plan["header"].keys():
        yield f"header lacks {missing}"
    for entry in plan["assignments"]:
        if missing := UNIT - entry["unit"].keys():
            yield f"a unit lacks {missing}"


def _objects(value: Any, path: str = "plan") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _objects(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _objects(inner, f"{path}[{index}]")


def _spans(plan: dict[str, Any], content: str) -> Iterator[str]:
    length = len(content)
    spans = [(f"preamble[{i}]", span) for i, span in enumerate(plan["preamble"])] + [("closing", plan["closing"])] * bool(plan["closing"])
    for path, entry in _objects(plan):
        if "span" in entry:
            spans.append((path, entry["span"]))
        if "raw" in entry and content[slice(*entry["span"])] != entry["raw"]:
            yield f"{path}: {entry['raw']!r} is not what stands at {entry['span']}"
        if "certainty" in entry and not 0 <= entry["certainty"] <= 1:
            yield f"{path}: certainty {entry['certainty']}"
        if pieces := entry.get("pieces"):
            spans += [(f"{path}.pieces", piece) for piece in pieces]
            if [pieces[0][0], pieces[-1][1]] != list(entry["span"]) or any(a[1] > b[0] for a, b in pairwise(pieces)):
                yield f"{path}: {entry['span']} is not the hull of {pieces}"
        if "value" in entry and "raw" in entry and entry["value"] == "" and path.split("[")[0] != "plan.dates":
            yield f"{path}: an empty reading"
    for path, span in spans:
        if not (isinstance(span, list) and len(span) == 2 and 0 <= span[0] <= span[1] <= length):
            yield f"{path}: span {span} in a text of {length}"
    for note in plan["footnotes"]:
        if note["anchor"] is not None and not 0 <= note["anchor"] <= length:
            yield f"anchor {note['anchor']}"


def _nodes(plan: dict[str, Any]) -> Iterator[str]:
    nodes = plan["nodes"]
    by_id = {node["id"]: node for node in nodes}
    if len(by_id) != len(nodes):
        yield "node ids are not unique"
    if len({node["path"] for node in nodes}) != len(nodes):
        yield f"paths are not unique: {sorted(node['path'] for node in nodes)}"
    if [node["span"][0] for node in nodes] != sorted(node["span"][0] for node in nodes):
        yield "nodes are not in the order of the document"
    parts = {part["id"]: part for part in plan["parts"]}
    last_child: dict[int | None, dict[str, Any]] = {}
    seen: set[int] = set()
    for node in nodes:
        where = f"node {node['path']}"
        if node["kind"] not in NODE_KINDS:
            yield f"{where}: kind {node['kind']}"
        if node["part"] not in parts:
            yield f"{where}: part {node['part']}"
        elif not _within(node["span"], parts[node["part"]]["span"]):
            yield f"{where}: {node['span']} is outside its part"
        if node["parent"] is not None:
            if node["parent"] not in seen:
                yield f"{where}: its parent does not come before it"
            elif not _within(node["span"], by_id[node["parent"]]["span"]):
                yield f"{where}: {node['span']} is outside its parent"
        before = last_child.get(node["parent"])
        if before is not None and before["span"][1] > node["span"][0]:
            yield f"{where}: overlaps {before['path']}"
        if node["heading"] is not None and not _within(node["heading"]["span"], node["span"]):
            yield f"{where}: its heading is outside"
        last_child[node["parent"]] = node
        seen.add(node["id"])


def _within(inner: list[int], outer: list[int]) -> bool:
    return bool(outer[0] <= inner[0] and inner[1] <= outer[1])


def _mentions(plan: dict[str, Any]) -> Iterator[str]:
    ids = {node["id"] for node in plan["nodes"]} | {None}
    impossible = [warning["span"] for warning in plan["warnings"] if warning["code"] == "impossible-date"]
    for name in ("citations", "dates", "assignments"):
        for entry in plan[name]:
            if entry["node"] not in ids:
                yield f"{name}: node {entry['node']} does not exist"
    for cited in plan["citations"]:
        if cited["where"] not in CITATION_PLACES or cited["relation"] not in RELATIONS:
            yield f"citation {cited['raw']!r}: {cited['where']}, {cited['relation']}"
        if cited["node"] is not None and cited["where"] != "body":
            yield f"citation {cited['raw']!r}: has a node outside the body"
        if cited["date"] is not None and not _exists(cited["date"]):
            yield f"citation {cited['raw']!r}: date {cited['date']}"
        if cited["document"] is not None and cited["candidates"] and cited["document"] not in cited["candidates"]:
            yield f"citation {cited['raw']!r}: its identity is not among its candidates"
    for date in plan["dates"]:
        if date["role"] not in DATE_ROLES:
            yield f"date {date['raw']!r}: role {date['role']}"
        if date["value"] is None and date["recurs"] is None and date["span"] not in impossible:
            yield f"date {date['raw']!r}: neither value nor recurrence, and no warning"
        yield from (
            f"date {date['raw']!r}: {day}" for day in (date["value"], date["from"], date["to"]) if day is not None and not _exists(day)
        )
        if date["from"] and date["to"] and date["from"] > date["to"]:
            yield f"date {date['raw']!r}: from {date['from']} to {date['to']}"
    for duty in plan["assignments"]:
        if duty["role"] not in ASSIGNMENT_ROLES:
            yield f"duty of {duty['unit']['raw']!r}: role {duty['role']}"
        if duty["deadline"] is not None and not 0 <= duty["deadline"] < len(plan["dates"]):
            yield f"duty of {duty['unit']['raw']!r}: deadline {duty['deadline']}"
        if duty["deadline"] is not None and duty["deadline"] not in duty["deadlines"]:
            yield f"duty of {duty['unit']['raw']!r}: its deadline is not among its deadlines"
        if not all(0 <= index < len(plan["dates"]) for index in duty["deadlines"]):
            yield f"duty of {duty['unit']['raw']!r}: deadlines {duty['deadlines']}"


def _exists(value: str) -> bool:
    match = DATE.fullmatch(value)
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


def _parts(plan: dict[str, Any], content: str) -> Iterator[str]:
    parts = plan["parts"]
    if not parts or parts[0]["role"] != "main":
        yield "the first part is not the main one"
    if [part["id"] for part in parts] != list(range(1, len(parts) + 1)):
        yield "parts are not counted from 1"
    if any(part["role"] not in ("main", "attached", "annex") for part in parts):
        yield "a part has an unknown role"
    if any(a["span"][1] > b["span"][0] for a, b in pairwise(parts)):
        yield "parts overlap"
    if plan["source"]["length"] != len(content):
        yield f"length {plan['source']['length']} of {len(content)}"
