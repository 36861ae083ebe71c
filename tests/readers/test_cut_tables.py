"""Tables that run over the ends of pages: one table, with its rows whole, as the Word file has it. Files drawn here, of invented plans."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pdf_files import ruled
from pdfminer.pdfinterp import PDFResourceManager

from kehoach_parser import parse, read_bytes
from kehoach_parser.readers import table_worker
from kehoach_parser.readers.page_tables import DrawnTable, linked
from kehoach_parser.text.text import Text

HEAD = ("TT", "Noi dung cong viec", "Don vi chu tri")
FIRST = ("1", "Ra soat van ban", "So Tu phap")


def read(*pages: tuple[list[tuple[str, ...]], bool, bool], columns: tuple[float, ...] = (70, 110, 300, 450)) -> Text:
    return read_bytes(ruled(*pages, columns=columns), "a.pdf")


def rows(text: Text) -> list[list[str]]:
    """The rows of the only table, without its head."""
    (table,) = parse(text).tables
    return [[" ".join(text.content[slice(*cell)].split()) if cell else "" for cell in row.cells] for row in table.rows]


def closed(*rows: tuple[str, ...]) -> tuple[list[tuple[str, ...]], bool, bool]:
    return [*rows], True, True


CUT = ("2", "Tap huan cho can bo lam", "So Noi vu")
REST = ("", "cong tac phap che", "")
WHOLE = ["2", "Tap huan cho can bo lam cong tac phap che", "So Noi vu"]
LAST = ("3", "Kiem tra", "Thanh tra tinh")


def test_a_row_that_the_page_end_cuts_is_read_as_a_whole() -> None:
    assert rows(read(closed(HEAD, FIRST, CUT), closed(REST, LAST))) == [[*FIRST], WHOLE, [*LAST]]


def test_a_row_may_begin_on_the_next_page() -> None:
    assert rows(read(closed(HEAD, FIRST, CUT), closed(LAST))) == [[*FIRST], [*CUT], [*LAST]]


def test_a_head_that_is_drawn_again_is_page_furniture() -> None:
    text = read(closed(HEAD, FIRST, CUT), closed(HEAD, REST, LAST), closed(HEAD, ("4", "Tong hop", "Van phong")))
    assert rows(text) == [[*FIRST], WHOLE, [*LAST], ["4", "Tong hop", "Van phong"]]
    again = "| " + " | ".join(HEAD) + " |"
    assert [text.content[slice(*span)] for span in text.furniture] == [again, again]


def test_a_row_may_fill_a_page_of_its_own() -> None:
    """One row is no table, but for the tables on the pages around it."""
    text = read(closed(HEAD, FIRST, CUT), closed(("", "cong tac", "")), closed(("", "phap che", ""), LAST))
    assert rows(text) == [[*FIRST], WHOLE, [*LAST]]
    assert rows(read(closed(HEAD, FIRST), closed(CUT), closed(LAST))) == [[*FIRST], [*CUT], [*LAST]]


def test_a_frame_of_one_row_is_no_table() -> None:
    assert "|" not in read(closed(("So: 5", "", "Mat"))).content
    assert "|" not in read(closed(("So: 5", "", "Mat")), closed(("So: 6", "", "Mat"))).content


def drawn(*lines: float, rows: int = 2) -> DrawnTable:
    """A table with lines between its columns at these places."""
    return DrawnTable(tuple(tuple((left, 20.0 * row, right, 20.0 * row + 20) for left, right in pairwise(lines)) for row in range(rows)))


@pytest.mark.parametrize(
    ("below", "follows"),
    [
        ((70.0, 110.0, 300.0, 450.0), True),
        ((71.5, 111.5, 300.0, 450.0), True),  # lines are not drawn to the point
        ((70.0, 150.0, 330.0, 450.0), False),
        ((70.0, 110.0, 300.0, 480.0), False),
        ((70.0, 450.0), True),  # a row of one cell
    ],
)
def test_tables_are_one_by_the_lines_between_their_columns(below: tuple[float, ...], follows: bool) -> None:
    found = linked({3: [drawn(70.0, 110.0, 300.0, 450.0)], 4: [drawn(*below)]})
    assert (found[3].follows, found[4].follows) == (False, follows)
    assert {len(row) for row in found[4].cells} == {3 if follows else len(below) - 1}


def test_tables_of_pages_that_are_no_neighbours_are_two() -> None:
    table = drawn(70.0, 110.0, 450.0)
    assert not linked({3: [table], 5: [table]})[5].follows
    found = linked({3: [table, drawn(90.0, 110.0, 450.0)], 4: [table]})
    assert not found[4].follows
    assert 5 not in linked({3: [table], 5: [drawn(70.0, 110.0, 450.0, rows=1)]})


def test_browsers_leave_a_cut_row_open() -> None:
    """No line is drawn at the end of the page: what stands there goes on, though the next piece begins like a row."""
    pieces = [HEAD, FIRST, ("2", "Tap huan", "So Noi vu,")], True, False
    text = read(pieces, ([("", "Kiem tra", "So Y te")], False, False), ([("", "Tong hop", ""), LAST], False, True))
    assert rows(text) == [[*FIRST], ["2", "Tap huan Kiem tra Tong hop", "So Noi vu, So Y te"], [*LAST]]


def test_an_open_row_may_be_empty() -> None:
    """The page had room for none of its lines: the row stands on the next page."""
    text = read(([HEAD, FIRST, ("", "", "")], True, False), ([CUT, LAST], False, True))
    assert rows(text) == [[*FIRST], [*CUT], [*LAST]]


@pytest.mark.parametrize(
    ("below", "cut"),
    [
        (("can bo lam phap che", ""), True),  # within a sentence
        (("Thuc hien hang nam", ""), True),  # without a unit, as no row is
        (("Kiem tra cac don vi", "Thanh tra tinh"), False),
        (("can bo lam phap che", "cap tinh"), True),
    ],
)
def test_rows_without_numbers(below: tuple[str, str], cut: bool) -> None:
    head, first, second = ("Noi dung cong viec", "Don vi chu tri"), ("Ra soat van ban", "So Tu phap"), ("Tap huan cho", "So Noi vu")
    text = read(closed(head, first, second), closed(below, ("Tong hop", "Van phong")), columns=(70, 300, 450))
    whole = [" ".join(filter(None, pair)) for pair in zip(second, below, strict=True)]
    assert rows(text)[1:-1] == ([whole] if cut else [[*second], [*below]])


def test_a_row_does_not_go_on_where_the_one_above_has_nothing() -> None:
    text = read(closed(HEAD, FIRST, ("2", "Tap huan", "")), closed(("", "cho can bo", "So Noi vu"), LAST))
    assert rows(text)[1:3] == [["2", "Tap huan", ""], ["", "cho can bo", "So Noi vu"]]


def test_every_word_keeps_its_page_and_its_place() -> None:
    text = read(closed(HEAD, FIRST, CUT), closed(REST, LAST))
    said = [[text.content[slice(*word.span)] for word in page.words] for page in text.layout]
    assert said[1][:4] == ["cong", "tac", "phap", "che"]
    assert "cong" not in said[0][5:]
    assert all(words == sorted(words) for words in ([word.span for word in page.words] for page in text.layout))
    first, second = text.layout
    assert second.span[0] < first.span[1]  # the row is read on the first page
    assert text.pages == (0, first.span[1] + 1)
    assert second.words[0].box[1] < first.words[-5].box[1]
    assert all(left.start < right.start for left, right in pairwise(_spans(text)))


def _spans(text: Text) -> list[slice]:
    return sorted((slice(*word.span) for page in text.layout for word in page.words), key=lambda span: span.start)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("15/QD-\nUBND", "15/QD-UBND"),  # a line may end behind a hyphen
        ("123/2025/N\nD-CP", "123/2025/ND-CP"),  # no letter more had room
        ("123/2025/NQ\n-HDND", "123/2025/NQ-HDND"),
        ("31/12/2025\n.", "31/12/2025."),
        ("15/QD\nUBND", "15/QD UBND"),  # there was room
        ("truong\nhoc", "truong hoc"),
    ],
)
def test_a_word_that_a_cell_is_too_narrow_for(lines: str, said: str) -> None:
    longest = max(lines.split("\n"), key=len)
    width = {"123/2025/N": 60.0, "123/2025/NQ": 69.0, "31/12/2025": 62.0}.get(longest, 80.0)
    text = read(closed(HEAD, ("1", lines, "So Tu phap")), columns=(70, 110, 110 + width, 450))
    assert rows(text) == [["1", said, "So Tu phap"]]


def test_a_page_whose_lines_cannot_be_read_has_no_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of the other pages stay."""
    path, find = tmp_path / "a.pdf", table_worker._tables
    path.write_bytes(ruled(closed(HEAD, FIRST), closed(HEAD, CUT), closed(HEAD, LAST)))

    def break_second(page: Any) -> list[dict[str, Any]]:
        if page.page_number == 2:
            raise ValueError
        return find(page)

    monkeypatch.setattr(table_worker, "_tables", break_second)
    table_worker.main(str(path), "0,1,2")
    assert [json.loads(line)["page"] for line in capsys.readouterr().out.splitlines()] == [0, 2]


def test_lines_of_tables_are_found_without_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A font that cannot be loaded costs no table."""
    path = tmp_path / "a.pdf"
    path.write_bytes(ruled(closed(HEAD, FIRST)))

    def load(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(PDFResourceManager, "get_font", load)
    table_worker.main(str(path), "0")
    assert [len(table["rows"]) for line in capsys.readouterr().out.splitlines() for table in json.loads(line)["tables"]] == [2]
