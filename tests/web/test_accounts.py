"""Where the pages are served for others: nobody reads or changes anything who did not sign in and may not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

from archive import Archive, entries, open_archive
from archive.terminal.spoken import spoken
from archive.web import People, Settings, application
from archive.web.site import ACTIONS, PAGES, WORKING
from tests.web.conftest import NOW
from tests.web.test_changes import ORIGIN, Browser

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly")
WORDS = "năm ngày nắng gắt"


@pytest.fixture(scope="module")
def office(shown: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with somebody of each role."""
    folder = shutil.copytree(shown, tmp_path_factory.mktemp("office") / "archive")
    people = People(folder)
    for name, role in (("doc", "reader"), ("lan", "editor"), ("quan", "administrator")):
        people.put(name, role=role, password=WORDS)
    with open_archive(folder) as archive:
        yield archive


@pytest.fixture
def client(office: Archive) -> TestClient:
    settings = Settings(hosts=("testserver",), clock=lambda: NOW, accounts=True)
    return TestClient(application(office, spoken(), settings))


def sign_in(client: TestClient, name: str, password: str = WORDS, next_: str = "/statistics") -> int:
    page = lxml.html.document_fromstring(client.get("/sign-in").text)
    proof = page.xpath("//input[@name='proof']/@value")[0]
    typed = {"proof": proof, "name": name, "password": password, "next": next_}
    answer = client.post("/sign-in", data=typed, headers=ORIGIN, follow_redirects=False)
    return answer.status_code


def filled(path: str) -> str:
    return (
        path.replace("{ref}", "3")
        .replace("{key:path}", "x")
        .replace("{reference:path}", "x")
        .replace("{duty}", "d0")
        .replace("{format:str}", "csv")
        .replace("{number:int}", "1")
    )


@pytest.mark.parametrize("path", [*PAGES, *WORKING])
def test_nothing_is_read_without_signing_in(client: TestClient, path: str) -> None:
    answer = client.get(filled(path), follow_redirects=False)
    assert answer.status_code == (401 if path.startswith("/api") else 303)
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ACTIONS)
def test_nothing_is_changed_without_signing_in_or_the_role(client: TestClient, office: Archive, path: str) -> None:
    before = entries(office)
    proof = lxml.html.document_fromstring(client.get("/sign-in").text).xpath("//input[@name='proof']/@value")[0]
    assert client.post(filled(path), data={"proof": proof}, headers=ORIGIN).status_code == 401
    assert sign_in(client, "doc") == 303
    proof = lxml.html.document_fromstring(client.get("/statistics").text).xpath("//form[@class='who']//input[@name='proof']/@value")[0]
    assert client.post(filled(path), data={"proof": proof}, headers=ORIGIN).status_code == 403
    assert entries(office) == before


def test_somebody_signs_in_changes_something_and_signs_out(client: TestClient, office: Archive) -> None:
    assert sign_in(client, "Lan ") == 303
    browser = Browser(client)
    answer = browser.send("/documents/3/correct?field=date", "//main//form", value="21/11/2025")
    assert answer.status_code == 200
    assert (entries(office)[0].who, entries(office)[0].facts["field"]) == ("lan", "date")
    assert client.get("/backup").text.count("<button>") == 0
    kept = client.cookies.get("kehoach-session")
    browser.send("/statistics", "//form[@class='who']")
    assert client.get("/statistics", follow_redirects=False).status_code == 303
    assert kept != client.cookies.get("kehoach-session")


def test_another_password_ends_sessions_and_tokens(client: TestClient, office: Archive) -> None:
    people = People(office.folder)
    people.put("mai", role="editor", password=WORDS)
    token = people.new_token("mai")
    headers = {"Authorization": f"Bearer {token}"}
    other = TestClient(client.app)
    assert other.get("/api/v1/statistics", headers=headers).status_code == 200
    assert other.get("/api/v1/statistics", headers={"Authorization": f"Bearer {token}x"}).status_code == 401
    assert other.post("/documents/4/correct", data={"field": "place", "value": "Hà Nội"}, headers=headers).status_code == 200
    assert entries(office)[0].who == "mai"
    assert sign_in(client, "mai") == 303
    assert client.get("/statistics", follow_redirects=False).status_code == 200
    people.put("mai", password=f"{WORDS} mới")
    assert client.get("/statistics", follow_redirects=False).status_code == 303
    assert other.get("/api/v1/statistics", headers=headers).status_code == 401


def test_guessing_is_stopped(client: TestClient) -> None:
    assert [sign_in(client, "quan", f"sai {number}") for number in range(5)] == [401] * 5
    assert sign_in(client, "quan") == 429
    assert sign_in(client, "lan") == 303


def test_who_is_not_there_takes_as_long_and_is_told_the_same(client: TestClient) -> None:
    page = client.get("/sign-in").text
    proof = lxml.html.document_fromstring(page).xpath("//input[@name='proof']/@value")[0]
    told = [
        client.post("/sign-in", data={"proof": proof, "name": name, "password": "sai"}, headers=ORIGIN).text for name in ("doc", "ai-do")
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("forged", ["", "x", "eyJpZCI6ICIxIiwgIm5hbWUiOiAicXVhbiJ9.aaaa.bbbb"])
def test_a_cookie_of_ones_own_opens_nothing(client: TestClient, forged: str) -> None:
    assert client.get("/statistics", headers={"Cookie": f"kehoach-session={forged}"}, follow_redirects=False).status_code == 303


def test_over_tls_the_cookie_goes_nowhere_else(office: Archive) -> None:
    settings = Settings(hosts=("testserver",), accounts=True)
    client = TestClient(application(office, spoken(), settings), base_url="https://testserver")
    assert "Secure" in client.get("/sign-in").headers["set-cookie"]
    assert client.get("/sign-in", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 200
