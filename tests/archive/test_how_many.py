"""How many answers, candidates and steps are given at most, and how far ahead is looked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, find_document, statistics, unit_page
from archive.ask.lineage import _walk
from archive.common.deadlines import is_due
from archive.errors import AmbiguousDocument, AmbiguousUnit, UnknownDocument, UnknownUnit
from kehoach_parser.knowledge import Succession
from tests.archive.plans import add_plan

PROVINCES = [f"tỉnh {letter}" for letter in "abcdeghiklmnop"]


def add_provinces(archive: Archive) -> None:
    """Fourteen plans of one number, each of another type, with one department each."""
    for number, province in enumerate(PROVINCES):
        head = f"Số 12/KH-UBND | Loại {number} | Ủy ban nhân dân {province} | A | 2025-11-20 | Phòng dịch"
        add_plan(archive, f"{head}\nI. PHÂN CÔNG\n1. Việc\n[lead] Sở Y tế: phòng dịch\n", f"{{unit}} @ {province}")


@pytest.fixture
def provinces(filled: Callable[..., Archive]) -> Archive:
    return filled(add_provinces)


def test_ten_documents_of_one_symbol_are_named_and_five_of_like_words(provinces: Archive) -> None:
    with pytest.raises(AmbiguousDocument) as several:
        find_document(provinces, "12/KH-UBND")
    assert len(tuple(several.value.facts["candidates"])) == 10
    with pytest.raises(UnknownDocument) as unknown:
        find_document(provinces, "kế hoạch phòng dịch")
    assert len(tuple(unknown.value.facts["candidates"])) == 5


def test_twelve_units_of_one_name_are_named_and_six_of_like_words(provinces: Archive) -> None:
    with pytest.raises(AmbiguousUnit) as several:
        unit_page(provinces, "Sở Y tế")
    assert len(tuple(several.value.facts["candidates"])) == 12
    with pytest.raises(UnknownUnit) as unknown:
        unit_page(provinces, "Sở Y dược")
    assert len(tuple(unknown.value.facts["candidates"])) == 6


def test_the_ten_commonest_of_each_kind_are_counted(provinces: Archive) -> None:
    assert len(statistics(provinces).types) == 10


def test_six_letters_of_a_hash_name_a_document(provinces: Archive) -> None:
    document = find_document(provinces, "1")
    assert find_document(provinces, document.sha256[:6]) == document
    with pytest.raises(UnknownDocument):
        find_document(provinces, document.sha256[:5])


def test_a_unit_is_followed_over_four_steps() -> None:
    """More than have ever been: a board renamed, its province merged, its commune redrawn."""

    def next_of(key: str) -> tuple[Succession, ...]:
        return (Succession(f"{int(key) + 1}", "2025-07-01", "202/2025/QH15", f"Ban {key}"),)

    assert [step.key for step, _, _ in _walk("0", "Ban", next_of)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(("since", "due"), [("2025-01-01", True), ("2097-01-01", False)])
def test_an_open_end_is_looked_at_for_five_years(since: str, due: bool) -> None:
    """The next 29 February is three years ahead of 2025, and seven ahead of 2097, for 2100 has none."""
    assert is_due(None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None, (since, "9999-12-31")) is due
