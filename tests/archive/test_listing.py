"""Lists narrowed, sorted, cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, find_documents
from archive.errors import BadDate
from archive.values import ListQuestion
from tests.archive.builders import add
from tests.archive.texts import COMMUNE, DAMAGED, WARD
from tests.terminal.terminal_runs import kehoach, table


def add_four(archive: Archive) -> None:
    for content in (WARD, COMMUNE, DAMAGED, "Không có phần đầu\n"):
        add(archive, content)


@pytest.fixture
def four(filled: Callable[..., Archive]) -> Archive:
    return filled(add_four)


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        (ListQuestion(), [1, 2, 3, 4]),
        (ListQuestion(sort="date"), [3, 2, 1, 4]),
        (ListQuestion(sort="date", descending=True), [1, 2, 3, 4]),
        (ListQuestion(sort="organ"), [3, 1, 2, 4]),
        (ListQuestion(sort="id", descending=True, limit=2), [4, 3]),
        (ListQuestion(type="kế hoạch"), [1, 2]),
        (ListQuestion(organ="xa tan minh"), [2]),
        (ListQuestion(place="Hà Nội"), [3]),
        (ListQuestion(since="2025-11"), [1]),
        (ListQuestion(until="2025-10-02"), [2, 3]),
        (ListQuestion(until="2025-10-01"), [3]),
        (ListQuestion(signer="ai đó"), []),
    ],
)
def test_lists(four: Archive, question: ListQuestion, ids: list[int]) -> None:
    assert [document.id for document in find_documents(four, question)] == ids


def test_what_cannot_be_asked(four: Archive) -> None:
    with pytest.raises(BadDate):
        find_documents(four, ListQuestion(since="hôm qua"))
    with pytest.raises(ValueError, match="màu"):
        find_documents(four, ListQuestion(sort="màu"))


def test_the_command(four: Archive) -> None:
    there = ("--archive", four.folder)
    assert [row["id"] for row in table("list", "--sort", "-date", "--type", "ke hoach", *there)] == ["1", "2"]
    assert kehoach("list", "--sort", "màu", *there).code == 2
    none = kehoach("list", "--organ", "huế", *there)
    assert (none.code, none.out) == (1, "")
    assert "phù hợp" in none.err
