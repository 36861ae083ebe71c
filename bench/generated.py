"""Plans made by chance with a fixed seed, for archives larger than any that may be shipped: heads, words and duties of their own, sentences
of the clean fixture, and documents cited by Zipf's law, so that one resolution is cited by most plans and most documents by a few.

usage: generated.py COUNT FOLDER      writes COUNT plans as text files

About 7.5 KB a plan. A document that is cited has one date and title wherever it is cited; one citation in twenty drops the date, one in a
hundred prints another.
"""

from __future__ import annotations

import random
import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "004_d9d819c7857a47e2.txt"
PROVINCES = ("Thái Nguyên", "Quảng Trị", "Đồng Tháp", "Lâm Đồng", "Nghệ An", "Cà Mau", "Lào Cai", "Bắc Ninh", "Gia Lai", "Phú Thọ")
FIRST = ("Tân", "An", "Phú", "Bình", "Đông", "Tây", "Hòa", "Vĩnh", "Long", "Thanh", "Sơn", "Kim", "Xuân", "Hải", "Mỹ", "Yên")
SECOND = ("Minh", "Thịnh", "Lộc", "Phong", "Giang", "Hưng", "Châu", "Thạnh", "Khê", "Trung", "Lâm", "Hà", "Đức", "Tiến", "Quang", "Thủy")
TOPICS = ("chuyển đổi số", "cải cách hành chính", "xây dựng nông thôn mới", "phòng, chống thiên tai", "an toàn thực phẩm",
          "giảm nghèo bền vững",
          "bầu cử đại biểu Quốc hội", "sắp xếp tổ chức bộ máy", "bảo vệ môi trường", "phòng, chống tham nhũng", "giáo dục và đào tạo",
          "bảo hiểm y tế toàn dân", "khoa học, công nghệ", "quản lý đất đai", "an ninh trật tự", "văn hóa cơ sở")  # fmt: skip
UNITS = ("Văn phòng HĐND và UBND xã", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Công an xã", "Ban Chỉ huy Quân sự xã", "Trạm Y tế xã",
         "Ủy ban Mặt trận Tổ quốc Việt Nam xã", "Hội Nông dân xã", "Hội Liên hiệp Phụ nữ xã",
         "Đoàn TNCS Hồ Chí Minh xã", "Hội Cựu chiến binh xã",
         "Trung tâm Phục vụ hành chính công xã", "Các trường học trên địa bàn", "Trưởng các thôn")  # fmt: skip
TASKS = ("Tham mưu Ủy ban nhân dân xã ban hành văn bản chỉ đạo về", "Tổ chức tuyên truyền sâu rộng trong Nhân dân về",
         "Rà soát, lập danh sách và báo cáo kết quả",
         "Xây dựng dự toán kinh phí thực hiện", "Kiểm tra, giám sát việc thực hiện",
         "Tổng hợp khó khăn, vướng mắc trong", "Tập huấn cho cán bộ, công chức về")  # fmt: skip
SERIES = (("Nghị quyết", "-NQ/TW", "Bộ Chính trị"), ("Chỉ thị", "-CT/TW", "Ban Bí thư"),
          ("Quyết định", "/QĐ-TTg", "Thủ tướng Chính phủ"),
          ("Nghị quyết", "/NQ-CP", "Chính phủ"), ("Kế hoạch", "/KH-UBND", "Ủy ban nhân dân tỉnh {}"),
          ("Kết luận", "-KL/TW", "Bộ Chính trị"),
          ("Kế hoạch", "-KH/TU", "Ban Thường vụ Tỉnh ủy {}"), ("Công văn", "/UBND-VX", "Ủy ban nhân dân tỉnh {}"))  # fmt: skip


@dataclass(frozen=True)
class Cited:
    """A document that plans cite."""

    type: str
    symbol: str
    date: str
    issuer: str
    title: str


def cited_document(rank: int) -> Cited:
    """The document of a rank, the same in every archive."""
    chance = random.Random(rank)
    kind, ending, issuer = SERIES[rank % len(SERIES)]
    date = f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2016, 2025)}"
    number = rank // len(SERIES) + 1 if ending.endswith("TW") else chance.randint(1, 3000)
    topic = f"{chance.choice(TOPICS)} giai đoạn {chance.randint(2020, 2026)} - {chance.randint(2027, 2035)}"
    return Cited(kind, f"{number}{ending}", date, issuer.format(chance.choice(PROVINCES)), f"về {topic}")


class Plans:
    """Plans by number; ``variety`` is how many documents there are to cite."""

    def __init__(self, variety: int) -> None:
        self._reached = list(accumulate(1 / (rank + 1) for rank in range(variety)))
        lines = FIXTURE.read_text(encoding="utf-8").splitlines()
        self._sentences = [line.strip() for line in lines if 200 < len(line) < 900 and line[0].isalpha() and "Nghị quyết số" not in line]

    def _cited(self, chance: random.Random) -> Cited:
        return cited_document(bisect_left(self._reached, chance.random() * self._reached[-1]))

    def _mention(self, chance: random.Random) -> str:
        one = self._cited(chance)
        draw = chance.random()
        date = "" if draw < 0.05 else f" ngày {chance.randint(1, 28)}/{one.date.partition('/')[2]}" if draw < 0.06 else f" ngày {one.date}"
        title = f" {one.title}" if chance.random() < 0.7 else ""
        return f"{one.type} số {one.symbol}{date} của {one.issuer}{title}"

    def text(self, number: int) -> str:
        """The text of a plan."""
        chance = random.Random(f"plan {number}")
        province, name = chance.choice(PROVINCES), f"{chance.choice(FIRST)} {chance.choice(SECOND)}"
        year, month, day = chance.randint(2025, 2026), chance.randint(1, 12), chance.randint(1, 28)
        topic = chance.choice(TOPICS)
        lines = [f"ỦY BAN NHÂN DÂN\nXÃ {name.upper()}\n", f"Số: {number % 900 + 1}/KH-UBND\n", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                 "Độc lập - Tự do - Hạnh phúc\n", f"{name}, ngày {day:02} tháng {month:02} năm {year}\n", "KẾ HOẠCH",
                 f"Thực hiện công tác {topic} trên địa bàn xã {name} năm {year}\n",
                 f"Thực hiện {self._mention(chance)}; căn cứ {self._mention(chance)}; "
                 f"Ủy ban nhân dân xã {name}, tỉnh {province} xây dựng Kế hoạch như sau:\n",
                 "I. MỤC ĐÍCH, YÊU CẦU\n", f"1. Mục đích\n\n{chance.choice(self._sentences)}\n",
                 f"2. Yêu cầu\n\n{chance.choice(self._sentences)}\n",
                 "II. NỘI DUNG\n"]  # fmt: skip
        for item in range(1, 7):
            lines.append(f"{item}. Tiếp tục thực hiện {self._mention(chance)}; {self._mention(chance)}.\n")
            lines += [f"- {chance.choice(self._sentences)[:300].rpartition(' ')[0]}.\n" for _ in range(chance.randint(0, 2))]
        lines.append("III. TỔ CHỨC THỰC HIỆN\n")
        for item, unit in enumerate(chance.sample(UNITS, 6), 1):
            lines.append(f"{item}. {unit}\n")
            for _ in range(chance.randint(1, 3)):
                until = f" trước ngày {chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{year}" if chance.random() < 0.4 else ""
                lines.append(f"- {chance.choice(TASKS)} {chance.choice(TOPICS)} trên địa bàn xã{until}.")
            lines.append("")
        lines += [f"Trên đây là Kế hoạch thực hiện công tác {topic} của Ủy ban nhân dân xã {name}./.\n", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n",
                  f"Nguyễn Văn {chance.choice(SECOND)}"]  # fmt: skip
        return "\n".join(lines) + "\n"


def write(count: int, folder: Path, first: int = 0, variety: int | None = None) -> Iterator[Path]:
    """Writes plans one by one; yields where."""
    folder.mkdir(parents=True, exist_ok=True)
    plans = Plans(variety or 4 * count)
    for number in range(first, first + count):
        path = folder / f"plan-{number:06}.txt"
        path.write_text(plans.text(number), encoding="utf-8")
        yield path


if __name__ == "__main__":
    print(len(list(write(int(sys.argv[1]), Path(sys.argv[2])))))
