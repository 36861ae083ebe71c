"""Tables in whatever shape they are printed: one case a file in tests/cases/tables."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_parser import parse, plan_from_json, plan_to_json
from kehoach_parser.text.phrases import goes_on_after

CASES = sorted((Path(__file__).parents[1] / "cases" / "tables").glob("*.toml"))
#: What tables are made of, for soup.
PIECES = [
    "TT",
    "STT",
    "Nội dung",
    "Cơ quan chủ trì",
    "Thời gian",
    "1",
    "2",
    "I",
    "(1)",
    "(2)",
    "|",
    "\t",
    "    ",
    "- ",
    "Sở Y tế",
    "2026",
    "…",
    "a",
]

HEAD = """ỦY BAN NHÂN DÂN XÃ TÂN AN
Số: 12/KH-UBND
KẾ HOẠCH
Phát triển kinh tế xã hội năm 2026
I. MỤC ĐÍCH
1. Nâng cao đời sống của nhân dân.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
PHỤ LỤC
DANH MỤC NHIỆM VỤ
(Kèm theo Kế hoạch số 12/KH-UBND ngày 03 tháng 02 năm 2026 của Ủy ban nhân dân xã)
"""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    text = case["text"]
    tables = parse(text).tables
    if not case["kind"]:
        assert tables == ()
        return
    (table,) = tables
    assert table.kind == case["kind"]
    assert [column.role for column in table.columns] == case["roles"]
    assert [["" if cell is None else text[slice(*cell)] for cell in row.cells] for row in table.rows] == case["rows"]


def test_a_row_that_is_a_node_says_which() -> None:
    kept = tomllib.loads((CASES[0].parent / "stacked_group_rows.toml").read_text(encoding="utf-8"))["text"]
    text = f"{HEAD}{kept}"
    plan = parse(text)
    (table,) = plan.tables
    labels = {node.id: node.label for node in plan.nodes}
    rows = {text[slice(*row.cells[0])]: labels[row.node] for row in table.rows if row.node is not None and row.cells[0] is not None}
    assert rows == {"I": "I", "II": "II"}
    assert table.part == plan.parts[-1].id


def test_a_row_that_does_not_fit_is_kept_and_warned_about() -> None:
    odd = "2\nMột\nHai\nBa\nBốn\nNăm\nSáu\nBảy\nTám"
    text = f"TT\nNội dung\nCơ quan chủ trì\nThời gian\nGhi chú\n1\nHọp dân\nPhòng Nội vụ\n2026\nMới\n{odd}\n3\nBầu tổ\nXã\n2026\nCũ"
    plan = parse(text)
    (table,) = plan.tables
    assert [row.certainty > 0.9 for row in table.rows] == [True, False, True]
    assert [text[slice(*warning.span)] for warning in plan.warnings if warning.code == "table-row"] == [odd]


def test_a_group_row_is_sure() -> None:
    """It is the number and the title of the rows below it, and no line is laid into columns."""
    text = tomllib.loads((CASES[0].parent / "stacked_group_rows.toml").read_text(encoding="utf-8"))["text"]
    rows = parse(text).tables[0].rows
    assert {row.certainty for row in rows if row.cells[0] is not None and text[slice(*row.cells[0])] in ("I", "II")} == {1.0}


STACKED = "TT\nNội dung\nCơ quan chủ trì\nThời gian\nSản phẩm\n1\n"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("| TT | Nội dung | Thời gian |\n| 1 | Họp dân | 2026 |", 1.0),
        ("TT    Nội dung      Thời gian\n1     Họp dân       2026", 0.8),
        ("TT    Nội dung      Thời gian\n1     Họp dân       2026\n      các thôn", 0.5),  # which piece goes on is a guess
        (f"{STACKED}Họp dân\nPhòng Nội vụ\n2026\nBiên bản", 0.95),  # a line for each column, as each looks
        (f"{STACKED}Tổ chức lại sản xuất\nPhòng Nội vụ\n2026\nTổ hợp tác", 0.95),  # two cells begin as units do
        (f"{STACKED}Họp dân\nTrạm Y tế\n2026\nBiên bản", 0.654),  # a unit of no list
        (f"{STACKED}Họp dân\nTrạm Y tế\n2026\nTháng 6/2026 họp lại với dân", 0.654),  # more than a month where none is due
        (f"{STACKED}Họp dân\nTrạm Y tế\n2026\nTháng 6/2026", 0.619),
        (f"{STACKED}Họp dân về\nquy ước\nPhòng Nội vụ\n2026\nBiên bản", 0.85),  # a cell of two lines that surely belong together
        (f"{STACKED}Họp dân\nPhòng Nội vụ\n- Trạm Y tế\n2026\nBiên bản", 0.654),  # a list under a unit, which is rather the next cell
        (f"{STACKED}Họp dân\nPhòng Nội vụ\nKhi các thôn đã họp và các hộ đều đã ký vào biên bản chung của xã\nBiên bản", 0.654),  # no time
        ("TT\nNội dung\nGhi chú\n1\n2\nHọp dân\nMới", 0.325),  # a number and nothing else
        (f"{STACKED}Một\nHai\nBa\nBốn\nNăm\nSáu\nBảy\nTám\nChín\nMười\n2\nHọp\nXã\n2026\nVở", 0.3),
    ],
)
def test_how_sure_a_row_is(text: str, certainty: float) -> None:
    plan = parse(text)
    row = plan.tables[0].rows[0]
    assert row.certainty == pytest.approx(certainty)
    assert any(warning.code == "table-row" for warning in plan.warnings) == (certainty < 0.6)


def _barred(*rows: str) -> str:
    """A table with each bar on a line of its own."""
    return "|\n" + "\n|\n|\n".join("\n|\n".join(row.split(" | ")) for row in rows) + "\n|\n"


BARRED = ("TT | Công việc | Đơn vị chủ trì | Thời gian", "1 | Vớt bèo | Hội Nông dân | Tháng 5", "Sơn cầu | Đoàn Thanh niên")


def test_a_short_row_between_bars_is_less_sure() -> None:
    """Its cells are laid where they look as if they belonged."""
    rows = parse(_barred(*BARRED)).tables[0].rows
    assert [row.certainty for row in rows] == [0.95, 0.7]


@pytest.mark.parametrize(
    ("head", "row", "is_table"),
    [
        ("Công việc | Đơn vị chủ trì", "Vớt bèo | Hội Nông dân", True),
        ("Công việc | Bến đò", "Vớt bèo | Kênh thông", False),  # one head alone may be a word of a sentence
        (f"Công việc | Đơn vị chủ trì | Bến đò{' của các thôn' * 5}", "Vớt bèo | Hội Nông dân | Kênh thông", True),
        (
            f"Công việc | Đơn vị chủ trì | Bến đò{' của các thôn' * 7}",
            "Vớt bèo | Hội Nông dân | Kênh thông",
            False,
        ),  # a sentence is no head
    ],
)
def test_heads_between_bars_say_what_two_columns_are_for(head: str, row: str, is_table: bool) -> None:
    assert (len(parse(_barred(head, row)).tables) == 1) is is_table


def test_a_number_far_below_the_last_row_is_none() -> None:
    """It is that of a page: what stands between is text, and the row above it ends with its own cells."""
    below = "".join(f"Các thôn tự quản đoạn đường làng thứ {number}.\n" for number in "abcdefghijklmnopqrstuvwxyz")
    text = f"{STACKED}Họp dân\nPhòng Nội vụ\n2026\nBiên bản\n{below}2\n{below}"
    (table,) = parse(text).tables
    assert [[text[slice(*cell)] for cell in row.cells if cell] for row in table.rows] == [
        ["1", "Họp dân", "Phòng Nội vụ", "2026", "Biên bản"]
    ]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join), max_size=30).map("\n".join))
def test_any_soup_of_tables(text: str) -> None:
    plan = parse(text)
    assert plan_from_json(plan_to_json(plan)) == plan
    before = 0
    for table in plan.tables:
        assert before <= table.span[0] < table.span[1] <= len(text)
        before = table.span[1]
        for row in table.rows:
            cells = [cell for cell in row.cells if cell is not None]
            assert len(row.cells) == len(table.columns)
            assert all(text[start:end].strip() == text[start:end] != "" for start, end in cells)
            assert all(left[1] <= right[0] for left, right in pairwise(cells))


CASES_BY_NAME = {path.stem: path for path in CASES}


# A line for each piece of a cell, as text layers of pages have narrow columns: a group under the head, the head once more on the next page
# below what runs on there, and a number with the first words of its row.
NARROW_HEAD = "STT\nNhiệm vụ\nCơ quan\nchủ trì\nCơ quan\nphối hợp\nThời gian hoàn\nthành\n"
NARROW = f"""PHỤ LỤC
{NARROW_HEAD}I. Củng cố hàng rào quanh các bến đò
1.
Rà soát hàng rào,
thay cọc đã mục
Phòng
Kinh tế
Các thôn,
Đoàn Thanh niên
xã
Quý
I/2027
2.
Sơn lại biển báo ở
đầu bến
Phòng Văn hóa -
Xã hội
Công an
xã
Quý II/2027
CÔNG BÁO/Số 12/Ngày 02-03-2026

7

{NARROW_HEAD}trước mùa lũ
II. Dạy bơi
3. Mở lớp dạy bơi
cho trẻ em
Phòng
Kinh tế
Các trường
học
Quý III/2027
CÔNG BÁO/Số 12/Ngày 02-03-2026

8

{NARROW_HEAD}4.
Lập sổ theo dõi
người qua đò
Phòng
Nội vụ
Các thôn
Quý IV/2027
"""


def test_narrow_columns_and_their_pages_are_one_count_of_rows() -> None:
    plan = parse(NARROW)
    rows = [[" ".join(NARROW[slice(*cell)].split()) for cell in row.cells if cell] for table in plan.tables for row in table.rows]
    assert rows == [
        ["I. Củng cố hàng rào quanh các bến đò"],
        ["1.", "Rà soát hàng rào, thay cọc đã mục", "Phòng Kinh tế", "Các thôn, Đoàn Thanh niên xã", "Quý I/2027"],
        ["2.", "Sơn lại biển báo ở đầu bến", "Phòng Văn hóa - Xã hội", "Công an xã", "Quý II/2027"],
        ["II. Dạy bơi"],
        ["3", "Mở lớp dạy bơi cho trẻ em", "Phòng Kinh tế", "Các trường học", "Quý III/2027"],
        ["4.", "Lập sổ theo dõi người qua đò", "Phòng Nội vụ", "Các thôn", "Quý IV/2027"],
    ]


@pytest.mark.parametrize(("before", "last", "broken"), [("trong", "Quý", True), ("Hàng", "quý", False), ("hằng", "năm", False)])
def test_a_line_that_ends_with_a_time_is_broken_there_unless_it_says_how_often(before: str, last: str, broken: bool) -> None:
    assert goes_on_after(before, last, "cells") is broken
