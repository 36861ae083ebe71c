"""Units as users teach them in the alias file: which duties become theirs, what stays, errors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from archive import Archive, check, duties, reindex, resolve_everything, unit_page, units
from archive.errors import AliasError
from archive.store.alias_file import ALIAS_FILE
from archive.store.tables import ContentRow
from archive.store.unit_aliases import read_units
from archive.values import DutyQuestion, UnitChange
from tests.archive.plans import add_plan

WARD = """Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An thành phố Hải Phòng | Kiến An | 2025-11-20 | Việc
I. PHÂN CÔNG
1. Các ban
[lead] Ban XDĐ: tham mưu hội nghị @2025-12-15
[assigned] Ban XD Đảng phường: theo dõi, đôn đốc
[assigned] Ban Xây dựng Đảng Đảng ủy phường: tổng hợp báo cáo
[cooperate] Văn phòng Đảng ủy: chuẩn bị hội trường
"""
OTHER_WARD = """Số 7-KH/ĐU | Kế hoạch | Đảng ủy phường An Biên thành phố Hải Phòng | An Biên | 2025-11-21 | Việc
I. PHÂN CÔNG
1. Các ban
[lead] Ban XDĐ: tham mưu hội nghị
"""
CITY = """Số 9-KH/TU | Kế hoạch | Thành ủy Hải Phòng | Hải Phòng | 2025-11-22 | Việc
I. PHÂN CÔNG
1. Các phường
[lead] Ban XDĐ phường Kiến An: báo cáo kết quả
"""
IN_WARD, IN_OTHER, IN_CITY = "phường kiến an, thành phố hải phòng", "phường an biên, thành phố hải phòng", "thành phố hải phòng"
TAUGHT = """[[unit]]
name = "Ban Xây dựng Đảng Đảng ủy phường"
place = "phường Kiến An, thành phố Hải Phòng"
names = ["Ban XDĐ", "Ban XD Đảng phường"]
"""
KEY = f"ban xây dựng đảng @ {IN_WARD}"
TRUE = "Ban Xây dựng Đảng Đảng ủy phường"


def add_wards(archive: Archive) -> None:
    add_plan(archive, WARD, f"{{unit}} @ {IN_WARD}")
    add_plan(archive, OTHER_WARD, f"{{unit}} @ {IN_OTHER}")
    add_plan(archive, CITY, f"ban xdđ @ {IN_WARD}")


@pytest.fixture
def wards(filled: Callable[..., Archive]) -> Archive:
    return filled(add_wards)


def teach(archive: Archive, text: str) -> tuple[UnitChange, ...]:
    (archive.folder / ALIAS_FILE).write_text(text, encoding="utf-8")
    return tuple(change for change in resolve_everything(archive) if isinstance(change, UnitChange))


def owners(archive: Archive) -> dict[str, str]:
    return {f"{duty.document.id}: {duty.unit}": duty.unit_key for duty in duties(archive)}


def test_names_mean_the_unit_in_papers_of_its_place(wards: Archive) -> None:
    before = owners(wards)
    changes = teach(wards, TAUGHT)
    after = owners(wards)
    joined = {"1: Ban XDĐ", "1: Ban XD Đảng phường", f"1: {TRUE}", "3: Ban XDĐ phường Kiến An"}
    assert {name for name, key in after.items() if key == KEY} == joined
    assert {name: key for name, key in after.items() if name not in joined} == {
        name: key for name, key in before.items() if name not in joined
    }, "another ward's board and the office are what they were"
    assert {(one.printed, one.count, one.unit, one.total, one.taught) for one in changes} == {
        (name, 1, TRUE, 4, True) for name in ("Ban XDĐ", "Ban XD Đảng phường", TRUE, "Ban XDĐ phường Kiến An")
    }


def test_a_taught_unit_is_found_by_its_names_and_shown_under_the_true_one(wards: Archive) -> None:
    teach(wards, TAUGHT.replace('"Ban XDĐ",', '"Ban XDĐ", "Ban Đảng vụ",'))
    for asked in (TRUE, "ban xd dang phuong", "ban dang vu"):
        (found,) = units(wards, asked)
        assert (found.key, found.name, found.duties, found.documents) == (KEY, TRUE, 4, 2)
        assert {duty.unit_key for duty in duties(wards, DutyQuestion(unit=asked))} == {KEY}
    page = unit_page(wards, TRUE)
    assert page.unit.aliases == ("Ban XD Đảng phường", "Ban XDĐ", "Ban XDĐ phường Kiến An")
    assert len(page.duties) == 4
    assert [duty.unit for duty in duties(wards, DutyQuestion(unit="ban xay dung dang", role="lead"))] == [
        "Ban XDĐ",
        "Ban XDĐ phường Kiến An",
    ]


def test_plans_keep_what_was_read_and_rows_can_be_made_anew(wards: Archive) -> None:
    with wards.engine.connect() as connection:
        plans = connection.scalars(select(ContentRow.plan).order_by(ContentRow.version_id)).all()
    teach(wards, TAUGHT)
    after = owners(wards)
    assert check(wards) == ()
    assert teach(wards, TAUGHT) == (), "the same again changes nothing"
    reindex(wards)
    assert (owners(wards), check(wards)) == (after, ())
    with wards.engine.connect() as connection:
        assert connection.scalars(select(ContentRow.plan).order_by(ContentRow.version_id)).all() == plans


def test_what_comes_later_is_read_as_taught(archive: Archive) -> None:
    teach(archive, TAUGHT)
    add_plan(archive, WARD, f"{{unit}} @ {IN_WARD}")
    assert owners(archive)["1: Ban XDĐ"] == KEY
    assert check(archive) == ()


def test_what_is_no_longer_taught_goes_back(wards: Archive) -> None:
    before = owners(wards)
    teach(wards, TAUGHT)
    (wards.folder / ALIAS_FILE).unlink()
    changes = [change for change in resolve_everything(wards) if isinstance(change, UnitChange)]
    assert owners(wards) == before
    assert {(change.printed, change.unit, change.taught) for change in changes} == {
        (name, name, False) for name in ("Ban XDĐ", "Ban XD Đảng phường", TRUE, "Ban XDĐ phường Kiến An")
    }
    assert check(wards) == ()


def test_everywhere_holds_for_the_names_but_not_for_the_true_name(wards: Archive) -> None:
    add_plan(wards, OTHER_WARD.replace("7-KH", "8-KH").replace("Ban XDĐ", TRUE), f"{{unit}} @ {IN_OTHER}")
    teach(wards, TAUGHT + "everywhere = true\n")
    found = owners(wards)
    assert found["2: Ban XDĐ"] == KEY
    assert found[f"4: {TRUE}"] != KEY


def test_a_body_of_the_country_needs_no_place(archive: Archive) -> None:
    add_plan(archive, CITY.replace("Ban XDĐ phường Kiến An", "Bộ TC"), f"{{unit}} @ {IN_CITY}")
    teach(archive, '[[unit]]\nname = "Bộ Tài chính"\nnames = ["Bộ TC"]\n')
    assert owners(archive) == {"1: Bộ TC": "bộ tài chính @ việt nam"}


def test_one_name_may_stand_for_a_unit_in_each_place(wards: Archive) -> None:
    teach(wards, TAUGHT + TAUGHT.replace("Kiến An", "An Biên"))
    assert owners(wards)["1: Ban XDĐ"] == KEY
    assert owners(wards)["2: Ban XDĐ"] == f"ban xây dựng đảng @ {IN_OTHER}"


@pytest.mark.parametrize(
    ("text", "code", "line", "key"),
    [
        ('unit = "x"\n', "alias-tables", 1, "unit"),
        ('[[unit]]\nplace = "tỉnh Nghệ An"\n', "alias-unit-missing", 1, "name"),
        ('[[unit]]\nname = "Sở Y tế"\nplaces = "tỉnh Nghệ An"\n', "alias-key", 3, "places"),
        ('[[unit]]\nname = ["Sở Y tế"]\n', "alias-text", 2, "name"),
        ('[[unit]]\nname = "Sở Y tế tỉnh Nghệ An"\nnames = "SYT"\n', "alias-list", 3, "names"),
        ('[[unit]]\nname = "Sở Y tế tỉnh Nghệ An"\nnames = ["SYT", "-"]\n', "alias-unit-name", 3, "names"),
        ('[[unit]]\nname = "Sở Y tế tỉnh Nghệ An"\neverywhere = "có"\n', "alias-flag", 3, "everywhere"),
        ('[[unit]]\nname = "Văn phòng Đảng ủy"\n', "alias-unit-place", 1, "place"),
        ('[[unit]]\nname = "Văn phòng Đảng ủy"\n\nplace = "Kiến An"\n', "alias-unit-place", 4, "place"),
        ('[[document]]\ntype = "Luật"\ntitle = "A"\n[[unit]]\nname = 3\n', "alias-text", 5, "name"),
        (TAUGHT + TAUGHT.replace("Ban Xây dựng Đảng Đảng", "Văn phòng Đảng"), "alias-unit-twice", 8, "names"),
        (TAUGHT + 'everywhere = true\n[[unit]]\nname = "Ban XDĐ"\nplace = "tỉnh Nghệ An"\n', "alias-unit-twice", 7, "name"),
    ],
)
def test_errors_say_where_and_change_nothing(wards: Archive, text: str, code: str, line: int, key: str) -> None:
    before = owners(wards)
    with pytest.raises(AliasError) as error:
        teach(wards, text)
    assert (error.value.code, error.value.facts["line"], error.value.facts["key"]) == (code, line, key)
    assert error.value.facts["path"] == str(wards.folder / ALIAS_FILE)
    assert owners(wards) == before


def test_two_entries_may_teach_one_unit() -> None:
    taught = read_units(TAUGHT + TAUGHT.replace('"Ban XDĐ", ', '"Ban Đảng vụ", '), "aliases.toml")
    assert {unit.key for unit in taught.units} == {KEY}
