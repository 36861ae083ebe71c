"""Which plans stand on a document that another paper of the archive replaced or repealed; citations of one relation."""

from __future__ import annotations

import pytest

from archive import Archive, cited_by, replaced
from tests.archive.papers import keep, paper

HANOI = "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"
OLD = "Quyết định số 15/QĐ-UBND ngày 02/7/2024 của Ủy ban nhân dân Thành phố"


def plan(number: int, *body: str) -> str:
    return paper(
        HANOI, f"{number}/KH-UBND", "Hà Nội", f"{number}/9/2025", "KẾ HOẠCH", "Chuyển đổi số", *body, "1. Tổ chức thực hiện nghiêm."
    )


def decision(*body: str) -> str:
    return paper(HANOI, "99/QĐ-UBND", "Hà Nội", "1/8/2025", "QUYẾT ĐỊNH", "Về việc ban hành Quy chế văn thư", *body)


@pytest.mark.parametrize(
    ("verb", "relation"),
    [
        (f"Điều 2. Quyết định này thay thế {OLD}.", "replaces"),
        (f"Điều 2. Bãi bỏ {OLD}.", "repeals"),
        (f"Điều 2. {OLD} hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", "repeals"),
    ],
)
def test_a_plan_stands_on_what_was_replaced(archive: Archive, verb: str, relation: str) -> None:
    standing = keep(archive, "a.txt", plan(5, f"Căn cứ {OLD}, Ủy ban nhân dân Thành phố ban hành kế hoạch:"))
    keep(archive, "b.txt", plan(6, "Căn cứ Quyết định số 16/QĐ-UBND ngày 03/7/2024 của Ủy ban nhân dân Thành phố, ban hành kế hoạch:"))
    new = keep(archive, "c.txt", decision("Điều 1. Ban hành Quy chế.", verb))
    (found,) = replaced(archive)
    assert found.cited.symbol == "15/QĐ-UBND"
    assert [(hit.document.id, hit.relation) for hit in found.by] == [(new, relation)]
    assert [(hit.document.id, hit.relation) for hit in found.plans] == [(standing, "basis")]


def test_a_task_to_replace_it_replaces_nothing(archive: Archive) -> None:
    keep(archive, "a.txt", plan(5, f"Căn cứ {OLD}, Ủy ban nhân dân Thành phố ban hành kế hoạch:"))
    keep(archive, "b.txt", plan(6, "Ủy ban nhân dân ban hành kế hoạch:", f"I. NHIỆM VỤ\n1. Sở Nội vụ tham mưu ban hành thay thế {OLD}."))
    assert replaced(archive) == ()


def test_what_a_plan_cites_by_relation(archive: Archive) -> None:
    keep(archive, "a.txt", plan(5, f"Căn cứ {OLD}; thực hiện Chỉ thị số 7/CT-UBND ngày 05/8/2025, ban hành kế hoạch:"))
    assert [one.cited.symbol for one in cited_by(archive, "1")] == ["15/QĐ-UBND", "7/CT-UBND"]
    assert [one.cited.symbol for one in cited_by(archive, "1", relation="basis")] == ["15/QĐ-UBND"]
