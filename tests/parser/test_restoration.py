"""The restorer: what it leaves alone, what it reads, how sure it is. The true readings were read by a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_parser import Restorer, shipped_restorer
from kehoach_parser.restoration.restorer import Restoration, restore

FIXTURES = Path(__file__).parents[2] / "fixtures"
#: Lines of fixtures/ as printed, and as the page says.
DAMAGED = [
    (
        "chinh x4c, kip thoi gin véi tuyén truyén vé Dai hoi dai biéu toan qudc 1an thit XIV",
        "chính xác, kịp thời gắn với tuyên truyền về Đại hội đại biểu toàn quốc lần thứ XIV",
    ),
    (
        "sang tao, hi€u qua, gén v6i viée trién khai thuc hién nhiém vu chinh tri va ky niém",
        "sáng tạo, hiệu quả, gắn với việc triển khai thực hiện nhiệm vụ chính trị và kỷ niệm",
    ),
    (
        "P& nghi Ban T6 chitc Thanh dy: Phéi hop véi Ban Tuyén gido Thanh ty",
        "Đề nghị Ban Tổ chức Thành ủy: Phối hợp với Ban Tuyên giáo Thành ủy",
    ),
    (
        "nam 2023 va 02 giéi bao chi ctia Thanh phd “vé xdy dung Padng va hé théng chinh trj",
        "năm 2023 và 02 giải báo chí của Thành phố “về xây dựng Đảng và hệ thống chính trị",
    ),
]
UNACCENTED = (
    "Uy ban nhan dan tinh ban hanh ke hoach to chuc hoi nghi tong ket cong tac nam 2025 cua cac co quan, don vi tren dia ban tinh.",
    "Ủy ban nhân dân tỉnh ban hành kế hoạch tổ chức hội nghị tổng kết công tác năm 2025 của các cơ quan, đơn vị trên địa bàn tỉnh.",
)
ENGLISH = (
    "The committee shall review the annual report and submit a list of recommendations to every member state before the end of the year."
)
CHUNKS = ["Pang", "uy", "phwong", "d6ng", "b6", "thu’c", "hién", "kinh", "té-xd", "hoi,", "14-KH/PU", "16p", "¢", "&", "K&", "“t6", "1an|"]


def over(text: str, restoration: Restoration) -> str:
    """The text with the restored words in their places."""
    parts, at = [], 0
    for word in restoration.words:
        parts += [text[at : word.start], word.reading]
        at = word.end
    return "".join((*parts, text[at:]))


def holds(text: str, restoration: Restoration) -> bool:
    """Words stand where they say, in order, apart from each other, with a certainty."""
    ends = [0, *(word.end for word in restoration.words)]
    return all(
        text[word.start : word.end] == word.printed and before <= word.start and 0.0 <= word.certainty <= 1.0
        for word, before in zip(restoration.words, ends, strict=False)
    )


@pytest.mark.parametrize(("printed", "true"), [*DAMAGED, UNACCENTED])
def test_lines_are_read_as_the_page_says(printed: str, true: str) -> None:
    restoration = restore(printed)
    assert over(printed, restoration) == true
    assert holds(printed, restoration)


@pytest.mark.parametrize("name", ["004_d9d819c7857a47e2.txt"])
def test_a_clean_text_is_left_alone(name: str) -> None:
    text = (FIXTURES / name).read_text(encoding="utf-8")
    assert restore(text).words == ()


@pytest.mark.parametrize("text", ["", "\n\n", "35-KH/ĐU", ENGLISH, ENGLISH * 3, "12 13 14\n" * 40])
def test_what_is_no_damaged_vietnamese_is_left_alone(text: str) -> None:
    assert over(text, restore(text)) == text


def test_a_clean_paragraph_in_a_damaged_text_is_left_alone() -> None:
    clean = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025 và các nghị định có liên quan."
    text = f"{DAMAGED[0][0]}\n\n{clean}\n\n{DAMAGED[1][0]}"
    assert over(text, restore(text)) == f"{DAMAGED[0][1]}\n\n{clean}\n\n{DAMAGED[1][1]}"


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_facts_and_spans_of_fixtures(path: Path) -> None:
    """Numbers, dates and symbols of the restored text are those of the print, in their order."""
    text = path.read_text(encoding="utf-8")
    restoration = restore(text)
    assert holds(text, restoration)
    fact = re.compile(r"(?<!\S)[(“]?(?:\d{1,2}/)?\d{1,2}/\d{4}|\d+-[^\s/]+/\S+|(?<!\S)\d{2,}(?=[\s.,;)])")
    assert fact.findall(over(text, restoration)) == fact.findall(text)
    assert not [word for word in restoration.words if not any(char.isalpha() or char in "&¢@¥§€$" for char in word.printed)]


def test_most_words_of_a_damaged_fixture_are_certain_and_doubt_is_told() -> None:
    text = (FIXTURES / "000_cb78fba80d8cb57f.txt").read_text(encoding="utf-8")
    certainties = [word.certainty for word in restore(text).words]
    assert 0.85 < sum(certainty >= 0.9 for certainty in certainties) / len(certainties) < 1.0


def test_what_was_asked_before_changes_nothing() -> None:
    text = (FIXTURES / "003_5284247cabad83da.txt").read_text(encoding="utf-8")
    used = shipped_restorer()
    assert Restorer(used.model).restore(text) == used.restore(text) == used.restore(text)


def test_mending_changes_only_what_is_certainly_misread() -> None:
    page = "Kế hoạch tô chức thực hiện nhiệm vụ phát triên kinh tế - xã hội của Ủy ban nhân dân tỉnh, ông Nguyễn Văn Khoai phụ trách."
    mended = shipped_restorer().mend(page)
    assert [(word.printed, word.reading) for word in mended.words] == [("tô", "tổ"), ("triên", "triển")]
    assert holds(page, mended)


@given(st.text(max_size=300))
def test_any_text_can_be_restored(text: str) -> None:
    assert holds(text, restore(text))
    assert holds(text, shipped_restorer().mend(text))


@given(st.lists(st.sampled_from(CHUNKS), min_size=25, max_size=60))
def test_any_damaged_words_can_be_restored(chunks: list[str]) -> None:
    text = " ".join(chunks)
    assert holds(text, restore(text))
