"""Units that were merged: what became of them, what others came from, and what a question about them should say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, unit_hints, unit_page, units
from archive.values import UnitStep
from kehoach_parser.knowledge import body_after, origins_of, successions_of
from tests.archive.plans import add_plan

OLD = """Số 35/KH-UBND | Kế hoạch | Ủy ban nhân dân tỉnh Nam Định | Nam Định | 2024-11-20 | Việc
I. PHÂN CÔNG
1. Các sở
[lead] Sở Kế hoạch và Đầu tư: tham mưu hội nghị
[assigned] Sở Tài chính: bố trí kinh phí
"""
NEW = """Số 36/KH-UBND | Kế hoạch | Ủy ban nhân dân tỉnh Ninh Bình | Ninh Bình | 2025-11-20 | Việc
I. PHÂN CÔNG
1. Các sở
[lead] Sở Tài chính: bố trí kinh phí
[assigned] Sở Tài chính: báo cáo
[assigned] Sở Y tế: tiêm phòng
"""
DECREE, RESOLUTION = ("2025-03-01", "45/2025/NĐ-CP"), ("2025-07-01", "202/2025/QH15")
FINANCE = UnitStep("sở tài chính @ tỉnh nam định", "Sở Tài chính", "tỉnh Nam Định", *RESOLUTION, 1, 1)


def add_merged(archive: Archive) -> None:
    add_plan(archive, OLD, "{unit} @ tỉnh nam định")
    add_plan(archive, NEW, "{unit} @ tỉnh ninh bình")


@pytest.fixture
def merged(filled: Callable[..., Archive]) -> Archive:
    return filled(add_merged)


def test_the_page_says_step_by_step_what_became_of_a_unit(merged: Archive) -> None:
    assert unit_page(merged, "so ke hoach va dau tu").unit.became == (
        UnitStep("sở tài chính @ tỉnh nam định", "Sở Tài chính", "tỉnh Nam Định", *DECREE, 1, 1),
        UnitStep("sở tài chính @ tỉnh ninh bình", "Sở Tài chính", "tỉnh Ninh Bình", *RESOLUTION, 2, 1),
    )
    assert unit_page(merged, "Sở Y tế").unit.became == ()


def test_the_page_says_what_a_unit_came_from(merged: Archive) -> None:
    page = unit_page(merged, "Sở Tài chính Ninh Bình")
    planning = "Sở Kế hoạch và Đầu tư"
    assert page.came_from == (
        UnitStep("sở kế hoạch và đầu tư @ tỉnh ninh bình", planning, "tỉnh Ninh Bình", *DECREE, 0, 0),
        FINANCE,
        UnitStep("sở kế hoạch và đầu tư @ tỉnh nam định", planning, "tỉnh Nam Định", *DECREE, 1, 1, "Sở Tài chính (tỉnh Nam Định)"),
    ), "nothing is said of Hà Nam: the archive has no paper of such a body there"
    assert unit_page(merged, "Sở Y tế").came_from == ()


def test_units_asked_for_by_name_bear_what_became_of_them(merged: Archive) -> None:
    assert {(one.name, one.place): [step.place for step in one.became] for one in units(merged, "sở")} == {
        ("Sở Kế hoạch và Đầu tư", "tỉnh Nam Định"): ["tỉnh Nam Định", "tỉnh Ninh Bình"],
        ("Sở Tài chính", "tỉnh Nam Định"): ["tỉnh Ninh Bình"],
        ("Sở Tài chính", "tỉnh Ninh Bình"): [],
        ("Sở Y tế", "tỉnh Ninh Bình"): [],
    }


def test_hints_where_the_body_is_in_the_archive_and_where_only_its_heir_is(merged: Archive) -> None:
    (hint,) = unit_hints(merged, "Sở Kế hoạch và Đầu tư", place="Nam Định")
    assert (hint.name, hint.place, len(hint.became)) == ("Sở Kế hoạch và Đầu tư", "tỉnh Nam Định", 2)
    (hint,) = unit_hints(merged, "Sở KH&ĐT", place="Ninh Bình")
    assert hint.became == (UnitStep("sở tài chính @ tỉnh ninh bình", "Sở Tài chính", "tỉnh Ninh Bình", *DECREE, 2, 1),)
    (hint,) = unit_hints(merged, "Sở Giao thông vận tải")
    assert hint.became == (UnitStep(None, "Sở Xây dựng", "", *DECREE, 0, 0),)
    assert unit_hints(merged, "Sở Y tế") == unit_hints(merged, "Sở Du lịch") == ()


def test_a_district_ended_without_an_heir(archive: Archive) -> None:
    add_plan(archive, NEW, "{unit} @ huyện hải hậu, tỉnh nam định")
    assert unit_page(archive, "Sở Y tế").unit.became == (UnitStep(None, "", "", "2025-07-01", "72/2025/QH15", 0, 0),)


@pytest.mark.parametrize(
    ("key", "of"),
    [
        ("bộ tài chính @ việt nam", {"bộ kế hoạch và đầu tư @ việt nam"}),
        ("ban tuyên giáo và dân vận @ tỉnh lào cai", {f"{old} @ tỉnh lào cai" for old in ("ban tuyên giáo", "ban dân vận")}),
        ("thành ủy @ thành phố hải phòng", {"tỉnh ủy @ tỉnh hải dương"}),
        ("ủy ban nhân dân @ thành phố huế", {"ủy ban nhân dân @ tỉnh thừa thiên huế"}),
        ("đảng ủy @ phường kiến an, thành phố hải phòng", {"đảng ủy @ phường văn đẩu, quận kiến an, thành phố hải phòng"}),
        ("bộ công an @ việt nam", set()),
        ("các sở", set()),
    ],
)
def test_origins_are_what_leads_to_a_body(key: str, of: set[str]) -> None:
    found = {step.key for step in origins_of(key)}
    assert of <= found
    assert bool(of) == bool(found)
    assert all(key in {after.key for after in successions_of(str(before))} for before in found)


def test_bodies_are_followed_by_name() -> None:
    after = body_after("Bộ Lao động - Thương binh và Xã hội")
    assert after is not None
    assert (after.name, after.since, after.source) == ("Bộ Nội vụ", "2025-03-01", "176/2025/QH15")
    assert body_after("Bộ Nội vụ") is None
