"""A row for each task and unit: what is found by which words, where it stands, when it is due; tables as rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from archive import Archive, add_text, duties, statistics, tasks_of, unit_page
from archive.store.tables import PlanTableRow, TableLineRow
from archive.values import DutyQuestion
from kehoach_parser import parse, text_of
from tests.archive.builders import NOW

PAPER = """ỦY BAN NHÂN DÂN
TỈNH SÔNG HẬU
Số: 88/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Hậu, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Tiêm chủng mở rộng năm 2026

I. TỔ CHỨC THỰC HIỆN
1. Sở Y tế chủ trì về tiêm chủng, có nhiệm vụ:
- Tổ chức tập huấn cho cán bộ cơ sở, hoàn thành trước ngày 15/3/2026.
- Kiểm tra tủ lạnh bảo quản, hoàn thành trước ngày 20/11/2026.
- Báo cáo Ủy ban nhân dân tỉnh chậm nhất 10 ngày sau khi kết thúc đợt tiêm.
2. Sở Tài chính
Bố trí kinh phí thực hiện Kế hoạch theo phân cấp ngân sách.

PHỤ LỤC
| TT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành | Sản phẩm |
|---|---|---|---|---|---|
| 1 | Xây dựng phần mềm quản lý tiêm chủng | Sở Khoa học và Công nghệ | Sở Y tế | Tháng 6/2026 | Phần mềm |
| 2 | In sổ theo dõi sức khỏe | Sở Y tế | Sở Tài chính | Quý III/2026 | Sổ |
"""
NATIONAL = """BỘ CÔNG AN
Số: 5/KH-BCA
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Giữ gìn trật tự

I. TỔ CHỨC THỰC HIỆN
1. Cục Cảnh sát giao thông
Chủ trì kiểm tra các tuyến đường trọng điểm.
2. Công an thành phố Hà Nội
Tổ chức tuần tra trên địa bàn.
"""


def add_both(archive: Archive) -> None:
    for number, content in enumerate((PAPER, NATIONAL), 1):
        added = add_text(archive, text_of(content), now=NOW, parse=parse)
        assert added.document is not None
        assert added.document.id == number


@pytest.fixture
def both(filled: Callable[..., Archive]) -> Archive:
    return filled(add_both)


def test_each_bullet_is_a_row(both: Archive) -> None:
    found = duties(both, DutyQuestion(unit="Sở Y tế", role="lead"))
    assert [(duty.task, duty.deadline_last, duty.line, duty.place.path) for duty in found if duty.row is None] == [
        ("Tổ chức tập huấn cho cán bộ cơ sở, hoàn thành trước ngày 15/3/2026.", "2026-03-15", 13, "I.1.-1"),
        ("Kiểm tra tủ lạnh bảo quản, hoàn thành trước ngày 20/11/2026.", "2026-11-20", 14, "I.1.-2"),
        ("Báo cáo Ủy ban nhân dân tỉnh chậm nhất 10 ngày sau khi kết thúc đợt tiêm.", None, 15, "I.1.-3"),
    ]
    assert [duty.reports_to for duty in found if duty.row is None] == [None, None, "Ủy ban nhân dân tỉnh"]
    assert found[2].when == "chậm nhất 10 ngày sau khi kết thúc đợt tiêm"


def test_words_find_the_one_bullet_that_holds_them(both: Archive) -> None:
    assert [duty.line for duty in duties(both, DutyQuestion("tủ lạnh bảo quản"))] == [14]


def test_what_the_head_says_holds_for_all_of_its_bullets(both: Archive) -> None:
    found = duties(both, DutyQuestion("tiêm chủng tập huấn"))
    assert [duty.line for duty in found] == [13]
    assert {duty.line for duty in duties(both, DutyQuestion("chủ trì về tiêm chủng")) if duty.row is None} == {13, 14, 15}


def test_deadlines_are_each_rows_own(both: Archive) -> None:
    assert [(duty.unit, duty.line) for duty in duties(both, DutyQuestion(due="2026-03"))] == [("Sở Y tế", 13)]


def test_a_row_of_a_table_is_one_line_of_the_register(both: Archive) -> None:
    found = duties(both, DutyQuestion(plan="1", due="2026-06..2026-09"))
    assert {duty.row for duty in found} == {(0, 0), (0, 1)}
    first, second = tasks_of(found)
    assert (first.leads, first.cooperates, first.product) == (("Sở Khoa học và Công nghệ",), ("Sở Y tế",), "Phần mềm")
    assert (second.leads, second.cooperates, second.deadline_last) == (("Sở Y tế",), ("Sở Tài chính",), "2026-09-30")


def test_tables_stand_in_the_database(both: Archive) -> None:
    with both.engine.connect() as connection:
        (table,) = connection.execute(select(PlanTableRow.kind, PlanTableRow.columns)).all()
        cells = connection.scalars(select(TableLineRow.cells).order_by(TableLineRow.ordinal)).all()
    assert table.kind == "duties"
    assert [column["role"] for column in table.columns] == ["number", "task", "lead", "cooperate", "deadline", "product"]
    assert cells[1] == ["2", "In sổ theo dõi sức khỏe", "Sở Y tế", "Sở Tài chính", "Quý III/2026", "Sổ"]


def test_a_place_is_the_units_not_where_a_ministry_signs(both: Archive) -> None:
    assert {duty.unit for duty in duties(both, DutyQuestion(place="Hà Nội"))} == {"Công an thành phố Hà Nội"}
    assert {duty.document.id for duty in duties(both, DutyQuestion(place="Sông Hậu"))} == {1}


def test_all_counts_are_of_rows(both: Archive) -> None:
    total = len(duties(both))
    assert statistics(both).assignments == total
    assert sum(document.assignments for document in {duty.document for duty in duties(both)}) == total
    page = unit_page(both, "Sở Y tế")
    assert page.unit.duties == len(page.duties)
