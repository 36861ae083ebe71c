"""What pages change: done by the archive's own functions, noted under who did it, undone again; no form of another site is taken."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import lxml.html
import pytest
from filelock import FileLock
from httpx2 import Response
from starlette.testclient import TestClient

from archive import Archive, cascade, corrections, duties, entries, list_trash, open_archive, show, tasks_of
from archive.keep.undo import HANDLERS
from archive.terminal.spoken import spoken
from archive.values import DutyQuestion
from archive.web import application
from archive.web.pages_keeping import UNDOABLE
from archive.web.visit import SAID
from tests.web.conftest import SETTINGS

#: What is changed here is not looked for by its words.
pytestmark = pytest.mark.usefixtures("without_words")
ORIGIN = {"Origin": "http://testserver"}


class Browser:
    """A browser that fills in forms: what is sent is what the page's form holds, and what was typed into it."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def open(self, address: str) -> lxml.html.HtmlElement:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return lxml.html.document_fromstring(answer.text)

    def send(self, address: str, form: str, **typed: str) -> Response:
        """Sends the first form of a page that an XPath finds, and follows to the page behind it."""
        return self.fill(self.open(address), form, **typed)

    def fill(self, page: lxml.html.HtmlElement, form: str, **typed: str) -> Response:
        """The same of a page that was opened before."""
        (found, *_) = page.xpath(form)
        fields = {one.name: one.value or "" for one in found.xpath(".//input[@name][not(@type='checkbox')][not(@type='radio')]")}
        return self.client.post(found.get("action"), data={**fields, **typed}, headers=ORIGIN)


@pytest.fixture
def mine(shown: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of the archive that is shown, to be changed."""
    with open_archive(shutil.copytree(shown, tmp_path / "mine"), who="lan") as archive:
        yield archive


@pytest.fixture
def browser(mine: Archive) -> Browser:
    return Browser(TestClient(application(mine, spoken(), SETTINGS)))


def said(answer: Response) -> str:
    return " ".join(lxml.html.document_fromstring(answer.text).xpath("string(//*[contains(@class, 'said')]/p)").split())


def test_a_date_is_corrected_shown_and_taken_back(browser: Browser, mine: Archive) -> None:
    plan = browser.open("/documents/3")
    link = plan.xpath("//dl[@class='facts']//a[contains(@href, 'field=date')]/@href")[0]
    answer = browser.send(link, "//form[.//input[@value='date']]", value="21/11/2025")
    assert answer.url.path == "/documents/3"
    assert said(answer) == "Đã sửa."
    assert show(mine, "3").document.date == "2025-11-21"
    assert "21/11/2025" in lxml.html.document_fromstring(answer.text).xpath("//dl[@class='facts']")[0].text_content()
    assert (entries(mine)[0].who, entries(mine)[0].action) == ("lan", "correct")
    undone = browser.send(str(answer.url), "//div[contains(@class, 'said')]//form")
    assert said(undone) == "Đã hoàn tác."
    assert show(mine, "3").document.date != "2025-11-21"
    assert corrections(mine) == ()


def test_what_another_changed_meanwhile_is_not_written_over(browser: Browser, mine: Archive) -> None:
    """Two people have the same page open: the first is taken, the second is told; what is of another field is taken."""
    address, form = "/documents/3/correct?field={}", "//form[.//input[@value='{}']]"
    citation = next(number for number, one in enumerate(show(mine, "3").plan.citations, 1) if one.date)
    for field, first, second in (("date", "21/11/2025", "22/11/2025"), (f"citation:{citation}.date", "1/2/2020", "2/2/2020")):
        asked = address.format(field.partition(".")[0])
        one, other, place = browser.open(asked), browser.open(asked), browser.open(address.format("place"))
        assert said(browser.fill(one, form.format(field), value=first)) == "Đã sửa."
        late = browser.fill(other, form.format(field), value=second)
        assert late.status_code == 409, field
        assert "Chưa lưu gì" in late.text
        assert browser.fill(place, form.format("place"), value=f"Nơi {first}").status_code == 200
    assert show(mine, "3").document.date == "2025-11-21"
    assert show(mine, "3").plan.citations[citation - 1].date == "2020-02-01"
    # What a number in an address is of can be shifted by another's change.
    stale = browser.open(address.format(f"citation:{citation + 1}"))
    browser.send(address.format(f"citation:{citation}"), f"//form[.//input[@value='citation:{citation}']][.//input[@value='none']]")
    assert browser.fill(stale, form.format(f"citation:{citation + 1}.date"), value="3/3/2021").status_code == 409


def test_how_a_task_stands_is_not_written_over_unseen(browser: Browser, mine: Archive) -> None:
    task = tasks_of(duties(mine, DutyQuestion("an toàn thực phẩm")))[0]
    page, form = browser.open(f"/duties/{task.id}"), "//form[.//textarea[@name='note']]"
    listed = browser.open("/duties?query=an+toàn+thực+phẩm")
    assert browser.fill(page, form, state="in-progress", note="đang chờ").status_code == 200
    assert browser.fill(page, form, state="done", note="xong").status_code == 409
    assert browser.fill(listed, f"//form[@action='/duties/{task.id}']", state="done").status_code == 409
    (now,) = {one.standing.note for one in duties(mine, DutyQuestion("an toàn thực phẩm")) if one.id == task.id and one.standing}
    assert now == "đang chờ"


def test_two_who_review_settle_a_doubt_once(browser: Browser, mine: Archive) -> None:
    page = browser.open("/review")
    form = "//form[.//input[@name='value']]"
    assert browser.fill(page, form, value="none").status_code == 200
    before = len(corrections(mine))
    assert browser.fill(page, form, value="1/1/2020").status_code == 409
    assert len(corrections(mine)) == before


def test_a_link_is_chosen_from_what_is_offered_and_the_cascade_follows(browser: Browser, mine: Archive) -> None:
    """Plan 5 carries out document 4 by its symbol: told that it means another, it is no step of the cascade any more."""

    def steps() -> set[int]:
        found = cascade(mine, "71/NQ-CP").cascades
        return {step.node.document_id for one in found for step in one.steps}

    before = steps()
    plan = show(mine, "5").plan
    number = next(index for index, one in enumerate(plan.citations, 1) if one.symbol == "71/NQ-CP")
    page = browser.open(f"/documents/5/correct?field=citation:{number}")
    assert page.xpath("//button[@name='choice'][contains(., '71/NQ-CP')]")
    for index, one in enumerate(plan.citations, 1):
        if one.symbol == "71/NQ-CP":
            answer = browser.send(f"/documents/5/correct?field=citation:{index}", "//form", choice="57-NQ/TW")
            assert answer.status_code == 200, answer.text
    assert 5 in before
    assert 5 not in steps()


def test_a_word_and_a_missing_task_are_said(browser: Browser, mine: Archive) -> None:
    printed = "hoàn thành trước ngày 15/02/2026"
    assert printed in show(mine, "7").text
    right = printed.replace("15/02", "16/02")
    answer = browser.send("/documents/7/correct", "//form[.//input[@value='text']]", printed=printed, value=right)
    assert said(answer) == "Đã sửa."
    assert "16/02/2026" in show(mine, "7").text
    form = "//form[.//input[@value='duty']]"
    answer = browser.send("/documents/7/correct", form, unit="Công an xã", task="Bảo đảm an ninh", deadline="20/3/2026", at="II")
    assert said(answer) == "Đã sửa."
    assert [one.deadline for one in duties(mine, DutyQuestion("Bảo đảm an ninh")) if one.unit == "Công an xã"] == ["2026-03-20"]


def test_what_cannot_be_is_said_so_and_nothing_changes(browser: Browser, mine: Archive) -> None:
    before = entries(mine)
    answer = browser.send("/documents/3/correct?field=date", "//form[.//input[@value='date']]", value="hôm qua")
    assert answer.status_code == 400
    assert "không phải là ngày" in answer.text
    assert entries(mine) == before


def test_a_task_is_ticked_off_in_its_row_and_moved_on_its_page(browser: Browser, mine: Archive) -> None:
    task = next(one for one in tasks_of(duties(mine, DutyQuestion(unit="Trạm Y tế xã"))) if one.id)
    row = f"//td[form[contains(@action, '{task.id}')]]/form"
    answer = browser.send("/duties?view=all&unit=tram+y+te", row, state="done")
    assert said(answer) == "Đã ghi tình trạng."
    assert "view=all" in str(answer.url)
    found = next(one for one in duties(mine, DutyQuestion(unit="Trạm Y tế xã")) if one.id == task.id)
    assert (found.state, found.standing and found.standing.day, found.standing and found.standing.who) == ("done", "2026-03-01", "lan")
    form = "//form[contains(@class, 'sheet')]"
    browser.send(f"/duties/{task.id}", form, state="moved", moved_to="2026-04-30", note="chờ kinh phí")
    page = browser.open(f"/duties/{task.id}").text_content()
    assert "dời hạn" in page
    assert "chờ kinh phí" in page
    assert browser.send(f"/duties/{task.id}", form, state="moved", moved_to="").status_code == 400


def test_doubts_are_settled_one_after_the_other(browser: Browser, mine: Archive) -> None:
    def number() -> int:
        told = browser.open("/review").xpath("string(//p[@class='count'])")
        return int(re.findall(r"\d+", told)[1])

    before = number()
    page = browser.open("/review?left=3")
    accept = page.xpath("//button[@data-key='a' or @data-key='1']")[0]
    answer = browser.send("/review?left=3", "//form[@class='settle']", choice=accept.get("value"))
    assert said(answer) in ("Đã sửa.", "Đã được sửa như vậy từ trước.")
    assert number() < before
    assert browser.open("/review?left=1").xpath("//form[@class='settle']//input[@name='left']/@value")[0] == "1"


def test_a_document_goes_to_the_trash_and_comes_back(browser: Browser, mine: Archive) -> None:
    answer = browser.send("/documents/2/correct", "//form[contains(@action, '/remove')]")
    assert answer.url.path == "/trash"
    assert [one.document.id for one in list_trash(mine)] == [2]
    assert browser.send("/trash", "//form[contains(@action, '/empty')]").status_code == 400
    answer = browser.send("/trash", "//form[contains(@action, '/restore')]")
    assert answer.url.path == "/documents/2"
    assert list_trash(mine) == ()
    browser.send("/documents/2/correct", "//form[contains(@action, '/remove')]")
    assert said(browser.send("/trash", "//form[contains(@action, '/empty')]", sure="1")) == "Đã xoá hẳn."
    assert browser.client.get("/documents/2").status_code == 404


def test_the_journal_tells_and_takes_back_what_can_be(browser: Browser, mine: Archive) -> None:
    browser.send("/documents/3/correct?field=symbol", "//form[.//input[@value='symbol']]", value="36-KH/ĐU")
    row = browser.open("/journal").xpath("//tbody/tr")[0].text_content()
    assert "36-KH/ĐU" in row
    assert "lan" in row
    browser.send("/journal", "//tbody//form")
    assert show(mine, "3").document.symbol is None
    assert browser.client.post("/journal/undo", data={"number": "x"}, headers=ORIGIN).status_code == 403
    assert set(UNDOABLE) == set(HANDLERS)


def test_a_backup_is_handed_out_whole(browser: Browser) -> None:
    answer = browser.send("/backup", "//main//form")
    assert answer.headers["content-disposition"].startswith('attachment; filename="kehoach-20260301')
    assert {"kehoach.sqlite", "manifest.json"} <= set(zipfile.ZipFile(io.BytesIO(answer.content)).namelist())


def test_no_change_waits_for_a_backup(browser: Browser, mine: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large archive is copied for minutes."""

    def back_up(handle: Archive, file: Path, *, now: datetime) -> None:
        with FileLock(mine.folder / "web.lock", timeout=0):
            file.write_bytes(b"all of it")

    monkeypatch.setattr("archive.back_up", back_up)
    assert browser.send("/backup", "//main//form").content == b"all of it"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_site_sends_is_not_taken(browser: Browser, mine: Archive, headers: dict[str, str]) -> None:
    proof = browser.open("/documents/3/correct?field=date").xpath("//input[@name='proof']/@value")[0]
    before = entries(mine)
    typed = {"proof": proof, "field": "date", "value": "21/11/2025"}
    answer = browser.client.post("/documents/3/correct", data=typed, headers=headers)
    assert answer.status_code == 403
    assert "Chưa có gì thay đổi" in answer.text
    assert entries(mine) == before


def test_a_form_is_taken_from_the_browser_that_opened_it_alone(browser: Browser, mine: Archive) -> None:
    proof = browser.open("/documents/3/correct?field=date").xpath("//input[@name='proof']/@value")[0]
    typed = {"field": "date", "value": "21/11/2025"}
    other = TestClient(application(mine, spoken(), SETTINGS))
    other.get("/")
    for client, said_proof in ((other, proof), (browser.client, ""), (browser.client, f"{proof}x")):
        assert client.post("/documents/3/correct", data={**typed, "proof": said_proof}, headers=ORIGIN).status_code == 403
    cookie = TestClient(browser.client.app).get("/").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/x\r\nA: b"])
def test_a_form_leads_nowhere_else(browser: Browser, next_: str) -> None:
    proof = browser.open("/documents/3/correct?field=date").xpath("//input[@name='proof']/@value")[0]
    typed = {"proof": proof, "field": "date", "value": "21/11/2025", "next": next_}
    answer = browser.client.post("/documents/3/correct", data=typed, headers=ORIGIN, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/documents/3?said=corrected")


def test_too_much_is_not_taken(browser: Browser) -> None:
    assert browser.client.post("/documents/3/correct", data={"value": "a" * 200_000}, headers=ORIGIN).status_code == 413
    assert browser.client.post("/documents/3/correct", content=iter([b"a"]), headers=ORIGIN).status_code in (411, 413)


def test_what_is_typed_into_a_form_stays_text(browser: Browser, mine: Archive) -> None:
    script = "<script>alert(1)</script>"
    answer = browser.send("/documents/3/correct?field=subject", "//form[.//input[@value='subject']]", value=script)
    page = lxml.html.document_fromstring(answer.text)
    assert page.xpath("//script[not(@src)]") == []
    assert script in page.xpath("string(//h1)")
    assert browser.client.get("/documents/3?said=%3Cb%3E&entry=1").text.count("notice said") == 0
    assert browser.open("/journal").xpath("//script[not(@src)]") == []


def test_a_read_only_archive_has_no_forms(shown: Path) -> None:
    with open_archive(shown, read_only=True) as archive:
        client = TestClient(application(archive, spoken(), SETTINGS))
        for address in ("/documents/3", "/duties?view=all", "/"):
            answer = client.get(address)
            assert 'method="post"' not in answer.text
            assert "/review" not in answer.text
            assert "set-cookie" not in answer.headers
        assert client.post("/documents/3/correct", data={"field": "date"}, headers=ORIGIN).status_code == 405
        assert client.get("/journal").status_code == 404


def test_a_proxy_needs_accounts(browser: Browser) -> None:
    """Behind one, everybody would come from this machine."""
    assert browser.client.get("/", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 403


def test_every_change_is_told_in_both_languages(browser: Browser) -> None:
    for name in SAID:
        for language in ("vi", "en"):
            assert browser.open(f"/statistics?said={name}&lang={language}").xpath("string(//*[@role='status']/p)")
