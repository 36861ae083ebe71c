"""How a plan stands to a document that it cites, from the words before the citation: the nearest of them counts."""

from __future__ import annotations

import re
from collections import deque

from kehoach_parser.model import Span
from kehoach_parser.text.lenient import lenient

_BEFORE = 90
_AMENDED_WITHIN = 45  # "sửa đổi, bổ sung một số điều và biện pháp thi hành Nghị định số …"
# The nearest word before the citation says the relation: "sửa đổi, bổ sung một số điều của Thông tư số 06" amends,
# "hướng dẫn thực hiện Nghị định số 30" guides, "triển khai thực hiện Chỉ thị số 05" implements.
_WORDS = (
    ("basis", rf"{lenient('căn cứ')}|c[^\s]{{0,2}}n\s+c[^\s]{{1,3}}(?=\s)"),
    # Read closely: "bộ chính", "sau đây" and "số điều" are near to these where vowels may be anything. "stra d6i" is sửa đổi.
    ("amends", r"s[uiwtrfv]{1,3}a\s+[dp][o0-9e]i|b[o0-9]\s+sung|thay\s+th[e&]|b[a4]i\s+b[o0-9]|dieu\s+chinh"),
    ("guides", rf"{lenient('hướng dẫn')}(?:\s+(?:{lenient('thực hiện')}|{lenient('thi hành')}|{lenient('triển khai')}))?"),
    (
        "implements",
        "|".join(lenient(p) for p in ("thực hiện", "triển khai", "thi hành", "quán triệt", "cụ thể hóa", "thể chế hóa")) + "|theo",
    ),
    ("material", lenient("tài liệu")),
)
_KEYWORD = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _WORDS) + r")(?!\w)")
# "được sửa đổi, bổ sung theo Nghị định số 78": that decree amends, it is not amended here.
_AMENDED_BY = re.compile(r"(?:sua doi|bo sung|thay the|bai bo)[^;.]{0,50}\s(?:boi|theo|tai)\s+(?:cac\s+)?")
# Between the word and the citation no sentence ends; a basis stands directly before it.
_NEAR = re.compile(r"[^;.\n]*(?:\n[^;.\n]+)*")
_LISTED = re.compile(r"[\s\"”»)]*(?:[,;]|va|hoac)\s*(?:cac\s+)?")
_HEADING = re.compile(r"\n\s*(?:\d+[.)]|[a-z]\)|[ivx]+\.)[^\n]{0,80}")


def relation_of(folded: str, span: Span, last: tuple[str, Span] | None) -> str:
    """basis | implements | amends | guides | material | mention.

    ``last`` is the relation of the citation before and its span with its title: in a list it carries over; a citation inside the
    title of another ("sửa đổi, bổ sung một số điều của Luật Thanh tra") has its own.
    """
    start = max(0, span[0] - _BEFORE)
    if last is not None and span[0] >= last[1][1]:
        if span[0] - last[1][1] < 30 and _LISTED.fullmatch(folded, last[1][1], span[0]):
            return last[0]
        start = max(start, last[1][1])
    before = folded[start : span[0]]
    amended_by = _last(_AMENDED_BY, before)
    if amended_by is not None and amended_by.end() == len(before):
        return "mention"
    found = _last(_KEYWORD, before)
    if found is not None and found.lastgroup is not None:
        gap = before[found.end() :]
        if found.lastgroup == "basis":
            return "basis" if len(gap) < 12 else "mention"
        if _NEAR.fullmatch(gap) and (found.lastgroup != "amends" or len(gap) <= _AMENDED_WITHIN):
            return found.lastgroup
    return "material" if _is_material(folded, span) else "mention"


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The last match of a pattern in words."""
    return deque(pattern.finditer(words), maxlen=1).pop() if pattern.search(words) else None


def _is_material(folded: str, span: Span) -> bool:
    """A bullet under a heading on materials ("2. Tài liệu tuyên truyền")."""
    line = folded.rfind("\n", max(0, span[0] - 40), span[0]) + 1
    if not line or not re.fullmatch(r"\s*[-+*•]\s*", folded[line : span[0]]):
        return False
    heading = _last(_HEADING, folded[max(0, line - 1500) : line])
    return heading is not None and "tai lieu" in heading.group()
