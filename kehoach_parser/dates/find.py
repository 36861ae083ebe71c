"""Dates in the text: what is printed, what it means, what it is to the plan, and which come again.

A bare year counts only where it bounds a period or names a horizon ("đến năm 2045"): "kinh tế - xã hội năm 2025" is no date.
"""

from __future__ import annotations

from kehoach_parser.dates.meant import Years, meaning_of, years_in
from kehoach_parser.dates.printed import PrintedDate, printed_dates
from kehoach_parser.dates.recurrence import YEARLY_CERTAINTY, find_recurrences, yearly
from kehoach_parser.dates.roles import role_of
from kehoach_parser.found import FoundDate, FoundDates
from kehoach_parser.model import Repair, Warning
from kehoach_parser.text.document import Document


def find_dates(document: Document) -> FoundDates:
    """Every date of the text in document order. Never raises: what cannot be (31/11/2025) keeps its raw form, value None, and a warning."""
    printed = printed_dates(document.folded)
    years = years_in(printed)
    dates = [_found(document, date, years) for date in printed]
    return FoundDates(
        tuple(sorted(find_recurrences(document, dates), key=lambda date: date.span)),
        tuple(
            Warning("impossible-date", f"Ngày không có thật: «{date.raw}»", date.span)
            for date in dates
            if date.value is None and date.recurs is None
        ),
        tuple(Repair("date-digits", span, document.content[slice(*span)], read) for date in printed for span, read in date.repairs),
    )


def _found(document: Document, date: PrintedDate, years: Years) -> FoundDate:
    """A date with its meaning; a day without a year in a sentence that says "hằng năm" is a rule."""
    raw, role = document.content[slice(*date.span)], role_of(document.folded, date.span, date.kind)
    if date.year is None and (rule := yearly(document.folded, date.span, date.day or 0, date.month or 0)):
        return FoundDate(date.span, raw, None, None, None, rule, role, YEARLY_CERTAINTY)
    meaning = meaning_of(date, document.folded, years)
    return FoundDate(date.span, raw, meaning.value, meaning.first, meaning.last, None, role, meaning.certainty)
