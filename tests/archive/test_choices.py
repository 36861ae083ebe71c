"""Where a symbol means several documents, what is offered to type differs, and each means exactly one."""

from __future__ import annotations

import re

import pytest

from archive import Archive, cascade, choices_among, cites, search
from archive.common.keys import Choosable, choices, read_reference
from tests.archive.papers import keep, paper
from tests.terminal.terminal_runs import kehoach

A, B = "Ủy ban nhân dân phường An Biên", "Ủy ban nhân dân phường Kiến An"


@pytest.mark.parametrize(
    ("documents", "typed"),
    [
        ([("2017-10-25", "XII", "", "TW"), ("2022-06-16", "XIII", "", "TW")], ["S@2017", "S@2022"]),
        ([("2026-02-03", None, "", A), ("2026-05-04", None, "", A)], ["S@2026-02-03", "S@2026-05-04"]),
        ([("2026-02-03", None, "an bien, x", A), ("2026-02-03", None, "kien an, x", B)], ["S@an bien", "S@kien an"]),
        ([("2026-02-03", None, "kien an, x", B), ("2026-02-03", None, "kien an, y", B)], ["S@kien an, x", "S@kien an, y"]),
        ([("2026-02-03", None, "", "Sở Y tế"), ("2026-02-03", None, "", "Sở Nội vụ")], ["S@Sở Y tế", "S@Sở Nội vụ"]),
        (
            [("2026-02-03", None, "x", A), ("2026-03-04", None, "x", A), ("2026-02-03", None, "y", A)],
            ["S@2026-02-03 x", "S@2026-03-04", "S@y"],
        ),
        ([(None, None, "vinh", None), ("2026", None, "hue", None)], ["S@vinh", "S@2026"]),
        ([("2026", None, "x", A), ("2026", None, "x", A)], [None, None]),
    ],
)
def test_each_choice_means_one(documents: list[tuple[str | None, str | None, str, str | None]], typed: list[str | None]) -> None:
    assert choices([Choosable("S", *one) for one in documents]) == typed


@pytest.mark.parametrize(
    ("reference", "choice", "words"),
    [
        ("18-NQ/TW", None, None),
        ("18-NQ/TW@2017-10", "2017-10", None),
        ("18-NQ/TW@25/10/2017", "2017-10-25", None),
        ("18-NQ/TW@khoá XII", "XII", None),
        ("12/KH-UBND@Vinh", None, " vinh "),
        ("12/KH-UBND@3/2/2026, Kiến An", "2026-02-03", " kien an "),
        ("12/KH-UBND@", None, None),
    ],
)
def test_what_stands_behind_the_sign(reference: str, choice: str | None, words: str | None) -> None:
    wanted = read_reference(reference)
    assert (wanted.choice, wanted.words) == (choice, words)


@pytest.fixture
def wards(archive: Archive) -> Archive:
    both = f"Kế hoạch số 12/KH-UBND ngày 03/02/2026 của {A} và Kế hoạch số 12/KH-UBND ngày 03/02/2026 của {B}"
    body = (f"Thực hiện {both}, Ủy ban nhân dân thành phố ban hành Kế hoạch như sau:", "I. MỤC ĐÍCH", "1. Nâng cao nhận thức.")
    keep(archive, "a", paper("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "88/KH-UBND", "Hải Phòng", "5/9/2026", "KẾ HOẠCH", "Dân số", *body))
    keep(archive, "b", paper(B.upper(), "12/KH-UBND", "Kiến An", "3/2/2026", "KẾ HOẠCH", "Dân số", "I. MỤC ĐÍCH", "1. Nâng cao."))
    return archive


def test_two_wards_of_one_symbol_and_day(wards: Archive) -> None:
    groups = cites(wards, "12/KH-UBND").groups
    assert len(groups) == 2
    for group, typed in zip(groups, choices_among([group.cited for group in groups]), strict=True):
        assert typed is not None
        assert [one.cited.key for one in cites(wards, typed).groups] == [group.cited.key]
    roots = [found.root for found in cascade(wards, "12/KH-UBND").cascades]
    for root, typed in zip(roots, choices_among(roots), strict=True):
        assert typed is not None
        assert [found.root.id for found in cascade(wards, typed).cascades] == [root.id]
    assert search(wards, 'cites:"12/KH-UBND@Kiến An"').total == 1
    assert search(wards, 'cites:"12/KH-UBND@Hà Nội"').total == 0


@pytest.mark.parametrize("command", ["cites", "cascade", "gaps"])
def test_what_is_offered_can_be_typed(wards: Archive, command: str) -> None:
    told = kehoach(command, "12/KH-UBND", "--archive", wards.folder, KEHOACH_LANG="en").err
    offered = re.findall(r"'([^']+)'", told.partition("To choose one: ")[2])
    assert len(set(offered)) == 2
    for typed in offered:
        assert "To choose one" not in kehoach(command, typed, "--archive", wards.folder, KEHOACH_LANG="en").err
