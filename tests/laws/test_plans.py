"""Laws 1, 2, 3 and 6 of docs/architecture.md: spans hold, parsing is total and deterministic, JSON leads back to the plan."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import unicodedata

import pytest
from contract import problems
from fuzz import CONTENTS, FIXTURES, KINDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehoach_parser import Plan, parse, plan_from_json, plan_to_dict, plan_to_json

IDS = [path.name[:3] for path in FIXTURES]


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
    plan, composed = assert_sound(unicodedata.normalize("NFD", content)), parse(content)
    assert [node.path for node in plan.nodes] == [node.path for node in composed.nodes]
    assert [(one.symbol, one.date) for one in plan.citations] == [(one.symbol, one.date) for one in composed.citations]


@pytest.mark.parametrize("content", CONTENTS, ids=IDS)
def test_fixtures_with_other_line_ends_say_the_same(content: str) -> None:
    plan, other = parse(content), assert_sound(content.replace("\n", "\r\n"))
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
    alone = [parse(content) for content in CONTENTS]
    assert [parse(content) for content in reversed(CONTENTS)] == alone[::-1]


_PRINT_HASHES = """
import hashlib, sys
from kehoach_parser import parse, plan_to_json
for name in sys.argv[1:]:
    with open(name, encoding="utf-8", newline="") as file:
        print(hashlib.sha256(plan_to_json(parse(file.read())).encode()).hexdigest())
"""


@pytest.mark.parametrize(
    "setting", [{"PYTHONHASHSEED": "1", "KEHOACH_LANG": "en", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "LANG": "vi_VN.UTF-8"}]
)
def test_the_same_in_another_process_and_language(setting: dict[str, str]) -> None:
    here = [hashlib.sha256(plan_to_json(parse(content)).encode()).hexdigest() for content in CONTENTS]
    command = [sys.executable, "-c", _PRINT_HASHES, *map(str, FIXTURES)]
    there = subprocess.run(command, env={**os.environ, **setting}, capture_output=True, text=True, check=True).stdout.split()
    assert there == here


def test_json_is_one_line_or_indented_and_the_same() -> None:
    plan = parse(CONTENTS[-1])
    assert "\n" not in plan_to_json(plan)
    assert json.loads(plan_to_json(plan)) == json.loads(plan_to_json(plan, indent=2))


def test_the_checks_can_fail() -> None:
    """Each part of the contract is broken once, and seen."""
    content = CONTENTS[0]
    for break_it, told in [
        (lambda plan: plan["nodes"][3]["span"].__setitem__(1, len(content) + 1), "span"),
        (lambda plan: plan["nodes"][1].__setitem__("path", plan["nodes"][0]["path"]), "paths"),
        (lambda plan: plan["nodes"][1].__setitem__("parent", 999), "parent"),
        (lambda plan: plan["citations"][0].__setitem__("raw", "x"), "is not what stands"),
        (lambda plan: plan["dates"][0].__setitem__("value", "2025-02-30"), "2025-02-30"),
        (lambda plan: plan.__setitem__("recipients", None), "no list"),
        (lambda plan: plan["header"].pop("marks"), "lacks"),
    ]:
        plan = plan_to_dict(parse(content))
        plan = json.loads(json.dumps(plan))
        break_it(plan)
        found = _told(plan, content)
        assert told in found, found


def _told(plan: dict[str, object], content: str) -> str:
    try:
        return "; ".join(problems(plan, content))
    except (KeyError, TypeError) as error:  # what is missing may also be needed by a later check
        return f"no list, lacks {error}"
