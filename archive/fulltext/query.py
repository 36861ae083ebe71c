"""The query language of search, version 1, and the tree that it is read into. It belongs to us, not to an engine: old queries keep their
meaning.

    query   = clause { "OR" clause }
    clause  = part { ["AND"] part }
    part    = ["NOT"] ( "(" query ")" | field ":" value | '"' words '"' | word | word "*" )

Words that stand side by side are all looked for, anywhere in a plan; a phrase is looked for as it stands. Operators are written in
capitals. A word that looks like a symbol ("18-NQ/TW") is one keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from archive.common.keys import looks_like_symbol
from archive.common.words import split_words
from archive.errors import QueryError
from kehoach_parser import fold

VERSION = 1
FIELDS = ("cites", "unit", "type", "organ", "place", "date", "section")


@dataclass(frozen=True, slots=True)
class Words:
    """Words side by side: a text must hold them all."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol, as a keyword, or its words as a phrase."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on what was read of a plan, answered by the database. ``position`` is where its value stands in the query."""

    field: str
    value: str
    position: int


@dataclass(frozen=True, slots=True)
class Among:
    """A filter that was answered: the texts with these keys."""

    keys: frozenset[int]


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All texts but those of the part."""

    part: Tree


Leaf = Words | Phrase | Prefix | Symbol
Tree = Leaf | Filter | Among | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A query: as typed, its tree, and whether any of its words was typed with Vietnamese marks (then all are taken as typed so)."""

    text: str
    tree: Tree
    marked: bool


def leaves(tree: Tree) -> Iterator[Leaf]:
    """The leaves that a text is meant to hold; what stands under NOT is left out."""
    if isinstance(tree, And | Or):
        for part in tree.parts:
            yield from leaves(part)
    elif isinstance(tree, Words | Phrase | Prefix | Symbol):
        yield tree


def is_marked(words: tuple[str, ...]) -> bool:
    """Whether any of the words bears Vietnamese marks."""
    return any(fold(word) != word.lower() for word in words)


def read_query(text: str) -> Query:
    """The query that a text says. Raises QueryError with the place of what cannot be understood."""
    reader = _Reader(text)
    tree = reader.query()
    words = tuple(word for leaf in leaves(tree) for word in ((leaf.text,) if isinstance(leaf, Prefix) else leaf.words))
    return Query(text, tree, is_marked(words))


_OPEN_QUOTES = '"“”'
_TOKEN = re.compile(rf"\s*(?:([()])|([{_OPEN_QUOTES}])|([^\s(){_OPEN_QUOTES}]+))")
_FIELD = re.compile(r"([^\W\d_]+):(.*)", re.S)
_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "(" | ")" | phrase | field | operator | word | end
    text: str
    position: int
    field: str = ""


class _Reader:
    """Recursive descent over the tokens of one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._scan())
        self.at = 0

    def query(self) -> Tree:
        if self.tokens[0].kind == "end":
            self._fail("query-empty", 0)
        tree = self._alternatives()
        if self._next.kind == ")":
            self._fail("query-unbalanced-parenthesis", self._next.position)
        return tree

    @property
    def _next(self) -> _Token:
        return self.tokens[self.at]

    def _fail(self, code: str, position: int, **facts: str | tuple[str, ...]) -> NoReturn:
        raise QueryError(code, self.text, position, **facts)

    def _take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _is_operator(self, name: str) -> bool:
        return self._next.kind == "operator" and self._next.text == name

    def _alternatives(self) -> Tree:
        parts = [self._clause()]
        while self._is_operator("OR"):
            self._take()
            parts.append(self._clause())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _clause(self) -> Tree:
        parts = [self._part()]
        while self._next.kind not in ("end", ")") and not self._is_operator("OR"):
            side_by_side = True
            if self._is_operator("AND"):
                self._take()
                side_by_side = False
            part = self._part()
            if side_by_side and isinstance(part, Words) and isinstance(parts[-1], Words):
                parts[-1] = Words(parts[-1].words + part.words)
            else:
                parts.append(part)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self) -> Tree:
        token = self._take()
        if token.kind == "operator" and token.text == "NOT":
            return Not(self._part())
        if token.kind == "(":
            tree = self._alternatives()
            if self._next.kind != ")":
                self._fail("query-unbalanced-parenthesis", token.position)
            self._take()
            # One word in brackets is no neighbour of the words outside.
            return And((tree,)) if isinstance(tree, Words) else tree
        if token.kind == "field":
            return Filter(token.field, token.text, token.position)
        if token.kind in ("phrase", "word"):
            return self._leaf(token)
        previous = self.tokens[self.at - 2] if self.at > 1 else token
        lonely = previous if previous.kind == "operator" else token
        if lonely.kind == "operator":
            return self._fail("query-operator", lonely.position, operator=lonely.text)
        return self._fail("query-unbalanced-parenthesis", lonely.position)

    def _leaf(self, token: _Token) -> Tree:
        words = tuple(split_words(token.text))
        if not words:
            self._fail("query-no-words", token.position)
        if token.kind == "phrase":
            return Phrase(words)
        if token.text.endswith("*") and len(words) == 1:
            return Prefix(words[0])
        if looks_like_symbol(token.text) and any(char.isalpha() for char in token.text):
            return Symbol(token.text, words)
        return Words(words) if len(words) == 1 else Phrase(words)

    def _scan(self) -> Iterator[_Token]:
        at = 0
        while match := _TOKEN.match(self.text, at):
            bracket, quote, bare = match.groups()
            at = match.end()
            if bracket:
                yield _Token(bracket, bracket, match.start(1))
            elif quote:
                value, at = self._quoted(match.start(2))
                yield _Token("phrase", value, match.start(2))
            elif bare in _OPERATORS:
                yield _Token("operator", bare, match.start(3))
            elif field := _FIELD.fullmatch(bare):
                token, at = self._field(field, match.start(3), at)
                yield token
            else:
                yield _Token("word", bare, match.start(3))
        yield _Token("end", "", len(self.text))

    def _quoted(self, start: int) -> tuple[str, int]:
        found = re.compile(f"[{_OPEN_QUOTES}]").search(self.text, start + 1)
        if found is None:
            self._fail("query-unbalanced-quote", start)
        return self.text[start + 1 : found.start()], found.end()

    def _field(self, found: re.Match[str], start: int, end: int) -> tuple[_Token, int]:
        name, value = found.group(1).lower(), found.group(2)
        if name not in FIELDS:
            self._fail("query-field", start, field=found.group(1), fields=FIELDS)
        position = start + len(name) + 1
        if not value and end < len(self.text) and self.text[end] in _OPEN_QUOTES:
            value, end = self._quoted(end)
        if not value.strip():
            self._fail("query-value", position, field=name)
        return _Token("field", value.strip(), position, name), end
