"""Distances and shares by which lines of a page are told apart: a case on either side of each."""

from __future__ import annotations

import pytest
from test_page_layout import BODY, LETTER, SIZE, STEP, column, line, page

from kehoach_parser.readers.compose import ReadPage, compose
from kehoach_parser.readers.words import Word


def read(words: list[Word], certainty: float = 0.95) -> ReadPage:
    """A page of a scan: these words, below print that was read so surely."""
    body = [word for number, text in enumerate(BODY) for word in line(text, 70, 60 + STEP * number, certainty)]
    return page([*body, *words], origin="ocr")


@pytest.mark.parametrize(
    ("line_certainty", "page_certainty", "unsure"),
    [
        (0.5, 0.95, True),
        (0.7, 0.95, False),  # poor print
        (0.4, 0.65, False),  # the whole page is poor
    ],
)
def test_a_line_is_no_print_that_is_much_less_sure_than_its_page(line_certainty: float, page_certainty: float, unsure: bool) -> None:
    composed = compose([read(line("chu ky nhay", 300, 260, line_certainty), page_certainty)])
    assert [composed.content[slice(*span)] for span in composed.unsure] == (["chu ky nhay"] if unsure else [])


@pytest.mark.parametrize(
    ("text", "indent", "furniture"),
    [
        ("SởYtế", 3 * SIZE, False),  # the first line of a paragraph
        ("SởYtế", 6 * SIZE, True),  # a stamp
        ("Sở Y", 0.0, True),  # three letters at the margin are a scrawl
        ("SởYt", 0.0, False),
    ],
)
def test_an_unsure_line_is_text_where_paragraphs_begin(text: str, indent: float, furniture: bool) -> None:
    composed = compose([read(line(text, 70 + indent, 260, 0.3))])
    assert [composed.content[slice(*span)] for span in composed.furniture] == ([text] if furniture else [])


@pytest.mark.parametrize(("room", "ends"), [(3.5, False), (7.0, True)])
def test_a_line_was_full_where_the_next_word_and_a_blank_had_no_room(room: float, ends: bool) -> None:
    """``room``: points that are left beside the word "Hội"."""
    right = 70 + LETTER * len(BODY[0])
    text = "Các cơ quan báo cáo kết quả về Ủy ban nhân dân tỉnh trước khi trình"
    left = right - 3 * LETTER - room - LETTER * len(text)
    first = [*column(BODY, left, 60 - STEP * len(BODY)), *line(text, left, 60)]
    composed = compose([page([*first, *line("Hội đồng thi đua xem xét", left, 60 + STEP), *column(BODY, 70, 60 + 2 * STEP)])])
    assert (composed.content.index("Hội đồng") in composed.paragraphs) is ends


@pytest.mark.parametrize(("top", "furniture"), [(60, True), (130, False)])
def test_furniture_stands_in_the_uppermost_tenth(top: float, furniture: bool) -> None:
    """A number alone below it is one that a form asks for."""
    composed = compose([page([*line("12", 290, top), *column(BODY, 70, 300)])])
    assert bool(composed.furniture) is furniture


def test_a_line_on_two_pages_is_text() -> None:
    """A decision and its annex both begin with the organ; a third time it is the head of the pages."""
    pages = [page([*line("ỦY BAN NHÂN DÂN XÃ AN HẢI", 70, 38), *column(BODY, 70, 200)]) for _ in range(3)]
    assert not compose(pages[:2]).furniture
    assert len(compose(pages).furniture) == 3


@pytest.mark.parametrize(("rows", "whole"), [(9, True), (18, False)])
def test_the_words_of_a_type_belong_together_within_a_head(rows: int, whole: bool) -> None:
    """Further down "HOẠCH" is the end of a heading."""
    between = column([f"Cơ quan chủ quản thứ {number}" for number in range(rows)], 70, 60)
    composed = compose([page([*line("KẾ", 520, 44), *between, *line("HOẠCH", 280, 60 + STEP * (rows + 1)), *column(BODY, 70, 420)])])
    assert ("KẾ HOẠCH" in composed.content.split("\n")) is whole


@pytest.mark.parametrize(
    ("spaces", "apart"),
    [
        ("8888", True),
        ("888", False),  # three ends may be chance
        ("88088080", False),  # five of eight: a blank line here and there
    ],
)
def test_paragraphs_stand_apart_where_nearly_all_of_four_and_more_do(spaces: str, apart: bool) -> None:
    """Items of two lines, with so many points between them; where these tell paragraphs, the second line carries on."""
    words, top = [], 60.0
    for space in (*spaces, "0"):
        words += column([f"- Sở {'Văn hóa, Thể thao và ' * 3}Du lịch và các cơ;", "Báo và Phát thanh."], 70, top)
        top += 2 * STEP + float(space)
    assert bool(compose([page(words)]).carried) is apart


def test_places_of_words_are_shares_of_the_page() -> None:
    """A stamp that reaches over the edge ends there; of a page without a size nothing is known."""
    words = [Word("Mật", (297.5, -10.0, 620.0, 421.0))]
    ((whole,), (none,)) = (compose([ReadPage(*size, tuple(words), "text-layer")]).layout[0].words for size in ((595.0, 842.0), (0.0, 0.0)))
    assert (whole.box, none.box) == ((0.5, 0.0, 1.0, 0.5), (0.0, 0.0, 0.0, 0.0))
