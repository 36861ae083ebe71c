"""Citations: symbols clean and damaged, documents cited by name, what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach_parser.citations.find import find_citations
from kehoach_parser.dates.find import find_dates
from kehoach_parser.found import FoundCitations
from kehoach_parser.knowledge import meeting_named
from kehoach_parser.text.document import read_document

CASES = Path(__file__).parent.parent / "cases" / "citations"


def cases(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").split("\n")
    return [line.replace("\\n", "\n").replace("\\f", "\f").split("\t") for line in lines if line and not line.startswith("#")]


def found(text: str) -> FoundCitations:
    document = read_document(text)
    return find_citations(document, find_dates(document).dates)


@pytest.mark.parametrize(("text", "expected"), cases("symbols.tsv"))
def test_symbols(text: str, expected: str) -> None:
    got = [f"{c.type}, {c.symbol}, {c.date or '-'}" for c in found(text).citations if c.symbol]
    assert got == [each for each in expected.split("; ") if each]


@pytest.mark.parametrize(("text", "expected"), cases("relations.tsv"))
def test_relations(text: str, expected: str) -> None:
    assert ", ".join(citation.relation for citation in found(text).citations) == expected


@pytest.mark.parametrize(("text", "expected"), cases("names.tsv"))
def test_names(text: str, expected: str) -> None:
    got = [f"{c.type}, {c.raw}" for c in found(text).citations if c.symbol is None]
    assert got == [each for each in expected.split("; ") if each]


@pytest.mark.parametrize(("text", "issuer", "title", "defines", "relation"), cases("said.tsv"))
def test_what_is_said(text: str, issuer: str, title: str, defines: str, relation: str) -> None:
    first = found(text).citations[0]
    assert [first.issuer or "-", first.title or "-", first.defines or "-", first.relation] == [issuer, title, defines, relation]


def test_span_runs_from_the_type_word_to_the_end_of_the_date() -> None:
    text = "Thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương"
    (citation,) = found(text).citations
    assert citation.raw == "Nghị quyết số 18-NQ/TW, ngày 25/10/2017"
    assert text[slice(*citation.span)] == citation.raw


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("Quy dinh s6 22-Qb/TW ngay 28/7/2021", "symbol-letters", "22-Qb/TW"),
        ("Nghi quyet s6 28-NQ/T W", "symbol-blank", "28-NQ/T W"),
        ("Nghị quyết số l8-NQ/TW", "symbol-digits", "l8-NQ/TW"),
        ("Nghị định số 255/2025-NĐ-CP", "symbol-signs", "255/2025-NĐ-CP"),
    ],
)
def test_every_repair_is_listed(text: str, code: str, printed: str) -> None:
    result = found(text)
    assert [(r.code, r.printed) for r in result.repairs] == [(code, printed)]
    assert result.repairs[0].reading == result.citations[0].symbol


def test_a_clean_symbol_is_not_repaired() -> None:
    assert found("Hướng dẫn số 45-HD/BTCTW ngày 21/11/2025; Thông báo số 12-TB/TU; Đề án số 03-ĐA/TU").repairs == ()


def test_short_form_counts_where_it_was_brought_in() -> None:
    text = "Nghị quyết số 18-NQ/TW ngày 25/10/2017 (sau đây gọi tắt là Nghị quyết 18). Sau 8 năm thực hiện Nghị quyết 18 và Nghị quyết 5."
    assert [c.raw for c in found(text).citations] == ["Nghị quyết số 18-NQ/TW ngày 25/10/2017", "Nghị quyết 18"]


def test_title_inside_a_title() -> None:
    text = (
        "Thông tư số 75/2024/TT-BTC ngày 31/10/2024 của Bộ trưởng Bộ Tài chính "
        "sửa đổi, bổ sung Thông tư số 55/2023/TT-BTC quy định quản lý kinh phí;"
    )
    outer, inner = found(text).citations
    assert outer.title == "sửa đổi, bổ sung Thông tư số 55/2023/TT-BTC quy định quản lý kinh phí"
    assert inner.title == "quy định quản lý kinh phí"
    assert inner.relation == "amends"


WORDS = (
    "Nghị quyết", "Quyết định", "Luật", "Luật Việc làm", "số", "s6", "18", "2025", "-", "/", "NQ", "QĐ", "TW",
    "TTg", "ngày", "tháng", "năm", "của", "Ban Bí thư", "về", "“", "”", "(", ")", ";", ".", "\n", "\f", ", ",
    "Đại hội", "XIII", "khóa", "sau đây viết tắt là", "Căn cứ", "sửa đổi, bổ sung", "Quy chế làm việc của",
    "Điều lệ Đảng", "Hội nghị lần thứ", "Trung ương", "\ue000", "25/10/2017", "\u0130", "ß", "1",
)  # fmt: skip
SOUP = st.lists(st.sampled_from(WORDS), max_size=40)


@settings(deadline=None, max_examples=150)
@given(words=SOUP, glue=st.sampled_from(["", " ", "\n"]))
def test_never_raises_and_spans_hold(words: list[str], glue: str) -> None:
    text = glue.join(words)
    result = found(text)
    for citation in result.citations:
        assert text[slice(*citation.span)] == citation.raw
    for repair in result.repairs:
        assert text[slice(*repair.span)] == repair.printed
        assert repair.printed != repair.reading


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    found(text)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Nghi quyét DPai hoi dai bidu toan qudc 1an thir XIII cia Pang", "Đại hội XIII của Đảng"),
        ("Nghị quyết Đại hội XIIL", "Đại hội XIII của Đảng"),
        ("Đại hội đại biểu toàn quốc lần thứ XIV của Đảng", "Đại hội XIV của Đảng"),
        ("ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XIII CỦA ĐẢNG", "Đại hội XIII của Đảng"),
        ("Nghị quyết Trung ương 4 khóa X1I", "Hội nghị Trung ương 4 khóa XII"),
        ("Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XIII", "Hội nghị Trung ương 6 khóa XIII"),
        ("Nghị quyết Đại hội Đảng bộ tỉnh Nghệ An lần thứ XX", "Đại hội Đảng bộ tỉnh Nghệ An lần thứ XX"),
        ("Đại hội Đảng bộ xã Kim Liên nhiệm kỳ 2025 - 2030", "Đại hội Đảng bộ xã Kim Liên nhiệm kỳ 2025-2030"),
        ("Bộ Chính trị", None),
        ("Hội nghị tổng kết năm 2025", None),
        ("", None),
    ],
)
def test_meetings(words: str, name: str | None) -> None:
    assert meeting_named(words) == name
