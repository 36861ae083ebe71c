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
from kehoach_parser.units.phrase_list import PhraseList
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


def test_of_so_many_damaged_words_the_phrases_are_kept() -> None:
    """The 20,000th other word is the last one whose phrases are looked up once: what is kept has a bound."""
    phrases = PhraseList([("sở", "y", "tế"), ("bộ", "y", "tế")], {})
    for number in range(19_999):
        phrases.damaged(f"x{number}")
    last, beyond = ((phrases.damaged(word), phrases.damaged(word)) for word in ("so", "bo"))
    assert last[0] is last[1]
    assert beyond[0] == beyond[1] == (("bộ", "y", "tế"),)
    assert beyond[0] is not beyond[1]


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


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("So Noi vu bao cao", 0.9),
        ("S& Noi vu bao cao", 0.8),
        ("Hội Cừu chiến binh tỉnh tuyên truyền tới hội viên", 1.0),  # a mark misread in clean text
        ("Các Bộ: Quốc phòng, Tài chính kịp thời xuất cấp hàng", 1.0),  # told by a list
    ],
)
def test_a_name_is_as_certain_as_its_words_that_stand_as_printed(text: str, certainty: float) -> None:
    assert {unit.certainty for unit in units_in(text)} == {certainty}


@pytest.mark.parametrize(
    ("printed", "true", "read"),
    [
        ("chianh", "chính", True),
        ("chiaenh", "chính", False),  # two letters more than a short syllable has
        ("truoaeng", "trường", True),
    ],
)
def test_a_short_syllable_has_at_most_one_letter_more(printed: str, true: str, read: bool) -> None:
    assert read_words(read_document("So Noi vu")).reads_letters(printed, true) is read


@pytest.mark.parametrize(("printed", "true", "read"), [("doeng", "đảng", True), ("coc", "các", False), ("cdc", "các", True)])
def test_a_word_of_three_letters_is_read_as_listed_alone(printed: str, true: str, read: bool) -> None:
    """What damage makes of "đảng" and "các" is listed; of three letters too little is left without their vowel."""
    assert read_words(read_document(f"{printed} vien")).reads(0, true) is read


def test_a_name_of_many_nouns_is_read_whole() -> None:
    names = ", ".join(["sở, ban, ngành"] * 8)
    (unit,) = units_in(f"Các {names} rà soát, báo cáo.")
    assert unit.raw == f"Các {names}"


CLEAN = "Sở Tài chính trình kế hoạch đào tạo cán bộ cấp xã trong năm học mới này để phê duyệt."


@pytest.mark.parametrize(
    ("block", "damaged"),
    [("S& Noi vu phoi hop bao cao thang", False), ("S& Noi vu phoi hop voi cac co quan, don vi lien quan bao cao", True)],
)
def test_too_few_letters_do_not_tell_that_a_block_is_damaged(block: str, damaged: bool) -> None:
    assert ("Sở Nội vụ" in [unit.value for unit in units_in(f"{CLEAN}\n\n{block}")]) is damaged


def test_a_few_marks_make_no_clean_text() -> None:
    """OCR without a Vietnamese model prints some: one letter in twenty here, three in ten in clean text."""
    text = "S& Noi vụ phoi hop voi cac cơ quan, don vi lien quan bao cáo"
    assert "Sở Nội vụ" in [unit.value for unit in units_in(text)]


@pytest.mark.parametrize(("damaged", "marked", "read"), [(5, 5, True), (3, 2, False)])
def test_of_many_letters_more_bear_marks_in_clean_text(damaged: int, marked: int, read: bool) -> None:
    """One in eight of 400 letters is too few; of 200 letters one in ten is enough, for names from other languages bear none."""
    lost = "S& Noi vu phoi hop voi cac co quan, don vi lien quan bao cao ket qua thang "
    text = lost * damaged + "của các đơn vị ở địa phương " * marked
    assert ("Sở Nội vụ" in [unit.value for unit in units_in(text)]) is read


@pytest.mark.parametrize(("before", "read"), [("10)", True), ("(mới)", False)])
def test_a_label_before_a_province_has_two_letters_at_most(before: str, read: bool) -> None:
    found = units_in(f"{before} Tỉnh Đắk Lắk chủ trì, phối hợp", "Thủ tướng Chính phủ", "Hà Nội")
    assert [unit.value for unit in found] == (["Tỉnh Đắk Lắk"] if read else [])


@pytest.mark.parametrize("far", [1, 400])
def test_far_beyond_the_ends_there_are_no_words(far: int) -> None:
    """A rule may look through a long list without asking where the text ends."""
    words = read_words(read_document("Sở Y tế"))
    assert (words.text(len(words) - 1 + far), words.text(-far), words.is_clean(-far)) == ("", "", False)


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


def test_a_text_that_lost_some_of_its_marks_is_damaged() -> None:
    """Its words may be others than printed; a clean text of that length is taken at its word, so is a short line of foreign names."""
    line = "1. Sở Tài chính chủ trì, phối hợp với các sở, ngành liên quan bố trí kinh phí thực hiện kế hoạch hằng năm của tỉnh.\n"
    lost = "1. Sở Tai chinh chu tri, phối hop voi cac sở, nganh liên quan bo tri kinh phi thực hiên kê hoach hang nam cua tinh.\n"
    foreign = "Sở Văn hoá, Thể thao và Du lịch dùng Microsoft Office, Windows Server, Google Chrome, Zoom"
    assert all(read_words(read_document(line * 6)).clean[:20])
    assert not any(read_words(read_document(lost * 6)).clean[:20])
    assert all(read_words(read_document(foreign)).clean[:5])
    assert [unit.value for unit in units_in(lost * 6)][:1] == ["Sở Tài chính"]
