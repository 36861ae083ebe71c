"""How much a page holds: rows of a list, days of "soon", steps of a graph, what is offered. Behind it the rest is a click away."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import lxml.html
import pytest
from starlette.testclient import TestClient

from archive import Archive, open_archive, queue_file, reindex
from archive.store.database import writing
from archive.store.journal import note
from archive.terminal.spoken import spoken
from archive.web import application
from archive.web.pages_documents import original
from archive.web.pages_review import _around
from archive.web.pages_search import as_read
from archive.web.suggestions import suggestions
from tests.archive.builders import NOW, Filling
from tests.archive.plans import add_plan
from tests.web.conftest import SETTINGS

#: A plan that another one carries out.
CITING = "Thực hiện Kế hoạch số {}-KH/ĐU, ngày 20/11/2025 của Đảng ủy phường Kiến An;\n"
#: The clock of SETTINGS stands at 2026-03-01.
DUE = ("2026-03-30", "2026-04-02")


def add_many(archive: Archive) -> None:
    """27 plans that each carry out the first and one half as far on, and give a department a task; the journal tells of 25 more changes."""
    with mock.patch("archive.keep.ingest.index_versions"):
        for number in range(1, 28):
            subject = "Phòng dịch " + "sốt " * 40 * (number == 7)
            due = f" @{DUE[number - 1]}" if number <= len(DUE) else ""
            add_plan(
                archive,
                f"Số {number}-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | {subject.strip()}\n"
                + "".join(CITING.format(cited) for cited in {1, number // 2 + 1} if number > 1)
                + f"I. PHÂN CÔNG\n1. Việc\n[lead] Phòng dịch {number}: rà soát{due}\n",
            )
    reindex(archive)
    with writing(archive.engine).begin() as connection:
        for _ in range(25):
            note(connection, archive, NOW, "aliases", None)


@pytest.fixture(scope="module")
def handle(shelf: Callable[[Filling], Path]) -> Iterator[Archive]:
    with open_archive(shelf(add_many)) as archive:
        yield archive


@pytest.fixture(scope="module")
def client(handle: Archive) -> Iterator[TestClient]:
    with TestClient(application(handle, spoken(), SETTINGS)) as client:
        yield client


def rows(client: TestClient, address: str, path: str) -> int:
    """How many of a page's nodes stand at a path."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return len(lxml.html.document_fromstring(answer.text).xpath(path))


@pytest.mark.parametrize(
    ("address", "path", "most"),
    [
        ("/documents", "//li[@class='hit small']", 25),
        ("/duties?view=all", "//main//tbody/tr", 25),
        ("/?q=phòng+dịch", "//li[@class='hit']", 10),
        ("/journal", "//main//tbody/tr", 50),
        ("/documents/1", "//section[last()]/ul[@class='plain']/li", 12),
        ("/graph", "//ol[@class='plain']/li", 12),
    ],
)
def test_a_page_has_so_many_rows(client: TestClient, address: str, path: str, most: int) -> None:
    assert rows(client, address, path) == most


@pytest.mark.parametrize(("letters", "status"), [(1_000, 200), (1_001, 400)])
def test_a_field_takes_a_thousand_letters(client: TestClient, letters: int, status: int) -> None:
    assert client.get(f"/documents?organ={'a' * letters}").status_code == status


def test_soon_is_within_thirty_days(client: TestClient) -> None:
    assert rows(client, "/duties?view=soon", "//main//tbody/tr") == 1


def test_a_graph_goes_three_steps_from_its_middle(client: TestClient) -> None:
    asked = "/api/v1/graph?around=2-KH/ĐU"
    assert [client.get(f"{asked}&depth={depth}").status_code for depth in (3, 4)] == [200, 400]


def test_a_list_of_the_api_has_25_values_and_at_most_200(client: TestClient) -> None:
    assert len(client.get("/api/v1/documents").json()["documents"]) == 25
    assert [client.get(f"/api/v1/documents?limit={limit}").status_code for limit in (200, 201)] == [200, 400]


def test_four_of_each_kind_are_suggested_from_two_letters_on(handle: Archive) -> None:
    assert [bool(suggestions(handle, typed)) for typed in ("p", "ph")] == [False, True]
    found = suggestions(handle, "phòng dịch")
    assert [sum(each.kind == kind for each in found) for kind in ("unit", "document")] == [4, 4]
    (long,) = (each for each in suggestions(handle, "7-KH/ĐU") if each.kind == "document" and "sốt" in each.said)
    assert len(long.said) <= 110 < len(long.said) + len(" sốt …")


def test_twelve_times_of_sending_are_shown(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as own:
        for number in range(13):
            queue_file(own, io.BytesIO(b"x"), "x.txt", batch=f"b{number}", now=NOW)
        with TestClient(application(own, spoken(), SETTINGS)) as client:
            assert rows(client, "/add", "//a[starts-with(@href, '/add/')]") == 12


@pytest.mark.parametrize(
    ("boxes", "part"), [([(0.1, 0.3, 0.9, 0.4)], (0.24, 0.46)), ([(0.1, 0.02, 0.9, 0.4), (0.1, 0.5, 0.9, 0.99)], (0.0, 1.0))]
)
def test_what_is_doubted_is_shown_with_some_lines_of_its_page(
    boxes: list[tuple[float, float, float, float]], part: tuple[float, float]
) -> None:
    assert _around(boxes) == pytest.approx(part)


@pytest.mark.parametrize(("quality", "read"), [(0.8, False), (0.7, True)])
def test_a_passage_of_a_damaged_text_is_shown_as_it_is_read(quality: float, read: bool) -> None:
    hit = mock.Mock(document=mock.Mock(quality=quality))
    with mock.patch("kehoach_parser.passage_as_read", return_value="đọc", create=True):
        assert (as_read(hit, mock.Mock()) is not None) is read


@pytest.mark.parametrize(("name", "safe"), [("a.xhtml", "xhtml"), ("a.xhtmls", "bin"), ("a.đ", "bin")])
def test_a_kept_file_keeps_an_ending_of_five_letters(name: str, safe: str) -> None:
    document = mock.Mock(id=1)
    document.name = name
    with mock.patch.multiple(
        "archive.web.pages_documents.archive", find_document=lambda *_: document, read_original=lambda *_: b"x", create=True
    ):
        visit = mock.Mock()
        original(visit)
    assert visit.file.call_args.args[1] == f"kehoach-1.{safe}"


def test_160_letters_stand_around_what_is_corrected(client: TestClient) -> None:
    page = lxml.html.document_fromstring(client.get("/documents/7/correct?field=citation:1").text)
    (around,) = page.xpath("//blockquote")
    before = around.text_content().partition("Kế hoạch số")[0].lstrip()
    assert 150 < len(before) <= 160
