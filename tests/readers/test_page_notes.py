"""Footnotes at the foot of a page with a text layer: known by their size and by the raised mark that refers to them."""

from __future__ import annotations

import pytest

from kehoach_parser import parse, text_of
from kehoach_parser.readers.compose import Composed, ReadPage, compose
from kehoach_parser.readers.cut_rows import CutPage, with_whole_rows
from kehoach_parser.readers.layout import Row, arrange
from kehoach_parser.readers.page_notes import notes_at, with_notes
from kehoach_parser.readers.page_tables import PageTables
from kehoach_parser.readers.words import Word

TEXT = "Căn cứ kế hoạch của tỉnh về giảm nghèo¹ các xã thực hiện"
NOTE = "1 Kế hoạch số 15/KH-UBND ngày 03/02/2026 của Ủy ban nhân dân tỉnh"


def line(text: str, foot: float, size: float = 12.0, left: float = 70.0) -> tuple[Word, ...]:
    words = []
    for each in text.split():
        words.append(Word(each, (left, foot - size, left + size / 2 * len(each), foot)))
        left += size / 2 * (len(each) + 1)
    return tuple(words)


def row(text: str, foot: float, size: float = 12.0) -> Row:
    return Row(line(text, foot, size))


@pytest.mark.parametrize(
    ("text", "note", "size", "places"),
    [
        (TEXT, NOTE, 10.0, (2, 3)),
        (TEXT, NOTE, 11.0, (2, 3)),
        (TEXT, NOTE, 11.5, ()),  # as large as the text: it may be an item
        (TEXT.replace("¹", ""), NOTE, 10.0, ()),  # nothing refers to it
        (TEXT.replace("¹", "²"), NOTE, 10.0, ()),
        (TEXT, NOTE[2:], 10.0, ()),  # no mark
    ],
)
def test_small_lines_with_a_mark_that_the_text_raises(text: str, note: str, size: float, places: tuple[int, ...]) -> None:
    rows = [row(text, 100), row("công tác giảm nghèo theo kế hoạch", 116), row(note, 700, size), row("tỉnh", 713, size)]
    assert notes_at(rows, frozenset()) == places


def test_lines_with_few_words_do_not_tell_the_size_of_the_text() -> None:
    rows = [row(TEXT, 100, 10.0), row("KẾ HOẠCH", 120, 14.0), row("Số 5", 140, 14.0), row("NĂM 2026", 160, 14.0), row(NOTE, 700, 10.0)]
    assert notes_at(rows, frozenset()) == ()


@pytest.mark.parametrize(("foot", "places"), [(716.0, (1, 2)), (717.0, (1,))])
def test_a_note_that_seems_to_come_again_is_no_furniture(foot: float, places: tuple[int, ...]) -> None:
    """``foot`` of the line below, where a line of the note has room, or the page's own line stands apart."""
    rows = [row(TEXT, 100), row(NOTE, 700, 10.0), row("Trang 3", foot, 10.0)]
    assert notes_at(rows, frozenset({1, 2})) == places


def test_the_page_before_may_refer_to_a_note() -> None:
    assert notes_at([row("các xã tổ chức thực hiện", 100), row(NOTE, 700, 10.0)], frozenset(), [row(TEXT, 100)]) == (1,)


def test_marks_are_raised_one_after_the_other() -> None:
    rows = [row(NOTE, 700), row("5 xã của tỉnh", 710), row("2 Luật Đất đai", 720)]
    found = with_notes(rows, (0, 1, 2))
    assert [each.words[0].text for each in found] == ["¹", "5", "²"]
    assert (found[0].words[0].printed, found[0].words[0].why) == ("1", "note-mark")
    assert all(each.note for each in found)


def test_a_mark_set_apart_from_its_note_makes_no_columns() -> None:
    words = [
        word
        for number in range(3)
        for left, text in ((70.0, str(number + 1)), (110.0, "Kế hoạch của tỉnh về giảm nghèo"))
        for word in line(text, 700.0 + 14 * number, 10.0, left)
    ]
    assert [found.text for found in arrange(words)] == [f"{number} Kế hoạch của tỉnh về giảm nghèo" for number in (1, 2, 3)]


def table(*rows: tuple[str, str], top: float = 100.0) -> tuple[tuple[Word, ...], PageTables]:
    """The words and the lines of a table with rows of 40 points."""
    words: list[Word] = []
    boxes = []
    for number, (first, second) in enumerate(rows):
        y = top + 40 * number
        words += [*line(first, y + 14), *line(second, y + 14, left=130.0)]
        boxes.append(((60.0, y, 120.0, y + 40), (120.0, y, 560.0, y + 40)))
    return tuple(words), PageTables(tuple(boxes))


def composed() -> Composed:
    """A row that the page's end cuts, with a note below the table."""
    first, tables = table(("TT", "Nhiệm vụ của các cơ quan"), ("1", "Rà soát hộ nghèo¹ trên địa bàn các"))
    second, rest = table(("", "xã của tỉnh"), ("2", "Tổng hợp kết quả báo cáo tỉnh"))
    return compose(
        [
            ReadPage(595, 842, (*first, *line(NOTE, 760, 10.0), *line("Trang 1", 830.0)), "text-layer", tables=tables),
            ReadPage(595, 842, second, "text-layer", tables=PageTables(rest.cells, follows=True)),
        ]
    )


def test_a_table_goes_on_over_a_note() -> None:
    read = composed()
    plan = parse(text_of(read.content))
    assert "| 1 | Rà soát hộ nghèo¹ trên địa bàn các xã của tỉnh |" in read.content
    assert f"¹ {NOTE[2:]}" in read.content
    assert [note.mark for note in plan.footnotes] == ["1"]
    ((*rows,),) = (found.rows for found in plan.tables)
    assert len(rows) == 2


def test_a_row_of_a_table_does_not_carry_a_note_on() -> None:
    plan = parse(text_of("| TT | Nhiệm vụ |\n| 1 | Rà soát¹ |\n¹ Kế hoạch của tỉnh về\n|  | hộ nghèo |\n"))
    assert [note.span for note in plan.footnotes] == [(35, 57)]


@pytest.mark.parametrize(("foot", "begins"), [(38.0, True), (36.0, False)])
def test_a_row_without_number_begins_where_a_cell_ended_before_its_row(foot: float, begins: bool) -> None:
    """A cell that a page's end cuts is filled to the end of its row; ``foot``: that of the longest cell, of words 12 high."""
    above = (line("1", 14), (*line("Rà soát", 14), *line("hộ nghèo.", foot)), line("Sở Nội vụ", 25))
    below = ((), line("Tổng hợp.", 14), line("Sở Tài chính", 14))
    rows = [Row(tuple(word for cell in cells for word in cell), cells=cells) for cells in (above, below)]
    found = with_whole_rows([CutPage((rows[0],)), CutPage((rows[1],), follows=True)])
    assert (len(found[1]) == 1) is begins


@pytest.mark.parametrize("second", ["Sở Tài chính", "tỉnh An Bình", ""])
def test_a_row_begins_as_sentences_do_and_in_two_columns(second: str) -> None:
    above = (line("1", 14), (*line("Rà soát", 14), *line("hộ nghèo.", 50)), line("Sở Nội vụ", 14))
    below = ((), line("Tổng hợp.", 14), line(second, 14))
    rows = [Row(tuple(word for cell in cells for word in cell), cells=cells) for cells in (above, below)]
    found = with_whole_rows([CutPage((rows[0],)), CutPage((rows[1],), follows=True)])
    assert (len(found[1]) == 1) is (second == "Sở Tài chính")
