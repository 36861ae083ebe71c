"""Dates (ngày, tháng, quý, năm): where they stand, what each is for, which come again."""

from kehoach_parser.dates.cells import with_bare_times
from kehoach_parser.dates.find import find_dates
from kehoach_parser.dates.recurrence import opening_rule
from kehoach_parser.dates.roles import ISSUES

__all__ = ["ISSUES", "find_dates", "opening_rule", "with_bare_times"]
