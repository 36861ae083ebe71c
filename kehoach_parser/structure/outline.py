"""Chosen line kinds into a tree, by the grammar of the outline; and what that grammar says of kinds, for those who choose them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from lark import Lark, Token, Tree, UnexpectedToken
from lark.lexer import Lexer

from kehoach_parser.grammars import grammar
from kehoach_parser.structure.labels import Candidate
from kehoach_parser.text.lines import Line

_TEXT = "TEXT"
#: What holds the units that no other unit holds.
PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the outline: its label, the indices of its own lines (label line first), the branches inside it, its last line."""

    label: Candidate
    lines: tuple[int, ...]
    branches: tuple[Branch, ...]
    last: int


class KindLexer(Lexer):
    """One token per line: its kind (None for running text), with the line's index as value."""

    def __init__(self, lexer_conf: Any) -> None:
        """Lark gives its configuration; the kinds need none."""

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:
        for index, kind in enumerate(lexer_state):
            yield Token(_TEXT if kind is None else kind.upper(), str(index))


def build(lines: tuple[Line, ...], choices: tuple[Candidate | None, ...]) -> tuple[tuple[int, ...], tuple[Branch, ...]]:
    """The lines before the first unit (indices) and the units. ``choices`` has one entry per line, None for running text."""
    assert len(lines) == len(choices)
    tree = grammar("outline", lexer=KindLexer).parse([choice and choice.kind for choice in choices])
    preface = tuple(int(token) for token in tree.children if isinstance(token, Token))
    return preface, tuple(_branch(child, choices) for child in tree.children if isinstance(child, Tree))


def _branch(tree: Tree[Token], choices: tuple[Candidate | None, ...]) -> Branch:
    own = tuple(int(child) for child in tree.children if isinstance(child, Token))
    label = choices[own[0]]
    assert label is not None  # the first token of a unit is its label line
    branches = tuple(_branch(child, choices) for child in tree.children if isinstance(child, Tree))
    return Branch(label, own, branches, branches[-1].last if branches else own[-1])


class Place(NamedTuple):
    """Where a unit comes to stand: so many of the open units stay open around it; ``beside``: the next one ends as its sibling.

    What is open inside that one (or else from there on) could stand inside the new unit: lists that end here.
    """

    depth: int
    beside: bool


@dataclass(frozen=True, slots=True)
class Nesting:
    """The grammar of the outline as a table: the kinds that may be a paper's first unit, and (outer, inner) for each that may hold another.

    PAPER is the outer of units that close all that is open.
    """

    first: frozenset[str]
    holds: frozenset[tuple[str, str]]

    def place(self, opened: Sequence[str], kind: str) -> Place | None:
        """Where a unit of the kind stands below the open units (kinds, outermost first); None where it may not come."""
        if not opened:
            return Place(0, False) if kind in self.first else None
        depth = len(opened)
        while depth and (opened[depth - 1], kind) not in self.holds:
            depth -= 1
        if not depth and (PAPER, kind) not in self.holds:
            return None
        return Place(depth, depth < len(opened) and (kind, opened[depth]) not in self.holds)


@cache
def nesting() -> Nesting:
    """What `grammar/outline.lark` says; asked once."""
    return ask_nesting(grammar("outline", lexer=KindLexer))


def ask_nesting(parser: Lark) -> Nesting:
    """The table of an outline's grammar: each kind, once it is open, is followed by each, and the parser says what is open then."""
    terminals = {symbol.name for rule in parser.rules for symbol in rule.expansion if symbol.is_term}
    kinds = sorted(name.lower() for name in terminals - {_TEXT})
    ways: list[tuple[str, ...]] = [()]  # to each kind, one way to have it open last
    reached: set[str] = set()
    holds: set[tuple[str, str]] = set()
    first: set[str] = set()
    for way in ways:
        for kind in kinds:
            opened = open_after(parser, (*way, kind))
            if not opened:
                continue
            if kind not in reached:
                reached.add(kind)
                ways.append((*way, kind))
            if not way:
                first.add(kind)
            elif len(opened) == 1:
                holds.add((PAPER, kind))
            elif opened[-2] == way[-1]:
                holds.add((opened[-2], kind))
    return Nesting(frozenset(first), frozenset(holds))


def open_after(parser: Lark, kinds: Sequence[str | None]) -> tuple[str, ...]:
    """The units (kinds, outermost first) that are open after lines of these kinds; none where the grammar refuses the lines."""
    try:
        unit = parser.parse(kinds)
    except UnexpectedToken:
        return ()
    opened = []
    while unit.children and isinstance(unit.children[-1], Tree):
        unit = unit.children[-1]
        opened.append(str(unit.data))
    return tuple(opened)
