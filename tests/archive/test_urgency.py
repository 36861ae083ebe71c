"""How much the nearness of a deadline weighs among what is doubted, and when what comes each quarter falls due."""

from __future__ import annotations

from datetime import date

import pytest

from archive.ask.review import _urgency
from archive.common.deadlines import days_due
from archive.common.doubts import DOUBTS

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(("last", "near"), [("2026-04-10", True), ("2026-01-20", True), ("2026-06-01", False)])
def test_a_deadline_is_near_for_two_months_before_and_after(last: str, near: bool) -> None:
    """Forty days are a month's report and the reminder; ninety are another quarter."""
    assert (_urgency(last, TODAY) > 0) is near


def test_what_is_due_today_comes_before_a_paper_without_a_date_and_behind_one_that_many_cite() -> None:
    gravest = max(DOUBTS.values())
    assert gravest + 4 < _urgency("2026-03-01", TODAY) < gravest + 12


def test_what_comes_each_quarter_falls_due_at_its_end_all_year() -> None:
    days = days_due("FREQ=MONTHLY;INTERVAL=3", date(2026, 1, 1), date(2027, 3, 31))
    assert [str(day)[:7] for day in days] == ["2026-03", "2026-06", "2026-09", "2026-12", "2027-03"]
