"""Dates that come again: "định kỳ hằng quý", "trước ngày 15 hằng tháng". Their value is an iCalendar RRULE (RFC 5545), not a day."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kehoach_parser.dates.roles import LEAD
from kehoach_parser.found import FoundDate
from kehoach_parser.model import Span
from kehoach_parser.text.document import Document

_EVERY = r"(?:hang|h[^\s\d]ng|moi)"
_UNIT = r"(?P<unit>ngay|tuan|thang|quy|nam)"
_BEFORE = r"(?:tr(?:u|w|ir)[^\s]{1,3}c|cham\s{1,3}nhat|muon\s{1,3}nhat|tre\s{1,3}nhat)"  # "trước", also as OCR reads it
_PATTERN = re.compile(
    rf"""\W(?=[cdhmnt])(?:
        (?:dinh|thuong)\s{{1,3}}ky\s{{1,3}}
            (?:{_EVERY}\s{{1,3}}{_UNIT}|(?P<count>\d{{1,2}})\s{{1,3}}thang(?:\s{{1,3}}(?:/\s?)?(?:mot|01|1)\s{{1,3}}lan)?)
      | ngay\s{{1,3}}(?:
            (?P<one>\d{{1,2}})\s{{1,3}}va\s{{1,3}}(?:ngay\s{{1,3}})?(?P<two>\d{{1,2}})\s{{1,3}}{_EVERY}\s{{1,3}}thang
          | (?P<same>\d{{1,2}})/(?P<first>\d{{1,2}})\s{{1,3}}va\s{{1,3}}(?:ngay\s{{1,3}})?
            (?P=same)/(?P<second>\d{{1,2}})\s{{1,3}}{_EVERY}\s{{1,3}}nam
          | (?P<last>\d{{1,2}})\s{{1,3}}(?:cua\s{{1,3}})?thang\s{{1,3}}cuoi\s{{1,3}}(?:cua\s{{1,3}})?(?:{_EVERY}\s{{1,3}})?quy
          | (?P<day>\d{{1,2}})(?:(?:/|\s{{1,3}}thang\s{{1,3}})(?P<month>\d{{1,2}}))?\s{{1,3}}{_EVERY}\s{{1,3}}(?P<each>thang|quy|nam))
      | thang\s{{1,3}}(?P<in_month>\d{{1,2}})\s{{1,3}}{_EVERY}\s{{1,3}}nam
      | (?:thu\s{{1,3}}(?P<weekday>hai|ba|tu|nam|sau|bay)|(?P<sunday>chu\s{{1,3}}nhat))\s{{1,3}}{_EVERY}\s{{1,3}}tuan
      | {_EVERY}\s{{1,3}}thang,?\s{{1,3}}(?:(?:(?P<by>{_BEFORE})|vao)\s{{1,3}})?ngay\s{{1,3}}(?P<after>\d{{1,2}})(?![/.-]?\d|\s{{1,3}}thang)
    )(?!\w)""",
    re.X,
)
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"}
_NAMES_DAY = re.compile(r"ngay|thu|chu")
_DUE = re.compile(rf"{_BEFORE}\s+$")
_FREQUENCY = {"ngay": "DAILY", "tuan": "WEEKLY", "thang": "MONTHLY", "quy": "MONTHLY;INTERVAL=3", "nam": "YEARLY"}


#: How sure a rule is that is printed in one piece; that of a day with "hằng năm" somewhere before it.
CERTAINTY, YEARLY_CERTAINTY = 0.9, 0.8


def find_recurrences(document: Document, dates: Iterable[FoundDate]) -> list[FoundDate]:
    """The dates with those that recur: a plain date inside one ("ngày 20/11 hằng năm") gives way to it."""
    out = list(dates)
    for match in _PATTERN.finditer("\n" + document.folded):  # each behind a sign, so that it begins where the sign itself was
        rule = _rule(match)
        if rule is None:
            continue
        start, end = match.start(), match.end() - 1
        out = [d for d in out if d.span[1] <= start or d.span[0] >= end]
        before = document.folded[max(0, start - LEAD) : start]
        role = "deadline" if match["by"] or (_NAMES_DAY.match(document.folded, start) and _DUE.search(before)) else "period"
        out.append(FoundDate((start, end), document.content[start:end], None, None, None, rule, role, CERTAINTY))
    return out


_YEARLY = re.compile(rf"(?<!\w)(?:{_EVERY}\s{{1,3}}nam|dinh\s{{1,3}}ky\s{{1,3}}(?:0?6|sau)\s{{1,3}}thang)(?!\w)")
_SENTENCE = 200  # letters before a day, in which its sentence may say so


def yearly(folded: str, span: Span, day: int, month: int) -> str | None:
    """The rule of a day without a year in a sentence that says "hằng năm": "Định kỳ hằng năm (trước ngày 15 tháng 12)"."""
    before = re.split(r"[.;\n]", folded[max(0, span[0] - _SENTENCE) : span[0]])[-1]
    if not _YEARLY.search(before) or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"


_OPENING = re.compile(rf"\s*(?:[-–+*]\s*)?(?P<words>(?:dinh\s{{1,3}}ky\s{{1,3}})?{_EVERY}\s{{1,3}}{_UNIT})(?!\w)")


def opening_rule(folded: str, span: Span) -> tuple[str, Span] | None:
    """The rule of a sentence that opens with it, and its words: "Hằng năm, hoặc đột xuất, báo cáo kết quả …". Alone they are no date."""
    match = _OPENING.match(folded, *span)
    return None if match is None else (f"FREQ={_FREQUENCY[match['unit']]}", match.span("words"))


def _rule(match: re.Match[str]) -> str | None:
    """The RRULE of a match; None for a day or month that no calendar has."""
    days = [int(match[name]) for name in ("one", "two", "same", "last", "day", "after") if match[name]]
    months = [int(match[name]) for name in ("first", "second", "month", "in_month") if match[name]]
    if any(not 1 <= day <= 31 for day in days) or any(not 1 <= month <= 12 for month in months):
        return None
    by_day = "BYMONTHDAY=" + ",".join(map(str, days))
    if match["last"]:
        return f"FREQ=YEARLY;BYMONTH=3,6,9,12;{by_day}"
    if months:
        # "Tháng 12 hằng năm" ends with the month.
        return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};{by_day if days else 'BYMONTHDAY=-1'}"
    if days:
        return f"FREQ={_FREQUENCY[match['each'] or 'thang']};{by_day}"
    if match["weekday"] or match["sunday"]:
        return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS.get(match['weekday'], 'SU')}"
    if match["count"]:
        count = int(match["count"])
        return f"FREQ=MONTHLY;INTERVAL={count}" if count else None
    return f"FREQ={_FREQUENCY[match['unit']]}"
