"""Lines that a page broke within a paragraph, read on: names and lists are cut by no margin, and every offset stays where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kehoach_parser import Text, parse, text_of
from kehoach_parser.text.flowing import with_flowing_lines
from kehoach_parser.text.text import Page

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\nSố: 15/KH-UBND\nKẾ HOẠCH\nVề chuyển đổi số\nI. TỔ CHỨC THỰC HIỆN\n"
BROKEN = "1. Cơ quan phối hợp: Sở Tài chính, các Công ty Thủy", "lợi; Sở Xây dựng;", "Sở Y tế và Sở Nội", "vụ."
AFTER = "2. Sở Tư pháp chủ trì, phối hợp với Công an tỉnh."


def pages_of(broken: tuple[str, ...], *, after: str = "\n", furniture: tuple[str, ...] = ()) -> Text:
    """A text of one page whose lines after the first of ``broken`` surely carry on."""
    content = f"{HEAD}{after.join(broken)}\n{AFTER}\n"
    starts = frozenset(content.index(line) for line in broken[1:])
    spans = tuple((content.index(line), content.index(line) + len(line)) for line in furniture)
    page = Page(1, (0, len(content)), 595.0, 842.0, "text-layer")
    return replace(text_of(content), layout=(page,), carried=starts, furniture=spans)


def flowing(text: Text) -> list[str]:
    return with_flowing_lines(text).content.removeprefix(HEAD).splitlines()


def test_lines_that_carry_on_are_one_line_of_the_same_length() -> None:
    text = pages_of(BROKEN)
    assert flowing(text) == [" ".join(BROKEN), AFTER]
    assert len(with_flowing_lines(text).content) == len(text.content)


def test_page_ends_and_furniture_stay() -> None:
    assert len(flowing(pages_of(BROKEN, after="\n\f"))) > len(BROKEN)
    assert flowing(pages_of(("Sở Tài chính và các", "Trang 3", "cơ quan"), furniture=("Trang 3",)))[:3] == [
        "Sở Tài chính và các",
        "Trang 3",
        "cơ quan",
    ]


def test_a_text_without_pages_is_as_it_is() -> None:
    text = replace(pages_of(BROKEN), layout=())
    assert with_flowing_lines(text) is text


def test_a_list_broken_at_line_ends_names_the_units_of_the_unbroken_one() -> None:
    def units(text: Text) -> list[tuple[str, str]]:
        return [(each.unit.key, each.role) for each in parse(text).assignments]

    whole = units(pages_of((" ".join(BROKEN),)))
    assert {key.split(" @")[0] for key, _ in whole} >= {"công ty thủy lợi", "sở y tế", "sở nội vụ"}
    assert units(pages_of(BROKEN)) == whole


def test_what_was_found_is_given_as_printed() -> None:
    text = pages_of(BROKEN)
    plan = parse(text)
    assert any("\n" in each.unit.raw for each in plan.assignments)
    assert all(each.unit.raw == text.content[slice(*each.unit.span)] for each in plan.assignments)
    assert all("\n" not in each.unit.value for each in plan.assignments)


def test_a_stamp_whose_lines_seem_to_carry_on_is_no_organ() -> None:
    stamp = ("TRUNG TÂM CÔNG", "BÁO AN HẢI", "ttcb@anhai.example.vn", "18.11.2024 07:25:14", "+07:00")
    content = "\n".join((*stamp, HEAD, AFTER))
    page = Page(1, (0, len(content)), 595.0, 842.0, "text-layer")
    carried = frozenset(content.index(line) for line in stamp[1:])
    opens = frozenset(content.index(line) for line in HEAD.splitlines())
    plan = parse(replace(text_of(content), layout=(page,), carried=carried, paragraphs=opens))
    assert plan.header.parent_organ is None
    assert plan.header.organ is not None
    assert plan.header.organ.value == "ỦY BAN NHÂN DÂN TỈNH AN HẢI"
    assert [(each.value, each.time) for each in plan.stamps] == [(" ".join(stamp), "2024-11-18T07:25:14+07:00")]


LONG = "Ủy ban nhân dân xã rà soát, thống kê các hộ kinh doanh trên địa bàn và lập danh"


def in_small_letters(above: str, below: str) -> list[str]:
    """What is left of a wrapped paragraph whose second line nothing but its words joins to the first."""
    return flowing(replace(pages_of((LONG, "sách", above, below)), carried=frozenset()))


def test_small_letters_carry_on_below_small_letters() -> None:
    assert in_small_letters(f"{LONG} sách các thôn", "xóm có nhà văn hóa.")[-2].endswith("các thôn xóm có nhà văn hóa.")


def test_a_title_in_capitals_stays_by_itself() -> None:
    assert "KẾ HOẠCH CHI TIẾT" in in_small_letters("KẾ HOẠCH CHI TIẾT", "tổ chức hội nghị gặp mặt đầu năm của xã")


def test_a_symbol_keeps_its_line_end() -> None:
    text = pages_of((f"{LONG} sách theo Nghị quyết số 57-", "NQ/TW của Bộ Chính trị."))
    assert flowing(text)[1] == "NQ/TW của Bộ Chính trị."
    assert [each.symbol for each in parse(text).citations] == ["57-NQ/TW"]


def test_a_line_of_a_card_stays_by_itself_however_full_the_line_above() -> None:
    text = pages_of((f"- {LONG} sách.", "Đơn vị chủ trì thực hiện: Sở Tư pháp."))
    assert flowing(text)[1] == "Đơn vị chủ trì thực hiện: Sở Tư pháp."


def test_an_organ_in_a_broken_symbol_is_no_unit() -> None:
    text = f"{HEAD}1. Sở Tài chính thực hiện Nghị quyết số 28/NQ-\nHĐND ngày 22/9/2023 tập trung xây dựng trạm bơm.\n"
    assert [each.unit.value for each in parse(text).assignments] == ["Sở Tài chính"]


@pytest.mark.parametrize(
    ("card", "apart"),
    [
        ("Đơn vị chủ trì thực hiện và phối hợp chung: Sở Tư pháp", True),  # 44 letters before the colon
        ("Các đơn vị có liên quan rà soát và báo cáo theo quy định của pháp luật về các nội dung sau: Sở Tư pháp", False),
    ],
)
def test_a_short_label_behind_a_full_stop_begins_a_line_of_a_card(card: str, apart: bool) -> None:
    assert (card in flowing(pages_of(("Rà soát các quy trình.", card)))) is apart
