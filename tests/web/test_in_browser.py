"""The pages in a real Chromium: what no tree of a page tells, keyboard, focus, width, contrast, and that nothing runs that should not."""

from __future__ import annotations

import io
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from archive import Archive, export_graph
from archive.terminal.messages import messages_of
from archive.terminal.spoken import spoken
from archive.values import CitationGraph, GraphEdge, GraphNode
from archive.web import application
from tests.web.conftest import SETTINGS

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)")]

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: Pages of every kind, by the name of their picture.
PAGES = {
    "start": "/",
    "search": "/?q=co+dong+truc+quan",
    "mistake": "/?q=%22a",
    "documents": "/documents",
    "plan": "/documents/3",
    "plan-side-by-side": "/documents/1?form=both",
    "plan-hostile": "/documents/7",
    "cited": "/cited/57-NQ/TW",
    "cited-choose": "/cited/18-NQ/TW",
    "cited-cascade": "/cited/57-NQ/TW?view=cascade",
    "duties": "/duties?view=all",
    "duties-month": "/duties/calendar?month=2026-03",
    "units": "/units",
    "graph": "/graph",
    "graph-around": "/graph?around=5",
    "statistics": "/statistics",
    "not-found": "/nowhere",
}
#: Bytes of a page with all that it loads.
FIRST_VIEW = 150_000
LOADED = "['navigation', 'resource'].flatMap((k) => performance.getEntriesByType(k)).reduce((n, e) => n + e.decodedBodySize, 0)"
#: Where pictures of the pages are written, if anywhere.
PICTURES = os.environ.get("KEHOACH_PICTURES")


@pytest.fixture(scope="module")
def address(handle: Archive) -> Iterator[str]:
    """The address of a server of its own thread."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(application(handle, spoken(), SETTINGS), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=address, viewport=DESKTOP)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page on which nothing may run that is not ours, nor complain."""
    opened = context.new_page()
    opened.on("dialog", lambda dialog: pytest.fail(f"a script of a document ran: {dialog.message}"))
    opened.on("console", lambda message: message.type == "error" and "Failed to load" not in message.text and pytest.fail(message.text))
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    return opened


@pytest.mark.parametrize("typed", ['"cổ động trực quan"', '"co dong truc quan"'])
def test_search_open_and_read_the_passage(page: Page, typed: str) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.locator(".hit", has_text="35-KH/ĐU").locator(".where").first.click()
    passage = page.locator(".block:target, .block:has(:target)")
    expect(passage).to_be_in_viewport()
    expect(passage).to_contain_text("cổ động trực quan")


def test_suggestions_are_walked_and_taken_by_keys(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("tram y t")
    unit = page.get_by_role("option", name="Trạm Y tế xã")
    expect(unit.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("tram y t")
    page.keyboard.type("e")
    expect(unit.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=unit*")
    expect(page.locator(".hit").first).to_be_visible()


@pytest.mark.parametrize(("cited", "day"), [("ngày 25/10/2017", "25/10/2017"), ("ngày 16/6/2022", "16/06/2022")])
def test_a_citation_is_followed_and_two_documents_of_one_symbol_told_apart(page: Page, cited: str, day: str) -> None:
    page.goto("/documents/3")
    page.locator("article a.cite", has_text=f"18-NQ/TW, {cited}").first.click()
    entry = page.locator(".cited-list li:target")
    expect(entry).to_be_in_viewport()
    entry.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Nghị quyết 18-NQ/TW ngày {day}")
    page.goto("/cited/18-NQ/TW")
    page.get_by_role("link", name=f"Nghị quyết 18-NQ/TW ngày {day}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Nghị quyết 18-NQ/TW ngày {day}")


def test_duties_of_a_unit_in_a_month_as_a_workbook(page: Page) -> None:
    page.goto("/duties?view=all")
    page.get_by_label("Đơn vị", exact=True).fill("phong kinh te")
    page.get_by_label("Thời hạn trong").fill("2026-03")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("table.tasks tbody tr")).to_have_count(1)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).active
    assert [row[4] for row in sheet.iter_rows(values_only=True) if row[0] == 1] == ["Phòng Kinh tế"]


def test_the_language_is_switched_and_stays(page: Page) -> None:
    page.goto("/duties?view=all&unit=tram+y+te")
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Register of tasks")
    expect(page.get_by_label("Unit", exact=True)).to_have_value("tram y te")
    page.get_by_role("link", name="Documents", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents in the archive")


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.goto("/documents/3")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    reached = 0
    while reached < 30 and not page.evaluate("document.activeElement.matches('.outline a')"):
        page.keyboard.press("Tab")
        reached += 1
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""


def test_without_scripts_it_can_be_read(browser: Browser, address: str) -> None:
    made = browser.new_context(base_url=address, java_script_enabled=False, viewport=PHONE)
    page = made.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("an toan thuc pham")
    page.get_by_role("button", name="Tìm").click()
    page.locator(".hit h2 a").first.click()
    expect(page.locator("article")).to_be_visible()
    made.close()


#: All four for pictures; what is asserted is of a width or of a scheme, so two have both of each.
SCREENS = [(DESKTOP, "light"), (PHONE, "dark"), *([(DESKTOP, "dark"), (PHONE, "light")] if PICTURES else [])]


@pytest.mark.parametrize(("size", "scheme"), SCREENS, ids=lambda each: each if isinstance(each, str) else str(each["width"]))
def test_pages_fit_are_light_and_can_be_used_by_all(browser: Browser, address: str, size: dict[str, int], scheme: str) -> None:
    """Nothing is wider than the screen, axe finds nothing serious, a page with all that it loads is small."""
    made = browser.new_context(base_url=address, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = made.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    axe = Axe()
    for name, path in PAGES.items():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        assert page.evaluate(LOADED) < FIRST_VIEW, name
        # What does not hang on the width is looked at once; colours in both schemes.
        found = axe.run(page, options=None if size is DESKTOP else {"runOnly": ["color-contrast"]}).response["violations"]
        serious = [(one["id"], one["nodes"][0]["html"][:150]) for one in found if one["impact"] in ("serious", "critical")]
        assert serious == [], name
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{size['width']}-{scheme}.png")
    made.close()


#: Frames in milliseconds while the drawing is moved by keys, sorted.
FRAMES = """() => new Promise((done) => {
  const stage = document.getElementById("stage"), times = [];
  let last = null;
  const step = (now) => {
    if (last !== null) times.push(now - last);
    last = now;
    if (times.length === 40) return done(times.sort((a, b) => a - b));
    stage.dispatchEvent(new KeyboardEvent("keydown", { key: times.length % 2 ? "+" : "ArrowLeft", bubbles: true }));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def test_two_thousand_documents_stay_fluid(page: Page, tmp_path: Path) -> None:
    """In the page that `kehoach graph --format html` writes; what is pointed at is what is there, also after it was moved."""
    nodes = tuple(GraphNode(f"n{n}", "Nghị quyết", f"{n}-NQ/TW", "2025-01-02", None, f"về {n}", n % 2 == 0, False, n) for n in range(2_000))
    ends = ((f"n{n}", f"n{n * n % 97 * step}") for n in range(2_000) for step in (1, 3, 7))
    edges = tuple(GraphEdge(source, target, 1, ("basis",), ()) for source, target in dict.fromkeys(ends) if source != target)
    file = tmp_path / "graph.html"
    file.write_text(export_graph(CitationGraph(nodes, edges), "html", messages_of("vi").texts), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.locator("[data-node]").count() == 2_000
    frames = page.evaluate(FRAMES)
    assert frames[20] < 50, "milliseconds"
    page.locator("#fit").click()
    page.wait_for_timeout(400)
    box = page.locator("[data-node] circle").last.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#details h2")).to_contain_text("-NQ/TW")
