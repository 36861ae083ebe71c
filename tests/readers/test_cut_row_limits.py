"""Rows of a table that a page end cuts, and words that a cell is too narrow for: a case on either side of each number."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kehoach_parser.readers.cell_lines import one_line
from kehoach_parser.readers.cut_rows import CutPage, with_whole_rows
from kehoach_parser.readers.layout import Row
from kehoach_parser.readers.words import Word


def cell(text: str, left: float, top: float = 0.0) -> tuple[Word, ...]:
    """The words of a line of a cell, each six points a letter."""
    words = []
    for each in text.split():
        words.append(Word(each, (left, top, left + 6.0 * len(each), top + 12.0)))
        left += 6.0 * (len(each) + 1)
    return tuple(words)


def row(*texts: str) -> Row:
    cells = tuple(cell(text, 70.0 + 150 * at) for at, text in enumerate(texts))
    return Row(tuple(word for each in cells for word in each), cells=cells)


def read(above: Sequence[Row], below: Sequence[Row]) -> list[str]:
    """The rows of a table on two pages, the second page's behind those of the first."""
    return [each.text for page in with_whole_rows([CutPage(tuple(above)), CutPage(tuple(below), follows=True)]) for each in page]


@pytest.mark.parametrize(
    ("groups", "whole"),
    [
        (1, True),  # a group's name in eleven rows
        (2, False),  # in twelve: rows need no number, and this one begins anew
    ],
)
def test_rows_have_numbers_where_nine_in_ten_have(groups: int, whole: bool) -> None:
    above = [*(row("", f"Nhóm {number}") for number in range(groups)), *(row(str(number), "Họp Ban") for number in range(10))]
    found = read(above, [row("", "Nội dung"), row("11", "Họp Ban")])
    assert ("9 Họp Ban Nội dung" in found) is whole


@pytest.mark.parametrize(("rows", "whole"), [(3, True), (2, False)])
def test_a_column_is_filled_in_all_rows_if_these_are_three(rows: int, whole: bool) -> None:
    """The lines do not say where a row ends, and each piece begins with a capital."""
    above = [row(f"Sở thứ {number}", "Tháng 5", "Báo cáo") for number in range(rows)]
    found = read(above, [row("Nội dung", "", "Kết quả")])
    assert (found[-1] == f"Sở thứ {rows - 1} Nội dung Tháng 5 Báo cáo Kết quả") is whole


@pytest.mark.parametrize(("left", "glued"), [(5.0, True), (10.0, False)])
def test_a_word_goes_on_where_no_letter_more_had_room(left: float, glued: bool) -> None:
    """``left``: points that are free at the right of "123/2025/N"; a letter has six."""
    lines = [cell("123/2025/N", 2.0), cell("Đ-CP", 2.0, 14.0)]
    (first, second) = one_line(lines, (0.0, 0.0, 64.0 + left, 28.0))
    assert second.glued is glued
    assert not first.glued


@pytest.mark.parametrize(("below", "whole"), [(7.0, True), (4.0, False)])
def test_a_word_stands_alone_on_its_line_if_the_one_before_ends_above_its_middle(below: float, whole: bool) -> None:
    """What a page end cuts: "57-NQ/T" fills its line, "W" is on the next page. ``below``: how much further down than "số 57" it stands."""
    before, last = cell("số 57", 70.0), Word("57-NQ/T", (70.0, below, 112.0, below + 12.0))
    one = Row((*before, last), cells=((*before, last), cell("Họp", 220.0)))
    rest = row("W", "nghe")
    joined = with_whole_rows([CutPage((one,), torn=True), CutPage((rest,), follows=True, torn=True)])[0][0]
    assert any(word.glued for word in joined.words) is whole
