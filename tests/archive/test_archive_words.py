"""Words, sentences and passages: the small readings that questions rest on."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from archive.common.excerpts import sentence_span, snippet
from archive.common.outline import outline_of
from archive.common.words import _layer, folded_form, words_of
from kehoach_parser.knowledge import exact_form
from tests.archive.builders import parse_simple
from tests.archive.texts import COMMUNE, DAMAGED, WARD


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("Uỷ", "ủy"), ("QUÝ", "qúy"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("hoàn", "hoàn"), ("hoa\u0300", "hòa")],
)
def test_one_exact_form(one: str, other: str) -> None:
    assert exact_form(one) == exact_form(other)


@pytest.mark.parametrize(("one", "other"), [("hoa", "hòa"), ("quy", "quý"), ("má", "mà")])
def test_different_exact_forms(one: str, other: str) -> None:
    assert exact_form(one) != exact_form(other)


def test_folded_form() -> None:
    assert folded_form("ĐẢNG") == folded_form(unicodedata.normalize("NFD", "Đảng")) == "dang"


def test_words_keep_short_and_numbers_and_misread_letters() -> None:
    words = words_of("Ở ý 1, phé{m số 18-NQ/TW")
    assert words.folded == ("o", "y", "1", "phe{m", "so", "18", "nq", "tw")


def test_nfd_text_has_the_same_words() -> None:
    decomposed = words_of(unicodedata.normalize("NFD", WARD))
    assert (decomposed.exact, decomposed.folded, decomposed.faded) == (words_of(WARD).exact, words_of(WARD).folded, words_of(WARD).faded)


def test_fading_is_told_by_paragraph() -> None:
    words = words_of(f"{WARD}\n\nCong tac tuyen truyen cb dong truc quan tai cac khu dan cu va tru so co quan.")
    assert not any(words.faded[:50])
    assert all(words.faded[-10:])
    assert all(words_of(WARD, quality=0.3).faded)
    assert words.skeletons[0] == ""
    assert words.skeletons[-1] == "qu*n"


@pytest.mark.parametrize("content", [WARD, COMMUNE, DAMAGED, "", "Không có đề mục nào."])
def test_passages_cover_the_text_without_gaps(content: str) -> None:
    plan = parse_simple(content)
    outline = outline_of(plan)
    spans = [outline.span(number, len(content)) for number in range(len(outline.starts))]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(content)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))
    for node in plan.nodes:
        assert outline.places[outline.passage_at(node.span[0])].path == node.path
    for offset in range(len(content)):
        inside = [node for node in plan.nodes if node.span[0] <= offset < node.span[1]]
        assert outline.places[outline.passage_at(offset)].path == (inside[-1].path if inside else None)


def test_sentence() -> None:
    content = "Câu một. Theo Nghị quyết 18-NQ/TW của\nTrung ương; Câu ba."
    at = content.index("18-NQ")
    start, end = sentence_span(content, (at, at + 8), (0, len(content)))
    assert content[start:end] == "Theo Nghị quyết 18-NQ/TW của\nTrung ương;"


def test_sentence_stays_within_reach_and_bounds() -> None:
    content = "từ " * 2000
    start, end = sentence_span(content, (3000, 3002), (2100, 3100))
    assert 2100 <= start <= 3000
    assert 3002 <= end <= 3100


def test_snippet_moves_highlights() -> None:
    content = "  một\n\n  hai   ba  bốn "
    shown = snippet(
        content, (0, len(content)), [(content.index("hai"), content.index("ba") + 2), (content.index("bốn"), content.index("bốn") + 3)]
    )
    assert shown.text == "một hai ba bốn"
    assert [shown.text[start:end] for start, end in shown.highlights] == ["hai ba", "bốn"]


@pytest.mark.parametrize(("unmarked", "faded"), [(39, False), (40, True)])
def test_a_paragraph_of_forty_letters_tells_that_it_lost_its_marks(unmarked: int, faded: bool) -> None:
    """A short one may be a name, a heading or an address."""
    assert words_of(f"{WARD}\n\n{'ban ' * 13}"[: len(WARD) + 2 + unmarked // 3 * 4] + "b" * (unmarked % 3)).faded[-1] is faded


@pytest.mark.parametrize(("marked", "faded"), [(11, True), (12, False)])
def test_a_text_with_marks_on_twelve_letters_of_a_hundred_has_them(marked: int, faded: bool) -> None:
    assert set(words_of("ạ" * marked + " " + "b" * (100 - marked)).faded) == {faded}


@pytest.mark.parametrize(("quality", "faded"), [(0.74, True), (0.75, False)])
def test_a_text_of_low_quality_lost_its_marks_everywhere(quality: float, faded: bool) -> None:
    assert set(words_of(WARD, quality).faded) == {faded}


def test_a_sentence_reaches_three_hundred_code_points() -> None:
    start, end = sentence_span("từ " * 2000, (3000, 3002), (0, 6000))
    assert (3000 - start, end - 3002) == (300, 300)


def test_words_that_run_together_are_words() -> None:
    text = "Đềnghị các chi bộ báo cáo kết quả thực hiện nhiệm vụ theo quy định của Ban Thường vụĐảng uỷxã trong quý này."
    words = words_of(text)
    assert [text[start:end] for start, end in words.spans[:3]] == ["Đề", "nghị", "các"]
    assert [words.exact[at : at + 4] for at, word in enumerate(words.exact) if word == "thường"] == [("thường", "vụ", "đảng", "ủy")]
    assert text[slice(*words.spans[words.exact.index("xã")])] == "xã"


def test_letters_set_apart_are_one_word_where_they_are_printed() -> None:
    words = words_of(f"K Ế  H O Ạ C H\n{COMMUNE}")
    assert words.exact[:2] == ("kế", "hoạch")
    assert words.spans[:2] == ((0, 3), (5, 14))


def test_eight_printed_words_stand_on_either_side_of_a_restored_one() -> None:
    """A phrase of a query that holds a restored word goes no further."""
    printed = ["in"] * 30
    layer = _layer(printed, [None] * 15 + ["đọc"] + [None] * 14)
    assert [number for number, word in enumerate(layer) if word] == list(range(7, 24))
