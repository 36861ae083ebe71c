"""Blanks that a text has lost: which are found, what is read through them, and that everything stands where it is printed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kehoach_parser import Page, PageWord, Text, lost_blanks, parse, plan_to_json
from kehoach_parser.text.lost_blanks import LOST_BLANK, with_lost_blanks
from kehoach_parser.text.quality import quality

#: Enough clean text around a line that its letters can be judged.
CLEAN = "Ủy ban nhân dân xã yêu cầu các đơn vị thực hiện nghiêm túc Kế hoạch này và báo cáo kết quả theo quy định. " * 2


@pytest.mark.parametrize(
    ("printed", "reading"),
    [
        ("Chỉ thịsố46-CT/TW của Bộ Chính trị", "Chỉ thị số 46-CT/TW của Bộ Chính trị"),
        ("Ban Thường vụĐảng uỷvề công tác cán bộ", "Ban Thường vụ Đảng uỷ về công tác cán bộ"),
        ("Nghị định số 30/2020/NĐ-CPngày 05/3/2020", "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020"),
        ("bầu cửđại biểu Quốc hội", "bầu cử đại biểu Quốc hội"),
        ("đềnghịcác chi bộthôn", "đề nghị các chi bộ thôn"),
        ("ngày 05tháng 8 năm 2026", "ngày 05 tháng 8 năm 2026"),
        ("nhiệm kỳ2025 - 2030", "nhiệm kỳ 2025 - 2030"),
        ("nhiệm vụ03 tháng cuối năm, nhiệm vụ6 tháng đầu năm", "nhiệm vụ 03 tháng cuối năm, nhiệm vụ 6 tháng đầu năm"),
        ("giai đoạn từ2025 đến nay", "giai đoạn từ 2025 đến nay"),
        ("UBNDtỉnh và sởTài chính", "UBND tỉnh và sở Tài chính"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập"),
        ("P.KTNTùng", "P.KTN Tùng"),
        ("Đảng uỷUBND xã và các Tổ đại biểuHĐND", "Đảng uỷ UBND xã và các Tổ đại biểu HĐND"),
        ("các cấp HộiCCB xã", "các cấp Hội CCB xã"),
        ("văn bản của BộNV, Chỉ thịTW", "văn bản của Bộ NV, Chỉ thị TW"),
        ("UBMTTQVNngày", "UBMTTQVN ngày"),  # the longest short form
        ("đềnghị" * 7, " ".join(["đề nghị"] * 7)),
        ("KẾHOẠCH triển khai", "KẾ HOẠCH triển khai"),
        # What the text has with its blank, too, more often.
        ("các đơnvị thựchiện kế hoạch", "các đơn vị thực hiện kế hoạch"),
        ("CÁC ĐƠNVỊ, QUYĐỊNH, Ủyban nhândân", "CÁC ĐƠN VỊ, QUY ĐỊNH, Ủy ban nhân dân"),
        ("Bộ DỮLIỆU", "Bộ DỮ LIỆU"),
        # What habit makes sure: behind a marked letter without a tone.
        ("đềán, cơquan, cảnước và tưpháp", "đề án, cơquan, cả nước và tưpháp"),
        ("đềán, cảnước, sởta và cơquan", "đề án, cả nước, sở ta và cơ quan"),
    ],
)
def test_found(printed: str, reading: str) -> None:
    spaced = with_lost_blanks(CLEAN + printed)
    assert spaced is not None
    assert spaced.content == CLEAN + reading


@pytest.mark.parametrize(
    "text",
    [
        "đã hoàn thành nhiệm vụ1 và dự trù kinh phí2.",  # marks of footnotes
        "đã hoàn thành nhiệm vụ123 theo kế hoạch",
        "Lênin, Xôviết, Bôrôđin, Gôbơlanh",
        "Đắk Lắk, Êđê, ôtô, Krông Ana",
        "Quyết định số 118/QĐ-TTg, QĐ57, điểm đ khoản 2",
        "thuý, quý, hoá, ủy, huỷ, nguời",
        "VDuẩn",
        "Mác - Lênin, Lênin, Lê nin",  # oftener in one piece
        "dự án thôngtin",  # which the text has nowhere else
        "ABCDEFGHIngày",  # more letters than a short form has
        "đềnghị" * 11,  # more than a run that is looked at
    ],
)
def test_left_alone(text: str) -> None:
    spaced = with_lost_blanks(CLEAN + text)
    assert spaced is None or spaced.content == CLEAN + text


def test_names_from_other_languages_are_left_in_a_text_that_loses_blanks() -> None:
    spaced = with_lost_blanks(CLEAN + "đềán, cảnước, sởta; Lênin, Xôviết, Bôrôđin, Gôbơlanh")
    assert spaced is not None
    assert spaced.content == CLEAN + "đề án, cả nước, sở ta; Lênin, Xôviết, Bôrôđin, Gôbơlanh"


def test_syllables_tell_nothing_in_a_text_that_lost_its_marks() -> None:
    bare = "Uy ban nhan dan xa yeu cau cac don vi thuc hien nghiem tuc Ke hoach nay va bao cao ket qua theo quy dinh. "
    lost, kept = (CLEAN + bare * times + "chỉ thịsố46-CT/TW" for times in (3, 2))
    assert 0.4 < quality(lost) < 0.75 < quality(kept) < 1
    assert with_lost_blanks(lost) is None
    assert with_lost_blanks(kept) is not None


def test_a_text_without_marks_is_left_alone() -> None:
    assert (
        with_lost_blanks("Dang uy phwong de nghi cac chi bo thon thyc hién nghiém tuc Ké hoach nay va bdo cdo két qua. " * 3 + "thịsố")
        is None
    )


PAPER = """ĐẢNG ỦY XÃ CÔNG HẢI
Số 12-KH/ĐU
Công Hải, ngày 05tháng 9 năm 2025

KẾ HOẠCH
thực hiện Chỉ thịsố46-CT/TW ngày 16/5/2025 của Bộ Chính trị

I. TỔ CHỨC THỰC HIỆN
1. Văn phòng Đảng uỷchủtrì, phối hợp với Uỷban Mặt trận Tổ quốc xã báo cáo kết quảtrước ngày 30/9/2025.
"""


def spans(value: Any) -> list[tuple[list[int], str]]:
    """Every span with its raw text, anywhere in a plan."""
    if isinstance(value, list):
        return [found for each in value for found in spans(each)]
    if not isinstance(value, dict):
        return []
    own = [(value["span"], value.get("raw", value.get("printed")))] if "span" in value and {"raw", "printed"} & value.keys() else []
    return own + [found for each in value.values() for found in spans(each)]


def test_a_plan_is_read_through_them_and_stands_where_it_is_printed() -> None:
    plan = parse(PAPER)
    spaced = with_lost_blanks(PAPER)
    assert spaced is not None
    whole = parse(spaced.content)
    assert [(one.symbol, one.date) for one in plan.citations] == [("46-CT/TW", "2025-05-16")]
    assert plan.header.date is not None
    assert plan.header.date.value == "2025-09-05"
    assert [(duty.unit.value, duty.role) for duty in plan.assignments] == [(duty.unit.value, duty.role) for duty in whole.assignments]
    (first, *_) = plan.assignments
    assert first.tasks[0].deadline is not None
    assert plan.dates[first.tasks[0].deadline].value == "2025-09-30"
    found = spans(json.loads(plan_to_json(plan)))
    assert len(found) > 10
    assert all(PAPER[start:end] == raw for (start, end), raw in found)
    assert [(one.printed, one.reading) for one in plan.repairs if one.code == LOST_BLANK] == [
        ("05tháng", "05 tháng"),
        ("thịsố46", "thị số 46"),
        ("uỷchủtrì", "uỷ chủ trì"),
        ("Uỷban", "Uỷ ban"),
        ("quảtrước", "quả trước"),
    ]
    assert [warning.message[:2] for warning in plan.warnings if warning.code == "lost-blanks"] == ["5 "]
    assert plan.source.length == len(PAPER)
    assert 0.8 < plan.source.quality < 1


def test_pages_are_moved_along() -> None:
    at = PAPER.index("I. TỔ CHỨC")
    word = (PAPER.index("Uỷban"), PAPER.index("Uỷban") + 5)
    page = Page(1, (0, len(PAPER)), 595.0, 842.0, "text-layer", words=(PageWord(word, (0.1, 0.1, 0.2, 0.2)),))
    text = Text(PAPER, None, "0" * 64, pages=(0, at), layout=(page,), furniture=((at, at + 2),), paragraphs=frozenset({at}))
    spaced = with_lost_blanks(PAPER)
    assert spaced is not None
    moved = spaced.text(text)
    new = moved.content.index("I. TỔ CHỨC")
    assert (moved.pages, moved.furniture, moved.paragraphs) == ((0, new), ((new, new + 2),), frozenset({new}))
    (start, end) = moved.layout[0].words[0].span
    assert moved.content[start:end] == "Uỷ ban"
    plan = parse(text)
    assert plan.source.pages == (0, at)


def test_offsets() -> None:
    text = f"{CLEAN}thịsố46"
    assert [at - len(CLEAN) for at in lost_blanks(text)] == [3, 5]
    assert lost_blanks(CLEAN) == ()
