"""Corrections as values: places found again, a plan with what people said laid over it (archive/amend)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.amend.anchors import chosen, located, quoted
from archive.amend.fields import Named, read_field
from archive.amend.laying import Laid, apply
from archive.amend.said import read_value
from archive.amend.targets import target_of
from archive.amend.wording import as_read
from archive.errors import NotCorrectable
from archive.values import Correction
from archive.values.corrections import Said
from kehoach_parser import Plan, plan_from_json, plan_to_dict, plan_to_json, read_file, text_of
from tests.archive.builders import FIXTURES, parse_once, parse_simple
from tests.archive.plans import parse_plan
from tests.laws.contract import problems

PLAN = """Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Tuyên truyền
Căn cứ Nghị quyết số 18-NQ/TW, ngày 25/10/2017 và Nghị quyết số 18-NQ/TW, ngày 25/10/2017
I. MỤC ĐÍCH
1. Yêu cầu
Giao Sở Y tế: tổ chức tiêm chủng cho trẻ em. Hạn 2026-03-15
II. THỰC HIỆN
Giao Công an phường: giữ trật tự. Hạn 2026-04-01
Giao Sở Nội vụ: tổng hợp báo cáo."""
DUTIES = """Số 1-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Việc
I. VIỆC
[assigned] Sở Y tế: tổ chức tiêm chủng @2026-03-15"""


def made(field: str, value: Said, content: str = PLAN, plan: Plan | None = None, **where: Any) -> Correction:
    """A correction as it is made on a plan: ``field`` as a person names it."""
    named = read_field(field)
    target = target_of(plan or parse_simple(content), content, named, **where)
    said = read_value(named, value) if isinstance(value, str) else value
    placed = (named.field, target.anchor, target.printed, target.was, said)
    return Correction(1, 1, *placed, None, "", "unplaced", None, "Lan", datetime(2026, 3, 1, tzinfo=UTC))


def laid(*corrections: Correction, content: str = PLAN) -> Laid:
    return apply(parse_simple(content), text_of(content), corrections, parse_simple)


def broken(found: Laid) -> set[str]:
    """The laws that a plan breaks, without what breaks them (plans of `builders` leave out what they do not need)."""
    return {re.sub(r"\d+|: .*", "", said) for said in problems(plan_to_dict(found.plan), found.text)}


def states(*corrections: Correction, content: str = PLAN) -> list[str]:
    return [outcome.state for outcome in laid(*corrections, content=content).outcomes]


ANCHORED = "Căn cứ Nghị quyết 18. Giao Sở Y tế chủ trì việc tiêm chủng, giao Sở Nội vụ phối hợp với Sở Y tế tổng hợp báo cáo."
SECOND = ANCHORED.rindex("Sở Y tế")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ANCHORED, SECOND),
        ("Dòng mới thêm vào. " + ANCHORED, SECOND + 19),
        ("Can cu Nghi quyet 18. Giao So Y te chu tri viec tiem chung, giao So Noi vu phoi hop voi So Y te tong hop bao cao.", SECOND),
        (ANCHORED.replace("phối hợp với Sở Y tế", "phối hợp với\nSở  Y tế"), SECOND),
        ("Sở Y tế họp. Sau đó nghỉ.", None),
        ("Không có gì.", None),
    ],
)
def test_a_place_is_found_again_by_its_quotation_and_what_stands_around_it(text: str, found: int | None) -> None:
    places = located(text, quoted(ANCHORED, (SECOND, SECOND + 7)))
    assert (places[0][0] if places else None) == found


DAMAGED = "Thuc hién Hucmg dân sé6 07-HD/BTGDVTVV, ngay 12/11/2025 cta Ban Tuyén gido va Dan van Trung wong; can ctr Luat Viéc lam"
CLEAN = "Thực hiện Hướng dẫn số 07-HD/BTGDVTW, ngày 12/11/2025 của Ban Tuyên giáo và Dân vận Trung ương; căn cứ Luật Việc làm"


def test_a_better_reading_of_the_print_is_the_same_place() -> None:
    span = DAMAGED.index("Hucmg"), DAMAGED.index(" cta")
    anchor = quoted(DAMAGED, span)
    there = [(CLEAN.index("Hướng"), CLEAN.index(" của")), (CLEAN.index("Luật"), len(CLEAN))]
    assert located(CLEAN, anchor) == ()
    assert chosen(CLEAN, anchor, there) == 0
    other = CLEAN.replace("07-HD", "09-HD")  # another number is no other reading
    assert chosen(other, anchor, there) is None


def test_a_long_quotation_tells_its_place_alone() -> None:
    words = "tổ chức tiêm chủng cho trẻ em trên địa bàn phường trong quý I"
    anchor = quoted(f"Trước đó. {words} Sau đó.", (10, 10 + len(words)))
    assert located(f"Ở một chỗ hoàn toàn khác, {words}, có chữ khác.", anchor)[0][0] == 26


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("date", "20/11/2026", lambda plan: plan.header.date.value == "2026-11-20"),
        ("symbol", "none", lambda plan: plan.header.symbol is None),
        ("marks", "Mật; Hoả tốc", lambda plan: [mark.value for mark in plan.header.marks] == ["Mật", "Hoả tốc"]),
        ("signature.name", "Trần Thị Bình", lambda plan: plan.signature.name.value == "Trần Thị Bình"),
        ("node:I.1.heading", "Mục tiêu", lambda plan: plan.nodes[1].heading.value == "Mục tiêu"),
        ("node:I.label", "II", lambda plan: [node.path for node in plan.nodes] == ["II~2", "II~2.1", "II"]),
        ("node:II.label", "III", lambda plan: [node.path for node in plan.nodes] == ["I", "I.1", "III"]),
        ("citation:2", "none", lambda plan: [cited.span[0] for cited in plan.citations] == [PLAN.index("Nghị quyết số")]),
        ("citation:1.symbol", "19-NQ/TW", lambda plan: plan.citations[0].document == "nghi quyet|19-NQ/TW|2017-10-25"),
        ("recipients", "Chi bộ 1", lambda plan: plan.recipients[-1].value == "Chi bộ 1"),
        ("duty:1.unit", "Trạm Y tế", lambda plan: plan.assignments[0].unit.value == "Trạm Y tế"),
        ("unit:2", "Công an xã", lambda plan: plan.assignments[1].unit.value == "Công an xã"),
        ("duty:2.role", "lead", lambda plan: plan.assignments[1].role == "lead"),
        ("duty:2.task", "giữ gìn trật tự", lambda plan: plan.assignments[1].task.value == "giữ gìn trật tự"),
        ("duty:3.deadline", "2026-05", lambda plan: plan.dates[plan.assignments[2].deadline].last == "2026-05-31"),
        ("duty:2.deadline", "none", lambda plan: plan.assignments[1].deadline is None and plan.dates[1].role == "event"),
        ("duty:2", "none", lambda plan: [each.unit.value for each in plan.assignments] == ["Sở Y tế", "Sở Nội vụ"]),
        ("text:tiêm chủng", "tiêm phòng", lambda plan: plan.assignments[0].task.value == "tổ chức tiêm phòng cho trẻ em"),
    ],
)
def test_what_is_said_is_what_the_plan_says(field: str, value: str, read: Any) -> None:
    correction = made(field, value)
    found = laid(correction)
    assert found.outcomes[0].state == "applied"
    assert read(found.plan)
    assert broken(found) <= broken(laid())


def test_the_print_stays_beside_the_value() -> None:
    symbol = laid(made("symbol", "36-KH/ĐU")).plan.header.symbol
    assert symbol is not None
    assert (symbol.value, symbol.raw, symbol.certainty) == ("36-KH/ĐU", "35-KH/ĐU", 1.0)


def test_a_missing_duty_stands_where_it_was_said() -> None:
    value = {"unit": "Sở Nội vụ", "role": "lead", "task": "rà soát biên chế", "deadline": "2026-06-30"}
    found = laid(made("duty", value, at="II"))
    duty = found.plan.assignments[-1]
    assert (duty.unit.value, duty.unit.key, duty.role, duty.node) == ("Sở Nội vụ", "sở nội vụ", "lead", 2)
    assert found.plan.dates[duty.deadline or 0].value == "2026-06-30"
    assert found.outcomes[0].ordinal == 3
    assert broken(found) <= broken(laid())


def test_one_task_of_several_gets_another_unit_and_the_others_stay() -> None:
    plan = parse_once(read_file(FIXTURES / "000_cb78fba80d8cb57f.txt"))
    text = read_file(FIXTURES / "000_cb78fba80d8cb57f.txt")
    whole = plan.assignments[0]
    assert len(whole.tasks) == 2
    found = apply(plan, text, [made("duty:2.unit", "Văn phòng Đảng ủy", text.content, plan)]).plan.assignments
    assert [(each.unit.value, len(each.tasks)) for each in found[:2]] == [(whole.unit.value, 1), ("Văn phòng Đảng ủy", 1)]
    assert found[1].tasks[0] == whole.tasks[1]
    assert found[2:] == plan.assignments[1:]


@pytest.mark.parametrize(
    ("field", "value", "later", "state"),
    [
        ("date", "2026-11-20", PLAN, "applied"),
        ("date", "2026-11-20", PLAN.replace("2025-11-20", "2026-11-20"), "agrees"),
        ("date", "2026-11-20", PLAN.replace("2025-11-20", "2024-11-20"), "unplaced"),
        ("citation:2.date", "2018-10-25", PLAN.replace("Căn cứ", "Dòng mới.\nCăn cứ"), "applied"),
        ("citation:2", "none", PLAN.replace(" và Nghị quyết số 18-NQ/TW, ngày 25/10/2017", " và nhiều văn bản liên quan"), "unplaced"),
        ("citation:2.date", "2018-10-25", PLAN.replace("và Nghị quyết số", "và Nghi quyet so"), "unplaced"),
        ("citation:2", "none", PLAN.replace("và Nghị quyết số", "và Nghi quyet so"), "agrees"),
        ("duty:2.deadline", "2026-04-02", PLAN.replace("Hạn 2026-04-01", "Hạn 2026-04-02"), "agrees"),
        ("duty:3.unit", "Văn phòng", PLAN.replace("1. Yêu cầu", "1. Yêu cầu\nGiao Sở Nội vụ: lập danh sách."), "applied"),
        ("duty:3.unit", "Văn phòng", PLAN.replace("Giao Sở Nội vụ: tổng hợp báo cáo.", ""), "unplaced"),
        ("text:Sở Y tế", "Sở Y tế thành phố", PLAN.replace("Sở Y tế", "Sở Y tế thành phố"), "agrees"),
        ("text:tổ chức tiêm chủng", "tiêm chủng", PLAN, "applied"),
        ("text:giữ trật tự", "giữ gìn trật tự", PLAN.replace("giữ trật tự. Hạn", "đi tuần. Hạn"), "unplaced"),
    ],
)
def test_a_newer_reading(field: str, value: str, later: str, state: str) -> None:
    assert states(made(field, value), content=later) == [state]


def test_the_last_word_on_a_place_holds() -> None:
    first, second = made("date", "2026-11-20"), made("date", "2027-11-20")
    assert states(first, second) == ["superseded", "applied"]
    assert laid(first, second).plan.header.date.value == "2027-11-20"  # type: ignore[union-attr]
    assert states(made("citation:1.date", "2018-10-25"), made("citation:1", "none")) == ["superseded", "applied"]
    assert states(made("citation:1.date", "2018-10-25"), made("citation:2.date", "2018-10-25")) == ["applied", "applied"]


def test_the_right_one_of_two_duties_of_a_unit_is_found_by_its_task() -> None:
    later = DUTIES.replace("[assigned]", "[assigned] Sở Y tế: mua sắm vắc xin\n[assigned]")
    plan = parse_plan(DUTIES, "{unit} @ a")
    correction = made("duty:1.role", "lead", DUTIES, plan)
    found = apply(parse_plan(later, "{unit} @ a"), text_of(later), [correction])
    assert [(each.task.value, each.role) for each in found.plan.assignments if each.task] == [
        ("mua sắm vắc xin", "assigned"),
        ("tổ chức tiêm chủng", "lead"),
    ]


def test_what_was_said_of_a_place_stays_when_its_words_are_corrected() -> None:
    role, cited = made("duty:2.role", "lead"), made("citation:2.date", "2018-10-25")
    words = [made("text:giữ trật tự", "giữ gìn trật tự an toàn"), made("text:và Nghị quyết số 18-NQ/TW", "và Nghị quyết số 19-NQ/TW")]
    found = laid(role, words[0], cited, words[1])
    assert [outcome.state for outcome in found.outcomes] == ["applied"] * 4
    assert found.plan.assignments[1].role == "lead"
    assert (found.plan.citations[1].symbol, found.plan.citations[1].date) == ("19-NQ/TW", "2018-10-25")


def test_a_place_of_the_corrected_text_is_led_back_to_the_text_as_read() -> None:
    found = laid(made("text:tiêm chủng", "phòng bệnh bằng vắc xin"))
    for words in ("Căn cứ", "Công an phường"):
        span = found.text.index(words), found.text.index(words) + len(words)
        assert PLAN[slice(*as_read(span, found.edits))] == words
    inside = found.text.index("vắc xin")
    assert PLAN[slice(*as_read((inside, inside + 3), found.edits))] == "tiêm chủng"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("date", ("date", None)),
        (" Symbol ", ("symbol", None)),
        ("signature.name", ("signature.name", None)),
        ("node:II.2.2.1.*1.heading", ("node.heading", "II.2.2.1.*1")),
        ("node:I.label", ("node.label", "I")),
        ("citation:3", ("citation", "3")),
        ("citation:3.document", ("citation.document", "3")),
        ("duty:ab12.deadline", ("duty.deadline", "ab12")),
        ("recipients", ("recipient", None)),
        ("unit:4", ("unit", "4")),
        ('text:"hai: ba. bốn"', ("text", "hai: ba. bốn")),
    ],
)
def test_fields_are_named_by_their_keys(said: str, named: tuple[str, str | None]) -> None:
    found = read_field(said)
    assert (found.field, found.which) == named


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("datum", "date"),
        ("citation:3.documents", "citation:N.document"),
        ("node:I", "node:II.1.heading"),
        ("singature.name", "signature.name"),
        ("citation", "citation:N"),
    ],
)
def test_a_field_that_is_none_is_told_with_those_near_it(said: str, near: str) -> None:
    with pytest.raises(NotCorrectable) as told:
        read_field(said)
    assert told.value.code == "correct-field"
    assert near in told.value.facts["candidates"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("field", "said", "code"),
    [
        ("date", "31/2/2025", "correct-date"),
        ("date", "hôm qua", "correct-date"),
        ("symbol", "ba mươi lăm", "correct-symbol"),
        ("type", "Kế hoặch nhỏ", "correct-type"),
        ("duty:1.role", "boss", "correct-role"),
        ("citation:1.relation", "likes", "correct-relation"),
        ("citation:1", "18-NQ/TW", "correct-only-none"),
        ("duty:1.unit", "none", "correct-none"),
        ("subject", "  ", "correct-empty"),
    ],
)
def test_a_value_that_cannot_be_is_told(field: str, said: str, code: str) -> None:
    with pytest.raises(NotCorrectable) as told:
        read_value(read_field(field), said)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("said", "value"), [("20/11/2025", "2025-11-20"), ("2025-11", "2025-11"), ("3/2026", "2026-03"), ("2026", "2026"), ("KE HOACH", None)]
)
def test_values_are_put_into_the_form_of_the_plan(said: str, value: str | None) -> None:
    assert read_value(Named("date" if value else "type", None), said) == (value or "Kế hoạch")


FILES = sorted(FIXTURES.glob("*.txt"))
FIELDS = [
    *(("date", "20/11/2026"), ("symbol", "1-KH/ĐU"), ("subject", "none"), ("organ", "Đảng ủy xã"), ("signature.title", "Bí thư")),
    *(("citation:1", "none"), ("citation:2.date", "2017-10-25"), ("citation:1.symbol", "18-NQ/TW"), ("recipient:1", "none")),
    *(("recipients", "Chi bộ"), ("duty:1", "none"), ("duty:2", "none"), ("duty:2.unit", "Sở Y tế"), ("duty:3.deadline", "2026-03-20")),
    *(("duty:1.task", "Việc"), ("duty:4.role", "lead"), ("unit:1", "Sở Y tế"), ("node:I.label", "V"), ("node:II.heading", "Khác")),
]


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(FILES), st.lists(st.sampled_from(FIELDS), min_size=1, max_size=5))
def test_a_corrected_plan_keeps_the_contract(file: Any, said: list[tuple[str, str]]) -> None:
    text = read_file(file)
    plan, corrections = parse_once(text), list[Correction]()
    for field, value in said:
        now = apply(plan, text, corrections)
        try:
            corrections.append(made(field, value, text.content, now.plan))
        except NotCorrectable:  # this plan has no such thing
            continue
    found = apply(plan, text, corrections)
    assert "unplaced" not in {outcome.state for outcome in found.outcomes}
    assert problems(plan_to_dict(found.plan), text.content) == []
    assert plan_from_json(plan_to_json(found.plan)) == found.plan
    assert apply(plan, text, []).plan == plan
