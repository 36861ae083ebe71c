"""Text with the marks of emphasis that a converter to Markdown leaves."""

from __future__ import annotations

import pytest

from kehoach_parser import parse
from kehoach_parser.text.emphasis import without_emphasis

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n-------\n\nSố: 12/KH-UBND\n\nLai Châu, ngày 18 tháng 11 năm 2025\n\nKẾ HOẠCH\nTrồng rừng năm 2026\n\n"
)
BODY = """**II.**** ****TỔ CHỨC THỰC HIỆN**

*1.1.
Chi cục Kiểm lâm - Cơ quan thường trực*

-
Tham mưu phương án trồng rừng phòng hộ và phân công nhiệm vụ cho các cán bộ
của hạt.

*1.2. **Sở Tài chính***

- Bố trí kinh phí (**trước ngày 30/4/2026**).
"""


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("**1.**** ****Sở Y tế**", "1. Sở Y tế"),
        ("*1.2. **Sở Tài chính***", "1.2. Sở Tài chính"),
        ("kinh phí (*khi có\nđề nghị*) của Sở", "kinh phí (khi có\nđề nghị) của Sở"),
        ("**Bố** trí", "Bố trí"),
    ],
)
def test_without(printed: str, read: str) -> None:
    spaced = without_emphasis(printed)
    assert spaced is not None
    assert spaced.content == read
    assert [printed[at] for at in spaced.origin[:-1]] == list(read)


@pytest.mark.parametrize(
    "text",
    [
        "ĐẢNG ỦY XÃ\n*\nSố 12-KH/ĐU",
        "* Các sở\n* Các xã",
        "Tổng số (*) và (**)",
        "* Các sở, ngành\n\nphối hợp*",
        "5 * 3 * 2",
        "Ghi chú: (*) là số",
    ],
)
def test_signs_that_are_no_emphasis_stay(text: str) -> None:
    spaced = without_emphasis(text)
    assert spaced is None or spaced.content == text


def test_a_plan_is_read_through_it_and_stands_where_it_is_printed() -> None:
    plan = parse(HEAD + BODY)
    assert [(node.kind, node.label) for node in plan.nodes] == [
        ("section", "II"),
        ("subitem", "1.1"),
        ("dash", "-"),
        ("subitem", "1.2"),
        ("dash", "-"),
    ]
    rows = [(duty.unit.value, task.task.value if task.task else "") for duty in plan.assignments for task in duty.tasks]
    assert rows == [
        ("Chi cục Kiểm lâm - Cơ quan thường trực", "Tham mưu phương án trồng rừng phòng hộ và phân công nhiệm vụ cho các cán bộ của hạt."),
        ("Sở Tài chính", "Bố trí kinh phí (trước ngày 30/4/2026)."),
    ]
    for duty in plan.assignments:
        assert duty.unit.raw == (HEAD + BODY)[slice(*duty.unit.span)]
    assert plan.source.quality == parse(HEAD + BODY.replace("*", "")).source.quality
