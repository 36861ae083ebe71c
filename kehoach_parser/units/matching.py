"""The only door to spaCy: where phrases of the gazetteer stand among the words of a text, by its phrase matchers.

A Doc is made of words, each with its folded form as NORM and its skeleton as LEMMA, which is what a PhraseMatcher compares (attr="NORM",
attr="LEMMA"). Blanks are no tokens: a phrase that runs over a line end is a run of tokens like any other. spaCy takes more than a second to
import, so it is imported when the first text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from kehoach_parser.text.fold import fold, skeleton
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.gazetteer import lexicon
from kehoach_parser.units.words import Phrase, TextWords

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_LONE = re.compile("[\ud800-\udfff]")  # half of a surrogate pair: a str may hold it, spaCy's UTF-8 may not
_LETTER = re.compile(r"[^\W\d_]")
_ANY = "word"  # what a Doc takes its tokens for: nothing asks for more of them than NORM and LEMMA


#: A phrase of the gazetteer, the words ``start`` to ``end`` (exclusive) that it stands on, and whether only their skeletons are its own.
Match = tuple[Phrase, int, int, bool]


@dataclass(frozen=True, slots=True)
class _Matchers:
    """The matcher of folded words and the one of skeletons over one vocabulary; ``phrases[key]`` is the phrase that a match id names."""

    vocab: Vocab
    by_norm: PhraseMatcher
    by_skeleton: PhraseMatcher
    phrases: dict[int, Phrase]


def phrases_in(words: TextWords) -> Iterator[Match]:
    """All phrases of the gazetteer that stand in the text; those met by skeletons alone after the others."""
    found = _matchers()
    damaged = bool(words.damaged)
    doc = _make_doc(found.vocab, words.texts[: len(words)], damaged)
    for key, start, end in found.by_norm(doc):
        yield found.phrases[key], start, end, False
    if damaged:  # in clean text a word is read by its letters alone, so that skeletons find nothing more there
        for key, start, end in found.by_skeleton(doc):
            yield found.phrases[key], start, end, True


@cache
def _matchers() -> _Matchers:
    """The matchers, built once. A short phrase is listed with its words' known readings: its skeleton says too little."""
    from spacy.matcher import PhraseMatcher
    from spacy.strings import StringStore
    from spacy.vocab import Vocab

    known, vocab = lexicon(), Vocab(strings=StringStore())
    by_norm, by_skeleton = PhraseMatcher(vocab, attr="NORM"), PhraseMatcher(vocab, attr="LEMMA")
    phrases: dict[int, Phrase] = {}
    for number, phrase in enumerate(known.classes):
        name = f"unit {number}"
        syllables = [word for word in phrase if _LETTER.search(word)]
        variants = [list(phrase)]
        if len(syllables) <= 2 and (len(syllables) == 2 or known.classes[phrase] != "weak"):
            options = [(word, *known.likely_readings.get(exact_form(word), ())) for word in phrase]
            variants = [list(words) for words in product(*options)]
        by_norm.add(name, [_make_doc(vocab, words) for words in variants])
        if len(syllables) >= 3:
            by_skeleton.add(name, [_make_doc(vocab, words) for words in _skeleton_variants(phrase, known.likely_readings)])
        phrases[vocab.strings[name]] = phrase
    return _Matchers(vocab, by_norm, by_skeleton, phrases)


def _skeleton_variants(phrase: Phrase, readings: Mapping[str, tuple[str, ...]]) -> list[Phrase]:
    """The phrase, and with one or two words as other skeletons read them: a listed reading, a final c read as e ("chite", "trwe")."""
    others: list[tuple[int, str]] = []
    for place, word in enumerate(phrase):
        seen = {skeleton(word)}
        candidates = [word[:-1]] if len(word) > 2 and word.endswith("c") else []
        for reading in (*candidates, *readings.get(exact_form(word), ())):
            if skeleton(reading) not in seen and skeleton(reading) != "*":
                seen.add(skeleton(reading))
                others.append((place, reading))
    changes = [(), *((change,) for change in others), *((a, b) for a, b in combinations(others, 2) if a[0] != b[0])]
    return [tuple(dict(change).get(place, word) for place, word in enumerate(phrase)) for change in changes]


def _make_doc(vocab: Vocab, words: Sequence[str], damaged: bool = True) -> Doc:
    """A Doc of words with NORM set, and LEMMA for words that may be ``damaged``. A matcher compares hashes: no string is stored."""
    import numpy
    from spacy.tokens import Doc

    doc = Doc(vocab, words=[vocab.strings.add(_ANY)] * len(words))  # type: ignore[list-item]
    # Set all at once: token by token costs five times as much.
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    places = numpy.fromiter(map(numbers.__getitem__, words), "intp", len(words))
    hashes = {"NORM": _norm, "LEMMA": _lemma} if damaged else {"NORM": _norm}
    columns = [numpy.fromiter(map(of_word, numbers), "uint64", len(numbers))[places] for of_word in hashes.values()]
    table: Any = numpy.stack(columns, axis=1)
    doc.from_array(list(hashes), table)
    return doc


@lru_cache(maxsize=65536)
def _norm(word: str) -> int:
    """The hash of a word's folded form."""
    return _hash(fold(_sound(word)))


@lru_cache(maxsize=65536)
def _lemma(word: str) -> int:
    """The hash of a word's skeleton."""
    return _hash(skeleton(_sound(word)))


def _sound(word: str) -> str:
    return _LONE.sub("\ufffd", word)


def _hash(form: str) -> int:
    from spacy.strings import get_string_id

    return get_string_id(form)
