"""Words by their places into lines and columns, lines into a text: made-up pages, no file."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kehoach_parser.readers.compose import ReadPage, compose
from kehoach_parser.readers.layout import arrange
from kehoach_parser.readers.page_tables import PageTables
from kehoach_parser.readers.words import Rect, Word

SIZE, STEP, LETTER = 12.0, 16.0, 6.0
WIDTH, HEIGHT = 595.0, 842.0


def line(text: str, left: float, top: float, certainty: float | None = None) -> list[Word]:
    """A line of a font in which all letters are as wide."""
    words = []
    for word in text.split():
        words.append(Word(word, (left, top, left + LETTER * len(word), top + SIZE), None, certainty))
        left += LETTER * (len(word) + 1)
    return words


def column(texts: Iterable[str], left: float, top: float) -> list[Word]:
    return [word for number, text in enumerate(texts) for word in line(text, left, top + STEP * number)]


def page(words: Iterable[Word], cells: tuple[tuple[Rect | None, ...], ...] = (), origin: str = "text-layer") -> ReadPage:
    return ReadPage(WIDTH, HEIGHT, tuple(words), origin, tables=PageTables(cells))


def said(words: Iterable[Word]) -> list[str]:
    return [row.text for row in arrange(tuple(words))]


BODY = [f"Các cơ quan, đơn vị, địa phương tổ chức thực hiện nhiệm vụ thứ {number} trong" for number in range(8)]


def test_the_head_is_two_columns_however_near_they_stand() -> None:
    left = column(["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "Số: 7/KH-UBND"], 70, 60)
    right = column(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lâm Đồng, ngày 3 tháng 2 năm 2026"], 170, 60)
    assert said([*right, *left, *column(BODY, 70, 140)]) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LÂM ĐỒNG",
        "Số: 7/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lâm Đồng, ngày 3 tháng 2 năm 2026",
        *BODY,
    ]


def test_the_columns_of_a_head_may_all_but_touch() -> None:
    left, right = ["ỦY BAN NHÂN DÂN", "TỈNH BÀ RỊA NAM."], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert said([*column(right, 167, 60), *column(left, 70, 60), *column(BODY, 70, 140)])[:3] == [*left, *right]


def test_the_lines_of_the_columns_of_a_head_need_not_meet() -> None:
    left = ["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "Số: 7/KH-UBND"]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lâm Đồng, ngày 3 tháng 2 năm 2026"]
    assert said([*column(left, 70, 60), *column(right, 250, 68), *column(BODY, 70, 160)])[:6] == [*left, *right]


def test_room_for_a_signature_parts_no_columns_but_half_a_page_does() -> None:
    upper, lower = column(["Nơi nhận:", "- Như trên;"], 70, 240), column(["- Lưu: VT."], 70, 256 + 3 * STEP)
    signature = [*column(["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], 350, 240), *line("Nguyễn Văn Nam", 350, 256 + 3 * STEP)]
    order = ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Nam"]
    assert said([*column(BODY, 70, 60), *upper, *lower, *signature])[-6:] == order
    far = [*column(["một", "hai"], 70, 256 + 6 * STEP), *column(["ba", "bốn"], 350, 256 + 6 * STEP)]
    assert said([*column(BODY, 70, 60), *upper, *signature[:7], *far])[-8:] == [*order[:2], *order[3:5], "một", "hai", "ba", "bốn"]


@pytest.mark.parametrize(("lines", "together"), [(3, True), (4, False)])
def test_columns_run_on_past_three_lines_of_one_side(lines: int, together: bool) -> None:
    upper, above = ["Nơi nhận:", "- Như trên;"], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    posts = ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "THƯỜNG TRỰC", "PHỤ TRÁCH"][:lines]
    foot = 240 + (2 + lines) * STEP
    last = [*line("- Lưu: VT.", 70, foot), *line("Nguyễn Văn Nam", 350, foot)]
    read = said([*column(BODY, 70, 60), *column(upper, 70, 240), *column([*above, *posts], 350, 240), *last])[len(BODY) :]
    apart = [*upper, *above, *posts, "- Lưu: VT. Nguyễn Văn Nam"]
    assert read == ([*upper, "- Lưu: VT.", *above, *posts, "Nguyễn Văn Nam"] if together else apart)


def test_the_lines_of_a_short_head_need_not_meet() -> None:
    left, right = ["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert said([*column(left, 70, 60), *column(right, 250, 68), *column(BODY, 70, 160)])[:4] == [*left, *right]


def test_a_line_right_below_the_columns_is_none_of_them() -> None:
    left, right = ["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    words = [*column(left, 70, 60), *column(right, 250, 60), *line("Kính gửi: Sở Y tế", 300, 92), *line("Theo đề nghị", 70, 108)]
    assert said([*words, *column(BODY, 70, 124)])[:6] == [*left, *right, "Kính gửi: Sở Y tế", "Theo đề nghị"]


@pytest.mark.parametrize(("full", "blank"), [(4, True), (5, False)])
def test_the_usual_distance_is_that_below_full_lines_if_there_are_four(full: int, blank: bool) -> None:
    """Wide lines of a paragraph below a list that is set close: three distances say too little."""
    words = column([f"- Mục {number}" for number in range(9)], 70, 60)
    for number in range(full):
        words += line(BODY[number], 70, 60 + 9 * STEP + 24 * number)
    assert [row.blank for row in arrange(tuple(words))][-full + 1 :] == [blank] * (full - 1)


@pytest.mark.parametrize(("distance", "columns"), [(40, True), (100, False)])
def test_what_is_far_apart_on_a_page_of_two_lines(distance: float, columns: bool) -> None:
    """Where no two lines stand near, the usual distance follows from the height of the letters."""
    words = [*line("một", 70, 60), *line("ba", 350, 60), *line("hai", 70, 60 + distance), *line("bốn", 350, 60 + distance)]
    assert said(words) == (["một", "hai", "ba", "bốn"] if columns else ["một ba", "hai bốn"])


@pytest.mark.parametrize(("distance", "blank"), [(24, False), (40, True)])
def test_lines_twice_their_height_apart_are_a_paragraph_and_three_times_are_none(distance: float, blank: bool) -> None:
    words = [word for number, text in enumerate(BODY[:4]) for word in line(text, 70, 60 + distance * number)]
    assert [row.blank for row in arrange(tuple(words))] == [False, *[blank] * 3]


@pytest.mark.parametrize(("distance", "apart"), [(2.0, False), (3.5, True)])
def test_a_sentence_goes_on_where_lines_stand_wide_and_not_below_the_room_of_two_lines(distance: float, apart: bool) -> None:
    """What begins with a small letter further down is another piece of the page: a caption, a note by hand."""
    rows = arrange((*column(BODY, 70, 60), *line("năm học theo hướng dẫn của Sở", 70, 60 + STEP * (7 + distance))))
    assert rows[-1].blank is apart


def test_lines_of_two_columns_that_do_not_meet_tell_no_distance() -> None:
    left = [*column(["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "Số: 7/KH-UBND"], 70, 60), *column(BODY[:3], 70, 140)]
    right = column(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lâm Đồng, ngày 3 tháng 2 năm 2026"], 250, 68)
    assert [row.blank for row in arrange((*left, *right))][-2:] == [False, False]


@pytest.mark.parametrize(("lower", "rows"), [(1.8, 1), (3.6, 2)])
def test_a_word_over_another_is_another_line_if_their_feet_differ(lower: float, rows: int) -> None:
    assert len(said([*line("dòng", 70, 60), *line("dưới", 76, 60 + lower), *column(BODY, 70, 84)])) == rows + len(BODY)


def test_wide_blanks_of_justified_lines_make_no_columns() -> None:
    """One and a sixth of the height of the letters, in three lines at one place."""
    left, right = (
        ["Sở Nội vụ chủ trì", "Sở Tư pháp và các", "Công an tỉnh, các"],
        ["phối hợp các sở", "đơn vị liên quan", "huyện thực hiện"],
    )
    words = [*column(left, 70, 60), *column(right, 70 + 17 * LETTER + 14, 60)]
    assert said([*words, *column(BODY, 70, 60 + 3 * STEP)])[:3] == [f"{one} {two}" for one, two in zip(left, right, strict=True)]


def test_words_at_two_thirds_of_a_line_below_are_another_line() -> None:
    assert said([*line("dòng một", 70, 60), *line("dòng hai", 130, 68), *column(BODY, 70, 84)])[:2] == ["dòng một", "dòng hai"]


def test_recipients_before_the_signature() -> None:
    left = column(["Nơi nhận:", "- Như trên;", "- Lưu: VT."], 70, 300)
    right = column(["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Nam"], 350, 303)
    assert said([*column(BODY, 70, 60), *left, *right])[-6:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn Nam",
    ]


def test_one_wide_blank_makes_no_columns() -> None:
    wide = [*line("Thời gian:", 70, 60), *line("tháng 6 năm 2026", 300, 60)]
    assert said([*wide, *column(BODY, 70, 76)])[0] == "Thời gian: tháng 6 năm 2026"


def test_a_mark_above_the_line_stands_in_it() -> None:
    mark = Word("¹", (204.0, 61.0, 207.0, 68.0))
    assert said([*line("Nghị quyết số 18-NQ/TW", 70, 60), mark, *column(BODY, 70, 76)])[0] == "Nghị quyết số 18-NQ/TW ¹"


def test_space_ends_a_paragraph() -> None:
    """As in a Word file there is no blank line for it; on a page that OCR read, where less is known of lines, there is."""
    words = [*column(BODY[:6], 70, 60), *column(BODY[6:], 70, 60 + 6 * STEP + 9)]
    composed = compose([page(words)])
    assert composed.content.split("\n")[5:7] == BODY[5:7]
    assert composed.paragraphs == {composed.content.index(BODY[6])}
    assert compose([page(words, origin="ocr")]).content.split("\n")[5:8] == [BODY[5], "", BODY[6]]


@pytest.mark.parametrize(("space", "carried"), [(8.0, True), (0.0, False)])
def test_lines_carry_on_where_paragraphs_stand_apart(space: float, carried: bool) -> None:
    """Items of two lines: the second begins with a capital behind a full line that ends in a stop."""
    words = []
    for number in range(5):
        top = 60 + number * (2 * STEP + space)
        words += column([f"- Sở {'Văn hóa, Thể thao và ' * 3}Du lịch và các cơ;", "Báo và Phát thanh."], 70, top)
    composed = compose([page(words)])
    seconds = {at for at in range(len(composed.content)) if composed.content.startswith("Báo", at)}
    assert composed.carried == (seconds if carried else set())


def test_cells_are_read_one_by_one_and_bars_in_them_are_no_borders() -> None:
    cells = (((60.0, 200.0, 150.0, 240.0), (150.0, 200.0, 400.0, 240.0)), ((60.0, 240.0, 150.0, 260.0), None))
    words = [*column(["Sở Nội", "vụ | cũ"], 70, 204), *column(["Tập huấn cho", "công chức"], 160, 204), *line("x", 70, 244)]
    composed = compose([page([*column(BODY, 70, 40), *words], cells)])
    assert composed.content.split("\n")[-3:-1] == ["| Sở Nội vụ ¦ cũ | Tập huấn cho công chức |", "| x |  |"]


def test_what_comes_back_on_every_page_belongs_to_the_page() -> None:
    pages = [
        page([*line(f"- {number} -", 290, 20), *line("TÀI LIỆU LƯU HÀNH NỘI BỘ", 70, 38), *column(BODY, 70, 200)]) for number in (1, 2, 3)
    ]
    composed = compose(pages)
    assert [composed.content[slice(*span)] for span in composed.furniture] == [
        text for number in (1, 2, 3) for text in (f"- {number} -", "TÀI LIỆU LƯU HÀNH NỘI BỘ")
    ]
    assert [composed.content[start:].split("\n")[0] for start in composed.pages] == ["- 1 -", "- 2 -", "- 3 -"]
    assert not any(composed.content[slice(*span)] in BODY for span in composed.furniture)


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    assert compose([page([*column(BODY, 70, 60), *line("12", 70, 400), *column(BODY, 70, 416)])]).furniture == ()


def test_scrawl_is_told_and_print_with_a_blot_stays() -> None:
    body = [word for number, text in enumerate(BODY) for word in line(text, 70, 60 + STEP * number, 0.95)]
    scrawl = line("Ÿ-h ,lơ", 300, 260, 0.1)
    faint = line("1.SởYtế", 70, 340, 0.4)
    blot = [*line("đính kèm)", 70, 292, 0.95), *line(". ,ự x", 200, 292, 0.1)]
    composed = compose([page([*body, *scrawl, *blot, *faint], origin="ocr")])
    assert [composed.content[slice(*span)] for span in composed.unsure] == ["Ÿ-h ,lơ", "1.SởYtế"]
    assert [composed.content[slice(*span)] for span in composed.furniture] == ["Ÿ-h ,lơ"]


@pytest.mark.parametrize(
    ("left", "text", "ends"),
    [
        (70, "8. Tổ chức hội nghị", True),  # the next word would have had room
        (70, BODY[0], False),  # the line is full
        (70 + 20 * LETTER, " ".join(["TUYÊN"] * 5), False),  # a title in the middle says nothing
    ],
)
def test_a_short_line_ends_a_paragraph(left: float, text: str, ends: bool) -> None:
    words = [*column(BODY, 70, 60), *line(text, left, 60 + 8 * STEP), *line("- Hội thảo", 70, 60 + 9 * STEP)]
    composed = compose([page(words)])
    assert (composed.content.index("- Hội thảo") in composed.paragraphs) is ends
