"""Levels of the State and the Party (cấp): centre, province, district, commune; and which organ a name means."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from archive.values.documents import Document
from kehoach_parser import fold
from kehoach_parser.knowledge import area_words, cities, committees, family_of_letters, is_of_country, organs, parts_of

#: From the top down. There are no districts (huyện, quận) since 01/7/2025; older papers still come from them.
LEVELS = ("central", "province", "district", "commune")

_LEVEL_OF = {fold(area): level for level in LEVELS[1:] for area in area_words(level) if area != "thành phố"}
_LEVEL_OF |= {fold(committee): _LEVEL_OF.get(fold(area), "province") for committee, area in committees().items()}
_LEVEL_OF |= {"so": "province"}
_LEVEL_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_LEVEL_OF, key=len, reverse=True))})\b")
# What looks like a level without its marks ("hợp tác xã", "phương án", "cơ quan", "Hải quan", "Quân ủy Trung ương"), and a level that says
# nothing alone ("Sở").
_OTHER_WORDS = re.compile(
    r"\b(?:tac xa|xa hoi|dia phuong|phuong an|(?:co|hai) quan|quan uy trung|quan (?:su|doan|khu|nhan|chung|doi|ly|he|tri|triet|chinh))\b"
    r"|\b(?:quan|so)$"
)
# What stands around the name of an organ on a page, and the person for whom it is said.
_AROUND = re.compile(r"\bcong hoa xa hoi chu nghia viet nam\b.*|\bdang cong san viet nam\b|[^\w\s]+")
_HEAD_OF = re.compile(r"^(?:bo truong(?= bo )|chu tich(?= uy ban| ubnd)|ban thuong vu|thuong truc|chanh van phong(?= van phong))\s+")
_SHORT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"), ("tp", "thanh pho"))
_LOCAL = re.compile(rf"\b(?:{'|'.join(map(fold, (*area_words(), *committees())))})\s+\w")


def level_named(word: str) -> str | None:
    """The level that a word of a question means ("province", "tỉnh", "cấp xã"), or None."""
    said = _folded(word).removeprefix("cap ")
    return said if said in LEVELS else "central" if said == "trung uong" else _LEVEL_OF.get(said)


def level_of(organ: str | None, parent_organ: str | None, symbol: str | None) -> str | None:
    """The level of an issuing organ, one of LEVELS, or None where neither its name nor the letters of its symbol tell.

    The organ's own name decides ("Sở Tư pháp" under "UBND tỉnh" is provincial by its parent), then the symbol, then the organ above it.
    """
    # "Ban Tổ chức" and "Sở" alone say nothing certain; the line above or the symbol does.
    for name in (organ, parent_organ):
        if name is not None and (found := _level_said(name)) is not None:
            return found
    parts = parts_of(symbol) if symbol else None
    if parts is None:
        return None
    known = organs()
    if any(known.get(letters, ("", ""))[1] == "central" for letters in (parts.kind, *parts.organs)):
        return "central"
    family = family_of_letters(parts.organ)
    return family.level if family else None


def level_of_document(document: Document) -> str | None:
    """The level of the organ that issued a plan in the archive."""
    return level_of(document.organ, document.parent_organ, document.symbol)


def organ_key(organ: str, parent_organ: str | None, place: str | None) -> str:
    """Which organ a name means: equal for "UBND tỉnh Nghệ An" and "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NGHỆ AN".

    A local organ whose name has no place ("Đảng ủy phường", "Sở Y tế") is told by the organ above it, else by where the plan was signed.
    """
    name = _folded(organ)
    if _named(name) == "central" or _LOCAL.search(name):
        return name
    scope = _folded(parent_organ or place or "")
    return f"{name}@{scope}" if scope else name


@lru_cache(maxsize=1 << 12)
def _level_said(name: str) -> str | None:
    """The level that the name of an organ says: the units of a plan have the same names as those of the next."""
    return _named(_folded(name))


def _named(name: str) -> str | None:
    """The level that a folded name says: that of the narrowest place in it, or of an organ that only the country has.

    "Đảng ủy phường Kiến An, thành phố Hải Phòng" is of a ward; "thành phố" alone is most often said by a province about itself.
    """
    said = {_LEVEL_OF[match.group()] for match in _LEVEL_WORD.finditer(_OTHER_WORDS.sub("-", name))}
    if said:
        return max(said, key=LEVELS.index)
    if _city().search(name):
        return "province"
    return "central" if is_of_country(name, branches=True) else "province" if name.endswith("thanh pho") else None


@cache
def _city() -> re.Pattern[str]:
    """A city that is a province; others ("thành phố Thủ Đức") were districts."""
    return re.compile(rf"\b(?:thanh pho|tp\.?)(?:\s+truc thuoc)?\s+(?:{'|'.join((*map(fold, cities()), 'hcm'))})\b")


def _folded(name: str) -> str:
    folded = " ".join(_AROUND.sub(" ", " ".join(fold(name).split())).split())
    for short, full in _SHORT:
        folded = re.sub(rf"\b{short}\b", full, folded)
    return _HEAD_OF.sub("", folded)
