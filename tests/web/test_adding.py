"""What is sent to the pages is added by the worker, whatever happens meanwhile, and nothing is written where a name says."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta

import lxml.html
import pytest
from httpx2 import Response
from sqlalchemy import update

from archive import Archive, entries, list_jobs, queue_file, search, work_jobs
from archive.keep import jobs
from archive.store.work_tables import JobRow
from tests.archive.builders import NOW
from tests.archive.papers import keep, paper
from tests.web.test_changes import ORIGIN, Browser, browser, mine, said

__all__ = ["browser", "mine"]

PAPER = paper(
    "ỦY BAN NHÂN DÂN XÃ AN LỘC",
    "12/KH-UBND",
    "An Lộc",
    "9/2/2026",
    "KẾ HOẠCH",
    "Phòng, chống cháy rừng năm 2026",
    "Ủy ban nhân dân xã ban hành kế hoạch:",
    "I. MỤC ĐÍCH",
    "1. Không để xảy ra cháy rừng.",
)


def send(browser: Browser, *files: tuple[str, bytes]) -> Response:
    proof = browser.open("/add").xpath("//form//input[@name='proof']/@value")[0]
    sent = [("files", (name, io.BytesIO(data), "application/octet-stream")) for name, data in files]
    return browser.client.post("/add", data={"proof": proof}, files=sent, headers=ORIGIN)


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in members.items():
            packed.writestr(name.replace("_txt", ".txt"), data)
    return made.getvalue()


def test_files_are_taken_in_read_and_found(browser: Browser, mine: Archive) -> None:
    answer = send(
        browser,
        ("thu/muc/an-loc.txt", PAPER.encode()),
        ("hai.zip", zipped(a_txt=PAPER.replace("12/", "13/").encode())),
        ("x.pdf", b"%PDF-"),
    )
    assert said(answer).startswith("Đã nhận tệp.")
    assert answer.headers["refresh"] == "3"
    assert "0/3 tệp đã xong" in answer.text
    assert work_jobs(mine, lambda: NOW) == 3
    page = browser.client.get(answer.url.path)
    assert "refresh" not in page.headers
    rows = lxml.html.document_fromstring(page.text).xpath("//tbody/tr")
    assert [row.xpath("string(.//*[contains(@class, 'badge')])") for row in rows] == ["đã thêm", "đã thêm", "không thêm được"]
    assert len(rows[2].xpath("string(td[3])").split()) > 5
    number = rows[0].xpath(".//a/@href")[0].rpartition("/")[2]
    assert number in {str(hit.document.id) for hit in search(mine, "cháy rừng").hits}
    assert (entries(mine, document_id=int(number))[0].action, entries(mine, document_id=int(number))[0].who) == ("add", "lan")
    assert list((mine.folder / "incoming").iterdir()) == []
    assert "3/3" in browser.open("/add").text_content()


@pytest.mark.usefixtures("without_words")
@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "..\\..\\evil.txt", "<script>alert(1)</script>.txt", "a\u202etxt.exe"])
def test_a_name_is_only_a_name(browser: Browser, mine: Archive, name: str) -> None:
    before = {path for path in mine.folder.parent.rglob("*") if path.is_file()}
    answer = send(browser, (name, PAPER.encode()))
    assert lxml.html.document_fromstring(answer.text).xpath("//script[not(@src)]") == []
    (job,) = list_jobs(mine, limit=1)
    assert not job.name.startswith(("/", ".."))
    work_jobs(mine, lambda: NOW)
    fresh = {path for path in mine.folder.parent.rglob("*") if path.is_file()} - before
    assert [path for path in fresh if "evil" in path.name] == []


def test_what_systems_leave_in_folders_is_passed_over(browser: Browser) -> None:
    assert send(browser, ("a/.DS_Store", b"x"), ("a/Thumbs.db", b"x")).status_code == 400


@pytest.mark.usefixtures("without_words")
def test_a_worker_that_died_begins_anew_and_gives_up_what_kills_it(mine: Archive) -> None:
    job = queue_file(mine, io.BytesIO(PAPER.encode()), "an-loc.txt", batch="b", now=NOW)
    for tries, state in ((1, "done"), (2, "failed")):
        with mine.engine.begin() as connection:
            connection.execute(update(JobRow).where(JobRow.id == job.id).values(state="running", tries=tries))
        work_jobs(mine, lambda: NOW)
        (after,) = list_jobs(mine, "b")
        assert after.state == state
    assert after.results[0].code == "worker-died"


def test_an_upload_whose_bytes_are_gone_says_so(mine: Archive) -> None:
    queue_file(mine, io.BytesIO(b"x"), "x.txt", batch="b", now=NOW)
    for path in (mine.folder / "incoming").iterdir():
        path.unlink()
    work_jobs(mine, lambda: NOW)
    assert [one.code for one in list_jobs(mine, "b")[0].results] == ["upload-gone"]


@pytest.mark.usefixtures("without_words")
def test_the_paper_that_was_there_is_named(browser: Browser, mine: Archive) -> None:
    number = keep(mine, "an-loc.txt", PAPER)
    answer = send(browser, ("again.txt", PAPER.encode()))
    work_jobs(mine, lambda: NOW)
    assert f"/documents/{number}" in browser.client.get(answer.url.path).text


@pytest.mark.usefixtures("without_words")
def test_what_ended_long_ago_is_forgotten_but_for_the_last(mine: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_LAST", 2)

    def sent(number: int, at: datetime) -> list[str]:
        queue_file(mine, io.BytesIO(PAPER.encode()), f"{number}.txt", batch=str(number), now=at)
        work_jobs(mine, lambda: at)
        return sorted(job.name for job in list_jobs(mine))

    assert sent(1, NOW) == ["1.txt"]
    assert sent(2, NOW) == ["1.txt", "2.txt"]
    assert sent(3, NOW + timedelta(days=29)) == ["1.txt", "2.txt", "3.txt"]
    assert sent(4, NOW + timedelta(days=31)) == ["3.txt", "4.txt"]
    assert sent(5, NOW + timedelta(days=99)) == ["4.txt", "5.txt"]
