"""Levels of the State and the Party (cấp): centre, province, district, commune; and which organ a name means."""

from __future__ import annotations

import re

from archive.values.citations import CitedDocument
from archive.values.documents import Document
from kehoach_parser import fold
from kehoach_parser.knowledge import family_of_letters, organs, parts_of

#: From the top down. There are no districts (huyện, quận) since 01/7/2025; older papers still come from them.
LEVELS = ("central", "province", "district", "commune")

# Cities that are provinces. Others ("thành phố Thủ Đức") were districts.
_CITIES = ("ha noi", "ho chi minh", "hcm", "hai phong", "da nang", "can tho", "hue")
_CITY = re.compile(rf"\b(?:thanh pho|tp\.?)(?:\s+truc thuoc)?\s+(?:{'|'.join(_CITIES)})\b")
# The narrowest place named is the level: "Đảng ủy phường Kiến An, thành phố Hải Phòng" is of a ward.
_BY_NAME = (
    ("commune", re.compile(r"(?<!\btac )(?<!\bthi )\bxa\b(?! hoi\b)|(?<!\bdia )\bphuong\b(?! an\b)|\bthi tran\b|\bdac khu\b")),
    # Without marks "quận" looks like "cơ quan", "Hải quan" and "Quân ủy".
    (
        "district",
        re.compile(
            r"\bhuyen\b|\bthi (?:xa|uy)\b|\bquan uy\b(?! trung)"
            r"|(?<!\bco )(?<!\bhai )\bquan\s+(?!(?:uy|su|doan|khu|nhan|chung|doi|ly|he|tri|triet|chinh)\b)\w"
        ),
    ),
    ("province", re.compile(r"\btinh\b|\bthanh uy\b|\bso\s|" + _CITY.pattern)),
    (
        "central",
        re.compile(
            r"\btrung uong\b|\bchinh phu\b|\bquoc hoi\b|\bbo chinh tri\b|\bban bi thu\b|\bthu tuong\b|\bchu tich nuoc\b|^bo(?: truong)?\s"
            r"|\btoi cao\b|^(?:tong )?cuc\s|\bkiem toan nha nuoc\b|\bngan hang nha nuoc\b|\bthanh tra chinh phu\b"
        ),
    ),
    ("province", re.compile(r"\bthanh pho$")),  # "UBND thành phố": most often said by a province about itself
)
# What stands around the name of an organ on a page, and the person for whom it is said.
_AROUND = re.compile(r"\bcong hoa xa hoi chu nghia viet nam\b.*|\bdang cong san viet nam\b|[^\w\s]+")
_HEAD_OF = re.compile(r"^(?:bo truong(?= bo )|chu tich(?= uy ban| ubnd)|ban thuong vu|thuong truc|chanh van phong(?= van phong))\s+")
_SHORT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"), ("tp", "thanh pho"))
_LOCAL = re.compile(r"\b(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\s+\w|\b(?:tinh|thanh|huyen|quan|thi) uy\s+\w")


def level_of(organ: str | None, parent_organ: str | None, symbol: str | None) -> str | None:
    """The level of an issuing organ, one of LEVELS, or None where neither its name nor the letters of its symbol tell.

    The organ's own name decides ("Sở Tư pháp" under "UBND tỉnh" is provincial by its parent), then the symbol, then the organ above it.
    """
    # "Ban Tổ chức" and "Sở" alone say nothing certain; the line above or the symbol does.
    for name in (organ, parent_organ):
        if name is not None and (found := _named(_folded(name))) is not None:
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


def level_of_cited(cited: CitedDocument) -> str | None:
    """The level of the organ that issued a cited document; that of the plan where it is in the archive."""
    if cited.document is not None and (found := level_of_document(cited.document)) is not None:
        return found
    return level_of(cited.issuer, None, cited.symbol)


def organ_key(organ: str, parent_organ: str | None, place: str | None) -> str:
    """Which organ a name means: equal for "UBND tỉnh Nghệ An" and "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NGHỆ AN".

    A local organ whose name has no place ("Đảng ủy phường", "Sở Y tế") is told by the organ above it, else by where the plan was signed.
    """
    name = _folded(organ)
    if _named(name) == "central" or _LOCAL.search(name):
        return name
    scope = _folded(parent_organ or place or "")
    return f"{name}@{scope}" if scope else name


def _named(name: str) -> str | None:
    return next((level for level, pattern in _BY_NAME if pattern.search(name)), None)


def _folded(name: str) -> str:
    folded = " ".join(_AROUND.sub(" ", " ".join(fold(name).split())).split())
    for short, full in _SHORT:
        folded = re.sub(rf"\b{short}\b", full, folded)
    return _HEAD_OF.sub("", folded)
