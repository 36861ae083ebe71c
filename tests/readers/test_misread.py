"""Words that OCR misread in Vietnamese: put right where nothing else can be meant, listed, and never in facts and names."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_pages import differences, draw, font_file
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kehoach_parser import read_file
from kehoach_parser.readers import misread
from kehoach_parser.readers.compose import ReadPage, compose
from kehoach_parser.readers.misread import mend
from kehoach_parser.readers.ocr_repairs import repair
from kehoach_parser.readers.tesseract import find_tesseract
from kehoach_parser.readers.words import Word

ENGINE = "tesseract 5.3.0 vie"
needs_tesseract = pytest.mark.skipif(find_tesseract() is None, reason="apt-get install tesseract-ocr tesseract-ocr-vie")
needs_font = pytest.mark.skipif(font_file() is None, reason="apt-get install fonts-croscore")


def page(*lines: str, certainty: float | None = 0.9, engine: str = ENGINE, origin: str = "ocr") -> ReadPage:
    """Lines of words ten points high on a page, an empty line for a paragraph's end."""
    words: list[Word] = []
    for number, line in enumerate(lines):
        at, foot = 60.0, 80.0 + 14.0 * number
        for text in line.split():
            words.append(Word(text, (at, foot - 10.0, at + 5.0 * len(text), foot), None, certainty))
            at += 5.0 * len(text) + 4.0
    return ReadPage(595.0, 842.0, tuple(words), origin, engine)


def changes(read: ReadPage) -> list[tuple[str | None, str]]:
    return [(word.printed, word.text) for word in mend([read])[0].words if word.why == "misread-word"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Kế hoạch tô chức thực hiện nhiệm vụ phát triên kinh tế - xã hội", [("tô", "tổ"), ("triên", "triển")]),
        ("phát triên Thú đô Hà Nội trong kỷ nguyên mới", [("triên", "triển"), ("Thú", "Thủ")]),
        ("ỦY BAN NHÂN DÂN THÀNH PHÓ HÀ NỘI", [("PHÓ", "PHỐ")]),
        ("I. MỤC TIÊU KÉ HOẠCH TỎ CHỨC THỰC HIỆN", [("KÉ", "KẾ"), ("TỎ", "TỔ")]),
        ("bảo đảm quôc phòng, an ninh.", [("quôc", "quốc")]),
    ],
)
def test_misread_words(line: str, expected: list[tuple[str, str]]) -> None:
    assert changes(page(line)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Kế hoạch số I73/KH-UBND ngày 2# tháng £ năm 2026 của Ủy ban nhân dân thành phố",
        "Nghị quyết số 80-NQ/TW, Quyết định số 2280/QĐ-UBNĐ và Thông tư 12/2O25/TT-BCÓ",
        "Căn cứ Luật Ngân hàng Nhà nước Việt Nam ngày l6 tháng 6 năm 2010",
        "giai đoạn 2O26 - 2030, tăng 1O% so với năm trước, từ bày đến chín lớp",
        "các tội phạm nguồn có nguy cơ RT cao, đáp ứng TTKB và PCRT",
        "I.MỤC ĐÍCH, YÊU CẦU",
        "a) Bộ Công an; (ii) Bộ Tài chính; (iv) các cơ quan liên quan",
        "KT. CHỦ TỊCH ông Nguyễn Văn Thăng, bà Trần Thị Hoà, đồng chí Lê Thiên",
        "PHÓ CHỦ TỊCH NGUYỄN VĂN THĂNG",
        "KT. TRƯỞNG BAN PHÓ TRƯỞNG BAN Đỗ Tiên Sỹ",
        "đồng chí Nguyên Văn Thăng, Phó Chủ tịch Ủy ban nhân dân thành phố",
        "tại các xã Ea Kly, Đăk Tô, Krông Nô và buôn Kô Siêr",
        "Please contact the head of the department for more information on this plan",
        "công ty The Coffee House ký hợp đồng với Samsung Display",
    ],
)
def test_facts_and_names_stay(line: str) -> None:
    assert changes(page(line, certainty=0.5)) == []


def test_a_word_that_was_read_surely_needs_more() -> None:
    line = "thực hiện các hành động đề giải quyết các vấn đề"
    assert changes(page(line, certainty=0.4)) == [("đề", "để")]
    assert changes(page(line, certainty=0.96)) == []


def test_a_word_is_read_with_the_line_above_and_not_with_the_paragraph_above() -> None:
    assert changes(page("và các nội dung phố", "biến pháp luật cho cán bộ", certainty=0.7)) == [("phố", "phổ")]
    assert changes(page("và các nội dung phố", "", "", "biến pháp luật cho cán bộ", certainty=0.7)) == []


def test_every_change_is_listed_with_what_was_read_and_leads_to_its_place() -> None:
    read = repair([page("- Ðây mạnh tô chức các hoạt động (phát triên", "kinh tê, xã hội).")])
    before, after = compose(read), compose(mend(read))
    assert after.content == "- Đẩy mạnh tổ chức các hoạt động (phát triển\nkinh tế, xã hội).\n"
    assert [(repaired.code, repaired.printed, repaired.reading) for repaired in after.repairs] == [
        ("misread-word", "Ðây", "Đẩy"),
        ("misread-word", "tô", "tổ"),
        ("misread-word", "triên", "triển"),
        ("misread-word", "tê,", "tế,"),
    ]
    assert [after.content[slice(*repaired.span)] for repaired in after.repairs] == ["Đẩy", "tổ", "triển", "tế,"]
    assert [after.content[slice(*word.span)] for word in after.layout[0].words] == after.content.split()
    assert [word.box for word in after.layout[0].words] == [word.box for word in before.layout[0].words]


def test_two_words_joined_by_a_stroke_are_one_repair() -> None:
    assert changes(page("phát triển kinh tê-xã hôi của thành phố")) == [("tê-xã", "tế-xã"), ("hôi", "hội")]


@pytest.mark.parametrize(
    "other", [page("tô chức", engine="trueocr 1.0"), page("tô chức", origin="text-layer"), page(origin="unread"), page(origin="blank")]
)
def test_other_pages_are_as_they_were_and_need_no_model(other: ReadPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misread, "shipped_restorer", lambda: pytest.fail("the model was loaded"))
    assert mend([other]) == (other,)
    assert mend([]) == ()


@given(st.lists(st.text(min_size=1, max_size=9).filter(lambda word: word.split() == [word]), max_size=30))
def test_any_words_can_be_mended(words: list[str]) -> None:
    read = page(" ".join(words), certainty=None)
    mended = mend([read])[0]
    assert [(word.printed or word.text, word.box) for word in mended.words] == [(word.text, word.box) for word in read.words]


TEXT = """KẾ HOẠCH
Tổ chức thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2026

1. Ủy ban nhân dân thành phố chủ trì, phối hợp với các sở, ban, ngành tổ chức triển khai thực hiện Kế hoạch số 58/KH-UBND ngày 12/3/2026; \
đẩy mạnh tuyên truyền, phổ biến, giáo dục pháp luật; tháo gỡ khó khăn, vướng mắc; bảo đảm quốc phòng, an ninh, giữ vững ổn định chính trị.
2. Giám đốc Sở Tài chính cân đối, bố trí kinh phí để tổ chức thực hiện các nhiệm vụ được giao, hoàn thành trước ngày 30 tháng 6 năm 2026.
3. Đồng chí Nguyễn Văn Thắng, Phó Chủ tịch Ủy ban nhân dân xã Hòa Tiến, theo dõi, đôn đốc, tổng hợp kết quả, báo cáo cấp có thẩm quyền.
""" * 3  # fmt: skip


@pytest.mark.slow
@needs_tesseract
@needs_font
def test_words_of_a_poor_page_are_put_right_and_none_is_broken(tmp_path: Path) -> None:
    with Image.open(draw(TEXT, tmp_path)) as drawn:
        size, small = drawn.size, (round(drawn.width * 0.55), round(drawn.height * 0.55))
        drawn.resize(small, Image.Resampling.BILINEAR).resize(size, Image.Resampling.BILINEAR).save(tmp_path / "poor.png", dpi=(200, 200))
    text = read_file(tmp_path / "poor.png")
    before, at = "", 0
    mended = [repaired for repaired in text.repairs if repaired.code == "misread-word"]
    for repaired in mended:
        before += text.content[at : repaired.span[0]] + repaired.printed
        at = repaired.span[1]
    before += text.content[at:]
    wrong, left = (sum(cost for cost, _, _ in differences(TEXT, read)) for read in (before, text.content))
    assert mended
    assert left <= wrong - len(mended)
    assert {repaired.reading for repaired in mended} <= set(TEXT.split())
