"""Identity of units: one case file a situation (tests/cases/unit_identity), written before the program was asked.

``relation``: same | other (the keys), post (the first stands for the second), became (the second took the first one's place on ``since``),
ended (it ended on ``since`` and none took its place), unchanged. ``xfail`` says why a case is not met yet.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from test_units import units_of

from kehoach_parser.found import FoundUnit
from kehoach_parser.knowledge import successions_of

CASES = sorted((Path(__file__).parent.parent / "cases" / "unit_identity").glob("*.toml"))


def unit_in(said: dict[str, str]) -> FoundUnit:
    """The unit that a text names first, and alone."""
    return units_of(said["text"], said["organ"], said["place"], said.get("parent"))[0]


def holds(relation: str, one: FoundUnit, other: FoundUnit, since: str | None) -> bool:
    after = [(step.key, step.since) for step in successions_of(one.key)]
    match relation:
        case "same" | "other":
            return (one.key == other.key) == (relation == "same")
        case "post":
            return one.key != other.key and one.stands_for is not None and one.stands_for.key == other.key
        case "became":
            return (other.key, since) in after and one.key != other.key
        case "ended":
            return after == [(None, since)]
        case "unchanged":
            return not after
    raise AssertionError(relation)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_unit_identity(path: Path, request: pytest.FixtureRequest) -> None:
    case: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    if "xfail" in case:
        request.applymarker(pytest.mark.xfail(reason=case["xfail"], strict=True))
    one, other = unit_in(case["one"]), unit_in(case["other"])
    assert holds(case["relation"], one, other, case.get("since")), (one, other, successions_of(one.key))
