"""The syllables that a restorer knows, by number, and the forms of Vietnamese spelling that count as one.

Where the tone stands in "hoà" or "hòa", "uỷ" or "ủy" is a habit of the writer that damage wipes out; both count as the newer form, which
the decrees on the layout of documents use themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kehoach_parser.restoration.language import NAMES
from kehoach_parser.text.fold import fold

_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|nh|ch|kh|ph|th|tr|gi|qu|[bcdđghklmnpqrstvx])?"
    r"[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_OLD_FORMS = {
    **{"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa"},
    **{"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe"},
    **{"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"},
}
LONGEST_SYLLABLE = 7


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
    return len(word) <= LONGEST_SYLLABLE and _SYLLABLE.fullmatch(word) is not None


@lru_cache(maxsize=65536)
def newer_form(word: str) -> str:
    """A word in lower case with its tone where the newer spelling has it: "uỷ" → "ủy", but "quý" stays."""
    lower = word.lower()
    newer = _OLD_FORMS.get(lower[-2:])
    return lower[:-2] + newer if newer and not lower.startswith("qu") else lower
