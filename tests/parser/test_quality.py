"""How clean a text is, and what a plain reading of it is worth."""

from __future__ import annotations

import pytest

from kehoach_parser.text.fields import field_reader
from kehoach_parser.text.quality import quality

CLEAN = "Ủy ban nhân dân tỉnh ban hành Kế hoạch tuyên truyền, phổ biến pháp luật về lưu trữ trên địa bàn tỉnh như sau"
DAMAGED = "Uy ban nhan dan tinh ban hanh Ké hoach tuyén truyén, phd bién phap luat vé luu tri trén dia ban tinh nhu sau"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CLEAN, 1.0),
        (DAMAGED, 0.0),  # é is what a foreign model leaves
        ("ạ" * 15 + "a" * 85, 0.75),  # 15 marked letters in a hundred; 20 are clean
        ("a" * 59, 1.0),  # too few letters to say
        ("a" * 60, 0.0),
        ("", 1.0),
    ],
)
def test_quality(content: str, expected: float) -> None:
    assert quality(content) == expected


def test_a_field_is_its_pieces_without_markdown_and_line_ends() -> None:
    content = "**KẾ HOẠCH**\nsố 1\n__về__ lưu\n trữ"
    field = field_reader(content, 0.9)
    whole = field([(0, len(content))])
    assert (whole.value, whole.raw, whole.certainty, whole.pieces) == ("KẾ HOẠCH số 1 về lưu trữ", content, 0.9, ())
    parts = field([(18, len(content)), (0, 12)])
    assert (parts.value, parts.span, parts.pieces) == ("về lưu trữ KẾ HOẠCH", (0, len(content)), ((18, len(content)), (0, 12)))
