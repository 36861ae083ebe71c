"""A symbol taken apart: number, year, letters of the type and of the organ; and what the letters of an organ say of who issued it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehoach_parser import fold

_PARTY = re.compile(r"(?P<number>\d+[a-z]?)-(?P<kind>[^\W\d_]+)/(?P<organ>.+)")
_ASSEMBLY = re.compile(r"(?P<number>\d+)/(?P<year>\d{4})/(?:(?P<kind>[^\W\d_]+)-)?(?P<organ>(?:UBTV)?QH\d+)")
_STATE = re.compile(r"(?P<number>\d+[a-z]?)/(?:(?P<year>\d{4})/)?(?P<kind>[^\W\d_]+)-(?P<organ>.+)")

#: Families of organs, by the end of a symbol and by the words of an issuer. Party organs by their level (05-HD/VPTW of 2026, section 3).
_FAMILIES = (
    ("tw", re.compile(r"TW$"), re.compile(r"\btrung uong\b|\bbo chinh tri\b|\bban bi thu\b")),
    ("tu", re.compile(r"(?<!H)TU$"), re.compile(r"\b(?:tinh|thanh) uy\b|\bdang bo (?:tinh|thanh pho)\b")),
    ("hu", re.compile(r"HU$"), re.compile(r"\bhuyen uy\b")),
    ("uy-ban-thuong-vu", re.compile(r"UBTVQH\d*$"), re.compile(r"\bthuong vu quoc hoi\b")),
    ("quoc-hoi", re.compile(r"(?<!TV)QH\d*$"), re.compile(r"^quoc hoi\b")),
    ("thu-tuong", re.compile(r"TTg$"), re.compile(r"\bthu tuong\b")),
    ("chinh-phu", re.compile(r"(?<![A-ZĐ])CP$"), re.compile(r"^chinh phu\b")),
    ("ubnd", re.compile(r"UBND$"), re.compile(r"\buy ban nhan dan\b|\bubnd\b")),
    ("hdnd", re.compile(r"HĐND$"), re.compile(r"\bhoi dong nhan dan\b|\bhdnd\b")),
    ("ministry", re.compile(r"^B(?:QP|CA|NG|TP|TC|CT|NV|YT|GDĐT|KHCN|VHTTDL|XD|NNMT|TNMT|GTVT|TTTT|NNPTNT|KHĐT|LĐTBXH|DTTG)$"), None),
)
#: The words of an issuer say who it is at their beginning; "Ban Tuyên giáo và Dân vận Thành ủy Hải Phòng" is about the longest.
_WORDS = 9


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a symbol; ``shape`` is party (18-NQ/TW) | state (72/KH-UBND, 30/2020/NĐ-CP) | assembly (72/2025/QH15)."""

    shape: str
    number: str
    year: int | None
    kind: str | None
    organ: str


def parts_of(symbol: str) -> Parts | None:
    """The pieces of a symbol; None for a letter ("125/SGDĐT-VP") and for what is no symbol."""
    bare = symbol.removesuffix("/nb")
    for shape, pattern in (("party", _PARTY), ("assembly", _ASSEMBLY), ("state", _STATE)):
        if found := pattern.fullmatch(bare):
            pieces = found.groupdict()
            year = pieces.get("year")
            return Parts(shape, pieces["number"].lstrip("0"), int(year) if year else None, pieces["kind"], pieces["organ"])
    return None


def family_of_letters(organ: str) -> str | None:
    """What kind of organ the last letters of a symbol say; None for letters that say nothing certain."""
    return next((family for family, letters, _ in _FAMILIES if letters.search(organ)), None)


def family_of_words(issuer: str) -> str | None:
    """What kind of organ issued, by its name as printed; None where the words name none of the families or several."""
    words = " ".join(re.findall(r"\w+", fold(issuer))[:_WORDS])
    found = {family for family, _, said in _FAMILIES if said is not None and said.search(words)}
    return found.pop() if len(found) == 1 else None
