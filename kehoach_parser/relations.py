"""How a plan stands to a document that it cites, from the words before the citation."""

from __future__ import annotations

import re

from kehoach_parser.lenient import lenient
from kehoach_parser.model import Span

_BEFORE = 90
_START = r"(?:^|[\n;.(]|\b(?:va|cac)\s)\s*(?:[-+*•]\s*)?"
_AMENDS = re.compile(
    rf"(?:{lenient('sửa đổi')}|{lenient('bổ sung')}|{lenient('thay thế')}|{lenient('bãi bỏ')}|{lenient('điều chỉnh')})[^;.]{{0,60}}$"
)
_GUIDES = re.compile(
    rf"{lenient('hướng dẫn')}(?:\s+{lenient('thực hiện')}|\s+{lenient('thi hành')}|\s+{lenient('triển khai')})?[^;.,]{{0,40}}$"
)
_BASIS = re.compile(rf"(?:{lenient('căn cứ')}|[ck][^\s]{{0,2}}n\s+c[^\s]{{1,3}})(?:\s+(?:vao|cac|theo))*\s*$")
_IMPLEMENTS = re.compile(
    rf"(?:{lenient('thực hiện')}|{lenient('triển khai')}|{lenient('thi hành')}|{lenient('quán triệt')}|{lenient('cụ thể hóa')}|(?<!\w)theo)"
    r"(?:\s+[^\s,;.]+){0,7}\s*$"
)
_MATERIAL = re.compile(rf"{lenient('tài liệu')}[^.]{{0,60}}$")
_LISTED = re.compile(r"\s*(?:[,;]|va|hoac)\s*(?:cac\s+)?$")


def relation_of(folded: str, span: Span, last: str | None, last_span: Span | None) -> str:
    """basis | implements | amends | guides | material | mention; in a list the relation of the one before carries over."""
    start = max(0, span[0] - _BEFORE)
    if last_span is not None and start < last_span[1]:
        between = folded[last_span[1] : span[0]]
        if last is not None and _LISTED.fullmatch(between):
            return last
        start = max(start, last_span[1])
    before = folded[start : span[0]]
    if _BASIS.search(before):
        return "basis"
    if _AMENDS.search(before):
        return "amends"
    if _GUIDES.search(before):
        return "guides"
    if _IMPLEMENTS.search(before):
        return "implements"
    if _MATERIAL.search(before) or _is_material(folded, span):
        return "material"
    return "mention"


def _is_material(folded: str, span: Span) -> bool:
    """A bullet under a heading on materials ("2. Tài liệu tuyên truyền")."""
    line = folded.rfind("\n", 0, span[0]) + 1
    if not re.fullmatch(r"\s*[-+*•]\s*", folded[line : span[0]]):
        return False
    heading = None
    for match in re.finditer(r"\n\s*(?:\d+[.)]|[a-z]\)|[ivx]+\.)[^\n]{0,80}", folded[max(0, line - 1500) : line]):
        heading = match.group()
    return heading is not None and "tai lieu" in heading
