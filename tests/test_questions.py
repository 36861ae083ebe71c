"""The questions over fixtures/, which a person answered on the page before the program was asked (tests/questions/fixtures.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive import Archive, add_paths, open_archive
from tests.archive.builders import NOW
from tests.questions.asking import outcome, questions, told

ROOT = Path(__file__).parents[1]
QUESTIONS = questions(ROOT / "tests" / "questions" / "fixtures.toml")


@pytest.fixture(scope="module")
def fixtures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("questions") / "archive", create=True) as archive:
        list(add_paths(archive, sorted((ROOT / "fixtures").glob("*.txt")), now=NOW))
        yield archive


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["text"] for question in QUESTIONS])
def test_question(fixtures: Archive, question: dict[str, Any]) -> None:
    found = outcome(fixtures, question)
    assert found.state == "fully", told([found])
