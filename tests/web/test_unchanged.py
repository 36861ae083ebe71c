"""What a browser has is not sent again, as long as it would be told the same: 304 by ETag."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from archive import Archive, correct, open_archive
from archive.terminal.spoken import spoken
from archive.web import Settings, application
from tests.web.conftest import NOW
from tests.web.test_accounts import client as client  # the office, with accounts
from tests.web.test_accounts import office as office
from tests.web.test_accounts import sign_in
from tests.web.test_changes import mine as mine

#: What is changed here is not looked for by its words.
pytestmark = pytest.mark.usefixtures("without_words")
ADDRESSES = ("/?q=kế+hoạch", "/documents/1", "/statistics", "/api/v1/search?query=kế+hoạch", "/api/v1/document?document=1")


@pytest.fixture
def browser(mine: Archive) -> Iterator[TestClient]:
    with TestClient(application(mine, spoken(), Settings(hosts=("testserver",), clock=lambda: NOW))) as browser:
        browser.get("/statistics")  # its session
        yield browser


def again(browser: TestClient, address: str, tag: str) -> int:
    answer = browser.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200 or (answer.content, answer.headers["etag"]) == (b"", tag.rpartition(", ")[2].removeprefix("W/"))
    assert answer.headers["cache-control"] == "no-cache, private"
    return answer.status_code


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_there_is_not_sent_again_until_something_changes(browser: TestClient, mine: Archive, address: str) -> None:
    first = browser.get(address)
    tag = first.headers["etag"]
    assert [again(browser, address, one) for one in (tag, f"W/{tag}", f'"other", {tag}', '"other"')] == [304, 304, 304, 200]
    correct(mine, "1", "place", "Xã Đổi Khác", now=NOW)
    correct(mine, "1", "date", "2025-02-03", now=NOW)
    answer = browser.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.text != first.text


@pytest.mark.parametrize("address", ADDRESSES[3:])
def test_another_process_knows_the_same_tags(browser: TestClient, mine: Archive, address: str) -> None:
    tag = browser.get(address).headers["etag"]
    with open_archive(Path(mine.folder)) as archive:
        other = TestClient(application(archive, spoken(), Settings(hosts=("testserver",), clock=lambda: NOW)))
        assert again(other, address, tag) == 304


def test_a_page_with_forms_is_another_in_another_session(browser: TestClient, mine: Archive) -> None:
    """The word of the session stands in its forms: the page of another would be refused."""
    first = browser.get("/duties")
    assert 'name="proof"' in first.text
    assert again(browser, "/duties", first.headers["etag"]) == 304
    assert again(TestClient(browser.app), "/duties", first.headers["etag"]) == 200


def test_a_language_is_another_page(browser: TestClient) -> None:
    tag = browser.get("/statistics").headers["etag"]
    assert browser.get("/statistics?lang=en").status_code == 200
    assert again(browser, "/statistics", tag) == 200
    assert browser.get("/statistics?lang=vi").status_code == 200
    assert again(browser, "/statistics", tag) == 304


def test_who_may_do_less_sees_another_page_and_who_signed_out_none(client: TestClient) -> None:
    sign_in(client, "lan")
    tag = client.get("/documents/1").headers["etag"]
    assert again(client, "/documents/1", tag) == 304
    client.cookies.clear()
    sign_in(client, "doc")
    assert again(client, "/documents/1", tag) == 200
    client.cookies.clear()
    for address, status in (("/documents/1", 303), ("/api/v1/document?document=1", 401)):
        assert client.get(address, headers={"If-None-Match": f"{tag}, *"}, follow_redirects=False).status_code == status


def test_what_went_wrong_has_no_tag(browser: TestClient) -> None:
    for address in ("/documents/999", '/?q="', "/api/v1/document?document=999"):
        answer = browser.get(address, headers={"If-None-Match": "*"})
        assert answer.status_code in (400, 404)
        assert "etag" not in answer.headers
