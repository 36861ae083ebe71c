"""Work in a real Chromium: correct and see what follows, tick off, review by keys, add and find, two people at once; with pictures of these
pages."""

from __future__ import annotations

import io
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from archive import Archive, open_archive, work_jobs
from archive.terminal.spoken import spoken
from archive.web import People, Settings, application
from tests.archive.builders import NOW as ADDED_AT
from tests.web.conftest import NOW
from tests.web.test_adding import PAPER
from tests.web.test_in_browser import CHROMIUM, DESKTOP, PHONE, PICTURES, SCREENS, browser

__all__ = ["browser"]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)")]
expect.set_options(timeout=30_000)
#: Pages on which something is changed, by the name of their picture.
PAGES = {
    "plan": "/documents/3",
    "correct": "/documents/3/correct?field=citation:2",
    "correct-all": "/documents/3/correct",
    "duties": "/duties?view=all",
    "review": "/review?left=3",
    "journal": "/journal",
    "trash": "/trash",
    "backup": "/backup",
    "add": "/add",
}


@contextmanager
def served(archive: Archive, settings: Settings) -> Iterator[str]:
    """The address of a server over an archive."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(application(archive, spoken(), settings), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def office(shown: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """A copy of the archive, to be changed."""
    with open_archive(shutil.copytree(shown, tmp_path_factory.mktemp("office") / "archive"), who="lan") as archive:
        yield archive


@pytest.fixture(scope="module")
def address(office: Archive) -> Iterator[str]:
    with served(office, Settings(clock=lambda: NOW)) as at:
        yield at


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport=DESKTOP)
    opened = context.new_page()
    opened.on("dialog", lambda dialog: pytest.fail(f"a script of a document ran: {dialog.message}"))
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    yield opened
    context.close()


def test_a_date_is_corrected_over_the_plan_and_undone(page: Page) -> None:
    page.goto("/documents/6")
    page.get_by_role("link", name="Sửa: Ngày ban hành").first.click()
    field = page.get_by_role("dialog").get_by_label("Ngày ban hành")
    expect(field).to_be_visible()
    field.fill("9/6/2025")
    field.press("Enter")
    expect(page.locator(".said")).to_contain_text("Đã sửa.")
    expect(page.locator("dl.facts")).to_contain_text("09/06/2025")
    page.locator(".said").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("dl.facts")).not_to_contain_text("09/06/2025")


def test_a_link_is_corrected_and_the_cascade_follows(page: Page) -> None:
    steps = page.locator("main", has_text="552/KH-UBND")
    page.goto("/cited/71-NQ/CP?view=cascade")
    if page.locator("main", has_text="552/KH-UBND").count() == 0:
        page.goto("/cited/71/NQ-CP?view=cascade")
    expect(steps).to_have_count(1)
    where = page.url
    page.goto("/documents/5")
    entry = page.locator(".cited-list li", has_text="71/NQ-CP")
    entry.get_by_role("link", name=re.compile("^Sửa:")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile("Là văn bản nào")).fill("57-NQ/TW")
    dialog.get_by_role("button", name="Lưu").first.click()
    expect(page.locator(".said")).to_contain_text("Đã sửa.")
    page.goto(where)
    expect(steps).to_have_count(0)


def test_a_task_is_ticked_off_and_stands_so_in_the_workbook(page: Page) -> None:
    page.goto("/duties?view=all&unit=tram+y+te")
    page.locator("tbody tr").first.get_by_role("button", name="Xong hôm nay").click()
    expect(page.locator("tbody tr").first).to_contain_text("đã xong")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    rows = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).active.iter_rows(values_only=True)
    assert any("đã xong" in map(str, row) for row in rows)


def test_doubts_are_settled_by_keys_alone(page: Page) -> None:
    page.goto("/review?left=3")
    before = page.locator(".count").inner_text()
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile("left=4"))
    page.keyboard.press("a")
    expect(page.locator(".said")).to_be_visible()
    assert page.locator(".count").inner_text() != before
    page.keyboard.press("c")
    expect(page.get_by_label("Giá trị đúng")).to_be_focused()


def test_a_file_is_sent_and_found_without_scripts(browser: Browser, address: str, office: Archive) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/add")
    page.get_by_label("Các tệp").set_input_files({"name": "an-loc.txt", "mimeType": "text/plain", "buffer": PAPER.encode()})
    page.get_by_role("button", name="Gửi").first.click()
    expect(page.locator("main")).to_contain_text("0/1 tệp đã xong")
    assert work_jobs(office, lambda: ADDED_AT) == 1
    # The page loads itself again.
    expect(page.locator("main")).to_contain_text("1/1 tệp đã xong", timeout=15_000)
    page.goto("/?q=phong+chong+chay+rung")
    expect(page.locator(".hit", has_text="12/KH-UBND")).to_have_count(1)
    context.close()


def test_two_people_at_once(browser: Browser, shown: Path, tmp_path: Path) -> None:
    """Each signs in and changes the same: the second is told, looks again, and the journal tells who did what."""
    folder = shutil.copytree(shown, tmp_path / "two")
    for name in ("lan", "quan"):
        People(folder).put(name, role="editor", password="năm ngày nắng gắt")
    with open_archive(folder) as archive, served(archive, Settings(clock=lambda: NOW, accounts=True)) as at:
        pages = {}
        for name in ("lan", "quan"):
            pages[name] = browser.new_context(base_url=at).new_page()
            pages[name].goto("/documents/3/correct?field=date")
            pages[name].get_by_label("Tên").fill(name)
            pages[name].get_by_label("Mật khẩu").fill("năm ngày nắng gắt")
            pages[name].get_by_role("button", name="Vào").click()
            expect(pages[name].get_by_label("Ngày ban hành")).to_be_visible()
        for name, day in (("lan", "1/11/2025"), ("quan", "2/11/2025")):
            pages[name].get_by_label("Ngày ban hành").fill(day)
        for page in pages.values():
            page.get_by_role("button", name="Lưu").click()
        expect(pages["lan"].locator(".said")).to_be_visible()
        expect(pages["quan"].get_by_role("alert")).to_contain_text("Chưa lưu gì")
        pages["quan"].goto("/documents/3/correct?field=date")
        expect(pages["quan"].get_by_label("Ngày ban hành")).to_have_value("2025-11-01")
        pages["quan"].get_by_label("Ngày ban hành").fill("2/11/2025")
        pages["quan"].get_by_role("button", name="Lưu").click()
        expect(pages["quan"].locator(".said")).to_be_visible()
        pages["lan"].goto("/journal")
        rows = pages["lan"].locator("tbody tr")
        expect(rows.nth(0)).to_contain_text("quan")
        expect(rows.nth(1)).to_contain_text("lan")
        for each in pages.values():
            each.context.close()


@pytest.mark.parametrize(("size", "scheme"), SCREENS, ids=lambda each: each if isinstance(each, str) else str(each["width"]))
def test_working_pages_fit_and_can_be_used_by_all(browser: Browser, address: str, size: dict[str, int], scheme: str) -> None:
    made = browser.new_context(base_url=address, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = made.new_page()
    axe = Axe()
    for name, path in PAGES.items():
        page.goto(path)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/work-{name}-{size['width']}-{scheme}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        found = axe.run(page, options=None if size is DESKTOP else {"runOnly": ["color-contrast"]}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:150]) for one in found if one["impact"] in ("serious", "critical")] == [], name
    made.close()
