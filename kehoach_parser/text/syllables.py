"""Does a text look Vietnamese? The evidence by which an encoding is chosen.

A wrong table turns letters into other letters, and Vietnamese is strict about what may stand in a syllable: the right table gives words
that can be spoken, a wrong one hardly ever does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from kehoach_parser.text.marks import INITIAL, TONES, toneless

# The orthography of school grammars: the vowels with the final consonants that may follow each group of them.
_RHYME = (
    r"(?:[ae](?:[mnpt]|ng|c|o)?|a(?:ch|nh|[iuy])|i(?:[mnpt]|c|ch|nh|a|u)?|y(?:[nptu]|ch|nh)?|o(?:[mnpt]|c|ng|i|ong|oc)?|u(?:[mnpt]|c|ng|a|i)?"
    r"|ă(?:[mnpt]|c|ng)|â(?:[mnptuy]|c|ng)|ê(?:[mnptu]|ch|nh|ng)?|ô(?:[mnpti]|c|ng)?|ơ(?:[mnpti])?|ư(?:[mnptaiu]|c|ng)?"
    r"|(?:iê|yê)(?:[mnptu]|c|ng)|uô(?:[mnpti]|c|ng)|ươ(?:[mnptiu]|c|ng)"
    r"|oa(?:[cmnpt]|ch|nh|ng|[ioy])?|oă(?:[cmnt]|ng)|oe(?:[nto])?|uâ(?:[nty]|ng)|uê(?:ch|nh)?|uơ|uy(?:[nptua]|ch|nh)?|uyê[nt])"
)
_SYLLABLE = re.compile(f"(?:{INITIAL}(?<!q))?{_RHYME}")
_STOPPED = re.compile(r"(?:ch|[cpt])$")
_STOP_TONES = frozenset("\u0301\u0323")
_EDGE = "\"'()[]{}<>.,;:!?*_-/\\|+=&%$#@~`^“”‘’«»–—…•·°§©®0123456789"
_PIECE = re.compile(r"[^\s\-–—/,.;:()\"“”…]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How Vietnamese a text looks.

    ``marked`` is the number of words with a letter beyond ASCII, ``sound`` how many of them are possible syllables, ``words`` the number of
    all words, ``letters`` the number of different letters beyond ASCII.
    """

    words: int
    marked: int
    sound: int
    letters: int

    @property
    def share(self) -> float:
        """The share of the marked words that are possible syllables, 0 to 1; 0 where no word is marked."""
        return self.sound / self.marked if self.marked else 0.0


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """True where a word is a possible Vietnamese syllable with at most one tone."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = sum(decomposed.count(tone) for tone in TONES)
    return tones <= 1 and _SYLLABLE.fullmatch(toneless(decomposed)) is not None


def evidence(content: str) -> Evidence:
    """What the words of a text say. Linear in its length; every different word is looked at once."""
    words = marked = sound = 0
    letters: set[str] = set()
    for piece, count in Counter(_PIECE.findall(content)).items():
        word = piece.strip(_EDGE)
        if not word:
            continue
        words += count
        if word.isascii():
            continue
        marked += count
        letters.update(char for char in word if not char.isascii())
        if is_syllable(word):
            sound += count
    return Evidence(words, marked, sound, len(letters))


@lru_cache(maxsize=65536)
def is_spoken(part: str) -> bool:
    """Whether letters are a syllable written in one way of capitals; what ends in c, ch, p, t has a rising or a heavy tone."""
    if not is_syllable(part) or not (part.islower() or part.isupper() or part.istitle()):
        return False
    return _STOPPED.search(part.lower()) is None or not _STOP_TONES.isdisjoint(unicodedata.normalize("NFD", part))
