"""The syllables that a restorer knows, by number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kehoach_parser.restoration.language import NAMES
from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import FINAL, INITIAL, VOWELS

_SYLLABLE = re.compile(rf"{INITIAL}?[{''.join(sorted(VOWELS))}]{{1,3}}{FINAL}?")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``words``: the entries by number, the first four of them names (`language.NAMES`); ``numbers`` the other way round."""

    words: tuple[str, ...]
    numbers: dict[str, int] = field(repr=False)
    folded: frozenset[str] = field(repr=False)


def lexicon_of(words: Sequence[str]) -> Lexicon:
    """A lexicon of these words, which are in lower case, in this order after the names."""
    entries = (*NAMES, *words)
    return Lexicon(
        entries, {word: number for number, word in enumerate(entries)}, frozenset(fold(word) for word in words if is_syllable(word))
    )


def is_syllable(word: str) -> bool:
    """Whether a word in lower case has the shape of a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None
