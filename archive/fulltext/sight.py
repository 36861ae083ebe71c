"""What finding the passages of a text again takes beside its words: the look at its letters and the outline of its plan.

Both are worked out once, when the text is indexed, and kept in the index beside its restored words; they hold for the text and the plan
that they were made of.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from archive.common.outline import Outline, outline_of
from archive.common.words import Restored
from archive.common.words_asked import Look, look_at
from archive.values.documents import Place
from kehoach_parser import Plan

#: The last field of a plan that an outline is made of.
LAST = "footnotes"


@dataclass(frozen=True, slots=True)
class Sight:
    """``look`` is None where all words of the text have to be cut."""

    look: Look | None
    outline: Outline


def sight_of(plan: Plan, text: str, restored: Sequence[Restored]) -> Sight:
    """The sight of a text; a plan is needed as far as LAST."""
    return Sight(None if restored else look_at(text, plan.source.quality), outline_of(plan))


def pack_sight(sight: Sight, text: str, stored: bytes) -> bytes:
    """A sight for keeping, with the mark of text and plan (as it is stored): about half as many bytes as the text has."""
    look, outline = sight.look, sight.outline
    headings = list(dict.fromkeys(said for place in outline.places for said in (*place.trail, place.heading) if said is not None))
    number: dict[str | None, int | None] = {said: at for at, said in enumerate(headings)} | {None: None}
    places = [(one.where, one.path, number[one.heading], [number[each] for each in one.trail], one.span) for one in outline.places]
    rows = (None if look is None else (look.starts, look.faded), outline.starts, headings, *places)
    told = zlib.compress("\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows).encode())
    letters = b"" if look is None else zlib.compress(look.letters)
    return b"".join((mark_of(text, stored), len(told).to_bytes(_LENGTH, "big"), told, letters))


def unpack_sight(packed: bytes, text: str, stored: bytes) -> Sight | None:
    """The sight that was packed; None where there is none, or it was made of another text or plan."""
    if packed[:MARK] != mark_of(text, stored):
        return None
    end = MARK + _LENGTH + int.from_bytes(packed[MARK : MARK + _LENGTH], "big")
    said, starts, headings, *places = zlib.decompress(packed[MARK + _LENGTH : end]).split(b"\n")
    look = json.loads(said)
    outline = Outline(tuple(json.loads(starts)), _Places(json.loads(headings), places))
    return Sight(None if look is None else Look(zlib.decompress(packed[end:]), tuple(look[0]), tuple(look[1])), outline)


class _Places(Sequence[Place]):
    """The places of an outline as they are kept, in JSON: of forty a page shows three."""

    def __init__(self, headings: Sequence[str], rows: Sequence[bytes]) -> None:
        self._headings, self._rows = headings, rows

    @overload
    def __getitem__(self, at: int) -> Place: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Place]: ...
    def __getitem__(self, at: int | slice) -> Place | Sequence[Place]:
        if isinstance(at, slice):
            return _Places(self._headings, self._rows[at])
        where, path, heading, trail, span = json.loads(self._rows[at])
        said = self._headings
        return Place(where, path, None if heading is None else said[heading], tuple(said[each] for each in trail), tuple(span))

    def __len__(self) -> int:
        return len(self._rows)


#: Bytes of a mark, and of a length.
MARK, _LENGTH = 8, 4


def mark_of(text: str, stored: bytes) -> bytes:
    """What tells a text with its plan, as that is stored, from others."""
    return b"".join(zlib.crc32(each).to_bytes(4, "big") for each in (text.encode(errors="surrogatepass"), stored))
