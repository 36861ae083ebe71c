"""What holds for every page that can be reached: it is whole, can be walked with the keyboard and heard, holds nothing but words."""

from __future__ import annotations

from collections import Counter, deque
from functools import cache
from urllib.parse import urldefrag

import lxml.html
import pytest
from starlette.testclient import TestClient

from archive.web.site import PAGES

#: Where the walk begins: what no link of the start page leads to by few steps.
STARTS = (
    "/",
    "/?q=co+dong+truc+quan",
    "/?q=%22a",
    "/documents/1",
    "/documents/1?form=both",
    "/documents/7",
    "/documents?doubtful=1",
    "/cited/18-NQ/TW",
    "/cited/57-NQ%2FTW?view=cascade",
    "/cited/57-NQ%2FTW?view=gaps",
    "/cited/999-NQ%2FTW",
    "/duties?view=all",
    "/duties/calendar?month=2026-03",
    "/units?q=phong",
    "/graph?around=4",
    "/nowhere",
)
#: Pages that are walked through; the links of further ones are not followed.
MOST = 45


@pytest.fixture(scope="session")
def walked(served: TestClient) -> dict[str, tuple[int, lxml.html.HtmlElement]]:
    """Every page within reach, with its status."""
    found: dict[str, tuple[int, lxml.html.HtmlElement]] = {}
    waiting = deque(STARTS)
    while waiting and len(found) < MOST:
        address = urldefrag(waiting.popleft()).url
        if address in found or not address.startswith("/") or address.startswith(("/assets", "/api")):
            continue
        answer = served.get(address, follow_redirects=False)
        if answer.headers["content-type"].startswith("text/html"):
            found[address] = answer.status_code, lxml.html.document_fromstring(answer.text)
            waiting.extend(link for _, _, link, _ in found[address][1].iterlinks() if "lang=" not in link)
        else:
            assert answer.status_code == 200, address
            assert answer.headers["content-disposition"].startswith("attachment"), address
    return found


def test_the_walk_came_far(walked: dict[str, tuple[int, lxml.html.HtmlElement]]) -> None:
    assert len(walked) == MOST
    seen = {address.split("?")[0].split("/")[1] for address in walked}
    assert {path.split("/")[1].split(".")[0] for path in PAGES if "{format" not in path} - {"api"} <= seen


def test_every_link_leads_to_a_page(walked: dict[str, tuple[int, lxml.html.HtmlElement]]) -> None:
    """A document with its symbol alone, or a unit that is gone, may lead to a page to choose from; nothing leads nowhere."""
    wrong = {address: status for address, (status, _) in walked.items() if status not in (200, 300) and address not in STARTS}
    assert wrong == {}


def test_nothing_in_a_page_runs_or_styles(walked: dict[str, tuple[int, lxml.html.HtmlElement]]) -> None:
    """The policy would stop it; the pages do not try. Pictures that drawsvg draws have no style either."""
    for address, (_, page) in walked.items():
        assert page.xpath("//script[not(@src)]") == [], address
        assert page.xpath("//style | //*[@style]") == [], address
        assert page.xpath("//@*[starts-with(name(), 'on')]") == [], address
        assert [link for link in page.xpath("//@href | //@src | //@action") if ":" in str(link).split("/")[0]] == [], address
        assert page.xpath("//img | //iframe | //object | //embed | //base | //meta[@http-equiv]") == [], address


def test_every_page_can_be_found_its_way_in(walked: dict[str, tuple[int, lxml.html.HtmlElement]]) -> None:
    for address, (_, page) in walked.items():
        assert page.get("lang") == "vi", address
        assert page.xpath("//title")[0].text.strip(), address
        assert [len(page.xpath(f"//{name}")) for name in ("h1", "main", "header[@class='top']")] == [1, 1, 1], address
        assert page.xpath("//a[@class='skip']/@href") == ["#main"], address
        assert page.xpath("//nav[not(@aria-label)]") == [], address
        assert page.xpath("//aside[not(@aria-label)]") == [], address


def test_every_field_has_a_label(walked: dict[str, tuple[int, lxml.html.HtmlElement]]) -> None:
    for address, (_, page) in walked.items():
        labelled = set(page.xpath("//label/@for"))
        fields = page.xpath("//input[not(@type='hidden' or @type='radio')] | //select | //textarea")
        assert {field.get("id") for field in fields} == labelled, address
        assert page.xpath("//input[@type='radio'][not(ancestor::label)]") == [], address


def test_ids_are_one_and_places_in_a_page_exist(walked: dict[str, tuple[int, lxml.html.HtmlElement]]) -> None:
    for address, (_, page) in walked.items():
        ids = Counter(page.xpath("//@id"))
        assert [name for name, count in ids.items() if count > 1] == [], address
        wanted = {str(link)[1:] for link in page.xpath("//a/@href") if str(link).startswith("#")}
        assert wanted - ids.keys() == set(), address


def test_no_heading_and_no_link_is_empty(walked: dict[str, tuple[int, lxml.html.HtmlElement]]) -> None:
    for address, (_, page) in walked.items():
        empty = [node.get("href") or node.tag for node in page.xpath("//a | //h1 | //h2 | //button") if not node.text_content().strip()]
        assert empty == [], address


@cache
def _unescaped() -> tuple[str, ...]:
    return ("\u202e", "\u2066", "\u200f", "\x07", "\x1b")


def test_no_sign_turns_the_direction_of_a_page(walked: dict[str, tuple[int, lxml.html.HtmlElement]]) -> None:
    for address, (_, page) in walked.items():
        text = lxml.html.tostring(page, encoding="unicode")
        assert [sign for sign in _unescaped() if sign in text or f"&#{ord(sign)};" in text] == [], address
