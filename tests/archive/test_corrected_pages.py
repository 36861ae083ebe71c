"""Words of a file with pages are corrected: what the reader saw on the pages stays known, and moves along."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive import Archive, add_paths, add_text, check, correct, draw_passage, duties, show, undo
from archive.amend.wording import Edit, shifted
from archive.store.pages import as_on_pages
from archive.store.versions import read_as_read
from kehoach_parser import Page, PageWord, Text, read_file, text_of
from kehoach_parser.model import Repair
from tests.archive.builders import NOW

PDF = Path(__file__).parents[1] / "readers" / "files" / "plan.pdf"
STAMP = "Ký bởi: Trung tâm Công báo"
PAPER = f"""ỦY BAN NHÂN DÂN XÃ AN BÌNH
Số: 12/KH-UBND
KẾ HOẠCH
Phòng, chống dịch bệnh
I. TỔ CHỨC THỰC HIỆN
1. Trạm Y tế xã: Chủ trì rà soát danh sách trẻ em trên địa bàn toàn xã, tổ
{STAMP}
chúc tiêm chủng đầy đủ trước ngày 15/3/2026.
"""


def on_pages() -> Text:
    """The paper as a reader of pages gives it, with a stamp of a digital signature between the lines of a task."""
    at, word = PAPER.index(STAMP), PAPER.index("chúc")
    words = (PageWord((0, 2), (0.1, 0.1, 0.2, 0.12)), PageWord((word, word + 4), (0.1, 0.5, 0.2, 0.52), 0.6))
    page = Page(1, (0, len(PAPER)), 595.0, 842.0, "ocr", "tesseract 5", 0.9, words)
    furniture = ((at, at + len(STAMP)),)
    return Text(PAPER, "a.pdf", "0" * 64, "application/pdf", (0,), layout=(page,), furniture=furniture, carried=frozenset({word}))


def tasks(archive: Archive) -> list[str]:
    return list(dict.fromkeys(duty.task or "" for duty in duties(archive)))


def test_what_was_seen_on_the_pages_is_kept_as_the_reader_gave_it(archive: Archive) -> None:
    list(add_paths(archive, [PDF], now=NOW))
    with archive.engine.connect() as connection:
        kept = as_on_pages(connection, 1, read_as_read(connection, 1)[0])
    assert kept == read_file(PDF)
    assert kept.furniture
    assert kept.paragraphs


def test_a_stamp_is_none_of_the_task_in_which_a_word_is_corrected(archive: Archive) -> None:
    add_text(archive, on_pages(), now=NOW)
    read = ["Chủ trì rà soát danh sách trẻ em trên địa bàn toàn xã, tổ chúc tiêm chủng đầy đủ trước ngày 15/3/2026."]
    assert tasks(archive) == read
    correct(archive, "1", "text:tổ", "cùng tổ", now=NOW)
    correct(archive, "1", "text:chúc", "chức", now=NOW)
    assert tasks(archive) == [task.replace("tổ", "cùng tổ").replace("chúc", "chức") for task in read]
    assert check(archive) == ()
    for _ in range(2):
        undo(archive, now=NOW)
    assert tasks(archive) == read


def test_a_corrected_word_keeps_its_place_on_the_page_and_part_of_words_has_none() -> None:
    text = on_pages()
    at = PAPER.index("chúc")
    (page,) = shifted(text, "", [Edit(0, 0, 5), Edit(at + 5, at + 9, 6)]).layout
    assert [word.span for word in page.words] == [(0, 7), (at + 5, at + 11)]
    assert page.span == (0, len(PAPER) + 7)
    (page,) = shifted(text, "", [Edit(at + 2, at + 8, 1)]).layout
    assert [word.span for word in page.words] == [(0, 2)]


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 9), st.integers(0, 9)), max_size=4), st.integers(0, 90), st.integers(0, 9))
def test_what_lies_beside_all_edits_says_the_same_letters(edits: list[tuple[int, int, int]], start: int, length: int) -> None:
    content = "".join(chr(0x4E00 + number) for number in range(100))
    span = (start, start + length)
    marked = content[slice(*span)]
    text, made = content, list[Edit]()
    for place, cut, put in edits:
        at = text.find(marked) if marked else -1
        begin, end = min(place, len(text)), min(place + cut, len(text))
        if marked and begin < at + length and end > at:  # it would be changed itself
            continue
        text = text[:begin] + "x" * put + text[end:]
        made.append(Edit(begin, end, put))
    moved = shifted(Text(content, None, "", furniture=(span,), repairs=(Repair("a", span, "", ""),)), text, made)
    found = text[slice(*moved.furniture[0])]
    assert found.strip("x") == marked
    assert [repair.span for repair in moved.repairs] == [moved.furniture[0]]


def test_a_passage_is_drawn_from_the_kept_file(archive: Archive, tmp_path: Path) -> None:
    list(add_paths(archive, [PDF], now=NOW))
    text = show(archive, "1").text
    at = text.index("b) Bảo đảm các quy định")
    place = draw_passage(archive, "1", (at, at + 9), tmp_path / "b.png")
    assert place is not None
    with Image.open(tmp_path / "b.png") as picture:
        assert picture.width == round(595 / 72 * 150)
        assert picture.height == pytest.approx((place.boxes[0][3] - place.boxes[0][1] + 0.06) * 842 / 72 * 150, abs=3)
        dark = [sum(picture.crop((0, top, picture.width, top + 5)).histogram()[:128]) for top in range(0, picture.height - 5, 5)]
    assert max(dark[len(dark) // 3 : -len(dark) // 3]) > 50, "the line itself is in the middle"
    add_text(archive, text_of("Giấy không có trang."), now=NOW)
    assert draw_passage(archive, "2", (0, 4), tmp_path / "none.png") is None
    for path in archive.folder.glob("files/??/*"):
        path.unlink()
    assert draw_passage(archive, "1", (at, at + 9), tmp_path / "none.png") is None
    assert not (tmp_path / "none.png").exists()
