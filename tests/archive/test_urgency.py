"""How much the nearness of a deadline weighs among what is doubted, and when what comes each quarter falls due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive import Archive, add_text, review_queue
from archive.ask.review import _urgency
from archive.common.deadlines import days_due
from archive.common.doubts import DOUBTS
from kehoach_parser import Plan, Text, text_of
from tests.archive.builders import NOW
from tests.archive.plans import parse_plan

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


@pytest.mark.usefixtures("without_words")
def test_a_unit_or_a_deadline_less_sure_than_three_quarters_is_doubtful(archive: Archive) -> None:
    text = text_of(
        "Số 12/KH-UBND | Kế hoạch | Ủy ban nhân dân tỉnh A | A | 2025-11-20 | Phòng dịch\nI. PHÂN CÔNG\n"
        "[lead] Sở Y tế: rà soát @2026-03-30\n[lead] Sở Nội vụ: tổng hợp @2026-03-31\n"
    )

    def unsure(content: Text) -> Plan:
        plan = parse_plan(content, "{unit} @ tỉnh a")
        units = [replace(each, unit=replace(each.unit, certainty=sure)) for each, sure in zip(plan.assignments, (0.7, 0.8), strict=True)]
        dates = [replace(each, certainty=sure) for each, sure in zip(plan.dates, (0.8, 0.7), strict=True)]
        return replace(plan, assignments=tuple(units), dates=tuple(dates))

    add_text(archive, text, now=NOW, parse=unsure)
    doubts = [(each.kind, each.printed) for each in review_queue(archive, today=TODAY)]
    assert sorted(doubts) == [("doubtful-deadline", "2026-03-31"), ("doubtful-unit", "Sở Y tế")]


@pytest.mark.parametrize(
    ("rule", "months"),
    [
        ("FREQ=MONTHLY;INTERVAL=6", ["2026-06", "2026-12"]),
        ("FREQ=MONTHLY;INTERVAL=12", ["2026-12"]),
        ("FREQ=MONTHLY;INTERVAL=8", ["2026-01", "2026-09"]),  # no part of a year: from where it is looked at
    ],
)
def test_what_comes_some_times_a_year_falls_due_at_the_end_of_its_parts(rule: str, months: list[str]) -> None:
    assert [str(day)[:7] for day in days_due(rule, date(2026, 1, 1), date(2026, 12, 31))] == months
