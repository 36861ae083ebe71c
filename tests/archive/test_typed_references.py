"""What people type for a cited document is understood as it is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, cascade, cites, search
from archive.errors import AmbiguousReference
from archive.resolve.typed import Typed, read_typed
from tests.archive.papers import keep, paper

BODY = (
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;",
    "Căn cứ Nghị quyết số 57/NQ-HĐND ngày 10/12/2024 của Hội đồng nhân dân tỉnh Nghệ An;",
    "Căn cứ Kế hoạch số 57/KH-UBND ngày 05/01/2025 của Ủy ban nhân dân tỉnh Nghệ An;",
    "Căn cứ Quyết định số 411/QĐ-TTg ngày 31/3/2022 của Thủ tướng Chính phủ;",
    "Thực hiện Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII về xây dựng, chỉnh đốn Đảng;",
)


def add_citing(archive: Archive) -> None:
    keep(archive, "a", paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", "8/KH-UBND", "Tân Minh", "1/2/2025", "KẾ HOẠCH", "Chuyển đổi số", *BODY))


@pytest.fixture
def citing(filled: Callable[..., Archive]) -> Archive:
    return filled(add_citing)


@pytest.mark.parametrize(
    ("typed", "symbols"),
    [
        ("Nghị quyết số 57-NQ/TW", ["57-NQ/TW"]),
        ("57/NQ-TW", ["57-NQ/TW"]),
        ("57-NQTW", ["57-NQ/TW"]),
        ("57nqtw", ["57-NQ/TW"]),
        ("nq 57", ["57/NQ-HĐND", "57-NQ/TW"]),
        ("nq số 57", ["57/NQ-HĐND", "57-NQ/TW"]),
        ("nq 57@2024-12-22", ["57-NQ/TW"]),
        ("NQ 57 của Bộ Chính trị", ["57-NQ/TW"]),
        ("nghi quyet 57 cua HĐND", []),
        ("kh 57", ["57/KH-UBND"]),
        ("ct 57", []),
        ("411", ["411/QĐ-TTg"]),
        ("qd 0411", ["411/QĐ-TTg"]),
        ("41", []),
    ],
)
def test_symbols(citing: Archive, typed: str, symbols: list[str]) -> None:
    assert [group.cited.symbol for group in cites(citing, typed).groups] == symbols


@pytest.mark.parametrize("typed", ["Nghị quyết Trung ương 4 khóa XII", "NQ TW 4, khoá XII", "Nghị quyết Trung ương IV khoá XII"])
def test_a_plenum_by_its_short_name(citing: Archive, typed: str) -> None:
    (group,) = cites(citing, typed).groups
    assert "lần thứ tư" in group.hits[0].raw


def test_another_plenum_is_another(citing: Archive) -> None:
    assert cites(citing, "Nghị quyết Trung ương 5 khóa XII").groups == ()
    assert cites(citing, "Nghị quyết Trung ương 4 khóa XI").groups == ()


def test_a_number_alone_asks_which(citing: Archive) -> None:
    with pytest.raises(AmbiguousReference) as caught:
        cites(citing, "57")
    told = caught.value.facts["candidates"]
    assert isinstance(told, tuple)
    assert sorted(said.split()[2] for said in told) == ["57-NQ/TW", "57/KH-UBND", "57/NQ-HĐND"]
    assert [group.cited.symbol for group in cites(citing, "57@2025").groups] == ["57/KH-UBND"]


def test_what_is_like_it_is_suggested(citing: Archive) -> None:
    found = cites(citing, "75-NQ/TW")
    assert found.groups == ()
    assert found.suggestions[0].symbol == "57-NQ/TW"
    assert cites(citing, "57-NQ/TW").suggestions == ()
    assert cites(citing, "voi").suggestions == ()


def test_other_questions_understand_it_too(citing: Archive) -> None:
    assert [tree.root.symbol for tree in cascade(citing, "57-NQTW").cascades] == ["57-NQ/TW"]
    assert search(citing, 'cites:"57/NQ-TW"').total == 1
    assert search(citing, 'cites:"58/NQ-TW"').total == 0


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("57", Typed("57", (), "", "")),
        ("Luật số 72/2025/QH15", Typed("72", ("l",), "2025qh15", "")),
        ("Luật Việc làm", None),
        ("điều 57", None),
    ],
)
def test_what_is_read(name: str, typed: Typed | None) -> None:
    assert read_typed(name) == typed
