"""Duties by whom they are reported to, by the post or person that is charged with them, and those that come again without a deadline."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from archive import Archive, check, duties, search, tasks_of
from archive.export.calendar import first_day
from archive.values import DutyQuestion
from tests.archive.papers import keep, paper
from tests.terminal.terminal_runs import kehoach


def plan(place: str, number: int) -> str:
    return paper(
        f"ỦY BAN NHÂN DÂN TỈNH {place.upper()}",
        f"{number}/KH-UBND",
        place,
        "5/1/2026",
        "KẾ HOẠCH",
        "Tiêm chủng mở rộng năm 2026",
        "I. TỔ CHỨC THỰC HIỆN",
        "1. Sở Y tế chủ trì tổ chức tiêm chủng trên địa bàn. Hằng quý, báo cáo kết quả về UBND tỉnh.",
        "2. Giám đốc Sở Tài chính bố trí kinh phí thực hiện trước ngày 15/3/2026.",
        "3. Sở Nội vụ giao đồng chí Nguyễn Văn An theo dõi, đôn đốc việc thực hiện.",
        "4. Công an xã báo cáo Sở Y tế trước ngày 20/4/2026.",
    )


def add_two(archive: Archive) -> None:
    for number, place in enumerate(("Sông Hậu", "Sông Tiền"), 1):
        assert keep(archive, f"{number}.docx", plan(place, number)) == number


@pytest.fixture
def two(filled: Callable[..., Archive]) -> Archive:
    return filled(add_two)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"reports_to": "ubnd tinh"}, [("Sở Y tế", 1), ("Sở Y tế", 2)]),
        ({"reports_to": "Ủy ban nhân dân tỉnh Sông Tiền"}, [("Sở Y tế", 2)]),
        ({"reports_to": "UBND tỉnh Sông Hồng"}, []),
        ({"reports_to": "so y te"}, [("Công an xã", 1), ("Công an xã", 2)]),
        ({"reports_to": "so y te", "plan": "1"}, [("Công an xã", 1)]),
        ({"reports_to": "so y te", "query": "báo cáo", "unit": "công an"}, [("Công an xã", 1), ("Công an xã", 2)]),
        ({"reports_to": "Sở Nội vụ"}, []),
        ({"person": "giam doc so tai chinh"}, [("Giám đốc Sở Tài chính", 1), ("Giám đốc Sở Tài chính", 2)]),
        ({"person": "Sở Tài chính", "place": "Sông Tiền"}, [("Giám đốc Sở Tài chính", 2)]),
        ({"person": "Sở Y tế"}, []),
        ({"person": "Nguyễn Văn An", "plan": "2"}, [("Sở Nội vụ", 2)]),
        ({"person": "nguyen van"}, [("Sở Nội vụ", 1), ("Sở Nội vụ", 2)]),
        ({"person": "Văn An"}, []),
        ({"due": "2026-03", "person": "Giám đốc"}, [("Giám đốc Sở Tài chính", 1), ("Giám đốc Sở Tài chính", 2)]),
    ],
)
def test_who_reports_to_whom_and_who_is_charged(two: Archive, question: dict[str, str], found: list[tuple[str, int]]) -> None:
    assert [(duty.unit, duty.document.id) for duty in duties(two, DutyQuestion(**question))] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('reports-to:"UBND tỉnh"', [1, 2]),
        ('reports-to:"ubnd tinh song tien"', [2]),
        ("reports-to:bộ", []),
        ('person:"Giám đốc Sở Tài chính" place:"Sông Hậu"', [1]),
        ('person:"nguyễn văn an" NOT person:"Sở Y tế"', [1, 2]),
    ],
)
def test_the_same_in_a_search(two: Archive, query: str, found: list[int]) -> None:
    assert sorted(hit.document.id for hit in search(two, query).hits) == found


def test_a_duty_that_comes_again_without_a_deadline(two: Archive) -> None:
    (one,) = duties(two, DutyQuestion(plan="1", reports_to="UBND tỉnh"))
    assert (one.recurs, one.when, one.deadline, one.deadline_last) == ("FREQ=MONTHLY;INTERVAL=3", "Hằng quý", None, None)
    due = duties(two, DutyQuestion(plan="1", due="2026-06-30"))
    assert [(duty.unit, duty.recurs) for duty in due] == [("Sở Y tế", one.recurs)]
    assert duties(two, DutyQuestion(plan="1", due="2026-06-29")) == ()
    assert [duty.unit for duty in duties(two, DutyQuestion(plan="1", overdue="2027-01-01"))] == ["Giám đốc Sở Tài chính", "Công an xã"]
    (task,) = [task for task in tasks_of(duties(two, DutyQuestion(plan="1"))) if task.recurs]
    assert first_day(task) == date(2026, 3, 31)
    with two.engine.connect() as connection:
        again = connection.execute(text("SELECT unit, recurs, deadline FROM v_duties WHERE recurs IS NOT NULL")).all()
    assert again == [("Sở Y tế", one.recurs, None)] * 2
    assert check(two) == ()


def test_the_commands(two: Archive, tmp_path: Path) -> None:
    there = ("--archive", two.folder)
    shown = kehoach("duties", "--reports-to", "ubnd tinh song tien", *there, KEHOACH_LANG="en")
    assert "Hằng quý" in shown.out
    assert "2/KH-UBND" in shown.out
    found = json.loads(kehoach("duties", "--reports-to", "ubnd tinh", "--json", *there).out)
    assert {duty["recurs"] for duty in found["duties"]} == {"FREQ=MONTHLY;INTERVAL=3"}
    assert kehoach("register", "--person", "Giám đốc Sở Tài chính", *there).out.count("bố trí kinh phí") == 2
    assert kehoach("register", "--reports-to", "UBND tỉnh", "-o", tmp_path / "a.ics", *there).code == 0
    assert (tmp_path / "a.ics").read_text(encoding="utf-8").count("RRULE") == 4  # two events, two to-dos
