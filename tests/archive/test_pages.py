"""Pages of answers join to the whole answer, say how many there are in all, and tell a word that continues nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from archive import (
    Archive,
    cascade,
    cited_by,
    cites,
    duties,
    find_documents,
    graph,
    lint,
    list_documents,
    register,
    remove,
    set_duty,
    statistics,
    tasks_of,
    unit_page,
    units,
)
from archive.errors import BadCursor
from archive.values import CascadeResult, CitationGraph, CitesResult, DutyEdit, DutyQuestion, ListQuestion, Page
from tests.archive.builders import NOW
from tests.archive.papers import COMMUNE, OLDER, PROVINCE, RESOLUTION, keep, paper
from tests.archive.plans import add_plan

#: A page of one question: what stands on it, and where it goes on.
Asked = Callable[[Archive, int | None, str | None], tuple[list[Any], str | None]]

DAYS = ("2025-03-01", "2025-02-01", "2025-03-01", "FREQ=MONTHLY;BYMONTHDAY=1")


def add_duties(archive: Archive) -> None:
    """Six plans with four duties each, of two units, with days that come again, two of one day."""
    for number in range(1, 7):
        head = f"Số {number}/KH-UBND | Kế hoạch | Ủy ban nhân dân xã {'ABC'[number % 3]} | A | 2025-01-{number:02} | Tiêm phòng {number}"
        tasks = [f"[lead] {'Trạm Y tế' if day < 2 else 'Công an xã'}: tổ chức tiêm phòng đợt {day} @{DAYS[day]}" for day in range(4)]
        add_plan(archive, "\n".join([head, "I. PHÂN CÔNG", "1. Việc", *tasks, ""]), "{unit} @ xã b, tỉnh a")


def add_papers(archive: Archive) -> None:
    """A resolution that eight papers cite, some twice; one dates it otherwise, one does not date it."""
    for number, content in enumerate((PROVINCE, COMMUNE, OLDER)):
        keep(archive, f"{number}.txt", content)
    for number in range(5):
        said = RESOLUTION if number else RESOLUTION.replace("22/12/2024", "23/12/2024")
        line = f"Thực hiện {said}; thực hiện {RESOLUTION if number > 2 else 'Quyết định số 9/QĐ-TTg ngày 01/02/2024'};"
        keep(
            archive,
            f"p{number}.txt",
            paper(
                "ỦY BAN NHÂN DÂN XÃ TÂN MINH", f"{number + 70}/KH-UBND", "Tân Minh", f"{number + 1}/3/2025", "KẾ HOẠCH", "Công tác", line
            ),
        )


def of_page(page: Page[Any]) -> tuple[list[Any], str | None]:
    return list(page), page.next


def of_cites(found: CitesResult) -> tuple[list[Any], str | None]:
    told = [(group.cited, hit) for group in found.groups for hit in group.hits]
    return [*told, *(one.hit for one in found.ambiguous)], found.next


def of_cascade(found: CascadeResult) -> tuple[list[Any], str | None]:
    return [(tree.root.id, step) for tree in found.cascades for step in tree.steps], found.next


def of_graph(found: CitationGraph) -> tuple[list[Any], str | None]:
    return [*found.nodes], found.next


def listed(question: ListQuestion) -> Asked:
    return lambda archive, limit, after: of_page(find_documents(archive, replace(question, limit=limit, after=after)))


def asked(question: DutyQuestion) -> Asked:
    return lambda archive, limit, after: of_page(duties(archive, replace(question, limit=limit, after=after)))


DUTIES: dict[str, Asked] = {
    "list": lambda a, n, after: of_page(list_documents(a, limit=n, after=after)),
    "list by date": listed(ListQuestion(sort="date")),
    "list by date, latest first": listed(ListQuestion(sort="date", descending=True)),
    "list, last first": listed(ListQuestion(descending=True)),
    "list by organ": listed(ListQuestion(sort="organ", since="2025")),
    "duties": asked(DutyQuestion()),
    "duties of a unit": asked(DutyQuestion(unit="Trạm Y tế")),
    "duties by day": asked(DutyQuestion(due="2025")),
    "duties of a unit by day": asked(DutyQuestion(unit="Trạm Y tế", due="2025")),
    "duties that are over": asked(DutyQuestion(overdue="2025-02-15")),
    "units": lambda a, n, after: of_page(units(a, limit=n, after=after)),
    "units by name": lambda a, n, after: of_page(units(a, "xã", limit=n, after=after)),
    "unit": lambda a, n, after: (list((page := unit_page(a, "Trạm Y tế", limit=n, after=after)).duties), page.next),
}
PAPERS: dict[str, Asked] = {
    "cites": lambda a, n, after: of_cites(cites(a, "57-NQ/TW", limit=n, after=after)),
    "cites of a kind": lambda a, n, after: of_cites(cites(a, "57-NQ/TW", relation="implements", limit=n, after=after)),
    "cited-by": lambda a, n, after: of_page(cited_by(a, "4", limit=n, after=after)),
    "lint": lambda a, n, after: of_page(lint(a, limit=n, after=after)),
    "lint of one": lambda a, n, after: of_page(lint(a, "4", limit=n, after=after)),
    "cascade": lambda a, n, after: of_cascade(cascade(a, "57-NQ/TW", limit=n, after=after)),
    "graph": lambda a, n, after: of_graph(graph(a, around="57-NQ/TW", limit=n, after=after)),
}


@pytest.fixture
def given(filled: Callable[..., Archive]) -> Archive:
    return filled(add_duties, "duties")


@pytest.fixture
def papers(filled: Callable[..., Archive]) -> Archive:
    return filled(add_papers, "papers")


def pages(archive: Archive, ask: Asked, limit: int) -> Iterable[list[Any]]:
    rows, after = ask(archive, limit, None)
    yield rows
    while after is not None:
        rows, after = ask(archive, limit, after)
        yield rows


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("name", DUTIES)
def test_pages_of_lists_and_duties_join_to_the_whole(given: Archive, name: str, limit: int) -> None:
    check_pages(given, DUTIES[name], limit)


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("name", PAPERS)
def test_pages_of_citations_join_to_the_whole(papers: Archive, name: str, limit: int) -> None:
    check_pages(papers, PAPERS[name], limit)


def check_pages(archive: Archive, ask: Asked, limit: int) -> None:
    whole, after = ask(archive, None, None)
    assert whole, "a question with an answer"
    assert after is None
    found = list(pages(archive, ask, limit))
    assert [row for rows in found for row in rows] == whole
    assert [len(rows) for rows in found[:-1]] == [limit] * (len(found) - 1)


def test_pages_of_words_have_each_duty_once(given: Archive) -> None:
    """Within a page the best fit stands first; among pages the index decides, which knows no sentences."""
    whole = duties(given, DutyQuestion("tổ chức tiêm phòng", due="2025"))
    joined = [duty for rows in pages(given, asked(DutyQuestion("tổ chức tiêm phòng", due="2025")), 5) for duty in rows]
    assert len(joined) == len(whole) == 24
    assert {(duty.document.id, duty.number) for duty in joined} == {(duty.document.id, duty.number) for duty in whole}


def test_a_page_of_the_graph_has_the_edges_to_what_came_before(papers: Archive) -> None:
    whole = graph(papers, around="57-NQ/TW", depth=2)
    first = graph(papers, around="57-NQ/TW", depth=2, limit=3)
    edges, after = [*first.edges], first.next
    while after is not None:
        more = graph(papers, around="57-NQ/TW", depth=2, limit=3, after=after)
        edges, after = [*edges, *more.edges], more.next
    key = {(edge.source, edge.target): edge for edge in edges}
    assert len(key) == len(edges)
    assert key == {(edge.source, edge.target): edge for edge in whole.edges}
    assert first.total == len(whole.nodes)


def test_totals_are_those_of_the_whole(given: Archive, papers: Archive) -> None:
    assert find_documents(given, ListQuestion(limit=2)).total == list_documents(given, limit=1).total == 6
    assert find_documents(given, ListQuestion(sort="date", since="2025-01-03", limit=2)).total == 4
    assert duties(given, DutyQuestion(limit=3)).total == 24
    assert units(given, limit=1).total == 2
    some = duties(given, DutyQuestion(unit="Trạm Y tế", limit=3))
    assert (some.total, some.at_most) == (None, 12), "only reading them would tell"
    assert duties(given, DutyQuestion(unit="Trạm Y tế", limit=12)).total == 12, "all of them were read"
    whole, page = cites(papers, "57-NQ/TW"), cites(papers, "57-NQ/TW", limit=1)
    assert page.mentions == whole.mentions == sum(len(group.hits) for group in whole.groups) + len(whole.ambiguous)
    assert page.groups[0].total == len(whole.groups[0].hits)
    tree = cascade(papers, "57-NQ/TW").cascades[0]
    assert cascade(papers, "57-NQ/TW", limit=1).cascades[0].total == tree.total == len(tree.steps)
    assert cascade(papers, "57-NQ/TW", limit=1).cascades[0].levels == tree.levels


def test_counters_follow_what_is_taken_out(given: Archive) -> None:
    remove(given, "1", now=NOW)
    assert units(given, limit=10) == units(given)
    assert [one.duties for one in units(given, limit=10)] == [10, 10]
    assert statistics(given).units == 2
    for number in range(2, 7):
        remove(given, str(number), now=NOW)
    assert units(given, limit=10) == ()
    assert units(given, limit=10).total == statistics(given).units == 0


def test_what_goes_meanwhile_shifts_nothing(given: Archive) -> None:
    first = list_documents(given, limit=2)
    remove(given, "1", now=NOW)
    assert [document.id for document in list_documents(given, limit=2, after=first.next)] == [3, 4]
    third = duties(given, DutyQuestion(limit=4))
    remove(given, "2", now=NOW)
    assert {duty.document.id for duty in duties(given, DutyQuestion(limit=4, after=third.next))} == {3}


def test_the_register_is_read_plan_by_plan(given: Archive) -> None:
    assert tuple(register(given)) == tasks_of(duties(given))
    question = DutyQuestion(due="2025-02")
    assert tuple(register(given, question)) == tasks_of(duties(given, question))


@pytest.mark.parametrize("after", ["", "x", "AAAA", "không", "5", "\ud800"])
@pytest.mark.parametrize("name", DUTIES)
def test_a_word_that_continues_nothing(given: Archive, name: str, after: str) -> None:
    with pytest.raises(BadCursor) as bad:
        DUTIES[name](given, 2, after)
    assert (bad.value.code, bad.value.facts["after"]) == ("bad-cursor", after)


def test_a_word_of_another_question(given: Archive, papers: Archive) -> None:
    word = duties(given, DutyQuestion(limit=1)).next
    with pytest.raises(BadCursor):
        duties(given, DutyQuestion(unit="Trạm Y tế", limit=1, after=word))
    with pytest.raises(BadCursor):
        cites(papers, "57-NQ/TW", limit=1, after=word)
    tree = cascade(papers, "57-NQ/TW", limit=1)
    remove(papers, str(tree.cascades[0].steps[0].node.document_id), now=NOW)
    with pytest.raises(BadCursor):  # the row that it names is gone, and with it the place
        cascade(papers, "57-NQ/TW", limit=1, after=tree.next)


def test_a_page_does_not_change(given: Archive) -> None:
    page = list_documents(given, limit=1)
    with pytest.raises(AttributeError):
        page.total = 3


@pytest.mark.parametrize("unit", [None, "Công an xã"])
def test_a_duty_that_was_moved_stands_once_at_its_new_day(given: Archive, unit: str | None) -> None:
    question = DutyQuestion(unit=unit, due="2025-03")
    first = duties(given, question)[0]
    assert first.id is not None
    set_duty(given, first.id, DutyEdit(moved_to="2025-03-20"), now=NOW)
    whole = duties(given, question)
    joined = [duty for rows in pages(given, asked(question), 2) for duty in rows]
    assert tuple(joined) == whole
    assert [duty.id for duty in whole if duty.standing] == [first.id]
    assert len(whole) == len({duty.id for duty in whole})
    assert [duty.id for rows in pages(given, asked(replace(question, query="tổ chức tiêm phòng")), 2) for duty in rows].count(first.id) == 1
