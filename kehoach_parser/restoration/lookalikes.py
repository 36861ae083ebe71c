"""Letters that differ in their marks alone: OCR in Vietnamese takes each for the others, also those that no page to learn from held.

Learned were misread letters of six clean documents, about two hundred. They have `ổ` read `ô`, but no capital `Ế` read `É`, which real
pages are full of. What was learned stays; the letters of one base share a little of every letter's uses besides.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kehoach_parser.restoration.channel_training import LETTERS
from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import TONES

#: Share of a letter's uses that its sisters get together: those that differ by the tone or by the sign of the letter ("ô" from "ơ", "o"),
#: and those that differ by both. Found on drawn pages of other documents (docs/restoration.md).
ONE_MARK, TWO_MARKS = 0.008, 0.002

Counts = Mapping[tuple[str, str], float]


def with_lookalikes(counts: Counts) -> Counts:
    """The uses of a channel with those of letters read as their sisters."""
    uses: dict[str, float] = defaultdict(float)
    for (true, _), count in counts.items():
        uses[true] += count
    out = dict(counts)
    for letter in (*LETTERS, *LETTERS.upper()):
        for share, sisters in zip((ONE_MARK, TWO_MARKS), _sisters(letter), strict=True):
            for sister in sisters:
                out[letter, sister] = out.get((letter, sister), 0.0) + share * uses[letter] / len(sisters)
    return out


def _sisters(letter: str) -> Iterator[list[str]]:
    """The letters of the same base and case that differ by one mark, and those that differ by two."""
    same = [other for other in (LETTERS.upper() if letter.isupper() else LETTERS) if fold(other) == fold(letter) and other != letter]
    steps = {other: sum(mine != theirs for mine, theirs in zip(_marks(letter), _marks(other), strict=True)) for other in same}
    yield from ([other for other in same if steps[other] == step] for step in (1, 2))


def _marks(letter: str) -> tuple[str, str]:
    """A letter without its tone, and its tone: ấ → â and the acute."""
    signs = unicodedata.normalize("NFD", letter)
    return "".join(sign for sign in signs if sign not in TONES), "".join(sign for sign in signs if sign in TONES)
