"""Letters that a text sets apart: which are put together, what is read through them, and that everything stands where it is printed."""

from __future__ import annotations

import pytest

from kehoach_parser import Page, PageWord, Text, parse
from kehoach_parser.text.letters_apart import LETTERS_APART, with_letters_together

#: Enough clean text around a line that its letters can be judged.
CLEAN = "Ủy ban nhân dân xã yêu cầu các đơn vị thực hiện nghiêm túc Kế hoạch này và báo cáo kết quả theo quy định. " * 2
PAPER = f"""ỦY BAN NHÂN DÂN
XÃ TÂN AN
S ố : 15/KH-UBND
C Ộ N G H Ò A X Ã H Ộ I C H Ủ N G H Ĩ A V I Ệ T N A M
Đ ộ c  l ậ p - T ự  d o - H ạ n h  p h ú c
Tân An, ngày 0 5 tháng 8 năm 2 0 2 6
K Ế  H O Ạ C H
Tổ chức hội thi năm 2 0 2 6
{CLEAN}
I. NỘI DUNG
1. Phòng Nội vụ chủ trì thực hiện Nghị quyết số 57-NQ/TW trước ngày 30/9/2026.
"""


@pytest.mark.parametrize(
    ("printed", "reading"),
    [
        ("K Ế  H O Ạ C H", "KẾ  HOẠCH"),
        ("K Ế H O Ạ C H", "KẾ HOẠCH"),
        ("H Ò A", "HÒA"),
        ("N G H I Ê N G", "NGHIÊNG"),
        (" ".join("QUYẾTĐỊNH" * 6), " ".join(["QUYẾT ĐỊNH"] * 6)),  # 54 letters
        ("C Ộ N G H Ò A X Ã H Ộ I C H Ủ N G H Ĩ A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
        ("Đ Ộ C  L Ậ P - T Ự  D O", "ĐỘC  LẬP - TỰ  DO"),
        ("và Q U Y Ế T Đ Ị N H này", "và QUYẾT ĐỊNH này"),
        ("S ố : 15", "Số : 15"),
        ("ngày 0 5 tháng 1 1 năm 2 0 2 6", "ngày 05 tháng 11 năm 2026"),
    ],
)
def test_together(printed: str, reading: str) -> None:
    read = with_letters_together(CLEAN + printed)
    assert read is not None
    assert read.content == CLEAN + reading


@pytest.mark.parametrize(
    "text",
    [
        "1 2 3 4 5",
        "loại A B C D",
        "điểm đ ở trang 3",
        "ý à ơ",
        "U B N D tỉnh",
        "năm 2 0 2 6 1",
        "Ê K Ê X Ơ",
        "K Ế  X Q Z",
        "S ở Tài chính",
        " ".join("QUYẾTĐỊNH" * 8),
    ],
)
def test_left_alone(text: str) -> None:
    assert with_letters_together(CLEAN + text) is None


def test_damaged_text_is_left_alone() -> None:
    assert (
        with_letters_together(
            "Dang uy phwong de nghi cac chi bo thon thyc hién nghiém tuc Ké hoach nay va bdo cdo. " * 3 + "K Ế  H O Ạ C H"
        )
        is None
    )


def test_a_paper_is_read_through_them_and_stands_where_it_is_printed() -> None:
    plan = parse(PAPER)
    header = plan.header
    assert header.organ is not None
    assert header.organ.value == "ỦY BAN NHÂN DÂN XÃ TÂN AN"
    assert header.symbol is not None
    assert header.symbol.value == "15/KH-UBND"
    assert header.date is not None
    assert (header.date.value, header.date.raw) == ("2026-08-05", "ngày 0 5 tháng 8 năm 2 0 2 6")
    assert header.type is not None
    assert (header.type.value, header.type.raw) == ("Kế hoạch", "K Ế  H O Ạ C H")
    assert header.subject is not None
    assert header.subject.value == "Tổ chức hội thi năm 2026"
    joined = [repair for repair in plan.repairs if repair.code == LETTERS_APART]
    assert ("C H Ủ", "CHỦ") in [(repair.printed, repair.reading) for repair in joined]
    assert all(PAPER[slice(*repair.span)] == repair.printed for repair in joined)
    assert plan.source.length == len(PAPER)
    assert plan.source.quality < 1
    assert [citation.symbol for citation in plan.citations] == ["57-NQ/TW"]


def test_with_lost_blanks_too() -> None:
    text = PAPER.replace("Nghị quyết số 57-NQ/TW", "Chỉ thịsố46-CT/TW")
    plan = parse(text)
    assert {repair.code for repair in plan.repairs} == {LETTERS_APART, "lost-blank"}
    assert [(citation.symbol, text[slice(*citation.span)]) for citation in plan.citations] == [("46-CT/TW", "Chỉ thịsố46-CT/TW")]


def test_pages_are_moved_along() -> None:
    start, at = PAPER.index("K Ế"), PAPER.index("I. NỘI DUNG")
    page = Page(1, (0, len(PAPER)), 595.0, 842.0, "text-layer", words=(PageWord((start, start + 3), (0.1, 0.1, 0.2, 0.2)),))
    text = Text(PAPER, None, "0" * 64, pages=(0, at), layout=(page,), paragraphs=frozenset({at}))
    read = with_letters_together(PAPER)
    assert read is not None
    moved = read.text(text)
    new = moved.content.index("I. NỘI DUNG")
    assert (moved.pages, moved.paragraphs) == ((0, new), frozenset({new}))
    first, end = moved.layout[0].words[0].span
    assert moved.content[first:end] == "KẾ"
    assert parse(text).source.pages == (0, at)
