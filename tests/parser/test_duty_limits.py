"""Limits of duties that no case file shows: how sure a reading is, how long a task is at most, what is too little to be one."""

from __future__ import annotations

import pytest
from test_duties import plan_of

from kehoach_parser.model import Assignment

GIVEN = "III. TỔ CHỨC THỰC HIỆN\n"
TABLE = (
    "PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n| TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n|---|---|---|---|---|\n"
    "| 1 | Tập huấn cán bộ | Quỹ hỗ trợ nông dân vùng cao | Sở Tài chính | Năm 2026 |\n"
)


def first(body: str) -> Assignment:
    return plan_of(body).assignments[0]


def test_where_words_begin_and_end_is_less_sure_than_print() -> None:
    duty = first(GIVEN + "1. Sở Y tế mở 02 hội nghị tại Hội trường tỉnh sau khi có hướng dẫn.\n")
    (place,) = duty.tasks
    fields = (duty.task, duty.when, duty.place, *duty.targets, place.task)
    assert [field and field.certainty for field in fields] == [0.9] * 5


def test_a_name_read_from_its_place_is_less_sure_than_a_listed_one() -> None:
    titled = first(GIVEN + "1. Các đơn vị quản lý nhà chung cư cũ có trách nhiệm\na) Mở rộng mạng lưới cấp nước.\n")
    listed, unlisted = (first(body).unit for body in (GIVEN + "1. Sở Y tế lập kế hoạch tiêm chủng.\n", TABLE))
    assert (listed.certainty, titled.unit.certainty, unlisted.certainty) == (1.0, 0.8, 0.6)


@pytest.mark.parametrize("unit", ["Sở Y tế", "Sở Y tế, Sở Nội vụ"])
def test_a_sentence_without_an_end_gives_a_task_of_300_words(unit: str) -> None:
    task = first(GIVEN + f"1. {unit} rà soát " + "trạm y tế xã " * 200 + "\n").task
    assert task is not None
    assert len(task.value.split()) == 300


def test_three_words_in_a_dash_are_a_heading() -> None:
    duty = first(GIVEN + "1. Sở Y tế:\n- Về trang bị\n- Mua xe cứu thương\n- Lập danh sách thuốc cần mua.\n")
    assert [task.task and task.task.value for task in duty.tasks] == ["Mua xe cứu thương", "Lập danh sách thuốc cần mua."]
