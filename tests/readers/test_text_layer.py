"""Which text layers are taken, and which pages are read again from their picture."""

from __future__ import annotations

import pytest

from kehoach_parser.readers.text_layer import is_good

CLEAN = "Ủy ban nhân dân tỉnh ban hành Kế hoạch tuyên truyền, phổ biến pháp luật về lưu trữ trên địa bàn tỉnh như sau"
DAMAGED = "Uy ban nhan dan tinh ban hanh Ké hoach tuyén truyén, phd bién phap luat vé luu tri trén dia ban tinh nhu sau"
ENGLISH = "The People's Committee of the province issues a plan on the dissemination of the law on archives as follows"


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
    ],
)
def test_good_text(content: str, image: float, good: bool) -> None:
    assert is_good(content, image) is good
