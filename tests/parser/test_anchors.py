"""What is asked before a slow reader changes nothing of what it reads: the opening of a rule, the places of type words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lark.exceptions import LarkError

from kehoach_parser.grammars import derive, grammar
from kehoach_parser.text.fold import fold, fold_but_case
from kehoach_parser.text.lenient import found_at, type_pattern, type_places

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "fixtures").glob("*.txt"))]
#: Behind these words something is cited, or nothing is.
ANCHOR = re.compile(r"(?i)số|quyết|luận|định|/TW|/NQ-CP|hội|trung ương")


def _fits(rule: str, text: str) -> bool:
    try:
        grammar("citation", rule).parse(text)
    except LarkError:
        return False
    return True


@pytest.mark.parametrize("rule", ["after_type", "after_citation", "named"])
def test_a_text_that_is_not_parsed_fits_no_rule(rule: str) -> None:
    windows = {fold_but_case(text)[at : at + 60] for text in TEXTS for at in (match.end() for match in ANCHOR.finditer(text))}
    assert windows
    for window in windows:
        assert (derive("citation", rule, window) is not None) == _fits(rule, window)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("after_type", "  so 18-NQ/TW, cua Bo Chinh tri"),
        ("after_type", "\n 12 \n 18-NQ/TW"),
        ("after_citation", " , 100-QD/TW"),
        ("after_citation", "\nva so 19-NQ/TW"),
        ("after_name", ""),
        ("named", "  Dai hoi XIII cua Dang"),
        ("named", " Trung uong 5 (khoa VIII)"),
    ],
)
def test_blanks_and_page_ends_before_a_rule_are_passed_over(rule: str, text: str) -> None:
    assert derive("citation", rule, text) is not None


def test_a_long_run_of_blanks_before_no_rule_is_refused_at_once() -> None:
    assert derive("citation", "after_type", "\n 1 \n" * 20_000 + "x") is None


@pytest.mark.parametrize("after", [r"\s", r"\s{1,3}so\s", r"(?=[^\d]{1,12}\d)"])
def test_a_pattern_finds_the_same_where_type_words_stand_as_anywhere(after: str) -> None:
    pattern = re.compile(r"(?<![^\W_])" + type_pattern() + after)
    found = 0
    for folded in map(fold, (*TEXTS, "Bộ luật số 1; bộ Luật, Nghi quyét sb 2, thông báo kết luận số 3; Kế hoạch_Đề án 06 ")):
        everywhere = [(match.span(), match.lastgroup) for match in pattern.finditer(folded)]
        assert [(match.span(), match.lastgroup) for match in found_at(type_places(folded), pattern, folded)] == everywhere
        found += len(everywhere)
    assert found
