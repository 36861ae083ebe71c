"""The document that mentions are found in: the text, its folded form, and the vocabulary of the phrase matchers.

Blanks are no tokens: a phrase that runs over a line end is a run of tokens like any other. `make_doc` makes a spaCy Doc of words, each with
its folded form as NORM and its skeleton as LEMMA, which is what spaCy's PhraseMatcher compares (attr="NORM", attr="LEMMA").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

import numpy
from spacy.strings import StringStore, get_string_id
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kehoach_parser.fold import fold, skeleton
from kehoach_parser.model import Span

# A run of letters and digits, or a single other sign. Symbols such as 18-NQ/TW are several tokens: the citation grammar reads them whole.
TOKEN = re.compile(r"[^\W_]+|[^\s]")
_LONE = re.compile("[\ud800-\udfff]")  # half of a surrogate pair: a str may hold it, spaCy's UTF-8 may not


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its folded form; ``vocab`` is the one that the phrase matchers were built with."""

    content: str
    folded: str
    vocab: Vocab

    def tokens_from(self, at: int, most: int) -> list[Span]:
        """The spans of the first tokens that begin at or after an offset."""
        if at > 0 and self.content[at - 1 : at].isalnum() and (inside := TOKEN.match(self.content, at)) and inside.group().isalnum():
            at = inside.end()
        return [match.span() for match in islice(TOKEN.finditer(self.content, at), most)]


def make_doc(vocab: Vocab, words: list[str]) -> Doc:
    """A Doc of words with NORM and LEMMA set; also what phrases for a PhraseMatcher are made with."""
    sound = [_LONE.sub("\ufffd", word) for word in words] if _LONE.search(" ".join(words)) else words
    doc = Doc(vocab, words=sound)
    # Set all at once: token by token costs five times as much. A matcher compares hashes, so the strings themselves are not stored.
    hashes = {word: _hashes(word) for word in set(sound)}
    columns = [numpy.fromiter((hashes[word][column] for word in sound), "uint64", len(sound)) for column in (0, 1)]
    table: Any = numpy.column_stack(columns)
    doc.from_array(["NORM", "LEMMA"], table)
    return doc


@lru_cache(maxsize=65536)
def _hashes(word: str) -> tuple[int, int]:
    """The hashes of a word's folded form and of its skeleton."""
    return get_string_id(fold(word)), get_string_id(skeleton(word))


def read_document(content: str, vocab: Vocab) -> Document:
    """The document of an NFC text. ``vocab`` is the one that the phrase matchers were built with."""
    return Document(content, fold(content), vocab)


#: Damaged words pile up in a vocabulary's string store: past so many strings a new one is taken.
MOST_STRINGS = 400_000


def vocabulary() -> Vocab:
    """The vocabulary that documents and phrase matchers share, so that matchers are built once; a new one when it has grown too large."""
    if len(_vocabulary().strings) > MOST_STRINGS:
        _vocabulary.cache_clear()
    return _vocabulary()


@cache
def _vocabulary() -> Vocab:
    return Vocab(strings=StringStore())
