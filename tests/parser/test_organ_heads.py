"""How the names of organs begin, for each place where one is looked for (`data/organ_heads.tsv`)."""

from __future__ import annotations

import re

import pytest

from kehoach_parser.text.areas import organ_begun
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import rows


@pytest.mark.parametrize(
    ("where", "line", "begun"),
    [
        ("head", "SỞ Y TẾ", True),
        ("head", "SỐ: 12/KH-UBND", False),
        ("head", "BANG TỔNG HỢP", False),
        ("head", "PHƯỜNG ĐOÀN TÂN LẬP", True),
        ("decides", "BỘ TRƯỞNG BỘ Y TẾ", True),
        ("decides", "BỘ Y TẾ", False),
        ("paper", "BỘ Y TẾ", True),
        ("paper", "BỘ TRƯỞNG", False),  # signs
        ("paper", "ỦY BAN NHÂN DÂN XÃ TÂN LẬP", True),
        ("paper", "ỦY BAN MẶT TRẬN", False),
        ("sentence", "Ban Tổ chức", True),
        ("cited", "Ban Tổ chức", False),  # "Bản chính" folds to a name that begins so
        ("cited", "Ban\nBí thư", True),
    ],
)
def test_where_a_name_begins(where: str, line: str, begun: bool) -> None:
    assert bool(re.match(organ_begun(where), fold(line))) == begun


def test_rows_say_known_places_and_no_head_twice() -> None:
    table = rows("organ_heads")
    assert len({words for words, _ in table}) == len(table)
    assert {place for _, places in table for place in places.split()} == {
        "head",
        "decides",
        "paper",
        "sentence",
        "cited",
        "open",
        "top",
        "person",
    }
