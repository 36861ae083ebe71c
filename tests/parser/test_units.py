"""Units: names and their reading, clean and damaged; identity; never an exception."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach_parser.found import FoundUnit
from kehoach_parser.text.document import read_document
from kehoach_parser.text.lists import table
from kehoach_parser.units import find_units, read_words, scope_in
from scripts.unit_readings import OUT, content

CASES = Path(__file__).parent.parent / "cases" / "units"
SOUP = re.findall(
    r"\n|\S+",
    "Sở S& Ban Đảng Pang ủy 1y các cac cơ quan, đơn vị , và liên quan phường phwong xã thành phố Kiến An : Ủy ban nhân dân "
    "( ) ; . - \n trực thuộc được giao chủ trì quận huyện thị Trung tâm Thành UBND @ é{m $6",
)


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").split("\n")
    return [line.replace("\\n", "\n").split("\t") for line in lines if line and not line.startswith("#")]


def units_of(text: str, organ: str | None, place: str | None, parent: str | None = None) -> tuple[FoundUnit, ...]:
    """The units of a text that an organ issues at a place."""
    document = read_document(text)
    return find_units(document, read_words(document), scope_in(document, organ, place, parent))


def units_in(text: str, organ: str = "", place: str = "") -> tuple[FoundUnit, ...]:
    return units_of(text, organ or None, place or None)


@pytest.mark.parametrize(("text", "organ", "place", "expected"), rows("units.tsv"))
def test_units(text: str, organ: str, place: str, expected: str) -> None:
    found = units_in(text, organ, place)
    assert [unit.value for unit in found] == ([] if expected == "-" else [" ".join(name.split()) for name in expected.split("; ")])
    assert all(text[slice(*unit.span)] == unit.raw for unit in found)


@pytest.mark.parametrize(("relation", "first", "organ", "place", "second", "other_organ", "other_place"), rows("identity.tsv"))
def test_identity(relation: str, first: str, organ: str, place: str, second: str, other_organ: str, other_place: str) -> None:
    (one,) = units_in(first, organ, place)
    (other,) = units_in(second, other_organ, other_place)
    assert (one.key == other.key) == (relation == "same")


def test_a_commune_stands_in_the_province_of_the_organ_above() -> None:
    one, other = (
        units_of("Công an xã Tân Lập rà soát địa bàn.", "Đảng ủy xã Tân Lập", "Tân Lập", parent)[0].key
        for parent in ("Đảng bộ tỉnh Đắk Lắk", "Đảng bộ TP Huế")
    )
    assert one != other
    assert one.endswith("tỉnh đắk lắk")
    assert other.endswith("thành phố huế")


def test_clean_text_stands_as_printed() -> None:
    (unit,) = units_in("Sở Văn hoá\nvà Thể thao thực hiện nhiệm vụ được giao trong năm.")
    assert unit.value == "Sở Văn hoá và Thể thao"
    assert unit.certainty == 1.0


def test_damaged_reading_is_less_certain() -> None:
    (unit,) = units_in("S& Van héa va Thé thao thuc hién nhiém vu duoc giao trong nam.")
    assert unit.value == "Sở Văn hóa và Thể thao"
    assert 0.6 <= unit.certainty < 1.0


@pytest.mark.parametrize(("text", "certainty"), [("So Noi vu bao cao", 0.9), ("S& Noi vu bao cao", 0.8)])
def test_a_damaged_name_is_as_certain_as_its_words_that_stand_as_printed(text: str, certainty: float) -> None:
    (unit,) = units_in(text)
    assert unit.certainty == certainty


def test_a_name_does_not_run_over_a_blank_line() -> None:
    assert [unit.value for unit in units_in("Công an\n\nphường Kiến An tổ chức lễ hội hằng năm trên địa bàn")][:1] == ["Công an"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=60), st.sampled_from([" ", "", "\n"]))
def test_any_text_holds(words: list[str], between: str) -> None:
    text = between.join(words)
    found = units_in(text, text[:40], text[-20:])
    assert all(text[slice(*unit.span)] == unit.raw for unit in found)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["Đảng ủy " * 3000, "các xã, " * 3000, "quận, " * 3000, "Sở, " * 3000, "$" * 9000, "các " * 9000])
def test_long_repetition_is_read(text: str) -> None:
    assert all(text[slice(*unit.span)] == unit.raw for unit in units_in(text))


def test_readings_of_damaged_words_are_those_of_the_shipped_model() -> None:
    assert OUT.read_text(encoding="utf-8") == content(table("units")["readings"]["of"])
