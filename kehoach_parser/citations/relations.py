"""How a plan stands to a document that it cites, from the words before the citation: the nearest of them counts."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from kehoach_parser.model import Span
from kehoach_parser.text.lenient import lenient

_BEFORE = 90
_AMENDED_WITHIN = 45  # "sửa đổi, bổ sung một số điều và biện pháp thi hành Nghị định số …"
# The nearest word before the citation says the relation: "sửa đổi, bổ sung một số điều của Thông tư số 06" amends,
# "hướng dẫn thực hiện Nghị định số 30" guides, "triển khai thực hiện Chỉ thị số 05" implements. What is "ban hành kèm theo Quyết định
# số 5" is issued with it, and "Luật Quản lý thuế (sửa đổi)" is a name.
_WORDS = (
    ("basis", rf"{lenient('căn cứ')}|c[^\s]{{0,2}}n\s+c[^\s]{{1,3}}(?=\s)"),
    # Read closely: "bộ chính", "sau đây" and "số điều" are near to these where vowels may be anything. "stra d6i" is sửa đổi.
    ("amends", r"(?<!\()s[uiwtrfv]{1,3}a\s+[dp][o0-9e]i|b[o0-9]\s+sung|dieu\s+chinh"),
    ("replaces", r"thay\s+th[e&]"),
    ("repeals", r"(?:b[a4]i|huy)\s+b[o0-9]"),
    ("guides", rf"{lenient('hướng dẫn')}(?:\s+(?:{lenient('thực hiện')}|{lenient('thi hành')}|{lenient('triển khai')}))?"),
    (
        "implements",
        "|".join(lenient(p) for p in ("thực hiện", "triển khai", "thi hành", "quán triệt", "cụ thể hóa", "thể chế hóa"))
        + r"|(?<!kem\s)theo",
    ),
    ("material", lenient("tài liệu")),
)
_KEYWORD = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _WORDS) + r")(?!\w)")
_CHANGES = ("amends", "replaces", "repeals")
# A place within the document: "Căn cứ điểm a khoản 3 Điều 30 Nghị định số 181".
_PLACE = r"(?:(?:tai|cac|cua|quy dinh|diem|tiet|khoan|dieu|muc|chuong|phan|phu luc|va|den|[a-z]|\d[\d.]*)[\s,]+)*"
# "được sửa đổi, bổ sung theo Nghị định số 78": that decree amends, it is not amended here.
_AMENDED_BY = re.compile(rf"(?:sua doi|bo sung|thay the|bai bo)[^;.]{{0,50}}\s(?:boi|theo|tai|bang)\s+{_PLACE}$")
# "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12"; "Xét Tờ trình số 12": who asks for the paper says so there.
_PROPOSED = re.compile(
    r"(?<!\w)(?:(?:theo|xet|tren co so|can cu)\s+(?:cac\s+)?(?:de\s+nghi|de\s+xuat)(?!\w)[^;.]*?\s(?:tai|theo)\s+(?:cac\s+)?|xet\s+)$"
)
#: No further back (code points): the bodies that ask may be several.
_PROPOSED_WITHIN = 250
_BEFORE_PROPOSAL = ("tai", "theo", "xet", "cac")  # the last word before it: it is looked at before the pattern is tried
# "Quyết định số 5 … hết hiệu lực kể từ ngày Quyết định này có hiệu lực"
_ENDS_WITH_THIS = re.compile(r"[\s,\"”»]*(?:se\s+)?(?:het|cham dut)\s+hieu\s+luc[^.;]{0,80}\snay(?!\w)")
# Between the word and the citation no sentence ends; a basis stands directly before it.
_NEAR = re.compile(r"[^;.\n]*(?:\n[^;.\n]+)*")
_BRACKET = r"\([^()\n]{0,200}\)"
_LISTED = re.compile(rf"[\s\"”»)]*(?:{_BRACKET}\s*)?(?:[,;]|va|hoac|,\s*va)\s*(?:cac\s+)?(?:-\s+)?(?:so\s+)?")
_HEADING = re.compile(r"\n\s*(?:\d+[.)]|[a-z]\)|[ivx]+\.)[^\n]{0,80}")


@dataclass(frozen=True, slots=True)
class Outer:
    """The last citation that stands in no other's name: its relation and span, and where its title ends."""

    relation: str
    span: Span
    end: int


def relation_of(folded: str, span: Span, kind: str, end: int, last: Outer | None) -> str:
    """basis | implements | amends | replaces | repeals | proposal | guides | material | mention.

    ``kind`` is the type of the citation, ``end`` where its title ends; ``last`` is the citation before: in a list its relation carries
    over. What stands inside the title of another ("sửa đổi, bổ sung một số điều của Luật Thanh tra") has the relation that this title says.
    """
    start = max(0, span[0] - _BEFORE)
    if _ENDS_WITH_THIS.match(folded, end):
        return "repeals"
    if last is not None and span[0] >= last.end:
        if _LISTED.fullmatch(folded, last.end, span[0]):
            return "mention" if last.relation == "proposal" and kind == "Báo cáo" else last.relation  # "Xét Tờ trình …; Báo cáo thẩm tra …"
        start = max(start, last.end)
    elif last is not None:
        start = max(start, last.span[0] if span[0] < last.span[1] else last.span[1])  # a law's name holds those that it amends
    before = folded[start : span[0]]
    relation = _by_words(folded, span, before)
    if before.rstrip()[-4:].lstrip() in _BEFORE_PROPOSAL and _PROPOSED.search(
        folded, max(0, span[0] - _PROPOSED_WITHIN, last.end if last else 0), span[0]
    ):
        return "proposal"
    return "proposal" if kind == "Tờ trình" and relation in ("implements", "basis") else relation


def _by_words(folded: str, span: Span, before: str) -> str:
    """The relation by the words before the citation."""
    if _AMENDED_BY.search(before):
        return "mention"
    found = _last(_KEYWORD, before)
    if found is not None and found.lastgroup is not None:
        gap = before[found.end() :]
        if found.lastgroup == "basis":
            return "basis" if len(gap) < 12 or _ONLY_PLACE.fullmatch(gap) else "mention"
        if _NEAR.fullmatch(gap) and (found.lastgroup not in _CHANGES or len(gap) <= _AMENDED_WITHIN):
            return found.lastgroup
    return "material" if _is_material(folded, span) else "mention"


_ONLY_PLACE = re.compile(rf"\s*{_PLACE}")


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
