"""The one module of the parser that loads the Lark grammars of `grammar/`, and what a text read by one of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kehoach_parser.model import Span

if TYPE_CHECKING:
    from lark import Lark


class Piece(NamedTuple):
    """A token that was read: the name of its terminal, and where it stands in the text that was read."""

    terminal: str
    start: int
    end: int


class Derivation(NamedTuple):
    """A text as a grammar read it: the pieces of the start rule itself, and of the rule (``form``, "" for none) that stands in it."""

    outer: tuple[Piece, ...]
    form: str
    inner: tuple[Piece, ...]


@cache
def grammar(name: str, start: str | tuple[str, ...] = "start", lexer: Any = None, transformer: Any = None) -> Lark:
    """The LALR parser of ``grammar/<name>.lark``; of several starts, ``parse`` is told one.

    ``lexer``: a Lark lexer class for grammars over ready-made tokens.
    """
    from lark import Lark  # takes 0.1 s, and most questions to an archive need no grammar

    options: dict[str, Any] = {"parser": "lalr", "start": [start] if isinstance(start, str) else list(start), "maybe_placeholders": False}
    if lexer is not None:
        options["lexer"] = lexer
    if transformer is not None:
        options["transformer"] = transformer
    return Lark.open_from_package("grammar", f"{name}.lark", **options)


def derive(name: str, start: str, text: str) -> Derivation | None:
    """A text as a rule of a grammar reads it, None where the rule does not fit."""
    if _opening(name, start).match(text) is None:
        return None
    parser = grammar(name, start)
    from lark import Token, Tree
    from lark.exceptions import LarkError

    try:
        tree = parser.parse(text)
    except LarkError:
        return None
    form = next((child for child in tree.children if isinstance(child, Tree)), None)
    inner = () if form is None else form.scan_values(lambda value: isinstance(value, Token))
    return Derivation(_pieces(tree.children), str(form.data) if form is not None else "", _pieces(inner))


@cache
def _opening(name: str, start: str) -> re.Pattern[str]:
    """What a text begins with that a rule may fit, past what the grammar ignores. Asked first: most texts fit no rule, and a parser takes
    30 times as long to say so."""
    parser = grammar(name, start)
    first: dict[str, set[str]] = {}
    for rule in parser.rules:
        first.setdefault(str(rule.origin.name), set()).add(rule.expansion[0].name if rule.expansion else "")
    opening = {start}
    while inner := opening & first.keys():
        opening = opening.difference(inner).union(*(first[rule] for rule in inner))
    if "" in opening:
        return re.compile("")
    terminals = {terminal.name: terminal.pattern.to_regexp() for terminal in parser.terminals}
    ignored = "|".join(terminals[terminal] for terminal in parser.ignore_tokens)
    return re.compile(f"(?>{ignored})*(?:{'|'.join(terminals[terminal] for terminal in sorted(opening))})")


def place_of(pieces: tuple[Piece, ...], terminal: str, at: int = 0) -> Span | None:
    """Where the first piece of a terminal stands, in the text that the grammar read from the offset ``at`` on."""
    return next(((at + piece.start, at + piece.end) for piece in pieces if piece.terminal == terminal), None)


def _pieces(tokens: Any) -> tuple[Piece, ...]:
    return tuple(Piece(token.type, token.start_pos, token.end_pos) for token in tokens if not hasattr(token, "data"))


@dataclass(frozen=True, slots=True)
class Forms:
    """Rules that are tried beside one another on the same text: their names with their patterns, and one that matches where any does.

    A terminal of a rule is a group of its pattern, by its name.
    """

    any: re.Pattern[str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def forms(name: str, start: str, whole: str = "start") -> Forms:
    """The rules between which the rule ``start`` of a grammar chooses, in its order, as patterns.

    For rules of terminals alone, each terminal once: what a parser would make of them a pattern finds 50 times faster. ``whole``: the
    rule of the grammar that leads to it.
    """
    return forms_of(grammar(name, whole), start)


def forms_of(parser: Lark, start: str) -> Forms:
    """The same of a parser that is there."""
    terminals = {terminal.name: terminal.pattern.to_regexp() for terminal in parser.terminals}
    named = {name: f"(?P<{name}>{pattern})" for name, pattern in terminals.items()}
    alternatives: dict[str, list[tuple[str, ...]]] = {}
    for rule in parser.rules:
        alternatives.setdefault(str(rule.origin.name), []).append(tuple(symbol.name for symbol in rule.expansion))
    rules = {name: alternatives.get(name, [(name,)]) for (name,) in alternatives[start]}  # a terminal stands for itself
    return Forms(
        re.compile(_pattern([sequence for rule in rules.values() for sequence in rule], terminals)),
        tuple((name, re.compile(_pattern(rule, named))) for name, rule in rules.items()),
    )


def _pattern(alternatives: Iterable[tuple[str, ...]], terminals: dict[str, str]) -> str:
    """One pattern for sequences of terminals; of those that begin alike the longer is tried first. A terminal that may be left out before
    the same sequences stands once in it, so that it can be a group."""
    sequences = dict.fromkeys(alternatives)
    after: dict[str, list[tuple[str, ...]]] = {}
    for sequence in sequences:
        if sequence:
            after.setdefault(sequence[0], []).append(sequence[1:])
    for name, rest in after.items():
        if {sequence for sequence in sequences if sequence[:1] != (name,)} == set(rest):
            return f"(?:{terminals[name]})?{_pattern(rest, terminals)}"
    branches = [f"(?:{terminals[name]}){_pattern(rest, terminals)}" for name, rest in after.items()]
    if () in sequences:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
