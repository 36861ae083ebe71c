"""Cuts the power while the real command runs, and looks what is left: nothing acknowledged is lost, and the archive agrees with itself.

`bench/power_cuts.py` runs many of these, `test_power_cut.py` a few.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive import check, open_archive, restore_backup, search
from archive.errors import ArchiveError
from tests.terminal.power import Disk, Note, recorded
from tests.terminal.terminal_runs import ENVIRON

PAPER = "KẾ HOẠCH\nViệc thứ {number}\n\nI. MỤC ĐÍCH\n1. Giao Công an xã rà soát.\n"


@dataclass(frozen=True)
class Cut:
    """Where the power was cut: after so many of the recorded calls of a command; whether chance kept some of what was not synced; and what
    was wrong afterwards."""

    command: str
    after: int
    of: int
    by_chance: bool
    wrong: tuple[str, ...]


def cuts(library: Path, folder: Path, rounds: int, seed: int, each: int) -> Iterator[Cut]:
    """Runs commands one after the other over an archive in ``folder``, each on what a cut at the end of the one before left for sure, and
    cuts the power ``each`` times at random moments of it, besides once at its end."""
    chance = random.Random(seed)
    disk, left = folder / "disk", folder / "left"
    disk.mkdir(parents=True)
    papers = folder / "papers"
    papers.mkdir()
    for number in range(rounds):
        command = _commands(disk, papers, number)
        before, said = Disk(disk), _said(disk)
        code, notes = recorded(library, disk, folder / "record", [sys.executable, "-m", "cli", *command], ENVIRON)
        now = _said(disk)
        moments = [(chance.randrange(len(notes)), True) for _ in range(each if notes else 0)]
        for after, by_chance in (*moments, (len(notes), True), (len(notes), False)):
            before.after(notes[:after], random.Random(chance.random()) if by_chance else None, left)
            acknowledged = now if after == len(notes) and not code else said
            yield Cut(command[0], after, len(notes), by_chance, tuple(_wrong(left, acknowledged, now, notes[:after])))
        before.after(notes, None, left)  # as the last cut left it, before anything was mended
        shutil.rmtree(disk)
        left.rename(disk)


def _commands(disk: Path, papers: Path, number: int) -> list[str]:
    own = str(disk / "own")
    for more in range(3):
        paper = papers / f"{number}-{more}.txt"
        paper.write_text(PAPER.format(number=f"{number}, {more}"), encoding="utf-8")
    first = ["add", str(papers)]
    later = (
        ["add", str(papers)],
        ["correct", "1", "subject", f"Việc số {number}"],
        ["remove", "2"],
        ["undo"],
        ["backup", str(disk / f"{number}.zip")],
        ["remove", "1"],
        ["trash", "--restore", "1"],
        ["reparse", "--all", "--yes"],
        ["restore-backup", str(disk / f"{number - 4}.zip"), str(disk / f"again-{number}")],
        ["reindex"],
        ["resolve"],
    )
    command = later[(number - 1) % len(later)] if number else first
    return command if command[0] == "restore-backup" else [*command, "--archive", own]


@dataclass(frozen=True)
class _Said:
    """What is to be found again: rows by table, the kept files, the backups."""

    rows: frozenset[tuple[object, ...]]
    files: frozenset[str]


def _said(disk: Path) -> dict[str, _Said]:
    """What each archive below a folder holds."""
    return {folder.name: _held(folder) for folder in sorted(disk.iterdir()) if (folder / "kehoach.sqlite").exists()} | {
        file.name: _Said(frozenset(), frozenset()) for file in disk.glob("*.zip")
    }


_ROWS = (
    "SELECT 'version', v.document_id, v.number, v.current, v.text_sha256, c.plan FROM versions v JOIN contents c ON c.version_id = v.id",
    "SELECT 'correction', id, document_id, field, value FROM corrections",
    "SELECT 'journal', id, action, document_id, facts FROM journal",
    "SELECT 'trash', id, trashed_at FROM documents WHERE trashed_at IS NOT NULL",
)


def _held(folder: Path) -> _Said:
    with closing(sqlite3.connect(folder / "kehoach.sqlite")) as connection:
        try:
            rows = frozenset(row for query in _ROWS for row in connection.execute(query))
        except sqlite3.DatabaseError:  # its tables were not yet made, or it is damaged, which `_sound` finds
            rows = frozenset()
    kept = frozenset(path.name for path in folder.glob("files/??/*") if not path.name.startswith("."))
    names = folder / "files" / "names.tsv"
    return _Said(rows, kept.union(names.read_text(encoding="utf-8").splitlines() if names.exists() else ()))


def _wrong(left: Path, acknowledged: dict[str, _Said], now: dict[str, _Said], notes: list[Note]) -> Iterator[str]:
    for name, said in acknowledged.items():
        if not (left / name).exists():
            yield f"no {name}"
        elif name.endswith(".zip"):
            yield from _backup(left, name)
        else:
            found = _held(left / name)
            held = now.get(name, said).rows  # what the command itself took away may be gone, or not yet
            lost = (said.rows & held) - found.rows
            yield from sorted({f"{name}: lost {row[0]}" for row in lost})
            if said.files & now.get(name, said).files - found.files:
                yield f"{name}: lost a file"
    for folder in sorted(left.iterdir()):
        if (folder / "kehoach.sqlite").exists():
            yield from _sound(folder)


def _backup(left: Path, name: str) -> Iterator[str]:
    again = left / "again"
    try:
        restore_backup(left / name, again)
    except ArchiveError as error:
        yield f"{name}: {error.code}"
    shutil.rmtree(again, ignore_errors=True)


def _sound(folder: Path) -> Iterator[str]:
    try:
        with open_archive(folder) as archive:
            if archive.stale:
                yield f"{folder.name}: {', '.join(sorted(archive.stale))} not mended"
            yield from (f"{folder.name}: {finding.code}" for finding in check(archive) if finding.level == "error")
            search(archive, "kế hoạch")
    except ArchiveError as error:
        yield f"{folder.name}: {error.code}"
