"""One plan: every letter of its text stands on the page, what was found in it is marked, and what is known of it stands beside."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest

from archive import Archive, show
from archive.common.laying_out import blocks, headings, marks_of, reading_of, running_on
from archive.values import Block, Piece
from kehoach_parser import parse, text_of
from tests.web.conftest import Open
from tests.web.papers import HOSTILE

NUMBERS = range(1, 8)


def words(block: Block) -> str:
    """The text of a block."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in block.pieces)


def letters(found: Iterable[Block]) -> str:
    """The text of blocks without its blanks."""
    return "".join("".join(map(words, found)).split())


@pytest.mark.parametrize("number", NUMBERS)
def test_as_printed_every_letter_stands_there_in_order(handle: Archive, number: int) -> None:
    shown = show(handle, str(number))
    found = list(blocks(shown.plan, shown.text, lambda start, end: shown.text[start:end], as_printed=True))
    assert letters(found) == "".join(shown.text.split())
    assert [block.start for block in found] == sorted({block.start for block in found})
    for block in found:
        assert words(block) == shown.text[block.start : block.end].strip("\r\n").rstrip()
        assert all(
            one.text.startswith(shown.text[one.mark.start : one.mark.end]) for one in block.pieces if isinstance(one, Piece) and one.mark
        )


@pytest.mark.parametrize("number", NUMBERS)
def test_to_be_read_only_line_ends_change(handle: Archive, number: int) -> None:
    shown = show(handle, str(number))
    read = blocks(shown.plan, shown.text, lambda start, end: shown.text[start:end], as_printed=False)
    assert letters(read) == "".join(shown.text.split())


@pytest.mark.parametrize("number", NUMBERS)
def test_marks_stand_apart_and_every_citation_has_one(handle: Archive, number: int) -> None:
    shown = show(handle, str(number))
    marks = marks_of(shown.plan)
    assert all(one.end <= other.start for one, other in pairwise(marks))
    whole = {one.span for one in shown.plan.citations}
    inner = {span for span in whole if any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in whole)}
    assert {(mark.start, mark.end) for mark in marks if mark.kind == "cite"} == whole - inner


@pytest.mark.parametrize("text", ["", "\n\n", "một dòng", "I.\n\n1.\n", "KẾ HOẠCH\n" * 3])
def test_a_poor_text_is_a_page_too(text: str) -> None:
    plan = parse(text)
    found = blocks(plan, text, lambda start, end: text[start:end], as_printed=False)
    assert letters(found) == "".join(text.split())
    assert len(headings(plan, lambda start, end: text[start:end])) <= len(plan.nodes)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Thực hiện chương trình của Ủy ban\nnhân dân xã.", True),  # a small letter begins no paragraph
        ("Thực hiện chương trình xây dựng nông thôn mới của Ủy ban\nNhân dân xã.", True),  # a full line without a stop
        ("Thực hiện chương trình xây dựng nông thôn mới của xã Tân Minh.\nNhân dân xã.", False),
        ("KẾ HOẠCH\nTuyên truyền kết quả Hội nghị lần thứ mười bốn của Đảng bộ", False),  # a short line
        ("Các việc sau đây của xã Tân Minh trong năm 2026 cần làm ngay\na) rà soát", False),  # a label
        ("một\n\nhai", False),
    ],
)
def test_lines_of_a_paragraph_run_on(text: str, joined: bool) -> None:
    assert (text.index("\n") in running_on(text)) is joined


def test_the_page_has_outline_text_and_details(open_page: Open) -> None:
    page = open_page("/documents/6")
    assert "35/KH-UBND" in page.xpath("//p[@class='kind']")[0].text_content()
    assert page.xpath("//nav[@class='outline']//li")
    cited = page.xpath("//article//a[contains(@class, 'cite')]")[0]
    entry = page.xpath(f"//*[@id='{cited.get('href')[1:]}']")[0]
    back = entry.xpath(".//span[@class='back']/a/@href")[0]
    assert page.xpath(f"//article//*[@id='{back[1:]}']")[0].text_content() in cited.text_content()


def test_a_citation_leads_to_its_document_and_back(open_page: Open) -> None:
    page = open_page("/documents/5")
    entry = next(one for one in page.xpath("//ol[contains(@class, 'cited-list')]/li") if "71/NQ-CP" in one.text_content())
    source = open_page(entry.xpath("a/@href")[0])
    assert source.xpath("//a[@href='/documents/4']")
    assert any(str(link).startswith("/documents/5#m") for link in source.xpath("//a/@href"))


def test_units_and_deadlines_in_the_text_lead_on(open_page: Open) -> None:
    page = open_page("/documents/7")
    unit = next(one for one in page.xpath("//article//a[contains(@class, 'unit')]") if one.text_content() == "Trạm Y tế xã")
    assert "Trạm Y tế xã" in open_page(unit.get("href")).xpath("//h1")[0].text
    due = next(one for one in page.xpath("//article//a[contains(@class, 'deadline')]") if "15/02/2026" in one.text_content())
    assert "an toàn thực phẩm" in open_page(due.get("href")).xpath("//table")[0].text_content()


def test_a_damaged_text_is_read_printed_and_both(open_page: Open) -> None:
    def text(form: str) -> str:
        return " ".join(open_page(f"/documents/1?form={form}").xpath("//article")[0].text_content().split())

    assert "cổ động trực quan" in text("read")
    assert "cổ động trực quan" not in text("printed")
    both = text("both")
    assert "cổ động trực quan" in both
    assert len(both) > len(text("read")) + len(text("printed")) - 100


def test_the_file_is_kept_not_shown(served: object, handle: Archive) -> None:
    answer = served.get("/documents/1/file")  # type: ignore[attr-defined]
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="kehoach-1.txt"'
    assert answer.text == show(handle, "1").text
    assert served.get("/documents/7/file").status_code == 404  # type: ignore[attr-defined]


def test_a_document_that_is_not_there_is_said_so(open_page: Open) -> None:
    assert open_page("/documents/99", 404).xpath("//*[@role='alert']")[0].text == "Trong kho không có văn bản “99”."


def test_the_hostile_title_is_cut_and_stays_text(open_page: Open) -> None:
    heading = open_page("/documents/7").xpath("//h1")[0]
    assert "script>alert(document.domain)</script><img" in heading.text
    assert len(heading.text) < 400
    assert "{{ 7 * 7 }}" in open_page("/documents/7").xpath("//article")[0].text_content()
    assert len(HOSTILE) > 10_000


def test_marks_of_emphasis_are_not_shown_where_a_text_is_to_be_read() -> None:
    """A converter to Markdown left them; as printed they stay. A footnote's asterisk is none."""
    text = "KẾ HOẠCH\nI. MỤC ĐÍCH\n1. Nêu bật **ba nhóm** nội dung (*).\n"
    plan = parse(text_of(text))
    read = reading_of(plan, text)
    assert read(0, len(text)) == text.replace("**", "")
    at = text.index("ba nhóm")
    assert (read(at - 1, at + 2), read(at, at + 9)) == ("ba", "ba nhóm")
    assert "Nêu bật ba nhóm nội dung" in headings(plan, read)[-1].text
