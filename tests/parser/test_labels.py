"""The grammar of labels is what runs: its patterns read what Lark's own parser reads by it, and another grammar reads other labels."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lark import Lark, Token, UnexpectedInput

from kehoach_parser.grammars import forms, forms_of
from kehoach_parser.structure import labels
from kehoach_parser.structure.labels import candidates
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import Line, split_lines

GRAMMAR = (Path(__file__).parents[2] / "grammar" / "label.lark").read_text(encoding="utf-8")
STARTS = ("marked", "counted", "worded", "cell")
RULES = {rule: pattern for start in STARTS for rule, pattern in forms("label", start).rules}
LOOSE = ("REST", "HEAD_END")
#: A line for each rule of the grammar.
LINES = {
    "table_row": "|--|--|", "dash": "- Sở Nội vụ", "plus": "+ Ở xã", "star": "* Về đất đai", "roman": "(i) Cán bộ", "bracketed": "(1) Xã",
    "section": "IIL. HINH THUC", "bare_section": "I MỤC ĐÍCH", "numbers": "2.1.1. Rà soát", "section_item": "II.1. Tuyên truyền",
    "item": "1- Mục đích", "bent_item": "o. Củng cố", "bent_letter": "ø) Tổng kết", "letter": "đ) Tham mưu", "capital": "A. QUAN ĐIỂM",
    "group": "nhom 1: ve van kien", "part": "phan i. danh gia", "part_in_words": "phan thu hai: nhiem vu", "chapter": "chuong ii",
    "bent_nhom": "nhem 2: cac xa",
    "bent_buoc": "bueoc 1: lap danh sach",
    "bent_dot": "det 1: ra quan",
    "division": "muc 1", "article": "dieu 1. ban hanh", "cell_section": "II", "cell_numbers": "5.1",
}  # fmt: skip


@cache
def parser(rule: str) -> Lark:
    """Lark's own parser of one rule, whatever follows on the line."""
    return Lark(f"{GRAMMAR}\nprobe: {rule} REST?\nREST.-9: /(?s:.+)/", start="probe", parser="earley", keep_all_tokens=True)


def parsed(rule: str, text: str) -> dict[str, str] | None:
    """The terminals that Lark reads by the rule at the head of the text; None where it does not read it.

    Where a label may end sooner or later (HEAD_END), both are right to Lark.
    """
    try:
        tree = parser(rule).parse(text)
    except UnexpectedInput:
        return None
    return {each.type: str(each) for each in tree.scan_values(lambda value: isinstance(value, Token)) if each.type not in LOOSE}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_reads_its_line(rule: str) -> None:
    assert RULES[rule].match(LINES[rule])
    assert parsed(rule, LINES[rule]) is not None


HEADS = st.text("IVXl1i|!20.,)(/:-– a đ*+\u2022~Tø", max_size=8) | st.sampled_from(
    [*LINES.values(), "phan thu 2", "dot 2.", "muc x:", "dleu 7:"]
)


@settings(max_examples=40, deadline=None)
@given(HEADS, st.sampled_from(["", "Mục", "mục", "1", "§ a", ". B"]))
@example("|. a", " |")
@example("1,2.", " Rà soát")
def test_a_pattern_reads_what_lark_reads(head: str, rest: str) -> None:
    text = (head + rest).strip()
    for rule, pattern in RULES.items() if text else ():
        match = pattern.match(text)
        found = None if match is None else {name: value for name, value in match.groupdict().items() if value and name not in LOOSE}
        assert found == parsed(rule, text), rule


@given(HEADS)
def test_the_pattern_of_all_rules_matches_where_one_does(head: str) -> None:
    for start in STARTS:
        read = forms("label", start)
        assert bool(read.any.match(head)) == any(pattern.match(head) for _, pattern in read.rules)


def line(text: str) -> Line:
    """The one line of a text."""
    return split_lines(text, fold(text))[0]


def test_another_grammar_reads_other_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    assert candidates(line("Khối 2: Các phường")) == ()
    other = Lark(GRAMMAR.replace("nhom|giai doan", "nhom|khoi"), parser="lalr")
    monkeypatch.setattr(labels, "_grammar", lambda: tuple(forms_of(other, start) for start in STARTS))
    assert [each.label for each in candidates(line("Khối 2: Các phường"))] == ["Khối 2"]
    assert candidates(line("Giai đoạn 2: Các phường")) == ()


def test_a_rule_of_a_table_is_no_bullet() -> None:
    assert [pattern.match("+----+----+") is not None for pattern in (RULES["table_row"], RULES["plus"])] == [True, False]
    assert RULES["plus"].match("+ - Ở xã")
