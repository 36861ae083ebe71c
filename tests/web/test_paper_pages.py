"""The page that a text was read from, beside it, with the place of what is chosen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from PIL import Image
from starlette.testclient import TestClient

from archive import Archive, add_paths, correct, open_archive, places_on_pages, show
from archive.terminal.spoken import spoken
from archive.web import application
from tests.archive.builders import NOW
from tests.web.conftest import SETTINGS

PDF = Path(__file__).parents[1] / "readers" / "files" / "plan.pdf"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with a paper that came as PDF, in which a word was corrected, and one without pages."""
    with open_archive(tmp_path_factory.mktemp("office"), create=True) as archive:
        list(add_paths(archive, [PDF], now=NOW))
        plain = archive.folder / "plain.txt"
        plain.write_text("KẾ HOẠCH\nKiểm tra an toàn thực phẩm\n", encoding="utf-8")
        list(add_paths(archive, [plain], now=NOW))
        yield archive


@pytest.fixture(scope="module")
def client(office: Archive) -> Iterator[TestClient]:
    with TestClient(application(office, spoken(), SETTINGS)) as client:
        yield client


def opened(client: TestClient, address: str) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return lxml.html.document_fromstring(answer.text)


def test_a_place_is_shown_on_its_page(client: TestClient, office: Archive) -> None:
    text = show(office, "1").text
    start = text.rindex("Trạm Y tế") if "Trạm Y tế" in text else len(text) // 2
    (place,) = places_on_pages(office, "1", (start, start + 9))
    page = opened(client, f"/documents/1?form=page&place={start}-{start + 9}")
    (picture,) = page.xpath("//section[@id='page-side']//*[local-name()='svg']")
    address = picture.xpath("*[local-name()='image']/@href")[0]
    assert address == f"/documents/1/pages/{place.page}.png"
    (box,) = picture.xpath("*[local-name()='rect']")
    left, top, right, _ = place.boxes[0]
    assert float(box.get("x")) == pytest.approx(left * place.width - 2, abs=0.1)
    assert float(box.get("y")) == pytest.approx(top * place.height - 2, abs=0.1)
    assert float(box.get("width")) == pytest.approx((right - left) * place.width + 4, abs=0.2)
    answer = client.get(address)
    image = Image.open(io.BytesIO(answer.content))
    assert (answer.headers["content-type"], image.format) == ("image/png", "PNG")
    assert image.size[0] / image.size[1] == pytest.approx(place.width / place.height, abs=0.01)


def test_every_block_and_citation_leads_to_its_page(client: TestClient) -> None:
    page = opened(client, "/documents/1?form=page")
    blocks = page.xpath("//article//div[contains(@class, 'block')]")
    leads = [link.get("href") for link in page.xpath("//article//a[@class='on-page']")]
    assert len(leads) == len(blocks) > 2
    chosen = opened(client, leads[-1].partition("#")[0])
    assert chosen.xpath("//section[@id='page-side']//*[local-name()='rect']")
    assert not page.xpath("//section[@id='page-side']//*[local-name()='rect']")


def test_what_has_no_pages_offers_none(client: TestClient) -> None:
    page = opened(client, "/documents/2?form=page")
    assert not page.xpath("//*[@id='page-side'] | //a[@class='on-page'] | //nav[@class='tabs']/a[contains(@href, 'form=page')]")
    for address in ("/documents/2/pages/1.png", "/documents/1/pages/99.png", "/documents/1/pages/0.png"):
        assert client.get(address).status_code == 404, address
    nowhere = opened(client, "/documents/1?form=page&place=999999-9999999")
    assert "Không biết chỗ này" in nowhere.xpath("//section[@id='page-side']//*[@role='status']")[0].text


def test_a_corrected_text_keeps_its_places(client: TestClient, office: Archive) -> None:
    text = show(office, "1").text
    word = next(word for word in text.split() if len(word) > 3 and text.count(word) == 1)
    last = text.rstrip().rfind(" ") + 1
    (before,) = places_on_pages(office, "1", (last, len(text.rstrip())))
    correct(office, "1", f'text:"{word}"', f"{word}{word}", now=NOW)
    address = f"/documents/1?form=page&place={last + len(word)}-{len(text.rstrip()) + len(word)}"
    box = opened(client, address).xpath("//section[@id='page-side']//*[local-name()='rect']")[0]
    assert float(box.get("x")) == pytest.approx(before.boxes[0][0] * before.width - 2, abs=0.1)
