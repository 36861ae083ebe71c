"""The grammar of the outline decides: what is asked of it once is what it parses, and another grammar gives another outline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark

from kehoach_parser.grammars import grammar
from kehoach_parser.model import NODE_KINDS
from kehoach_parser.structure import sequence
from kehoach_parser.structure.nodes import KIND_IN_PLAN
from kehoach_parser.structure.outline import PAPER, KindLexer, Nesting, ask_nesting, nesting, open_after
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import split_lines

GRAMMAR = (Path(__file__).parents[2] / "grammar" / "outline.lark").read_text(encoding="utf-8")
KINDS = sorted({kind for pair in nesting().holds for kind in pair} - {PAPER})


def changed(old: str, new: str) -> Nesting:
    """The table of the grammar with one piece of its text exchanged."""
    assert GRAMMAR.count(old) == 1
    return ask_nesting(Lark(GRAMMAR.replace(old, new), parser="lalr", lexer=KindLexer))


def chosen(text: str) -> list[str | None]:
    """The kinds that the sequence chooses, a line each."""
    return [choice and choice.kind for choice in sequence.choose(split_lines(text, fold(text)))]


@given(st.lists(st.sampled_from(KINDS), max_size=12))
def test_the_table_opens_and_closes_what_the_parser_does(kinds: list[str]) -> None:
    opened: tuple[str, ...] = ()
    for kind in kinds:
        place = nesting().place(opened, kind)
        opened = () if place is None else (*opened[: place.depth], kind)
        if place is None:
            break
    assert open_after(grammar("outline", lexer=KindLexer), kinds) == opened


def test_siblings_are_units_of_which_neither_may_hold_the_other() -> None:
    assert nesting().place(("section", "roman"), "bracketed") == (1, True)
    assert nesting().place(("section", "item", "letter"), "item") == (1, True)
    assert nesting().place(("section", "letter"), "item") == (1, False), "a list of letters ends where an item begins"


def test_every_kind_of_the_plan_is_one_of_the_outline() -> None:
    assert {KIND_IN_PLAN.get(kind, kind) for kind in KINDS} == set(NODE_KINDS)


ITEMS = "I. MỤC ĐÍCH\n1. Nâng cao nhận thức.\n- Với cán bộ.\n+ Ở xã.\n- Với nhân dân.\n2. Phòng ngừa."


def test_a_grammar_without_dashes_in_items_reads_none_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(ITEMS) == ["section", "item", "dash", "plus", "dash", "item"]
    monkeypatch.setattr(sequence, "nesting", lambda: changed("?in_star:          dash          | in_dash", "?in_star: in_dash"))
    assert chosen(ITEMS) == ["section", "item", None, "plus", None, "item"]


def test_the_grammar_says_what_may_be_first(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- Căn cứ Điều lệ Đảng.\nI. MỤC ĐÍCH\n- Nâng cao nhận thức."
    assert chosen(text) == [None, "section", "dash"]
    monkeypatch.setattr(sequence, "nesting", lambda: changed("section | item\n\npart:", "section | item | dash\n\npart:"))
    assert chosen(text) == ["dash", "section", "dash"]


def test_with_items_inside_letters_a_letter_is_due_after_items(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "I. NỘI DUNG\na) Tập huấn.\n1. Cho xã.\n2. Cho thôn.\nø) Kiểm tra."
    assert chosen(text) == ["section", "letter", "item", "item", None]
    exchanged = {"item": "letter", "letter": "item", "ITEM": "LETTER", "LETTER": "ITEM"}
    other = re.sub(r"(?<![a-zA-Z])(item|letter)(?![a-z])", lambda match: exchanged[match[1]], GRAMMAR, flags=re.I)
    monkeypatch.setattr(sequence, "nesting", lambda: ask_nesting(Lark(other, parser="lalr", lexer=KindLexer)))
    assert chosen(text) == ["section", "letter", "item", "item", "letter"]
