"""Where the archive draws a line: what is doubtful, which print is the whole paper, how much is quoted, how long a password is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive, duties
from archive.common.doubts import DOUBTS, doubts_of
from archive.errors import BadAccount
from archive.export.web_annotations import _annotation
from archive.keep.copies import better
from archive.values import Document, DutyQuestion
from archive.web.people import People
from tests.archive.builders import NOW, parse_simple
from tests.archive.plans import add_plan

PAPER = "Số 12/KH-UBND | Kế hoạch | Ủy ban nhân dân tỉnh A | A | 2025-11-20 | Phòng dịch\nI. MỤC ĐÍCH\n"


def test_doubts_are_of_four_weights() -> None:
    """Without number or day a paper cannot be found; a wrong one misleads; damage is seen at once; the rest is a detail."""
    of_weight = [{code for code, weight in DOUBTS.items() if weight == each} for each in (4, 3, 2, 1)]
    assert of_weight == [
        {"no-symbol", "no-date"},
        {"no-number", "doubtful-number", "doubtful-date", "no-organ"},
        {"no-type", "damaged"},
        {"doubtful-signature", "no-outline", "unsure-line"},
    ]


@pytest.mark.parametrize(("certainty", "quality", "told"), [(0.8, 0.8, ()), (0.7, 0.8, ("doubtful-date",)), (0.8, 0.7, ("damaged",))])
def test_a_date_or_a_text_less_sure_than_three_quarters_is_doubtful(certainty: float, quality: float, told: tuple[str, ...]) -> None:
    plan = parse_simple(PAPER)
    assert plan.header.date is not None
    header = replace(plan.header, date=replace(plan.header.date, certainty=certainty))
    assert doubts_of(replace(plan, header=header, source=replace(plan.source, quality=quality))) == told


#: A paper as the archive has it.
THERE = Document(
    **{"id": 1, "version": 1, "name": None, "path": None, "sha256": "0", "media_type": "text/plain", "added_at": NOW},
    **{"type": "Kế hoạch", "symbol": "12/KH-UBND", "date": "2025-11-20", "organ": "Ủy ban nhân dân tỉnh A", "parent_organ": None},
    **{"place": None, "subject": None, "quality": 1.0, "length": 1000, "nodes": 1, "citations": 0, "assignments": 0},
)


@pytest.mark.parametrize(("length", "is_whole"), [(1300, True), (1100, False)])
def test_a_print_that_is_a_fifth_longer_is_the_whole_paper(length: int, is_whole: bool) -> None:
    assert better(replace(THERE, length=length), THERE) is is_whole


def test_a_paper_with_its_day_answers_before_its_draft_of_that_month() -> None:
    draft = replace(THERE, date="2025-11", length=3000)
    assert (better(THERE, draft), better(draft, THERE)) == (True, False)


def test_32_letters_before_and_behind_a_mention_tell_its_place() -> None:
    text = f"{PAPER}{'a' * 40} Quyết định số 18-QĐ/TW, ngày 25/10/2017 {'b' * 40}"
    quoted = _annotation(0, parse_simple(text), text, "text:", {})["target"]["selector"][1]
    assert (quoted["prefix"], quoted["suffix"]) == (f"{'a' * 31} ", f" {'b' * 31}")


@pytest.mark.parametrize(("length", "taken"), [(9, False), (10, True), (200, True), (201, False)])
def test_a_password_has_ten_letters_at_least(tmp_path: Path, length: int, taken: bool) -> None:
    people = People(tmp_path)
    if taken:
        assert people.put("lan", role="reader", password="x" * length).name == "lan"
        return
    with pytest.raises(BadAccount):
        people.put("lan", role="reader", password="x" * length)


@pytest.mark.parametrize(("before", "found"), [(450, 1), (900, 0)])
@pytest.mark.usefixtures("without_words")
def test_600_words_below_a_unit_tell_what_it_is_to_do(archive: Archive, before: int, found: int) -> None:
    add_plan(archive, f"{PAPER}1. Phân công\n[lead] Sở Y tế: rà soát\n{'mua ' * before}vắc xin\n")
    assert len(duties(archive, DutyQuestion("vắc xin"))) == found
