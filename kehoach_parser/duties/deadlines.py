"""By when a duty is due: the dates of a text that may be deadlines, by place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol

from kehoach_parser.model import Span

_DUE = ("deadline", "period")
# Between two times of one place: the first "đến ngày" the second, "04/8/2025-27/8/2025"; between months "Tháng 11, 12/2013", too.
_UNTIL = re.compile(r"(?:[^;.\n]{0,12}\b(?:den|va)\s+|\s*[-–]\s*)(?:het\s+)?(?:ngay\s+)?")
_AND_MONTH = re.compile(r"\s*[,&]\s*(?:thang\s+)?")
_TIMED = re.compile(
    r"(?:thoi (?:gian|han|diem)|tien do|hoan thanh|xong|trong (?:nam|qu[yi]|thang)|ket thuc|(?:tu nay|bay gio) den|den het|den cuoi|cuoi)"
    r"[^.;]*$"
    r"|\b(?:trong|cuoi|(?:vao )?(?:giua|dau)|tuan (?:dau|cuoi|thu \w+|\d)(?: cua)?)\s*$"
)
_BY = re.compile(r"(?<!tinh )(?<!tu nay )\bden\s+(?:het\s+)?(?:ngay\s+)?$|\bvao\s+(?:ngay\s+)?$|\btrong\s+ngay\s+$")
_TO = re.compile(r"\bden\s+(?:het\s+)?(?:ngay\s+)?$")
_DASHED = re.compile(r"(?<!\w)tu\s+(?:ngay\s+)?\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?\s*[-–]\s*(?:ngay\s+)?$")
_SPAN_OF_MONTHS = re.compile(r"(?<!\w)(?:tu\s+)?(?:thang\s+\d{1,2}|quy\s+(?:i{1,3}|iv|\d))\s*(?:den|[-–])\s*(?:het\s+)?$")
_FROM = re.compile(r"(?<!\w)(?:ke\s+)?tu\s+(?:ngay\s+|thang\s+|nam\s+)?$")  # "Từ 01/7/2025." has no end
_WORKS = re.compile(r"\b(?:hoat dong|van hanh)\s+(?:chinh thuc\s+)?(?:ke\s+)?tu\s+(?:ngay\s+)?$")
_PREPARED = re.compile(r"\bchuan bi\b[^.;\n]*\b(?:bao dam|dam bao|de)\b")
_DAY, _MONTH = 10, 7  # characters of a day's and a month's value
_ALONE = re.compile(r"\s*\)")
_OPEN = re.compile(r"\(\s*(?:trong\s+|vao\s+)?")


class Dated(Protocol):
    """What this step needs of a date."""

    @property
    def span(self) -> Span: ...
    @property
    def role(self) -> str: ...
    @property
    def value(self) -> str | None: ...
    @property
    def last(self) -> str | None: ...
    @property
    def recurs(self) -> str | None: ...


class Calendar:
    """The dates that may be deadlines, by place."""

    def __init__(self, dates: Sequence[Dated], folded: str) -> None:
        self._dates = dates
        self._due = sorted((date.span[0], index) for index, date in enumerate(dates) if _ends(date))
        self._folded = folded
        self._counting = [each for each in self._due if self._counts(dates[each[1]])]

    def due(self, texts: Iterable[Span | None], said: Span | None, labelled: bool) -> int | None:
        """The index of the date that says until when, else of the one that says in which time.

        ``said`` is a place of its own ("Thời gian hoàn thành: …", a bracket after the head, the row of a table); ``labelled``: its label
        says that it is a time, so that any date counts. In running ``texts`` (the first that holds one) a period counts only where words of
        time bring it in: "nhiệm kỳ 2025 - 2030" is the name of a congress.
        """
        if said is not None:
            roles = (*_DUE, "event") if labelled else _DUE
            found = self._first([index for index in _inside(self._due, said) if self._dates[index].role in roles])
            if found is not None:
                return found
        inside = next((inside for text in texts if text is not None and (inside := _inside(self._counting, text))), [])
        return self._first(inside)

    def all_due(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """The indices of all deadlines in running text."""
        return tuple(index for span in spans for index in _inside(self._counting, span) if self._dates[index].role == "deadline")

    def _counts(self, date: Dated) -> bool:
        """Whether a date in running text may say until when."""
        start, end = date.span
        if date.role == "event":  # "Đến ngày 31/12/2025, giải ngân …", "tổ chức vào ngày 20/12/2025"
            return _BY.search(self._folded, max(0, start - 24), start) is not None or self._is_prepared(start)
        if date.role != "period":
            return date.role == "deadline"
        if date.value is not None and self._is_second(date.value, start):
            return True
        if date.recurs is not None or _TIMED.search(self._folded, max(0, start - 40), start):
            return True
        # "(tháng 12/2025)" after what is to be done; a year or a run of years in a bracket is that of a programme
        narrow = date.value is not None and ("-" in date.value or self._folded.startswith("quy", start))
        if not narrow or _ALONE.match(self._folded, end) is None:
            return False
        bracket = self._folded.rfind("(", 0, start)
        return bracket >= 0 and _OPEN.fullmatch(self._folded, bracket, start) is not None

    def _is_prepared(self, start: int) -> bool:
        """Whether a time is that from which something works that is prepared: "chuẩn bị các điều kiện, bảo đảm để chính quyền địa phương
        chính thức hoạt động từ ngày 01/7/2025" is due then."""
        if _WORKS.search(self._folded, max(0, start - 40), start) is None:
            return False
        return _PREPARED.search(self._folded, max(self._folded.rfind(end, 0, start) for end in ".;\n"), start) is not None

    def _is_second(self, value: str, start: int) -> bool:
        """Whether a time ends a span: "đến ngày 15/12/2025", "từ 10/3 - 20/3/2019", "từ tháng 1 đến tháng 6/2020"."""
        before = self._folded[max(0, start - 24) : start]
        if len(value) == _DAY:
            return _TO.search(before) is not None or _DASHED.search(before) is not None
        return _SPAN_OF_MONTHS.search(before) is not None

    def _goes_on(self, first: int, after: int) -> bool:
        """Whether a time goes on up to the one after it."""
        one, other = self._dates[first], self._dates[after]
        between = one.span[1], other.span[0]
        months = _is_month(one) and _is_month(other)
        return bool(_UNTIL.fullmatch(self._folded, *between) or (months and _AND_MONTH.fullmatch(self._folded, *between)))

    def _first(self, inside: list[int]) -> int | None:
        """The first deadline, else the first date; of "từ ngày 15/11 đến ngày 15/12" the second."""
        if not inside:
            return None
        first = min(inside, key=lambda index: (self._dates[index].role != "deadline", self._dates[index].span))
        after = next((index for index in inside if self._dates[index].span[0] > self._dates[first].span[0]), None)
        if after is not None and self._goes_on(first, after):
            return after
        start = self._dates[first].span[0]
        opens = _FROM.search(self._folded, max(0, start - 24), start) is not None and not self._is_prepared(start)
        return None if opens else first


def _is_month(date: Dated) -> bool:
    return date.value is not None and len(date.value) == _MONTH


def _inside(dates: Sequence[tuple[int, int]], span: Span) -> list[int]:
    """The indices of the dates (start, index; by their starts) that begin within a span."""
    return [index for _, index in dates[bisect_left(dates, (span[0],)) : bisect_left(dates, (span[1],))]]


def _ends(date: Dated) -> bool:
    """Whether a date can be a deadline: a time that ends or comes round, and is no other document's. "Năm 2025 trở đi" does not end."""
    return date.role in (*_DUE, "event") and (date.last is not None or date.recurs is not None)
