"""Documents found by whom they go to and who signed them."""

from __future__ import annotations

import pytest

from archive import Archive, list_documents, search
from tests.archive.papers import keep, paper

TAIL = """
Nơi nhận:
- Ủy ban nhân dân thành phố;
- Công an phường (để thực hiện);
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Bảy
"""


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ('recipient:"công an"', 1),
        ('recipient:"cong an phuong"', 1),
        ('recipient:"công an xã"', 0),
        ('signer:"Trần Văn Bảy"', 1),
        ('signer:"van bay"', 1),
        ('signer:"Trần Văn Sáu"', 0),
        ('signer:"van bay" AND NOT recipient:"cong an"', 0),
    ],
)
def test_search_by_recipient_and_signer(archive: Archive, query: str, total: int) -> None:
    body = ("I. MỤC ĐÍCH", "1. Nâng cao nhận thức của cán bộ.")
    keep(archive, "a", paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", "8/KH-UBND", "Tân Minh", "1/2/2025", "KẾ HOẠCH", "Dân số", *body) + TAIL)
    assert [document.signer for document in list_documents(archive)] == ["Trần Văn Bảy"]
    assert search(archive, query).total == total
