"""Short papers of our own in the form of real ones, for the tests that follow citations: read by the real parser."""

from __future__ import annotations

from archive import Archive, add_text
from kehoach_parser import Text, text_of
from tests.archive.builders import NOW, parse_once

_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def paper(organ: str, symbol: str, place: str, date: str, kind: str, subject: str, *body: str) -> str:
    """A State paper; ``date`` is D/M/YYYY."""
    day, month, year = date.split("/")
    dated = f"{place}, ngày {int(day):02} tháng {int(month):02} năm {year}"
    return f"{organ}\n{_STATE}Số: {symbol}\n{dated}\n\n{kind}\n{subject}\n\n" + "\n".join(body) + "\n"


def keep(archive: Archive, name: str, content: str) -> int:
    """Adds a paper under a file name; returns the document's id."""
    text = text_of(content)
    added = add_text(archive, Text(text.content, name, text.sha256), now=NOW, parse=parse_once)
    assert added.document is not None
    return added.document.id


RESOLUTION = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ"

#: Carries the resolution out at the centre.
CENTRE = paper(
    "CHÍNH PHỦ",
    "71/NQ-CP",
    "Hà Nội",
    "1/4/2025",
    "NGHỊ QUYẾT",
    f"Chương trình hành động của Chính phủ thực hiện {RESOLUTION}",
    f"Thực hiện {RESOLUTION}, Chính phủ ban hành Chương trình hành động như sau:",
    "I. MỤC TIÊU",
    "1. Nâng cao nhận thức của các cấp, các ngành.",
)
#: Carries out the centre's, and names one of its own superiors that is not in the archive.
PROVINCE = paper(
    "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
    "552/KH-UBND",
    "Nghệ An",
    "21/5/2025",
    "KẾ HOẠCH",
    "Triển khai chương trình hành động về khoa học, công nghệ trên địa bàn tỉnh",
    "Thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ và Chương trình hành động số 10-CTr/TU ngày 13/4/2025 của Tỉnh ủy Nghệ"
    f" An về thực hiện {RESOLUTION}, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH",
    "1. Bảo đảm thống nhất trong chỉ đạo.",
)
COMMUNE = paper(
    "ỦY BAN NHÂN DÂN XÃ TÂN MINH",
    "35/KH-UBND",
    "Tân Minh",
    "20/6/2025",
    "KẾ HOẠCH",
    "Phát triển khoa học, công nghệ trên địa bàn xã",
    "Thực hiện Kế hoạch số 552/KH-UBND ngày 21/5/2025 của Ủy ban nhân dân tỉnh Nghệ An về triển khai chương trình hành động về khoa học,"
    " công nghệ trên địa bàn tỉnh, Ủy ban nhân dân xã ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH",
    "1. Nâng cao nhận thức của cán bộ.",
)
#: Only stands on the resolution.
BASIS = paper(
    "ỦY BAN NHÂN DÂN TỈNH BẮC NINH",
    "141/KH-UBND",
    "Bắc Ninh",
    "2/7/2025",
    "KẾ HOẠCH",
    "Bồi dưỡng cán bộ, công chức năm 2025",
    f"Căn cứ {RESOLUTION};",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH",
    "1. Nâng cao năng lực.",
)
#: Older than the resolution, and of another matter.
OLDER = paper(
    "ỦY BAN NHÂN DÂN XÃ THANH SƠN",
    "7/KH-UBND",
    "Thanh Sơn",
    "5/2/2024",
    "KẾ HOẠCH",
    "Trồng cây đầu xuân",
    "Ủy ban nhân dân xã ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH",
    "1. Trồng cây.",
)
