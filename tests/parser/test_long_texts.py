"""Long texts: what grows with the square of the length shows here as more steps, counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from kehoach_parser import fold
from kehoach_parser.structure.steps import read_structure
from kehoach_parser.text.fields import field_reader

PARAGRAPH = "Các cơ quan, đơn vị tổ chức thực hiện nghiêm túc các nội dung của kế hoạch này theo chức năng.\n"
ATTACHED = "KẾ HOẠCH\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 3/4/2025)\nI. MỤC ĐÍCH\n"
SIGNED = "QUYẾT ĐỊNH\nĐiều 1. Ban hành\n" + PARAGRAPH * 4 + "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"
NOTE = "¹ Nghị quyết số 18-NQ/TW ngày 25/10/2017.\n"

TEXTS: dict[str, Callable[[int], str]] = {
    "attached papers without tail": lambda times: (ATTACHED + PARAGRAPH * 6) * times,
    "signed papers without name": lambda times: SIGNED * times,
    "annexes": lambda times: ("PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\nI. MỤC ĐÍCH\n" + PARAGRAPH * 6) * times,
    "footnotes": lambda times: (PARAGRAPH * 6 + NOTE) * times,
    "numbered items": lambda times: "I. MỤC ĐÍCH\n" + "".join(f"{number}. Nội dung\n" for number in range(1, 10 * times)),
}


def _calls(text: str) -> int:
    """How many functions are called to read the structure of a text."""
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    folded, field = fold(text), field_reader(text, 1.0)
    sys.setprofile(profile)
    try:
        read_structure(text, folded, [], field)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", TEXTS)
def test_steps_grow_with_the_length(name: str) -> None:
    _calls(TEXTS[name](5))  # loads grammars and tables
    once, twice = _calls(TEXTS[name](60)), _calls(TEXTS[name](120))
    assert twice < 2.3 * once
