"""The register and the calendar, read back by programs that did not write them."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from itertools import islice
from zipfile import ZipFile

import openpyxl
import pytest
import vobject
from dateutil.rrule import rrulestr
from lxml import etree

from archive import Archive, calendar_file, duties, sheet_csv, sheet_xlsx, tasks_of
from archive.common.deadlines import as_day, days_due, is_due, placed_rule
from archive.export import register_files
from archive.export.register_files import CELL
from archive.values import Sheet, Task
from tests.archive.builders import add
from tests.archive.plans import add_plan

LONG = "ạ" * (CELL + 9)
MADE = datetime(2026, 3, 1, 8, 30)
SHEET = Sheet(
    "Nhiệm vụ",
    "SỔ THEO DÕI NHIỆM VỤ",
    "2 nhiệm vụ",
    ("TT", "Nội dung nhiệm vụ", "Thời hạn"),
    (5, 60, 12),
    ((1, "- Tuyên truyền, “cổ động”\ntrực quan", date(2025, 12, 15)), (2, "=1+1", "Quý IV năm 2025"), (3, LONG, None)),
    "Trang &P/&N",
    MADE,
)

PLAN = """Số 12-KH/ĐU | Kế hoạch | Đảng ủy xã A | Xã A | 2025-11-20 | Việc
I. PHÂN CÔNG
1. Sở Một
[lead] Sở Một: rà soát hồ sơ đất đai @2025-12-15 >Sở Bốn
[cooperate] Sở Hai: rà soát hồ sơ đất đai
[cooperate] Sở Ba: rà soát hồ sơ đất đai
2. Sở Năm
[assigned] Sở Năm: báo cáo kết quả @FREQ=MONTHLY;INTERVAL=3
[directed] Phòng Sáu: thống kê số liệu
[cooperate] Sở Chín: việc của một đoạn sau
3. Sở Bảy
[cooperate] Sở Tám: việc không có chủ trì
"""


@pytest.fixture
def tasks(archive: Archive) -> tuple[Task, ...]:
    add_plan(archive, PLAN)
    return tasks_of(duties(archive))


def test_a_task_is_one_line(tasks: tuple[Task, ...]) -> None:
    assert [(task.leads, task.cooperates) for task in tasks] == [
        (("Sở Một",), ("Sở Hai", "Sở Ba")),
        (("Sở Năm",), ()),
        (("Phòng Sáu",), ()),
        (("Sở Năm",), ("Sở Chín",)),
        ((), ("Sở Tám",)),
    ]
    assert (tasks[0].deadline, tasks[0].reports_to, tasks[0].line) == ("2025-12-15", ("Sở Bốn",), 4)
    assert (tasks[2].role, tasks[2].within) == ("directed", "Sở Năm")
    assert (tasks[3].role, tasks[3].within) == ("assigned", None), "a further paragraph of the same item"


def test_no_duty_is_lost(archive: Archive, tasks: tuple[Task, ...]) -> None:
    assert sorted(duty.number for task in tasks for duty in task.duties) == [duty.number for duty in duties(archive)]


def test_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet_xlsx(SHEET)))
    page = book["Nhiệm vụ"]
    assert page["A1"].value == SHEET.title
    assert [cell.value for cell in page[3]] == list(SHEET.heads)
    assert page["B4"].value == "- Tuyên truyền, “cổ động”\ntrực quan"
    assert page["C4"].value == datetime(2025, 12, 15)
    assert page["C4"].number_format == "dd/mm/yyyy"
    assert (page["B5"].value, page["B5"].data_type) == ("=1+1", "s"), "text, not a formula"
    assert "".join(page.cell(row, 2).value for row in range(6, page.max_row + 1)) == LONG, "nothing is cut, in a cell or on paper"
    assert page["C6"].value in (None, "")


def test_workbook_is_ready_to_print() -> None:
    page = openpyxl.load_workbook(io.BytesIO(sheet_xlsx(SHEET)))["Nhiệm vụ"]
    assert page.freeze_panes == "A4"
    assert page.auto_filter.ref == f"A3:C{page.max_row}"
    assert page.print_title_rows == "$3:$3"
    assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", "9")
    # One page wide is what the format means where it says nothing.
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage) == (1, 0, True)
    assert [round(page.column_dimensions[letter].width) for letter in "AB"] == [6, 61]
    assert page.oddFooter.center.text == "Trang &P/&N"


def test_workbook_is_well_formed_and_holds_no_formula() -> None:
    with ZipFile(io.BytesIO(sheet_xlsx(SHEET))) as parts:
        trees = {name: etree.fromstring(parts.read(name)) for name in parts.namelist() if name.endswith(".xml")}
    page = trees["xl/worksheets/sheet1.xml"]
    assert page.findall(".//{*}f") == []
    assert page.find(".//{*}c[@r='B5']").get("t") == "s"


def test_csv_for_excel() -> None:
    made = sheet_csv(SHEET.heads, SHEET.rows[:2])
    assert made.encode("utf-8").startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.removeprefix("\ufeff"), newline="")))
    assert rows[0] == list(SHEET.heads)
    assert rows[1] == ["1", "'- Tuyên truyền, “cổ động”\ntrực quan", "2025-12-15"]
    assert rows[2][1] == "'=1+1"


def test_calendar(tasks: tuple[Task, ...]) -> None:
    placed: dict[str, bool] = {}

    def said(task: Task, ours: bool) -> tuple[str, str]:
        placed[task.task] = ours
        return f"Hạn: {task.task}", "Đơn vị; chủ trì,\ncăn cứ\\ " * 9

    made, events = calendar_file(tasks, "Thời hạn", said)
    assert (made, events) == calendar_file(tasks, "Thời hạn", said)
    assert events == len(placed) == 2 < len(tasks)
    assert [ours for _, ours in sorted(placed.items())] == [True, False], "the last day of a quarter is ours, a day that is printed is not"
    once, again = vobject.readOne(made.decode()).vevent_list
    assert (once.summary.value, once.dtstart.value, once.dtend.value) == (
        "Hạn: rà soát hồ sơ đất đai",
        date(2025, 12, 15),
        date(2025, 12, 16),
    )
    assert once.description.value == ("Đơn vị; chủ trì,\ncăn cứ\\ " * 9)
    assert once.uid.value != again.uid.value
    rule = rrulestr(again.rrule.value, dtstart=datetime.combine(again.dtstart.value, datetime.min.time()))
    assert [day.date() for day in islice(rule, 3)] == [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=15", ["2025-12-15", "2026-01-15"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2025-12-31", "2026-03-31"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", ["2025-12-25", "2026-03-25"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2025-12-31", "2026-06-30"]),
        ("FREQ=MONTHLY", ["2025-11-30", "2025-12-31"]),
        ("FREQ=YEARLY", ["2025-12-31", "2026-12-31"]),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20", ["2025-11-20", "2026-11-20"]),
        ("FREQ=WEEKLY", ["2025-11-21", "2025-11-28"]),
        ("FREQ=NEVER", []),
    ],
)
def test_days_of_a_rule(rule: str, days: list[str]) -> None:
    first = date(2025, 11, 20)
    assert [day.isoformat() for day in islice(days_due(rule, first, first + timedelta(days=800)), 2)] == days


def test_whose_day_it_is() -> None:
    assert placed_rule("FREQ=MONTHLY;BYMONTHDAY=15") == ("FREQ=MONTHLY;BYMONTHDAY=15", False)
    assert placed_rule("FREQ=YEARLY")[1]


def test_a_rule_begins_with_its_plan() -> None:
    assert not is_due(None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", "2025-11-20", ("2025-11-01", "2025-11-30"))
    assert is_due(None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", "2025-11-20", ("2026-11-01", "2026-11-30"))
    assert is_due("2025-12-15", None, None, ("2025-12-15", "2025-12-15"))


@pytest.mark.parametrize(
    ("value", "day"), [("2025-02-31", "2025-02-28"), ("2025", "2025-01-01"), ("2025-12-31", "2025-12-31"), ("x", "0001-01-01")]
)
def test_as_day(value: str, day: str) -> None:
    assert as_day(value, date.min).isoformat() == day


def test_an_archive_without_deadlines(archive: Archive) -> None:
    add(archive, "I. PHÂN CÔNG\n1. Việc\nGiao Sở Một: làm việc.\n")
    (task,) = tasks_of(duties(archive))
    made, events = calendar_file([task], "c", lambda task, ours: ("a", "b"))
    assert events == 0
    assert vobject.readOne(made.decode()).contents.get("vevent") is None


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert register_files.ROWS == 1_048_576, "the rows of a sheet of Excel"
    monkeypatch.setattr(register_files, "ROWS", 20)
    rows = ((1,),) * 20
    with pytest.raises(ValueError, match="20 rows"):
        sheet_xlsx(Sheet("a", "b", "c", ("d",), (5,), rows, "&P", MADE))
