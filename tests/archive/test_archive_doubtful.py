"""Documents that need a look: what is doubted of each, the worst first."""

from __future__ import annotations

from archive import Archive, doubtful_documents
from tests.archive.papers import keep

SURE = """ỦY BAN NHÂN DÂN
TỈNH LÂM SƠN
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Sơn, ngày 05 tháng 9 năm 2025
KẾ HOẠCH
Chăm sóc hồ chứa
I. MỤC ĐÍCH
1. Giữ nước sạch.
2. Trồng cây.
4. Quét rác.
"""
DAY = SURE.replace("ngày 05 tháng", "ngày @5 tháng").replace("12/KH", "13/KH")
NUMBER = SURE.replace("Số: 12/KH-UBND", "Số:      /KH-UBND")
NOTHING = "Danh sách các hồ chứa của tỉnh và người trông coi từng hồ trong mùa mưa\nHồ Trên: ông An.\nHồ Dưới: bà Bình.\n"


TEXTS = {"sure": SURE, "day": DAY, "number": NUMBER, "nothing": NOTHING}


def told(archive: Archive, *ids: int) -> list[tuple[int, tuple[str, ...]]]:
    return [(each.document.id, each.doubts) for each in doubtful_documents(archive, ids or None)]


def test_the_worst_stand_first_and_a_sure_one_nowhere(archive: Archive) -> None:
    sure, day, number, nothing = (keep(archive, name, text) for name, text in TEXTS.items())
    found = told(archive)
    assert [document for document, _ in found] == [nothing, day, number]
    assert sure not in dict(found)
    assert dict(found)[day] == ("doubtful-date",)
    assert dict(found)[number] == ("no-number",)
    assert dict(found)[nothing] == ("no-symbol", "no-date", "no-organ", "no-type", "no-outline")


def test_asked_for_some_documents_only_those_are_told(archive: Archive) -> None:
    day, number = keep(archive, "day", DAY), keep(archive, "number", NUMBER)
    assert told(archive, number) == [(number, ("no-number",))]
    assert {document for document, _ in told(archive, day, number)} == {day, number}


def test_a_letter_needs_no_outline(archive: Archive) -> None:
    head = SURE.partition("KẾ HOẠCH\n")[0].replace("12/KH-UBND", "14/UBND-VP\nV/v hồ chứa")
    letter = head + "Kính gửi: Các xã.\nĐề nghị các xã giữ nước sạch.\n"
    assert keep(archive, "letter", letter) not in dict(told(archive))
