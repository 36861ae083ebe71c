"""Days on which duties are due: a deadline ends with its last day; one that comes again falls due by its rule (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

#: How far ahead of an open end days of a rule are looked for.
HORIZON = timedelta(days=5 * 366)
_BY = ("BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_MONTHS = 12


def placed_rule(rule: str) -> tuple[str, bool]:
    """A rule that says on which day, and whether that day is ours: "hằng quý" names none, and the last day of each quarter is taken.

    A week ends on its Friday for offices. "Ngày 25 hằng quý" is taken in the last month of the quarter.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    every, each = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if every == "MONTHLY" and each > 1 and _MONTHS % each == 0 and "BYMONTH" not in parts:
        months = ",".join(str(month) for month in range(each, _MONTHS + 1, each))
        return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={parts.get('BYMONTHDAY', '-1')}", True
    if any(name in parts for name in _BY):
        return rule, False
    day = {"WEEKLY": "BYDAY=FR", "MONTHLY": "BYMONTHDAY=-1", "YEARLY": "BYMONTH=12;BYMONTHDAY=31"}.get(every)
    return (f"{rule};{day}", True) if day else (rule, False)


def names_no_day(rule: str) -> bool:
    """Whether a rule says no more than every day or every week ("hàng ngày", "hàng tuần"): how a task is done, not when it is due."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    return parts.get("FREQ") == "DAILY" or (parts.get("FREQ") == "WEEKLY" and not any(name in parts for name in _BY))


def days_due(rule: str, first: date, last: date) -> Iterator[date]:
    """The days of a rule from ``first`` to ``last``, both included; none where the rule cannot be read."""
    from dateutil.rrule import rrulestr  # few deadlines come again

    try:
        found = rrulestr(placed_rule(rule)[0], dtstart=datetime(first.year, first.month, first.day))
    except (ValueError, KeyError):
        return
    for moment in found:
        if moment.date() > last:
            return
        yield moment.date()


def is_due(last: str | None, recurs: str | None, issued: str | None, days: tuple[str, str]) -> bool:
    """Whether a deadline falls due between two days (YYYY-MM-DD); one that comes again not before its plan was issued."""
    if recurs is None:
        return last is not None and days[0] <= last <= days[1]
    first = as_day(max(days[0], (issued or "")[:10]), date.min)
    end = min(as_day(days[1], date.max), first + HORIZON if first < date.max - HORIZON else date.max)
    return next(days_due(recurs, first, end), None) is not None


def as_day(value: str, otherwise: date) -> date:
    """The day of YYYY-MM-DD, the first one of YYYY-MM and YYYY, the last one of a month where it has no such day ("2025-02-31"); what is
    no day is ``otherwise``."""
    year, month, day = (*value.split("-"), "01", "01")[:3]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        pass
    try:
        return date(int(year) + int(month) // _MONTHS, int(month) % _MONTHS + 1, 1) - timedelta(days=1)
    except ValueError:
        return otherwise
