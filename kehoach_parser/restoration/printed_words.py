"""A text as the words that a restorer reads: what stands between blanks, its outer punctuation apart, joined words split.

OCR keeps what stands between blanks one to one in 99.9 % of the words (measured), so restoring is tagging. Punctuation *inside* a word is
a letter that was misread ("phé{m" is "phẩm", "thé“mg" is "thắng"), at its ends it is punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kehoach_parser.text.marks import toneless

#: What a word is: letters; a number; a symbol, address or other mix that is a fact and stays as printed; a mark.
WORD, NUMBER, FACT, MARK = "word", "number", "fact", "mark"

_CHUNK = re.compile(r"\S+")
_OPENING = re.compile(r"[(\[\"“”'‘’«*_–—•…+:;,.=-]+")
_CLOSING = re.compile(r"(?:\[\d{1,2}\]?|[)\]\"“”'‘’»*_–—•…+:;,.?!/¹²³⁴-])+$")
# "kinh tế-xã hội", "và/hoặc", "bộ,ngành": two words without a blank between them.
_JOINED = re.compile(r"(?<=\w)[-–/](?=\w)|(?<=\w[&¢@€])/(?=[^\W\d]{2})|(?<=[^\W\d]{2})[,;:.](?=[^\W\d]{2})")
_ROMAN = re.compile(r"[IVX]{1,6}")
_FACT = re.compile(
    r"\d.*[-/]|[-/].*\d"  # 35-KH/ĐU, 12/11/2025
    r"|.*[A-ZĐ]{2}[-/]|.*[-/].{0,2}[A-ZĐ]{2}"  # NQ/TW
    r"|.*\w@\w+\.\w|.*\\|.*\.(?:vn|com|gov|org)\b|www|http"
)
# Signs that are no letters, alone or in pairs; others ("&", "¢", "§") stand for a short word.
_NO_LETTERS = re.compile(r"[-–—=+*#~<>|/\\_.,:;`^°•·]+")
_LETTERLIKE = frozenset("&¢@¥§€$")
_SENTENCE_END = ".;:?!"
_LONGEST = 14
# The horn or the mark of a word's last letter, read as a sign behind it: "st? dung" is sử dụng, "co’ quan" cơ quan.
_LAST_MARK = re.compile(r"[?’'](?=(\s)?)")
_HORNED = ("ư", "ơ")


class PrintedWord(NamedTuple):
    """A word at ``[start, end)`` (code points), its outer punctuation left out; ``ends``: a sentence or clause ends behind it."""

    start: int
    end: int
    printed: str
    kind: str
    ends: bool


def split_words(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedWord]:
    """The words of ``text[start:end]`` in order; none is empty."""
    for chunk in _CHUNK.finditer(text, start, len(text) if end is None else end):
        at = chunk.start()
        for first, last, kind, ends in _pieces(chunk.group()):
            yield PrintedWord(at + first, at + last, text[at + first : at + last], kind, ends)


def within_sentence(text: str, word: PrintedWord) -> PrintedWord:
    """A word of a damaged text, in which no sentence ends behind what may be the mark of a last letter: official papers ask nothing."""
    found = _LAST_MARK.match(text, word.end)
    return word._replace(ends=False) if found and found[1] else word


def end_with_mark(text: str, end: int, reading: str) -> int:
    """Where a word ends that was printed up to ``end``: behind a sign that is the mark of the last letter of its ``reading``."""
    return end + (_LAST_MARK.match(text, end) is not None and toneless(reading[-1:].lower()) in _HORNED)


@lru_cache(maxsize=65536)
def _pieces(chunk: str) -> tuple[tuple[int, int, str, bool], ...]:
    opening = _OPENING.match(chunk)
    first = opening.end() if opening else 0
    closing = _CLOSING.search(chunk, first)
    last = closing.start() if closing else len(chunk)
    if first == last:
        return ((0, len(chunk), MARK, chunk[-1] in _SENTENCE_END),)
    ends = any(sign in _SENTENCE_END for sign in chunk[last:])
    core = chunk[first:last]
    if not any(map(str.isalnum, core)):
        return ((first, last, MARK if last - first > 2 or _NO_LETTERS.fullmatch(core) else WORD, ends),)
    if _FACT.match(core):
        return ((first, last, FACT, ends),)
    if core.isalpha() or not _JOINED.search(core):
        return ((first, last, _kind(core), ends),)
    parts = []
    at = first
    for joint in _JOINED.finditer(core):
        behind = first + joint.start()
        parts.append((at, behind, _kind(chunk[at:behind]), joint.group() in _SENTENCE_END))
        at = first + joint.end()
    parts.append((at, last, _kind(chunk[at:last]), ends))
    return tuple(parts)


def _kind(core: str) -> str:
    letters = sum(map(str.isalpha, core))
    if _ROMAN.fullmatch(core) or (not letters and not set(core) & _LETTERLIKE):
        return NUMBER
    digits = sum(map(str.isdigit, core))
    # "16p" is lớp and "1an" is lần; "24h" and "100m" are what they are.
    if digits > letters + 1 or (digits > 1 and not core.startswith("1")) or len(core) > _LONGEST:
        return FACT
    return WORD
