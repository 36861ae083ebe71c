"""Answers that are kept: asked again they are not made again, and after any change, whoever made it, they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from archive import Archive, correct, open_archive, show
from archive.store.kept import _MOST, kept
from tests.archive.builders import NOW, add_three
from tests.postgresql import ON_POSTGRESQL


@pytest.fixture
def mine(filled: Callable[..., Archive]) -> Archive:
    return filled(add_three)


@pytest.fixture
def other(mine: Archive) -> Iterator[Archive]:
    """The same archive as another process has it open."""
    with open_archive(mine.folder, mend=()) as archive:
        yield archive


def made() -> Callable[[], int]:
    """Answers that tell how many were made before them."""
    numbers = count(1)
    return lambda: next(numbers)


def change(archive: Archive, day: str) -> None:
    correct(archive, str(show(archive, "1").document.id), "date", day, now=NOW)


def test_what_is_asked_again_is_not_made_again(mine: Archive) -> None:
    make = made()
    assert [kept(mine).answer("page", question, make) for question in ("a", "b", "a", "b")] == [1, 2, 1, 2]


@pytest.mark.parametrize("by_another", [False, True])
def test_after_a_change_it_is_made_anew(mine: Archive, other: Archive, by_another: bool) -> None:
    make = made()
    assert kept(mine).answer("page", "a", make) == 1
    change(other if by_another else mine, "2025-02-03")
    assert [kept(mine).answer("page", "a", make) for _ in range(2)] == [2, 2]
    assert show(mine, "1").document.date == "2025-02-03"


def test_an_answer_during_which_something_changed_is_not_kept(mine: Archive, other: Archive) -> None:
    def make() -> str | None:
        before = show(mine, "1").document.date
        change(other, "2025-02-03")
        return before

    before = kept(mine).answer("page", "a", make)
    assert before != "2025-02-03"
    assert kept(mine).answer("page", "a", lambda: show(mine, "1").document.date) == "2025-02-03"


def test_a_mistake_is_not_kept(mine: Archive) -> None:
    with pytest.raises(ZeroDivisionError):
        kept(mine).answer("page", "a", lambda: 1 // 0)
    assert kept(mine).answer("page", "a", lambda: 1) == 1


def test_what_is_at_hand_is_told_and_after_a_change_it_is_not(mine: Archive, other: Archive) -> None:
    assert kept(mine).at_once("page", "a") is None
    kept(mine).answer("page", "a", lambda: b"made")
    assert kept(mine).at_once("page", "a") == (None if ON_POSTGRESQL else b"made"), "a server is not asked"
    change(other, "2025-02-03")
    assert kept(mine).at_once("page", "a") is None


def test_of_pages_so_many_bytes_are_kept_those_asked_for_last(mine: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_MOST, "page", 10)
    mine.close_part("kept")
    make = made()
    for name in ("a", "b", "a", "c"):  # of four bytes each: two fit
        kept(mine).answer("page", name, lambda: f"{make()}...".encode())
    assert [kept(mine).answer("page", name, lambda: b"anew") for name in ("a", "c", "b")] == [b"1...", b"3...", b"anew"]
    kept(mine).answer("page", "more than fits", lambda: b"........ ........")
    assert kept(mine).answer("page", "more than fits", lambda: b"anew") == b"anew"
