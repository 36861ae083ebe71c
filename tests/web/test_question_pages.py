"""Cited documents, units, duties, the graph: what is asked for is what is shown, with the words of a person's language."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from starlette.testclient import TestClient

from archive import Archive
from tests.web.conftest import Open
from tests.web.papers import UNSEEN


def texts(page: object, path: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in page.xpath(path)]  # type: ignore[attr-defined]


def test_a_symbol_of_two_documents_is_asked_about(open_page: Open) -> None:
    choices = open_page("/cited/18-NQ/TW", 300).xpath("//ol[contains(@class, 'choices')]//h2/a")
    assert [link.text for link in choices] == ["Nghị quyết 18-NQ/TW ngày 25/10/2017", "Nghị quyết 18-NQ/TW ngày 16/06/2022"]
    for link in choices:
        assert open_page(link.get("href")).xpath("//h1")[0].text == link.text


@pytest.mark.parametrize("typed", ["18-NQ/TW@2017", "nq 18@2017", "18-NQ%2FTW@25%2F10%2F2017"])
def test_what_may_be_typed_may_stand_in_an_address(open_page: Open, typed: str) -> None:
    assert "25/10/2017" in open_page(f"/cited/{typed}").xpath("//h1")[0].text


def test_a_number_of_several_is_asked_about(open_page: Open) -> None:
    page = open_page("/cited/18", 300)
    offered = page.xpath("//ul[contains(@class, 'choices')]//a/@href")
    assert len(offered) == 2
    assert [open_page(address).xpath("//h1")[0].text.split()[-1] for address in offered] == ["25/10/2017", "16/06/2022"]


def test_what_nobody_cites_offers_what_is_like_it(open_page: Open) -> None:
    page = open_page("/cited/57-NQ/TV", 404)
    assert "57-NQ/TW" in " ".join(texts(page, "//ul[contains(@class, 'choices')]//a"))
    assert page.xpath("//a[starts-with(@href, '/?q=')]")


def test_who_cites_a_document_by_relation(open_page: Open) -> None:
    page = open_page("/cited/57-NQ/TW")
    tabs = page.xpath("//nav[@aria-label='Viện dẫn như là']/a")
    by_relation = {link.get("href").partition("relation=")[2]: int(link.xpath("span")[0].text) for link in tabs[1:]}
    assert sum(by_relation.values()) == int(page.xpath("//h2[@id='mentions']/span")[0].text)
    assert len(open_page("/cited/57-NQ/TW?relation=implements").xpath("//div[@class='passage']")) == by_relation["implements"]


def test_who_carries_it_out_by_level(open_page: Open) -> None:
    page = open_page("/cited/57-NQ/TW?view=cascade")
    assert {row[0] for row in (texts(tr, "td") for tr in page.xpath("//table[@class='levels']/tbody/tr"))} >= {"trung ương", "tỉnh", "xã"}
    steps = texts(page, "//ul[contains(@class, 'tree')]/li")
    assert any(step.startswith("Kế hoạch 35/KH-UBND") for step in steps)


def test_a_unit_has_its_tasks_by_deadline(open_page: Open) -> None:
    link = next(one for one in open_page("/units?q=phong+kinh+te").xpath("//table//a") if one.text == "Phòng Kinh tế")
    page = open_page(link.get("href"))
    assert "31/03/2026" in " ".join(texts(page, "//table[contains(@class, 'tasks')]//span[@class='due']"))
    assert any("Công an xã" in partner for partner in texts(page, "//aside//li"))


def test_an_unknown_unit_is_said_so(open_page: Open) -> None:
    assert "Không có đơn vị nào" in open_page("/units?q=zzz").xpath("//p[@role='status']")[0].text
    assert open_page("/units/zzz", 404).xpath("//*[@role='alert']")


def test_overdue_is_what_was_due_before_today(open_page: Open) -> None:
    """It is 1 March 2026: what is due on 15 February is 14 days late, what is due on 31 March is not."""
    page = open_page("/duties")
    assert page.xpath("//nav[@class='tabs']/a[@aria-current]")[0].text == "Quá hạn"
    rows = {row: texts(page, "//span[contains(@class, 'late')]")[at] for at, row in enumerate(texts(page, "//span[@class='due']"))}
    assert rows["15/02/2026"] == "quá 14 ngày"
    assert "31/03/2026" not in rows
    soon = open_page("/duties?view=soon")
    assert texts(soon, "//span[@class='due']") == ["31/03/2026"]
    assert texts(soon, "//span[contains(@class, 'soon')]") == ["còn 30 ngày"]


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("unit=tram+y+te", lambda row: "Trạm Y tế" in row),
        ("query=an+toan+thuc+pham", lambda row: "an toàn thực phẩm" in row),
        ("due=2026-03", lambda row: "31/03/2026" in row),
        ("plan=7", lambda row: "66/KH-UBND" in row),
        ("role=cooperate&plan=7", lambda row: "Công an xã" in row),
    ],
)
def test_filters_of_duties(open_page: Open, asked: str, fits: Callable[[str], bool]) -> None:
    page = open_page(f"/duties?view=all&{asked}")
    rows = texts(page, "//table[contains(@class, 'tasks')]/tbody/tr")
    assert rows
    assert all(map(fits, rows))
    assert page.xpath("//form//a")[0].text == "Bỏ lọc"


def test_a_wrong_time_is_said_so(open_page: Open) -> None:
    assert "không phải là ngày tháng" in open_page("/duties?due=mai", 400).xpath("//*[@role='alert']")[0].text


def test_the_register_can_be_taken_away_as_it_is_narrowed(served: TestClient, open_page: Open) -> None:
    page = open_page("/duties?view=all&unit=tram+y+te")
    addresses = {link.text: link.get("href") for link in page.xpath("//p[@class='exports']/a")}
    sheet = openpyxl.load_workbook(io.BytesIO(served.get(addresses["XLSX"]).content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert rows
    assert all("Trạm Y tế" in str(row[4]) for row in rows)
    assert served.get(addresses["ICS"]).text.count("BEGIN:VEVENT") == len(rows)
    assert served.get(addresses["CSV"]).text.count("Trạm Y tế") >= len(rows)
    assert served.get("/duties.pdf").status_code == 404


def test_a_month_shows_what_is_due_on_its_days(open_page: Open) -> None:
    page = open_page("/duties/calendar?month=2026-03")
    day = page.xpath("//td[time/@datetime='2026-03-31']")[0]
    assert "Phòng Kinh tế" in day.text_content()
    assert "today" in page.xpath("//td[time/@datetime='2026-03-01']/@class")[0]
    assert [link.get("href") for link in page.xpath("//a[@rel]")] == ["/duties/calendar?month=2026-02", "/duties/calendar?month=2026-04"]


@pytest.mark.parametrize("month", ["", "2026-13", "0000-01", "9999-12", "März"])
def test_a_month_that_is_none_is_this_one_or_the_last_there_is(served: TestClient, month: str) -> None:
    assert served.get("/duties/calendar", params={"month": month}).status_code == 200


def test_a_graph_is_drawn_around_a_document(open_page: Open, served: TestClient) -> None:
    page = open_page("/graph?around=5")
    assert "552/KH-UBND" in " ".join(texts(page, "//figure//*[local-name()='text']"))
    assert any("71/NQ-CP" in row for row in texts(page, "//details//tr"))
    assert "<graphml" in served.get("/graph.graphml?around=5").text
    assert served.get("/graph.graphml").status_code == 404  # has to begin somewhere
    assert served.get("/graph.png").content.startswith(b"\x89PNG")
    assert "viewBox" in served.get("/graph.html?around=5").text


def test_tasks_by_how_they_stand(open_page: Open, served: TestClient) -> None:
    """What is asked for is chosen in the form; so do the files and the API."""
    every, late = (len(open_page(f"/duties?{asked}").xpath("//table//tbody/tr")) for asked in ("view=all", "view=all&state=late"))
    assert 0 < late < every
    assert open_page("/duties?state=done").xpath("//select[@name='state']/option[@selected]/@value") == ["done"]
    assert not open_page("/duties?state=done").xpath("//table//tbody/tr")
    found = served.get("/api/v1/duties?state=late").json()["duties"]
    assert found
    assert all(one["late"] for one in found)
    assert served.get("/api/v1/duties?state=lost").status_code == 400


def test_the_graph_begins_with_what_is_cited_most(open_page: Open) -> None:
    page = open_page("/graph")
    listed = page.xpath("//ol[contains(@class, 'plain')]/li")
    assert (listed[0].xpath("a")[0].text_content().split()[-1], listed[0].xpath("span[@class='n']")[0].text) == ("57-NQ/TW", "3")
    address = next(link for link in page.xpath("//figure//a") if "57-NQ/TW" in link.text_content()).get("xlink:href")
    assert "57-NQ/TW" in open_page(address).xpath("//h1")[0].text_content()
    around = open_page(listed[0].xpath("a[@class='faint']/@href")[0])
    assert "552/KH-UBND" in " ".join(texts(around, "//figure//*[local-name()='text']"))


def test_lines_of_a_graph_are_narrowed(open_page: Open) -> None:
    page = open_page("/graph?around=5&relation=implements")
    assert set(texts(page, "//details//tbody/tr/td[3]")) == {"thực hiện"}
    named = " ".join(texts(open_page("/graph?level=commune&since=2025-06"), "//figure//*[local-name()='text']"))
    assert "35/KH-UBND" in named
    assert "71/NQ-CP" not in named
    assert "Không có viện dẫn nào" in open_page("/graph?until=1990").text_content()
    open_page("/graph?since=hôm+qua", status=400)


def test_names_from_a_file_stay_names(open_page: Open, handle: Archive) -> None:
    listed = open_page("/documents?organ=tan").text_content()
    assert not set(UNSEEN) & set(listed) - {"[", "3", "1", "m"}
    assert "<script>" in listed or "script&gt;" not in listed
