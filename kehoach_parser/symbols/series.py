"""The series that a document's number runs in: type and organ of its symbol, the place of a local organ, the term or year.

The Party numbers each type anew in each term of the committee (05-HD/VPTW §3.1.1), the State each organ's types anew on 1 January
(Decree 30/2020/NĐ-CP); legal papers bear their year in the symbol and have a series of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kehoach_parser.symbols.families import family_of_letters
from kehoach_parser.symbols.parts import parts_of
from kehoach_parser.text.areas import area_words, committees, is_of_country, one_of_folded
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import organs

#: Folded names of a place from the narrowest to the widest: ("kien an", "hai phong").
PlaceNames = tuple[str, ...]
#: (level, name), both folded, from the narrowest: (("phuong", "kien an"), ("thanh pho", "hai phong")).
Areas = tuple[tuple[str, str], ...]

_WIDE = tuple(map(fold, area_words("province")))
#: Words that say an area and are not its own.
_SAYS = {fold(committee): fold(area) for committee, area in committees().items()} | {"tp": "thanh pho"}
#: Words of one syllable as they are printed; without any mark a word is taken for one in a text that lost its marks.
_PRINTED = frozenset(word.casefold() for word in (*area_words(), *committees())) | {"tp", "tp."}
_AREA = re.compile(rf"(?<!\w)(?P<level>(?!xa hoi){one_of_folded((*committees(), *area_words()))}|tp(?=\W))(?!\w)\.?")
_NAME_END = re.compile(r"\s(?:khoa|ve|va|nhiem|lan\s+thu)\s|[,;()]")


@dataclass(frozen=True, slots=True)
class Series:
    """A symbol taken apart. ``number`` is without leading zeros, "" where it is not filled in; ``year`` the one in the symbol;
    ``kind`` the letters of the type, "" in an official letter; ``organs`` those of the organs, the lead organ first, without the number
    of a legislature. ``central``: one such organ in the country; ``party``: of the Party."""

    number: str
    year: str | None
    kind: str
    organs: tuple[str, ...]
    central: bool
    party: bool


@lru_cache(maxsize=50_000)
def series_of(symbol: str) -> Series | None:
    """The series of a symbol ("05-QC/BTCTU-BNCTU", "30/2020/NĐ-CP", "8935/BNV-CTTN&BĐG"), None where it has no such form."""
    parts = parts_of(symbol)
    if parts is None:
        return None
    found = parts.organs
    of_party = parts.shape == "party" or any((family := family_of_letters(piece)) and family.party for piece in found)
    number = parts.number.lstrip("0").lower()
    return Series(number, parts.year, parts.kind, found, _is_central(found, parts.kind, of_party), of_party)


def _is_central(letters: tuple[str, ...], kind: str, of_party: bool) -> bool:
    """Circulars and decrees are central whatever ministry they name; else the lead organ says it, where it is known."""
    if not of_party and kind in ("TT", "TTLT", "NĐ"):
        return True
    table = organs()
    reaches = [table[piece][1] for piece in letters if piece in table]
    if letters and letters[0] in table:
        return reaches[0] == "central"
    return "central" in reaches or any(piece.endswith("TW") for piece in letters)


def place_named(issuer: str | None, own: Areas) -> PlaceNames:
    """The place that an issuer names, with the province of the citing organ (``own``) where it leaves its own unsaid; () for none."""
    found = [(level, name) for level, name in _areas(issuer) if name]
    if not found:
        return ()
    if found[-1][0] not in _WIDE and own and own[-1][0] in _WIDE:
        found.append(own[-1])
    return tuple(name for _, name in found)


def place_meant(series: Series | None, issuer: str | None, own: Areas) -> PlaceNames:
    """The place of a local organ that is not named: "Tỉnh ủy" and "UBND tỉnh" are those of the citing organ's province. () unknown. A
    document that is cited by name has no series."""
    if not own:
        return ()
    said = next((level for level, _ in _areas(issuer)), None)
    lead = series.organs[0] if series and series.organs else ""
    provincial = said in _WIDE if said else lead.endswith("TU") or re.match(r"S[A-ZĐ]", lead) is not None
    if not provincial:
        return tuple(name for _, name in own)
    return (own[-1][1],) if own[-1][0] in _WIDE else ()


def names_area(organ: str) -> bool:
    """Whether an organ names a province, district or commune, by its name or as "Thành ủy"."""
    return next(_areas(organ), None) is not None


def is_national(organ: str, *, branches: bool = False) -> bool:
    """Whether an organ is one of the whole country by its name: no province, district or commune in it. ``branches`` as in
    `is_of_country`."""
    return not names_area(organ) and is_of_country(organ, branches=branches)


def _is_level(folded: str, printed: str) -> bool:
    """Whether a word of level is printed as one: "Hà Tĩnh" holds no "tỉnh", and "quan" in no text is "quận"."""
    return " " in folded or printed in _PRINTED or (folded != "quan" and printed.isascii())


def _areas(issuer: str | None) -> Iterator[tuple[str, str]]:
    """The levels in the name of an organ with the names after them: "UBND xã Tân Tiến, tỉnh Cà Mau"; "" where the name is left out."""
    folded = fold(issuer or "")
    printed = issuer or ""
    matches = [match for match in _AREA.finditer(folded) if _is_level(match["level"], printed[slice(*match.span())].casefold())]
    ends = [*(match.start() for match in matches[1:]), len(folded)]
    for match, end in zip(matches, ends, strict=False):
        start = match.end() + (len(folded[match.end() : end]) - len(folded[match.end() : end].lstrip()))
        stop = _NAME_END.search(folded, match.end(), end)
        name = folded[start : stop.start() if stop else end].strip(" .")
        yield _SAYS.get(match["level"], match["level"]), name if printed[start : start + 1].isupper() else ""
