"""How long questions about duties take over an archive of 200,000 duties.

usage: duties.py [DUTIES]          200,000 by default

A temporary archive is filled with rows straight away. Words follow the fixtures: a text is a walk over the pairs of words that stand side
by side in them, so that common words are as common as they are in plans, with names of programmes among them that few plans know. Units
follow Zipf's law over 34 provinces and 3,321 communes; one duty in four has a deadline, one in twenty of these comes round again.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from archive import Archive, duties, open_archive, unit_page, units
from archive.common.keys import SEGMENT, name_key
from archive.store.database import writing
from archive.store.duty_index import index_duties
from archive.store.tables import PROJECTION, AssignmentRow, Base, ContentRow, DateRow, DocumentRow, NodeRow, VersionRow
from archive.values import DutyQuestion

ROOT = Path(__file__).parents[1]
PER_PLAN = 25
WORDS = 110
#: Words of a text that are its task.
TASK = 30
#: Different texts; each stands in several plans, as annual plans repeat one another.
TEXTS = 8_000
PROVINCES, COMMUNES = 34, 3321
SECTORS = ("Y tế", "Tài chính", "Nội vụ", "Tư pháp", "Xây dựng", "Công Thương", "Văn hóa và Thể thao", "Giáo dục và Đào tạo")
#: Names of programmes: the later in the list, the fewer duties hold it.
RARE = ("cổ động trực quan", "chuyển đổi số", "tiêm chủng mở rộng", "phòng chống đuối nước", "số hoá hồ sơ lưu trữ")
ROLES = ("assigned", "lead", "cooperate", "cooperate", "directed")
QUESTIONS: dict[str, dict[str, Any]] = {
    "words, few": {"query": RARE[-1]},
    "words, some": {"query": RARE[0]},
    "words, common": {"query": "tuyên truyền"},
    "words apart": {"query": "tuyên truyền cổ động trực quan"},
    "words typed without marks": {"query": "chuyen doi so"},
    "words and unit": {"query": RARE[1], "unit": "Sở Y tế", "place": "Tỉnh 7"},
    "unit": {"unit": "Sở Y tế", "place": "Tỉnh 7"},
    "below": {"unit": "UBND Tỉnh 7", "below": True},
    "below, due": {"unit": "UBND Tỉnh 7", "below": True, "due": "2025-12"},
    "below, words": {"unit": "UBND Tỉnh 7", "below": True, "query": "tuyên truyền"},
    "below, a sector": {"unit": "Sở Y tế", "below": True},
    "level and role": {"level": "commune", "role": "lead"},
    "due in a quarter": {"due": "2025-10..2025-12"},
    "due, of a unit": {"due": "2025-12", "unit": "Sở Tài chính"},
    "overdue": {"overdue": "2025-06-01"},
    "one plan": {"plan": "77"},
    "plans of a month": {"dated": "2025-12"},
}


class Writer:
    """Texts that look like those of the fixtures."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        words = re.findall(r"\w+", (ROOT / "fixtures" / "004_d9d819c7857a47e2.txt").read_text(encoding="utf-8"))
        self.after: dict[str, list[str]] = defaultdict(list)
        for first, second in pairwise(words):
            self.after[first].append(second)
        self.all = words
        self.pool = [self.text() for _ in range(TEXTS)]

    def text(self) -> str:
        """About WORDS words, one time in thirty with the name of a programme."""
        word = self.chance.choice(self.all)
        out = []
        for _ in range(self.chance.randint(WORDS // 2, WORDS * 3 // 2)):
            word = self.chance.choice(self.after.get(word) or self.all)
            out.append(word)
        if self.chance.random() < 1 / 30:
            rank = self.chance.choices(range(len(RARE)), [4.0**-place for place in range(len(RARE))])[0]
            out.insert(self.chance.randrange(len(out)), RARE[rank])
        return " ".join(out)


def plan_rows(plan: int, writer: Writer, zipf: list[float]) -> Iterator[tuple[type[Base], dict[str, object]]]:
    """The rows of one plan of a province."""
    chance = writer.chance
    province = chance.choices(range(PROVINCES), cum_weights=zipf)[0]
    day = f"20{23 + plan % 3}-{plan % 12 + 1:02}-{plan % 28 + 1:02}"
    place, organ = f"Tỉnh {province}", f"Ủy ban nhân dân Tỉnh {province}"
    yield DocumentRow, {"id": plan}
    yield VersionRow, {
        "id": plan, "document_id": plan, "number": 1, "current": True, "indexed": True, "resolved": True, "projection": PROJECTION,
        "added_at": datetime(2026, 1, 1, tzinfo=UTC), "sha256": f"{plan:064}", "text_sha256": f"{plan:064}", "media_type": "text/plain",
        "parser_version": "1", "type": "Kế hoạch", "symbol": f"{plan}/KH-UBND", "symbol_key": f"{plan}/kh-ubnd", "date": day,
        "organ": organ, "organ_folded": name_key(organ), "place": place, "place_folded": name_key(place), "quality": 1.0, "length": 20_000,
        "node_count": PER_PLAN, "citation_count": 0, "assignment_count": PER_PLAN,
    }  # fmt: skip
    texts, offset, dates = [], 0, 0
    for number in range(PER_PLAN):
        text = chance.choice(writer.pool)
        task = " ".join(text.split()[:TASK])
        sector = chance.choice(SECTORS)
        commune = chance.randrange(COMMUNES)
        local = chance.random() < 0.3
        unit = f"Ủy ban nhân dân xã {commune}" if local else f"Sở {sector}"
        key = f"ủy ban nhân dân @ xã {commune}, tỉnh {province}" if local else f"sở {sector.lower()} @ tỉnh {province}"
        deadline = None
        if chance.random() < 0.25:
            deadline, dates = dates, dates + 1
            again = chance.random() < 0.05
            due = f"20{23 + chance.randrange(4)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            yield DateRow, {
                "version_id": plan, "ordinal": deadline, "start": offset, "end": offset + 5, "raw": due, "value": None if again else due,
                "first": None if again else due, "last": None if again else due, "recurs": "FREQ=MONTHLY;INTERVAL=3" if again else None,
                "role": "deadline", "node": number, "certainty": 1.0,
            }  # fmt: skip
        yield NodeRow, {
            "version_id": plan, "ordinal": number, "start": offset, "end": offset + len(text), "node": number, "parent": None, "part": 1,
            "kind": "item", "label": str(number), "path": str(number), "heading": unit, "heading_folded": name_key(unit), "trail": [],
        }  # fmt: skip
        yield AssignmentRow, {
            "version_id": plan, "ordinal": number, "start": offset, "end": offset + 5, "unit": unit, "unit_key": key,
            "unit_folded": name_key(unit), "role": chance.choice(ROLES), "is_primary": True, "node": number, "zone": "body", "part": None,
            "line": number + 1, "task": task, "deadline": deadline, "reports_to": None, "certainty": 1.0,
            "words": SEGMENT.join([name_key(task), name_key(unit), name_key(text)]), "skeletons": "  ",
        }  # fmt: skip
        texts.append(text)
        offset += len(text) + 1
    yield ContentRow, {"version_id": plan, "text": "\n".join(texts), "pages": [], "notes": [], "plan": "{}"}


def fill(archive: Archive, count: int) -> None:
    """Writes everything."""
    writer = Writer(random.Random(1))
    zipf = list(accumulate(1 / rank for rank in range(1, PROVINCES + 1)))
    tables = (DocumentRow, VersionRow, ContentRow, NodeRow, DateRow, AssignmentRow)
    with writing(archive.engine).begin() as connection:
        for first in range(1, count // PER_PLAN + 1, 200):
            plans = range(first, min(first + 200, count // PER_PLAN + 1))
            rows: dict[type[Base], list[dict[str, object]]] = defaultdict(list)
            for table, row in (entry for plan in plans for entry in plan_rows(plan, writer, zipf)):
                rows[table].append(row)
            for table in tables:
                connection.execute(insert(table), rows[table])
            for plan in plans:
                index_duties(connection, plan)
        connection.exec_driver_sql("ANALYZE")


def best(run: Callable[[], object], times: int = 5) -> tuple[float, float, float]:
    """Of several runs the first and the fastest, and the least processor time, in milliseconds."""
    taken, worked = [], []
    for _ in range(times):
        start, before = time.perf_counter(), time.process_time()
        run()
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - before) * 1000)
    return taken[0], min(taken), min(worked)


def main(arguments: list[str]) -> None:
    """Prints the times."""
    count = int(arguments[0]) if arguments else 200_000
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with open_archive(Path(folder), create=True) as archive:
            fill(archive, count)
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        print(f"{count:,} duties in {count // PER_PLAN:,} plans: {size:,.0f} MB, {time.perf_counter() - start:.0f} s")
        print(f"{'question, 20 answers':<28} {'answers':>8} {'first ms':>9} {'best ms':>8} {'of processor':>13}")
        with open_archive(Path(folder)) as archive:
            for name, question in QUESTIONS.items():
                show(name, partial(duties, archive, DutyQuestion(**question, limit=20)))
            show("units", partial(units, archive, "Sở Y tế"))
            for province in (PROVINCES - 1, 0):
                unit = f"Sở Y tế Tỉnh {province}"
                show(f"{unit}: its duties", lambda unit=unit: unit_page(archive, unit).duties)


def show(name: str, run: Callable[[], Sequence[object]]) -> None:
    """Prints how many answers a question has and its times."""
    first, fastest, worked = best(run)
    print(f"{name:<28} {len(run()):>8} {first:>9.1f} {fastest:>8.1f} {worked:>13.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
