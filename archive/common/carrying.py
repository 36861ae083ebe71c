"""What a paper says that is carried out (thực hiện) where: by the paper itself, or by a document in whose title it is named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kehoach_parser import fold

#: What a document does that carries another out. A guideline (hướng dẫn) is a step on the way; a basis (căn cứ) is none.
RELATIONS = ("implements", "guides")

#: Where a paper says so, the strongest first. In the body "thực hiện theo Thông tư …" is often said of a detail. TITLED: in the title of
#: another document that it cites.
TITLED = "title"
STATED = ("subject", "preamble", TITLED, "body")

#: "Hiến pháp đã được sửa đổi theo Nghị quyết số 203/2025/QH15" carries nothing out, "thực hiện theo" does.
_CARRY = r"thuc hien|trien khai|thi hanh|quan triet|cu the hoa|the che hoa|huong dan"
_ACCORDING = re.compile(rf"\btheo\b(?!.*\b(?:theo|{_CARRY})\b)")
_CARRY_NEAR = re.compile(rf"\b(?:{_CARRY})\W+(?:\w+\W+)?$")
#: So many letters before a mention tell how it is meant.
_BEFORE = 70

#: A title begins at most so many code points after the citation (organ, "về việc" …) and is at most so much longer in the print.
_BEFORE_TITLE = 120

#: A citation of a plan as its row has it (`store.tables.CitationRow`).
_Row = Mapping[str, Any]


def carried_in(rows: Sequence[_Row]) -> list[list[int] | None]:
    """For each citation of a plan, whether its document is carried out, and if so the ordinals of the citations in whose title it stands,
    the nearest first; [] where it is the plan itself that does. A citation inside the title of another is carried out by that one:
    "Kế hoạch số 128/KH-UBND … triển khai Chương trình hành động số 08-CTr/TU … thực hiện Nghị quyết số 80-NQ/TW"."""
    titled = sorted((row for row in rows if row["title"] and row["symbol"] is not None), key=lambda row: (-row["start"], -row["end"]))
    return [
        None
        if row["relation"] not in RELATIONS or _by_the_way(row)
        else [outer["ordinal"] for outer in titled if outer is not row and _in_title(row, outer)]
        for row in rows
    ]


def stated_in(carries: Sequence[int] | None, location: str) -> str | None:
    """Where a citation, with what `carried_in` found and its place in the paper, says that its document is carried out; None where it does
    not."""
    if carries is None:
        return None
    return TITLED if carries else own_place(location)


def own_place(location: str) -> str:
    """Where a paper says that it carries something out itself."""
    return location if location in STATED else "body"


def _by_the_way(row: _Row) -> bool:
    """Whether the document is only what something goes by ("theo")."""
    start = row["sentence_start"]
    before = fold(row["sentence"][max(0, start - _BEFORE) : start])
    said = _ACCORDING.search(before)
    return said is not None and not _CARRY_NEAR.search(before, 0, said.start())


def _in_title(inner: _Row, outer: _Row) -> bool:
    gap = inner["start"] - outer["end"]
    return 0 <= gap <= len(outer["title"]) + _BEFORE_TITLE and _plain(inner["raw"]) in _plain(outer["title"])


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
