"""Files that can and cannot be read: every refusal has its name and says what the file looks like."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from kehoach_parser import ReadError, read_bytes, read_file
from kehoach_parser.errors import AccessDenied, BrokenFile, EmptyFile, MissingFile, NotAFile, NotText, TooLarge, Unreadable
from kehoach_parser.readers import limits

ORDINARY_USER = 65534  # nobody: root may read everything, so root cannot see a refusal


def test_a_text_file_with_its_origin(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.txt"
    path.write_bytes("Kế hoạch\r\n\r\nI. MỤC ĐÍCH\r\n".encode())
    text = read_file(path)
    assert text.content == "Kế hoạch\r\n\r\nI. MỤC ĐÍCH\r\n"
    assert text.name == "kế hoạch.txt"
    assert text.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (text.media_type, text.pages, text.notes) == ("text/plain", (), ())


@pytest.mark.parametrize("name", ["a.md", "a.MD", "a.markdown"])
def test_markdown_is_told_by_its_name(name: str) -> None:
    assert read_bytes(b"# A", name).media_type == "text/markdown"


def test_pages_start_after_form_feeds() -> None:
    assert read_bytes(b"one\fzwei\f\n", None).pages == (0, 4)
    assert read_bytes(b"one\f", None).pages == (0,)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\xff\xfe \x00\n\x00", "\u00a0\n".encode()])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(EmptyFile) as refusal:
        read_bytes(data, "trống.txt")
    assert (refusal.value.name, refusal.value.code) == ("trống.txt", "empty-file")


def zip_with(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "x" * 1000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zip_with("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zip_with("a.txt"), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "doc"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 100, "binary"),
    ],
)
def test_no_text_is_told_by_its_bytes_not_by_its_name(data: bytes, kind: str) -> None:
    with pytest.raises(NotText) as refusal:
        read_bytes(data, "kế hoạch.txt")
    assert refusal.value.facts["kind"] == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        (zip_with("[Content_Types].xml", "word/document.xml"), "docx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
    ],
)
def test_which_reader_a_file_goes_to_is_told_by_its_bytes(data: bytes, kind: str) -> None:
    with pytest.raises(BrokenFile) as refusal:
        read_bytes(data, "kế hoạch.txt")
    assert refusal.value.facts["kind"] == kind


def test_a_text_called_pdf_is_text() -> None:
    assert read_bytes("Kế hoạch".encode(), "a.pdf").content == "Kế hoạch"


@pytest.mark.slow
def test_one_line_of_five_megabytes() -> None:
    line = "kế hoạch tuyên truyền " * 190_000
    assert read_bytes(line.encode(), None).content == line
    unbroken = "é" * 2_500_000
    assert read_bytes(unbroken.encode(), None).content == unbroken


def test_missing_folder_and_odd_names(tmp_path: Path) -> None:
    with pytest.raises(MissingFile) as missing:
        read_file(tmp_path / "không có.txt")
    assert missing.value.name == str(tmp_path / "không có.txt")
    with pytest.raises(NotAFile) as folder:
        read_file(tmp_path)
    assert folder.value.facts["kind"] == "folder"
    with pytest.raises(ReadError):
        read_file(tmp_path / ("x" * 5000))
    with pytest.raises(ReadError):
        read_file(Path("a\0b"))


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống.txt")
    with pytest.raises(NotAFile) as refusal:
        read_file(tmp_path / "ống.txt")
    assert refusal.value.facts["kind"] == "pipe"


def test_a_name_that_is_no_utf8_is_shown_escaped(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"k\xed ho\x1b.txt")
    path.write_text("Kế hoạch")
    assert read_file(path).name == r"k\xed ho\x1b.txt"
    with pytest.raises(MissingFile) as refusal:
        read_file(path.with_suffix(".docx"))
    assert refusal.value.name == str(tmp_path / r"k\xed ho\x1b.docx")


def test_what_nobody_foresaw_is_the_failure_of_that_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise IndexError("index out of range")

    monkeypatch.setattr("kehoach_parser.readers.files.decode", fails)
    with pytest.raises(Unreadable) as refusal:
        read_bytes(b"x", "a.txt")
    assert (refusal.value.name, refusal.value.facts["reason"]) == ("a.txt", "IndexError: index out of range")


def test_a_text_longer_than_the_parser_can_do_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_LETTERS", 8)
    assert read_bytes("Kế hoạch".encode(), None).content == "Kế hoạch"
    with pytest.raises(TooLarge) as refusal:
        read_bytes("Kế hoạch.".encode(), None)
    assert refusal.value.facts == {"what": "letters", "limit": "8"}


def test_what_the_user_may_not_read(tmp_path: Path) -> None:
    path = tmp_path / "mật.txt"
    path.write_text("Kế hoạch")
    path.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(AccessDenied):
            read_file(path)
        return
    for folder in (tmp_path, *tmp_path.parents):  # so that the other user gets as far as the file
        if folder.owner() == path.owner() and str(folder) not in ("/", "/tmp"):
            folder.chmod(0o755)
    os.seteuid(ORDINARY_USER)
    try:
        with pytest.raises(AccessDenied) as refusal:
            read_file(path)
    finally:
        os.seteuid(0)
    assert refusal.value.name == str(path)
