"""Times that only a place that can hold nothing else makes one: the cell of a column of deadlines ("2025", "8/2026", "2/2026 & 7/2026"), a
heading "Năm 2027"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator

from kehoach_parser.found import FoundDate
from kehoach_parser.model import Span

_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.]|\s*[-–]\s*\d)")
_MONTH = re.compile(r"(?<![\d/.-])(?:(0?[1-9]|1[0-2])\s*[-–]\s*)?(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/.])")  # "8/2026", "10-11/2026"
_CERTAINTY = 0.8  # only its place says that it is a time


def with_bare_times(content: str, dates: tuple[FoundDate, ...], cells: Iterable[Span], role: str = "deadline") -> tuple[FoundDate, ...]:
    """The dates with one of ``role`` for the months, else the year, in each cell where no date was read."""
    added = [
        time
        for start, end in cells
        if not any(start <= date.span[0] < end for date in dates)
        for time in _bare_times(content, (start, end), role)
    ]
    return tuple(sorted((*dates, *added), key=lambda date: date.span))


def _bare_times(content: str, cell: Span, role: str) -> Iterator[FoundDate]:
    months = list(_MONTH.finditer(content, *cell))
    for match in months:
        month, year = int(match[2]), int(match[3])
        begins = int(match[1]) if match[1] is not None and int(match[1]) < month else month
        first, last = f"{year}-{begins:02}-01", f"{year}-{month:02}-{monthrange(year, month)[1]}"
        yield _time(match, role, f"{year}-{month:02}" if begins == month else f"{first}/{last}", first, last)
    alone = None if months else _YEAR.search(content, *cell)
    if alone is not None:
        yield _time(alone, role, alone.group(), f"{alone.group()}-01-01", f"{alone.group()}-12-31")


def _time(match: re.Match[str], role: str, value: str, first: str, last: str) -> FoundDate:
    return FoundDate(match.span(), match.group(), value, first, last, None, role, _CERTAINTY)
