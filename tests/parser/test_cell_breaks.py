"""Text with the line breaks that a converter to Markdown writes into cells."""

from __future__ import annotations

import pytest

from kehoach_parser import parse
from kehoach_parser.text.cell_breaks import with_cell_breaks

PAPER = """| | |
|---|---|
| **ỦY BAN NHÂN DÂN**<br>**TỈNH LAI CHÂU**<br>Số: 12/KH-UBND | **ĐỘC LẬP - TỰ DO - HẠNH PHÚC**<br>Lai Châu, ngày 18 tháng 11 năm 2025 |

# KẾ HOẠCH

**Trồng rừng năm 2026**

## II. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính: bố trí kinh phí.

| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |
|---|---|---|---|
| 1 | Ươm cây<br>giống | Sở Khoa học và Công nghệ | 30/4/2026 |
| 2 | Trồng cây | Sở Xây dựng | 30/6/2026 |

| | |
|---|---|
| **Nơi nhận:**<br>- Như trên;<br>- Lưu: VT. | **CHỦ TỊCH**<br><br>**Nguyễn Văn An** |
"""


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("| a<br>b | c |", "| a\u2006b | c |"),
        ("| | |\n|---|---|\n| a<BR />b | c |\n\nd", "\n a\nb \n c \n\n\nd"),
        ("| | |\n|---|---|\n| a<br>b | c |\n| d | e |\n", "| | |\n|---|---|\n| a\u2006b | c |\n| d | e |\n"),
    ],
)
def test_breaks(printed: str, read: str) -> None:
    spaced = with_cell_breaks(printed)
    assert spaced is not None
    assert spaced.content == read
    assert len(spaced.origin) == len(read) + 1


def test_none() -> None:
    assert with_cell_breaks("| a | b |") is None


def test_a_paper_of_such_tables() -> None:
    plan = parse(PAPER)
    header = plan.header
    assert header.organ is not None
    assert header.place is not None
    assert header.symbol is not None
    assert header.date is not None
    assert (header.organ.value, header.place.value) == ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "Lai Châu")
    assert (header.symbol.value, header.date.value) == ("12/KH-UBND", "2025-11-18")
    assert [unit.unit.value for unit in plan.assignments] == ["Sở Tài chính", "Sở Khoa học và Công nghệ", "Sở Xây dựng"]
    assert plan.signature is not None
    assert plan.recipients is not None
    assert all(PAPER[slice(*field.span)] == field.raw for field in (header.organ, header.place, header.symbol, header.date))


def test_the_heads_of_a_table_are_no_subject() -> None:
    plan = parse(
        "Phụ lục IV\n\nDANH MỤC NHIỆM VỤ TRỒNG RỪNG\n\n| STT | Tên đề án | Đơn vị<br>chủ trì | Thời gian |\n|---|---|---|---|\n"
        "| 1 | Ươm cây | Sở Xây dựng | 2027 |\n"
    )
    assert plan.header.subject is not None
    assert plan.header.subject.value == "DANH MỤC NHIỆM VỤ TRỒNG RỪNG"
    assert [unit.unit.value for unit in plan.assignments] == ["Sở Xây dựng"]
