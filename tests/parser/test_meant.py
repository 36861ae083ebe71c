"""A damaged text as meant: the words that it is read as, and the way there and back. All typed for these tests."""

from __future__ import annotations

import pytest

from kehoach_parser.found import FoundUnit
from kehoach_parser.restoration import as_meant
from kehoach_parser.text.respan import moved

# Enough of a damaged page for it to be known as one.
AROUND = "Cac co quan, don vi td chifc thuc hién két qua cong tac phong lu trén dia ban tinh va bao cdo két qua.\n"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Sé Y té st? dung nguén dy phong", "Sở Y tế sử dụng nguồn dự phòng"),  # a sign that is the horn of the last letter
        ("Can ct? Nghi dinh cla Chinh phu", "Căn cứ Nghị định của Chính phủ"),
        ("cac co’ quan cla tinh", "các cơ quan của tỉnh"),
        ("Ai lam vigc nay? Cac co quan", "Ai làm việc này? Các cơ quan"),  # no horn: a question
        ("y kién cua BO trudng BO Tai chinh", "ý kiến của Bộ trưởng Bộ Tài chính"),  # a large vowel beside a capital
        ("Giam déc SO NOi vu chiu trach nhiém", "Giám đốc Sở Nội vụ chịu trách nhiệm"),
        ("y kién cla UBND theo mau; muc DICH cla Ké hoach", "ý kiến của UBND theo mẫu; mục ĐÍCH của Kế hoạch"),  # longer ones stay
        ("UY BAN NHAN DAN TINH LAI CHAU", "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU"),
        ("Uy ban nhan dan x@/phudng té chitc", "Ủy ban nhân dân xã/phường tổ chức"),  # two words, the first ends with a sign
    ],
)
def test_words_as_meant(printed: str, meant: str) -> None:
    read = as_meant(f"{AROUND}{printed} trong nam 2026.\n")
    assert read is not None
    assert read.content.split("\n")[1] == f"{meant} trong năm 2026."


def test_words_begin_and_end_at_the_same_places() -> None:
    text = f"{AROUND}Sé Y té st? dung 12 thuyén.\n"
    read = as_meant(text)
    assert read is not None
    start = text.index("st?")
    assert read.content[read.there[start] : read.there[start + 3]] == "sử"
    assert text[read.back[read.there[start]] : read.back[read.there[start + 3]]] == "st?"
    assert (len(read.there), len(read.back)) == (len(text) + 1, len(read.content) + 1)
    assert [read.back[read.there[at]] for at, sign in enumerate(text) if sign.isspace()] == [
        at for at, sign in enumerate(text) if sign.isspace()
    ]


def test_doubtful_words_and_lone_digits_are_unsure() -> None:
    read = as_meant(f"{AROUND}T6 dang 6 Thudng truc va Mallee qxzv cua tinh mua 12 thuyén.\n")
    assert read is not None
    unsure = [read.content[slice(*span)] for span in read.unsure]
    assert "6" in unsure
    assert "qxzv" in unsure
    assert "12" not in unsure
    assert "cơ" not in unsure


def test_a_clean_text_is_its_own() -> None:
    assert as_meant("Sở Y tế tổ chức thực hiện Kế hoạch này trên địa bàn tỉnh, báo cáo kết quả về Ủy ban nhân dân tỉnh.") is None


def test_what_is_found_is_moved_there_and_back() -> None:
    found = (FoundUnit("Sở Y tế", "Sở Y tế", (2, 9), 1.0, "so y te @"),)
    back = moved(found, range(1, 40), "x- Se Y tex, Se Y te")
    assert (back[0].span, back[0].raw, back[0].value) == ((3, 10), "Se Y tex"[:7], "Sở Y tế")
