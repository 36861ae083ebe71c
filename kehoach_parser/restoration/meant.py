"""A damaged text as meant: the restored words in the places of the printed ones, and which offset of the one is which of the other.

What is told by words alone (who does what) is read in it, and led back to the print. Numbers, dates and symbols stand in it as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kehoach_parser.model import Span
from kehoach_parser.restoration.restorer import DOUBTFUL, RestoredWord, restore


@dataclass(frozen=True, slots=True)
class Meant:
    """``there`` has for each offset of the text (its end included) that in ``content``, ``back`` the other way round.

    Words begin and end at the same places in both; an offset within a word is one within the other. ``unsure``: the words of ``content``
    that the restorer could not read ("Chz’ip" for Chấp), whose reading is doubtful, and digits that may be letters ("6" for ở).
    """

    content: str
    there: Sequence[int]
    back: Sequence[int]
    unsure: tuple[Span, ...]


def as_meant(text: str) -> Meant | None:
    """A composed (NFC) text as meant; None where no word of it is read otherwise than printed."""
    judged = restore(text).words
    words = [word for word in judged if word.reading != word.printed]
    if not words:
        return None
    parts: list[str] = []
    there: list[int] = []
    back: list[int] = []
    at = 0
    for word in words:
        there += range(len(back), len(back) + word.start - at)
        back += range(at, word.start)
        printed, read = word.end - word.start, len(word.reading)
        there += [len(back) + min(i, read - 1) for i in range(printed)]
        back += [word.start + min(i, printed - 1) for i in range(read)]
        parts += [text[at : word.start], word.reading]
        at = word.end
    there += range(len(back), len(back) + len(text) - at + 1)
    back += range(at, len(text) + 1)
    doubtful = [(word.start, word.end) for word in judged if word.certainty < DOUBTFUL]
    unsure = tuple((there[start], there[end]) for start, end in sorted((*doubtful, *_lone_digits(text, judged))))
    return Meant("".join((*parts, text[at:])), there, back, unsure)


def _lone_digits(text: str, words: Sequence[RestoredWord]) -> Iterator[Span]:
    """The digits that stand alone between two restored words."""
    for before, after in pairwise(words):
        between = text[before.end : after.start]
        if len(between.strip()) == 1 and between.strip().isdigit():
            at = before.end + len(between) - len(between.lstrip())
            yield at, at + 1
