"""Values of a damaged plan are read by the restorer; print, spans and facts stay. The true readings were read by a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kehoach_parser import Plan, parse, shipped_restorer
from kehoach_parser.json_format import plan_from_json, plan_to_json
from kehoach_parser.restoration.plan_fields import with_restored_fields

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def damaged() -> Plan:
    return parse((FIXTURES / "000_cb78fba80d8cb57f.txt").read_text(encoding="utf-8"))


def test_names_headings_and_tasks_are_read(damaged: Plan) -> None:
    assert damaged.header.subject is not None
    assert damaged.header.subject.value == "Tuyên truyền kết quả Hội nghị lần thứ 14 Ban Chấp hành Trung ương Đảng khóa XIII"
    assert damaged.header.subject.raw == "Tuyén truyén két qua Hoi nghi lan thi 14\nBan Chap hanh Trung wong Pang khoa XIII"
    headings = {node.path: node.heading.value for node in damaged.nodes if node.heading}
    assert (headings["I"], headings["II"]) == ("MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG TUYÊN TRUYỀN")
    assert "Thường trực Đảng ủy" in [recipient.value for recipient in damaged.recipients]
    assert any(each.task and each.task.value != " ".join(each.task.raw.split()) for each in damaged.assignments)


def test_what_the_parser_reads_itself_stays(damaged: Plan) -> None:
    assert damaged.header.symbol is not None
    assert damaged.header.organ is not None
    assert (damaged.header.symbol.value, damaged.header.organ.value) == ("35-KH/ĐU", "ĐẢNG ỦY PHƯỜNG KIẾN AN")
    assert [unit.unit.value for unit in damaged.assignments if unit.unit.raw == "Pang uy Cong an phwong"] == ["Đảng ủy Công an phường"]


def test_the_version_of_the_model_stands_in_the_plan(damaged: Plan) -> None:
    assert damaged.source.restorer == shipped_restorer().version
    assert plan_from_json(plan_to_json(damaged)) == damaged
    clean = parse((FIXTURES / "004_d9d819c7857a47e2.txt").read_text(encoding="utf-8"))
    assert clean.source.restorer is None
    assert with_restored_fields(clean, (FIXTURES / "004_d9d819c7857a47e2.txt").read_text(encoding="utf-8")) is clean


def test_only_values_and_their_certainty_differ(damaged: Plan) -> None:
    """Nodes, spans, citations, dates: all as without the restorer."""
    again = with_restored_fields(damaged, (FIXTURES / "000_cb78fba80d8cb57f.txt").read_text(encoding="utf-8"))
    assert [replace(node, heading=None) for node in again.nodes] == [replace(node, heading=None) for node in damaged.nodes]
    assert [(each.span, each.symbol, each.date, each.document) for each in again.citations] == [
        (each.span, each.symbol, each.date, each.document) for each in damaged.citations
    ]
    assert again.dates == damaged.dates
