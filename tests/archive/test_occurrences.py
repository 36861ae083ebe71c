"""What is shown of a plan that was found: how many passages, how much of each, which first."""

from __future__ import annotations

import pytest

from archive import Archive, search
from archive.fulltext import indexing
from archive.fulltext.restored_layer import restored_words
from archive.fulltext.ways import WEIGHT
from tests.archive.builders import add
from tests.archive.test_phrases import PHRASE, READ, TYPED
from tests.postgresql import TESTED_ENGINES


@pytest.fixture(params=TESTED_ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Every engine finds the same."""
    return str(request.param)


def test_three_passages_are_shown(archive: Archive) -> None:
    add(archive, "I. VIỆC\n" + "".join(f"{number}. Bố trí kinh phí\nSớm bố trí.\n" for number in range(1, 6)))
    (hit,) = search(archive, "kinh phí").hits
    assert [each.place.path for each in hit.occurrences] == ["I.1", "I.2", "I.3"]


@pytest.mark.parametrize(("between", "together"), [(54, True), (57, False)])
def test_words_stand_in_one_snippet_where_it_is_long_enough(archive: Archive, between: int, together: bool) -> None:
    """About three lines on a screen."""
    add(archive, f"I. VIỆC\n1. Ngân sách\n{'xin ' * 100}dự toán {'của ' * between}kinh phí {'cho ' * 100}\n")
    (hit,) = search(archive, '"dự toán" AND "kinh phí"').hits
    shown = hit.occurrences[0].snippet
    assert (len(shown.highlights) == 2) is together
    assert 230 <= len(shown.text) <= 250


def test_a_way_counts_half_of_the_one_above() -> None:
    ways = {"exact": 4, "folded": 2, "restored": 1, "skeleton": 0.5}
    assert {**ways, "faded": ways["folded"], "bare": ways["restored"]} == WEIGHT


def test_passages_are_ranked_by_the_way_they_are_met(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first to the last: misread and not restored, misread and restored, typed without marks, as it was written."""
    pages = [f"{number}. Trang\n\n{text}\n\n" for number, text in enumerate((READ, READ, TYPED, PHRASE), 1)]
    text = "I. TRANG\n\n" + "".join(pages)
    second = text.index(pages[1])
    monkeypatch.setattr(indexing, "restored_words", lambda text: tuple(word for word in restored_words(text) if word[0] >= second))
    add(archive, text)
    (hit,) = search(archive, '"cổ động trực quan"').hits
    assert [(each.place.path, each.how) for each in hit.occurrences] == [("I.4", "exact"), ("I.3", "folded"), ("I.2", "restored")]


def test_a_phrase_without_its_marks_says_more_than_its_words_here_and_there(archive: Archive) -> None:
    add(archive, "I. VIỆC\n1. Xa\n" + "Cổ phần. Động viên. Trực ban. Quan tâm. " * 4 + "một " * 40)
    add(archive, "I. VIEC\n1. Gan\nCo dong truc quan. " + "mot " * 40)
    assert [hit.document.id for hit in search(archive, "cổ động trực quan").hits] == [2, 1]
