"""A symbol (số, ký hiệu) taken apart, by `grammar/symbol.lark`: whoever needs its number, year or letters takes them from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kehoach_parser.grammars import Derivation, derive, place_of
from kehoach_parser.model import Span
from kehoach_parser.text.fold import fold_but_case

_SIGNS = re.compile(r"([-–—.&/])\s*")
_LEGISLATURE = re.compile(r"QH(\d+)$")


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a symbol as they stand in it. ``shape``: party (18-NQ/TW) | state (72/KH-UBND, 30/2020/NĐ-CP) | assembly
    (72/2025/QH15) | letter (125/SGDĐT-VP). ``number`` is "" where it is not filled in, ``kind`` (letters of the type) in a letter and in
    an assembly's symbol; ``organ`` holds all organs with their signs, ``secret`` whether "/nb" (nội bộ) follows."""

    shape: str
    number: str
    year: str | None
    kind: str
    organ: str
    secret: bool = False

    @property
    def organs(self) -> tuple[str, ...]:
        """The letters of each organ, the lead organ first, without the number of a legislature: ("BTCTU", "BNCTU"), ("QH",)."""
        return tuple(re.sub(r"\d+$", "", piece) for piece in signs_and_organs(self.organ)[::2])

    @property
    def legislature(self) -> int | None:
        """The legislature (khóa) of the National Assembly in the letters of the organ: 15 of "72/2025/QH15"."""
        found = _LEGISLATURE.search(self.organ)
        return int(found[1]) if found else None


def parts_in(text: str, found: Derivation, at: int = 0) -> tuple[Parts, Span]:
    """What a grammar read as a symbol, as printed in ``text`` from the offset ``at`` on, and where it stands."""

    def printed(terminal: str) -> str:
        place = place_of(found.inner, terminal, at)
        return text[slice(*place)] if place else ""

    organs = [piece for piece in found.inner if piece.terminal in ("ORGAN", "OLD_ORGAN", "ASSEMBLY")]
    organ = text[at + organs[0].start : at + organs[-1].end]
    secret = place_of(found.inner, "SECRET") is not None
    parts = Parts(found.form, printed("NUMBER"), printed("YEAR") or None, printed("KIND"), organ, secret)
    return parts, (at + found.inner[0].start, at + found.inner[-1].end)


@lru_cache(maxsize=50_000)
def parts_of(symbol: str) -> Parts | None:
    """The parts of a symbol as it was read ("30/2020/NĐ-CP"); None for what is no symbol. Kept: an archive asks for the same ones."""
    found = derive("symbol", "whole", fold_but_case(symbol))
    return parts_in(symbol, found)[0] if found else None


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The line of a symbol in the head of a paper, piece by piece as printed: ``number`` may be empty, dots or a pen's strokes, ``letters``
    those of the type (of the first organ in an official letter), ``rest`` what follows the second sign."""

    number: str
    first_sign: str
    letters: str
    second_sign: str
    rest: str


def head_line(printed: str) -> HeadLine | None:
    """The pieces of a head's line ("14/0 -HD/BTGTU"), also of a symbol as it was read; None where no letters stand between two signs."""
    found = derive("symbol", "head", fold_but_case(printed))
    if found is None:
        return None
    number = () if found.outer[0].terminal == "SCRAWL" else ("",)
    return HeadLine(*number, *(printed[piece.start : piece.end] for piece in found.outer))


def signs_and_organs(letters: str) -> tuple[str, ...]:
    """The letters of several organs, one by one, with the signs between them: "BTCTU-BNCTU" → ("BTCTU", "-", "BNCTU")."""
    return tuple(piece for piece in _SIGNS.split(letters) if piece)


def number_of(symbol: str) -> str:
    """The number of a symbol, or of its key in small letters, without leading zeros; "" where it is not filled in."""
    return re.split(r"[-/]", symbol, maxsplit=1)[0].lstrip("0")
