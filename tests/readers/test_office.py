"""HTML, and the formats that LibreOffice turns into Word files where it is installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from papers import HEAD, TABLE, word_file

from kehoach_parser import parse, read_bytes
from kehoach_parser.errors import BrokenFile, EmptyFile, Encrypted, NotText, OfficeMissing
from kehoach_parser.readers import office

#: LibreOffice starts for each file.
pytestmark = pytest.mark.slow

FILES = Path(__file__).parent / "files"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
RTF = rb"{\rtf1\ansi\uc1 K\u7871? ho\u7841?ch\par I. M\u7908?C \u272?\u205?CH\par}"
needs_office = pytest.mark.skipif(office.find_office() is None, reason="apt-get install libreoffice-writer-nogui")


def html(body: str) -> str:
    return read_bytes(f"<!DOCTYPE html><html><head><title>không</title></head><body>{body}</body></html>".encode(), "a.html").content


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Kế   hoạch\n số&nbsp;5</p><div>hai<br>ba</div>", "Kế hoạch số 5\nhai\nba\n"),
        ("<p>một</p><script>alert('x')</script><style>p {}</style><!-- ẩn --><p>hai</p>", "một\nhai\n"),
        ("<ol start='3'><li>ba</li><li>bốn</li></ol><ul><li>chấm</li></ul>", "3. ba\n4. bốn\n- chấm\n"),
        ("<ol type='a'><li>x</li></ol>", "a. x\n"),
        ("<p>đảng viên<sup>1</sup>, m<sup>3</sup></p>", "đảng viên¹, m³\n"),
        ("<table><tr><td>TT</td><td>Việc</td></tr><tr><td>1</td><td>Rà | soát</td></tr></table>", "| TT | Việc |\n| 1 | Rà ¦ soát |\n"),
        ("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "| a | b |\n| | c |\n"),
        (
            f"<table><tr><td>{HEAD[0].replace(chr(10), '<br>')}</td><td>{HEAD[1].replace(chr(10), '<br>')}</td></tr></table>",
            f"{HEAD[0]}\n{HEAD[1]}\n",
        ),
    ],
)
def test_what_a_page_shows(body: str, expected: str) -> None:
    assert html(body) == expected


def test_an_old_encoding_that_the_page_names() -> None:
    page = '<html><head><meta charset="windows-1258"></head><body><p>Đảng</p></body></html>'
    text = read_bytes(page.encode("windows-1258", "ignore"), "a.html")
    assert text.notes == ("encoding:windows-1258",)
    assert text.media_type == "text/html"


def test_a_page_without_text_is_empty() -> None:
    with pytest.raises(EmptyFile):
        html("<script>1</script>")


@pytest.mark.parametrize(("data", "kind"), [(RTF, "rtf"), (OLD + "WordDocument".encode("utf-16-le"), "doc")])
def test_without_libreoffice_it_is_told_what_is_missing(data: bytes, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(OfficeMissing) as refusal:
        read_bytes(data, "cũ.doc")
    assert (refusal.value.name, refusal.value.facts) == ("cũ.doc", {"kind": kind})


def test_an_old_spreadsheet_is_no_paper() -> None:
    with pytest.raises(NotText):
        read_bytes(OLD + "Workbook".encode("utf-16-le"), "bảng.doc")


def test_a_password_is_told() -> None:
    with pytest.raises(Encrypted):
        read_bytes(OLD + "EncryptedPackage".encode("utf-16-le"), "kín.doc")


@needs_office
@pytest.mark.parametrize(
    ("kind", "media"), [("odt", "application/vnd.oasis.opendocument.text"), ("rtf", "application/rtf"), ("doc", "application/msword")]
)
def test_other_formats_give_what_the_word_file_gives(kind: str, media: str) -> None:
    """``files/plan.odt``, ``.rtf`` and ``.doc`` are `word_file`, saved anew by LibreOffice (soffice --convert-to)."""
    text = read_bytes((FILES / f"plan.{kind}").read_bytes(), f"plan.{kind}")
    assert text.media_type == media
    assert text.notes[0] == f"converted:{kind}"
    original = parse(read_bytes(word_file(), "plan.docx"))
    assert [node.path for node in parse(text).nodes] == [node.path for node in original.nodes]
    assert "| " + " | ".join(TABLE[1]) + " |" in text.content.splitlines()


@needs_office
def test_a_broken_file_is_told() -> None:
    assert shutil.which("soffice") or shutil.which("libreoffice")
    with pytest.raises((BrokenFile, EmptyFile)):
        read_bytes(OLD + "WordDocument".encode("utf-16-le") + bytes(4000), "hỏng.doc")
