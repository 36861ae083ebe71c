"""Marks of letters: one place of the tone, and the letters that show a text to be Vietnamese."""

from __future__ import annotations

import pytest

from kehoach_parser.text.marks import MARKED, exact_form, is_marked, toneless


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("Hoà", "hòa"),
        ("Uỷ", "ủy"),
        ("quỹ", "quỹ"),  # after q the u is no vowel
        ("qúy", "quý"),
        ("Ðảng", "đảng"),  # U+00D0
        ("hoàn", "hoàn"),
        ("hòa", "hòa"),
    ],
)
def test_one_form(printed: str, form: str) -> None:
    assert exact_form(printed) == form


def test_tones_go_and_other_marks_stay() -> None:
    assert toneless("tổ chức Đảng ủy") == "tô chưc Đang uy"


def test_letters_of_vietnamese() -> None:
    assert len(MARKED) == 66  # 12 vowels with 6 tones, without the 6 plain ones and é, and đ
    assert is_marked("Ệ")
    assert not any(map(is_marked, "éÉñüaz"))
