"""Head phrases of units where they stand in a text: what spaCy's phrase matchers set, checked word by word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form, toneless
from kehoach_parser.units.gazetteer import Lexicon
from kehoach_parser.units.matching import phrases_in
from kehoach_parser.units.words import Phrase, TextWords

_LONG = 4  # words
#: Where an organ goes on with its symbol, also over a line end: "28/NQ-" ⏎ "HĐND".
_JOINTS = ("[-/]", *(rf"[^\W_][-/]{before}\n{behind}" for before in ("", r"[ \t]") for behind in ("", r"[ \t]")))
_IN_SYMBOL = re.compile("|".join(f"(?<={joint})" for joint in _JOINTS))


class Head(NamedTuple):
    """A head phrase that stands at ``start``."""

    start: int
    end: int
    phrase: Phrase
    kind: str


def heads_of(words: TextWords, known: Lexicon) -> dict[int, Head]:
    """The longest head phrase at each word where one stands."""
    heads: dict[int, Head] = {}
    for phrase, start, end, by_skeleton in phrases_in(words):
        kind = known.classes[phrase]
        if start in heads and (heads[start].end, heads[start].kind == "body") >= (end, kind == "body"):
            continue
        if _stands(words, start, phrase, kind, by_skeleton):
            heads[start] = Head(start, end, phrase, kind)
    return heads


_BRIEFINGS = (("giao", "ban"), ("Giao", "ban"))


def _stands(words: TextWords, start: int, phrase: Phrase, kind: str, by_skeleton: bool) -> bool:
    clean = words.is_clean(start)
    if clean and not _stands_clean(words, start, phrase):
        return False
    if clean and _is_other_word(words, start, phrase):
        return False
    if by_skeleton and not clean:
        syllables = [offset for offset, true in enumerate(phrase) if true[0].isalpha()]
        sure = sum(words.reads(start + offset, phrase[offset], loose=False) for offset in syllables)
        may_be = all(_may_be(words, start + offset, phrase[offset]) for offset in syllables)
        if 2 * sure < len(syllables) or not may_be:
            return False
    if kind == "body":
        first, second = words.text(start), words.text(start + 1)
        if phrase[0].isupper() and _IN_SYMBOL.match(words.content, words.starts[start]):
            return False  # the organ in a symbol: 77/KH-UBND
        return first[:1].isupper() or (len(phrase) > 1 and second[:1].isupper() and phrase[1][:1].isupper() and first[:1].isalpha())
    return True


def _is_other_word(words: TextWords, start: int, phrase: Phrase) -> bool:
    """Whether a word of a name belongs to another word of clean text: "họp giao ban Thường trực HĐND", "Trung ương Đảng ủy quyền cho …"."""
    briefing = words.texts[start - 1 : start + 1] in _BRIEFINGS and words.texts[start + 1][:1].isupper()
    return briefing or (phrase[-1] == "ủy" and words.reads(start + len(phrase), "quyền", loose=False))


def _stands_clean(words: TextWords, start: int, phrase: Phrase) -> bool:
    """Whether a phrase stands in clean text; a long one may have one mark misread ("Mặt trận Tố quốc"), a single word none: "Cấp, bổ
    sung" holds no "bộ"."""
    if words.texts[start : start + len(phrase)] == phrase:
        return True
    if len(phrase) == 1 and exact_form(words.texts[start]) not in _lone(phrase[0]):
        return False
    wrong = 0
    for at, true in enumerate(phrase, start):
        if not words.reads(at, true):
            wrong += 1
            if wrong > (len(phrase) >= _LONG) or words.folds[at] != fold(true):
                return False
    return True


@lru_cache(maxsize=4096)
def _lone(true: str) -> frozenset[str]:
    """How a word that is a name by itself may be printed."""
    return frozenset({exact_form(true), toneless(exact_form(true))})


def _may_be(words: TextWords, at: int, true: str) -> bool:
    """Whether a word whose skeleton agrees can be the true one: by its letters, as a very short word, or with its final c misread."""
    folded = words.folded(at)
    if words.reads(at, true) or (folded[:1].isalnum() and len(true) <= 2 and abs(len(folded) - len(true)) <= 1):
        return True
    return true.endswith("c") and folded.endswith("e") and words.reads_letters(folded[:-1] + "c", true)
