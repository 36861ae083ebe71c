"""What duties are found for words: compounds of the question, ranked by how they stand together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, duties
from archive.ask.terms import Terms, cut_in_two, terms_of
from archive.values import Duty, DutyQuestion
from kehoach_parser import segment
from tests.archive.builders import add

ASKED = "tuyên truyền cổ động trực quan"
#: Unit: what it was given. Each task but the last two holds the words of ASKED in another way.
TASKS = {
    "Sở Một": "tổ chức tuyên truyền, cổ động trực quan trên địa bàn",
    "Sở Hai": "tuyên truyền trên báo và các hình thức cổ động trực quan",
    "Sở Ba": "in ấn phẩm trực quan để tuyên truyền tại cơ sở",
    "Sở Bốn": "tuyên truyền chính sách đất đai tới cơ quan báo chí, hành động vì cộng đồng",
    "Sở Năm": "tuyên truyền về lực lượng cảnh sát cơ động túc trực quan sát ngày đêm",
}


def add_tasks(archive: Archive) -> None:
    """Five tasks beside others that say what all plans say."""
    given = [f"{number}. Việc {number}\nGiao {unit}: {task}.\n" for number, (unit, task) in enumerate(TASKS.items(), 1)]
    usual = [f"{number}. Việc {number}\nGiao Ban {number}: tuyên truyền, thực hiện nhiệm vụ được giao.\n" for number in range(6, 16)]
    add(archive, "I. PHÂN CÔNG\n" + "".join(given + usual))


@pytest.fixture
def tasks(filled: Callable[..., Archive]) -> Archive:
    return filled(add_tasks)


def marked(duty: Duty) -> list[str]:
    assert duty.excerpt is not None
    return [duty.excerpt.text[start:end] for start, end in duty.excerpt.highlights]


def test_rank_and_cut(tasks: Archive) -> None:
    found = duties(tasks, DutyQuestion(ASKED))
    assert [duty.unit for duty in found] == ["Sở Một", "Sở Hai", "Sở Ba"]
    assert found[0].fit == 1.0
    assert found[0].fit > found[1].fit > found[2].fit


def test_only_the_phrase_and_its_compounds_are_highlighted(tasks: Archive) -> None:
    first, second, third = duties(tasks, DutyQuestion(ASKED))
    assert marked(first) == ["tuyên truyền, cổ động trực quan"]
    assert marked(second) == ["tuyên truyền", "cổ động trực quan"]
    assert marked(third) == ["trực quan", "tuyên truyền"]


def test_without_marks(tasks: Archive) -> None:
    found = duties(tasks, DutyQuestion("tuyen truyen co dong truc quan"))
    # Typed without marks "co dong" is "cơ động" as well.
    assert [duty.unit for duty in found][:2] == ["Sở Một", "Sở Hai"]
    assert "Sở Bốn" not in {duty.unit for duty in found}


def test_a_common_word_is_an_answer_where_it_is_all_that_was_asked(tasks: Archive) -> None:
    assert {duty.unit for duty in duties(tasks, DutyQuestion("tuyên truyền"))} >= set(TASKS)


def test_words_in_one_sentence_before_words_apart(archive: Archive) -> None:
    apart = "1. Xa nhau\nGiao Sở Xa: lập dự toán. Ngân sách do tỉnh cấp. " + "Báo cáo đầy đủ. " * 30 + "Bố trí nhân sự, kinh phí sau.\n"
    near = "2. Gần nhau\nGiao Sở Gần: bố trí nhân sự, lập dự toán.\n"
    add(archive, f"I. PHÂN CÔNG\n{apart}{near}")
    assert [duty.unit for duty in duties(archive, DutyQuestion("bố trí dự toán"))] == ["Sở Gần", "Sở Xa"]


def test_a_heading_above_holds_the_words(archive: Archive) -> None:
    add(archive, "I. CỔ ĐỘNG TRỰC QUAN\n1. Việc chung\nGiao Sở Văn hóa: chủ trì việc này.\n")
    (found,) = duties(archive, DutyQuestion("cổ động trực quan"))
    assert (found.unit, found.excerpt) == ("Sở Văn hóa", None)


def test_one_compound_of_two_is_no_answer(archive: Archive) -> None:
    add(archive, "I. PHÂN CÔNG\n1. Việc\nGiao Sở Tài chính: bố trí nhân sự.\n2. Việc\nGiao Sở Nội vụ: bố trí kinh phí.\n")
    assert [duty.unit for duty in duties(archive, DutyQuestion("bố trí kinh phí"))] == ["Sở Nội vụ"]


def test_a_compound_made_of_pieces_of_others_is_none(archive: Archive) -> None:
    add(
        archive,
        "I. PHÂN CÔNG\n1. Việc\nGiao Sở Tư pháp: gửi hồ sơ đến cơ quan trọng tài.\n2. Việc\nGiao Sở Y tế: làm việc rất quan trọng.\n",
    )
    assert [duty.unit for duty in duties(archive, DutyQuestion("quan trọng"))] == ["Sở Y tế"]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        (ASKED, ["tuyên truyền", "cổ động", "trực quan"]),
        ("tuyen truyen co dong truc quan", ["tuyen truyen", "co dong", "truc quan"]),
        ("chuyển đổi số", ["chuyển đổi", "chuyển đổi số"]),
        ("kiểm tra và giám sát", ["kiểm tra", "giám sát"]),
        ("số hoá hồ sơ", ["số hoá", "hồ sơ"]),
        ("thuế", ["thuế"]),
        ("của", ["của"]),
        (" ,. ", []),
    ],
)
def test_terms(query: str, terms: list[str]) -> None:
    assert [" ".join(term) for term in terms_of(query).each()] == terms


def test_neighbours_are_looked_for_as_one_four_at_most() -> None:
    """So a question that is a whole sentence has not a run for every part of it."""
    runs = Terms(tuple("abcdefgh"), tuple((at, at + 1) for at in range(8))).runs()
    assert [len(numbers) for _, numbers in runs].count(4) == 5
    assert max(len(numbers) for _, numbers in runs) == 4


@pytest.mark.parametrize(
    ("sentence", "run", "cut"),
    [
        ("gửi đến cơ quan trọng tài", "quan trọng", True),
        ("việc rất quan trọng", "quan trọng", False),
        ("trao đổi hợp tác động viên nhau", "tác động", True),
        ("các hình thức cổ động", "cổ động", False),
    ],
)
def test_cut_in_two(sentence: str, run: str, cut: bool) -> None:
    start = sentence.index(run)
    assert cut_in_two(sentence, (start, start + len(run))) is cut


def test_segmentation() -> None:
    assert segment("Tổ chức tuyên truyền, cổ động\ntrang trí") == ("Tổ chức", "tuyên truyền", ",", "cổ động", "trang trí")
    assert segment("tuyên\ntruyền") == ("tuyên", "truyền"), "no word runs over a line end"
    assert segment("") == ()
    assert segment("a\ud800b")
