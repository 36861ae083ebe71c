"""The organ lines of a head put together: narrow columns and converters break them wherever a line is full.

The parent stands above, the issuer below it (Hướng dẫn 36-HD/VPTW, Nghị định 30/2020/NĐ-CP): a line begins an organ where it begins like
one, unless the line above cannot stand alone ("ỦY BAN THƯỜNG VỤ") or nobody can stand above the line ("CHÍNH PHỦ", "QUỐC HỘI").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kehoach_parser.model import Span
from kehoach_parser.text.areas import area_words, one_of_folded, organ_begun, youth_unions

#: How the name of an organ begins, also of a damaged committee ("thinh uy") or "Sở".
ORGAN = re.compile(rf"(?:{organ_begun('head')}|[a-z]{{3,6}} uy\b|s[&@e6]? )")
LEVEL = re.compile(rf"(?:{one_of_folded((*area_words(), 'khu vực'))}|tp\.?|t\.p)\b")
_OPEN, _TOP = re.compile(organ_begun("open")), re.compile(organ_begun("top"))
_YOUTH = re.compile(rf"{one_of_folded(youth_unions())}\b")
# What papers of the Youth Union bear where those of the State bear its name (Hướng dẫn 29-HD/TWĐTN-VP).
_PAGE_LINE = re.compile(r"doan (?:tncs|thanh nien cong san) ho chi minh")
# "ĐẢNG BỘ TỈNH AN BÌNH ⏎ HUYỆN ỦY LONG SƠN": below the Party organisation of an area its committee, or that of an area in it.
_PARTY_BODY, _COMMITTEE = re.compile(r"dang bo\b"), re.compile(r"(?:tinh|thanh|huyen|thi|quan|dang) uy\b")
# "… VÀ", "… ,": the line runs on.
_RUNS_ON = re.compile(r"(?:\bva|[,-])$")
#: Words that begin the names of organs and end none.
_NEVER_LAST = frozenset({"cuc", "ban"})
#: A parent and an issuer; a third is rare (a department of a department), a fourth is none.
_MOST = 3


def organs_of(pieces: Sequence[Span], folded: str) -> tuple[tuple[Span, ...], ...]:
    """The organs that the pieces name, each with its pieces: "ỦY BAN NHÂN DÂN ⏎ TỈNH NGHỆ AN" is one on two lines."""
    texts = [" ".join(folded[start:end].split()) for start, end in pieces]
    # "TỈNH ĐOÀN AN GIANG" stands beside it; above "BCH TỈNH AN GIANG" it is the union that this one is of.
    if sum("doan" in text for text in texts) > 1:
        pieces = [piece for piece, text in zip(pieces, texts, strict=True) if not _PAGE_LINE.fullmatch(text)]
        texts = [text for text in texts if not _PAGE_LINE.fullmatch(text)]
    organs: list[list[Span]] = []
    for at, piece in enumerate(pieces):
        if organs and not _begins(texts, at):
            organs[-1].append(piece)
        else:
            organs.append([piece])
    return tuple(map(tuple, organs[:_MOST]))


def _begins(texts: Sequence[str], at: int) -> bool:
    """Whether another organ begins with a piece, and not the name above goes on."""
    piece, above = texts[at], texts[at - 1]
    if _OPEN.fullmatch(above) or _RUNS_ON.search(above) or _TOP.fullmatch(piece):
        return False
    if " " not in piece:  # "CỤC ⏎ HẢI QUAN", but "BỘ QUỐC ⏎ PHÒNG"
        if piece in _NEVER_LAST:
            return at + 1 < len(texts)
        return bool(ORGAN.match(piece)) and at + 1 < len(texts) and not (ORGAN.match(texts[at + 1]) or LEVEL.match(texts[at + 1]))
    if LEVEL.match(piece) and not _YOUTH.match(piece):
        return bool(_PARTY_BODY.match(above) and _COMMITTEE.match(piece))
    return ORGAN.match(piece) is not None
