"""PDF files: the order of the text layer, what lies over it, and files that are broken, locked or want to do harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from pdf_files import A4, DAY, FILES, NUMBER, PLAN, attach, changed, clipped, scanned, scripted, signed
from PIL import Image

from kehoach_parser import parse, read_bytes, read_file
from kehoach_parser.errors import BrokenFile, EmptyFile, Encrypted, OcrMissing, TookTooLong, TooLarge
from kehoach_parser.readers import limits, pdf, pdf_worker
from kehoach_parser.readers.child import ChildFailed

HEAD = [
    "ỦY BAN NHÂN DÂN",
    "TỈNH LÂM ĐỒNG",
    "Số: /KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Lâm Đồng, ngày tháng 5 năm 2026",
    "KẾ HOẠCH",
]
END = [
    "Nơi nhận:",
    "- Bộ Nội vụ (để báo cáo);",
    "- Thường trực Tỉnh ủy;",
    "- Các sở, ban, ngành;",
    "- UBND các xã, phường, đặc khu;",
    "- Lưu: VT, NC.",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "Nguyễn Văn Nam",
]
DAMAGED = """Thuc hién Ké hoach tuyén truyén cua Uy ban nhan dan tinh
cac co quan, don vi, dia phwong té chirc quan triét, trién khai
day du va kip thoi cac n6i dung theo chi dao cua c4p trén dé bao
dam muc dich, yéu cau dat ra trong c6ng tac tuyén truyén phap luat"""


def lines(content: str) -> list[str]:
    return [line for line in content.split("\n") if line.strip()]


def test_columns_are_read_one_after_the_other() -> None:
    text = read_file(PLAN)
    found = lines(text.content)
    assert found[: len(HEAD)] == HEAD
    assert found[-len(END) :] == END
    assert (text.media_type, text.notes, [page.origin for page in text.layout]) == ("application/pdf", (), ["text-layer"] * 2)


def test_pages_and_their_numbers() -> None:
    text = read_file(PLAN)
    first, second = text.pages
    assert first == 0
    assert text.content[second - 1] == "\f"
    assert [text.content[slice(*span)] for span in text.furniture] == ["2"]
    assert text.furniture[0][0] == second
    assert [page.span for page in text.layout] == [(0, second - 1), (second, len(text.content))]
    plan = parse(text)
    assert [node.path for node in plan.nodes if "." not in node.path] == ["I", "II", "III"]
    assert [node.path for node in plan.nodes if node.path.startswith("II.")] == [f"II.{number}" for number in range(1, 9)]


def test_every_word_leads_back_to_its_place() -> None:
    text = read_file(PLAN)
    page = text.layout[0]
    placed = {text.content[slice(*word.span)]: word.box for word in page.words}
    left, top, right, bottom = placed["HOẠCH"]
    assert 0 < left < right < 1
    assert 0 < top < bottom < 1
    assert placed["LÂM"][1] < placed["HOẠCH"][1]
    assert placed["LÂM"][2] < placed["CỘNG"][0]
    words = [word.span for word in page.words]
    assert words == sorted(words)
    covered = "".join(text.content[slice(*span)] for span in words)
    assert covered == "".join(text.content[slice(*page.span)].split())


def test_a_table_is_read_row_by_row() -> None:
    rows = [line for line in read_file(PLAN).content.split("\n") if line.startswith("|")]
    assert rows[0] == "| TT | Nội dung công việc | Cơ quan chủ trì | Thời hạn |"
    assert rows[2] == "| 2 | Mở chuyên trang, chuyên mục tuyên truyền | Báo và phát thanh, truyền hình tỉnh | Hằng tháng |"
    assert len(rows) == 4


def test_number_and_day_of_a_signed_paper_lie_over_the_page() -> None:
    header = parse(read_bytes(signed(NUMBER, DAY), "a.pdf")).header
    assert header.symbol is not None
    assert header.symbol.value == "207/KH-UBND"
    assert header.date is not None
    assert header.date.value == "2026-05-12"
    before = parse(read_file(PLAN)).header
    assert before.date is not None
    assert before.date.value == "2026-05"


@pytest.mark.parametrize(("data", "times"), [(PLAN.read_bytes(), [1, 1]), (signed(NUMBER), [2, 1])])
def test_the_letters_of_a_page_are_taken_once_where_nothing_lies_over_it(
    data: bytes, times: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, taken, letters = tmp_path / "a.pdf", list[int](), pdf_worker._letters
    path.write_bytes(data)

    def count(page: Any, place: Any) -> Any:
        taken[-1] += 1
        return letters(page, place)

    monkeypatch.setattr(pdf_worker, "_letters", count)
    document = pdfium.PdfDocument(path)
    document.init_forms()
    for index in range(len(document)):
        taken.append(0)
        pdf_worker._page(document, index)
    document.close()
    assert taken == times


@pytest.mark.parametrize(("bordered", "boxes"), [(False, 0), (True, 4)])
def test_the_ground_of_lines_is_no_table(bordered: bool, boxes: int, tmp_path: Path) -> None:
    """Some programs fill the ground of each line of text; cells have a border."""

    def fill(document: pdfium.PdfDocument) -> None:
        page = document.new_page(*A4)
        for number in range(4):
            area = raw.FPDFPageObj_CreateNewRect(70.0, 600.0 - 16 * number, 400.0, 16.0)
            raw.FPDFPath_SetDrawMode(area, raw.FPDF_FILLMODE_WINDING, bordered)
            raw.FPDFPage_InsertObject(page, area)
        page.gen_content()

    path = tmp_path / "a.pdf"
    path.write_bytes(changed(fill, None))
    document = pdfium.PdfDocument(path)
    page = pdf_worker._page(document, 0)
    document.close()
    assert (page["boxes"], page["ink"]) == (boxes, True)


def test_the_stamp_of_a_signature_is_no_text_of_the_paper() -> None:
    text = read_bytes(signed((0, "Digitally signed: Nguyen Van A", 60.0, 810.0), (0, "Email: a@b.vn", 60.0, 797.0)), "a.pdf")
    assert [text.content[slice(*span)] for span in text.furniture][:2] == ["Digitally signed: Nguyen Van A", "Email: a@b.vn"]
    header = parse(text).header
    assert header.organ is not None
    assert header.organ.value == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"


def test_a_page_without_anything_is_blank() -> None:
    text = read_bytes(changed(lambda document: document.new_page(595, 842)), "a.pdf")
    assert [page.origin for page in text.layout] == ["text-layer", "text-layer", "blank"]


def test_letters_that_are_cut_off_from_sight_are_no_text() -> None:
    """Chromium writes letters of the next page's first line at the foot of a page, outside of what may be drawn."""
    read = read_bytes(clipped(), "a.pdf").content
    assert "Plan of the year" in read
    assert "hidden" not in read


def test_scripts_and_attachments_are_told_and_left_alone() -> None:
    for data, note in ((scripted(), "scripts:1"), (changed(attach), "attachments:1")):
        text = read_bytes(data, "a.pdf")
        assert text.notes == (note,)
        assert note.split(":")[0] in [warning.code for warning in parse(text).warnings]
    assert "launchURL" not in read_bytes(scripted(), "a.pdf").content


def test_a_locked_file_is_told() -> None:
    with pytest.raises(Encrypted) as refusal:
        read_file(FILES / "locked.pdf")
    assert refusal.value.facts["kind"] == "pdf"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", PLAN.read_bytes()[:9000], b"%PDF-1.4\n" + bytes(range(256)) * 50])
def test_a_broken_file_is_told(data: bytes) -> None:
    with pytest.raises(BrokenFile) as refusal:
        read_bytes(data, "a.pdf")
    assert refusal.value.facts["kind"] == "pdf"


def test_a_file_without_pages_is_told() -> None:
    none = scripted().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[     ]/Count 0")
    with pytest.raises((EmptyFile, BrokenFile)):  # PDFium opens some of them and not others
        read_bytes(none, "a.pdf")


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", 1)
    with pytest.raises(TooLarge) as refusal:
        read_file(PLAN)
    assert refusal.value.facts == {"what": "pages", "limit": "1"}


@pytest.mark.slow
def test_two_thousand_pages_are_read() -> None:
    def grow(document: object) -> None:
        for _ in range(1998):
            document.new_page(595, 842)  # type: ignore[attr-defined]

    text = read_bytes(changed(grow), "a.pdf")
    assert len(text.layout) == 2000
    assert text.content.count("\f") == 1999


@pytest.mark.parametrize(("why", "error"), [("time", TookTooLong), ("memory", TookTooLong), ("crash", BrokenFile)])
def test_a_reader_that_dies_is_told(why: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> bytes:
        raise ChildFailed(why)

    monkeypatch.setattr(pdf, "run_module", die)
    with pytest.raises(error):
        read_file(PLAN)


@pytest.mark.parametrize("layer", ["", DAMAGED])
def test_a_picture_or_a_damaged_layer_asks_for_ocr(layer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_engine", lambda: None)
    with pytest.raises(OcrMissing) as refusal:
        read_bytes(scanned(Image.new("L", (600, 850), 255), layer), "quét.pdf")
    assert (refusal.value.name, refusal.value.facts) == ("quét.pdf", {"pages": "1"})
