"""The letters of Vietnamese syllables: those that open and close one, the letters that bear marks, the five tones and where they stand.

"hoà" or "hòa", "uỷ" or "ủy" is a habit of the writer; both count as the newer form, which the decrees on the layout of documents use.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: What a syllable may begin and end with, by the orthography of school grammars, as patterns. "q" alone is what damage leaves of "qu".
INITIAL = "(?:ngh|ng|gh|nh|ch|kh|ph|th|tr|gi|qu|[bcdđghklmnpqrstvx])"
FINAL = "(?:ng|nh|ch|[cmnpt])"
#: The five tones as combining marks.
TONES = "\u0300\u0301\u0303\u0309\u0323"
#: All vowels with every tone, in lower case and composed.
VOWELS = frozenset(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *TONES))
#: The letters that show a text to be Vietnamese, in lower case. é is left out: an English model of OCR prints it for many letters.
MARKED = (VOWELS | {"đ"}) - frozenset("aeiouyé")

# "hoá" and "hóa": the tone of an open syllable by its old and its new place. After q the u is no vowel: "quý".
_NEW_PLACE = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in TONES
}
_AFTER_Q = {new: old for old, new in _NEW_PLACE.items() if old[0] == "u"}
_OTHER_D = str.maketrans({"ð": "đ"})


@lru_cache(maxsize=65536)
def exact_form(word: str) -> str:
    """The word composed, in lower case, its tone in one place ("hòa", "ủy", "quý"), đ for the ð that some readers print."""
    form = unicodedata.normalize("NFC", word).casefold().translate(_OTHER_D)
    tail = form[-2:]
    return form[:-2] + (_AFTER_Q if form[-3:-2] == "q" else _NEW_PLACE).get(tail, tail)


def toneless(text: str) -> str:
    """The text without tones, composed; the other marks stay: "tổ" is "tô"."""
    return unicodedata.normalize("NFC", "".join(sign for sign in unicodedata.normalize("NFD", text) if sign not in TONES))


def tones(text: str) -> str:
    """The tones of the text alone: those of "phố" and "phó" are the same."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if sign in TONES)


def is_marked(char: str) -> bool:
    """Whether a letter bears a mark that shows a text to be Vietnamese (`MARKED`)."""
    return char.lower() in MARKED
