"""Letters of a text layer into words by where they stand, whatever their order in the file."""

from __future__ import annotations

from collections import Counter

import pytest

from kehoach_parser.readers.compose import ReadPage, compose
from kehoach_parser.readers.layout import arrange
from kehoach_parser.readers.pdf_words import Letter, words_of
from kehoach_parser.readers.text_layer import is_good, is_split
from kehoach_parser.readers.words import Word

WIDTH, BLANK, HEIGHT = 6.0, 3.0, 12.0
VOWELS = frozenset("ẾẠếạựệầửểốộậồấứờưộả")


def line(text: str, *, blank: float = BLANK, real: bool = False, lent: float = 0.0) -> list[Letter]:
    """A line written as a program does that has two fonts: the letters of the first, then those that the second lends, ``lent`` points
    narrower than their places; PDFium makes blanks between what does not touch. ``real``: the file has the blanks of the line."""
    placed: list[Letter] = []
    at = 70.0
    for char in text:
        width = blank if char == " " else WIDTH
        narrower = lent if char in VOWELS else 0.0
        placed.append(Letter(char, (at, 100.0, at + width - narrower, 100.0 + HEIGHT), 109.0, at))
        at += width
    out: list[Letter] = []
    for lends in (False, True):
        for before, letter in zip([None, *placed], placed, strict=False):
            if letter.char == " ":
                if real and not lends:
                    out.append(letter)
            elif (letter.char in VOWELS) is lends:
                if out and (before is None or out[-1] is not before):
                    out.append(Letter(" ", (letter.box[0], 109.0, letter.box[0], 109.0), 109.0, letter.box[0], generated=True))
                out.append(letter)
    return out


def read(letters: list[Letter], before: list[Letter] | None = None) -> str:
    there = Counter((each.char, round(each.box[0]), round(each.box[1])) for each in (letters if before is None else before))
    return " ".join(word[0] for word in words_of(letters, there))


@pytest.mark.parametrize("real", [True, False], ids=["blanks in the file", "none"])
@pytest.mark.parametrize("text", ["KẾ HOẠCH", "thực hiện công tác bầu cử đại biểu Quốc hội", "số 46-CT/TW ngày 16/5/2025 của Bộ Chính trị"])
def test_boxes_that_touch_are_one_word(text: str, real: bool) -> None:
    assert read(line(text, real=real)) == text


def test_a_letter_narrower_than_its_place_is_of_the_word_that_needs_it() -> None:
    assert read(line("của đại biểu cử đoàn về địa bàn", lent=2.2)) == "của đại biểu cử đoàn về địa bàn"


@pytest.mark.parametrize(
    ("text", "lent", "said"),
    [
        ("công tác xã hội nước ta", 1.3, "công tác xã hội nước ta"),  # a letter of its word stands further away than the next word
        ("công tác xã hội nước ta", 1.6, "công tác xã hộ i nước ta"),
        ("CÔNG TÁC CỦA TỔI A", 1.1, "CÔNG TÁC CỦA TỔ I A"),  # may be a number
    ],
)
def test_a_letter_that_is_nothing_by_itself(text: str, lent: float, said: str) -> None:
    """``lent``: so many blanks of the line are free behind the only letter of its kind ("ộ", "Ổ") that the second font lends too narrow."""
    letters = line(text)
    at = next(place for place, letter in enumerate(letters) if letter.char in "ộỔ")
    left, top, right, bottom = letters[at].box
    letters[at] = letters[at]._replace(box=(left, top, right - lent * BLANK, bottom))
    assert read(letters) == said


def test_a_tight_line_keeps_its_blanks() -> None:
    assert read(line("tổ chức kế hoạch", blank=1.5)) == "tổ chức kế hoạch"


def test_a_blank_of_the_file_parts_words_however_narrow() -> None:
    assert read(line("thi hành", blank=0.5, real=True)) == "thi hành"


def test_what_a_widget_lays_beside_a_word_is_none_of_it() -> None:
    page = line("Số")
    mark = Letter("7", (page[-1].box[2], 100.0, page[-1].box[2] + 6, 112.0), 109.0, page[-1].box[2])
    assert read([*page, mark], page) == "Số 7"


def test_figures_of_another_height_are_raised_only_above_the_base_line() -> None:
    word = line("viên")
    right = word[-1].box[2]
    above = Letter("1", (right, 99.0, right + 3, 106.0), 105.0, right)
    beside = Letter("1", (right, 103.0, right + 3, 109.0), 109.0, right)
    assert (read([*word, above]), read([*word, beside])) == ("viên¹", "viên1")


def test_a_page_whose_letters_stand_apart_is_no_good_text() -> None:
    split = "T h ự c h i ệ n k ế h o ạ c h s ố 1 5 c ủ a Ủ y b a n n h â n d â n t ỉ n h v ề c ô n g t á c d â n v ậ n"
    assert is_split(split)
    assert not is_good(split, 0.0)
    assert not is_split("Thực hiện kế hoạch số 15 ở xã, a) về ý kiến của Ủy ban nhân dân tỉnh")


def words(text: str, left: float, top: float) -> list[Word]:
    out = []
    for word in text.split():
        out.append(Word(word, (left, top, left + 7.0 * len(word), top + HEIGHT)))
        left += 7.0 * len(word) + 4
    return out


def composed(*placed: tuple[str, float, float]) -> list[str]:
    page = ReadPage(595, 842, tuple(word for each in placed for word in words(*each)), "text-layer")
    return [line for line in compose([page]).content.splitlines() if line]


def test_a_title_set_around_a_text_box_is_put_together() -> None:
    head = (("UBND XÃ AN HẢI", 90, 60), ("KẾ", 520, 75), ("Số: 5/KH-UBND", 90, 100))
    lines = composed(*head, ("HOẠCH", 280, 200), ("Về chuyển đổi số", 240, 230))
    assert lines == ["UBND XÃ AN HẢI", "Số: 5/KH-UBND", "KẾ HOẠCH", "Về chuyển đổi số"]


def test_a_word_alone_is_no_half_of_a_title() -> None:
    assert composed(("KẾ", 520, 75), ("Số: 5/KH-UBND", 90, 100), ("QUYẾT ĐỊNH", 280, 200))[-1] == "QUYẾT ĐỊNH"


def test_a_sentence_that_goes_on_far_below_is_one() -> None:
    subject = [*words("Công tác bầu cử khóa XVI", 100, 100), *words("và Hội đồng nhân dân các cấp", 100, 128)]
    assert [row.blank for row in arrange(with_body(subject))][:3] == [False, False, True]


def test_a_sentence_that_begins_three_lines_below_is_another() -> None:
    apart = [*words("Công tác bầu cử khóa XVI", 100, 100), *words("và Hội đồng nhân dân các cấp", 100, 142)]
    assert [row.blank for row in arrange(with_body(apart))][:2] == [False, True]


def with_body(above: list[Word]) -> list[Word]:
    """Words with a paragraph below, whose lines are 14 points apart."""
    body = [word for at in range(5) for word in words("Dòng chữ của đoạn văn dài hơn", 100, 170 + 14 * at)]
    return [*above, *body]


def test_the_blank_of_a_line_is_none_of_the_gaps_between_cells() -> None:
    """A row of a table has wide gaps; its words keep their blanks, though PDFium lost the file's ("BộTài")."""
    cells = [replace_at(line("Bộ Tài"), 0), replace_at(line("Bộ Y"), 90), replace_at(line("Sở Tư"), 180)]
    assert read([letter for cell in cells for letter in cell]) == "Bộ Tài Bộ Y Sở Tư"


def replace_at(letters: list[Letter], by: float) -> list[Letter]:
    return [each._replace(box=(each.box[0] + by, each.box[1], each.box[2] + by, each.box[3]), start=each.start + by) for each in letters]


def test_a_title_at_the_left_margin_is_none_of_the_left_column() -> None:
    head = (("ỦY BAN NHÂN DÂN", 70, 60), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, 60), ("XÃ AN HẢI", 70, 74))
    rest = (("Độc lập - Tự do - Hạnh phúc", 290, 74), ("Số: 5/QĐ-UBND", 70, 88), ("An Hải, ngày 03 tháng 02 năm 2026", 290, 88))
    lines = composed(*head, *rest, ("QUYẾT ĐỊNH", 70, 103), ("Về chuyển đổi số của các cơ quan trong xã An Hải năm 2026", 70, 131))
    assert lines[3:7] == [head[1][0], rest[0][0], rest[2][0], "QUYẾT ĐỊNH"]


@pytest.mark.parametrize(
    ("size", "base", "left", "read_as"),
    [
        (6.0, 105.0, 103.0, "⁵"),  # a mark that begins a line of a cell
        (10.0, 105.0, 103.0, "5"),  # as large as the letters beside it
        (6.0, 109.0, 103.0, "5"),  # on their base line
        (6.0, 99.0, 103.0, "5"),  # on the line above
        (6.0, 105.0, 125.0, "5"),  # far from them
    ],
)
def test_a_small_figure_above_the_base_line_of_its_neighbour_is_raised(size: float, base: float, left: float, read_as: str) -> None:
    words = [Letter(char, (70.0 + 6 * at, 100.0, 76.0 + 6 * at, 112.0), 109.0, 70.0 + 6 * at) for at, char in enumerate("nghèo")]
    figure = Letter("5", (left, base - size, left + 3, base), base, left)
    blank = Letter(" ", (left, base, left, base), base, left, generated=True)
    assert read_as in read([*words, blank, figure]).split()
