"""When two texts are readings of one paper, and where a place is found again: both sides of each number; no archive is opened."""

from __future__ import annotations

import random

import pytest

from archive.amend.anchors import chosen, located, quoted
from archive.common.sameness import Head, heads_agree, likeness, most_alike, opening_letters

LETTERS = random.Random(5).choices("abcdeghiklmnopqrstuvxy", k=10_000)


def read(letters: int, wrong_from: int, *, wrong: int = 10**6, blanks: int = 0) -> str:
    """A text of so many letters, those from one on replaced by figures (``wrong`` of them), with blanks behind each."""
    end = min(letters, wrong_from + wrong)
    return "".join(f"{'9' if wrong_from <= at < end else LETTERS[at]}{' ' * blanks}" for at in range(letters))


def alike(one: str, other: str) -> bool:
    return likeness(opening_letters(one), opening_letters(other)) > 0


@pytest.mark.parametrize(("letters", "wrong", "same"), [(1_000, 100, True), (1_000, 200, False), (300, 0, True), (150, 0, False)])
def test_readings_of_one_paper_agree_in_six_letters_of_seven(letters: int, wrong: int, same: bool) -> None:
    """And a page of a few lines is no evidence: letters of one office differ by a date."""
    assert alike(read(letters, letters), read(letters, letters - wrong)) is same


@pytest.mark.parametrize(
    ("wrong_from", "blanks", "same"),
    [
        (4_000, 0, True),  # what stands on the third page and behind does not count
        (2_000, 0, False),  # two pages do
        (2_000, 3, True),  # a page of dotted lines and empty cells has fewer letters
        (2_500, 1, False),
    ],
)
def test_the_first_two_pages_are_compared(wrong_from: int, blanks: int, same: bool) -> None:
    assert alike(read(9_000, 9_000, blanks=blanks), read(9_000, wrong_from, blanks=blanks)) is same


@pytest.mark.parametrize(("typed", "offered"), [("so nooi vu", True), ("so noi chinh tri", False)])
def test_a_name_is_offered_that_was_mistyped_and_none_that_begins_so(typed: str, offered: bool) -> None:
    assert most_alike(typed, [["so noi vu"]], 5) == ([0] if offered else [])


@pytest.mark.parametrize(("date", "same"), [("2026-02-03", True), ("2026-02", None)])
def test_a_head_is_whole_that_tells_the_day(date: str, same: bool | None) -> None:
    head = Head("ke hoach", "12", "kh-ubnd", date, "ủy ban nhân dân @ kiến an", None, clean=True)
    assert heads_agree(head, head) is same


TASK = "giao Sở Y tế"


def found(before: str, text: str) -> int | None:
    """Where "Sở Y tế" of an earlier text is found in this one."""
    at = before.index("Sở Y tế")
    places = located(text, quoted(before, (at, at + 7)))
    return places[0][0] if places else None


@pytest.mark.parametrize("far", [25, 45])
def test_a_place_is_told_by_the_four_words_around_it(far: int) -> None:
    """A word as far away as 25 letters tells the one of two places; one that is further away tells nothing: the nearer place is it."""
    line = "{} " + "x" * (far - 6) + " giao Sở Y tế lo việc này cho xong trong quý một\n"
    old = "\n" + line.format("Điều 1")
    text = "\n" + line.format("Mục B") + line.format("Điều 1")
    wanted = text.rindex("Sở") if far < 32 else text.index("Sở")
    assert found(old, text) == wanted


@pytest.mark.parametrize(
    ("words", "there"), [("tổ chức tiêm chủng cho trẻ em trên địa bàn phường", True), ("tổ chức tiêm chủng cho trẻ em", False)]
)
def test_a_line_of_words_tells_its_place_alone_and_a_few_words_do_not(words: str, there: bool) -> None:
    anchor = quoted(f"Trước hết là 12 xã. {words}. Xong.", (20, 20 + len(words)))
    assert bool(located(f"Chỗ hoàn toàn khác: {words}, chữ ngoài.", anchor)) is there


@pytest.mark.parametrize(("before", "there"), [("báo cáo Ủy ban nhân dân tỉnh; ", True), ("phần hai: kế hoạch năm 2030 - ", False)])
def test_a_few_words_are_found_where_most_of_what_stands_around_is_the_same(before: str, there: bool) -> None:
    old = "báo cáo Ủy ban nhân dân thành phố; Sở Y tế họp mỗi quý một lần"
    assert (found(old, f"{before}Sở Y tế họp từng tháng") is not None) is there


PARAGRAPH = "Giao Sở Y tế chủ trì " + " ".join(f"việc {number}" for number in range(60))


def test_of_a_long_paragraph_the_first_240_letters_are_quoted() -> None:
    """Its end may be corrected; of two that begin alike it is the one that goes on alike."""
    anchor = quoted(PARAGRAPH, (0, 400))
    assert located(PARAGRAPH[:300] + "chữ khác", anchor)[0][0] == 0
    other = f"{PARAGRAPH[:180]}, việc khác\n"
    assert located(other + PARAGRAPH, anchor)[0][0] == len(other)


@pytest.mark.parametrize(("print_", "same"), [("Hucmg dẫn số 07 cta Ban", True), ("Hop bàn về 07 đt án nhà", False)])
def test_another_reading_of_a_print_agrees_in_seven_letters_of_ten(print_: str, same: bool) -> None:
    old = "Thực hiện Hướng dẫn số 07 của Ban; căn cứ Luật Việc làm ngày nay"
    at = old.index("Hướng")
    anchor = quoted(old, (at, old.index(";")))
    text = old.replace("Hướng dẫn số 07 của Ban", print_)
    assert (chosen(text, anchor, [(at, text.index(";"))]) == 0) is same


@pytest.mark.parametrize(("reach", "same"), [(12, True), (20, False)])
def test_two_spans_are_of_one_thing_that_have_half_in_common(reach: int, same: bool) -> None:
    text = "Nay giao Sở Y tế chủ trì việc này, các xã phối hợp"
    anchor = quoted(text, (9, 16))
    assert (chosen(text, anchor, [(9, 9 + reach)]) == 0) is same
