"""What a date is to the plan, from the words around it: a deadline, a bound of a period, the date of a cited document, an event."""

from __future__ import annotations

import re
from functools import cache

from kehoach_parser.grammars import forms
from kehoach_parser.model import Span
from kehoach_parser.text.lenient import lenient, type_pattern

#: How far before a date the words are looked at that tell what it is (code points), and behind it those that name its year; a date is no
#: longer itself. They stand in one clause with it.
LEAD = 90
#: A sentence reaches back no further (code points); what is longer is a table that lost its lines.
SENTENCE = 300
#: "Ngày 22/12/2024, Bộ Chính trị đã ban hành Nghị quyết số 57-NQ/TW", "Ngày 21/8/2025, Cục Thuế có công văn số 3316/CT-CS": what stands
#: between a date and the document of that date.
ISSUES = (
    r",\s{1,3}(?P<issuer>(?!cua\s)(?:[^;.,\s]|\s(?!\d)){3,70}?)"
    rf"\s{{1,3}}(?:da\s{{1,3}})?(?:(?:ky,?\s{{1,3}})?{lenient('ban hành')}|co|gui)\s{{1,3}}"
)
_ISSUED_THEN = re.compile(ISSUES + type_pattern() + r"\s{1,3}(?:s[^\s\d]{0,2}\s{1,3})?\d")

_DEADLINE = re.compile(
    r"(?<!\w)(?:tr(?:u|w|ir)[^\s]{1,3}c(?:\s+(?:hoac|het|ngay|thoi diem))?|cham nhat|muon nhat|tre nhat|han cuoi|thoi han|het|"
    r"xong(?:\s+trong)?|hoan thanh(?:\s+(?:trong|vao|xong|truoc))?)"
    r"[^.;\n]{0,25}$"
)
#: "Tổng hợp, báo cáo Thủ tướng Chính phủ trong ngày 20 tháng 11 năm 2025": a meeting "trong ngày" is an event.
_REPORTED_ON = re.compile(r"(?<!\w)(?:gui|bao cao|trinh|nop|phan hoi|tra loi)\s[^.;\n]{0,70}(?<!\w)trong\s+(?:ngay\s+)?$")
_DONE_IN = re.compile(r"(?:hoan thanh|xong|hoan tat|ket thuc)[^.;\n]{0,40}$")
_PERIOD_FROM = re.compile(r"(?:tu|giai doan|nhiem ky|thoi ky|nien hoc|nam hoc)\s+(?:ngay\s+|thang\s+|nam\s+|dau\s+|cuoi\s+)*$")
_UNTIL = re.compile(r"(?:den|-|–)\s*(?:het\s+)?(?:ngay\s+|thang\s+|nam\s+)*$")
_TO = re.compile(r"\s*(?:den|-|–)\s")
_FROM = re.compile(r"(?<!\w)tu\s[^.;\n]{1,40}$")
_TO_THIS_DAY = re.compile(r"\s*(?:den|toi)\s+nay")


@cache
def _after_symbol() -> re.Pattern[str]:
    """ "18-NQ/TW, ngày 25/10/2017": before the date of a document its symbol ends."""
    return dict(forms("symbol", "look", "look").rules)["ended"]


def role_of(folded: str, span: Span, kind: str) -> str:
    """event | deadline | period | cited; ``kind`` says how the date is written (`printed.PrintedDate`)."""
    before = folded[max(0, span[0] - LEAD) : span[0]]
    if kind == "day" and _after_symbol().search(before):
        return "cited"
    if kind in ("years", "onwards", "first_months", "last_months"):
        return "period"
    if kind == "year":
        return "deadline" if _DONE_IN.search(before) and not _UNTIL.search(before) else "period"
    if kind != "day" and _TO_THIS_DAY.match(folded, span[1]):
        return "period"
    if _PERIOD_FROM.search(before) and (_TO.match(folded, span[1]) or kind != "day"):
        return "period"
    if _FROM.search(before) and _UNTIL.search(before):
        return "period"
    if _DEADLINE.search(before) or _REPORTED_ON.search(before):
        return "deadline"
    if kind == "day":
        return "cited" if _ISSUED_THEN.match(folded, span[1]) else "event"
    return "deadline" if _DONE_IN.search(before) else "period"
