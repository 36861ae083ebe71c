"""Patterns that find a phrase on folded text whether its vowels survived or not: "ke hoach" also finds "k& hoach" and "ké hoach".

OCR with a foreign model breaks vowels and leaves most consonants. Such a pattern is wide, so it is used only where what follows settles the
matter (a symbol, a Roman numeral), or for phrases of two syllables and more in a fixed place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import letters_of_type
from kehoach_parser.text.marks import FINAL, INITIAL

_BLANKS = r"\s{1,3}"
_VOWEL = r"[^\s,;:.()/\[\]\-bcghklmnpqstvx]{1,4}"
_ONSET = re.compile(f"{INITIAL}?")
_CODA = re.compile(f"{FINAL}?$")
# Đ and B are read for one another ("Pang", "Bang" for Đảng), l is read as 1 ("1an" for lần).
_OPENING = {"d": "[dpb][dpb]?", "b": "[bp]", "l": "[l1|i]"}

# "được sửa đổi bởi Luật số 87/2025/QH15": bởi is no damaged bộ; "hiệu quả Chỉ thị" holds no damaged quy chế.
_OTHER_WORD = {"Bộ luật": r"(?!boi\s)", "Quy chế": r"(?!qua\s{1,3}chi\s)"}

# c is read as e at the end of a syllable ("viée" for việc).
_CLOSING = {"c": "[ce]"}


@cache
def lenient(phrase: str) -> str:
    """A pattern for a phrase of known syllables, to be used on folded text."""
    out = []
    for syllable in fold(phrase).split():
        onset = _ONSET.match(syllable)
        coda = _CODA.search(syllable)
        first = onset.group() if onset else ""
        last = coda.group() if coda else ""
        out.append(_OPENING.get(first, first) + _VOWEL + _CLOSING.get(last, last))
    return _BLANKS.join(out) + r"(?![^\W_])"


@cache
def type_names() -> tuple[str, ...]:
    """Types of document, longer names first: "Quyết định" before "Quy định", "Thông tư liên tịch" before "Thông tư"."""
    return tuple(sorted(letters_of_type(), key=lambda name: (-len(name.split()), -len(name), name)))


@cache
def type_pattern() -> str:
    """A pattern that finds the type words on folded text, damaged or not; the empty group ``t<i>`` marks the i-th of `type_names`.

    The group stands behind the word: a branch that begins with a letter is passed over faster.
    """
    return "(?:" + "|".join(f"{_OTHER_WORD.get(name, '')}{lenient(name)}(?P<t{i}>)" for i, name in enumerate(type_names())) + ")"


def type_places(folded: str) -> list[int]:
    """Where the type words of a folded text begin, damaged or not. They are few, and a pattern that begins with one needs to be tried
    there alone."""
    return [match.start() for match in _type_words().finditer("\n" + folded)]


def found_at(places: Sequence[int], pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """What a pattern that begins with a type word finds in a text, given where these stand: left to right, none over another."""
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(folded, place)) is not None:
            yield match
            end = match.end()


@cache
def _type_words() -> re.Pattern[str]:
    """The sign or blank before a type word. What begins with the same word stands together: each first word is tried once.

    A pattern that begins with a sign is searched for several times as fast as one that looks behind at every letter.
    """
    following: dict[str, list[str]] = {}
    for name in type_names():
        first, blanks, rest = lenient(name).partition(_BLANKS)
        following.setdefault(_OTHER_WORD.get(name, "") + first, []).append(blanks + rest)
    named = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in following.items())
    return re.compile(rf"[\W_](?={named})")
