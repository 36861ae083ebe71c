"""Laws 1, 2, 3 and 6 of docs/architecture.md: spans hold, parsing is total and deterministic, JSON leads back to the plan."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import unicodedata
from functools import cache, reduce
from operator import getitem

import pytest
from contract import LAWS, problems
from fuzz import CONTENTS, FIXTURES, KINDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehoach_parser import Plan, parse, plan_from_json, plan_to_dict, plan_to_json

IDS = [path.name[:3] for path in FIXTURES]
#: The plan of a fixture, read once; where it matters that it is read again, it is.
plan_of = cache(parse)


def assert_sound(content: str) -> Plan:
    plan = parse(content)
    assert problems(plan_to_dict(plan), content) == []
    assert plan_from_json(plan_to_json(plan)) == plan
    return plan


@pytest.mark.parametrize("content", CONTENTS, ids=IDS)
def test_fixtures(content: str) -> None:
    assert_sound(content)


@pytest.mark.parametrize("content", CONTENTS, ids=IDS)
def test_fixtures_decomposed_say_the_same(content: str) -> None:
    """A text in NFD has other offsets, but the same outline and the same documents."""
    plan, composed = assert_sound(unicodedata.normalize("NFD", content)), plan_of(content)
    assert [node.path for node in plan.nodes] == [node.path for node in composed.nodes]
    assert [(one.symbol, one.date) for one in plan.citations] == [(one.symbol, one.date) for one in composed.citations]


@pytest.mark.parametrize("content", CONTENTS, ids=IDS)
def test_fixtures_with_other_line_ends_say_the_same(content: str) -> None:
    plan, other = plan_of(content), assert_sound(content.replace("\n", "\r\n"))
    assert [node.path for node in other.nodes] == [node.path for node in plan.nodes]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n" * 50,
        "\ud800",
        "CC",
        "1." * 400,
        "I.\nI.\nI.\n1.\n1.\na)\n- + *\n",
        "Nơi nhận:",
        "T/M\n" * 20,
        "Số: /KH-UBND\nngày tháng năm 2026",
    ],
)
def test_odd_texts(content: str) -> None:
    assert_sound(content)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text(kind: str, data: st.DataObject) -> None:
    assert_sound(data.draw(KINDS[kind]))


@pytest.mark.parametrize("unit", ["kế hoạch ", "I. ", "- ", "18-NQ/TW ngày ", "é", "\u0301", "(", "“", "Nơi nhận: "])
def test_long_lines(unit: str) -> None:
    assert_sound(unit * (60_000 // len(unit)))


@given(st.one_of(*KINDS.values()))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_twice_the_same(content: str) -> None:
    assert parse(content) == parse(content)


def test_an_earlier_text_leaves_no_trace() -> None:
    assert [parse(content) for content in reversed(CONTENTS)] == [plan_of(content) for content in reversed(CONTENTS)]


_PRINT_HASHES = """
import hashlib, sys
from kehoach_parser import parse, plan_to_json
for name in sys.argv[1:]:
    with open(name, encoding="utf-8", newline="") as file:
        print(hashlib.sha256(plan_to_json(parse(file.read())).encode()).hexdigest())
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "setting", [{"PYTHONHASHSEED": "1", "KEHOACH_LANG": "en", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "LANG": "vi_VN.UTF-8"}]
)
def test_the_same_in_another_process_and_language(setting: dict[str, str]) -> None:
    here = [hashlib.sha256(plan_to_json(plan_of(content)).encode()).hexdigest() for content in CONTENTS]
    command = [sys.executable, "-c", _PRINT_HASHES, *map(str, FIXTURES)]
    there = subprocess.run(command, env={**os.environ, **setting}, capture_output=True, text=True, check=True).stdout.split()
    assert there == here


def test_json_is_one_line_or_indented_and_the_same() -> None:
    plan = plan_of(CONTENTS[-1])
    assert "\n" not in plan_to_json(plan)
    assert json.loads(plan_to_json(plan)) == json.loads(plan_to_json(plan, indent=2))


#: A key of a sound plan, what is put there, and what has to be told of it.
BREAKAGES: list[tuple[tuple[str | int, ...], object, str]] = [
    (("nodes", 3, "span"), [0, 10**6], "nodes[3].span is no stretch of the text"),
    (("citations", 0, "raw"), "x", "citations[0].raw is not what stands there"),
    (("header", "symbol", "value"), "", "header.symbol.value is an empty reading"),
    (("header", "symbol", "certainty"), 1.5, "header.symbol.certainty is not between 0 and 1"),
    (("header", "symbol", "pieces"), [[0, 10**6]], "header.symbol.pieces are no stretches of the text"),
    (("header", "symbol", "pieces"), [[74, 80], [79, 88]], "header.symbol.pieces overlap"),
    (("header", "symbol", "pieces"), [[74, 80]], "header.symbol.pieces have another hull"),
    (("preamble", 0), [5, 2], "plan.preamble are no stretches of the text"),
    (("closing",), [5, 2], "plan.closing is no stretch of the text"),
    (("source", "length"), 7, "source.length is not the text's"),
    (("parts", 0, "role"), "annex", "plan.parts do not begin with the main one"),
    (("parts", 0, "id"), 2, "plan.parts are not counted from 1"),
    (("parts", 0, "role"), "cover", "parts[0].role is unknown"),
    (("nodes", 1, "id"), 0, "plan.nodes have an id twice"),
    (("nodes", 1, "path"), "I", "plan.nodes have a path twice"),
    (("nodes", 1, "kind"), "verse", "nodes[1].kind is unknown"),
    (("nodes", 1, "part"), 9, "nodes[1].part does not exist"),
    (("parts", 0, "span"), [0, 700], "nodes[1].span is outside its part"),
    (("nodes", 1, "parent"), 999, "nodes[1].parent does not come before it"),
    (("nodes", 0, "parent"), 1, "nodes[0].parent does not come before it"),
    (("nodes", 1, "span"), [0, 717], "nodes[1].span is outside its parent"),
    (("nodes", 1, "span"), [717, 2052], "nodes[2].span overlaps its elder"),
    (("nodes", 0, "span"), [800, 2052], "plan.nodes are not in the order of the text"),
    (("nodes", 0, "heading", "span"), [0, 5], "nodes[0].heading is outside"),
    (("footnotes", 0, "anchor"), -1, "footnotes[0].anchor is outside"),
    (("citations", 0, "node"), 999, "citations[0].node does not exist"),
    (("dates", 0, "node"), 999, "dates[0].node does not exist"),
    (("assignments", 0, "node"), 999, "assignments[0].node does not exist"),
    (("citations", 0, "where"), "margin", "citations[0].where is unknown"),
    (("citations", 0, "relation"), "praises", "citations[0].relation is unknown"),
    (("citations", 0, "node"), 1, "citations[0].node is there outside the body"),
    (("citations", 0, "date"), "2025-02-30", "citations[0].date is no day: 2025-02-30"),
    (("citations", 0, "candidates"), ["luat|1"], "citations[0].document is not among its candidates"),
    (("dates", 0, "role"), "feast", "dates[0].role is unknown"),
    (("dates", 0, "value"), "2026/2025", "dates[0].value is no day: 2026/2025"),
    (("dates", 0, "from"), "in May", "dates[0].from is no day"),
    (("dates", 0, "to"), "2025-13", "dates[0].to is no day"),
    (("dates", 0, "to"), "1999-01-01", "dates[0].from is later than its end"),
    (("dates", 0, "value"), None, "dates[0].value is not there, nor a recurrence, nor a warning"),
    (("assignments", 0, "role"), "watches", "assignments[0].role is unknown"),
    (("assignments", 0, "deadlines"), [999], "assignments[0].deadlines do not exist"),
    (("assignments", 0, "deadline"), 0, "assignments[0].deadline is not among its deadlines"),
    (("warnings", 0, "code"), "Odd!", "warnings[0].code is no code"),
    (("warnings", 0, "message"), " ", "warnings[0].message says nothing"),
    (("repairs", 0, "code"), "", "repairs[0].code is no code"),
    (("recipients",), None, "recipients is no list"),
]


@pytest.fixture(scope="module")
def sound() -> str:
    """The plan of the second fixture as JSON."""
    return plan_to_json(plan_of(CONTENTS[1]))


@pytest.mark.parametrize(("place", "value", "told"), BREAKAGES, ids=[told for _, _, told in BREAKAGES])
def test_what_breaks_a_law_is_told(sound: str, place: tuple[str | int, ...], value: object, told: str) -> None:
    plan = json.loads(sound)
    assert problems(plan, CONTENTS[1]) == []
    *path, key = place
    reduce(getitem, path, plan)[key] = value
    assert told in "; ".join(problems(plan, CONTENTS[1]))


def test_two_parts_do_not_overlap(sound: str) -> None:
    plan = json.loads(sound)
    plan["parts"].append({**plan["parts"][0], "id": 2, "role": "annex"})
    assert [one.partition(":")[0] for one in problems(plan, CONTENTS[1])] == ["plan.parts overlap"]


def test_a_key_that_lacks_is_told(sound: str) -> None:
    for place in [("header", "marks"), ("source", "name"), ("dates", 0, "from"), ("assignments", 0, "unit", "key"), ("closing",)]:
        plan = json.loads(sound)
        *path, key = place
        del reduce(getitem, path, plan)[key]
        assert [str(key) in one for one in problems(plan, CONTENTS[1])] == [True]


def test_every_law_is_broken_once() -> None:
    told = [told for _, _, told in BREAKAGES] + ["plan.parts overlap"]
    assert [law for law in LAWS if not any(f".{law.key} {law.broken}" in one for one in told)] == []
