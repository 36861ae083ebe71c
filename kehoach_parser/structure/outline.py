"""Chosen line kinds into a tree, by the grammar of the outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lark import Token, Tree
from lark.lexer import Lexer

from kehoach_parser.grammars import grammar
from kehoach_parser.structure.labels import Candidate
from kehoach_parser.text.lines import Line


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the outline: its label, the indices of its own lines (label line first), the branches inside it, its last line."""

    label: Candidate
    lines: tuple[int, ...]
    branches: tuple[Branch, ...]
    last: int


class _KindLexer(Lexer):
    """One token per line: its kind, with the line's index as value."""

    def __init__(self, lexer_conf: Any) -> None:
        """Lark gives its configuration; the kinds need none."""

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:
        for index, choice in enumerate(lexer_state):
            yield Token(_terminal(choice), str(index))


def _terminal(choice: Candidate | None) -> str:
    if choice is None:
        return "TEXT"
    if choice.kind == "subitem" and len(choice.prefix) > 1:
        return "SUBSUBITEM"
    return choice.kind.upper()


def build(lines: tuple[Line, ...], choices: tuple[Candidate | None, ...]) -> tuple[tuple[int, ...], tuple[Branch, ...]]:
    """The lines before the first unit (indices) and the units. ``choices`` has one entry per line, None for running text."""
    assert len(lines) == len(choices)
    tree = grammar("outline", lexer=_KindLexer).parse(choices)
    preface = tuple(int(token) for token in tree.children if isinstance(token, Token))
    return preface, tuple(_branch(child, choices) for child in tree.children if isinstance(child, Tree))


def _branch(tree: Tree[Token], choices: tuple[Candidate | None, ...]) -> Branch:
    own = tuple(int(child) for child in tree.children if isinstance(child, Token))
    label = choices[own[0]]
    assert label is not None  # the first token of a unit is its label line
    branches = tuple(_branch(child, choices) for child in tree.children if isinstance(child, Tree))
    return Branch(label, own, branches, branches[-1].last if branches else own[-1])
