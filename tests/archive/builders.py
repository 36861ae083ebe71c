"""Plans built by a parser of our own, a page long, so that these tests stand and fall with the archive alone.

Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Tuyên truyền kết quả Hội nghị      the header, first line
I. MỤC ĐÍCH          a section; its line is its heading
1. Yêu cầu           an item; its first line is its heading
Giao <unit>: <task>. an assignment, in the node where it stands
Nghị quyết số 18-NQ/TW, ngày 25/10/2017      a citation; without a date it names no document
Luật Việc làm        a law by name, up to the end of the capitals
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from archive import Archive, add_paths, add_text
from kehoach_parser import Plan, Text, parse, plan_from_dict, text_of
from tests.archive import texts

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)

#: Puts papers into an archive.
Filling = Callable[[Archive], object]
#: The parser, for papers that come into several archives: each is read once.
parse_once = cache(parse)

_CITATION = re.compile(r"(Nghị quyết|Quyết định|Kế hoạch) số (\d+-\w+/\w+)(?:, ngày (\d+)/(\d+)/(\d{4}))?(?: của (Đảng ủy \w+ \w+ \w+))?")
_LAW = re.compile(r"Luật( [A-ZĐ]\w+)( \w+)?")
_NODE = re.compile(r"^(?:([IVX]+)|(\d+))\. (.*)$", re.MULTILINE)
_DUTY = re.compile(r"Giao ([^:]+): ([^.]+)\.(?: Hạn (\d{4}-\d\d-\d\d))?")


def parse_simple(text: str | Text) -> Plan:
    """The plan of a text in the form above."""
    source = text if isinstance(text, Text) else text_of(text)
    content = source.content
    first = content.partition("\n")[0]
    nodes = _nodes(content)
    dates = [
        {
            "span": m.span(3),
            "raw": m[3],
            "value": m[3],
            "from": m[3],
            "to": m[3],
            "recurs": None,
            "role": "deadline",
            "node": None,
            "certainty": 1.0,
        }
        for m in _DUTY.finditer(content)
        if m[3]
    ]
    return plan_from_dict(
        {
            "format": "kehoach-plan",
            "version": 1,
            "source": {
                "name": source.name,
                "sha256": source.sha256,
                "media_type": source.media_type,
                "length": len(content),
                "pages": list(source.pages),
                "quality": 0.4 if "~damaged" in content else 1.0,
            },
            "parts": [{"id": 1, "role": "main", "label": None, "span": [0, len(content)], "recipients": []}],
            "header": _header(first),
            "nodes": nodes,
            "recipients": [],
            "citations": _citations(content, nodes),
            "dates": dates,
            "assignments": _assignments(content, nodes),
        }
    )


def add(archive: Archive, content: str, name: str | None = None) -> int:
    """Adds a text under a name; returns the document's id."""
    text = text_of(content)
    added = add_text(archive, Text(text.content, name, text.sha256), now=NOW, parse=parse_simple)
    assert added.document is not None
    return added.document.id


def nothing(archive: Archive) -> None:
    """The filling of an empty archive."""


def add_three(archive: Archive) -> None:
    """The ward's plan is 1, the commune's 2, the damaged guidance 3."""
    for number, name in enumerate(("ward", "commune", "damaged"), start=1):
        assert add(archive, getattr(texts, name.upper()), f"{name}.txt") == number


def add_fixtures(archive: Archive) -> None:
    """The plans of fixtures/, in the order of their names."""
    assert {added.status for added in add_paths(archive, [FIXTURES], now=NOW)} == {"added"}


def write(folder: Path, **texts: str) -> Path:
    """Files ``name.txt`` in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in texts.items():
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")
    return folder


def _field(content: str, start: int, end: int) -> dict[str, object]:
    return {"value": content[start:end], "raw": content[start:end], "span": [start, end], "certainty": 1.0}


def _header(first: str) -> dict[str, object]:
    names = ("symbol", "type", "organ", "place", "date", "subject")
    found: dict[str, object] = {"span": [0, len(first)], "marks": []}
    if first.startswith("Số "):
        at = len("Số ")
        for name, piece in zip(names, first[at:].split(" | "), strict=False):
            found[name] = _field(first, at, at + len(piece))
            at += len(piece) + len(" | ")
    return found


def _nodes(content: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    matches = list(_NODE.finditer(content))
    section: int | None = None
    for number, match in enumerate(matches):
        is_section = match[1] is not None
        label = match[1] or match[2]
        if is_section:
            section = number
        follow = (other.start() for other in matches[number + 1 :] if other[1] is not None or not is_section)
        found.append(
            {
                "id": number,
                "parent": None if is_section else section,
                "part": 1,
                "kind": "section" if is_section else "item",
                "label": label,
                "path": label if is_section or section is None else f"{found[section]['label']}.{label}",
                "span": [match.start(), next(follow, len(content))],
                "heading": _field(content, *match.span(3)),
            }
        )
    return found


def _node_at(nodes: list[dict[str, object]], offset: int) -> int | None:
    inside = [node for node in nodes if node["span"][0] <= offset < node["span"][1]]  # type: ignore[index]
    return inside[-1]["id"] if inside else None  # type: ignore[return-value]


def _citations(content: str, nodes: list[dict[str, object]]) -> list[dict[str, object]]:
    found = []
    for match in _CITATION.finditer(content):
        kind, symbol, day, month, year, issuer = match.groups()
        date = f"{year}-{int(month):02}-{int(day):02}" if year else None
        found.append(_citation(match, kind, symbol, date, issuer, f"{symbol}|{date}" if date else None, nodes))
    for match in _LAW.finditer(content):
        found.append(_citation(match, "Luật", None, None, None, match[0].lower(), nodes))
    return sorted(found, key=lambda citation: citation["span"])  # type: ignore[arg-type,return-value]


def _citation(
    match: re.Match[str],
    kind: str,
    symbol: str | None,
    date: str | None,
    issuer: str | None,
    key: str | None,
    nodes: list[dict[str, object]],
) -> dict[str, object]:
    node = _node_at(nodes, match.start())
    return {
        "span": list(match.span()),
        "raw": match[0],
        "type": kind,
        "symbol": symbol,
        "date": date,
        "issuer": issuer,
        "title": None,
        "node": node,
        "where": "preamble" if node is None else "body",
        "defines": None,
        "relation": "implements",
        "document": key,
        "candidates": [],
        "certainty": 0.9,
    }


def _assignments(content: str, nodes: list[dict[str, object]]) -> list[dict[str, object]]:
    found = []
    deadlines = 0
    for match in _DUTY.finditer(content):
        deadline = None
        if match[3]:
            deadline = deadlines
            deadlines += 1
        found.append(
            {
                "unit": {**_field(content, *match.span(1)), "key": match[1].lower()},
                "role": "assigned",
                "primary": True,
                "node": _node_at(nodes, match.start()),
                "task": _field(content, *match.span(2)),
                "deadline": deadline,
                "reports_to": None,
            }
        )
    return found
