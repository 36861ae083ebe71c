"""What a printed date means: the year that is only understood, the value of Plan JSON, the first and the last exact day."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kehoach_parser.dates.printed import PrintedDate
from kehoach_parser.dates.roles import LEAD, SENTENCE
from kehoach_parser.model import Span

#: How sure a year is: printed with its day; that of the second day ("từ ngày 15/11 đến ngày 15/12/2025"); named in the same sentence;
#: that of the writing; that of the nearest date.
_PRINTED, _OF_SECOND, _OF_SENTENCE, _OF_WRITING, _OF_NEIGHBOUR = 1.0, 0.9, 0.7, 0.5, 0.4
#: What letters for digits take from it, and what a date is worth that no calendar has.
_LETTERS, _IMPOSSIBLE = 0.2, 0.3

#: The day of writing is one of so many first dates of a text: the head has one, the papers of a preamble the others.
_FIRST_DATES = 8
# "đến hết năm", "đến 20 giờ ngày": what stands between the first of two dates and the second, and no more.
_TO_SECOND = re.compile(r"\)?\s*(?:den|[-–])(?:\s*\S{1,6}){0,3}\s*")
_NEXT_YEAR = re.compile(r"\s+(?:cua\s+)?nam\s+(?:sau|ke tiep|tiep theo|lien ke)(?!\w)")
_NAMED_YEAR = re.compile(r"n[^\s\d]{1,3}m\s+((?:19|20)\d\d)(?!\d)")


class Meaning(NamedTuple):
    """``value``, ``first`` and ``last`` as in `found.FoundDate`; all None for a day that does not exist or whose year nothing tells."""

    value: str | None
    first: str | None
    last: str | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Years:
    """The years that are printed in a text: (offset, year) of its dates in order, and the year of its writing, None where none shows."""

    printed: tuple[tuple[int, int], ...]
    writing: int | None

    def understood(self, folded: str, span: Span) -> tuple[int | None, float]:
        """The year of a date at ``span`` that bears none, and how sure it is; "15/01 năm sau" is of the year after the writing."""
        if self.writing is not None and _NEXT_YEAR.match(folded, span[1]):
            return self.writing + 1, _OF_WRITING
        after = bisect_left(self.printed, (span[1], 0))
        if after < len(self.printed) and _TO_SECOND.fullmatch(folded, span[1], self.printed[after][0]):
            return self.printed[after][1], _OF_SECOND
        least = max(0, span[0] - SENTENCE)
        begin = max(folded.rfind(". ", least, span[0]), folded.rfind("\n\n", least, span[0]), least)
        if near := _NAMED_YEAR.findall(folded, begin, span[1] + LEAD):
            return int(near[-1]), _OF_SENTENCE
        if self.writing is not None:
            return self.writing, _OF_WRITING
        if not self.printed:
            return None, _IMPOSSIBLE
        return self.printed[max(0, bisect_left(self.printed, (span[0], 0)) - 1)][1], _OF_NEIGHBOUR


def years_in(dates: Sequence[PrintedDate]) -> Years:
    """The years of a text's dates. It was written in the latest year of its first full days: what a preamble cites is older."""
    head = [date.year for date in dates[:_FIRST_DATES] if date.year and date.kind == "day"]
    return Years(tuple((date.span[0], date.year) for date in dates if date.year is not None), max(head, default=None))


def meaning_of(date: PrintedDate, folded: str, years: Years) -> Meaning:
    """What a date of a text means."""
    year, certainty = (date.year, _PRINTED) if date.year is not None else years.understood(folded, date.span)
    if date.repairs:
        certainty -= _LETTERS
    days = None if year is None else _days(date, year)
    return Meaning(*days, round(certainty, 2)) if days else Meaning(None, None, None, _IMPOSSIBLE)


#: The first and the last month of what is narrower than a year, from its number.
_MONTHS: dict[str, Callable[[int], tuple[int, int]]] = {
    "month": lambda month: (month, month),
    "quarter": lambda quarter: (3 * quarter - 2, 3 * quarter),
    "first_months": lambda count: (1, count),
    "last_months": lambda count: (13 - count, 12),
}


def _days(date: PrintedDate, year: int) -> tuple[str, str, str | None] | None:
    """Value, first and last day of a date in its year; None where there is no such date."""
    if date.kind == "day":
        return _day(year, date.month or 0, date.day or 0)
    end_year = date.end_year or year
    first, last = _MONTHS[date.kind](date.month or date.count or 0) if date.kind in _MONTHS else (1, 12)
    if not (1 <= first <= last <= 12 and year <= end_year):
        return None
    value = f"{year}-{first:02}" if date.kind == "month" else f"{year}/{end_year}" if date.kind == "years" else str(year)
    begins, ends = f"{year}-{first:02}-01", f"{end_year}-{last:02}-{_length(end_year, last):02}"
    return value, begins, None if date.kind == "onwards" else ends


def _day(year: int, month: int, day: int) -> tuple[str, str, str] | None:
    if not (1 <= month <= 12 and 1 <= day <= _length(year, month)):
        return None
    value = f"{year}-{month:02}-{day:02}"
    return value, value, value


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]
