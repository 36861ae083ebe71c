"""The document that mentions are found in: the text, its folded form and one spaCy Doc.

Blanks are no tokens: a phrase that runs over a line end is a run of tokens like any other. So the Doc's own character offsets are not
the text's; `span` leads from tokens back to the text. Every token bears its folded form as NORM and its skeleton as LEMMA, which
is what spaCy's PhraseMatcher compares (attr="NORM", attr="LEMMA").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kehoach_parser.fold import fold, skeleton
from kehoach_parser.model import Span

# A run of letters and digits, or a single other sign. Symbols such as 18-NQ/TW are several tokens: the citation grammar reads them whole.
TOKEN = re.compile(r"[^\W_]+|[^\s]")
_LONE = re.compile("[\ud800-\udfff]")  # half of a surrogate pair: a str may hold it, spaCy's UTF-8 may not


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its tokens: token i stands at ``content[starts[i]:ends[i]]``."""

    content: str
    folded: str
    doc: Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, end: int) -> Span:
        """The span in the text of the tokens ``first`` to ``end`` (exclusive)."""
        return self.starts[first], self.ends[end - 1]

    def tokens_in(self, span: Span) -> tuple[int, int]:
        """The tokens (first, end) that lie wholly within a span of the text."""
        first = bisect_left(self.starts, span[0])
        return first, max(first, bisect_right(self.ends, span[1]))


def make_doc(vocab: Vocab, words: list[str]) -> Doc:
    """A Doc of words with NORM and LEMMA set; also what phrases for a PhraseMatcher are made with."""
    doc = Doc(vocab, words=words)
    for token, word in zip(doc, words, strict=True):
        token.norm_ = fold(word)
        token.lemma_ = skeleton(word)
    return doc


def read_document(content: str, vocab: Vocab) -> Document:
    """Tokens of an NFC text. ``vocab`` is the one that the phrase matchers were built with."""
    spans = [match.span() for match in TOKEN.finditer(content)]
    sound = _LONE.sub("\ufffd", content)
    doc = make_doc(vocab, [sound[start:end] for start, end in spans])
    return Document(content, fold(content), doc, tuple(start for start, _ in spans), tuple(end for _, end in spans))


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
