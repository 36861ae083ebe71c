"""Identity: equal for two mentions exactly when they mean the same document."""

from __future__ import annotations

from kehoach_parser.citations.find import find_citations
from kehoach_parser.citations.identity import resolve
from kehoach_parser.dates.find import find_dates
from kehoach_parser.found import Identity
from kehoach_parser.text.document import read_document


def identities(text: str, organ: str | None = None, place: str | None = None, date: str | None = None) -> tuple[Identity, ...]:
    document = read_document(text)
    return resolve(find_citations(document, find_dates(document).dates).citations, organ, place, date)


def keys(text: str, organ: str | None = None, place: str | None = None, date: str | None = None) -> list[str | None]:
    return [identity.document for identity in identities(text, organ, place, date)]


def test_a_mention_without_date_takes_the_only_dated_document() -> None:
    first, second = keys("Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Trung ương. Sau 8 năm thực hiện Nghị quyết 18-NQ/TW, nhiều kết quả.")
    assert first == second is not None


def test_two_documents_of_one_symbol_stay_apart_and_leave_a_bare_mention_open() -> None:
    text = "Nghị quyết số 18-NQ/TW ngày 25/10/2017; Nghị quyết số 18-NQ/TW ngày 16/6/2022. Nghị quyết 18-NQ/TW nêu rõ."
    first, second, bare = identities(text)
    assert first.document != second.document
    assert bare.document is None
    assert bare.candidates == (second.document, first.document)


def test_a_document_of_after_the_plan_is_the_less_likely_candidate() -> None:
    text = "Nghị quyết số 18-NQ/TW ngày 25/10/2017; Nghị quyết số 18-NQ/TW ngày 16/6/2022. Nghị quyết 18-NQ/TW nêu rõ."
    first, second, bare = identities(text, date="2020-01-01")
    assert bare.candidates == (first.document, second.document)


def test_a_law_by_name_is_the_one_that_this_text_numbers() -> None:
    text = "Căn cứ Luật Lưu trữ số 33/2024/QH15 ngày 21/6/2024; thực hiện Luật Lưu trữ và Luật Lưu trữ năm 2011."
    numbered, bare, older = keys(text)
    assert numbered == bare != older


def test_two_numbered_laws_of_one_name_leave_it_open_which_is_meant() -> None:
    text = "Luật Đất đai số 45/2013/QH13; Luật Đất đai số 31/2024/QH15; theo Luật Đất đai."
    older, newer, bare = keys(text)
    assert len({older, newer, bare}) == 3


def test_central_numbers_are_the_same_in_every_plan() -> None:
    one = keys("Nghị quyết số 57-NQ/TW ngày 22/12/2024", "Đảng ủy xã A", "Hà Nội")
    two = keys("Nghi quyét s6 57-NQ/TW ngay 22 thang 12 nam 2024", "Tỉnh ủy B", "Huế")
    assert one == two


def test_the_term_says_as_much_as_the_day() -> None:
    assert keys("Nghị quyết số 18-NQ/TW ngày 25/10/2017") == keys("Nghị quyết số 18-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XII")


def test_local_numbers_need_their_place() -> None:
    text = "Kế hoạch số 12/KH-UBND ngày 05/3/2025 của UBND tỉnh"
    assert keys(text, "Ủy ban nhân dân tỉnh Nghệ An", "Nghệ An") != keys(text, "Ủy ban nhân dân tỉnh Lâm Đồng", "Lâm Đồng")
    assert keys(text, "Ủy ban nhân dân tỉnh Nghệ An", "Nghệ An") == keys(text + " Nghệ An về giảm nghèo", None, None)


def test_a_bare_local_mention_takes_the_place_of_the_full_one() -> None:
    first, second = keys(
        "Kế hoạch số 12/KH-UBND ngày 05/3/2025 của UBND tỉnh Nghệ An; thực hiện Kế hoạch số 12/KH-UBND.", "Sở Nội vụ", "Hà Nội"
    )
    assert first == second


def test_quy_dinh_and_quyet_dinh_of_one_symbol_differ() -> None:
    first, second = keys("Quy định số 85-QĐ/TW ngày 07/10/2022; Quyết định số 85-QĐ/TW ngày 07/10/2022")
    assert first != second


def test_state_numbers_with_their_year_need_no_day() -> None:
    first, second = keys("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ; theo Nghị định số 30/2020/NĐ-CP.")
    assert first == second
    assert keys("Quyết định số 15/QĐ-TTg ngày 05/3/2024") != keys("Quyết định số 15/QĐ-TTg ngày 05/3/2025")


def test_meetings_are_one_however_they_are_named() -> None:
    first, second, third = keys(
        "Nghị quyết Đại hội XIII của Đảng. Nghi quyét Pai hoi dai biéu toan quéc 1an thir XIII cia Pang. Nghị quyết Đại hội XIV của Đảng."
    )
    assert first == second != third


def test_laws_are_told_apart_by_name_and_year() -> None:
    clean, damaged, other = keys("Luật Việc làm; Luat Viéc lam va Luật Đầu tư")
    assert clean == damaged != other
    first, second, bare = keys("Luật Đầu tư công năm 2019 và Luật Đầu tư công năm 2024. Theo Luật Đầu tư công.")
    assert first != second
    assert bare is None


def test_a_short_form_is_the_document_it_stands_for() -> None:
    first, second = keys("Nghị quyết số 18-NQ/TW ngày 25/10/2017 (viết tắt là Nghị quyết 18). Sau 8 năm thực hiện Nghị quyết 18.")
    assert first == second is not None
