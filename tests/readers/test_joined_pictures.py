"""Pictures of one paper as one image file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from kehoach_parser import join_pictures
from kehoach_parser.errors import BrokenFile, MissingFile, NotAPicture


def picture(path: Path, shade: int, **how: object) -> Path:
    Image.new("L", (200 + shade, 300), shade).save(path, dpi=(200, 200), **how)
    return path


def test_pages_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    files = [picture(tmp_path / f"IMG_{number}.png", number) for number in (10, 2, 1)]
    name, data = join_pictures(files)
    assert name == "IMG_1 … IMG_10.png"
    with Image.open(io.BytesIO(data)) as joined:
        widths = []
        for frame in range(joined.n_frames):  # type: ignore[attr-defined]
            joined.seek(frame)
            widths.append(joined.width)
            assert round(joined.info["dpi"][0]) == 200
    assert widths == [201, 202, 210]
    assert join_pictures(files[::-1]) == (name, data)


def test_a_photograph_is_turned_as_it_was_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = 6  # on its side
    name, data = join_pictures([picture(tmp_path / "a.jpg", 50, exif=exif), picture(tmp_path / "b.png", 0)])
    with Image.open(io.BytesIO(data)) as joined:
        assert joined.size == (300, 250)
    assert name == "a … b.png"


def test_all_frames_of_each(tmp_path: Path) -> None:
    pages = [Image.new("1", (100, 150 + number)) for number in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    name, data = join_pictures([tmp_path / "a.tif"])
    assert name == "a.tif"
    with Image.open(io.BytesIO(data)) as joined:
        assert joined.n_frames == 3  # type: ignore[attr-defined]


def test_other_files_are_refused(tmp_path: Path) -> None:
    files = [picture(tmp_path / "a.png", 1), tmp_path / "b.txt"]
    files[1].write_text("KẾ HOẠCH", encoding="utf-8")
    with pytest.raises(NotAPicture) as refusal:
        join_pictures(files)
    assert (refusal.value.name, refusal.value.facts["kind"]) == (str(files[1]), "text")
    (tmp_path / "c.png").write_bytes((tmp_path / "a.png").read_bytes()[:60])
    with pytest.raises(BrokenFile):
        join_pictures([files[0], tmp_path / "c.png"])
    with pytest.raises(MissingFile):
        join_pictures([])
