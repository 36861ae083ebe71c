"""Units: which there are, which stand below which, all about one, and what narrows a question about duties."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from archive import Archive, check, duties, open_archive, reindex, remove, replace, unit_page, units
from archive.ask import units_below
from archive.ask.units_below import key_of_name
from archive.common.unit_keys import common_below, is_below, level_of_unit, place_of_unit, plain_name
from archive.errors import AmbiguousUnit, BadDate, UnknownUnit
from archive.store.database import writing
from archive.store.duty_index import count_duties
from archive.store.sign_tables import sign_table
from archive.store.unit_index import name_rows
from archive.values import DutyQuestion
from tests.archive.builders import NOW
from tests.archive.plans import add_plan, parse_plan

CITY = """Số 12/KH-UBND | Kế hoạch | Ủy ban nhân dân thành phố Cần Thơ | Cần Thơ | 2025-11-20 | Việc
I. PHÂN CÔNG
1. Sở Y tế
[lead] Sở Y tế: tiêm phòng cho trẻ em @2025-12-15 >UBND thành phố
[cooperate] Sở Tài chính: tiêm phòng cho trẻ em
2. Sở Tài chính
[lead] Sở Tài chính: bố trí kinh phí @2026-01-31
[cooperate] Sở Y tế: bố trí kinh phí
3. Cấp xã
[assigned] UBND cấp xã: thống kê trẻ em @FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20 >Sở Y tế
(annex) PHỤ LỤC II
[lead] Công an thành phố: giữ trật tự
"""
OTHER = """Số 7/KH-UBND | Kế hoạch | Ủy ban nhân dân tỉnh Nghệ An | Nghệ An | 2024-03-01 | Việc
I. PHÂN CÔNG
1. Sở Y tế
[assigned] Sở Y tế: tiêm phòng cho người già
"""


def add_two(archive: Archive) -> None:
    add_plan(archive, CITY, "{unit} @ thành phố cần thơ")
    add_plan(archive, OTHER, "{unit} @ tỉnh nghệ an")


@pytest.fixture
def two(filled: Callable[..., Archive]) -> Archive:
    return filled(add_two)


@pytest.mark.parametrize(
    ("query", "narrowing", "lines"),
    [
        ("", {"unit": "so y te"}, [4, 8, 4]),
        ("", {"unit": "Sở Y tế", "place": "Cần Thơ"}, [4, 8]),
        ("", {"place": "nghe an"}, [4]),
        ("", {"unit": "Ủy ban nhân dân cấp xã"}, [10]),
        ("", {"level": "commune"}, [10]),
        ("", {"level": "province", "role": "lead"}, [4, 7, 12]),
        ("", {"unit": "UBND thành phố Cần Thơ", "below": True}, [4, 5, 7, 8, 10, 12]),
        ("", {"due": "2025-12"}, [4, 10]),
        ("", {"due": "12/2025..1/2026"}, [4, 7, 10]),
        ("", {"due": "2026-12"}, [10]),
        ("", {"overdue": "2025-12-15"}, []),
        ("", {"overdue": "2025-12-16"}, [4]),
        ("", {"overdue": "2027"}, [4, 7]),
        ("", {"dated": "..2024"}, [4]),
        ("", {"dated": "2025-11.."}, [4, 5, 7, 8, 10, 12]),
        ("tiêm phòng", {"due": "2025-12"}, [4]),
        ("tiêm phòng", {"dated": "2024"}, [4]),
        ("trẻ em", {"role": "assigned"}, [10]),
        ("tiêm phòng trẻ em", {"limit": 1}, [4]),
    ],
)
def test_narrowed(two: Archive, query: str, narrowing: dict[str, Any], lines: list[int]) -> None:
    assert [duty.line for duty in duties(two, DutyQuestion(query, **narrowing))] == lines


def test_a_limit_gives_the_first_of_all(two: Archive) -> None:
    for narrowing in ({}, {"unit": "so"}, {"due": "2025.."}):
        every = duties(two, DutyQuestion(**narrowing))
        assert [duties(two, DutyQuestion(**narrowing, limit=count)) for count in (1, 2)] == [every[:1], every[:2]]


def test_an_annex_is_the_place(two: Archive) -> None:
    (found,) = duties(two, DutyQuestion("giữ trật tự"))
    assert (found.place.where, found.place.path, found.place.heading, found.line) == ("annex", None, "PHỤ LỤC II", 12)


@pytest.mark.parametrize("narrowing", [{"due": "2025-13"}, {"overdue": "mai"}, {"dated": ".."}])
def test_no_date(two: Archive, narrowing: dict[str, Any]) -> None:
    with pytest.raises(BadDate):
        duties(two, DutyQuestion(**narrowing))


def test_units(two: Archive) -> None:
    found = units(two)
    assert [(one.name, one.place, one.level, one.duties, one.documents) for one in found][:2] == [
        ("Sở Tài chính", "thành phố Cần Thơ", "province", 2, 1),
        ("Sở Y tế", "thành phố Cần Thơ", "province", 2, 1),
    ]
    assert sum(one.duties for one in found) == len(duties(two))
    assert [one.place for one in units(two, "so y te")] == ["thành phố Cần Thơ", "tỉnh Nghệ An"]
    assert [one.place for one in units(two, "Sở Y tế Nghệ An")] == ["tỉnh Nghệ An"]
    assert [one.name for one in units(two, level="commune")] == ["UBND cấp xã"]


def test_one_unit(two: Archive) -> None:
    page = unit_page(two, "Sở Y tế Cần Thơ")
    assert [duty.line for duty in page.duties] == [4, 8]
    assert [(one.unit.name, one.leads, one.cooperates) for one in page.partners] == [("Sở Tài chính", 1, 1)]
    assert [report.unit for report in page.reports_to] == ["UBND thành phố"]
    assert [(report.unit, report.duties[0].line) for report in page.reported_by] == [("UBND cấp xã", 10)]


def test_which_unit(two: Archive) -> None:
    with pytest.raises(AmbiguousUnit) as several:
        unit_page(two, "Sở Y tế")
    assert several.value.facts["candidates"] == ("Sở Y tế (thành phố Cần Thơ)", "Sở Y tế (tỉnh Nghệ An)")
    assert unit_page(two, "Sở Y tế", place="nghe an").unit.key == "sở y tế @ tỉnh nghệ an"
    with pytest.raises(UnknownUnit) as unknown:
        unit_page(two, "Sở Y dược")
    assert "Sở Y tế (thành phố Cần Thơ)" in str(unknown.value.facts["candidates"])


@pytest.mark.parametrize(
    ("key", "top", "below"),
    [
        ("sở y tế @ thành phố cần thơ", "ủy ban nhân dân @ thành phố cần thơ", True),
        ("sở y tế @ tỉnh nghệ an", "ủy ban nhân dân @ thành phố cần thơ", False),
        ("ủy ban nhân dân @ phường ninh kiều, thành phố cần thơ", "ủy ban nhân dân @ thành phố cần thơ", True),
        ("hội đồng nhân dân @ thành phố cần thơ", "ủy ban nhân dân @ thành phố cần thơ", False),
        ("chủ tịch ủy ban nhân dân @ thành phố cần thơ", "ủy ban nhân dân @ thành phố cần thơ", False),
        ("ban tổ chức thành ủy @ thành phố cần thơ", "ủy ban nhân dân @ thành phố cần thơ", False),
        ("ban tổ chức thành ủy @ thành phố cần thơ", "thành ủy @ thành phố cần thơ", True),
        ("ủy ban nhân dân @ phường kiến an, thành phố hải phòng", "đảng ủy @ phường kiến an, thành phố hải phòng", True),
        ("ban xây dựng đảng @ phường kiến an, thành phố hải phòng", "đảng ủy @ phường kiến an", True),
        ("cơ quan đơn vị @ ủy ban nhân dân tỉnh nghệ an", "ủy ban nhân dân @ tỉnh nghệ an", True),
        ("ủy ban nhân dân @ xã, phường : ủy ban nhân dân tỉnh nghệ an", "ủy ban nhân dân @ tỉnh nghệ an", True),
        ("phòng tổ chức sở y tế @ tỉnh nghệ an", "sở y tế @ tỉnh nghệ an", True),
        ("sở xây dựng @ tỉnh nghệ an", "sở y tế @ tỉnh nghệ an", False),
        ("bộ công an @ việt nam", "chính phủ @ việt nam", True),
        ("đảng ủy @ phường kiến an, thành phố hải phòng", "chính phủ @ việt nam", False),
        ("sở y tế @ tỉnh nghệ an", "sở y tế @ tỉnh nghệ an", False),
    ],
)
def test_below(key: str, top: str, below: bool) -> None:
    assert is_below(key, top) is below
    if below:
        common = common_below(top)
        assert common is not None
        assert any(row["name"].endswith(common[0]) and common[1] in row["place"] for row in name_rows(key, key))


BELOW = ("UBND thành phố Cần Thơ", "Sở Y tế", "UBND tỉnh Nghệ An", "Chính phủ", "Thành ủy Cần Thơ", "Đảng ủy", "UBND", "sở", "các")


@pytest.mark.parametrize(
    "narrowing", [{}, {"due": "2025-12..2026"}, {"due": "2025.."}, {"place": "can tho"}, {"role": "lead"}, {"query": "trẻ em"}]
)
def test_few_and_many_below_are_the_same(two: Archive, monkeypatch: pytest.MonkeyPatch, narrowing: dict[str, Any]) -> None:
    asked = {(name, limit): DutyQuestion(**narrowing, unit=name, below=True, limit=limit) for name in BELOW for limit in (1, 2, None)}
    few = {key: duties(two, question) for key, question in asked.items()}
    assert few["UBND thành phố Cần Thơ", None]
    for name in ("_FEW", "_COMMON"):
        monkeypatch.setattr(units_below, name, 0)
        assert {key: duties(two, question) for key, question in asked.items()} == few


@pytest.mark.parametrize(
    ("key", "level", "place"),
    [
        ("sở y tế @ thành phố cần thơ", "province", "thành phố Cần Thơ"),
        ("bộ công an @ việt nam", "central", "Việt Nam"),
        ("đảng ủy @ phường kiến an, thành phố hải phòng", "commune", "phường Kiến An, thành phố Hải Phòng"),
        ("ủy ban nhân dân @ xã, phường : ủy ban nhân dân tỉnh lai châu", "commune", "xã, phường (Ủy ban nhân dân tỉnh Lai Châu)"),
        ("cơ quan đơn vị địa phương @ ủy ban nhân dân tỉnh bắc ninh", "province", "Ủy ban nhân dân tỉnh Bắc Ninh"),
        ("ủy ban nhân dân cấp xã @ tỉnh bắc ninh", "commune", "tỉnh Bắc Ninh"),
        ("chi bộ", None, ""),
    ],
)
def test_level_and_place(key: str, level: str | None, place: str) -> None:
    assert (level_of_unit("", key), place_of_unit(key)) == (level, place)


def test_names_are_compared_with_abbreviations_written_out() -> None:
    assert plain_name("UBND các xã, phường") == plain_name("Ủy ban nhân dân xã, phường")
    assert key_of_name(plain_name("UBND thành phố Cần Thơ")) == "uy ban nhan dan @ thanh pho can tho"
    assert key_of_name(plain_name("Tỉnh ủy Nghệ An")) == "tinh uy @ tinh nghe an"
    assert key_of_name(plain_name("Sở Y tế")) is None


def test_the_index_follows_the_rows(two: Archive) -> None:
    every = len(duties(two))
    assert count_duties_of(two) == every == 7
    remove(two, "2", now=NOW)
    assert count_duties_of(two) == len(duties(two)) == 6
    before = duties(two, DutyQuestion("tiêm phòng")), units(two)
    with writing(two.engine).begin() as connection:
        sign_table(connection).clear()
    assert duties(two, DutyQuestion("tiêm phòng")) == ()
    reindex(two)
    assert (duties(two, DutyQuestion("tiêm phòng")), units(two)) == before


def test_the_names_of_units_follow_the_rows(two: Archive, tmp_path: Path) -> None:
    assert names_there(two) == names_of_rows(two) > set()
    new = tmp_path / "mới.txt"
    new.write_text(OTHER.replace("Sở Y tế", "Trạm Y tế"), encoding="utf-8")
    replace(two, "2", new, now=NOW, parse=lambda text: parse_plan(text, "{unit} @ tỉnh nghệ an"))
    assert [one.place for one in units(two, "Sở Y tế")] == ["thành phố Cần Thơ"]
    assert [one.place for one in units(two, "tram y te nghe an")] == ["tỉnh Nghệ An"]
    assert names_there(two) == names_of_rows(two)
    add_plan(two, CITY.replace("Số 12", "Số 13"), "{unit} @ thành phố cần thơ")
    remove(two, "1", now=NOW)
    assert names_there(two) == names_of_rows(two)
    assert len(units(two, "Sở Y tế")) == 1, "another plan names it too"
    remove(two, "3", now=NOW)
    assert units(two, "Sở Y tế") == ()
    assert names_there(two) == names_of_rows(two) > set()
    with writing(two.engine).begin() as connection:
        connection.execute(text("UPDATE unit_names SET name = 'x'"))
    reindex(two)
    assert names_there(two) == names_of_rows(two)


def test_a_page_is_in_the_order_of_documents(two: Archive, tmp_path: Path) -> None:
    add_plan(two, CITY.replace("Số 12", "Số 13"), "{unit} @ thành phố cần thơ")
    new = tmp_path / "mới.txt"
    new.write_text(CITY.replace("I. PHÂN CÔNG", "I. VIỆC"), encoding="utf-8")
    replace(two, "1", new, now=NOW, parse=lambda text: parse_plan(text, "{unit} @ thành phố cần thơ"))
    page = unit_page(two, "Sở Y tế Cần Thơ")
    assert [(duty.document.id, duty.line) for duty in page.duties] == [(1, 4), (1, 8), (3, 4), (3, 8)]
    assert page.duties == tuple(duty for duty in duties(two) if duty.unit_key == page.unit.key)
    assert [duty.document.id for report in page.reported_by for duty in report.duties] == [1, 3]


def names_there(archive: Archive) -> set[tuple[str, str, str, str]]:
    with archive.engine.connect() as connection:
        return {tuple(row) for row in connection.execute(text("SELECT unit_key, unit, name, place FROM unit_names"))}


def names_of_rows(archive: Archive) -> set[tuple[str, str, str, str]]:
    with archive.engine.connect() as connection:
        rows = connection.execute(text("SELECT DISTINCT unit_key, unit FROM assignments")).all()
    return {(key, unit, row["name"], row["place"]) for key, unit in rows for row in name_rows(key, unit)}


def test_rows_of_an_earlier_program_are_made_anew(two: Archive) -> None:
    before = duties(two), duties(two, DutyQuestion("tiêm phòng"))
    with writing(two.engine).begin() as connection:
        connection.execute(text("UPDATE assignments SET line = 1, part = NULL"))
        sign_table(connection).clear()
        connection.execute(text("UPDATE versions SET projection = 0"))
    with open_archive(two.folder) as again:
        assert check(again) == ()
        assert (duties(again), duties(again, DutyQuestion("tiêm phòng"))) == before


def count_duties_of(archive: Archive) -> int:
    with archive.engine.connect() as connection:
        return count_duties(connection)
