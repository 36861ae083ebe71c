"""How well a duty fits, what is enough to be an answer, and that what bounds the cost changes no answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, duties
from archive.ask import duties as asking
from archive.ask import duty_filters, duty_fit
from archive.ask.duty_fit import Asked, best_answer
from archive.ask.terms import Terms, terms_of
from archive.values import DutyQuestion
from tests.archive.plans import add_plan

MONEY = terms_of("bố trí kinh phí")
CLEAN, DAMAGED = 1.0, 0.4
#: Text, headings above it, quality of the page, how well that fits "bố trí kinh phí", and how it was met; the best first.
FITS = [
    ("Sớm bố trí kinh phí cho xã.", "", CLEAN, 1.0, "exact"),
    ("Som bo tri kinh phi cho xa.", "", DAMAGED, 0.95, "folded"),
    ("Giao cho xã.", "Bố trí kinh phí", CLEAN, 0.9, "exact"),
    ("Som bé tri kinh phé cho xa.", "", DAMAGED, 0.85, "skeleton"),
    ("Kinh phí do tỉnh bố trí.", "", CLEAN, 0.8, "exact"),
    ("Kinh phi do tinh bo tri.", "", DAMAGED, 0.76, "folded"),
    ("Kinh phí do tỉnh cấp. Xã bố trí người.", "", CLEAN, 0.6, "exact"),
    ("Xã bố trí người.", "Kinh phí", CLEAN, 0.5, "exact"),
]


def asked(terms: Terms, *weights: float) -> Asked:
    return Asked(terms, marked=True, weights=weights)


def test_a_phrase_is_more_than_a_sentence_and_what_is_exact_more_than_what_is_damaged() -> None:
    found = [best_answer(asked(MONEY, 0.5, 0.5), [text], above, quality) for text, above, quality, _, _ in FITS]
    assert [(round(one.fit, 3), one.how) for one in found if one] == [(fit, how) for *_, fit, how in FITS]
    assert [fit for *_, fit, _ in FITS] == sorted((fit for *_, fit, _ in FITS), reverse=True)


SPORT = terms_of("kinh phí thể thao thiếu nhi")


@pytest.mark.parametrize(
    ("text", "weights", "fit"),
    [
        ("Kinh phí do tỉnh cấp cho thiếu nhi.", (0.25, 0.5, 0.25), 0.2),  # two common words: half of the question
        ("Kinh phí do tỉnh cấp cho thiếu nhi.", (0.24, 0.52, 0.24), None),  # less than half: what is asked about is not there
        ("Kinh phí do tỉnh cấp cho thiếu nhi.", (0.45, 0.1, 0.45), 0.36),
        ("Kinh phí do tỉnh cấp.", (0.8, 0.1, 0.1), None),  # one word of three is none, however rare
    ],
)
def test_half_of_the_question_and_two_words_of_it_are_enough(text: str, weights: tuple[float, ...], fit: float | None) -> None:
    assert len(SPORT.each()) == len(weights)
    found = best_answer(asked(SPORT, *weights), [text], "", CLEAN)
    assert (round(found.fit, 3) if found else None) == fit


@pytest.mark.parametrize(("terms", "size", "sets"), [(3, 2, 3), (5, 3, 10), (6, 3, 20), (7, 2, 21), (8, 2, 28)])
def test_of_long_questions_the_index_is_asked_for_pairs(terms: int, size: int, sets: int) -> None:
    """Of six terms those that are enough; of seven they would be 35, and of more soon hundreds."""
    words = tuple(f"w{number}" for number in range(terms))
    question = asked(Terms(words, tuple((number, number + 1) for number in range(terms))), *[1 / terms] * terms)
    found = duty_fit._enough_combinations(question)
    assert ({len(one) for one in found}, len(found)) == ({size}, sets)


def test_only_words_nearby_are_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few words on either side; a sentence may be a page long."""
    read: list[str] = []
    monkeypatch.setattr(duty_fit, "cut_in_two", lambda sentence, span: bool(read.append(sentence)))
    best_answer(asked(terms_of("kinh phí"), 1.0), ["một hai ba bốn " * 20 + "kinh phí" + " một hai ba bốn" * 20], "", CLEAN)
    (sentence,) = read
    before, after = sentence.split("kinh phí")
    assert (len(before.split()), len(after.split())) == (7, 7)


PLAN = """Số 12/KH-UBND | Kế hoạch | Ủy ban nhân dân tỉnh A | A | 2025-01-20 | Việc
I. PHÂN CÔNG
1. Việc
[lead] Sở Một: bố trí kinh phí @2025-12-15
[directed] Sở Hai: bố trí kinh phí @2026-01-31
2. Kinh phí
[lead] Sở Ba: bố trí người @2026-03-31
II. BỐ TRÍ KINH PHÍ
1. Dự toán
[lead] Sở Tư: lập dự toán @FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20
[lead] Sở Năm: kinh phí do tỉnh bố trí @2031-05-01
"""


def add_plans(archive: Archive) -> None:
    add_plan(archive, PLAN)
    add_plan(archive, PLAN.replace("Số 12", "Số 13"))


@pytest.fixture
def plans(filled: Callable[..., Archive]) -> Archive:
    return filled(add_plans)


def test_a_unit_that_is_only_named_comes_after_one_whose_task_it_is(plans: Archive) -> None:
    found = {duty.unit: duty.fit for duty in duties(plans, DutyQuestion("bố trí kinh phí", plan="1"))}
    assert found["Sở Một"] > found["Sở Hai"] > found["Sở Tư"], "but before one whose heading alone says it"


QUESTIONS = [
    DutyQuestion(query, due=due, limit=limit)
    for query in ("", "bố trí kinh phí")
    for due in (None, "2025-12", "2025-12..2026-02", "2025..2031")
    for limit in (1, 3, None)
]


@pytest.mark.parametrize(
    ("room", "name", "value"),
    [(asking, "_HELPINGS", (1,)), (asking, "_HELPINGS", (2, 3)), (asking, "_TOGETHER", 1), (duty_filters, "_MONTHS", 1)],
)
def test_what_bounds_the_cost_changes_no_answer(
    plans: Archive, monkeypatch: pytest.MonkeyPatch, room: object, name: str, value: object
) -> None:
    before = [duties(plans, question) for question in QUESTIONS]
    assert all(before)
    monkeypatch.setattr(room, name, value)
    assert [duties(plans, question) for question in QUESTIONS] == before


@pytest.mark.parametrize("due", ["2025..2031", "2026"])
def test_a_limit_gives_the_first_deadlines(plans: Archive, due: str) -> None:
    every = duties(plans, DutyQuestion(due=due))
    assert [duties(plans, DutyQuestion(due=due, limit=count)) for count in (1, 2, 3, 5)] == [every[:count] for count in (1, 2, 3, 5)]


def test_the_index_is_asked_for_five_years_of_months_at_most() -> None:
    assert duty_filters.due_signs(("2025-01-01", "2029-12-31")) is not None
    assert duty_filters.due_signs(("2025-01-01", "2030-01-31")) is None


@pytest.mark.parametrize(("words", "found"), [(580, True), (620, False)])
def test_a_task_is_looked_through_as_far_as_the_index_knows_it(archive: Archive, words: int, found: bool) -> None:
    """Its first 600 words, be they long ones."""
    add_plan(archive, f"I. PHÂN CÔNG\n1. Việc\n[lead] Sở Một: chủ trì\n{'nghiêng ' * words}kinh phí\n")
    assert bool(duties(archive, DutyQuestion("kinh phí"))) is found
