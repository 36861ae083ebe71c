"""What the full text keeps of a text, worked out once, when it is indexed, and read from the index afterwards: its restored words, the
`Sight` of it, and how it is laid out to be shown."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.common.words import Restored

if TYPE_CHECKING:
    from kehoach_parser import RestoredWord


def restored_words(text: str) -> tuple[Restored, ...]:
    """The words of a text's damaged and unaccented lines as the package's restorer reads them, in order; none in a clean text."""
    from kehoach_parser import compose, restore  # who reads the layer does not wait for the restorer

    composed, origin = compose(text)
    return layer_of(restore(composed).words, origin)


def layer_of(words: Sequence[RestoredWord], origin: Sequence[int]) -> tuple[Restored, ...]:
    """What the index keeps of restored words: where, the reading, whether it is sure (99.7 % of these are right, docs/restoration.md).

    ``origin``: for each offset of the composed text the one in the text.
    """
    from kehoach_parser import DOUBTFUL

    return tuple((origin[word.start], origin[word.end], word.reading, word.certainty >= DOUBTFUL) for word in words)


#: Bytes in which the length of a part stands before it.
_LENGTH = 4


def pack_layer(words: Sequence[Restored], sight: bytes, layout: bytes) -> bytes:
    """Restored words, the packed sight and the packed layout as one."""
    parts = (pack(words), sight, layout)
    return b"".join(piece for part in parts for piece in (len(part).to_bytes(_LENGTH, "big"), part))


def unpack_layer(layer: bytes) -> tuple[tuple[Restored, ...], bytes, bytes]:
    """The restored words of a layer, its packed sight and its packed layout; all are empty where the layer is."""
    words, at = _part(layer, 0)
    sight, at = _part(layer, at)
    return unpack(words), sight, _part(layer, at)[0]


def _part(layer: bytes, at: int) -> tuple[bytes, int]:
    """The part that begins at an offset, and where the next does."""
    start = at + _LENGTH
    end = start + int.from_bytes(layer[at:start], "big")
    return layer[start:end], end


def pack(words: Sequence[Restored]) -> bytes:
    """Words for keeping: about 4 bytes each. No words are no bytes."""
    if not words:
        return b""
    gaps = [start - before for (start, *_), before in zip(words, (0, *(end for _, end, *_ in words)), strict=False)]
    lengths = [end - start for start, end, *_ in words]
    rows = [gaps, lengths, "\n".join(word[2] for word in words), "".join("01"[word[3]] for word in words)]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(packed: bytes) -> tuple[Restored, ...]:
    """The words that were packed."""
    if not packed:
        return ()
    gaps, lengths, readings, sure = json.loads(zlib.decompress(packed))
    words: list[Restored] = []
    at = 0
    for gap, length, reading, certain in zip(gaps, lengths, readings.split("\n"), sure, strict=True):
        words.append((at + gap, at + gap + length, reading, certain == "1"))
        at += gap + length
    return tuple(words)
