"""Kills the real command at random moments and looks what is left: nothing acknowledged is lost, and the archive agrees with itself.

`bench/kills.py` runs many of these, `test_kills.py` a few.
"""

from __future__ import annotations

import gzip
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive import back_up, check, entries, list_documents, list_trash, open_archive, restore_backup
from archive.errors import ArchiveError, ArchiveNotFound
from archive.store.handle import DATABASE_NAME
from tests.terminal.terminal_runs import ENVIRON

#: Archives of earlier programs.
OLD = Path(__file__).parents[1] / "archive" / "old"
#: Seconds after which a command is killed at the latest, if it is not through.
LONGEST = 6.0


@dataclass(frozen=True)
class Kill:
    """What was killed when, whether it was through by then, and what was wrong afterwards."""

    command: str
    after: float
    finished: bool
    wrong: tuple[str, ...]


def kills(own: Path, rounds: int, seed: int, longest: float = LONGEST) -> Iterator[Kill]:
    """Kills ``rounds`` commands over an archive of the fixtures, one after the other, each after at most so many seconds; the folder that
    the archive lies in is written, too."""
    chance = random.Random(seed)
    folder, old = own.parent, sorted(OLD.glob("*.gz"))
    papers = folder / "papers"
    papers.mkdir()
    for number in range(rounds):
        paper = f"KẾ HOẠCH\nViệc thứ {number}\n\nI. MỤC ĐÍCH\n1. Giao Công an xã rà soát.\n"
        (papers / f"{number}.txt").write_text(paper, encoding="utf-8")
    saved = folder / "saved.zip"
    with open_archive(own) as archive:
        back_up(archive, saved, now=datetime.now(UTC))
    for number in range(rounds):
        name, command = _commands(folder, own, number)[number % 12]
        if name == "migrate":
            earlier = folder / "earlier"
            earlier.mkdir()
            (earlier / DATABASE_NAME).write_bytes(gzip.decompress(old[number // 12 % len(old)].read_bytes()))
        before = _there(own)
        after = chance.uniform(0.02, longest)
        finished = _run(command, after) is not None
        yield Kill(name, after, finished, tuple(_wrong(folder, own, before)))


def _commands(folder: Path, own: Path, number: int) -> tuple[tuple[str, list[str]], ...]:
    one = str(number % 3 + 1)
    of_own = (
        ["add", str(folder / "papers")],
        ["remove", one],
        ["backup", str(folder / "new.zip")],
        ["trash", "--restore", one],
        ["correct", one, "subject", f"Việc {number}"],
        ["reindex"],
        ["add", str(own / "files")],
        ["undo"],
        ["reparse", "--all", "--yes"],
        ["resolve"],
    )
    return (
        *((command[0], [*command, "--archive", str(own)]) for command in of_own),
        ("restore-backup", ["restore-backup", str(folder / "saved.zip"), str(folder / "again")]),
        ("migrate", ["list", "--archive", str(folder / "earlier")]),
    )


def _run(command: list[str], seconds: float | None = None) -> int | None:
    """The exit code of a command, None where it was killed."""
    arguments = [sys.executable, "-m", "cli", *command]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(arguments, env=ENVIRON, stdin=quiet, stdout=quiet, stderr=quiet) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return None


def _there(own: Path) -> set[tuple[str, int]]:
    """The documents that an archive has, in the trash or not, and the changes that are noted."""
    with open_archive(own) as archive:
        documents = (*list_documents(archive), *(each.document for each in list_trash(archive)))
        return {*(("document", one.id) for one in documents), *(("change", entry.id) for entry in entries(archive))}


def _wrong(folder: Path, own: Path, before: set[tuple[str, int]]) -> Iterator[str]:
    try:
        lost = before - _there(own)
    except ArchiveNotFound:
        yield "no archive"
        return
    if lost:
        yield f"lost {sorted(lost)}"
    for made in (own, folder / "again", folder / "earlier"):
        if made == own or made.exists():
            yield from _unsound(made)
        if made != own:
            shutil.rmtree(made, ignore_errors=True)
    new = folder / "new.zip"
    if new.exists():
        restore_backup(new, folder / "again")
        shutil.rmtree(folder / "again")
        new.unlink()
    for unfinished in folder.glob(".kehoach-*"):
        shutil.rmtree(unfinished)


def _unsound(folder: Path) -> Iterator[str]:
    try:
        with open_archive(folder) as archive:
            if not (list_documents(archive) or list_trash(archive)):
                yield f"{folder.name}: empty"
            yield from (f"{folder.name}: {finding.code}" for finding in check(archive) if finding.level == "error")
    except ArchiveError as error:
        yield f"{folder.name}: {error.code}"
