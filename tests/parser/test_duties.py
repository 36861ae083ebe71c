"""Duties: who heads an item, who is ordered, told, asked to cooperate; clean and damaged, Party and State."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach_parser import Plan, parse
from kehoach_parser.model import Assignment
from tests.parser.case_blocks import blocks

CASES = Path(__file__).parent.parent / "cases" / "duties" / "duties.txt"
HEADS = {
    "state": "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/KH-UBND\n"
    "Lai Châu, ngày 18 tháng 11 năm 2025\nKẾ HOẠCH\nTRIỂN KHAI CÔNG TÁC NĂM 2026\n"
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai công tác năm 2026 như sau:\n",
    "party": "ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG\nĐẢNG ỦY PHƯỜNG KIẾN AN\n*\nSố 35-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    "Kiến An, ngày 20 tháng 11 năm 2025\nKẾ HOẠCH\ntuyên truyền kết quả hội nghị\n"
    "Ban Thường vụ Đảng ủy phường triển khai kế hoạch tuyên truyền như sau:\n",
    "state-damaged": "UY BAN NHAN DAN CONG HOA XA HOI CHU NGHIA VIET NAM\n\nTINH LAI CHAU Déc lap - Tw do - Hanh phic\n"
    "S6: 12/KH-UBND Lai Chau, ngay 18 thang 11 nam 2025\nKE HOACH\n\nTRIEN KHAI CONG TAC NAM 2026\n\n"
    "Uy ban nhan dan tinh ban hanh Ké hoach trién khai cong tac nam 2026 nhu sau:\n\n",
    "party-damaged": "DANG BO TP HAI PHONG DANG CONG SAN VIET NAM\nDANG UY PHUONG KIEN AN\n* Kién An, ngay 20 thang 11 nam 2025\n\n"
    "S6 35-KH/PU\n\nKE HOACH\nTuyén truyén két qua Hoi nghi\n\nBan Thuong vu Pang uy phuong trién khai Ké hoach tuyén truyén nhu sau:\n\n",
}
TAILS = {
    "state": "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n",
    "party": "\nNơi nhận:\n- Như trên,\n- Lưu Văn phòng Đảng ủy.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Văn An\n",
}


def plan_of(body: str, head: str = "state") -> Plan:
    return parse(HEADS[head] + body + TAILS[head.split("-")[0]])


def shown(duty: Assignment, task: str) -> str:
    """Cases of damaged text give the task as printed: how it is restored is not their question."""
    begins = duty.task is not None and (duty.task.value.startswith(task) or " ".join(duty.task.raw.split()).startswith(task))
    return f"{duty.role} {'P' if duty.primary else '.'} {duty.unit.value} | {task if begins else duty.task and duty.task.value}"


@pytest.mark.parametrize(("name", "head", "body", "expected"), blocks(CASES), ids=[block[0] for block in blocks(CASES)])
def test_duties(name: str, head: str, body: str, expected: list[str]) -> None:
    duties = plan_of(body, head).assignments
    tasks = [line.partition(" | ")[2] for line in expected] + [""] * len(duties)
    assert [shown(duty, task) for duty, task in zip(duties, tasks, strict=False)] == expected


def test_deadline_stands_in_the_task_or_beside_it() -> None:
    plan = plan_of(
        "II. NỘI DUNG\n1. Sở Y tế gửi báo cáo về Sở Nội vụ trước ngày 16 tháng 12 năm 2025.\n2. Tập huấn\n- Nội dung: Tập huấn cán bộ.\n"
        "- Cơ quan chủ trì: Sở Tư pháp.\n- Thời gian hoàn thành: trước ngày 01 tháng 3 năm 2026.\n"
    )
    due = {duty.unit.value: plan.dates[duty.deadline].value for duty in plan.assignments if duty.deadline is not None and duty.primary}
    assert due == {"Sở Y tế": "2025-12-16", "Sở Tư pháp": "2026-03-01"}


def test_reports_to() -> None:
    plan = plan_of("III. TỔ CHỨC THỰC HIỆN\n1. Công an tỉnh theo dõi, báo cáo kết quả về Sở Nội vụ hằng quý.\n")
    assert [(duty.unit.value, duty.reports_to) for duty in plan.assignments] == [("Công an tỉnh", "Sở Nội vụ")]


def test_nodes_of_duties() -> None:
    plan = plan_of(
        "II. NỘI DUNG\n1. Tập huấn\n- Nội dung: Tập huấn cán bộ.\n- Cơ quan chủ trì: Sở Tư pháp.\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n"
        "- Phối hợp với Sở Nội vụ rà soát nhân lực.\n"
    )
    paths = {node.id: node.path for node in plan.nodes}
    assert [(duty.unit.value, paths[duty.node or 0]) for duty in plan.assignments] == [
        ("Sở Tư pháp", "II.1.-1"),
        ("Sở Y tế", "III.1"),
        ("Sở Nội vụ", "III.1.-1"),
    ]


SOUP = re.findall(r"\n|\S+", "1. a) - Sở Y tế chủ trì, phối hợp với các cơ quan: Giao đề nghị ; . \n I. TỔ CHỨC THỰC HIỆN")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=80))
def test_any_text_holds(words: list[str]) -> None:
    text = HEADS["state"] + " ".join(words).replace(" \n ", "\n")
    for duty in parse(text).assignments:
        assert text[slice(*duty.unit.span)] == duty.unit.raw
        assert duty.task is None or text[slice(*duty.task.span)] == duty.task.raw


def test_a_term_is_no_deadline() -> None:
    plan = parse(
        "KẾ HOẠCH\nTuyên truyền\nIV. TỔ CHỨC THỰC HIỆN\n"
        "1. Sở Nội vụ tuyên truyền chào mừng Đại hội nhiệm kỳ 2025 - 2030 tới toàn thể cán bộ.\n"
        "2. Sở Tài chính bố trí kinh phí, hoàn thành trước ngày 30/11/2025.\n"
    )
    assert [None if duty.deadline is None else plan.dates[duty.deadline].value for duty in plan.assignments] == [None, "2025-11-30"]
