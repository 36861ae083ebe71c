"""What does not agree, and what is no disagreement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive, lint, open_archive
from archive.ask.paper_disagreements import Sure, _printed_after, one_document, sure_citations
from archive.values import Disagreement
from kehoach_parser.knowledge import parts_of
from tests.archive.builders import FIXTURES, Filling, add_fixtures, parse_once
from tests.archive.papers import keep, paper


def found_in(archive: Archive, *body: str, date: str = "20/11/2025") -> list[tuple[str, str, str]]:
    """Code and both quotations of what is found in a plan with this body."""
    keep(archive, "1", paper("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN", "9/KH-UBND", "Nghệ An", date, "KẾ HOẠCH", "Công tác năm", *body))
    return [(one.code, quoted(one.first.raw), quoted(one.second.raw)) for one in lint(archive)]


def quoted(raw: str) -> str:
    return " ".join(raw.split())


ORGAN = "Thực hiện Hướng dẫn số 07-HD/BTGDVTW ngày 12/11/2025 của Ban Tuyên giáo và Dân vận Thành ủy về tuyên truyền;"
TYPE = "Thực hiện Quyết định số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương về tổ chức bộ máy;"
LATER = "Thực hiện Chỉ thị số 27/CT-TTg ngày 15/8/2026 của Thủ tướng Chính phủ về công tác dân số;"
YEAR = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2019 của Chính phủ về công tác văn thư;"
TERM = "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương khóa XIII về tổ chức bộ máy;"
TERM_X = "Thực hiện Nghị quyết số 22-NQ/TW ngày 02/02/2008 của Ban Chấp hành Trung ương khóa XI về xây dựng tổ chức cơ sở đảng;"
TWICE = (
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về khoa học;",
    "I. NHIỆM VỤ",
    "1. Quán triệt Nghị quyết số 57-NQ/TW ngày 21/12/2024 của Bộ Chính trị về khoa học.",
)


@pytest.mark.parametrize(
    ("body", "code", "first", "second"),
    [
        ((ORGAN,), "organ-symbol", "07-HD/BTGDVTW", "Ban Tuyên giáo và Dân vận Thành ủy"),
        ((TYPE,), "type-word", "Quyết định", "18-NQ/TW"),
        ((LATER,), "dated-later", "Chỉ thị số 27/CT-TTg ngày 15/8/2026", "ngày 20 tháng 11 năm 2025"),
        ((YEAR,), "year-of-symbol", "30/2020/NĐ-CP", "ngày 05/3/2019"),
        ((TERM,), "term-of-date", "ngày 25/10/2017", "Ban Chấp hành Trung ương khóa XIII"),
        ((TERM_X,), "term-of-date", "ngày 02/02/2008", "Ban Chấp hành Trung ương khóa XI"),
        (("Căn cứ Luật Đất đai số 31/2024/QH14 ngày 18/01/2024;",), "term-of-date", "31/2024/QH14", "QH14"),
        (TWICE, "two-dates", "Nghị quyết số 57-NQ/TW ngày 22/12/2024", "Nghị quyết số 57-NQ/TW ngày 21/12/2024"),
    ],
)
def test_each_kind_with_both_places(archive: Archive, body: tuple[str, ...], code: str, first: str, second: str) -> None:
    assert found_in(archive, *body) == [(code, first, second)]


@pytest.mark.parametrize(
    "body",
    [
        # Two resolutions of one number: the terms are different.
        (TWICE[0].replace("57-NQ/TW ngày 22/12/2024", "18-NQ/TW ngày 25/10/2017"), "Thực hiện Nghị quyết số 18-NQ/TW ngày 16/6/2022;"),
        # Each province has its own number 15.
        (
            "Căn cứ Quyết định số 15/QĐ-UBND ngày 02/3/2025 của Ủy ban nhân dân tỉnh Nghệ An;",
            "Căn cứ Quyết định số 15/QĐ-UBND ngày 09/4/2025 của Ủy ban nhân dân tỉnh Hà Tĩnh;",
        ),
        # A number without its year starts again each year.
        ("Căn cứ Quyết định số 15/QĐ-TTg ngày 02/3/2024;", "Căn cứ Quyết định số 15/QĐ-TTg ngày 09/4/2025;"),
        # A legislature ends and another begins in one year.
        ("Căn cứ Luật số 54/2014/QH13, Luật số 08/2021/QH14 và Nghị quyết số 23/2021/QH15;",),
        # CT is Cục Thuế in a letter, TC was Bộ Tài chính in 1993, and a list shares its type word.
        ("Theo Công văn số 5348/CT-CS ngày 20/11/2025 của Cục Thuế;",),
        ("Căn cứ Thông tư số 89-TC/TCT ngày 09/11/1993 của Bộ Tài chính;",),
        ("Theo quy định NQ số 66/NQ-CP ngày 26/3/2025 của Chính phủ;",),
        # What the words after a citation say is not always its issuer.
        ("Theo khoản 1 Điều 12 Nghị định số 268/2025/NĐ-CP Ủy ban nhân dân tỉnh quy định thẩm quyền;",),
        ("Thực hiện Kết luận số 14-KL/TW ngày 22/9/2021 của Bộ Chính trị; Chỉ thị số 21/CT-TTg ngày 25/11/2022 của Thủ tướng Chính phủ;",),
        ("Thực hiện Hướng dẫn số 06-HD/BTGDVTU ngày 06/8/2025 của Ban Tuyên giáo và Dân vận Tỉnh ủy;",),
        ("Thông báo kết luận số 196-TB/TW ngày 16/3/2015 của Ban Bí thư;",),
        ("Chương trình hành động số 10-CTr/TU ngày 13/4/2025 của Tỉnh ủy;",),
        ("Quy định số 377-QĐ/TW ngày 08/10/2025 của Bộ Chính trị; Quy định số 08-QĐi/TW ngày 25/10/2018 của Ban Chấp hành Trung ương;",),
    ],
)
def test_what_is_no_disagreement(archive: Archive, body: tuple[str, ...]) -> None:
    assert found_in(archive, *body) == []


def test_a_sentence_after_a_heading_gives_no_date(archive: Archive) -> None:
    body = (
        "VỀ TÌNH HÌNH THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW NGÀY 22/12/2024 VÀ NGHỊ QUYẾT SỐ 57-NQ/TW",
        "Ngày 28 tháng 10 năm 2025, tại Trụ sở",
    )
    assert found_in(archive, *body) == []


def test_an_error_that_is_copied_is_told_once(archive: Archive) -> None:
    assert [code for code, _, _ in found_in(archive, YEAR, "I. NHIỆM VỤ", f"1. {YEAR}", f"2. {YEAR}")] == ["year-of-symbol"]


def test_papers_that_date_one_document_differently(archive: Archive) -> None:
    for name, day in (("19", "15/8/2024"), ("29", "15/8/2024"), ("39", "16/8/2024")):
        line = f"Thực hiện Chỉ thị số 27/CT-TTg ngày {day} của Thủ tướng Chính phủ về công tác dân số;"
        keep(archive, name, paper("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN", f"{name}/KH-UBND", "Nghệ An", "1/2/2025", "KẾ HOẠCH", "Dân số", line))
    (one,) = lint(archive)
    assert (one.code, one.first.document_id, one.second.document_id, one.facts["papers"]) == ("other-date", 3, 1, 2)
    assert (one.facts["first"], one.facts["second"]) == ("2024-08-16", "2024-08-15")
    assert lint(archive, "2") == ()
    assert lint(archive, "3") == lint(archive, "1") == (one,)


def test_a_document_of_the_archive_knows_its_own_date_best(archive: Archive) -> None:
    for name in ("19", "29"):
        line = "Thực hiện Chỉ thị số 27/CT-TTg ngày 16/8/2024 của Thủ tướng Chính phủ về công tác dân số;"
        keep(archive, name, paper("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN", f"{name}/KH-UBND", "Nghệ An", "1/2/2025", "KẾ HOẠCH", "Dân số", line))
    keep(archive, "own", paper("THỦ TƯỚNG CHÍNH PHỦ", "27/CT-TTg", "Hà Nội", "15/8/2024", "CHỈ THỊ", "Về công tác dân số", "Yêu cầu:"))
    found = lint(archive)
    assert [(one.code, one.first.document_id, one.second.document_id) for one in found] == [("other-date", 1, 3), ("other-date", 2, 3)]
    assert quoted(found[0].second.raw) == "ngày 15 tháng 08 năm 2024"


@pytest.fixture(scope="module")
def fixtures(shelf: Callable[[Filling], Path]) -> tuple[Disagreement, ...]:
    with open_archive(shelf(add_fixtures)) as opened:
        return lint(opened)


def test_damage_is_no_disagreement(fixtures: tuple[Disagreement, ...]) -> None:
    """Two of the three fixtures are damaged; one place in them does not agree, and it is the author's: the letters say Trung ương."""
    (one,) = fixtures
    assert (one.code, one.first.line, one.second.line) == ("organ-symbol", 11, 11)
    assert (one.first.raw, quoted(one.second.raw)) == ("07-HD/BTGDVTW", "Ban Tuyén gido va Dan van Thanh uy")


def test_a_quotation_stands_at_its_line_and_place(fixtures: tuple[Disagreement, ...]) -> None:
    text = next(FIXTURES.glob("000_*.txt")).read_bytes().decode()
    for place in (fixtures[0].first, fixtures[0].second):
        assert text[slice(*place.span)] == place.raw
        assert place.raw.split("\n")[0] in text.split("\n")[place.line - 1]
        ((start, end),) = place.excerpt.highlights
        assert place.excerpt.text[start:end] == quoted(place.raw)


DECISION = "Căn cứ Quyết định số 15/QĐ-TTg ngày 02/3/2025 của Thủ tướng Chính phủ về công tác dân số;"


@pytest.mark.parametrize(("certainty", "sure"), [(0.89, 0), (0.9, 1)])
def test_what_was_read_with_doubt_is_held_against_nothing(certainty: float, sure: int) -> None:
    head = paper("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN", "9/KH-UBND", "Nghệ An", "1/5/2025", "KẾ HOẠCH", "Dân số", DECISION)
    plan = parse_once(head)
    read = replace(plan, citations=tuple(replace(one, certainty=certainty) for one in plan.citations))
    assert len(sure_citations(read)) == sure


def cited(date: str, title: str) -> Sure:
    parts = parts_of("15/QĐ-TTg")
    assert parts is not None
    return Sure((0, 1), "", "Quyết định", "15/QĐ-TTg", parts, date, "Thủ tướng Chính phủ", title)


@pytest.mark.parametrize(
    ("title", "one"),
    [("về dân số đến năm hai ngàn", True), ("về dân số và phát triển", False)],  # 26 and 23 code points
)
def test_of_two_years_only_a_long_title_is_of_one_document(title: str, one: bool) -> None:
    """Each year has its own 15/QĐ-TTg, and many a decision is "về công tác cán bộ"."""
    assert one_document(cited("2024-03-02", title), cited("2025-03-02", title)) is one


@pytest.mark.parametrize(("between", "found"), [(380, True), (410, False)])
def test_who_issued_it_is_looked_for_within_four_hundred_code_points(between: int, found: bool) -> None:
    text = f"15/QĐ-TTg {'x' * (between - 20)} Thủ tướng Chính phủ"
    assert (_printed_after(text, (0, 9), "Thủ tướng Chính phủ") is not None) is found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Ban Tuyén gido va Dan van", True),
        ("Ban Tuyén gido xx Dxx vxx", False),  # three words of six
        ("Ban Tuyén gido va Dxx vxx", True),  # four
    ],
)
def test_a_damaged_issuer_has_the_build_of_six_words_in_ten(printed: str, found: bool) -> None:
    text = f"07-HD/BTGDVTW của {printed}"
    at = _printed_after(text, (0, 13), "Ban Tuyên giáo và Dân vận")
    assert (at is not None) is found
    assert at is None or text[slice(*at)] == printed


def test_about_seventy_code_points_are_quoted_beside_a_place(archive: Archive) -> None:
    around = "các sở tiếp tục làm tốt " * 10
    keep(archive, "1", paper("ỦY BAN NHÂN DÂN TỈNH A", "9/KH-UBND", "A", "20/11/2025", "KẾ HOẠCH", "Việc", f"{around}. {YEAR} {around}"))
    (one,) = lint(archive)
    ((_, end),) = one.second.excerpt.highlights
    assert 60 <= len(one.second.excerpt.text) - end <= 70, "whole words, the sentence being longer"
