"""What a server promises whoever runs it: whom it answers, what a browser may do with its pages, what it tells of its faults."""

from __future__ import annotations

import re
from unittest import mock

import lxml.html
import pytest
from markupsafe import Markup
from starlette.testclient import TestClient

from archive import Archive
from archive.terminal.spoken import spoken
from archive.web import Settings, application
from archive.web.environment import environment
from archive.web.safety import MOST_ADDRESS, host_named
from archive.web.site import PAGES
from archive.web.visit import Visit
from archive.web.writing import html, visible
from tests.web.conftest import SETTINGS, Open
from tests.web.papers import SCRIPT

FIELDS = ("q", "query", "unit", "organ", "around", "plan", "type", "cites", "sort", "view", "page", "month", "lang", "due", "relation")
TYPED = Visit.typed
ADDRESSES = ("/", "/documents/7", "/nowhere", "/assets/style.css", "/api/v1/statistics", "/api/v1/nowhere", "/duties.csv", "/?q=%22")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost:8057", "localhost"),
        ("LOCALHOST", "localhost"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:8057", "::1"),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("evil.example", "evil.example"),
        ("", ""),
        ("localhost:8057:1", "localhost:8057:1"),
    ],
)
def test_the_name_in_a_host_header(header: str, name: str) -> None:
    assert host_named(header) == name


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8057", "localhost.evil.example", "", "127.0.0.1.nip.io", "testserver@evil"])
def test_another_name_is_refused(served: TestClient, host: str) -> None:
    """Under such a name another site could read pages of this machine through the browser of a user."""
    answer = served.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "<" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8057", "127.0.0.1", "[::1]:9", "office.example"])
def test_names_of_this_machine_and_those_allowed_are_answered(handle: Archive, host: str) -> None:
    client = TestClient(application(handle, spoken(), Settings(hosts=("Office.example",))))
    assert client.get("/graph", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_bears_the_policy(served: TestClient, address: str) -> None:
    headers = served.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_is_sent_to_a_page(served: TestClient, method: str) -> None:
    answer = served.request(method, "/documents/1")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_page_can_be_asked_for_by_its_head_alone(served: TestClient) -> None:
    answer = served.head("/documents/1")
    assert (answer.status_code, answer.content) == (200, b"")


def test_what_is_too_long_is_refused(served: TestClient, open_page: Open) -> None:
    assert served.get("/?q=" + "a" * MOST_ADDRESS).status_code == 414
    assert served.request("GET", "/", content=b"x").status_code == 413
    assert "quá dài" in open_page("/?q=" + "a" * 1_001, 400).xpath("//*[@role='alert']")[0].text
    assert served.get("/cited/" + "a" * 1_001).status_code == 404


@pytest.mark.parametrize("path", [path for path in PAGES if "{" not in path])
@pytest.mark.parametrize("value", [f"{SCRIPT}{{{{ 7 * 7 }}}}", "\"><svg onload=alert(1)>' OR 1=1 --", "\u202e\x00\x1b../../etc/passwd"])
def test_what_is_typed_stays_text(served: TestClient, path: str, value: str) -> None:
    """Wherever a page has a field, and where it has none. What a page does not look for can only come back with all that was asked: the
    fields of other pages are typed at once."""
    looked_for = {"lang"}  # every page
    with mock.patch.object(Visit, "typed", autospec=True, side_effect=lambda visit, name: looked_for.add(name) or TYPED(visit, name)):
        served.get(path, params={"nobodys": value})  # an answer that nobody has kept
    assert path != "/" or "q" in looked_for
    own = [{name: value} for name in FIELDS if name in looked_for]
    for typed in (*own, {name: value for name in FIELDS if name not in looked_for}):
        answer = served.get(path, params=typed)
        assert answer.status_code in (200, 300, 400, 404), (typed, answer.status_code)
        if answer.headers["content-type"].startswith("text/html"):
            page = lxml.html.document_fromstring(answer.text)
            assert page.xpath("//script[not(@src)] | //*[@onload] | //svg[@onload]") == [], typed
            assert not [typed for typed in page.xpath("//input/@value") if "49" in typed], typed


@pytest.mark.parametrize(
    "path", ["/documents/..%2f..%2fetc%2fpasswd", "/assets/..%2f__init__.py", "/assets/../words.vi.toml", "/assets//etc/passwd"]
)
def test_no_path_leaves_the_archive(served: TestClient, path: str) -> None:
    answer = served.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "[site]" not in answer.text


def test_a_fault_is_told_without_its_trace(handle: Archive) -> None:
    """Whoever reads is told that, whoever runs the server is told what."""
    client = TestClient(application(handle, spoken(), SETTINGS), raise_server_exceptions=False)
    with mock.patch("archive.statistics", side_effect=RuntimeError("secret of the server")):
        # Answers that no test before this one asked for: those are kept.
        page, api = client.get("/statistics?faulty=1"), client.get("/api/v1/statistics?faulty=1")
    assert page.status_code == api.status_code == 500
    assert "lỗi không lường trước" in page.text
    assert api.json()["error"]["code"] == "internal-server-error"
    for answer in (page, api):
        assert not re.search("secret|Traceback|RuntimeError|site.py", answer.text)
        assert "content-security-policy" in answer.headers


def test_errors_of_the_api_are_objects(served: TestClient) -> None:
    assert served.get("/api/v1/nowhere").json()["error"]["code"] == "not-found"
    assert served.get("/api/v1/document?document=99").json()["error"]["code"] == "unknown-document"
    assert served.get("/api/v1/search").json()["error"]["code"] == "parameter-missing"
    assert served.get("/api/v1/duties?role=boss").json()["error"]["code"] == "parameter-wrong"


def test_it_works_under_a_prefix(handle: Archive) -> None:
    """As a proxy leads to it, which takes the prefix off; addresses on pages begin with it."""
    client = TestClient(application(handle, spoken(), SETTINGS), root_path="/kehoach")
    for address in ("/kehoach/", "/kehoach/documents/1", "/kehoach/duties?view=all", "/kehoach/nowhere"):
        answer = client.get(address)
        assert answer.status_code == (404 if "nowhere" in address else 200)
        links = lxml.html.document_fromstring(answer.text).xpath("//@href | //@src | //@action")
        assert [link for link in links if not str(link).startswith(("/kehoach/", "#"))] == []
    assert client.get("/kehoach/assets/style.css").status_code == 200
    assert client.get("/kehoach/api/v1/openapi.json").json()["servers"] == [{"url": "/kehoach/api/v1"}]
    assert client.get("/kehoach/?lang=en").headers["set-cookie"].count("Path=/kehoach") == 1


def test_the_language_is_chosen_by_address_and_kept(client: TestClient) -> None:
    assert 'lang="vi"' in client.get("/statistics", headers={"Accept-Language": "en"}).text
    answer = client.get("/statistics?lang=en")
    assert "The archive in figures" in answer.text
    assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in answer.headers["set-cookie"].split(";")}
    assert "The archive in figures" in client.get("/statistics").text
    assert "Kho trong con số" in client.get("/statistics?lang=vi").text
    assert "Kho trong con số" in client.get("/statistics?lang=xx").text
    assert "set-cookie" not in client.get("/statistics?lang=xx").headers


@pytest.mark.parametrize(
    ("value", "seen"), [("a\u202eb\x07\n\tc", "ab\n\tc"), ("ế\u0323", "ế\u0323"), ("đ\u200bx", "đ\u200bx"), (7, 7), (None, None)]
)
def test_signs_that_are_not_seen_do_not_get_through(value: object, seen: object) -> None:
    assert visible(value) == seen


class Said(str):
    """A word of somebody else's, which is no HTML."""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Kế hoạch", "Kế hoạch"),
        ("<script>&\"'", "&lt;script&gt;&amp;&#34;&#39;"),
        ("a\u202e<b>\x07", "a&lt;b&gt;"),
        ("a\u202eb\n", "ab\n"),
        (Said("<b>"), "&lt;b&gt;"),
        (Markup("<b>"), "<b>"),
        (7, "7"),
        (None, "None"),
        (["<b>"], "[&#39;&lt;b&gt;&#39;]"),
    ],
)
def test_every_value_is_escaped_in_a_page(value: object, written: str) -> None:
    assert html(value) == written
    shown = environment().from_string("{{ value }}|{% macro m(v) %}{{ v }}{% endmacro %}{{ m(value) }}|{{ '<' ~ value }}")
    assert shown.render(value=value).split("|")[:2] == [written, written]


def test_what_is_joined_and_constant_in_a_template_is_escaped() -> None:
    shown = environment().from_string("{{ '<' ~ value }}{{ '<' }}{% if value %}{{ value|upper }}{% endif %}")
    assert shown.render(value="<b>") == "&lt;&lt;b&gt;&lt;&lt;B&gt;"
