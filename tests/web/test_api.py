"""The JSON API: what its description says holds for whatever is asked, and it answers as the commands do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from starlette.testclient import TestClient

from archive import Archive
from archive.terminal.spoken import spoken
from archive.web import application
from archive.web.api import QUESTIONS
from tests.terminal.terminal_runs import kehoach
from tests.web.conftest import SETTINGS
from tests.web.papers import UNSEEN

#: Questions of each kind that are asked.
EXAMPLES = 12
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture(scope="module")
def described(handle: Archive) -> schemathesis.openapi.OpenApiSchema:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", application(handle, spoken(), SETTINGS))


@pytest.mark.parametrize("path", [question.path for question in QUESTIONS])
def test_the_description_holds(described: schemathesis.openapi.OpenApiSchema, path: str) -> None:
    @given(described[path]["GET"].as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    holds()


#: A question, and the command that asks the same.
SAME = {
    "documents?type=ke+hoach&sort=date": ("list", "--type", "ke hoach", "--sort", "date"),
    "document?document=1": ("show", "1"),
    "search?query=co+dong+truc+quan": ("search", "co dong truc quan"),
    "cites?reference=18-NQ/TW": ("cites", "18-NQ/TW"),
    "cited-by?document=5": ("cited-by", "5"),
    "replaced": ("replaced",),
    "duties?unit=tram+y+te": ("duties", "--unit", "tram y te"),
    "units?query=phong": ("units", "phong"),
    "unit?unit=Trạm+Y+tế+xã": ("unit", "Trạm Y tế xã"),
    "cascade?reference=57-NQ/TW": ("cascade", "57-NQ/TW"),
    "gaps?reference=57-NQ/TW&level=commune": ("gaps", "57-NQ/TW", "--level", "commune"),
    "disagreements": ("lint",),
    "graph?around=5": ("graph", "--around", "5", "--json"),
    "statistics": ("stats",),
}


def test_every_question_has_its_command() -> None:
    assert {question.path.strip("/") for question in QUESTIONS} - {address.partition("?")[0] for address in SAME} == {"facets", "suggest"}


@pytest.mark.parametrize("address", SAME)
def test_the_answer_is_that_of_the_command(served: TestClient, shown: Path, address: str) -> None:
    command = (*SAME[address], *(() if "--json" in SAME[address] else ("--json",)))
    said = json.loads(kehoach(*command, "--archive", shown).out)
    path, _, asked = address.partition("?")
    listed = any(one.name == "limit" for question in QUESTIONS if question.path == f"/{path}" for one in question.parameters)
    answer = served.get(f"/api/v1/{path}?{asked}" + ("&limit=200" if listed else ""))
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    assert {**found, "offset": 0} == {**said, "offset": 0}


def test_a_list_is_turned_page_by_page(served: TestClient) -> None:
    whole = served.get("/api/v1/documents").json()
    pages = [served.get("/api/v1/documents?limit=3").json()]
    while pages[-1]["next"]:
        pages.append(served.get(f"/api/v1/documents?limit=3&after={pages[-1]['next']}").json())
    assert [document for page in pages for document in page["documents"]] == whole["documents"]
    assert {page["total"] for page in pages} == {7}
    assert [len(page["documents"]) for page in pages] == [3, 3, 1]


def test_suggestions_of_what_is_typed_so_far(served: TestClient) -> None:
    """Without marks, by half a word or half a symbol; of what cannot be understood yet, nothing."""

    def suggested(typed: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in served.get("/api/v1/suggest", params={"query": typed}).json()["suggestions"]:
            found.setdefault(one["kind"], set()).add(one["text"])
        return found

    assert suggested("tram y")["unit"] == suggested("Trạm Y t")["unit"] == suggested("tram")["unit"] == {'unit:"Trạm Y tế xã"'}
    assert {"18-NQ/TW@2017", "18-NQ/TW@2022"} <= suggested("18-NQ/TW")["cited"]
    assert suggested("co dong truc qu")["document"] == {"35-KH/ĐU", "140-HD/BTGTU"}
    assert suggested('"') == suggested("a") == suggested("(((") == {}


def test_suggestions_hold_no_signs_that_are_not_seen(served: TestClient) -> None:
    """A sign that turns the direction of writing makes one document look like another."""
    said = [one["said"] for one in served.get("/api/v1/suggest", params={"query": "66/KH-UBND"}).json()["suggestions"]]
    assert any(one.startswith("66/KH-UBND") for one in said)
    assert not {sign for one in said for sign in one} & {*UNSEEN[:4]}


def test_the_lines_of_a_graph_are_narrowed(served: TestClient) -> None:
    """By relation, level of who cites, time, as on the page."""

    def lines(**narrowed: str) -> set[tuple[str, str]]:
        answer = served.get("/api/v1/graph", params={"around": "5", **narrowed})
        assert answer.status_code == 200
        return {(edge["source"], edge["target"]) for edge in answer.json()["edges"]}

    every = lines()
    assert lines(relation="implements") == every != set()
    assert lines(relation="replaces") == set()
    assert lines(level="commune") == {("plan:6", "plan:5")}
    assert lines(level="province") <= every - lines(level="commune")
    assert [lines(until="1990"), lines(since="2100"), lines(since="1990", until="2100")] == [set(), set(), every]
    assert served.get("/api/v1/graph?around=5&since=hôm+qua").status_code == 400
    assert served.get("/api/v1/graph?around=5&relation=likes").status_code == 400
