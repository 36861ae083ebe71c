"""What an engine is asked for: the forms of words in its fields, and the ways in which a leaf of a query may be met. Engines differ in how
they find these, not in what they find.

Six fields with positions in step: `exact`, `folded`, and, only for words whose surroundings lost their marks, `faded` (folded) and
`skeleton`, `restored` (the exact forms of the restored layer) and `bare` (the same folded). Symbols are keywords of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from archive.common.keys import symbol_key
from archive.common.words import TextWords, folded_form
from archive.fulltext.query import AllWords, Among, And, Filter, Leaf, Not, Or, Phrase, Prefix, Symbol, Tree
from kehoach_parser import skeleton
from kehoach_parser.knowledge import exact_form

#: A phrase of fewer syllables has too many chance namesakes among skeletons (measured: good from three on).
SKELETON_SYLLABLES = 3
# The word that a sure reading says stands there, typed with marks or without; no word begins so.
READ, READ_BARE = "=", "~"
# A way counts half of the one above it, so that the better one nearly always wins: how often words stand in a text seldom doubles a score.
EXACT, FOLDED, RESTORED, SKELETON = 4.0, 2.0, 1.0, 0.5
WEIGHT = {"exact": EXACT, "folded": FOLDED, "faded": FOLDED, "restored": RESTORED, "bare": RESTORED, "skeleton": SKELETON}
# So much that a phrase without its marks says more than its words here and there.
_PHRASE = 3.0


def _each(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    return ((word,) if word else () for word in words)


def _faded(words: TextWords) -> Iterator[tuple[str, ...]]:
    for folded, faded, restored, sure in zip(words.folded, words.faded, words.restored, words.sure, strict=True):
        if sure:
            yield (READ + restored,) if folded_form(restored) == folded else ()
        else:
            yield (folded,) if faded else ()


def _skeletons(words: TextWords) -> Iterator[tuple[str, ...]]:
    for key, restored, sure in zip(words.skeletons, words.restored, words.sure, strict=True):
        if sure:
            yield READ + restored, READ_BARE + folded_form(restored)
        else:
            yield (key,) if key else ()


#: The forms of a text's words in each field, place by place; a place may have none.
FORMS: dict[str, Callable[[TextWords], Iterator[tuple[str, ...]]]] = {
    "exact": lambda words: _each(words.exact),
    "folded": lambda words: _each(words.folded),
    "faded": _faded,
    "skeleton": _skeletons,
    "restored": lambda words: _each(words.restored),
    "bare": lambda words: _each(map(folded_form, words.restored)),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Places one after the other in a field, each with one of some forms."""

    field: str
    places: tuple[tuple[str, ...], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Beginning:
    """Words that begin so in a field (one of some pairs of field and form). The score is the same for all of them: what it would be by
    itself hangs on how an index happens to be cut into segments."""

    forms: tuple[tuple[str, str], ...]
    score: float


Way = Run | Beginning
Q = TypeVar("Q")


class Engine(Protocol[Q]):
    """How an engine says the parts of a query."""

    def among(self, keys: Sequence[int]) -> Q:
        """The texts with these keys; it adds nothing to their scores."""

    def symbol(self, key: str, weight: float) -> Q:
        """The texts that bear or cite a symbol."""

    def way(self, way: Way) -> Q:
        """The texts that meet a leaf in one way."""

    def best(self, ways: Sequence[Q]) -> Q:
        """What meets at least one, with the score of the best."""

    def either(self, parts: Sequence[Q]) -> Q:
        """What meets at least one, scores added."""

    def both(self, wanted: Sequence[Q], unwanted: Sequence[Q]) -> Q:
        """What meets all that is wanted (everything, where nothing is) and nothing that is not."""


def asked_of(engine: Engine[Q], tree: Tree, marked: bool) -> Q:
    """A query's tree as an engine asks it; ``marked`` as in `Query`."""
    match tree:
        case And(parts):
            wanted = [asked_of(engine, part, marked) for part in parts if not isinstance(part, Not)]
            return engine.both(wanted, [asked_of(engine, part.part, marked) for part in parts if isinstance(part, Not)])
        case Or(parts):
            return engine.either([asked_of(engine, part, marked) for part in parts])
        case Not(part):
            return engine.both([], [asked_of(engine, part, marked)])
        case Among(keys):
            return engine.among(sorted(keys))
        case Filter():
            raise TypeError("a filter has to be answered by the database before the engine is asked")
    return _leaf(engine, tree, marked)


def _leaf(engine: Engine[Q], leaf: Leaf, marked: bool) -> Q:
    def best(ways: Sequence[Way]) -> Q:
        return engine.best([engine.way(way) for way in ways])

    match leaf:
        case Prefix(text):
            return best(_beginnings(text, marked))
        case Phrase(words):
            return best(_phrase(words, marked, with_skeleton=True))
        case Symbol(text, words):
            return engine.either([engine.symbol(symbol_key(text), EXACT), best(_phrase(words, marked, loose=False))])
        case AllWords(words):
            # Words that are not there one by one may be there as the skeleton of a phrase.
            every = engine.both([best(_phrase((word,), marked)) for word in words], [])
            return every if len(words) == 1 else engine.either([every, best(_phrase(words, marked, with_skeleton=True))])


def _beginnings(text: str, marked: bool) -> list[Way]:
    """The ways of the beginning of a word."""
    forms, bare = sorted({text.lower(), exact_form(text)}), folded_form(text)
    exact = [("exact", form) for form in forms]
    if marked:
        folded = [("faded", form) for form in (bare, *(READ + form for form in forms))]
        restored = [("restored", form) for form in forms]
    else:
        folded, restored = [("folded", bare)], [("bare", bare)]
    return [Beginning(tuple(way), score) for way, score in ((exact, EXACT), (folded, FOLDED), (restored, RESTORED))]


def _phrase(words: tuple[str, ...], marked: bool, *, with_skeleton: bool = False, loose: bool = True) -> list[Way]:
    """The ways of words one after the other, or of one word; ``loose``: also as the restorer reads them."""
    exact, folded = [exact_form(word) for word in words], [folded_form(word) for word in words]
    weight = _PHRASE if len(words) > 1 else 1.0

    def run(field: str, *forms: Sequence[str]) -> Way:
        return Run(field, tuple(zip(*forms, strict=True)), weight * WEIGHT[field])

    # Typed without marks, a printed word without marks is no better a match than one with them.
    ways = [run("exact", exact), run("faded", folded, [READ + word for word in exact])] if marked else [run("folded", folded)]
    if loose:
        ways.append(run("restored", exact) if marked else run("bare", folded))
    if with_skeleton and _has_skeletons(words):
        read = [READ + word for word in exact] if marked else [READ_BARE + word for word in folded]
        ways.append(run("skeleton", [skeleton(word) for word in folded], read))
    return ways


def _has_skeletons(words: tuple[str, ...]) -> bool:
    """Not of a phrase whose skeletons would say too little: fewer than three syllables, or a number among them."""
    return len(words) >= SKELETON_SYLLABLES and all(word.isalpha() for word in words)
