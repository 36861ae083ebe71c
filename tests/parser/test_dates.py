"""Dates: forms clean and damaged, what counts as a date, roles, exact days."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach_parser.dates import with_bare_times
from kehoach_parser.dates.find import find_dates
from kehoach_parser.found import FoundDates
from kehoach_parser.text.document import read_document

CASES = Path(__file__).parent.parent / "cases" / "dates" / "dates.tsv"


def cases() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").split("\n")
    return [line.replace("\\n", "\n").split("\t") for line in lines if line and not line.startswith("#")]


def found(text: str) -> FoundDates:
    return find_dates(read_document(text))


@pytest.mark.parametrize(("text", "expected"), cases())
def test_dates(text: str, expected: str) -> None:
    got = [f"{d.raw}, {d.value or d.recurs or '-'}, {d.role}" for d in found(text).dates]
    assert got == [each for each in expected.split("; ") if each]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("quý I năm 2026", "2026-01-01", "2026-03-31"),
        ("quý II/2025", "2025-04-01", "2025-06-30"),
        ("quý III/2025", "2025-07-01", "2025-09-30"),
        ("quý IV/2025", "2025-10-01", "2025-12-31"),
        ("tháng 02/2024", "2024-02-01", "2024-02-29"),
        ("06 tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
        ("9 tháng đầu năm 2025", "2025-01-01", "2025-09-30"),
        ("02 tháng cuối năm 2025", "2025-11-01", "2025-12-31"),
        ("giai đoạn 2021 - 2025", "2021-01-01", "2025-12-31"),
        ("ngày 20/11/2025", "2025-11-20", "2025-11-20"),
        ("Năm 2025 và các năm tiếp theo", "2025-01-01", None),
        ("từ năm 2024 đến nay", "2024-01-01", None),
    ],
)
def test_exact_days(text: str, first: str, last: str | None) -> None:
    (date,) = found(text).dates
    assert (date.first, date.last) == (first, last)


#: How sure a date is: as printed; a year of the second day, of the sentence, of the writing, of a date near by, of none; letters for
#: digits; what comes again.
CERTAIN = (
    ("ngày 20/11/2025", [1.0]),
    ("từ ngày 15/11 đến hết ngày 15/12/2025", [0.9, 1.0]),
    ("ngày 15/11 đến Hội nghị tổng kết Nghị quyết ngày 20/12/2023", [0.5, 1.0]),
    ("phấn đấu đến năm 2026 xong trước ngày 22/9", [1.0, 0.7]),
    ("chào mừng Quốc khánh 2/9 năm 2025", [0.7]),
    ("Kiến An, ngày 20/11/2025\n\nhọp ngày 22/9", [1.0, 0.5]),
    ("giai đoạn 2021 - 2025\n\nhọp ngày 22/9", [1.0, 0.4]),
    ("họp ngày 22/9\n\ngiai đoạn 2021 - 2025", [0.4, 1.0]),
    ("họp ngày 22/9", [0.3]),
    ("ngày l2 tháng 9 năm 2O25", [0.8]),
    ("ngày 31/11/2025", [0.3]),
    ("trước ngày 15 hằng tháng", [0.9]),
    ("hằng năm, trước ngày 15 tháng 12", [0.8]),
)


@pytest.mark.parametrize(("text", "expected"), CERTAIN)
def test_certainty(text: str, expected: list[float]) -> None:
    assert [date.certainty for date in found(text).dates] == expected


def test_a_year_alone_in_a_column_of_times_is_surer_than_one_of_the_sentence_and_less_sure_than_a_date() -> None:
    (year,) = with_bare_times("2026", (), [(0, 4)])
    understood, printed = found("chào mừng Quốc khánh 2/9 năm 2025").dates[0], found("ngày 20/11/2025").dates[0]
    assert understood.certainty < year.certainty < printed.certainty


def test_the_year_of_writing_is_the_latest_of_the_first_dates() -> None:
    """Where the head is lost, the papers of the preamble come first: seven of them, and the next dates are deadlines."""
    cited = [f"Quyết định số {number}-QĐ/TW, ngày 03/{number}/2018;" for number in range(1, 8)]
    due = [f"- Báo cáo lần {number} trước ngày 03/{number}/2027." for number in range(1, 6)]
    for head in ([*cited, "Kiến An, ngày 20/11/2025"], ["Kiến An, ngày 20/11/2025", *cited]):
        assert found("\n".join([*head, *due, "", "- Họp ngày 22/9."])).dates[-1].value == "2025-09-22"


#: A text and the value of its last date, None where it has none: words between the date and what tells its year.
FAR = (
    ("Kiến An, ngày 20/11/2025\n\nHọp ngày 22/9" + " và rà soát" * 6 + " của năm 2027", "2027-09-22"),
    ("Kiến An, ngày 20/11/2025\n\nHọp ngày 22/9" + " và rà soát" * 12 + " của năm 2027", "2025-09-22"),
    ("Kiến An, ngày 20/11/2025\n\nTheo kế hoạch năm 2027" + " rà soát hồ sơ" * 18 + ", họp ngày 22/9", "2027-09-22"),
    ("Kiến An, ngày 20/11/2025\n\nTheo kế hoạch năm 2027" + " rà soát hồ sơ" * 30 + ", họp ngày 22/9", "2025-09-22"),
    ("Báo cáo.\nĐối với các nhiệm vụ" + " rà soát hồ sơ" * 15 + " trong năm 2027, cần xong", None),
    ("Báo cáo.\nĐối với các nhiệm vụ" + " rà soát hồ sơ" * 30 + " trong năm 2027, cần xong", "2027"),
)


@pytest.mark.parametrize(("text", "value"), FAR)
def test_what_stands_far_from_a_date_says_nothing_of_it(text: str, value: str | None) -> None:
    assert next((date.value for date in reversed(found(text).dates)), None) == value


def test_an_impossible_date_stays_with_a_warning() -> None:
    result = found("ngày 31/11/2025")
    assert result.dates[0].value is None
    assert [(w.code, w.span) for w in result.warnings] == [("impossible-date", result.dates[0].span)]


def test_a_year_that_is_only_understood_is_less_certain() -> None:
    named, understood = found("Năm 2025 và các năm tiếp theo chào mừng Quốc khánh 2/9").dates
    assert named.certainty == 1.0
    assert understood.value == "2025-09-02"
    assert understood.certainty < 1.0


def test_letters_read_as_digits_are_listed() -> None:
    result = found("ngày l2 tháng 9 năm 2O25")
    assert [(r.printed, r.reading) for r in result.repairs] == [("l2", "12"), ("2O25", "2025")]


WORDS = (
    "ngày", "tháng", "năm", "quý", "IV", "1", "12", "31", "2025", "2030", "/", "-", ".", ", ", "đến", "từ", "hết",
    "\n", "\f", "hằng", "định kỳ", "và các năm", "đầu", "2/9", "l2", "2O25", "²", "\u0661", "giai đoạn",
)  # fmt: skip
SOUP = st.lists(st.sampled_from(WORDS), max_size=40)


@settings(deadline=None, max_examples=150)
@given(words=SOUP, glue=st.sampled_from(["", " "]))
def test_never_raises_and_spans_hold(words: list[str], glue: str) -> None:
    text = glue.join(words)
    dates = found(text).dates
    for date in dates:
        assert text[slice(*date.span)] == date.raw
    for before, after in pairwise(dates):
        assert before.span[1] <= after.span[0]


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    found(text)
