"""Duties over time as an office says and asks them: `kehoach duty`, `register --read`, `--open`, `--overdue`."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from terminal_runs import Result, kehoach, sheet

PLAN = """ỦY BAN NHÂN DÂN
TỈNH NAM ĐỊNH
Số: 35/KH-UBND                                   Nam Định, ngày 20 tháng 11 năm 2024

KẾ HOẠCH
cải cách

I. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ tham mưu tổ chức hội nghị trước ngày 15/12/2024.
2. Sở Y tế tổng hợp báo cáo tiêm chủng trước ngày 20/12/2024.
"""
LATER = """ỦY BAN NHÂN DÂN
TỈNH NAM ĐỊNH
Số: 40/TB-UBND                                   Nam Định, ngày 05 tháng 12 năm 2024

THÔNG BÁO
về việc gia hạn thời gian thực hiện Kế hoạch số 35/KH-UBND ngày 20/11/2024 của Ủy ban nhân dân tỉnh Nam Định
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    kehoach("add", tmp_path / "a.txt", "--archive", tmp_path / "k")
    return tmp_path / "k"


def run(office: Path, *arguments: object, code: int = 0) -> Result:
    result = kehoach(*arguments, "--archive", office)
    assert result.code == code, result.err
    return result


def id_of(office: Path, unit: str) -> str:
    (found,) = json.loads(run(office, "duties", "--unit", unit, "--json").out)["duties"]
    return str(found["id"])


def test_a_duty_is_ticked_off_and_shown(office: Path) -> None:
    duty = id_of(office, "sở y tế")
    said = run(office, "duty", duty, "--done", "18/12/2024", "--result", "98%", "--person", "Lan").out
    assert "đã xong 18/12/2024; kết quả: 98%; phụ trách: Lan" in said
    assert re.search(r"\d\d:\d\d \S+: tình trạng: đã xong; ngày xong: 18/12/2024; kết quả: 98%; phụ trách: Lan", said)
    assert "đã xong 18/12/2024" in run(office, "duties", "--unit", "sở y tế").out
    page = json.loads(run(office, "duty", duty, "--json").out)
    assert (page["duty"]["state"], page["duty"]["standing"]["day"], len(page["history"])) == ("done", "2024-12-18", 1)
    heads, *rows = sheet(run(office, "duties", "--csv").out)
    (row,) = [dict(zip(heads, row, strict=True)) for row in rows if duty in row]
    assert (row["duty_state"], row["day"], row["result"], row["late"]) == ("done", "2024-12-18", "98%", "False")


def test_what_is_said_of_who_leads_holds_for_who_cooperates(office: Path) -> None:
    lead, helper = id_of(office, "sở tài chính"), id_of(office, "sở nội vụ")
    run(office, "duty", helper, "--note", "đã gửi góp ý")
    run(office, "duty", lead, "--done", "10/12/2024", "--person", "Lan")
    other = json.loads(run(office, "duty", helper, "--json").out)["duty"]["standing"]
    assert (other["state"], other["day"], other["person"], other["note"]) == ("done", "2024-12-10", None, "đã gửi góp ý")
    run(office, "duty", helper, "--state", "đang làm")
    run(office, "duty", lead, "--cancel")
    assert json.loads(run(office, "duty", helper, "--json").out)["duty"]["state"] == "in-progress", "of it something else was said"


def test_open_and_overdue(office: Path) -> None:
    run(office, "duty", id_of(office, "sở y tế"), "--done")
    done = json.loads(run(office, "duty", id_of(office, "sở y tế"), "--json").out)["duty"]
    assert (done["standing"]["day"], done["late"]) == (date.today().isoformat(), True)
    left = ("Sở Tài chính", "Sở Nội vụ")
    for asked in (("--open",), ("--overdue",), ("--overdue", "hôm nay"), ("--overdue", "--json"), ("--state", "late", "--open")):
        out = run(office, "duties", *asked).out
        assert [unit in out for unit in (*left, "Sở Y tế")] == [True, True, False], asked
    assert "Sở Y tế" in run(office, "duties", "--state", "đã xong").out
    assert run(office, "register", "--open").out.count("35/KH-UBND") == 1


def test_a_paper_that_gives_more_time_is_proposed(office: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(LATER, encoding="utf-8")
    run(office, "add", tmp_path / "b.txt")
    said = "cần xem xét: 40/TB-UBND ngày 05/12/2024 thay đổi thời gian của văn bản này"
    duty = id_of(office, "sở y tế")
    for asked in (("duty", duty), ("duties", "--unit", "sở y tế"), ("register", "--unit", "sở y tế")):
        assert said in run(office, *asked).out
    moved = run(office, "duty", duty, "--move-to", "31/12/2024", "--by", "2").out
    assert "dời hạn 31/12/2024 (trễ hạn); theo 40/TB-UBND" in moved
    assert "Sở Y tế" not in run(office, "duties", "--due", "2024-12-01..2024-12-25").out


def test_what_no_duty_fits_is_listed_and_given_to_one(office: Path, tmp_path: Path) -> None:
    run(office, "duty", id_of(office, "sở y tế"), "--note", "đã họp")
    assert run(office, "duty", "--lost", code=1).err == "Mọi điều đã ghi đều thuộc một nhiệm vụ.\n"
    (tmp_path / "b.txt").write_text(PLAN.replace("tổng hợp báo cáo tiêm chủng", "kiểm tra an toàn thực phẩm"), encoding="utf-8")
    run(office, "add", "--replace", "1", tmp_path / "b.txt")
    lost = run(office, "duty", "--lost")
    assert "tong hop bao cao tiem chung" in lost.out
    assert "ghi chú: đã họp" in lost.out
    (one,) = json.loads(run(office, "duty", "--lost", "--json").out)["lost"]
    assert "ghi chú: đã họp" in run(office, "duty", id_of(office, "sở y tế"), "--take", one["id"]).out
    assert run(office, "duty", "--lost", code=1).out == ""


def filled_in(office: Path, file: Path) -> None:
    run(office, "register", "-o", file)
    book = openpyxl.load_workbook(file)
    page = book["Nhiệm vụ"]
    heads = {cell.value: cell.column for cell in page[3]}
    page.cell(4, heads["Tình trạng"]).value = "đã xong"
    page.cell(4, heads["Ngày xong, hạn mới"]).value = date(2024, 12, 10)
    page.cell(5, heads["Tình trạng"]).value = "gần xong"
    book.save(file)


def test_a_register_comes_back(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "so.xlsx"
    filled_in(office, file)
    shown = run(office, "register", "--read", file, code=1)
    for said in ("Dòng 4 · ", "tình trạng: chưa làm → đã xong", "ngày xong: – → 10/12/2024"):
        assert said in shown.out
    assert "K5: “gần xong” không phải là tình trạng" in shown.err
    assert "Chưa thay đổi gì" in shown.err
    assert run(office, "duties", "--state", "done", code=1).out == ""
    monkeypatch.setattr("archive.terminal.register_back._is_screen", lambda: True)
    for answer, code in (("k\n", 1), ("c\n", 0)):
        asked = kehoach("register", "--read", file, "--archive", office, stdin=answer.encode())
        assert (asked.code, "Ghi 1 thay đổi này?" in asked.err) == (code, True)
    assert "Đã ghi 1 nhiệm vụ." in asked.err
    assert "Sở Tài chính" in run(office, "duties", "--state", "done").out
    assert "Tệp không có gì mới." in run(office, "register", "--read", file, code=1).err


def test_a_register_is_taken_without_asking_where_that_was_said(office: Path, tmp_path: Path) -> None:
    filled_in(office, tmp_path / "so.xlsx")
    assert "Đã ghi 1 nhiệm vụ." in run(office, "register", "--read", tmp_path / "so.xlsx", "--yes").err


def test_the_calendar_grows_with_what_is_said(office: Path, tmp_path: Path) -> None:
    from icalendar import Calendar

    def written() -> dict[str, Any]:
        run(office, "register", "-o", tmp_path / "a.ics")
        calendar = Calendar.from_ical((tmp_path / "a.ics").read_bytes())
        return {str(each["uid"]): each for each in calendar.walk() if each.name in ("VEVENT", "VTODO")}

    duty = id_of(office, "sở y tế")
    first = written()
    assert len(first) == 4
    run(office, "duty", duty, "--done", "18/12/2024")
    again = written()
    assert first.keys() == again.keys() >= {f"{duty}@kehoach", f"{duty}-todo@kehoach"}
    todo = again[f"{duty}-todo@kehoach"]
    assert (str(todo["status"]), todo["completed"].dt.date(), todo["due"].dt) == ("COMPLETED", date(2024, 12, 18), date(2024, 12, 20))
    for uid, event in again.items():
        assert event["sequence"] > first[uid]["sequence"]
        assert event["last-modified"].dt >= first[uid]["last-modified"].dt
        alarms = [part["trigger"].dt for part in event.walk("VALARM")]
        assert alarms == ([] if uid.startswith(duty) else [timedelta(hours=-15)])
