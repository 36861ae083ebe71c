"""Pages that OCR read: when there is a language on them, which numerals and marks of notes are put right. Both sides of each number."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_ocr import page, times, word

from kehoach_parser.readers import ocr
from kehoach_parser.readers.ocr import Picture, is_language
from kehoach_parser.readers.ocr_repairs import repair
from kehoach_parser.readers.options import ReadOptions
from kehoach_parser.readers.words import Word


def words(said: str, *certainties: float) -> tuple[Word, ...]:
    return tuple(Word(each, (0.0, 0.0, 9.0, 9.0), None, certainty) for each, certainty in zip(said.split(), certainties, strict=True))


@pytest.mark.parametrize(
    ("read", "language"),
    [
        (words("ban tin", 0.7, 0.7), False),  # ink is always read as something
        (words("ban tin", 0.9, 0.9), True),
        (words("ban tin hai", 0.7, 0.7, 0.7), True),
        (words("ban tin hai ngay", 0.5, 0.5, 0.5, 0.5), False),
        (words("ban tin hai", 0.9, 0.3, 0.3), False),  # one of three is sure
        (words("ban tin hai", 0.9, 0.9, 0.3), True),
        (words("bản đzk hẽvw gờkl", *[0.9] * 4), False),  # one of four marked words can be spoken
        (words("bản tin họp gờkl hẽvw", *[0.9] * 5), True),
    ],
)
def test_a_page_bears_a_language(read: tuple[Word, ...], language: bool) -> None:
    assert is_language(read) is language


class Turning:
    """An engine for which every page stands on its head."""

    name = "mắt"

    def read(self, image: Path) -> tuple[Word, ...]:
        return ()

    def turned(self, image: Path) -> int:
        return self.degrees

    def __init__(self, degrees: int) -> None:
        self.degrees = degrees


@pytest.mark.parametrize(("degrees", "size"), [(180, (595.0, 842.0)), (90, (842.0, 595.0)), (270, (842.0, 595.0))])
def test_a_page_on_its_side_is_as_wide_as_it_was_high(monkeypatch: pytest.MonkeyPatch, degrees: int, size: tuple[float, float]) -> None:
    monkeypatch.setattr(ocr, "_turn", lambda image, degrees: None)
    monkeypatch.setattr(ocr, "_size", lambda image: (100, 100))
    picture = Picture(595.0, 842.0, lambda dpi, out: None)
    read = ocr.read_pictures({1: picture}, Turning(degrees), "a", ReadOptions(workers=1))[1]
    assert (read.width, read.height) == size


LINE = [times("Đại", 70), times("biểu", 110), times("toàn", 150)]


def wide(strokes: float, top: float = 100.0) -> Word:
    """ "X" and so many strokes in Times of 14 points, of which OCR read one."""
    x = times("X", 220).box
    return word("XI", 220, x[2] - x[0] + strokes * 0.333 * 14, top)


@pytest.mark.parametrize(
    ("line", "numeral", "meant"),
    [
        (LINE, wide(2.0), "XII"),
        (LINE[:2], wide(2.0), "XI"),  # two words do not tell the size of the letters
        (LINE, wide(2.25), "XII"),
        (LINE, wide(2.4), "XI"),  # two strokes or three
        (LINE, wide(2.0, 103.0), "XII"),  # a line that slants
        (LINE, wide(2.0, 106.0), "XI"),  # another line
    ],
)
def test_strokes_are_counted_where_the_size_of_the_line_is_known(line: list[Word], numeral: Word, meant: str) -> None:
    (found,) = repair([page([*line, numeral])])
    assert found.words[-1].text == meant


@pytest.mark.parametrize(
    ("top", "size", "noted"),
    [
        (600.0, 12.0, True),
        (350.0, 12.0, False),  # above the middle of the page: a quotation within the text
        (600.0, 14.0, False),  # as large as the text
    ],
)
def test_a_note_stands_in_the_lower_half_in_smaller_letters(top: float, size: float, noted: bool) -> None:
    body = [word("văn", 70, 20), word("bản!", 95, 30), *(word("chữ", 70 + 30 * at, 20, 130.0) for at in range(6))]
    note = [word("!", 70, 4, top, size), *(word(text, 80 + 40 * at, 30, top, size) for at, text in enumerate(("Nghị", "quyết", "số")))]
    (found,) = repair([page([*body, *note])])
    assert any(each.why == "footnote-mark" for each in found.words) is noted
