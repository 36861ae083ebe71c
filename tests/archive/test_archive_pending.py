"""Files that wait for a program, the files themselves, pages read by OCR and the way from a span back to its page."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from archive import (
    Archive,
    add_bytes,
    add_files,
    check,
    empty_trash,
    find_files,
    forget_pending,
    list_documents,
    list_pending,
    places_on_pages,
    read_original,
    remove,
    retry_pending,
    show,
)
from archive.errors import AmbiguousPending, UnknownPending
from archive.store.pages import KeptPages
from kehoach_parser import Plan, Text
from kehoach_parser.readers import images
from kehoach_parser.readers.words import Word
from tests.archive.builders import NOW, parse_simple, write
from tests.archive.texts import COMMUNE, WARD

#: What the engine of these tests finds on every page, line by line.
LINES = ("Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Tuyên truyền", "I. Mục đích")


class Engine:
    """Reads the same lines from every page, and says how often it was asked."""

    name = "mắt 1 vie"
    asked = 0

    def turned(self, image: Path) -> int:
        return 0

    def read(self, image: Path) -> tuple[Word, ...]:
        self.asked += 1
        return tuple(
            Word(word, (100.0 + 60 * at, 100.0 + 60 * row, 150.0 + 60 * at, 140.0 + 60 * row), None, 0.9)
            for row, line in enumerate(LINES)
            for at, word in enumerate(line.split())
        )


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No OCR is installed."""
    monkeypatch.setattr(images, "find_engine", lambda: None)
    return monkeypatch


def see(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    monkeypatch.setattr(images, "find_engine", lambda: engine)
    return engine


def picture(path: Path, grey: int = 240) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (300, 420), grey).save(path, dpi=(100, 100))
    return path.read_bytes()


def add(archive: Archive, *files: Path) -> list[tuple[str, str | None]]:
    return [(added.status, added.code) for added in add_files(archive, files, now=NOW, parse=parse_simple)]


def test_a_picture_waits_for_ocr_and_is_read_later(archive: Archive, tmp_path: Path, blind: pytest.MonkeyPatch) -> None:
    data = picture(tmp_path / "in" / "quét.png")
    assert add(archive, tmp_path / "in" / "quét.png") == [("waiting", "ocr-missing")]
    assert list_documents(archive) == ()
    (waiting,) = list_pending(archive)
    assert (waiting.name, waiting.path, waiting.code) == ("quét.png", str(tmp_path / "in" / "quét.png"), "ocr-missing")
    assert waiting.facts["pages"] == "1"
    assert read_original(archive, waiting.sha256) == data

    (tmp_path / "in" / "quét.png").unlink()  # the file is kept: it need not be there any more
    assert [added.status for added in retry_pending(archive, now=NOW, parse=parse_simple)] == ["waiting"]
    assert list_pending(archive)[0].noted_at == waiting.noted_at
    see(blind)
    assert [added.status for added in retry_pending(archive, now=NOW, parse=parse_simple)] == ["added"]
    assert list_pending(archive) == ()
    assert [document.symbol for document in list_documents(archive)] == ["35-KH/ĐU"]
    assert read_original(archive, waiting.sha256) == data
    assert [found for found in check(archive) if found.level == "error"] == []


def test_the_same_picture_waits_once(archive: Archive, tmp_path: Path, blind: pytest.MonkeyPatch) -> None:
    picture(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes())
    add(archive, tmp_path / "a.png", tmp_path / "b.png")
    assert len(list_pending(archive)) == 1


def test_a_file_is_taken_off_the_list(archive: Archive, tmp_path: Path, blind: pytest.MonkeyPatch) -> None:
    for number, folder in enumerate(("một", "hai")):
        picture(tmp_path / folder / "quét.png", 200 + number)
        add(archive, tmp_path / folder / "quét.png")
    with pytest.raises(UnknownPending):
        forget_pending(archive, "khác.png")
    with pytest.raises(AmbiguousPending):
        forget_pending(archive, "quét.png")
    first, second = list_pending(archive)
    assert forget_pending(archive, str(tmp_path / "hai" / "quét.png")).path == str(tmp_path / "hai" / "quét.png")
    (left,) = list_pending(archive)
    gone = second if left == first else first
    assert read_original(archive, gone.sha256) is None
    assert forget_pending(archive, left.sha256[:8]) == left
    assert list_pending(archive) == ()


def test_a_span_leads_back_to_its_page(archive: Archive, tmp_path: Path, blind: pytest.MonkeyPatch) -> None:
    see(blind)
    picture(tmp_path / "a.png")
    (added,) = add_files(archive, [tmp_path / "a.png"], now=NOW, parse=parse_simple)
    assert added.document is not None
    content = show(archive, "1").text
    start = content.index("I. Mục")
    (place,) = places_on_pages(archive, "1", (start - 8, start + 6))
    assert (place.page, place.origin, place.engine, place.certainty) == (1, "ocr", "mắt 1 vie", 0.9)
    assert len(place.boxes) == 2
    assert all(0 <= side <= 1 for box in place.boxes for side in box)
    assert places_on_pages(archive, "1", (0, 0)) == ()


def test_pages_are_kept_until_the_document_goes(archive: Archive, tmp_path: Path, blind: pytest.MonkeyPatch) -> None:
    engine = see(blind)
    data = picture(tmp_path / "a.png")
    (added,) = add_bytes(archive, data, now=NOW, parse=parse_simple)
    assert added.document is not None
    assert add(archive, tmp_path / "a.png") == [("present", None)]
    assert engine.asked == 1
    remove(archive, "1", now=NOW)
    assert add(archive, tmp_path / "a.png") == [("restored", None)]
    assert engine.asked == 1
    remove(archive, "1", now=NOW)
    empty_trash(archive, now=NOW)
    assert add(archive, tmp_path / "a.png") == [("added", None)]
    assert engine.asked == 2


def test_kept_pages(archive: Archive) -> None:
    kept = KeptPages(archive)
    assert kept.load("a/1/x") is None
    kept.save("a/1/x", "[1]")
    kept.save("a/1/x", "[2]")
    assert kept.load("a/1/x") == "[2]"


def test_the_file_is_kept_as_it_came_and_goes_with_its_document(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", ward=WARD)
    data = (folder / "ward.txt").read_bytes()
    assert add(archive, folder / "ward.txt") == [("added", None)]
    sha256 = show(archive, "1").plan.source.sha256
    assert sha256 is not None
    assert read_original(archive, sha256) == data
    kept = archive.folder / "files" / sha256[:2] / sha256
    kept.write_bytes(data + b"x")
    assert read_original(archive, sha256) is None  # damaged on the disk: not given as what it is not
    assert add(archive, folder / "ward.txt") == [("present", None)]
    assert read_original(archive, sha256) == data, "who has the file mends it"
    remove(archive, "1", now=NOW)
    assert read_original(archive, sha256) == data
    empty_trash(archive, now=NOW)
    assert not kept.exists()


def test_every_file_of_a_zip_file_has_its_result(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "gói.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xã/commune.txt", COMMUNE)
        file.writestr("ward.txt", WARD)
        file.writestr("bảng.bin", bytes(500))
    results = list(add_files(archive, find_files([tmp_path])[0], now=NOW, parse=parse_simple))
    assert [(Path(added.path or "").name, added.status, added.code) for added in results] == [
        ("commune.txt", "added", None),
        ("ward.txt", "added", None),
        ("bảng.bin", "failed", "not-text"),
    ]
    assert results[0].path == f"{path}/xã/commune.txt"


def test_a_broken_zip_file_says_so_and_stops_nothing(archive: Archive, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", "x" * 3000)
    (tmp_path / "a.zip").write_bytes(out.getvalue()[:40])
    write(tmp_path, ward=WARD)
    assert add(archive, tmp_path / "a.zip", tmp_path / "ward.txt") == [("failed", "broken-file"), ("added", None)]


def test_bad_files_stop_nothing(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "vào", ward=WARD)
    os.mkfifo(folder / "ống.txt")
    (folder / os.fsdecode(b"x\xe3.txt")).write_text(COMMUNE, encoding="utf-8")
    with zipfile.ZipFile(folder / "z.zip", "w") as file:
        nameless = zipfile.ZipInfo("x")
        nameless.filename = ""
        file.writestr(nameless, bytes(500))
    results = list(add_files(archive, find_files([folder])[0], now=NOW, parse=parse_simple))
    assert {(Path(added.path or "").name, added.status, added.code) for added in results} == {
        ("ward.txt", "added", None),
        (r"x\xe3.txt", "added", None),
        ("ống.txt", "failed", "not-a-file"),
        ("#1", "failed", "not-text"),
    }
    # The file behind an odd name is found again.
    assert [finding for finding in check(archive) if finding.code in ("source-gone", "source-changed")] == []


def test_a_parser_that_fails_fails_on_that_file_alone(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "vào", commune=COMMUNE, ward=WARD)

    def fails_once(text: Text) -> Plan:
        if text.name == "commune.txt":
            raise RecursionError("too deep")
        return parse_simple(text)

    results = list(add_files(archive, find_files([folder])[0], now=NOW, parse=fails_once))
    assert [(added.status, added.code) for added in results] == [("failed", "unreadable"), ("added", None)]
    assert results[0].facts["reason"] == "RecursionError: too deep"
