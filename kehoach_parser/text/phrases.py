"""Known phrases of the page in clean and damaged print: folded words first, skeleton keys where OCR has bent them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from kehoach_parser.text.fold import fold, skeleton
from kehoach_parser.text.lenient import type_pattern
from kehoach_parser.text.lists import table, types_of_papers

PARTY_LINE = "Đảng Cộng sản Việt Nam"
STATE_LINE = "Cộng hòa xã hội chủ nghĩa Việt Nam"
#: The same as unions and schools shorten it.
SHORT_STATE_LINE = "Cộng hòa XHCN Việt Nam"
MOTTO = "Độc lập Tự do Hạnh phúc"
RECIPIENTS = "Nơi nhận"


@cache
def listed(name: str) -> tuple[str, ...]:
    """A list of phrases of ``data/page.toml``: openings, issues, closings, closing_issuers, closing_orders, note_openings, surnames,
    open_ends and what belongs to it."""
    return tuple(table("page")[name])


def goes_on_after(before: str, last: str, where: Literal["text", "cells"], *, damaged: bool = False) -> bool:
    """Whether a line that ends with these two words was broken there: "… trưởng của", "… đốc Sở", "… trước ngày"; not "hằng năm".
    ``damaged``: the words have lost their marks ("va" for và)."""
    if damaged:
        before, last = fold(before), fold(last)
    if last.lower() in _ends("open_times", damaged):
        return before.lower() not in _ends("whole_times", damaged)
    return last in _ends("open_ends", damaged) or last in _ends(f"open_ends_of_{where}", damaged)


@cache
def _ends(name: str, damaged: bool) -> frozenset[str]:
    return frozenset(map(fold, listed(name))) if damaged else frozenset(listed(name))


@lru_cache(maxsize=4096)
def _keys(phrase: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = tuple(fold(phrase).split())
    return words, tuple(skeleton(word) for word in words)


def starts_with(words: Sequence[str], phrase: str) -> bool:
    """Whether folded words begin with the phrase. A bent word counts by its skeleton, but never all of a phrase of one word."""
    return matches_at(words, 0, phrase)


def matches_at(words: Sequence[str], at: int, phrase: str) -> bool:
    """Whether the phrase stands at a place in a list of folded words: same words, or same skeletons with at least one word exact.

    Phrases of three syllables and more may be bent in every word; the skeleton alone is too weak for shorter ones.
    """
    folded, keys = _keys(phrase)
    if at + len(folded) > len(words):
        return False
    exact = 0
    for offset, (word, key) in enumerate(zip(folded, keys, strict=True)):
        found = words[at + offset]
        if found == word:
            exact += 1
        elif skeleton(found) != key or (key in ("*", "p*") and len(found) > 3):
            return False
    return exact > 0 or len(folded) >= 3


def same(words: Sequence[str], phrase: str) -> bool:
    """Whether the words are the phrase and nothing else."""
    return len(words) == len(_keys(phrase)[0]) and matches_at(words, 0, phrase)


def find(words: Sequence[str], phrase: str) -> int:
    """Where the phrase stands in the words, -1 where it does not."""
    for at in range(len(words) - len(_keys(phrase)[0]) + 1):
        if matches_at(words, at, phrase):
            return at
    return -1


def opens_note(folded: str, at: int = 0) -> bool:
    """Whether a footnote may begin so: with the type of a document that is cited, damaged or not, or with a word of a note."""
    return _note_openings().match(folded, at) is not None


@cache
def _note_openings() -> re.Pattern[str]:
    words = "|".join(map(fold, listed("note_openings")))
    return re.compile(rf"{type_pattern()}|(?:{words})\b")


def type_name(words: Sequence[str]) -> str | None:
    """The type of paper that the words name and nothing else, or None. "QUYET BINH" is Quyết định."""
    return next((name for name in _types_of(len(words)) if same(words, name)), None)


def type_begun(words: Sequence[str]) -> str | None:
    """The type of paper that the words begin with, or None."""
    return next((name for name in _types_begun(skeleton(words[0])) if starts_with(words, name)), None) if words else None


@lru_cache(maxsize=4096)
def _types_begun(key: str) -> tuple[str, ...]:
    """The document types whose first word has this skeleton."""
    return tuple(name for name in types_of_papers() if _keys(name)[1][0] == key)


@cache
def _types_of(length: int) -> tuple[str, ...]:
    """The document types with so many words."""
    return tuple(name for name in types_of_papers() if len(name.split()) == length)
