"""What counts as an answer to the thirty questions (tests/questions/rows.py), on a plan of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import Archive, duties, open_archive
from tests.archive.builders import Filling, add
from tests.questions.rows import Expected, Shown, outcome_of

PLAN = """Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Tuyên truyền
I. TỔ CHỨC THỰC HIỆN
Giao Ban Tuyên giáo: chủ trì viết tin bài về Hội nghị. Hạn 2025-12-15
Giao các ban, đoàn thể phường: gửi báo cáo kết quả tuyên truyền. Hạn 2025-12-20
"""
NEWS: Expected = {"file": "plan", "lines": [3, 3], "unit": "Ban Tuyên giáo", "until": "2025-12-15"}
BOARDS: Expected = {"file": "plan", "lines": [4, 4], "unit": "các ban", "until": "2025-12-20"}
BODIES: Expected = {"file": "plan", "lines": [4, 4], "unit": "đoàn thể phường", "until": "2025-12-20"}


def add_plan(archive: Archive) -> None:
    add(archive, PLAN, "plan.txt")


@pytest.fixture(scope="module")
def shown(shelf: Callable[[Filling], Path]) -> list[Shown]:
    """The two rows of the plan, each with the line of its duty."""
    with open_archive(shelf(add_plan)) as archive:
        return [Shown(duty, "plan", (line,)) for line, duty in enumerate(duties(archive), start=3)]


def state(shown: list[Shown], *answers: Expected, **more: Any) -> tuple[str, int, int, int]:
    """What came of a question: the state, and how many rows are missing, wrong and too many."""
    found = outcome_of({"kind": "due", "text": "Việc gì đến hạn?", "answers": answers, **more}, shown)
    return found.state, len(found.missing), len(found.wrong), len(found.extra)


def test_all_rows_and_no_other_is_fully(shown: list[Shown]) -> None:
    assert state(shown, NEWS, BOARDS, BODIES) == ("fully", 0, 0, 0)


def test_a_row_that_is_not_shown_is_missing(shown: list[Shown]) -> None:
    assert state(shown[1:], NEWS, BOARDS) == ("partly", 1, 0, 0)
    assert state([], NEWS) == ("not", 1, 0, 0)


def test_a_row_of_another_text_line_or_unit_is_missing_and_too_much(shown: list[Shown]) -> None:
    for other in ({"file": "other"}, {"lines": [5, 9]}, {"unit": "Văn phòng"}):
        assert state(shown[:1], NEWS | other) == ("not", 1, 0, 1)


@pytest.mark.parametrize("said", [{"until": "2025-12-16"}, {"role": "request"}, {"recurs": True}, {"reports_to": "Thành ủy"}])
def test_what_the_row_does_not_say_is_wrong(shown: list[Shown], said: Expected) -> None:
    assert state(shown[:1], NEWS | said) == ("partly", 0, 1, 0)


def test_a_row_too_much_is_not_fully_unless_it_may_be_there(shown: list[Shown]) -> None:
    assert state(shown, NEWS) == ("partly", 0, 0, 1)
    assert state(shown, NEWS, perhaps=[{"file": "plan", "lines": [4, 4]}]) == ("fully", 0, 0, 0)
    assert state(shown, NEWS, perhaps=[{"file": "plan"}]) == ("fully", 0, 0, 0)


def test_what_follows_the_last_answer_of_a_search_is_not_judged(shown: list[Shown]) -> None:
    assert state(shown, NEWS, rest="any") == ("fully", 0, 0, 0)
    assert state(shown, BOARDS, rest="any") == ("partly", 0, 0, 1)


def test_the_first_words_of_a_task_tell_its_row_where_lines_do_not(shown: list[Shown]) -> None:
    words = {"lines": [9, 9], "task": "viết tin bài về Hội nghị"}
    assert state(shown[:1], NEWS | words) == ("fully", 0, 0, 0)
    assert state(shown[:1], NEWS | words | {"task": "viết tin bài về Đại hội"}) == ("not", 1, 0, 1)


def test_the_line_of_a_row_goes_before_that_of_the_item_that_it_stands_in(shown: list[Shown]) -> None:
    inside = [Shown(shown[0].duty, "plan", (4, 3))]
    assert outcome_of({"kind": "unit", "text": "", "answers": [NEWS, NEWS | {"lines": [4, 4]}]}, inside).missing == (
        "Ban Tuyên giáo (plan:3)",
    )
