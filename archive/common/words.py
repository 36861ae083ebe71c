"""The words of a text as the full text sees them: one reading for the index, for the query and for finding the place in the text again.

Each word has an exact form (NFC, lower case, tone marks in one place: hoà is hòa), a folded form, and a skeleton. A word is *faded* where
its surroundings lost their Vietnamese marks (OCR with a foreign model, typing without marks): only there may a word typed with marks be
met by a word without them; elsewhere the marks that the user typed are respected. Where the restorer has read a word, its reading stands
beside the print, with the words around it that stay as printed (numbers, symbols), so that a phrase may hold both; a reading that is *sure*
is what the word is, whatever else its print might stand for.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain, pairwise, repeat

from archive.values.documents import Span
from kehoach_parser import fold, letters_apart, lost_blanks, skeleton
from kehoach_parser.knowledge import exact_form, is_marked

#: Braces and quotes inside a word are letters that OCR misread ("phé{m", "thé“mg").
INNER = '{}“”"‘’`§$¥&'
# Combining marks belong to their letter (NFD text).
_LETTERS = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
_WORD = re.compile(rf"{_LETTERS}(?:[{INNER}]{_LETTERS})*")
#: A word as the restorer reads it: start and end in the text, reading, whether that is sure.
Restored = tuple[int, int, str, bool]

#: Printed words stand in the restored layer up to so many places from a restored word: no phrase is much longer.
_BESIDE = 8

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
#: Clean text has marks on 0.295 of its letters, damaged text on 0.000 (measured); headings in capitals and lists of names lie above this.
MARKED_SHARE = 0.12
#: Below this quality the whole text counts as faded.
LOW_QUALITY = 0.75
#: Paragraphs with fewer letters say nothing about themselves.
TOO_SHORT = 40


@lru_cache(maxsize=65536)
def folded_form(word: str) -> str:
    """Lower case without marks."""
    return fold(unicodedata.normalize("NFC", word))


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text, as parallel tuples. ``restored`` are the exact forms of the restored layer, empty outside it; ``sure``: a
    sure reading of the restorer stands there."""

    spans: tuple[Span, ...]
    exact: tuple[str, ...]
    folded: tuple[str, ...]
    skeletons: tuple[str, ...]
    faded: tuple[bool, ...]
    restored: tuple[str, ...]
    sure: tuple[bool, ...]

    def layer(self, marked: bool) -> tuple[str, ...]:
        """The restored layer as words typed with marks meet it, or without; empty where nothing was restored."""
        if not any(self.restored):
            return ()
        return self.restored if marked else tuple(map(folded_form, self.restored))

    def between(self, first: int, end: int) -> TextWords:
        """The words from ``first`` to ``end`` (exclusive)."""
        part = slice(first, end)
        return TextWords(*(getattr(self, field.name)[part] for field in fields(self)))


def split_words(text: str) -> list[str]:
    """The words of a short text, as typed."""
    return _WORD.findall(text)


def words_of(text: str, quality: float = 1.0, restored: Sequence[Restored] = ()) -> TextWords:
    """The words of a text of this quality (0..1, of its plan), and how those were read that were restored."""
    readings = {(start, end): (reading, sure) for start, end, reading, sure in restored if _WORD.fullmatch(reading)}
    apart = letters_apart(text)
    spans = _with_restored(_with_restored(_cut(text), apart), tuple(readings))
    printed = [text[start:end] for start, end in spans]
    if apart or readings:
        printed = ["".join(word.split()) for word in printed]  # "K Ế" is one word
    exact, folded = tuple(map(exact_form, printed)), tuple(map(folded_form, printed))
    faded = list(_faded(text, quality, spans))
    if readings:
        faded = [state or span in readings for span, state in zip(spans, faded, strict=True)]
    return TextWords(
        tuple(spans),
        exact,
        folded,
        tuple(skeleton(word) if state else "" for word, state in zip(folded, faded, strict=True)) if any(faded) else ("",) * len(spans),
        tuple(faded),
        _layer(exact, [readings[span][0] if span in readings else None for span in spans]) if readings else ("",) * len(spans),
        tuple(span in readings and readings[span][1] for span in spans) if readings else (False,) * len(spans),
    )


def _cut(text: str) -> list[Span]:
    """The spans of the words of a text, cut where it has lost a blank: "vụĐảng" is two."""
    spans = [match.span() for match in _WORD.finditer(text)]
    lost = lost_blanks(text)
    return list(_cut_at(lost, spans)) if lost else spans


def _cut_at(lost: Sequence[int], spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        for at in lost[bisect_right(lost, start) : bisect_left(lost, end)]:
            yield start, at
            start = at
        yield start, end


def _with_restored(spans: list[Span], restored: Sequence[Span]) -> list[Span]:
    """The spans of words, those of restored words in the place of what they overlap: "tha:ing" is one word, and "¥" is one."""
    if not restored:
        return spans
    kept = []
    number = 0
    for span in spans:
        while number < len(restored) and restored[number][1] <= span[0]:
            number += 1
        if number == len(restored) or span[1] <= restored[number][0]:
            kept.append(span)
    return sorted([*kept, *restored])


def _layer(exact: Sequence[str], readings: Sequence[str | None]) -> tuple[str, ...]:
    layer = [""] * len(exact)
    beside = 0
    for number, reading in enumerate(readings):
        if reading is None:
            continue
        for near in range(max(beside, number - _BESIDE), min(len(exact), number + _BESIDE + 1)):
            layer[near] = layer[near] or exact[near]
        beside = number + 1
        layer[number] = exact_form(reading)
    return tuple(layer)


def _faded(text: str, quality: float, spans: Sequence[Span]) -> Iterator[bool]:
    """Whether each of these words stands where the text lost its marks: in such a paragraph, or anywhere in such a text."""
    starts, faded = faded_paragraphs(text, quality, lambda start, end: _letters(text[start:end]))
    begins = [start for start, _ in spans]
    bounds = [*(bisect_left(begins, start) for start in starts), len(spans)]
    return chain.from_iterable(repeat(state, end - first) for (first, end), state in zip(pairwise(bounds), faded, strict=True))


def faded_paragraphs(text: str, quality: float, count: Callable[[int, int], tuple[int, int]]) -> tuple[list[int], list[bool]]:
    """Where the paragraphs of a text begin, and whether each has lost its marks; ``count`` tells how many letters stand between two
    offsets, and how many of them bear Vietnamese marks."""
    if quality < LOW_QUALITY:
        return [0], [True]
    breaks = [match.span() for match in _PARAGRAPH.finditer(text)]
    starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)]
    counted = [count(start, end) for start, end in zip(starts, ends, strict=True)]
    whole = _is_faded(sum(letters for letters, _ in counted), sum(marked for _, marked in counted), False)
    return starts, [whole or _is_faded(*letters, whole) for letters in counted]


class _Kinds(dict[int, str]):
    """What `str.translate` makes of a letter: "m" of one with a Vietnamese mark, "l" of another, a blank of what is none."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = self[code] = "m" if is_marked(char) else "l" if char.isalpha() else " "
        return kind


_KINDS = _Kinds()


def _letters(text: str) -> tuple[int, int]:
    """How many letters there are, and how many of them bear Vietnamese marks."""
    kinds = unicodedata.normalize("NFC", text).translate(_KINDS)
    marked = kinds.count("m")
    return kinds.count("l") + marked, marked


def _is_faded(letters: int, marked: int, otherwise: bool) -> bool:
    return otherwise if letters < TOO_SHORT else marked < MARKED_SHARE * letters
