"""Deadlines and what else binds a duty: one case file a situation (tests/cases/deadlines), written before the program was asked.

A duty is named by its unit (and role). ``due``: the value of its deadline, "none" for none; ``last``, ``recurs``: the deadline's last day
and rule; ``deadlines``: the values of all deadlines under a head; the rest as in Plan JSON. ``xfail`` says why a case is not met yet.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from test_duties import plan_of

from kehoach_parser import Plan
from kehoach_parser.model import Assignment

CASES = sorted((Path(__file__).parent.parent / "cases" / "deadlines").glob("*.toml"))


def found(duty: Assignment, plan: Plan, key: str) -> Any:
    """What the plan says of a duty under a key of a case file."""
    date = None if duty.deadline is None else plan.dates[duty.deadline]
    match key:
        case "due":
            return "none" if date is None or date.value is None else date.value
        case "last" | "recurs":
            return None if date is None else getattr(date, key)
        case "deadlines":
            return [plan.dates[index].value for index in duty.deadlines]
        case "stands_for":
            return None if duty.unit.stands_for is None else duty.unit.stands_for.value
        case "targets":
            return [target.value for target in duty.targets]
        case "when" | "place":
            field = getattr(duty, key)
            return None if field is None else field.value
    return getattr(duty, key)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_deadline(path: Path, request: pytest.FixtureRequest) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    if "xfail" in case:
        request.applymarker(pytest.mark.xfail(reason=case["xfail"], strict=True))
    plan = plan_of(case["body"].lstrip("\n"), case["head"])
    for wanted in case["duty"]:
        duties = [duty for duty in plan.assignments if duty.unit.value == wanted["unit"] and duty.role == wanted.get("role", duty.role)]
        assert duties, (wanted["unit"], [(duty.unit.value, duty.role) for duty in plan.assignments])
        keys = wanted.keys() - {"unit", "role"}
        assert {key: found(duties[0], plan, key) for key in keys} == {key: wanted[key] for key in keys}, duties[0]
