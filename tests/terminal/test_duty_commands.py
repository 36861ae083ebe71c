"""The commands about duties and units, as an office uses them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import openpyxl
import pytest
import vobject
from terminal_runs import kehoach, sheet

from archive.terminal.duty_words import deadline_words, last_day, place_words
from archive.terminal.messages import messages_of
from archive.values.documents import Place

VI = messages_of("vi")


#: The column of the task in the register.
_TASK = 6


def test_register_as_a_workbook(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "so theo doi.xlsx"
    result = kehoach("register", "-o", file, "--archive", built)
    assert (result.code, result.out) == (0, "")
    page = openpyxl.load_workbook(file)["Nhiệm vụ"]
    table = list(page.iter_rows(min_row=3, values_only=True))
    assert table[0] == (
        *("TT", "Mã", "Văn bản", "Ngày", "Đơn vị chủ trì", "Đơn vị phối hợp", "Nội dung nhiệm vụ", "Thời hạn", "Hạn cuối"),
        *("Vị trí, lưu ý", "Tình trạng", "Ngày xong, hạn mới", "Kết quả", "Người phụ trách", "Ghi chú"),
    )
    numbers = [row[0] for row in table[1:]]  # a task higher than a row goes on in the next, under its number
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))
    assert numbers == sorted(numbers)
    police = next(dict(zip(table[0], row, strict=True)) for row in table if row[4] == "Đảng ủy Công an phường")
    assert police["Văn bản"] == "Kế hoạch 35-KH/ĐU (ĐẢNG ỦY PHƯỜNG KIẾN AN)"
    assert (police["Đơn vị phối hợp"], police["Tình trạng"]) == ("Ban Xây dựng Đảng Đảng ủy phường", "chưa làm")
    assert "bản quét nhận dạng lỗi" in str(police["Vị trí, lưu ý"])
    assert f"{len(set(numbers))} nhiệm vụ" in result.err


def test_register_as_csv_has_the_same_lines(built: Path, tmp_path: Path) -> None:
    """A task that is higher than a row of the workbook goes on in its next; a line of CSV has no height."""
    kehoach("register", "-o", tmp_path / "a.xlsx", "--archive", built)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["Nhiệm vụ"]
    table: dict[str, list[str]] = {}
    for number, *cells in page.iter_rows(min_row=3, values_only=True):
        line = table.setdefault(str(number), [str(number), *("" for _ in cells)])
        for at, cell in enumerate(cells, 1):
            said = str(cell or "").removesuffix(" 1/2")
            line[at] += said if not line[at] or at == _TASK else ""
            line[at] += " " if at == _TASK and cell else ""
    lines = sheet(kehoach("register", "--heads", "vi", "--archive", built).out)

    def shown(line: list[str]) -> list[str]:
        return [" ".join(cell.split()) if at == _TASK else cell[:10] for at, cell in enumerate(line)]

    assert [shown(line) for line in lines] == [shown(line) for line in table.values()]


def test_register_as_a_calendar(built: Path, tmp_path: Path) -> None:
    result = kehoach("register", "-o", tmp_path / "a.ics", "--archive", built)
    assert result.code == 0
    calendar = vobject.readOne((tmp_path / "a.ics").read_text(encoding="utf-8"))
    events = calendar.contents.get("vevent", [])
    assert f"{len(events)} thời hạn" in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("register", "-o", "so.pdf"), "xlsx, csv, ics"),
        (("duties", "--below"), "--unit"),
        (("duties", "--due", "tháng sau"), "“tháng sau” không phải là ngày tháng"),
        (("duties", "--level", "thôn"), "trung ương"),
        (("unit", "Sở Không Có"), "kehoach units"),
        (("duties", "voi chín ngà"), "Không tìm thấy nhiệm vụ nào cho: voi chín ngà"),
        (("duties", "--place", "Paris"), "Không có nhiệm vụ nào phù hợp"),
        (("units", "Sở Không Có"), "Không có đơn vị nào"),
    ],
)
def test_what_cannot_be_answered_is_said(built: Path, arguments: tuple[str, ...], said: str) -> None:
    result = kehoach(*arguments, "--archive", built)
    assert said in result.err
    assert "Traceback" not in result.err


def test_an_empty_archive_has_no_duties(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Một đoạn văn không giao việc cho ai.\n", encoding="utf-8")
    assert kehoach("add", tmp_path / "a.txt", "--archive", tmp_path / "k").code == 0
    for arguments in (("duties", "cổ động"), ("duties",), ("units",), ("duties", "--unit", "Sở Y tế", "--below")):
        result = kehoach(*arguments, "--archive", tmp_path / "k")
        assert (result.code, result.out) == (1, ""), result.err


def test_a_limit_says_that_there_is_more(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.terminal.commands_duties.SHOWN", 5)
    assert "Chỉ hiện 5 nhiệm vụ đầu" in kehoach("duties", "--archive", built).err
    found = json.loads(kehoach("duties", "--json", "--limit", 7, "--archive", built).out)
    assert len(found["duties"]) == 7
    assert found["total"] == len(sheet(kehoach("duties", "--csv", "--archive", built).out)) - 1 > 7


def test_unit_page_says_all(built: Path) -> None:
    out = kehoach("unit", "Đảng ủy Công an phường", "--archive", built).out
    assert "phường Kiến An, thành phố Hải Phòng" in out
    assert "Phối hợp công tác" in out
    assert "Ban Xây dựng Đảng Đảng ủy phường" in out


class Due:
    """A deadline."""

    def __init__(
        self, value: str | None, raw: str | None, last: str | None = None, recurs: str | None = None, when: str | None = None
    ) -> None:
        self.deadline, self.deadline_raw, self.deadline_last, self.recurs, self.when = value, raw, last, recurs, when


@pytest.mark.parametrize(
    ("due", "said", "until"),
    [
        (Due("2025-12-15", "ngày 15 tháng 12 năm 2025", "2025-12-15"), "15/12/2025", ""),
        (Due(None, None, when="chậm nhất 10 ngày\nsau khi có kết luận"), "chậm nhất 10 ngày sau khi có kết luận", ""),
        (Due("2025-12", "Tháng 12/2025", "2025-12-31"), "12/2025", "31/12/2025"),
        (Due("2025", "Quý IV năm\n2025", "2025-12-31"), "Quý IV năm 2025", "31/12/2025"),
        (Due(None, "20/11", None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20"), "20/11 hằng năm", ""),
        (Due(None, "ngày 15 hằng tháng", None, "FREQ=MONTHLY;BYMONTHDAY=15"), "ngày 15 hằng tháng", ""),
        (Due(None, "ngày 25", None, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25"), "ngày 25 hằng quý", ""),
        (Due(None, None), "", ""),
    ],
)
def test_deadlines_in_words(due: Due, said: str, until: str) -> None:
    assert (deadline_words(due, VI), last_day(due, VI)) == (said, until)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("annex", None, "PHỤ LỤC II", (), (0, 9)), "Phụ lục II, dòng 312"),
        (Place("annex", None, None, (), (0, 9)), "Phụ lục, dòng 312"),
        (Place("closing", None, None, (), (0, 9)), "phần kết thúc, dòng 312"),
        (Place("body", "IV.2", "Sở Y tế", (), (0, 9)), "mục IV.2, Sở Y tế"),
    ],
)
def test_places_in_words(place: Place, said: str) -> None:
    assert place_words(place, 312, VI) == said


OF_2024 = """ỦY BAN NHÂN DÂN
TỈNH NAM ĐỊNH
Số: 35/KH-UBND                                   Nam Định, ngày 20 tháng 11 năm 2024

KẾ HOẠCH
cải cách

I. TỔ CHỨC THỰC HIỆN
1. Sở Kế hoạch và Đầu tư chủ trì tham mưu tổ chức hội nghị trước ngày 15/12/2024.
2. Ủy ban nhân dân huyện Hải Hậu tổng hợp báo cáo.
"""
NOW = "Sở Tài chính (tỉnh Nam Định), since 2025-03-01, by 45/2025/NĐ-CP → Sở Tài chính (tỉnh Ninh Bình), since 2025-07-01, by 202/2025/QH15"


def test_a_body_that_was_merged_is_told_with_its_heir(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OF_2024, encoding="utf-8")
    folder = tmp_path / "archive"
    kehoach("add", tmp_path / "a.txt", "--archive", folder)
    for command in (("duties", "--unit", "so ke hoach va dau tu"), ("units", "so ke hoach va dau tu")):
        told = kehoach(*command, "--archive", folder, KEHOACH_LANG="en")
        assert f"Note: Sở Kế hoạch và Đầu tư (tỉnh Nam Định) is now {NOW}." in told.err
        (found,) = json.loads(kehoach(*command, "--archive", folder, "--json").out)[command[0]]
    assert [step["source"] for step in found["became"]] == ["45/2025/NĐ-CP", "202/2025/QH15"]
    page = kehoach("unit", "so ke hoach va dau tu", "--archive", folder).out
    assert "Nay là: Sở Tài chính (tỉnh Nam Định), từ 01/03/2025, theo 45/2025/NĐ-CP" in page
    ended = kehoach("unit", "hai hau", "--archive", folder).out
    assert "Nay là: không còn, từ 01/07/2025, theo 72/2025/QH15" in ended
    gone = kehoach("unit", "Sở Giao thông vận tải", "--archive", folder)
    assert gone.code == 1
    assert "Lưu ý: Sở Giao thông vận tải nay là Sở Xây dựng, từ 01/03/2025, theo 45/2025/NĐ-CP." in gone.err


def test_the_page_of_an_heir_names_what_it_took_over(tmp_path: Path) -> None:
    for number, text in enumerate((OF_2024, OF_2024.replace("Kế hoạch và Đầu tư", "Tài chính").replace("35/", "36/"))):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    kehoach("add", tmp_path / "0.txt", tmp_path / "1.txt", "--archive", tmp_path / "archive")
    out = kehoach("unit", "so tai chinh nam dinh", "--archive", tmp_path / "archive", KEHOACH_LANG="en").out
    assert "Sở Kế hoạch và Đầu tư (tỉnh Nam Định), since 2025-03-01, by 45/2025/NĐ-CP; in the archive: 1 duties, 1 documents" in out


def test_documents_without_tasks_are_told_until_they_are_read_again(tmp_path: Path) -> None:
    old = Path(__file__).parents[1] / "archive" / "old" / "0005.sqlite.gz"
    (tmp_path / "kehoach.sqlite").write_bytes(gzip.decompress(old.read_bytes()))
    for command in (("duties",), ("units",), ("unit", "Sở Y tế"), ("register",)):
        asked = kehoach(*command, "--archive", tmp_path)
        assert (asked.code, "kehoach reparse" in asked.err) == (0, True), command
    again = kehoach("reparse", "--yes", "--archive", tmp_path)
    assert (again.code, "Đã đọc lại 1 văn bản." in again.err) == (0, True)
    due = kehoach("duties", "--due", "2026-06", "--archive", tmp_path)
    assert "reparse" not in due.err
    assert "Chưa rõ đơn vị (1 thời hạn)" in due.out
