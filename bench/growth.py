"""What grows with an archive: the cost of adding a plan and of each question at some sizes, in one run.

usage: growth.py [SIZE…]      sizes in plans (300 1000 by default), each reached by adding to the one before
       growth.py ARCHIVE…     the questions alone, over archives of such plans that are there, the smallest first

Processor milliseconds: adding one plan alone (middle of ten), by part; each question warm (middle of five), its first page
(20 rows); the register in milliseconds a thousand lines. Behind each: how many times that at the first size.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import archive.keep.ingest as ingest
from archive import (
    Archive,
    add_files,
    cascade,
    cited_by,
    cites,
    duties,
    find_documents,
    graph,
    lint,
    list_documents,
    open_archive,
    register,
    search,
    unit_page,
    units,
)
from archive import statistics as figures
from archive.values import DutyQuestion, ListQuestion
from bench.generated import write

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ALONE = 10
GOES = 5


class Parts:
    """Processor seconds of the functions of a module that are watched."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def watch(self, names: dict[str, str]) -> Iterator[None]:
        kept = {name: getattr(ingest, name) for name in names}
        for name, part in names.items():
            setattr(ingest, name, self._timed(kept[name], part))
        try:
            yield
        finally:
            for name, function in kept.items():
                setattr(ingest, name, function)

    def _timed(self, function: Callable[..., object], part: str) -> Callable[..., object]:
        def timed(*arguments: object, **named: object) -> object:
            start = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                self.taken[part].append(time.process_time() - start)

        return timed


def adding(archive: Archive, files: list[Path]) -> dict[str, float]:
    """Milliseconds of adding one file, by part."""
    parts, whole = Parts(), []
    with parts.watch({"find_twin": "twin", "insert_document": "rows", "index_versions": "index", "resolve_pending": "resolve"}):
        for file in files:
            start = time.process_time()
            assert all(one.status in ("added", "version", "copy") for one in add_files(archive, [file], now=NOW))
            whole.append(time.process_time() - start)
    return {"add one": statistics.median(whole), **{f"  {part}": sum(taken) / len(files) for part, taken in parts.taken.items()}}


def questions() -> dict[str, Callable[[Archive], object]]:
    """The questions, as the commands ask them."""
    return {
        "list": lambda a: list_documents(a, limit=20),
        "list by date": lambda a: find_documents(a, ListQuestion(sort="date", descending=True, limit=20)),
        "list by organ": lambda a: find_documents(a, ListQuestion(sort="organ", limit=20)),
        "cites 1-NQ/TW": lambda a: cites(a, "1-NQ/TW", limit=20),
        "cites, a kind": lambda a: cites(a, "1-NQ/TW", relation="implements", limit=20),
        "cited-by 10": lambda a: cited_by(a, "10", limit=20),
        "duties all": lambda a: duties(a, DutyQuestion(limit=20)),
        "duties two words": lambda a: duties(a, DutyQuestion(query="tập huấn cán bộ", limit=20)),
        "duties of a unit": lambda a: duties(a, DutyQuestion(unit="công an", limit=20)),
        "duties due": lambda a: duties(a, DutyQuestion(due="2025-06", limit=20)),
        "duties due, a unit": lambda a: duties(a, DutyQuestion(unit="công an", due="2025", limit=20)),
        "duties overdue": lambda a: duties(a, DutyQuestion(overdue="2025-12-15", limit=20)),
        "units": lambda a: units(a, limit=20),
        "units by name": lambda a: units(a, "công an", limit=20),
        "unit": lambda a: unit_page(a, "Công an xã Tân Minh", limit=20),
        "search word": lambda a: search(a, "thiên tai"),
        "search phrase": lambda a: search(a, '"phòng, chống thiên tai"'),
        "lint 10": lambda a: lint(a, "10", limit=20),
        "cascade": lambda a: cascade(a, "1-NQ/TW", limit=20),
        "graph --around": lambda a: graph(a, around="1-NQ/TW", limit=20),
        "graph around a plan": lambda a: graph(a, around="10", limit=20),
        "stats": lambda a: figures(a),
    }


def asking(archive: Archive) -> dict[str, float]:
    """Seconds of each question, warm."""
    found = {}
    for name, ask in questions().items():
        taken = []
        for _ in range(GOES + 1):
            archive.close_part("kept")  # answers that a page may ask for again (`store.kept`)
            start = time.process_time()
            ask(archive)
            taken.append(time.process_time() - start)
        found[name] = statistics.median(taken[1:])
    start = time.process_time()
    lines = sum(1 for _ in register(archive))
    found["register, 1,000 lines"] = (time.process_time() - start) / max(lines, 1) * 1000
    return found


def tell(row: dict[str, float], first: dict[str, float]) -> None:
    """Prints the milliseconds, with the ratios to the first."""
    for name, seconds in row.items():
        first.setdefault(name, seconds)
        print(f"  {name:22} {seconds * 1000:9.1f}  {seconds / first[name]:6.2f}", flush=True)


def over(folders: list[Path]) -> None:
    """The questions over archives that are there."""
    first: dict[str, float] = {}
    for folder in folders:
        with open_archive(folder) as archive:
            print(f"\n{list_documents(archive, limit=1).total} plans", flush=True)
            tell(asking(archive), first)


def main(sizes: list[int]) -> None:
    """Prints a table."""
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        files = list(write(sizes[-1] + ALONE * len(sizes), Path(folder) / "plans"))
        archive = open_archive(Path(folder) / "archive", create=True)
        there = 0
        for size in sizes:
            start = time.process_time()
            count = sum(1 for _ in add_files(archive, files[there:size], now=NOW))
            many = (time.process_time() - start) / max(count, 1)
            there = size + ALONE
            row = {"add, in one go": many, **adding(archive, files[size:there]), **asking(archive)}
            disk = sum(file.stat().st_size for file in (Path(folder) / "archive").rglob("*") if file.is_file())
            row["disk, KB a plan"] = disk / 1e6 / there
            print(f"\n{size} plans; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB at most", flush=True)
            tell(row, first)


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].isdecimal():
        over([Path(folder) for folder in sys.argv[1:]])
    else:
        main([int(size) for size in sys.argv[1:]] or [300, 1000])
