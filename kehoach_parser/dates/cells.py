"""Years that stand alone in a place that can only hold a time: the cell of a column of deadlines ("2025")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kehoach_parser.found import FoundDate
from kehoach_parser.model import Span

_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.]|\s*[-–]\s*\d)")


def with_years(content: str, dates: tuple[FoundDate, ...], cells: Iterable[Span]) -> tuple[FoundDate, ...]:
    """The dates with a deadline for each year in a cell where no date was read."""
    added = [
        FoundDate(match.span(), match.group(), match.group(), f"{match.group()}-01-01", f"{match.group()}-12-31", None, "deadline", 0.8)
        for start, end in cells
        if not any(start <= date.span[0] < end for date in dates) and (match := _YEAR.search(content, start, end))
    ]
    return tuple(sorted((*dates, *added), key=lambda date: date.span))
