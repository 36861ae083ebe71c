"""What a user would do instead: who cites a document, asked of `grep -r`, of SQLite's FTS5 and of an archive, over the same texts.

usage: beside.py DOMAIN [--plans N]      DOMAIN holds confusions-characters.tsv; N plans are made (600), one in five is damaged

Two resolutions bear one symbol (18-NQ/TW of 2017 and of 2022), as they do in life, and others are cited by chance. Whom each plan cites is
known, for the plans are made here. Prints for each document which plans were found rightly, wrongly, told as undecided (they name it
without a date), not at all; and how long one answer takes (the archive asked within a process, as its pages ask it, and as a command).
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Set
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive import Archive, add_files, cites, open_archive  # noqa: E402
from bench.generated import Cited, Plans  # noqa: E402
from bench.noise import confusions, damage  # noqa: E402

TWINS = (
    Cited("Nghị quyết", "18-NQ/TW", "25/10/2017", "Ban Chấp hành Trung ương", "về tiếp tục đổi mới, sắp xếp tổ chức bộ máy"),
    Cited("Nghị quyết", "18-NQ/TW", "16/6/2022", "Ban Chấp hành Trung ương", "về hoàn thiện thể chế, chính sách về đất đai"),
)
#: Of the documents cited, how many are one of the twins.
_SHARE = 0.06
_DAMAGED_EACH, _LEVEL = 5, 5
_TURNS = 7
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


class KnownPlans(Plans):
    """Plans of which is known whom they cite."""

    def __init__(self, variety: int) -> None:
        super().__init__(variety)
        self.cited: set[Cited] = set()

    def _cited(self, chance: random.Random) -> Cited:
        found = chance.choice(TWINS) if chance.random() < _SHARE else super()._cited(chance)
        self.cited.add(found)
        return found


def write(folder: Path, count: int, domain: Path) -> dict[Cited, set[str]]:
    """Writes the plans; returns who cites what, by file name."""
    plans, table, chance = KnownPlans(count), confusions(domain / "confusions-characters.tsv"), random.Random(1)
    cited: dict[Cited, set[str]] = {}
    for number in range(count):
        plans.cited = set()
        text, name = plans.text(number), f"plan-{number:05}.txt"
        if number % _DAMAGED_EACH == 0:
            text, _ = damage(text, _LEVEL, table, chance)
        (folder / name).write_text(text, encoding="utf-8")
        for one in plans.cited:
            cited.setdefault(one, set()).add(name)
    return cited


def timed(ask: Callable[[], Iterable[str]]) -> tuple[set[str], float]:
    """An answer, and how many milliseconds it took in the middle of some turns."""
    times = []
    for _ in range(_TURNS):
        start = time.perf_counter()
        found = set(ask())
        times.append((time.perf_counter() - start) * 1000)
    return found, statistics.median(times)


def grep(folder: Path, symbol: str) -> list[str]:
    """The files in which a symbol stands."""
    ended = subprocess.run(["grep", "-rlF", symbol, str(folder)], capture_output=True, text=True, check=False)
    return [Path(line).name for line in ended.stdout.splitlines()]


def indexed(folder: Path, path: Path) -> sqlite3.Connection:
    """FTS5 over the texts."""
    made = sqlite3.connect(path)
    made.execute("CREATE VIRTUAL TABLE plans USING fts5(name UNINDEXED, text, tokenize='unicode61')")
    made.executemany("INSERT INTO plans VALUES (?, ?)", ((one.name, one.read_text(encoding="utf-8")) for one in sorted(folder.iterdir())))
    made.commit()
    return made


def phrase(database: sqlite3.Connection, symbol: str) -> list[str]:
    """The texts in which a symbol stands, as FTS5 finds them."""
    return [name for (name,) in database.execute("SELECT name FROM plans WHERE plans MATCH ?", (f'"{symbol}"',))]


def asked_for(one: Cited) -> str:
    """How a user names a document whose symbol others bear, too."""
    return f"{one.symbol}@{one.date.rpartition('/')[2]}"


def citing(archive: Archive, one: Cited) -> list[str]:
    """The files that cite a document, as the archive says."""
    return [hit.document.name or "" for group in cites(archive, asked_for(one)).groups for hit in group.hits]


def undecided(archive: Archive, one: Cited) -> set[str]:
    """The files of which it says that they may."""
    return {open_.hit.document.name or "" for open_ in cites(archive, asked_for(one)).ambiguous}


def command(kept: Path, one: Cited) -> list[str]:
    """The answer as a command gives it."""
    asked = [sys.executable, str(ROOT / "cli.py"), "cites", asked_for(one), "--json", "--archive", str(kept)]
    said = json.loads(subprocess.run(asked, capture_output=True, text=True, check=False).stdout)
    return [hit["document"]["name"] for group in said["groups"] for hit in group["hits"]]


def told(name: str, wanted: set[str], answer: tuple[set[str], float], open_: Set[str] = frozenset()) -> None:
    """Prints a line."""
    found, took = answer
    left = (open_ & wanted) - found
    print(f"  {name:24}{len(wanted & found):8}{len(found - wanted):8}{len(left):11}{len(wanted - found - left):8}{took:10.1f}")


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("domain", type=Path)
    parser.add_argument("--plans", type=int, default=600)
    given = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder, kept = Path(scratch, "plans"), Path(scratch, "archive")
        folder.mkdir()
        cited = write(folder, given.plans, given.domain)
        database = indexed(folder, Path(scratch, "fts.db"))
        with open_archive(kept, create=True) as archive:
            for _ in add_files(archive, sorted(folder.iterdir()), now=_NOW):
                pass
            most = sorted((one for one in cited if one not in TWINS), key=lambda one: -len(cited[one]))[:3]
            for one in (*TWINS, *most):
                wanted = cited[one]
                print(f"{one.type} {one.symbol} ({one.date}): cited by {len(wanted)} of {given.plans}")
                print(f"  {'':24}{'right':>8}{'wrong':>8}{'undecided':>11}{'missed':>8}{'ms':>10}")
                told("grep -rlF", wanted, timed(partial(grep, folder, one.symbol)))
                told("FTS5, phrase", wanted, timed(partial(phrase, database, one.symbol)))
                told("kehoach, in a process", wanted, timed(partial(citing, archive, one)), undecided(archive, one))
                told("kehoach, as a command", wanted, timed(partial(command, kept, one)), undecided(archive, one))
    return 0


if __name__ == "__main__":
    sys.exit(main())
