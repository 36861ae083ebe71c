"""`kehoach add --as-one`: pictures of one paper as one document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from kehoach_parser.readers import images
from kehoach_parser.readers.words import Word
from tests.terminal.terminal_runs import kehoach


class Engine:
    """Reads a page of a plan on every picture."""

    name = "engine 1"

    def turned(self, image: Path) -> int:
        return 0

    def read(self, image: Path) -> tuple[Word, ...]:
        with Image.open(image) as page:
            text = f"Kế hoạch tổ chức hội thi năm 2026, trang rộng {page.width} điểm."
        return tuple(Word(word, (90.0 * at, 100.0, 90.0 * at + 80, 140.0), certainty=0.95) for at, word in enumerate(text.split()))


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(images, "find_engine", Engine)
    files = [tmp_path / f"IMG_{number}.png" for number in (1, 2)]
    for number, file in enumerate(files):
        Image.new("L", (800 + 10 * number, 1100), 250).save(file)
    return files


def test_one_document(pictures: list[Path], tmp_path: Path) -> None:
    added = kehoach("add", "--as-one", *reversed(pictures), "--archive", tmp_path / "k", "--json")
    assert added.code == 0
    (result,) = json.loads(added.out)["files"]
    assert (result["path"], result["status"], result["document"]["media_type"]) == ("IMG_1 … IMG_2.png", "added", "image/tiff")
    first, second = kehoach("show", "1", "--text", "--archive", tmp_path / "k").out.split("\n")[:2]
    assert int(first.split()[-2]) < int(second.split()[-2])  # the narrower picture is IMG_1
    again = kehoach("add", "--as-one", *pictures, "--archive", tmp_path / "k", "--json")
    assert again.code == 0
    assert [row["status"] for row in json.loads(again.out)["files"]] == ["present"]


@pytest.mark.parametrize(("lang", "said"), [("en", "no picture: --as-one puts the pictures"), ("vi", "không phải tệp ảnh: --as-one ghép")])
def test_mixed_files_are_refused(lang: str, said: str, pictures: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "phụ lục.txt"
    other.write_text("KẾ HOẠCH", encoding="utf-8")
    refused = kehoach("add", "--as-one", *pictures, other, "--archive", tmp_path / "k", KEHOACH_LANG=lang)
    assert refused.code == 3
    assert said in " ".join((refused.out + refused.err).split())


def test_what_it_cannot_do_is_told(pictures: list[Path], tmp_path: Path) -> None:
    refused = kehoach("add", "--as-one", *pictures, "-", "--archive", tmp_path / "k", KEHOACH_LANG="en")
    assert (refused.code, "leave out --replace" in " ".join(refused.err.split())) == (2, True)
