"""`kehoach pending`: what waits, why, and what is to be done, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from terminal_runs import kehoach

from kehoach_parser.readers import images


@pytest.fixture
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive in which a picture waits, because there is no OCR."""
    monkeypatch.setattr(images, "find_engine", lambda: None)
    Image.new("L", (300, 420), 240).save(tmp_path / "quét.png")
    result = kehoach("add", tmp_path / "quét.png", "--archive", tmp_path / "archive", KEHOACH_LANG="vi")
    assert result.code == 3
    assert "tesseract-ocr-vie" in result.err + result.out
    return tmp_path / "archive"


def test_what_waits_and_what_to_do(waiting: Path) -> None:
    for language in ("vi", "en"):
        result = kehoach("pending", "--archive", waiting, KEHOACH_LANG=language)
        assert result.code == 0
        assert "quét.png" in result.out
        assert "tesseract-ocr-vie" in result.out.replace("\n", " ")
    (item,) = json.loads(kehoach("pending", "--archive", waiting, "--json").out)["pending"]
    assert (item["name"], item["code"], item["facts"]["pages"]) == ("quét.png", "ocr-missing", "1")


def test_still_waiting_is_no_success(waiting: Path) -> None:
    result = kehoach("pending", "--retry", "--archive", waiting)
    assert result.code == 3
    assert kehoach("pending", "--archive", waiting, "--csv").out.count("quét.png") == 2  # name and path


def test_taken_off_the_list(waiting: Path) -> None:
    assert kehoach("pending", "--forget", "khác.png", "--archive", waiting).code == 1
    assert kehoach("pending", "--forget", "quét.png", "--archive", waiting).code == 0
    result = kehoach("pending", "--archive", waiting)
    assert (result.code, result.out) == (1, "")
