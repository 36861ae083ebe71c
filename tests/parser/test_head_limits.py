"""Where the numbers of a head decide: its days, its organs, its stamps, and how sure each field is that stands elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from kehoach_parser import Plan, parse
from kehoach_parser.model import Field

CASES = Path(__file__).parents[1] / "cases" / "structure"
BODY = "I. MỤC ĐÍCH\n1. Nâng cao nhận thức của cán bộ, đảng viên.\n2. Uốn nắn thiếu sót.\n"
STATE = f"UỶ BAN NHÂN DÂN\nTỈNH LÂM SƠN\nSố: 65/KH-UBND\nLâm Sơn, ngày 10 tháng 5 năm 2025\nKẾ HOẠCH\nKết luận về hồ chứa\n{BODY}"


def kept(name: str) -> Plan:
    """The plan of a case file."""
    return parse((CASES / f"{name}.txt").read_text(encoding="utf-8").partition("\n=====")[0])


def party(organ: str = "HUYỆN ỦY AN LÃO", place: str = "An Lão", day: str = "ngày 05 tháng 3 năm 2025") -> Plan:
    return parse(f"{organ}\nSố 12-KH/HU\n{place}, {day}\nKẾ HOẠCH\nkiểm tra chi bộ\n{BODY}")


def read(field: Field | None) -> tuple[str, float, list[tuple[str, float]]] | None:
    return None if field is None else (field.value, field.certainty, [(each.value, each.certainty) for each in field.alternatives])


def value(field: Field | None) -> str | None:
    return None if field is None else field.value


def stamps(text: str) -> list[str]:
    return [stamp.value for stamp in parse(text).stamps]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("ngày @3 tháng 3 năm 2025", ("2025-03", 0.5, [(f"2025-03-{day}", 0.2) for day in ("03", "13", "23")])),
        ("ngày 45 tháng 3 năm 2025", ("2025-03", 0.5, [])),
        ("ngày82 tháng 12 năm 2025", ("2025-12", 0.5, [])),
        ("ngày82 tháng 13 năm 2025", None),
    ],
)
def test_a_day_that_is_none_leaves_its_month(day: str, expected: tuple[str, float, list[tuple[str, float]]] | None) -> None:
    assert read(party(day=day).header.date) == expected


def test_how_sure_a_field_is_that_stands_elsewhere() -> None:
    decided, law = kept("who_decides_without_organ").header, kept("law_dated_at_its_end").header
    assert (decided.organ and decided.organ.certainty) == 0.8
    assert (read(law.symbol), read(law.date)) == (("173/2025/QH15", 0.95, []), ("2025-06-16", 0.8, []))


def test_what_is_addressed_and_bears_no_type_is_probably_an_official_letter() -> None:
    head = "ỦY BAN NHÂN DÂN\nXÃ TÂN AN\nSố: 12/UBND-VP\nV/v kiểm tra chi bộ\nTân An, ngày 05 tháng 3 năm 2025\nKính gửi: Các thôn.\n"
    assert read(parse(f"{head}Ủy ban nhân dân xã yêu cầu các thôn báo cáo.\n").header.type) == ("Công văn", 0.8, [])


@pytest.mark.parametrize(("below", "organ"), [("KLM", "HUYỆN ỦY AN LÃO"), ("MTTQ", "HUYỆN ỦY AN LÃO MTTQ")])
def test_three_letters_below_an_organ_are_strokes_of_a_stamp(below: str, organ: str) -> None:
    assert value(party(f"HUYỆN ỦY AN LÃO\n{below}").header.organ) == organ


@pytest.mark.parametrize(
    ("above", "place", "joined"),
    [("Thành phố Hồ Chí", "Minh", True), ("Thành phố", "Hồ Chí Minh", True), ("Xã Tân Lập tổ chức", "lễ", False)],
)
def test_a_place_over_two_lines_has_few_words_on_each(above: str, place: str, joined: bool) -> None:
    assert (value(party(place=f"{above}\n{place}").header.place) == f"{above} {place}") is joined


def test_of_four_organs_the_third_issues() -> None:
    organs = "BỘ NỘI VỤ\nCỤC VĂN THƯ VÀ LƯU TRỮ\nTRUNG TÂM LƯU TRỮ QUỐC GIA\nPHÒNG HÀNH CHÍNH TỔNG HỢP"
    assert value(party(organs).header.organ) == "TRUNG TÂM LƯU TRỮ QUỐC GIA"


@pytest.mark.parametrize(("more", "decides"), [((), True), (("QUẬN TÂN AN",), False)])
def test_who_decides_takes_three_lines_at_most(more: tuple[str, ...], decides: bool) -> None:
    who = ("GIÁM ĐỐC TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG", "THÀNH PHỐ LÂM SƠN", *more)
    plan = parse(
        "Số: 9/QĐ-TT\nQUYẾT ĐỊNH\nVề việc sắp xếp các bến\n{}\nCăn cứ Luật Bến bãi;\nĐiều 1. Sắp xếp\nĐiều 2. Hiệu lực\n".format(
            "\n".join(who)
        )
    )
    assert (value(plan.header.organ) == " ".join(who)) is decides


def test_a_text_without_a_head_has_an_empty_one() -> None:
    assert {parse(text).header.span for text in ("", " \n", "Họp dân.")} == {(0, 0)}


@pytest.mark.parametrize(("above", "named"), [(2, True), (3, False)])
def test_a_head_in_one_line_is_one_of_the_first_three(above: int, named: bool) -> None:
    line = "Kế hoạch số 45/KH-UBND ngày 12/3/2025 của UBND tỉnh An Giang về việc triển khai chuyển đổi số"
    lines = [*["Thư viện văn bản", "Trang chủ", "Văn bản mới"][:above], line]
    assert (value(parse("\n".join([*lines, "", BODY])).header.organ) == "UBND tỉnh An Giang") is named


def test_what_stands_in_a_stamp_alone_is_half_sure() -> None:
    signed, by_pen = kept("number_and_day_behind_the_signature").header, kept("day_by_pen_and_stamps_in_bits").header
    assert read(signed.symbol) == ("263-CV/ĐU", 0.6, [("-CV/ĐU", 0.4)])
    assert read(signed.date) == ("2025-12-31", 0.6, [("2025-12", 0.4)])
    assert read(by_pen.date) == ("2020-04", 0.5, [("2020-04-16", 0.3)])


@pytest.mark.parametrize("count", [4, 5])
def test_a_stamp_of_incoming_mail_has_four_lines_at_most(count: int) -> None:
    lines = ["Số: 1234", "Ngày: 12/5/2025", "Chuyển: Văn phòng", "Giờ: 8:00", "Lưu hồ sơ số: 5"]
    (stamp,) = stamps("\n".join(["CÔNG VĂN ĐẾN", *lines[:count], STATE]))
    assert stamp == " ".join(["CÔNG VĂN ĐẾN", *lines[:4]])


@pytest.mark.parametrize(("wrapped", "whole"), [(3, True), (4, False)])
def test_a_line_of_a_stamp_wraps_over_three_lines_at_most(wrapped: int, whole: bool) -> None:
    lines = ["Người ký: Ủy ban", *["nhân dân", "tỉnh Lâm", "Sơn", "Đông"][:wrapped], "Cơ quan: Tỉnh Lâm Sơn"]
    (stamp,) = stamps("\n".join([*lines, STATE]))
    assert (stamp == " ".join(lines)) is whole


@pytest.mark.parametrize("count", [3, 4])
def test_the_name_above_an_address_has_three_lines_at_most(count: int) -> None:
    name = ["CỔNG THÔNG TIN", "TRUNG TÂM CÔNG BÁO", "VÀ TIN HỌC", "TỈNH LÂM SƠN"]
    (stamp,) = stamps("\n".join([*name[4 - count :], "congbao@lamson.gov.vn", "16.04.2020 07:37:07 +07:00", STATE]))
    assert stamp.removesuffix(" congbao@lamson.gov.vn 16.04.2020 07:37:07 +07:00") == " ".join(name[1:])


@pytest.mark.parametrize(("units", "found"), [(1, 1), (3, 0)])
def test_no_line_of_a_stamp_is_long(units: int, found: int) -> None:
    signed = "Người ký: " + ", ".join(["Ủy ban nhân dân tỉnh Lâm Sơn"] * units)
    assert len(stamps(f"{signed}\n{STATE}")) == found


@pytest.mark.parametrize(("blanks", "subject"), [(8, "GIAI ĐOẠN 2026 - 2030"), (10, "GIAI ĐOẠN 2026 2030")])
def test_a_dash_on_the_next_line_stands_near_its_figure(blanks: int, subject: str) -> None:
    """Further left it is what the other column begins with."""
    head = "UỶ BAN NHÂN DÂN\nTỈNH LÂM SƠN\nSố: 65/KH-UBND\nLâm Sơn, ngày 10 tháng 5 năm 2025\nKẾ HOẠCH\n"
    assert value(parse(f"{head}GIAI ĐOẠN 2026\n-{' ' * blanks}2030\n{BODY}").header.subject) == subject


@pytest.mark.parametrize(("departments", "read"), [(16, True), (40, False)])
def test_a_head_on_one_line_is_looked_for_in_700_letters(departments: int, read: bool) -> None:
    names = "SỞ BẾN BÃI LÂM SƠN " * departments
    line = (
        f"ỦY BAN NHÂN DÂN TỈNH LÂM SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM {names}Độc lập - Tự do - Hạnh phúc Số: 65/KH-UBND "
        "Lâm Sơn, ngày 10 tháng 5 năm 2025 KẾ HOẠCH KIỂM TRA HỒ CHỨA Thực hiện Luật Bến bãi, Ủy ban nhân dân tỉnh ban hành kế hoạch "
        "như sau: 1. Rà soát hồ sơ. 2. Báo cáo kết quả."
    )
    assert (value(parse(line).header.subject) == "KIỂM TRA HỒ CHỨA") is read


@pytest.mark.parametrize(("more", "placed"), [("", True), (" cũ", True), (" cũ này", False)])
def test_a_place_before_a_day_has_eight_words_where_nothing_else_is_a_head(more: str, placed: bool) -> None:
    """ "Thành phố Phan Rang - Tháp Chàm" has seven, a sentence that opens a letter has more."""
    head = parse(f"Thành phố Phan Rang - Tháp Chàm{more}, ngày 05 tháng 3 năm 2025\nKính gửi: Sở Y tế.\n1. Rà soát trạm y tế.\n").header
    assert (head.place is not None, head.date is not None) == (placed, placed)


def test_a_type_in_a_line_that_is_all_of_the_head_is_less_sure() -> None:
    line = "Thông báo kết luận của Phó Chủ tịch tỉnh tại hội nghị về giảm nghèo"
    text = (
        "Ngày 05 tháng 3 năm 2025, Phó Chủ tịch tỉnh chủ trì hội nghị với các sở, ban, ngành và các xã về giảm nghèo; "
        + "các xã báo cáo. " * 8
    )
    assert read(parse(f"{line}\n{text}\nSở Y tế rà soát trạm y tế.\n").header.type) == ("Thông báo", 0.8, [])


def test_a_subject_that_the_preamble_alone_tells_is_less_sure() -> None:
    head = "BỘ ĐỊA CHÍNH\nSố: 39/2025/TT-BĐC\nHà Nội, ngày 25 tháng 11 năm 2025\nTHÔNG TƯ\nCăn cứ Luật Đo đạc số 35/2024/QH15;\n"
    said = "Bộ trưởng Bộ Địa chính ban hành Thông tư sửa đổi một số định mức.\nĐiều 1. Sửa đổi định mức đo vẽ.\nĐiều 2. Hiệu lực.\n"
    assert read(parse(head + said).header.subject) == ("sửa đổi một số định mức", 0.6, [])
