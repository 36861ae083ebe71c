"""Papers of one number from many places, and one that cites one of them: it comes and goes, and the overlay is always the one made anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from archive import Archive, remove, resolve_everything
from archive.store.tables import AuthorityRow, ResolutionRow
from tests.archive.builders import NOW
from tests.archive.papers import keep, paper

pytestmark = pytest.mark.usefixtures("without_words")


def communes(archive: Archive) -> None:
    """Plan 58 of six communes of two provinces, and of both provinces."""
    for number, (place, province) in enumerate(
        (name, which) for which in ("Nghệ An", "Cà Mau") for name in ("Tân Minh", "Phú Hải", "Kim Sơn")
    ):
        head = f"ỦY BAN NHÂN DÂN XÃ {place.upper()}, TỈNH {province.upper()}"
        keep(archive, f"{number}.txt", paper(head, "58/KH-UBND", place, f"{number + 1}/3/2025", "KẾ HOẠCH", f"Việc {number}", "Thực hiện."))
    for number, province in enumerate(("Nghệ An", "Cà Mau"), 6):
        head = f"ỦY BAN NHÂN DÂN TỈNH {province.upper()}"
        keep(
            archive,
            f"{number}.txt",
            paper(head, "58/KH-UBND", province, f"{number + 1}/2/2025", "KẾ HOẠCH", f"Việc {number}", "Thực hiện."),
        )


def stored(archive: Archive) -> list[tuple[object, ...]]:
    with archive.engine.connect() as connection:
        tables = (AuthorityRow, ResolutionRow)
        return [
            tuple(row)
            for table in tables
            for row in connection.execute(select(*table.__table__.columns).order_by(*table.__table__.primary_key))
        ]


CITING = {
    "a commune of its province": "Kế hoạch số 58/KH-UBND ngày 01/3/2025 của Ủy ban nhân dân xã Tân Minh, tỉnh Nghệ An",
    "a province": "Kế hoạch số 58/KH-UBND ngày 07/02/2025 của Ủy ban nhân dân tỉnh Nghệ An",
    "without a day": "Kế hoạch số 58/KH-UBND của Ủy ban nhân dân xã Phú Hải, tỉnh Cà Mau",
    "without a place": "Kế hoạch số 58/KH-UBND ngày 02/3/2025",
    "of another day": "Kế hoạch số 58/KH-UBND ngày 11/3/2025 của Ủy ban nhân dân xã Tân Minh, tỉnh Nghệ An",
    "of no place here": "Kế hoạch số 58/KH-UBND ngày 09/9/2025 của Ủy ban nhân dân tỉnh Lào Cai",
    "a number that looks alike": "Kế hoạch số 53/KH-UBND ngày 01/3/2025 của Ủy ban nhân dân xã Tân Minh, tỉnh Nghệ An",
}


@pytest.mark.parametrize("said", CITING.values(), ids=CITING)
def test_what_comes_in_and_goes_leaves_the_overlay_as_made_anew(filled: Callable[..., Archive], said: str) -> None:
    archive = filled(communes)
    before = stored(archive)
    citing = paper(
        "ỦY BAN NHÂN DÂN XÃ KIM SƠN, TỈNH NGHỆ AN", "58/KH-UBND", "Kim Sơn", "5/5/2025", "KẾ HOẠCH", "Việc mới", f"Thực hiện {said};"
    )
    keep(archive, "citing.txt", citing)
    with_it = stored(archive)
    assert resolve_everything(archive) == ()
    assert stored(archive) == with_it
    remove(archive, "9", now=NOW)
    assert stored(archive) == before
