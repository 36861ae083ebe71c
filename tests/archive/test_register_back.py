"""The register as people fill it in and send it back: what is taken, what is told, by whichever program it was saved."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import archive
from archive import Archive, values
from archive.terminal.messages import messages_of
from archive.terminal.register_sheet import register_words, register_xlsx
from tests.archive.builders import NOW, add
from tests.archive.test_duty_states import PLAN, duty_of, id_of

VI = messages_of("vi")
#: The register of PLAN with the changes of `filled_in`, opened and saved again by LibreOffice Calc 7.4.
SAVED = Path(__file__).parent / "data" / "register_saved_by_calc.xlsx"
Page = Any


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Archive]:
    with archive.open_archive(tmp_path / "office", create=True, who="Lan") as handle:
        add(handle, PLAN)
        yield handle


def workbook(office: Archive) -> Any:
    """The register as it is written."""
    tasks = archive.tasks_of(archive.duties(office))
    return openpyxl.load_workbook(io.BytesIO(register_xlsx(tasks, {}, VI, datetime(2026, 3, 1, 8, 30))))


def column(page: Page, head: str) -> int:
    return int(next(cell.column for cell in page[3] if cell.value == head))


def row_of(page: Page, word: str) -> int:
    """The row whose task holds a word."""
    tasks = column(page, "Nội dung nhiệm vụ")
    return next(row for row in range(4, page.max_row + 1) if word in str(page.cell(row, tasks).value))


def fill(page: Page, word: str, **cells: object) -> None:
    heads = {"state": "Tình trạng", "day": "Ngày xong, hạn mới", "result": "Kết quả", "person": "Người phụ trách", "note": "Ghi chú"}
    for name, value in cells.items():
        page.cell(row_of(page, word), column(page, heads[name])).value = value


def filled_in(page: Page) -> None:
    """What an office writes into the register."""
    fill(page, "tiêm chủng", state="đã xong", day=date(2026, 1, 14), result="98%", person="Nguyễn Thị Lan")
    fill(page, "băng rôn", state="dời hạn", day="15/04/2026", note="chờ kinh phí")


def read(office: Archive, book: Any) -> values.RegisterReading:
    made = io.BytesIO()
    book.save(made)
    return archive.read_register(office, made.getvalue(), register_words(), name="register.xlsx")


def take(office: Archive, reading: values.RegisterReading) -> None:
    archive.set_duties(office, {change.duty.id or "": change.edit for change in reading.changes}, now=NOW)


def test_a_register_that_nobody_filled_in_says_nothing(office: Archive) -> None:
    assert read(office, workbook(office)) == values.RegisterReading((), (), ())


def check_taken(office: Archive, reading: values.RegisterReading) -> None:
    assert (reading.problems, reading.deleted) == ((), ())
    assert [(change.duty.id, change.edit) for change in reading.changes] == [
        (id_of(office, "tiêm chủng"), values.DutyEdit(state="done", day="2026-01-14", result="98%", person="Nguyễn Thị Lan")),
        (id_of(office, "băng rôn"), values.DutyEdit(state="moved", moved_to="2026-04-15", note="chờ kinh phí")),
    ]
    take(office, reading)
    done, moved = duty_of(office, "tiêm chủng").standing, duty_of(office, "băng rôn").standing
    assert done is not None
    assert moved is not None
    assert (done.state, done.day, done.result, done.person) == ("done", "2026-01-14", "98%", "Nguyễn Thị Lan")
    assert (moved.state, moved.moved_to, moved.note) == ("moved", "2026-04-15", "chờ kinh phí")


def test_what_was_filled_in_is_taken(office: Archive) -> None:
    book = workbook(office)
    filled_in(book["Nhiệm vụ"])
    check_taken(office, read(office, book))
    assert read(office, book) == values.RegisterReading((), (), ()), "what was taken stands there already"


def test_a_file_saved_by_calc_is_read(office: Archive) -> None:
    check_taken(office, archive.read_register(office, SAVED.read_bytes(), register_words()))


def test_rows_may_be_sorted_and_columns_moved(office: Archive) -> None:
    book = workbook(office)
    page = book["Nhiệm vụ"]
    filled_in(page)
    table = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    for number, row in enumerate([table[0], *reversed(table[1:])], 3):
        for place, value in enumerate(reversed(row), 1):
            page.cell(number, place).value = value
    assert {change.duty.id for change in read(office, book).changes} == {id_of(office, "tiêm chủng"), id_of(office, "băng rôn")}


def test_what_was_emptied_is_taken_away(office: Archive) -> None:
    said = values.DutyEdit(day="2026-01-14", result="98%", note="ổn")
    archive.set_duty(office, id_of(office, "tiêm chủng"), said, now=NOW)
    book = workbook(office)
    page = book["Nhiệm vụ"]
    fill(page, "tiêm chủng", state="chưa làm", day=None, result=None)
    reading = read(office, book)
    take(office, reading)
    standing = duty_of(office, "tiêm chủng").standing
    assert standing is not None
    assert (standing.state, standing.day, standing.result, standing.note) == ("open", None, None, "ổn")


def test_only_what_was_changed_in_the_file_is_taken(office: Archive) -> None:
    book = workbook(office)
    archive.set_duty(office, id_of(office, "tiêm chủng"), values.DutyEdit(state="in-progress", person="Hoa"), now=NOW)
    archive.set_duty(office, id_of(office, "băng rôn"), values.DutyEdit(state="cancelled"), now=NOW)
    fill(book["Nhiệm vụ"], "tiêm chủng", person="Lan", note="gấp")
    (change,) = read(office, book).changes
    assert (change.edit, change.meanwhile) == (values.DutyEdit(person="Lan", note="gấp"), ("person",))


def edit_state(page: Page) -> None:
    fill(page, "tiêm chủng", state="xong rồi nhé", result="98%")


def edit_day(page: Page) -> None:
    fill(page, "tiêm chủng", state="đã xong", day="hôm qua")


def edit_move(page: Page) -> None:
    fill(page, "tiêm chủng", state="dời hạn")


def edit_day_alone(page: Page) -> None:
    fill(page, "tiêm chủng", day=date(2026, 1, 14))


def edit_id(page: Page) -> None:
    page.cell(row_of(page, "tiêm chủng"), column(page, "Mã")).value = "d7f3a9c2e1"


def edit_copy(page: Page) -> None:
    ids = column(page, "Mã")
    page.cell(row_of(page, "băng rôn"), ids).value = page.cell(row_of(page, "tiêm chủng"), ids).value


@pytest.mark.parametrize(
    ("edit", "cell", "code", "changes"),
    [
        (edit_state, "K4", "no-state", [values.DutyEdit(result="98%")]),
        (edit_day, "L4", "no-day", [values.DutyEdit(state="done")]),
        (edit_move, "K4", "moved-without-day", []),
        (edit_day_alone, "L4", "day-of-what", []),
        (edit_id, "B4", "unknown-id", []),
        (edit_copy, "B5", "twice", []),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_cell(
    office: Archive, edit: Callable[[Page], None], cell: str, code: str, changes: list[values.DutyEdit]
) -> None:
    book = workbook(office)
    edit(book["Nhiệm vụ"])
    reading = read(office, book)
    assert [(problem.cell, problem.code) for problem in reading.problems] == [(cell, code)]
    assert [change.edit for change in reading.changes] == changes
    assert all(messages_of(language).knows(f"register-back.{code}") for language in ("vi", "en"))


def test_rows_that_were_deleted_are_told_and_change_nothing(office: Archive) -> None:
    book = workbook(office)
    page = book["Nhiệm vụ"]
    page.delete_rows(row_of(page, "băng rôn"))
    assert read(office, book) == values.RegisterReading((), (), (id_of(office, "băng rôn"),))


def test_rows_that_were_copied_to_another_workbook_are_compared_with_the_archive(office: Archive) -> None:
    archive.set_duty(office, id_of(office, "băng rôn"), values.DutyEdit(state="in-progress", person="Hoa"), now=NOW)
    book = workbook(office)
    filled_in(book["Nhiệm vụ"])
    del book["kehoach"]
    reading = read(office, book)
    assert [change.edit.person for change in reading.changes] == ["Nguyễn Thị Lan", None]
    assert reading.deleted == ()


def test_a_duty_is_found_by_the_id_that_it_had(office: Archive, tmp_path: Path) -> None:
    from tests.archive.test_duty_states import LATER, replace

    archive.set_duty(office, id_of(office, "băng rôn"), values.DutyEdit(person="Hoa"), now=NOW)
    book = workbook(office)
    fill(book["Nhiệm vụ"], "băng rôn", state="đang làm")
    replace(office, tmp_path, LATER)
    (change,) = read(office, book).changes
    assert change.duty.id == id_of(office, "băng rôn")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Ma;Tinh trang\n"])
def test_what_is_no_register_is_told(office: Archive, data: bytes) -> None:
    with pytest.raises(archive.errors.NoRegister):
        archive.read_register(office, data, register_words())
    with pytest.raises(archive.errors.NoRegister):
        read(office, openpyxl.Workbook())


def test_the_states_are_offered_in_a_list_and_what_was_written_is_hidden(office: Archive) -> None:
    book = workbook(office)
    page = book["Nhiệm vụ"]
    (offered,) = page.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == ("K4:K6", '"chưa làm,đang làm,đã xong,đã huỷ,dời hạn"')
    assert book["kehoach"].sheet_state == "hidden"
    assert [page.cell(row, column(page, "Hạn cuối")).value for row in (4, 5, 6)] == [datetime(2026, 1, 15), datetime(2026, 2, 20), None]


def test_rows_are_as_high_as_their_text() -> None:
    words = "tuyên truyền " * 40
    sheet = values.Sheet("a", "b", "c", ("d", "e"), (10, 30), [("1", words), ("1", "ngắn")], "&P", datetime(2026, 3, 1))
    page = openpyxl.load_workbook(io.BytesIO(archive.sheet_xlsx(sheet)))["a"]
    tall, low = (page.row_dimensions[row].height for row in (4, 5))
    assert low < 20 < 150 < tall < 409


def test_what_is_higher_than_a_row_goes_on_in_the_next_with_what_it_is_sorted_by() -> None:
    words, unit = "tuyên truyền\n" + "tuyên truyền " * 900, "Sở Y tế " * 20
    row = ("1", "d7f3a9c2e1", unit.strip(), words.strip(), "ghi chú")
    sheet = values.Sheet(
        *("a", "b", "c", ("TT", "Mã", "Đơn vị", "Việc", "Ghi chú"), (5, 14, 10, 30, 10), [row], "&P", datetime(2026, 3, 1)),
        repeated=frozenset({0, 1, 2}),
        named=1,
    )
    page = openpyxl.load_workbook(io.BytesIO(archive.sheet_xlsx(sheet)))["a"]
    parts = [[cell.value for cell in cells] for cells in page.iter_rows(min_row=4)]
    many = len(parts)
    assert many > 3
    assert [part[:3] for part in parts] == [["1", f"d7f3a9c2e1 {number}/{many}", row[2]] for number in range(1, many + 1)]
    assert " ".join(part[3] for part in parts) == row[3]
    assert [part[4] for part in parts] == ["ghi chú", *[None] * (many - 1)]
    heights = [page.row_dimensions[number].height for number in range(4, 4 + many)]
    assert max(heights) <= 409
    assert heights[-1] > 11 * 1.2 * 10, "the unit that it repeats has more lines than what is left"


#: As an office may write it: lines, an address that is longer than the column, more than a row holds.
RESULT = "Đã tiêm:\n" + "98% trẻ em ở các phường; xem http://thongke.example.vn/tiem-chung/2026 trang 4\n" * 12


@pytest.fixture
def long_said(office: Archive) -> Archive:
    said = values.DutyEdit(state="in-progress", result=RESULT.strip(), person="Lan")
    archive.set_duty(office, id_of(office, "tiêm chủng"), said, now=NOW)
    return office


def parts_of(page: Page) -> list[int]:
    ids = column(page, "Mã")
    return [row for row in range(4, page.max_row + 1) if "/" in str(page.cell(row, ids).value)]


def test_a_row_that_goes_on_says_nothing_new_and_is_taken_as_one(long_said: Archive) -> None:
    book = workbook(long_said)
    page = book["Nhiệm vụ"]
    further = parts_of(page)[1:]
    assert read(long_said, book) == values.RegisterReading((), (), ())
    assert all(page.cell(row, column(page, "Tình trạng")).value == "đang làm" for row in further)
    page.cell(further[-1], column(page, "Tình trạng")).value = "đã xong"
    page.cell(further[-1], column(page, "Ngày xong, hạn mới")).value = date(2026, 1, 14)
    page.cell(further[-1], column(page, "Người phụ trách")).value = "Hoa"
    reading = read(long_said, book)
    duty = id_of(long_said, "tiêm chủng")
    assert [(change.duty.id, change.edit) for change in reading.changes] == [
        (duty, values.DutyEdit(state="done", day="2026-01-14", person="Lan Hoa"))
    ]
    assert (reading.problems, reading.deleted) == ((), ())


def test_parts_that_are_gone_or_differ_are_told(long_said: Archive) -> None:
    book = workbook(long_said)
    page = book["Nhiệm vụ"]
    first, *further = parts_of(page)
    page.cell(first, column(page, "Tình trạng")).value = "đã xong"
    page.cell(further[-1], column(page, "Tình trạng")).value = "đã huỷ"
    reading = read(long_said, book)
    assert [change.edit for change in reading.changes] == [values.DutyEdit(state="done")]
    assert [(each.cell, each.code, each.value) for each in reading.problems] == [(f"K{further[-1]}", "differs", "đã huỷ")]
    page.delete_rows(further[-1])
    reading = read(long_said, book)
    assert (reading.changes, [(each.cell, each.code) for each in reading.problems]) == ((), [(f"B{first}", "part-missing")])
    assert reading.deleted == ()
