"""A plan that is shown says which words OCR misread and how they are read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.terminal.messages import messages_of
from archive.terminal.plan_tree import print_plan
from kehoach_parser import parse
from kehoach_parser.model import Repair

TEXT = "KẾ HOẠCH\nTổ chức hội thi\n\nI. MỤC ĐÍCH\n- Tổ chức tuyên truyền, phát triển phong trào.\n"


def repaired(code: str, printed: str, reading: str) -> Repair:
    at = TEXT.index(reading)
    return Repair(code, (at, at + len(reading)), printed, reading)


def test_misread_words_are_listed_once_with_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    repairs = [repaired("misread-word", "triên", "triển"), *[repaired("misread-word", "Tô", "Tổ")] * 2, repaired("label", "l.", "I.")]
    print_plan(replace(parse(TEXT), repairs=tuple(repairs)), TEXT, messages_of("en"))
    assert [line.split()[3:] for line in capsys.readouterr().out.splitlines() if line.startswith("Misread, put right:")] == [
        ["Tô", "→", "Tổ", "(2);", "triên", "→", "triển"]
    ]


def test_nothing_is_said_of_a_plan_without_misread_words(capsys: pytest.CaptureFixture[str]) -> None:
    print_plan(replace(parse(TEXT), repairs=(repaired("label", "l.", "I."),)), TEXT, messages_of("en"))
    assert "put right" not in capsys.readouterr().out
