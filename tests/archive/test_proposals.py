"""Which later papers are put before a person because they may change what is due, and which are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
from archive import Archive
from tests.archive.builders import add

PLAN = "Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Tuyên truyền\nI. VIỆC\nGiao Sở Y tế: tiêm chủng.\n"
LATER = "Số 40-TB/ĐU | Thông báo | Đảng ủy phường Kiến An | Kiến An | 2026-01-05 | Việc\nI. VIỆC\n"
CITED = "Kế hoạch số 35-KH/ĐU, ngày 20/11/2025 của Đảng ủy phường Kiến An"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Archive]:
    with archive.open_archive(tmp_path / "office", create=True) as handle:
        yield handle


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (f"Gia hạn thời gian thực hiện {CITED} đến hết tháng 3.", "extends"),
        (f"Điều chỉnh thời hạn hoàn thành tại {CITED}.", "extends"),
        (f"Điều chỉnh, kéo dài thời gian thực hiện {CITED}.", "extends"),
        (f"Lùi tiến độ nêu trong {CITED}.", "extends"),
        (f"Báo cáo kết quả thực hiện {CITED} đúng thời hạn.", None),
        (f"Thực hiện {CITED}. Điều chỉnh thời gian họp giao ban.", None),
    ],
)
def test_what_gives_more_time_is_proposed(office: Archive, said: str, kind: str | None) -> None:
    plan, later = add(office, PLAN), add(office, f"{LATER}{said}\n")
    found = archive.proposals(office, {plan, later})
    assert [(proposal.kind, proposal.hit.document.id) for proposal in found.get(plan, ())] == ([(kind, later)] if kind else [])
    assert later not in found


def test_an_earlier_paper_changes_nothing(office: Archive) -> None:
    plan = add(office, PLAN)
    add(office, f"{LATER.replace('2026-01-05', '2025-11-05')}Gia hạn {CITED}.\n")
    assert archive.proposals(office, {plan}) == {}


def test_a_paper_is_proposed_once_and_never_to_itself(office: Archive) -> None:
    plan = add(office, f"{PLAN}Gia hạn {CITED}.\n")
    later = add(office, f"{LATER}Gia hạn {CITED}.\nGia hạn thời gian {CITED}.\n")
    (proposal,) = archive.proposals(office, {plan})[plan]
    assert proposal.hit.document.id == later
