"""The start page: typed with marks and without, narrowed by facets, mistaken, taken away as a file."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from starlette.testclient import TestClient

from tests.web.conftest import Open


def hits(page: object) -> list[str]:
    return [link.get("href") for link in page.xpath("//li[contains(@class, 'hit')]/h2/a")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ['"cổ động trực quan"', '"co dong truc quan"', '"CO DONG truc quan"'])
def test_words_are_met_with_marks_and_without(open_page: Open, typed: str) -> None:
    page = open_page(f"/?q={typed.replace(' ', '+')}")
    assert "/documents/1" in hits(page)
    assert page.xpath("//input[@name='q']/@value") == [typed]
    assert page.xpath("//li[contains(@class, 'hit')]//mark")


def test_a_hit_leads_to_its_passage(open_page: Open) -> None:
    address = open_page("/?q=%22an+toàn+thực+phẩm%22").xpath("//a[@class='where']/@href")[0]
    path, _, anchor = address.partition("#")
    block = open_page(path).xpath(f"//*[@id='{anchor}']")[0]
    assert "an toàn thực phẩm" in block.text_content()


def test_a_damaged_passage_is_shown_as_read(open_page: Open) -> None:
    read = open_page('/?q="cổ+động+trực+quan"').xpath("//p[@class='read']")
    assert "cổ động trực quan" in read[0].text_content()


def test_facets_narrow_and_can_be_taken_away(open_page: Open) -> None:
    page = open_page("/?q=nghị+quyết")
    facet = next(link for link in page.xpath("//details[@class='facet']//a") if link.xpath("span")[0].text == "2025")
    said = int(facet.xpath("span[@class='n']")[0].text)
    narrowed = open_page(facet.get("href"))
    assert f"{said} văn bản" in narrowed.xpath("//p[@class='count']")[0].text
    assert 0 < len(hits(narrowed)) == said < len(hits(page))
    assert len(hits(open_page(narrowed.xpath("//ul[@class='chips']//a/@href")[0]))) == len(hits(page))


def test_facets_of_cited_documents_are_of_one_document(open_page: Open) -> None:
    """By its identity: two documents may bear a symbol."""
    page = open_page("/?q=khoa+hoc")
    facet = next(link for link in page.xpath("//details[@class='facet']//a") if "57-NQ/TW" in link.text_content())
    assert len(hits(open_page(facet.get("href")))) == int(facet.xpath("span[@class='n']")[0].text)


def test_a_mistake_is_shown_at_its_place(open_page: Open) -> None:
    page = open_page('/?q=đất+"nhà', status=400)
    wrong = page.xpath("//*[@role='alert']")[0]
    assert wrong.xpath(".//mark")[0].text == '"'
    assert wrong.xpath(".//p[@class='query']")[0].text_content() == 'đất "nhà'
    assert page.xpath("//input[@name='q']/@value") == ['đất "nhà']
    assert page.xpath("//input[@name='q']/@aria-describedby") == [wrong.get("id")]


def test_nothing_found_says_what_to_try(open_page: Open) -> None:
    page = open_page("/?q=zzzzzz")
    assert hits(page) == []
    assert "Không tìm thấy" in page.xpath("//*[@role='status']")[0].text


def test_results_can_be_taken_away(served: TestClient) -> None:
    asked = {"q": "nghị quyết", "date": "2025"}
    as_json = json.loads(served.get("/search.json", params=asked).text)
    numbers = {hit["document"]["id"] for hit in as_json["hits"]}
    assert as_json["total"] == len(numbers) > 1
    heads, *rows = csv.reader(io.StringIO(served.get("/search.csv", params=asked).text.removeprefix("\ufeff")))
    assert heads[1] == "Ký hiệu"
    assert {int(row[0]) for row in rows} == numbers
    sheet = openpyxl.load_workbook(io.BytesIO(served.get("/search.xlsx", params=asked).content)).active
    cells = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert {cell for cell in cells if isinstance(cell, int)} == numbers
    assert served.get("/search.exe", params=asked).status_code == 404


def test_statistics_are_those_of_the_archive(open_page: Open) -> None:
    page = open_page("/statistics")
    assert page.xpath("//dl[@class='figures']//dd")[0].text == "7"
    assert {row.xpath("th")[0].text_content() for row in page.xpath("//table[@class='bars']//tr")} >= {"Kế hoạch", "2025"}
