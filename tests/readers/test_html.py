"""Web pages: numbers of lists, encodings that are none, pages made to take for ever, and frames."""

from __future__ import annotations

import pytest

from kehoach_parser import read_bytes
from kehoach_parser.errors import EmptyFile, NotText, TookTooLong, TooLarge
from kehoach_parser.readers import documents, limits

PART = "<div><p>Kế hoạch</p><p>Giảm nghèo</p></div>"


def lines(body: str, head: str = "") -> list[str]:
    return read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.htm").content.splitlines()


@pytest.mark.parametrize(
    ("attributes", "numbers"),
    [
        ("", ["1", "2"]),
        ('start="4"', ["4", "5"]),
        ('start="-1"', ["-1", "0"]),
        ('start=" 7 "', ["7", "8"]),
        ('type="a"', ["a", "b"]),
        ('type="A" start="3"', ["C", "D"]),
        ('start="²"', ["1", "2"]),
        ('start="٣"', ["1", "2"]),
        ('start=""', ["1", "2"]),
        (f'start="{"9" * 5000}"', ["1", "2"]),
    ],
)
def test_a_list_begins_where_its_start_says_if_that_is_a_number(attributes: str, numbers: list[str]) -> None:
    assert lines(f"<ol {attributes}><li>Thu thập<li>Tổng hợp</ol>") == [f"{numbers[0]}. Thu thập", f"{numbers[1]}. Tổng hợp"]


def test_an_item_may_bring_its_own_number() -> None:
    assert lines("<ol><li>Một<li value=5>Năm<li>Sáu</ol>") == ["1. Một", "5. Năm", "6. Sáu"]


def test_a_number_stands_before_the_first_letters_of_its_item() -> None:
    assert lines("<ul><li><p>Một</p><p>Hai</p><li></li></ul><ol><li><ol type=a><li>Ba<li>Bốn</ol></ol>") == [
        "- Một",
        "Hai",
        "-",
        "1. a. Ba",
        "b. Bốn",
    ]


@pytest.mark.parametrize("name", ["undefined", "punycode", "idna", "unicode_escape", "rot13", "utf-7", "no-such", "x-user-defined"])
def test_an_encoding_that_is_none_of_pages_is_not_believed(name: str) -> None:
    assert lines("Kế hoạch", f'<meta charset="{name}">') == ["Kế hoạch"]


def test_what_stands_deep_is_read() -> None:
    assert lines("<div>" * 1500 + "Kế hoạch" + "</div>" * 1500 + "<p>Điều 1</p>") == ["Kế hoạch", "Điều 1"]


def test_what_stands_too_deep_is_told() -> None:
    with pytest.raises(TooLarge) as refusal:
        lines("<div>" * (limits.DEPTH + 100) + "Kế hoạch")
    assert refusal.value.facts == {"what": "depth", "limit": str(limits.DEPTH)}


def test_tables_in_tables_keep_their_words() -> None:
    found = "\n".join(lines("<table><tr><td>Việc<td>" * 60 + "cuối"))
    assert (found.count("Việc"), found.count("cuối")) == (60, 1)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DOCUMENT_SECONDS", 0.0)  # a busy machine may sleep for longer than a page takes
    with pytest.raises(TookTooLong) as refusal:
        lines("Kế hoạch")
    assert refusal.value.facts["kind"] == "html"


def test_a_process_that_says_nothing_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "run_module", lambda *_: b"")
    with pytest.raises(TookTooLong):
        lines("Kế hoạch")


@pytest.mark.parametrize("inside", ["", "<noframes><body>Trình duyệt không hiển thị khung</body></noframes>"])
def test_a_page_of_frames_is_refused_as_such(inside: str) -> None:
    with pytest.raises(NotText) as refusal:
        read_bytes(f'<html><frameset cols="20%,80%"><frame src="a.htm"><frame src="b.htm">{inside}</frameset></html>'.encode(), "a.htm")
    assert refusal.value.facts["kind"] == "frameset"


@pytest.mark.parametrize("page", ["<html>", "<html><!-- -->", "<html><body> &nbsp; </body></html>"])
def test_a_page_without_letters_is_empty(page: str) -> None:
    with pytest.raises(EmptyFile):
        read_bytes(page.encode(), "a.htm")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.html", "Kế hoạch\nGiảm nghèo"), ("A.HTM", "Kế hoạch\nGiảm nghèo"), ("a.txt", PART), ("a.md", PART), (None, PART)],
)
def test_a_part_of_a_page_is_known_by_its_name(name: str | None, text: str) -> None:
    """Markdown may begin with a tag as well."""
    assert read_bytes(PART.encode(), name).content.strip() == text
