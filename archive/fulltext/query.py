"""The query language of search, version 1, and the tree that it is read into. It belongs to us, not to an engine: old queries keep their
meaning. ``grammar/query.lark`` says what a query is; this is the one module of the archive that loads a grammar.

Lark is imported when a query is read, for no other question needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.common.keys import looks_like_symbol
from archive.common.patience import Patience
from archive.common.words import split_words
from archive.errors import QueryError
from kehoach_parser import fold

if TYPE_CHECKING:
    from lark import Lark, Token

VERSION = 1
FIELDS = ("cites", "unit", "type", "organ", "place", "date", "section", "recipient", "signer", "person", "reports-to", "level", "doubt")


@dataclass(frozen=True, slots=True)
class AllWords:
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


Leaf = AllWords | Phrase | Prefix | Symbol
Tree = Leaf | Filter | Among | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A query: as typed, its tree, and whether any of its words was typed with Vietnamese marks (then all are taken as typed so).
    ``patience``: how long an answer is looked for."""

    text: str
    tree: Tree
    marked: bool
    patience: Patience = field(default=Patience(), compare=False)


def leaves(tree: Tree) -> Iterator[Leaf]:
    """The leaves that a text is meant to hold; what stands under NOT is left out."""
    if isinstance(tree, And | Or):
        for part in tree.parts:
            yield from leaves(part)
    elif isinstance(tree, AllWords | Phrase | Prefix | Symbol):
        yield tree


def is_marked(words: tuple[str, ...]) -> bool:
    """Whether any of the words bears Vietnamese marks."""
    return any(fold(word) != word.lower() for word in words)


# What a query may be: more than anybody types, less than costs minutes or more memory than there is. A sentence that is pasted has some
# forty words; a beginning stands for all words that begin so, in each of several ways; a tree without bound is one that no program
# walks.
#: Letters.
LETTERS = 2_000
#: Words, beginnings of words and filters.
WORDS = 100
#: Beginnings of words (tuyên*).
PREFIXES = 20
#: Brackets that stand in one another.
DEEPEST = 30


@lru_cache(maxsize=64)
def read_query(text: str) -> Query:
    """The query that a text says. Raises QueryError with the place of what cannot be understood, or is more than is answered."""
    from lark import Token, UnexpectedToken

    bounded(text, 0)
    parser = _parser()
    tokens = [Token("START", ""), *parser.lex(text), Token("$END", "", start_pos=len(text))]
    reading = parser.parse_interactive()
    open_at: list[int] = []
    for before, token in pairwise(tokens):
        if token.type == "_OPEN":
            open_at.append(_start(token))
            if len(open_at) > DEEPEST:
                raise QueryError("query-too-deep", text, _start(token), most=DEEPEST)
        try:
            tree: Tree = reading.feed_token(token)
        except UnexpectedToken:
            raise _misplaced(text, before, token, open_at) from None
        except _Mistake as mistake:
            raise QueryError(mistake.code, text, mistake.position, **mistake.facts) from None
        if token.type == "_CLOSE":
            open_at.pop()
    parts = tuple(_parts(tree))
    bounded(text, sum(len(_words_of(part)) for part in parts))
    if sum(isinstance(part, Prefix) for part in parts) > PREFIXES:
        raise QueryError("query-too-many-prefixes", text, text.index("*"), most=PREFIXES)
    words = tuple(word for leaf in leaves(tree) for word in _words_of(leaf))
    return Query(text, tree, is_marked(words))


def _words_of(part: Tree) -> tuple[str, ...]:
    """What a part of a tree looks for by itself."""
    match part:
        case AllWords(words) | Phrase(words) | Symbol(_, words):
            return words
        case Prefix(text) | Filter(_, text):
            return (text,)
    return ()


def _parts(tree: Tree) -> Iterator[Tree]:
    """A tree and all that is in it, what stands under NOT too."""
    yield tree
    for part in tree.parts if isinstance(tree, And | Or) else (tree.part,) if isinstance(tree, Not) else ():
        yield from _parts(part)


def bounded(text: str, words: int) -> None:
    """Raises QueryError for a question of more letters, or of so many words, than are answered."""
    if len(text) > LETTERS:
        raise QueryError("query-too-long", text, LETTERS, most=LETTERS)
    if words > WORDS:
        raise QueryError("query-too-many-words", text, 0, most=WORDS)


def _misplaced(text: str, before: Token, token: Token, open_at: Sequence[int]) -> QueryError:
    """The error for a token that may not stand behind another: one of the two is an operator, a bracket or the end."""
    for each in (before, token):
        if each.type in _OPERATORS:
            return QueryError("query-operator", text, _start(each), operator=str(each))
    if before.type == "START" and token.type == "$END":
        return QueryError("query-empty", text, 0)
    if before.type == "_OPEN" and token.type == "_CLOSE":
        return QueryError("query-empty-parenthesis", text, _start(before))
    return QueryError("query-unbalanced-parenthesis", text, open_at[-1] if token.type == "$END" else _start(token))


_OPERATORS = ("AND", "_OR", "_NOT")


def _start(token: Token) -> int:
    """Where a token of a text begins."""
    return token.start_pos or 0


class _Mistake(Exception):
    """What a terminal of the grammar that is a mistake says: a QueryError without its query."""

    def __init__(self, code: str, position: int, **facts: str | tuple[str, ...]) -> None:
        super().__init__(code)
        self.code, self.position, self.facts = code, position, facts


class _Meaning:
    """What the rules of the grammar mean, by their names."""

    def start(self, children: list[Tree]) -> Tree:
        return children[0]

    def alternatives(self, children: list[Tree]) -> Tree:
        return children[0] if len(children) == 1 else Or(tuple(children))

    def clause(self, children: list[Tree | Token]) -> Tree:
        parts: list[Tree] = []
        side_by_side = False
        for child in children:
            if isinstance(child, str):  # AND
                side_by_side = False
                continue
            if side_by_side and isinstance(child, AllWords) and isinstance(parts[-1], AllWords):
                parts[-1] = AllWords(parts[-1].words + child.words)
            else:
                parts.append(child)
            side_by_side = True
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self, children: list[Tree]) -> Tree:
        return children[0].part if isinstance(children[0], Not) else Not(children[0])

    def group(self, children: list[Tree]) -> Tree:
        # Words in brackets are no neighbours of the words outside.
        return And((children[0],)) if isinstance(children[0], AllWords) else children[0]

    def filter(self, children: list[Token]) -> Tree:
        field, _, value = children[0].partition(":")
        return Filter(field.lower(), value.strip(_QUOTES).strip(), _start(children[0]) + len(field) + 1)

    def phrase(self, children: list[Token]) -> Tree:
        return Phrase(tuple(split_words(children[0][1:-1])))

    def word(self, children: list[Token]) -> Tree:
        text = str(children[0])
        words = tuple(split_words(text))
        if text.endswith("*") and len(words) == 1:
            return Prefix(words[0])
        if looks_like_symbol(text) and any(char.isalpha() for char in text):
            return Symbol(text, words)
        return AllWords(words) if len(words) == 1 else Phrase(words)

    def unclosed(self, children: list[Token]) -> Tree:
        quote = next(at for at, char in enumerate(children[0]) if char in _QUOTES)
        raise _Mistake("query-unbalanced-quote", _start(children[0]) + quote)

    def no_value(self, children: list[Token]) -> Tree:
        field = children[0].partition(":")[0]
        raise _Mistake("query-value", _start(children[0]) + len(field) + 1, field=field.lower())

    def no_field(self, children: list[Token]) -> Tree:
        raise _Mistake("query-field", _start(children[0]), field=children[0].rstrip(":"), fields=FIELDS)

    def no_words(self, children: list[Token]) -> Tree:
        raise _Mistake("query-no-words", _start(children[0]))


_QUOTES = '"“”'


@cache
def _parser() -> Lark:
    """The parser of the grammar, which gives the tree straight away."""
    from lark import Lark

    # A lexer that knows where it stands would take a misplaced OR for a word.
    return Lark.open_from_package("grammar", "query.lark", parser="lalr", lexer="basic", maybe_placeholders=False, transformer=_Meaning())
