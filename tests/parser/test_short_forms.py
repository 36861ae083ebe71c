"""Later uses of short forms are citations of the document that they stand for."""

from __future__ import annotations

import pytest

from kehoach_parser import parse

HEAD = "KẾ HOẠCH\n{subject}\n{preamble}\nI. MỤC ĐÍCH\n1. {text}\n2. Tổ chức thực hiện nghiêm túc kế hoạch.\n"


def cited(subject: str, preamble: str, text: str) -> list[tuple[str, str | None, str | None]]:
    plan = parse(HEAD.format(subject=subject, preamble=preamble, text=text))
    return [(" ".join(c.raw.split()), c.symbol, c.document) for c in plan.citations if c.where == "body"]


def test_a_short_form_that_is_brought_in() -> None:
    found = cited(
        "Tăng cường công tác dân số",
        "Thực hiện Đề án số 06-ĐA/TU ngày 12/5/2025 của Thành ủy về dân số (sau đây gọi tắt là Đề án), Sở ban hành kế hoạch như sau:",
        "Các đơn vị triển khai Đề án bảo đảm tiến độ; đề án khác không thuộc phạm vi này.",
    )
    whole = parse("Đề án số 06-ĐA/TU ngày 12/5/2025 của Thành ủy về dân số").citations[0]
    assert [raw for raw, _, _ in found] == ["Đề án"]
    assert found[0][2] is not None
    assert found[0][2].split("|")[-1] == str(whole.date)


def test_the_law_that_the_subject_names() -> None:
    found = cited(
        "Triển khai thi hành Luật Đất đai",
        "Căn cứ Luật Tổ chức Chính phủ, Bộ ban hành kế hoạch như sau:",
        "Bảo đảm các điều kiện thi hành Luật và các văn bản hướng dẫn Luật Nhà ở theo quy định pháp luật.",
    )
    assert [raw for raw, _, _ in found] == ["Luật", "Luật Nhà ở"]
    assert found[0][2] == parse("Thi hành Luật Đất đai.").citations[0].document


@pytest.mark.parametrize(
    "text",
    [
        "Kiểm tra việc thi hành Luật này tại cơ sở.",  # which law is not said by "này" of another text
        "Kiểm tra việc thi hành luật tại cơ sở.",
    ],
)
def test_no_use(text: str) -> None:
    assert cited("Triển khai thi hành Luật Đất đai", "Sở ban hành kế hoạch như sau:", text) == []


def test_a_law_is_not_guessed_among_two() -> None:
    preamble = "Căn cứ Luật Đất đai, Luật Nhà ở, Sở ban hành kế hoạch như sau:"
    assert cited("Quản lý đô thị", preamble, "Bảo đảm các điều kiện thi hành Luật tại địa phương.") == []


def test_a_number_alone_takes_the_symbol_of_the_text() -> None:
    preamble = "Thực hiện Quy định số 377-QĐ/TW ngày 08/10/2025 của Bộ Chính trị, Ban hướng dẫn như sau:"
    plan = parse(HEAD.format(subject="Công tác cán bộ", preamble=preamble, text="Các cấp ủy thực hiện nghiêm Quy định 377 về cán bộ."))
    short = plan.citations[-1]
    assert (short.raw, short.symbol, short.document) == ("Quy định 377", "377-QĐ/TW", plan.citations[0].document)
    assert ("short-form", "Quy định 377", "377-QĐ/TW") in [(r.code, r.printed, r.reading) for r in plan.repairs]


DECREE = "Nghị định số 20/2025/NĐ-CP ngày 04/02/2025 của Chính phủ quy định chi tiết một số điều của Luật Trẻ em"
DECISION = f"Thực hiện Quyết định số 18/QĐ-TTg ngày 05/3/2025 của Thủ tướng Chính phủ ban hành Kế hoạch thi hành {DECREE}"


def test_a_short_form_of_what_a_title_names() -> None:
    preamble = f"{DECISION} (sau đây viết tắt là Nghị định), Sở ban hành kế hoạch như sau:"
    found = cited("Bảo vệ trẻ em", preamble, "Phổ biến Nghị định đến cơ sở; Nghị định của Chính phủ về học phí được ban hành riêng.")
    assert found == [("Nghị định", None, parse(DECREE).citations[0].document)]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        (
            "Phổ biến Nghị định quy định chi tiết một số điều của Luật Trẻ em tại cơ sở.",
            "Nghị định quy định chi tiết một số điều của Luật Trẻ em",
        ),
        ("Lập hồ sơ theo khoản 4, Điều 51 Nghị định đúng hạn.", "Nghị định"),
        ("Thực hiện Mục III của Nghị định đúng hạn.", "Nghị định"),
    ],
)
def test_a_document_by_its_title_or_by_a_place_in_it(text: str, raw: str) -> None:
    found = cited("Bảo vệ trẻ em", f"{DECISION}, Ủy ban nhân dân xã ban hành kế hoạch như sau:", text)
    assert (found[0][0], found[0][2]) == (raw, parse(DECREE).citations[0].document)


@pytest.mark.parametrize(
    "text",
    [
        "Xây dựng Nghị định quy định chi tiết một số điều của Bộ luật Dân sự.",  # another title
        "Theo khoản 4, Điều 51 Kế hoạch đúng hạn.",  # of such a paper as this one is
        "Các Nghị định có liên quan được phổ biến.",
    ],
)
def test_no_document_by_title_or_place(text: str) -> None:
    found = cited("Bảo vệ trẻ em", f"{DECISION}, Ủy ban nhân dân xã ban hành kế hoạch như sau:", text)
    assert [each for each in found if not each[0].startswith("Bộ luật")] == []
