"""How far citations reach and how certain they are: each number of the finder has a text that needs it."""

from __future__ import annotations

import pytest

from kehoach_parser import parse
from kehoach_parser.found import FoundCitation
from kehoach_parser.text.lists import rows
from tests.parser.test_citations import found


def first(text: str) -> FoundCitation:
    return found(text).citations[0]


def words(count: int, letters: int = 4) -> str:
    """So many words of so many letters, blanks between."""
    return " ".join(["x" * letters] * count)


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Nghị quyết số 18-NQ/TW ngày 25/10/2017", 0.98),
        ("Quy dinh s6 22-Qb/TW ngay 28/7/2021", 0.88),  # letters repaired
        ("Quy dinh s6 l2-Qb/TW ngay 28/7/2021", 0.78),  # digits, too
        ("sơ kết 05 năm thực hiện 05-CT/TW trong toàn Đảng bộ", 0.88),  # no type word
        ("Luật Việc làm", 0.95),
        ("Luật Hòa nhạc thính phòng", 0.7),  # in no table
        ("Luật sửa đổi, bổ sung một số điều của Luật Sở hữu trí tuệ", 0.85),
        ("Luật sửa đổi, bổ sung một số điều của 7 luật có liên quan đến đấu thầu", 0.85),
        ("theo Hiến pháp", 0.95),
        ("Nghị quyết Đại hội XIII của Đảng", 0.95),
        ("Nghi quy&t Pai hoi XIII cia Pang", 0.85),
        ("thi hành Điều lệ Đảng", 0.9),
        ("Quy chế làm việc của Ủy ban Kiểm tra Trung ương khóa XIII và", 0.8),
        ("Cương lĩnh xây dựng đất nước trong thời kỳ quá độ", 0.9),
    ],
)
def test_certainty(text: str, certainty: float) -> None:
    assert first(text).certainty == certainty


def test_a_short_form_is_less_certain() -> None:
    text = "Nghị quyết số 18-NQ/TW ngày 25/10/2017 (viết tắt là Nghị quyết 18). Sau 8 năm thực hiện Nghị quyết 18."
    assert [citation.certainty for citation in found(text).citations] == [0.98, 0.8]


def test_a_later_use_is_less_certain_still() -> None:
    plan = parse("Thực hiện Đề án số 06-ĐA/TU ngày 12/5/2025 (sau đây gọi tắt là Đề án). Sở triển khai Đề án bảo đảm tiến độ.")
    assert [citation.certainty for citation in plan.citations] == [0.98, 0.7]


@pytest.mark.parametrize("title", ["Phong trào “Dân vận khéo” tại cơ sở", "Phong trào «Dân vận khéo» tại cơ sở"])
def test_a_quotation_inside_a_quoted_title_does_not_end_it(title: str) -> None:
    assert first(f"Nghị quyết số 18-NQ/TW về “{title}” đã được phổ biến").title == title


@pytest.mark.parametrize(("count", "kept"), [(178, 178), (200, 180)])
def test_a_title_without_a_stop_ends_after_900_letters(count: int, kept: int) -> None:
    title = first(f"Nghị quyết số 18-NQ/TW về {words(count)}").title
    assert title == words(kept)


@pytest.mark.parametrize(("count", "length"), [(20, len("Ban A ") + 99), (40, 130 - len(" của "))])
def test_an_issuer_without_a_stop_ends_after_130_letters(count: int, length: int) -> None:
    issuer = first(f"Nghị quyết số 18-NQ/TW của Ban A {words(count)}").issuer
    assert issuer is not None
    assert len(issuer) == length


@pytest.mark.parametrize(("count", "type_name"), [(78, "Quy định"), (79, "Quyết định")])
def test_a_list_shares_its_type_word_over_a_title_of_400_letters(count: int, type_name: str) -> None:
    text = f"Quy định số 85-QĐ/TW về {words(count)}; số 99-QĐ/TW về {words(3)}"
    assert [citation.type for citation in found(text).citations] == ["Quy định", type_name]


def test_the_longest_name_of_a_congress_fits_into_the_window() -> None:
    name = "Nghị quyết Đại hội đại biểu Đảng bộ Trường nghiệp vụ nghiên cứu truyền thống chương trình nghệ lần thứ XVII"
    assert len(name) > 105
    assert first(name).raw == name


@pytest.mark.parametrize(
    ("between", "relation"),
    [
        (words(16), "implements"),
        (words(18), "mention"),  # more than 90 letters from "thực hiện"
    ],
)
def test_a_word_says_the_relation_over_90_letters(between: str, relation: str) -> None:
    assert first(f"thực hiện {between} Nghị quyết số 18-NQ/TW").relation == relation


@pytest.mark.parametrize(("between", "relation"), [(words(8), "amends"), (words(10), "mention")])
def test_what_is_amended_stands_within_45_letters(between: str, relation: str) -> None:
    assert first(f"bổ sung {between} Nghị quyết số 18-NQ/TW").relation == relation


@pytest.mark.parametrize(("between", "relation"), [("các", "basis"), ("vào các", "basis"), (words(3), "mention")])
def test_a_basis_stands_directly_before(between: str, relation: str) -> None:
    assert first(f"Căn cứ {between} Nghị quyết số 18-NQ/TW").relation == relation


def test_the_longest_law_of_the_table_is_read_whole() -> None:
    kind, name = max(rows("laws"), key=lambda law: len(law[1].split()))
    assert first(f"{kind} {name} và các văn bản").name == f"{kind} {name}"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Luật Hòa nhạc thính phòng dân tộc miền núi phía", "Luật Hòa nhạc thính phòng dân tộc miền núi"),  # eight words
        ("Luật Hòa nhạc thính phòng dân Huế", "Luật Hòa nhạc thính phòng dân Huế"),
        ("Luật Hòa nhạc thính phòng dân tộc Huế", "Luật Hòa nhạc thính phòng dân tộc"),  # a capital behind six words
    ],
)
def test_the_name_of_a_law_in_no_table_is_short(printed: str, name: str) -> None:
    assert first(printed).raw == name


def test_only_a_law_of_the_table_takes_a_bare_year() -> None:
    assert (first("theo Luật Việc làm 2025 và").date, first("theo Luật Hòa nhạc thính phòng 2025 và").date) == ("2025", None)


def test_a_month_is_the_date_of_a_document() -> None:
    assert first("Nghị quyết số 18-NQ/TW tháng 10/2017").date == "2017-10"


@pytest.mark.parametrize(("bodies", "issued"), [(15, True), (25, False)])
def test_who_issued_a_document_stands_within_200_letters_before_it(bodies: int, issued: bool) -> None:
    """A name of 130 letters is one, of 200 it has lost its stop."""
    issuer = "Phòng Quản lý" + " đô thị," * bodies + " đô thị"
    assert (first(f"theo hướng dẫn của {issuer} tại Công văn số 89/SXD-QL").issuer == issuer) is issued


@pytest.mark.parametrize(("bodies", "relation"), [(17, "proposal"), (22, "mention")])
def test_who_proposes_stands_within_250_letters_before_the_paper(bodies: int, relation: str) -> None:
    text = "Theo đề nghị của Giám đốc Sở Xây dựng" + ", các phường" * bodies + " tại Báo cáo số 89/BC-SXD"
    assert first(text).relation == relation


@pytest.mark.parametrize(("title", "uses"), [("bảo vệ trẻ em nghèo", 1), ("bảo vệ trẻ em", 0)])
def test_a_title_of_five_words_stands_for_its_document(title: str, uses: int) -> None:
    head = f"Thực hiện Nghị định số 20/2025/NĐ-CP ngày 04/02/2025 của Chính phủ về {title}, Ủy ban nhân dân xã ban hành kế hoạch như sau:"
    plan = parse(f"KẾ HOẠCH\nTruyền thông\n{head}\nI. MỤC ĐÍCH\n1. Phổ biến Nghị định về {title} tại cơ sở.\n2. Tổ chức họp.\n")
    assert len([citation for citation in plan.citations if citation.where == "body"]) == uses
