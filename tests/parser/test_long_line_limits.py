"""Where the numbers decide that say what a line of a head, a title or a paper on one line may hold."""

from __future__ import annotations

import pytest

from kehoach_parser import Plan, parse
from kehoach_parser.model import Field
from tests.parser.test_structure_limits import BODY, HEAD, value

ON_A_LINE = (
    "ỦY BAN NHÂN DÂN XÃ TÂN AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 12/KH-UBND "
    "Tân An, ngày 5 tháng 3 năm 2025 "
)
ITEMS = "1. Họp thôn Đông. 2. Họp thôn Tây."


def named(plan: Plan) -> list[str | None]:
    """What the head says: organ, type, subject."""
    header = plan.header
    fields: tuple[Field | None, ...] = (header.organ, header.type, header.subject)
    return list(map(value, fields))


def test_a_sentence_that_begins_with_a_type_in_capitals_is_no_title() -> None:
    """A line of 206 letters is a paragraph: its paper is a guideline, which speaks of a plan."""
    sentence = (
        "KẾ HOẠCH SỐ 12-KH/ĐU CỦA ĐẢNG ỦY XÃ BÌNH MINH về kiểm tra việc học tập nghị quyết của các chi bộ trực thuộc trong năm 2025 "
        "Thực hiện từ ngày 01 tháng 3 năm 2025 đến hết ngày 30 tháng 6 năm 2025 tại các thôn"
    )
    plan = parse(f"Số 13-HD/BTGTU\n\n{sentence}\n\n{BODY}")
    assert named(plan)[1:] == ["Hướng dẫn", None]
    (paragraph,) = plan.preamble
    assert paragraph[1] - paragraph[0] == len(sentence)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("KẾ HOẠCH KIỂM TRA BẾN Các thôn chuẩn bị như sau: ", "KIỂM TRA BẾN"),
        ("KẾ HOẠCH KIỂM TRA Căn cứ Luật Bến bãi; ", "KIỂM TRA"),
        ("QUYẾT ĐỊNH VỀ việc sắp xếp các bến bãi Căn cứ Luật Bến bãi; ", "VỀ việc sắp xếp các bến bãi"),
    ],
)
def test_a_subject_ends_with_its_capitals_where_these_are_three_words(title: str, subject: str) -> None:
    """Fewer words are no title with the type: the line would be taken for the organ's."""
    organ, _, read = named(parse(ON_A_LINE + title + ITEMS))
    assert (organ, read) == ("ỦY BAN NHÂN DÂN XÃ TÂN AN", subject)


@pytest.mark.parametrize("menu", [0, 10, 20])
def test_a_head_on_one_line_stands_behind_what_a_web_page_has_above_it(menu: int) -> None:
    plan = parse("Trang chủ - Tin tức - " * menu + ON_A_LINE + "KẾ HOẠCH Kiểm tra bến bãi Căn cứ Luật Bến bãi; " + ITEMS)
    assert named(plan)[1:] == ["Kế hoạch", "Kiểm tra bến bãi"]


def test_a_short_line_may_hold_a_head_with_its_title() -> None:
    """ "… Hạnh phúc THÔNG BÁO Lịch họp" in 90 letters."""
    head = "UBND XÃ TÂN AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc THÔNG BÁO Lịch họp"
    assert named(parse(f"{head}\nCăn cứ chương trình công tác;\n{ITEMS}\n")) == ["UBND XÃ TÂN AN", "Thông báo", "Lịch họp"]


@pytest.mark.parametrize(("columns", "of_head"), [(3, True), (4, False)])
def test_a_row_of_three_columns_may_be_a_head_one_of_four_is_a_table(columns: int, of_head: bool) -> None:
    """Between the two columns of a head stands a narrow empty one; a paper without a type has its subject below."""
    cells = ["ĐẢNG ỦY XÃ BÌNH MINH", "", "ĐẢNG CỘNG SẢN VIỆT NAM", "Ghi chú"]
    plan = parse(f"| {' | '.join(cells[:columns])} |\n{HEAD}kiểm tra chi bộ theo nghị quyết\n\n{BODY}")
    assert (value(plan.header.subject) == "kiểm tra chi bộ theo nghị quyết") is of_head


@pytest.mark.parametrize(
    "rest", ["Kính gửi: Các thôn.", f"Kính gửi: Các thôn. Xã đề nghị các thôn {'chuẩn bị đò và phao cứu sinh, ' * 12}báo cáo."]
)
def test_the_day_is_read_before_who_a_letter_goes_to_on_one_line(rest: str) -> None:
    plan = parse(f"ỦY BAN NHÂN DÂN XÃ TÂN AN\nSố: 12/UBND-KT V/v chuẩn bị đò\nTân An, ngày 5 tháng 3 năm 2025 {rest}\n{ITEMS}\n")
    assert plan.header.date is not None
    assert plan.header.date.value == "2025-03-05"
