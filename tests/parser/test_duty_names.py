"""Who is told by no listed name: how long such names are, how sure, and what ends them."""

from __future__ import annotations

import pytest
from test_duties import plan_of

from kehoach_parser.model import Assignment

GIVEN = "III. TỔ CHỨC THỰC HIỆN\n"


def duties(body: str, head: str = "state") -> tuple[Assignment, ...]:
    return plan_of(GIVEN + body, head).assignments


def told(body: str, head: str = "state") -> list[str]:
    return [duty.unit.value for duty in duties(body, head)]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Chủ", False),
        ("Chủ hộ", True),
        ("Chủ vật nuôi" + " xóm núi" * 5, True),  # 13 words
        ("Chủ vật nuôi" + " xóm núi" * 6, False),
    ],
)
def test_a_name_told_by_its_place_has_two_to_fourteen_words(name: str, read: bool) -> None:
    items = f"1. Sở Y tế: Lập kế hoạch tiêm chủng.\n2. {name}: Lập danh sách vật nuôi.\n3. Sở Nội vụ: Rà soát nhân lực.\n"
    assert told(f"{items}4. Sở Tài chính: Bố trí kinh phí.\n") == ["Sở Y tế", *[name] * read, "Sở Nội vụ", "Sở Tài chính"]


def test_a_name_told_by_its_place_is_less_sure_than_one_of_a_list() -> None:
    items = "1. Sở Y tế: Lập kế hoạch tiêm chủng.\n2. Chủ vật nuôi: Lập danh sách vật nuôi.\n3. Sở Nội vụ: Rà soát nhân lực.\n"
    assert [duty.unit.certainty for duty in duties(items)] == [1.0, 0.7, 1.0]


@pytest.mark.parametrize(
    ("title", "read"), [("Ban phát triển thôn bản vùng cao mới", True), ("Ban phát triển thôn bản vùng cao biên giới", False)]
)
def test_a_title_with_a_verb_in_it_is_a_name_while_it_is_short(title: str, read: bool) -> None:
    items = ("Sở Y tế", title, "Sở Nội vụ", "Sở Tài chính")
    body = "".join(f"{number}. {item}\n- Lập danh sách hộ nghèo.\n" for number, item in enumerate(items, 1))
    assert (title in told(body)) is read


@pytest.mark.parametrize(("name", "persons"), [("An", ["Đồng chí An", "Sở Y tế"]), ("Lê An", ["Đồng chí Lê An, Sở Y tế"])])
def test_a_person_s_name_has_two_words_and_what_follows_is_the_post(name: str, persons: list[str]) -> None:
    found = duties(f"1. Đồng chí {name}, Sở Y tế chỉ đạo chung công tác tuyên truyền.\n", "party")
    assert [duty.unit.value for duty in found] == persons
    assert {duty.unit.certainty for duty in found} == {0.8}


@pytest.mark.parametrize(("posts", "whole"), [(2, True), (6, False)])
def test_a_person_with_all_posts_has_less_than_thirty_words(posts: int, whole: bool) -> None:
    person = "Đồng chí Nguyễn Văn An, Phó Bí thư Đảng ủy phường" + ", Trưởng ban" * posts
    duty = duties(f"1. {person} chỉ đạo chung công tác tuyên truyền.\n", "party")[0]
    assert (duty.unit.certainty == 0.8) is whole
    assert duty.unit.value.startswith(person) is whole


@pytest.mark.parametrize(("name", "read"), [("Thuê bao di động", True), ("Thuê bao di động mới", False)])
def test_four_words_alone_before_their_duty_are_a_name_whatever_they_are(name: str, read: bool) -> None:
    found = duties(f"1. {name} có trách nhiệm đăng ký số điện thoại.\n")
    assert [(duty.unit.value, duty.unit.certainty) for duty in found] == ([(name, 0.8)] if read else [])


@pytest.mark.parametrize(("named", "whole"), [(10, True), (18, False)])
def test_a_subject_has_sixty_words_at_most(named: int, whole: bool) -> None:
    subject = "Các cơ quan" + ", tổ chức xóm" * named
    assert (told(f"1. {subject} có trách nhiệm đăng ký số điện thoại.\n") == [subject]) is whole


@pytest.mark.parametrize(("named", "whole"), [(4, True), (5, False)])
def test_who_must_do_something_is_named_in_twenty_words(named: int, whole: bool) -> None:
    """ "phải" is said of things and conditions, too."""
    subject = "Các cơ quan" + ", đơn vị xóm" * named
    assert (told(f"1. {subject} phải đăng ký số điện thoại.\n") == [subject]) is whole


def test_who_is_answerable_for_something_is_given_no_task() -> None:
    assert told("1. Cơ quan trắc địa có trách nhiệm về việc này.\n") == []
    assert told("1. Cơ quan trắc địa có trách nhiệm rà soát nhân lực.\n") == ["Cơ quan trắc địa"]


@pytest.mark.parametrize(("words", "longer"), [(7, True), (8, False)])
def test_a_name_before_a_colon_is_longer_by_seven_words_than_the_listed_one(words: int, longer: bool) -> None:
    name = "Sở Y tế" + " xóm" * words
    assert told(f"1. {name}: Lập kế hoạch tiêm chủng.\n2. Sở Nội vụ: Rà soát nhân lực.\n")[0] == (name if longer else "Sở Y tế")


@pytest.mark.parametrize(("others", "role"), [(4, "lead"), (8, "assigned")])
def test_who_takes_the_lead_is_said_within_thirty_words(others: int, role: str) -> None:
    between = "trên cơ sở đề xuất của các sở" + ", xóm núi" * others
    assert [duty.role for duty in duties(f"1. Sở Y tế, {between}, chủ trì lập kế hoạch tiêm chủng.\n")] == [role]
