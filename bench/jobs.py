"""What several processes gain: the same files added with `--jobs 1` and `--jobs 2`, by turns.

usage: jobs.py [FILES [TURNS]]      generated plans of mixed size (500, 2 by default)

Seconds on the clock, and of processors: of the process that stores, and of its workers. On a machine that others use the clock says little;
at best the files take as long as the process that stores, or half of all on two cores (``at best``).
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from archive import add_files, open_archive
from bench.generated import Plans

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def mixed(count: int, folder: Path) -> Iterator[Path]:
    """Writes plans, half of them with the bodies of up to five others behind their own as annexes."""
    folder.mkdir()
    plans, chance = Plans(4 * count), random.Random(15)
    for number in range(count):
        annexes = chance.choice((0, 0, 0, 1, 2, 5))
        bodies = [plans.text(count * 10 + number * 10 + other).partition("I. MỤC ĐÍCH")[2] for other in range(annexes)]
        text = plans.text(number) + "".join(f"\nPHỤ LỤC {at}\n\nI. MỤC ĐÍCH{body}" for at, body in enumerate(bodies, 1))
        path = folder / f"plan-{number:06}.txt"
        path.write_text(text, encoding="utf-8")
        yield path


def run(files: list[Path], folder: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds on the clock, of the process that stores, of its workers."""
    clock, before = time.perf_counter(), os.times()
    with open_archive(folder, create=True) as archive:
        assert all(one.document for one in add_files(archive, files, now=NOW, jobs=jobs))
    after = os.times()
    own, workers = after.user + after.system - before.user - before.system, after.children_user + after.children_system
    return time.perf_counter() - clock, own, workers - before.children_user - before.children_system


def main(count: int, turns: int) -> None:
    """Prints a line for each run."""
    with tempfile.TemporaryDirectory() as folder:
        files = list(mixed(count, Path(folder) / "files"))
        print(f"{count} files, {sum(file.stat().st_size for file in files) / count / 1000:.1f} KB each", flush=True)
        run(files[:20], Path(folder) / "warm", 1)
        for turn in range(turns):
            clock, own, _ = run(files, Path(folder) / f"one-{turn}", 1)
            print(f"--jobs 1  clock {clock:6.1f}  processor {own:6.1f}", flush=True)
            shared, storing, workers = run(files, Path(folder) / f"two-{turn}", 2)
            best = max(storing, (storing + workers) / 2)
            print(f"--jobs 2  clock {shared:6.1f}  processor {storing:6.1f} storing, {workers:6.1f} workers", end="")
            print(f"; {clock / shared:.2f} times as fast, at best {own / best:.2f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 500, int(sys.argv[2]) if sys.argv[2:] else 2)
