"""Lists narrowed, sorted, cut."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from archive import Archive, correct, find_documents, remove
from archive.ask.listing import SORTS
from archive.common.keys import order_key
from archive.errors import BadDate
from archive.values import ListQuestion
from tests.archive.builders import NOW, add
from tests.archive.papers import keep, paper
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


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_of_one_make_the_list(four: Archive, sort: str, descending: bool) -> None:
    """Also where the document is gone that the page before ended with."""
    question = ListQuestion(sort=sort, descending=descending)
    whole = [document.id for document in find_documents(four, question)]
    pages, after = list[int](), None
    while len(pages) < len(whole):
        page = find_documents(four, replace(question, limit=1, after=after))
        assert page.total == 4
        pages += [document.id for document in page]
        after = page.next
    assert (pages, after) == (whole, None)
    if sort != "id" or descending:
        first = find_documents(four, replace(question, limit=1))
        remove(four, str(first[0].id), now=NOW)
        assert [document.id for document in find_documents(four, replace(question, after=first.next))] == whole[1:]


def test_of_one_organ_the_undated_goes_first_and_then_the_earlier(archive: Archive) -> None:
    for number, date in ((1, "3/3/2025"), (2, "1/3/2025"), (3, "2/3/2025")):
        keep(archive, str(number), paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", f"{number}/KH-UBND", "Tân Minh", date, "KẾ HOẠCH", "Công tác"))
    correct(archive, "3", "date", "none", now=NOW)
    assert [document.date for document in find_documents(archive, ListQuestion(sort="organ"))] == [None, "2025-03-01", "2025-03-03"]
    backwards = find_documents(archive, ListQuestion(sort="organ", descending=True, limit=2))
    assert [document.date for document in backwards] == ["2025-03-03", "2025-03-01"]
    assert [one.id for one in find_documents(archive, ListQuestion(sort="organ", descending=True, limit=2, after=backwards.next))] == [3]
    assert [document.id for document in find_documents(archive, ListQuestion(since="2025-03-02"))] == [1]


def test_names_sort_by_words_and_by_what_numbers_count() -> None:
    names = [
        "",
        "8 Ủy ban",
        "9-KH/TU",
        "35-KH/TU",
        "0035-KH/UBND",
        "100-KH/TU",
        "Kế",
        "KẾ 0",
        "Kế 1",
        "Kế hoạch",
        "Kế hoạch 2",
        "kê hoạch 10",
    ]
    for seed in range(5):
        assert sorted(random.Random(seed).sample(names, len(names)), key=order_key) == names


def test_a_subject_as_long_as_a_page_is_sorted_too(archive: Archive) -> None:
    """PostgreSQL takes no text of three thousand bytes into an index."""
    for number in (2, 1):
        subject = f"Công tác {number} " + "đường " * 2000 + "9" * 2000
        keep(archive, str(number), paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", f"{number}/KH-UBND", "Tân Minh", "1/3/2025", "KẾ HOẠCH", subject))
    assert [document.id for document in find_documents(archive, ListQuestion(sort="subject"))] == [2, 1]


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
