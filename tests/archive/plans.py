"""Plans whose duties say role, deadline and whom to report to, in a notation of our own:

[role] Unit: task @2025-12-15 >Unit to report to        a duty of the node above; @ may be a rule (FREQ=…), both may be missing
(annex) PHỤ LỤC II                                      from here on an annex without an outline

Everything else is as in builders.py.
"""

from __future__ import annotations

import re
from typing import Any

from archive import Archive, add_text
from kehoach_parser import Plan, Text, plan_from_dict, plan_to_dict, text_of
from tests.archive.builders import NOW, parse_simple

_DUTY = re.compile(r"^\[(\w+)\] ([^:\n]+): ([^@>\n]+?)(?: @(\S+))?(?: >(.+))?$", re.MULTILINE)
_ANNEX = re.compile(r"^\(annex\) (.+)$", re.MULTILINE)


def add_plan(archive: Archive, content: str, key: str = "{unit} @ tỉnh a") -> int:
    """Adds a plan; ``key`` is the pattern of its units' keys, for units without an "@" of their own. Returns the document's id."""
    text = text_of(content)
    added = add_text(archive, Text(text.content, None, text.sha256), now=NOW, parse=lambda one: parse_plan(one, key))
    assert added.document is not None
    return added.document.id


def parse_plan(text: str | Text, key: str) -> Plan:
    """The plan of a text in this notation."""
    content = text if isinstance(text, str) else text.content
    plan: dict[str, Any] = plan_to_dict(parse_simple(text))
    annex = _ANNEX.search(content)
    if annex:
        plan["parts"][0]["span"][1] = annex.start()
        span = [annex.start(), len(content)]
        plan["parts"].append(
            {"id": 2, "role": "annex", "label": annex[1], "span": span, "header": None, "signature": None, "recipients": []}
        )
        for node in plan["nodes"]:
            node["span"][1] = min(node["span"][1], annex.start())
    for match in _DUTY.finditer(content):
        deadline = None
        if match[4]:
            deadline = len(plan["dates"])
            day = None if match[4].startswith("FREQ") else match[4]
            plan["dates"].append(_date(match, day))
        inside = [node["id"] for node in plan["nodes"] if node["span"][0] <= match.start() < node["span"][1]]
        plan["assignments"].append(
            {
                "unit": {**_field(match, 2), "key": key.format(unit=match[2].lower())},
                "role": match[1],
                "primary": match[1] != "directed",
                "node": inside[-1] if inside else None,
                "task": _field(match, 3),
                "deadline": deadline,
                "reports_to": match[5],
            }
        )
    return plan_from_dict(plan)


def _field(match: re.Match[str], group: int) -> dict[str, Any]:
    return {"value": match[group], "raw": match[group], "span": list(match.span(group)), "certainty": 1.0}


def _date(match: re.Match[str], day: str | None) -> dict[str, Any]:
    return {
        **{"span": list(match.span(4)), "raw": match[4], "value": day, "from": day, "to": day},
        **{"recurs": None if day else match[4], "role": "deadline", "node": None, "certainty": 1.0},
    }
