"""Where letters of a text layer have to stand to be one word: a case on either side of each distance, on a line 12 points high."""

from __future__ import annotations

import pytest
from test_pdf_words import BLANK, HEIGHT, line, read, replace_at

from kehoach_parser.readers.pdf_words import Letter

MADE = Letter(" ", (0.0, 109.0, 0.0, 109.0), 109.0, 0.0, generated=True)


def moved(letters: list[Letter], *, right: float = 0.0, down: float = 0.0) -> list[Letter]:
    return [
        each._replace(box=(each.box[0] + right, each.box[1] + down, each.box[2] + right, each.box[3] + down), base=each.base + down,
                start=each.start + right)
        for each in letters
    ]  # fmt: skip


def behind(word: list[Letter], text: str, by: float = 0.0, down: float = 0.0) -> list[Letter]:
    """Letters that begin where a word ends, or so much further right and down."""
    return moved(line(text), right=word[-1].box[2] - 70.0 + by, down=down)


def test_a_comma_of_the_next_line_is_none_of_the_word_above() -> None:
    """Lines of a text box 10 points apart; the lower one begins where the upper one ends."""
    word = line("Số")
    assert read([*word, *behind(word, "15", down=10.0)]) == "Số 15"


def test_a_letter_may_reach_under_the_one_before() -> None:
    word = line("Qũy")
    assert read([word[0], *moved(word[1:], right=-5.0)]) == "Qũy"


def test_a_word_printed_twice_is_bold_and_no_longer_word() -> None:
    word = line("KÉ")
    assert read([*word, *moved(word, right=0.3)]) == "KÉ KÉ"


@pytest.mark.parametrize("text", ["tổ sinh", "tổng"])
def test_letters_of_a_title_may_be_set_apart_by_a_tenth_of_their_height(text: str) -> None:
    letters = line(text)
    assert read([*(one for at, each in enumerate(letters) for one in moved([each], right=1.2 * at))]) == text


def test_a_letter_of_a_second_font_may_be_wider_than_its_place() -> None:
    assert read(line("kết cấu nhất", lent=-2.2)) == "kết cấu nhất"


def test_what_lies_half_upon_a_letter_is_another_print() -> None:
    word = line("Mai")
    assert read([*word, MADE, *behind(word, "x", by=-4.5)]) == "Mai x"


@pytest.mark.parametrize("blank", [BLANK, 12.0])
@pytest.mark.parametrize("text", ["kết cấu thống nhất", "HẠN KẾT MẠNG LẠI"])
def test_gaps_behind_narrow_letters_are_no_blanks(text: str, blank: float) -> None:
    """There are more of them than blanks, which are as wide as the letters are high where the line is set to its margins."""
    assert read(line(text, lent=1.3, blank=blank)) == text


def test_gaps_between_columns_are_no_blanks_of_the_line() -> None:
    cells = [replace_at(line("Bộ Tài"), 0), replace_at(line("Y"), 63), replace_at(line("Sở"), 99)]
    assert read([letter for cell in cells for letter in cell]) == "Bộ Tài Y Sở"


def test_boxes_touch_that_leave_a_twentieth_of_their_height() -> None:
    assert read(line("Kết", lent=0.7)) == "Kết"


def test_a_sign_is_of_the_word_that_it_all_but_touches() -> None:
    """ "i:" is no part of a syllable, so that only the distance tells."""
    assert read(line("Kính gửi: Chi cục", lent=0.8)) == "Kính gửi: Chi cục"


def test_a_blank_may_be_narrower_than_the_others_of_its_line() -> None:
    letters = line("Sở Tư pháp và Sở Y tế")
    assert read([*letters[:-2], *moved(letters[-2:], right=-1.1)]) == "Sở Tư pháp và Sở Y tế"


def test_capitals_are_of_the_syllable_that_is_none_without_them() -> None:
    assert read(line("ĐẠI HỌC CỦA XÃ", lent=2.2)) == "ĐẠI HỌC CỦA XÃ"


def test_a_blank_of_another_font_stands_a_little_lower() -> None:
    letters = line("thi hành", blank=0.5, real=True)
    assert read([one for each in letters for one in (moved([each], down=2.5) if each.char == " " else [each])]) == "thi hành"


@pytest.mark.parametrize(("down", "said"), [(0.7, "Hàng tháng"), (1.5, "Hàng thng á")])
def test_letters_of_a_second_font_stand_on_the_line_of_the_first(down: float, said: str) -> None:
    """Half a point lower is the other font; a point and more is another line, whose words come after it."""
    letters = line("Hàng tháng")
    at = next(place for place, each in enumerate(letters) if each.char == "á")
    assert read([*letters[:at], MADE, *letters[at + 1 :], MADE, *moved([letters[at]], down=down)]).replace("th ng", "thng") == said


@pytest.mark.parametrize(
    ("height", "up", "said"),
    [
        (7.0, 2.0, "viên⁷"),
        (7.0, 0.8, "viên7"),  # a smaller figure on the line
        (HEIGHT, 2.0, "viên7"),  # a line that is set unevenly
    ],
)
def test_a_figure_is_a_mark_that_is_smaller_and_stands_higher(height: float, up: float, said: str) -> None:
    word = line("viên")
    right = word[-1].box[2]
    assert read([*word, Letter("7", (right, 112.0 - up - height, right + 4, 112.0 - up), 109.0 - up, right)]) == said
