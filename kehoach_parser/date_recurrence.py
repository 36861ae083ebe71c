"""Dates that come again: "định kỳ hằng quý", "trước ngày 15 hằng tháng". Their value is an iCalendar RRULE (RFC 5545), not a day."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kehoach_parser.document import Document
from kehoach_parser.model import Span
from kehoach_parser.values import FoundDate

_EVERY = r"(?:hang|h[^\s\d]ng|moi)"
_UNIT = r"(?P<unit>ngay|tuan|thang|quy|nam)"
_PATTERN = re.compile(
    rf"""(?<!\w)(?:
        (?:dinh\s{{1,3}}ky|thuong\s{{1,3}}ky)\s{{1,3}}(?:{_EVERY}\s{{1,3}}{_UNIT}|(?P<count>\d{{1,2}})\s{{1,3}}thang(?:\s{{1,3}}(?:/\s?)?(?:mot|01|1)\s{{1,3}}lan)?)
      | ngay\s{{1,3}}(?P<day>\d{{1,2}})(?:/(?P<month>\d{{1,2}}))?\s{{1,3}}{_EVERY}\s{{1,3}}(?P<each>thang|quy|nam)
    )(?!\w)""",
    re.X,
)
_FREQUENCY = {"ngay": "DAILY", "tuan": "WEEKLY", "thang": "MONTHLY", "quy": "MONTHLY;INTERVAL=3", "nam": "YEARLY"}


def find_recurrences(document: Document, dates: Iterable[FoundDate]) -> list[FoundDate]:
    """The dates with those that recur: a plain date inside one ("ngày 20/11 hằng năm") gives way to it."""
    out = list(dates)
    for match in _PATTERN.finditer(document.folded):
        rule = _rule(match)
        if rule is None:
            continue
        start, end = match.span()
        out = [d for d in out if d.span[1] <= start or d.span[0] >= end]
        before = document.folded[max(0, start - 30) : start]
        role = "deadline" if match["day"] and re.search(r"(?:truoc|cham nhat|muon nhat|tre nhat)\s+$", before) else "period"
        out.append(FoundDate((start, end), document.content[start:end], None, None, None, rule, role, 0.9))
    return out


_YEARLY = re.compile(rf"(?<!\w){_EVERY}\s{{1,3}}nam(?!\w)")


def yearly(folded: str, span: Span, day: int, month: int) -> str | None:
    """The rule of a day without a year in a sentence that says "hằng năm": "Định kỳ hằng năm (trước ngày 15 tháng 12)"."""
    before = re.split(r"[.;\n]", folded[max(0, span[0] - 90) : span[0]])[-1]
    if not _YEARLY.search(before) or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"


def _rule(match: re.Match[str]) -> str | None:
    if match["day"]:
        day, month = int(match["day"]), int(match["month"] or 0)
        if not 1 <= day <= 31 or month > 12:
            return None
        if month:
            return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
        return f"FREQ={_FREQUENCY[match['each']]};BYMONTHDAY={day}"
    if match["count"]:
        count = int(match["count"])
        return f"FREQ=MONTHLY;INTERVAL={count}" if count else None
    return f"FREQ={_FREQUENCY[match['unit']]}"
