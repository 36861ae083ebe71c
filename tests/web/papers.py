"""What the pages are tested over: the fixtures, a document with those who carry it out, and a paper that means ill."""

from __future__ import annotations

from archive import Archive
from tests.archive.builders import add_fixtures
from tests.archive.papers import CENTRE, COMMUNE, PROVINCE, keep, paper

SCRIPT = "<script>alert(document.domain)</script>"
#: Turns the direction of what follows, deletes nothing that is seen, rings a bell.
UNSEEN = "\u202e\u2066\u200f\x07\x1b[31m"
#: A title of ten thousand letters without a blank.
LONG = "Ế" * 10_000
#: A plan that tries what a page might let through: as a name, a title, a citation, a unit, a task.
HOSTILE = paper(
    f"ỦY BAN NHÂN DÂN XÃ TÂN {SCRIPT}",
    "66/KH-UBND",
    "Tân Minh",
    "5/1/2026",
    "KẾ HOẠCH",
    f'{SCRIPT}<img src=x onerror=alert(1)>{UNSEEN}" onmouseover="alert(2) {LONG}',
    'Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về "><svg onload=alert(3)>, {{ 7 * 7 }} xã ban hành kế hoạch:',
    f"I. MỤC ĐÍCH {SCRIPT}",
    f"1. Yêu cầu &lt;b&gt; </div></main> {UNSEEN} javascript:alert(4)",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Phòng Kinh tế <b onclick=alert(5)>: chủ trì, phối hợp với Công an xã tổng hợp, báo cáo kết quả trước ngày 31/3/2026.",
    "2. Trạm Y tế xã: kiểm tra an toàn thực phẩm, hoàn thành trước ngày 15/02/2026.",
)


def add_shown(archive: Archive) -> None:
    """The fixtures are 1 to 3, those who carry a resolution out 4 to 6, the hostile paper 7."""
    add_fixtures(archive)
    for number, (name, content) in enumerate(
        (("centre.txt", CENTRE), ("province.txt", PROVINCE), ("commune.txt", COMMUNE), (f"{SCRIPT}.txt", HOSTILE)), start=4
    ):
        assert keep(archive, name, content) == number
