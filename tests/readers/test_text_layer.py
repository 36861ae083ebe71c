"""Which text layers are taken, and which pages are read again from their picture."""

from __future__ import annotations

import pytest

from kehoach_parser.readers.text_layer import is_good

CLEAN = "Ủy ban nhân dân tỉnh ban hành Kế hoạch tuyên truyền, phổ biến pháp luật về lưu trữ trên địa bàn tỉnh như sau"
DAMAGED = "Uy ban nhan dan tinh ban hanh Ké hoach tuyén truyén, phd bién phap luat vé luu tri trén dia ban tinh nhu sau"
ENGLISH = "The People's Committee of the province issues a plan on the dissemination of the law on archives as follows"


PLAIN = "Uy ban nhan dan tinh ban hanh Ke hoach tuyen truyen, pho bien phap luat ve luu tru tren dia ban tinh nhu sau"


def mixed(marked: str, plain: str, share: float) -> str:
    """Words of both in turn, so many of a hundred from the first."""
    words = [*zip(marked.split() * 20, plain.split() * 20, strict=False)][:100]
    return " ".join(first if number < 100 * share else second for number, (first, second) in enumerate(words))


@pytest.mark.parametrize(
    ("content", "image", "good"),
    [
        (CLEAN, 0.0, True),
        (CLEAN * 3, 1.0, True),  # a good layer over a scan
        (DAMAGED * 3, 1.0, False),
        (DAMAGED, 0.0, False),  # also where the picture is gone
        (ENGLISH, 0.0, True),
        ("Uy ban nhan dan tinh ban hanh Ke hoach tuyen truyen, pho bien phap luat ve luu tru", 0.0, True),  # typed without marks
        ("Người ký: Văn phòng", 1.0, False),  # the stamp over a scan is not the page
        ("", 0.0, True),
        ("", 1.0, False),
        ("\ufffd\ue001\ue002" * 30, 0.0, False),  # a font that does not say what it holds
        ("12 345 678 | 90", 0.0, True),
        ("Ké hoach tuyén truyén phd bién phap luat", 0.0, True),  # too few letters to tell
        ("Uy ban nhan dan tinh ban hanh Ké hoach tuyén truyén, phd bién phap luat vé luu tri", 0.0, False),
        (CLEAN, 0.4, True),  # a page with a picture, not the picture of a page
        (f"{CLEAN} {CLEAN[:60]}", 1.0, False),  # a stamp of two lines over a scan
        (PLAIN * 3 + "\ufffd" * 4, 0.0, True),  # a bullet or two that no font knows
        (PLAIN * 3 + "\ufffd" * 9, 0.0, False),
        (mixed(CLEAN, PLAIN, 0.55), 0.0, True),  # half of a page has lost its marks
        (mixed(CLEAN, PLAIN, 0.25), 0.0, False),  # three quarters have
        ("Đắk Lắk, Krông Pắk, Ban do ty le, Kon Tum, Gia Lai, Ea Hleo", 0.0, True),  # four names that are no syllables
        ("Đắk Lắk, Krông, Plông, Pắk; Ban do ty le, Kon Tum, Gia Lai, Ea Hleo", 0.0, False),  # five may be damage
        (
            "Thực h iện k ế hoạch số 15 c ủa Ủy ban nh ân d ân tỉnh v ề công t ác dân v ận năm 2026",
            0.0,
            False,
        ),  # of 25 words nine
        (mixed("Ủy ban nhân dân", "ñöôïc thöïc hieän", 0.5), 0.0, False),  # half in an old encoding
    ],
)
def test_good_text(content: str, image: float, good: bool) -> None:
    assert is_good(content, image) is good
