"""Pages that are pictures: every page kept, none stopping the others, letters put right, and fixtures drawn on pages and read back."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from drawn_pages import draw, error_of, font_file, outline
from PIL import Image

from kehoach_parser import ReadOptions, Text, parse, read_bytes, read_file, text_of
from kehoach_parser.errors import BrokenFile, EmptyFile, NoVietnamese, OcrMissing, TooLarge
from kehoach_parser.readers import images
from kehoach_parser.readers.child import ChildFailed
from kehoach_parser.readers.compose import ReadPage
from kehoach_parser.readers.ocr_repairs import repair
from kehoach_parser.readers.tesseract import find_tesseract, lines_of
from kehoach_parser.readers.words import Word
from kehoach_parser.text.text import Page, PageWord

#: Pages are drawn and read by Tesseract.
pytestmark = pytest.mark.slow

FIXTURE = Path(__file__).parents[2] / "fixtures" / "004_d9d819c7857a47e2.txt"
needs_tesseract = pytest.mark.skipif(find_tesseract() is None, reason="apt-get install tesseract-ocr tesseract-ocr-vie")
needs_font = pytest.mark.skipif(font_file() is None, reason="apt-get install fonts-croscore")


def tiff(pages: int) -> bytes:
    """Pages that differ in their grey alone, 100 pixels to an inch."""
    frames = [Image.new("L", (400, 560), 250 - number) for number in range(pages)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100))
    return out.getvalue()


@dataclass
class Engine:
    """Reads the grey of a page; fails on some."""

    name: str = "mắt 1 vie"
    failing: dict[str, str] = field(default_factory=dict)
    read_pages: list[str] = field(default_factory=list)

    def turned(self, image: Path) -> int:
        return 0

    def read(self, image: Path) -> tuple[Word, ...]:
        with Image.open(image) as opened:
            page = f"trang{250 - opened.getpixel((5, 5))}"
        self.read_pages.append(page)
        if page in self.failing:
            raise ChildFailed(self.failing[page])
        return (Word(page, (300.0, 300.0, 600.0, 350.0), None, 0.9),)


@dataclass
class Shelf:
    """Keeps pages in memory."""

    kept: dict[str, str] = field(default_factory=dict)

    def load(self, key: str) -> str | None:
        return self.kept.get(key)

    def save(self, key: str, page: str) -> None:
        self.kept[key] = page


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(images, "find_engine", lambda: made)
    return made


def test_every_frame_is_a_page(engine: Engine) -> None:
    steps: list[tuple[int, int]] = []
    text = read_bytes(tiff(3), "quét.tif", ReadOptions(step=lambda done, total: steps.append((done, total))))
    assert text.content == "trang0\n\ftrang1\n\ftrang2\n"
    assert text.media_type == "image/tiff"
    assert [(page.origin, page.engine, page.certainty, page.width, page.height) for page in text.layout] == [
        ("ocr", "mắt 1 vie", 0.9, 288.0, 403.2)
    ] * 3
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert text.layout[0].words[0].box == (0.25, 0.17857, 0.5, 0.20833)


@pytest.mark.parametrize("why", ["time", "memory", "crash"])
def test_a_page_that_fails_stops_no_other(engine: Engine, why: str) -> None:
    engine.failing["trang1"] = why
    text = read_bytes(tiff(3), "quét.tif")
    assert text.content == "trang0\n\f\ftrang2\n"
    assert text.notes == (f"unread-page:2:{why}",)
    assert [page.origin for page in text.layout] == ["ocr", "unread", "ocr"]
    assert [warning.code for warning in parse(text).warnings if warning.code == "unread-page"] == ["unread-page"]


def test_pages_that_were_read_are_not_read_again(engine: Engine) -> None:
    shelf = Shelf()
    engine.failing["trang2"] = "time"
    first = read_bytes(tiff(3), "quét.tif", ReadOptions(pages=shelf, workers=1))
    engine.failing.clear()
    engine.read_pages.clear()
    again = read_bytes(tiff(3), "quét.tif", ReadOptions(pages=shelf))
    assert engine.read_pages == ["trang2"]
    assert again.content == "trang0\n\ftrang1\n\ftrang2\n"
    assert again.layout[:2] == first.layout[:2]
    engine.name = "mắt 2 vie"  # another version reads again
    read_bytes(tiff(3), "quét.tif", ReadOptions(pages=shelf))
    assert len(engine.read_pages) == 4


def test_stopped_in_the_middle_what_was_read_is_kept(engine: Engine) -> None:
    shelf = Shelf()

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_bytes(tiff(4), "quét.tif", ReadOptions(pages=shelf, step=stop, workers=1))
    engine.read_pages.clear()
    assert read_bytes(tiff(4), "quét.tif", ReadOptions(pages=shelf)).content.count("trang") == 4
    assert "trang0" not in engine.read_pages


def test_without_an_engine_the_pages_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "find_engine", lambda: None)
    with pytest.raises(OcrMissing) as refusal:
        read_bytes(tiff(2), "quét.tif")
    assert refusal.value.facts == {"pages": "2"}


def test_a_page_with_nothing_on_it_is_empty(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "read", lambda self, image: ())
    with pytest.raises(EmptyFile):
        read_bytes(tiff(1), "trắng.tif")


def png_of(width: int, height: int) -> bytes:
    """The head of a PNG that claims a size."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b""))


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(TooLarge) as refusal:
        read_bytes(png_of(100_000, 100_000), "bom.png")
    assert refusal.value.facts["what"] == "pixels"


@pytest.mark.parametrize("data", [tiff(2)[:200], png_of(100, 100), b"\xff\xd8\xff\xe0\x00\x10JFIF"])
def test_a_broken_picture_is_told(data: bytes) -> None:
    with pytest.raises(BrokenFile) as refusal:
        read_bytes(data, "hỏng.png")
    assert refusal.value.facts["kind"] == "image"


HOCR = """<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><div class="ocr_page"><p class="ocr_par">
<span class="ocr_line" title="bbox 100 100 900 150; baseline 0.01 -10; x_size 40">
<span class="ocrx_word" title="bbox 100 100 300 140; x_wconf 96">Kế</span>
<span class="ocrx_word" title="bbox 700 106 900 150; x_wconf 31">hoạch</span>
</span></p></div></body></html>"""


def test_words_of_a_slanting_line_stand_on_one_level() -> None:
    ((first, second),) = lines_of(HOCR.encode())
    assert (first.text, second.text) == ("Kế", "hoạch")
    assert (first.certainty, second.certainty) == (0.96, 0.31)
    assert first.box[3] == pytest.approx(second.box[3])
    assert second.place == (700.0, 106.0, 900.0, 150.0)
    assert lines_of(b"<html>") == ()


def page(words: list[Word]) -> ReadPage:
    return ReadPage(595.0, 842.0, tuple(words), "ocr", "mắt")


def word(text: str, left: float, width: float, top: float = 100.0, size: float = 14.0) -> Word:
    return Word(text, (left, top, left + width, top + size), None, 0.9)


def times(text: str, left: float, top: float = 100.0, size: float = 14.0) -> Word:
    """A word as wide as it is in Times."""
    from kehoach_parser.readers.ocr_repairs import _expected

    return word(text, left, _expected(text) * size / 1000, top, size)


def test_the_icelandic_letter_is_no_letter_of_vietnamese() -> None:
    (read,) = repair([page([word("Ðảng", 70, 40), word("ðề", 120, 20)])])
    assert [(item.text, item.printed, item.why) for item in read.words] == [("Đảng", "Ðảng", "ocr-letters"), ("đề", "ðề", "ocr-letters")]


@pytest.mark.parametrize(("true", "read"), [("XIII", "XII"), ("XIII", "XIH"), ("III.", "II."), ("II", "IIL"), ("VII", "VIL")])
def test_strokes_are_counted_by_the_width_of_the_word(true: str, read: str) -> None:
    wide = times(true, 220)
    line = [
        times("Đại", 70),
        times("biểu", 110),
        times("toàn", 150),
        times("quốc", 180),
        word(read, wide.box[0], wide.box[2] - wide.box[0]),
    ]
    (found,) = repair([page(line)])
    assert found.words[-1].text == true
    assert (found.words[-1].printed, found.words[-1].why) == (read, "roman-numeral")


@pytest.mark.parametrize("text", ["IV", "XI", "VI.", "II.", "L,", "H.", "1", "Hội"])
def test_numerals_that_were_read_well_stay(text: str) -> None:
    line = [times("Đại", 70), times("biểu", 110), times("toàn", 150), times(text, 220)]
    (found,) = repair([page(line)])
    assert (found.words[-1].text, found.words[-1].printed) == (text, None)


def test_marks_of_footnotes_are_counted_on_over_the_pages() -> None:
    def noted() -> ReadPage:
        body = [word("các", 70, 20), word("văn", 95, 20), word("bản!", 120, 30), *(word("chữ", 70 + 30 * n, 20, 130.0) for n in range(6))]
        note = [
            word("!", 70, 4, 700.0, 10.0),
            *(word(text, 80 + 40 * n, 30, 700.0, 10.0) for n, text in enumerate(("Nghị", "quyết", "số"))),
        ]
        return page(body + note)

    first, second = repair([noted(), noted()])
    for found, mark in ((first, "¹"), (second, "²")):
        assert [(item.text, item.printed) for item in found.words if item.why == "footnote-mark"] == [(f"bản{mark}", "bản!"), (mark, "!")]
    (alone,) = repair([page([word("hoan", 70, 20), word("hô!", 95, 20)])])
    assert [item.text for item in alone.words] == ["hoan", "hô!"]


def test_pages_with_a_text_layer_are_not_repaired() -> None:
    (found,) = repair([ReadPage(595.0, 842.0, (word("Ðảng", 70, 40),), "text-layer")])
    assert found.words[0].text == "Ðảng"


def scan_of(head: str, unsure: str, certainty: float) -> Text:
    """A text as OCR gives it, with one word read badly."""
    start = head.index(unsure)
    words = [PageWord((start, start + len(unsure)), (0.1, 0.1, 0.2, 0.2), certainty)]
    text = text_of(head)
    layout = (Page(1, (0, len(head)), 595.0, 842.0, "ocr", "mắt", 0.9, tuple(words)),)
    return Text(text.content, text.name, text.sha256, text.media_type, (0,), layout=layout)


HEAD = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
Số: 07/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Đồng, ngày 12 tháng 5 năm 2026

KẾ HOẠCH
Tuyên truyền pháp luật về lưu trữ

I. MỤC ĐÍCH
1. Nâng cao nhận thức."""


def test_a_number_written_by_hand_is_doubted() -> None:
    plan = parse(scan_of(HEAD, "07/KH-UBND", 0.3))
    assert plan.header.symbol is not None
    assert plan.header.symbol.certainty <= 0.3
    assert [other.value for other in plan.header.symbol.alternatives] == ["/KH-UBND"]
    assert "uncertain-number" in [warning.code for warning in plan.warnings]


def test_a_day_written_by_hand_is_doubted() -> None:
    plan = parse(scan_of(HEAD, "12", 0.2))
    assert plan.header.date is not None
    assert (plan.header.date.value, plan.header.date.certainty) == ("2026-05-12", 0.2)
    assert [other.value for other in plan.header.date.alternatives] == ["2026-05"]
    assert "uncertain-day" in [warning.code for warning in plan.warnings]


def test_print_that_was_read_well_is_not_doubted() -> None:
    plan = parse(scan_of(HEAD, "07/KH-UBND", 0.95))
    assert not [warning for warning in plan.warnings if warning.code.startswith("uncertain")]
    assert plan.header.symbol is not None
    assert plan.header.symbol.alternatives == ()


@pytest.mark.parametrize(
    ("signed", "sure"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Hòa", True),
        ("HIỆU TRƯỞNG\n\nNguyễn Thị Bình", True),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn Hòa", True),
        ("KT. CHỦ TỊCH\nCHỦ TỊCH\n\nTrần Văn Hòa", False),  # who signs for the head is a deputy
        ("TM. ỦY BAN NHÂN DÂN\n\nTrần Văn Hòa", False),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nVăn Hòa", False),  # the family name is under the seal
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", False),
    ],
)
def test_a_signature_that_a_seal_covers_is_doubted(signed: str, sure: bool) -> None:
    plan = parse(scan_of(f"{HEAD}\n\nNơi nhận:\n- Lưu: VT.\n\n{signed}\n", "07/KH-UBND", 0.95))
    assert plan.signature is not None
    assert ("uncertain-signature" not in [warning.code for warning in plan.warnings]) is sure
    fields = [field for field in (plan.signature.authority, plan.signature.title, plan.signature.name) if field]
    assert all((field.certainty > 0.5) is sure for field in fields)
    assert "uncertain-signature" not in [warning.code for warning in parse(text_of(f"{HEAD}\n\n{signed}\n")).warnings]


@needs_tesseract
@needs_font
def test_a_plan_drawn_on_pages_is_read_back(tmp_path: Path) -> None:
    """Head, first and third section and end of a plan, on two pages; `bench/pages.py` reads all of it."""
    text = FIXTURE.read_text(encoding="utf-8")
    head, second, third, fourth, end = (text.index(start) for start in ("KẾ HOẠCH", "II. NỘI", "III. HÌNH", "IV. TỔ", "Với nội dung trên"))
    true = text[head:second] + text[third:fourth] + text[end:]
    read = read_file(draw(true, tmp_path))
    assert [page.origin for page in read.layout] == ["ocr", "ocr"]
    assert error_of(true, read.content) < 0.005
    assert outline(parse(read)) == outline(parse(true))


@needs_tesseract
def test_a_picture_without_letters_is_empty() -> None:
    out = io.BytesIO()
    Image.new("L", (800, 1100), 255).save(out, "PNG")
    with pytest.raises(EmptyFile):
        read_bytes(out.getvalue(), "trắng.png")


@needs_tesseract
@needs_font
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_does_not_stand_upright_is_turned(tmp_path: Path, degrees: int) -> None:
    """A small page: each line that lies on its side is read four times."""
    drawn = draw(FIXTURE.read_text(encoding="utf-8")[:180], tmp_path, size=(900, 1000))
    out = io.BytesIO()
    with Image.open(drawn) as page:
        page.convert("L").rotate(degrees, expand=True, fillcolor=255).save(out, "PNG", dpi=(200, 200))
    text = read_bytes(out.getvalue(), "trang.png")
    assert text.content.startswith("KẾ HOẠCH\ntuyên truyền kết quả Hội nghị")
    assert text.layout[0].height > text.layout[0].width


@dataclass
class Guesses(Engine):
    """Reads something in every spot of ink."""

    words: tuple[tuple[str, float], ...] = ()

    def read(self, image: Path) -> tuple[Word, ...]:
        return tuple(Word(word, (60.0 * at, 300.0, 60.0 * at + 50, 330.0), None, sure) for at, (word, sure) in enumerate(self.words))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ((("Kế", 0.9), ("hoạch", 0.9)), True),
        ((("Plan", 0.9), ("2026", 0.9), ("total", 0.9)), True),
        ((("mm", 0.7), ("Xứ", 0.6)), False),
        ((("Kế", 0.3), ("hoạch", 0.3), ("tuyên", 0.4), ("truyền", 0.9)), False),
        ((("ỡqx", 0.9), ("wậz", 0.9), ("ưưo", 0.9), ("kế", 0.9)), False),
    ],
)
def test_a_page_without_a_language_is_refused(monkeypatch: pytest.MonkeyPatch, words: tuple[tuple[str, float], ...], read: bool) -> None:
    monkeypatch.setattr(images, "find_engine", lambda: Guesses(words=words))
    if read:
        assert read_bytes(tiff(1), "a.tif").content.split() == [word for word, _ in words]
        return
    with pytest.raises(NoVietnamese):
        read_bytes(tiff(1), "a.tif")
