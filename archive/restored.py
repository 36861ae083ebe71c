"""The restored words of a text as the full text keeps them: worked out once, when a text is indexed, and read from the index afterwards."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

from archive.words import Restored
from kehoach_parser import compose, restore


def restored_words(text: str) -> tuple[Restored, ...]:
    """The words of a text's damaged and unaccented lines as the package's restorer reads them, in order; none in a clean text."""
    composed, origin = compose(text)
    return tuple((origin[word.start], origin[word.end], word.reading) for word in restore(composed).words)


def pack(words: Sequence[Restored]) -> bytes:
    """Words for keeping: about 3 bytes each. No words are no bytes."""
    if not words:
        return b""
    gaps = [start - before for (start, _, _), before in zip(words, (0, *(end for _, end, _ in words)), strict=False)]
    rows = [gaps, [end - start for start, end, _ in words], "\n".join(reading for _, _, reading in words)]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(packed: bytes) -> tuple[Restored, ...]:
    """The words that were packed."""
    if not packed:
        return ()
    gaps, lengths, readings = json.loads(zlib.decompress(packed))
    words: list[Restored] = []
    at = 0
    for gap, length, reading in zip(gaps, lengths, readings.split("\n"), strict=True):
        words.append((at + gap, at + gap + length, reading))
        at += gap + length
    return tuple(words)
