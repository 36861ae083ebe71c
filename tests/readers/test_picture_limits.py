"""Pictures of pages, lines of tables, kinds of files: a case on either side of each number, in this process."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from kehoach_parser.readers import image_worker, limits
from kehoach_parser.readers.page_tables import DrawnTable, linked
from kehoach_parser.readers.pdf import _has_rules
from kehoach_parser.readers.signatures import is_binary, kind_of


@pytest.mark.parametrize(
    ("said", "dpi"),
    [
        (None, 300),  # a page of A4 that says nothing: 3,508 pixels high
        (72, 300),  # what programs write that do not know
        (100, 100),  # a fax
        (1_200, 1_200),
        (2_400, 300),
    ],
)
def test_the_resolution_of_a_picture(said: int | None, dpi: int) -> None:
    image = Image.new("L", (2_480, 3_508))
    if said:
        image.info["dpi"] = (said, said)
    assert round(image_worker._dpi(image)) == dpi


@pytest.mark.parametrize(("dpi", "width"), [(320, 60), (400, 45), (280, 60), (200, 90)])
def test_a_picture_of_about_the_resolution_is_taken_as_it_is(tmp_path: Path, dpi: int, width: int) -> None:
    """Drawing it anew at 94 or 107 % would blur its letters for nothing."""
    image = Image.new("L", (60, 60), 255)
    image.info["dpi"] = (dpi, dpi)
    image_worker._draw(image, 0, 300, tmp_path / "a.png")
    assert Image.open(tmp_path / "a.png").width == width


def test_a_picture_is_drawn_no_larger_than_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DRAWN_PIXELS", 900)
    image = Image.new("L", (60, 60), 255)
    image.info["dpi"] = (300, 300)
    image_worker._draw(image, 0, 300, tmp_path / "a.png")
    assert Image.open(tmp_path / "a.png").size == (30, 30)


@pytest.mark.parametrize(("degrees", "corner"), [(90, (3, 0)), (180, (3, 1)), (270, (0, 3))])
def test_pages_are_turned_clockwise(tmp_path: Path, degrees: int, corner: tuple[int, int]) -> None:
    image = Image.new("L", (4, 2), 255) if degrees == 180 else Image.new("L", (4, 4), 255)
    image.putpixel((0, 0), 0)
    image.save(tmp_path / "a.png")
    image_worker.main(["turn", str(tmp_path / "a.png"), str(tmp_path / "b.png"), str(degrees)])
    assert Image.open(tmp_path / "b.png").getpixel(corner) == 0


@pytest.mark.parametrize(("grey", "at", "dark"), [(100, 20, True), (200, 20, False), (0, 13, False), (0, 14, True)])
def test_ink_is_darker_than_grey_and_stands_apart_from_words(tmp_path: Path, grey: int, at: int, dark: bool) -> None:
    """The word ends at 10; letters reach a little over their boxes."""
    image = Image.new("L", (30, 30), 255)
    image.putpixel((at, 5), grey)
    assert (image_worker._mask(image, tmp_path / "a.png", [[2, 2, 10, 10]]) > 0) is dark


@pytest.mark.parametrize(("off", "one"), [(1.5, True), (3.0, False)])
def test_a_table_goes_on_whose_lines_meet_those_of_the_page_before(off: float, one: bool) -> None:
    row = ((70.0, 0.0, 200.0, 20.0), (200.0, 0.0, 500.0, 20.0))
    moved = ((70.0 + off, 0.0, 200.0 + off, 20.0), (200.0 + off, 0.0, 500.0 + off, 20.0))
    assert linked({1: [DrawnTable((row, row))], 2: [DrawnTable((moved, moved))]})[2].follows is one


@pytest.mark.parametrize(
    ("across", "down", "boxes", "rules"),
    [
        (3, 2, 0, True),  # a head and a row between two lines
        (2, 2, 0, False),  # the lines below the two sides of a head, a frame
        (3, 1, 0, False),
        (9, 0, 0, True),  # rows without lines between columns
        (8, 0, 0, False),
        (0, 3, 0, True),  # a page within a row
        (0, 0, 4, True),
        (0, 0, 3, False),
    ],
)
def test_a_page_may_have_a_table(across: int, down: int, boxes: int, rules: bool) -> None:
    assert _has_rules({"words": [1], "across": across, "down": down, "boxes": boxes}) is rules


@pytest.mark.parametrize(("controls", "binary"), [(7, False), (15, True)])
def test_a_text_may_hold_a_stray_control(controls: int, binary: bool) -> None:
    assert is_binary(b"\x01" * controls + b"a" * (1_000 - controls)) is binary


@pytest.mark.parametrize(("before", "kind"), [(1_500, "html"), (3_000, None)])
def test_a_page_may_begin_with_a_comment(before: int, kind: str | None) -> None:
    assert kind_of(b"<!--" + b"x" * before + b"--><html><body>") == kind


def test_an_open_document_says_what_it_is_in_its_first_member() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert kind_of(out.getvalue()) == "odt"
