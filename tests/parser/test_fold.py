"""Letters as regular expressions see them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_parser.text.document import read_document
from kehoach_parser.text.fold import CAPITALS, SMALL, compose, fold, fold_but_case, is_damaged, skeleton
from kehoach_parser.text.quality import letter_kinds


def test_the_class_of_capitals_holds_no_small_letter() -> None:
    capital = re.compile(f"[{CAPITALS}]+")
    assert capital.fullmatch("ĂÂĐÊÔƠƯÀẢÃÁẠẰẲẴẮẶỪỬỮỨỰỲỶỸÝỴ")
    assert not capital.search("ăâđêôơưàảãáạằẳẵắặừửữứựỳỷỹýỵ")


def test_the_class_of_small_letters_holds_no_capital() -> None:
    small = re.compile(f"[{SMALL}]+")
    assert small.fullmatch("ăâđêôơưàảãáạằẳẵắặừửữứựỳỷỹýỵ")
    assert not small.search("ĂÂĐÊÔƠƯÀẢÃÁẠẰẲẴẮẶỪỬỮỨỰỲỶỸÝỴ")


@pytest.mark.parametrize(
    ("char", "folded", "cased"),
    [
        ("Đ", "d", "D"),
        ("Ð", "d", "D"),
        ("đ", "d", "d"),
        ("ð", "d", "d"),
        ("Ữ", "u", "U"),
        ("ữ", "u", "u"),
        ("İ", "i", "I"),
        ("№", "№", "№"),
        ("한", "한", "한"),
    ],
)
def test_a_letter_is_folded_to_one_letter(char: str, folded: str, cased: str) -> None:
    assert (fold(char), fold_but_case(char)) == (folded, cased)


@pytest.mark.parametrize("marks", [1, 2, 30, 31, 200])
def test_composed_letters_lead_back_to_where_they_were_printed(marks: int) -> None:
    printed = "Số a" + "\u0301" * marks + " 12"
    composed, origin = compose(printed)
    assert composed.startswith("Số á")
    assert [printed[origin[at]] for at in range(len("Số á"))] == [*"Số a"]
    assert printed[origin[composed.index(" 12")] :] == " 12"
    assert (len(origin), origin[len(composed)]) == (len(composed) + 1, len(printed))


def test_a_text_without_combining_marks_stays() -> None:
    composed, origin = compose("Số 12")
    assert (composed, list(origin)) == ("Số 12", [0, 1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("same", "key"),
    [
        (("phường", "phwong", "phudng"), "ph*ng"),
        (("Đảng", "PANG", "Dang", "bang"), "p*ng"),
        (("lần", "1an", "|an", "!an"), "l*n"),
        (("ghe", "ge"), "g*"),
        (("nghị", "ngị"), "ng*"),
        (("nghiêng",), "ng*ng"),
        (("ươm",), "*m"),
        (("",), "*"),
    ],
)
def test_damage_leaves_the_consonants_around_the_vowels(same: tuple[str, ...], key: str) -> None:
    assert {skeleton(syllable) for syllable in same} == {key}


def test_a_name_is_damaged_where_no_letter_bears_a_mark_of_vietnamese_alone() -> None:
    assert [is_damaged(name) for name in ("Uy ban", "Ủy ban", "ĐẢNG", "é è", "ha noi", "Hà Nội")] == [True, False, False, True, True, False]


@given(st.text(st.characters(), max_size=30))
def test_a_text_is_folded_at_once_as_letter_by_letter(text: str) -> None:
    """Lone surrogates and letters beyond the first plane too."""
    document = read_document(text)
    assert (document.cased, document.kinds) == (fold_but_case(text), letter_kinds(text))
    assert document.folded == document.cased.lower()
