"""The questions over fixtures/, which a person answered on the page before the program was asked (tests/questions/fixtures.toml)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive import Archive, open_archive
from tests.archive.builders import Filling, add_fixtures
from tests.questions.asking import outcome, questions, told

ROOT = Path(__file__).parents[1]
QUESTIONS = questions(ROOT / "tests" / "questions" / "fixtures.toml")


@pytest.fixture(scope="module")
def fixtures(shelf: Callable[[Filling], Path]) -> Iterator[Archive]:
    with open_archive(shelf(add_fixtures)) as archive:
        yield archive


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["text"] for question in QUESTIONS])
def test_question(fixtures: Archive, question: dict[str, Any]) -> None:
    found = outcome(fixtures, question)
    assert found.state == "fully", told([found])
