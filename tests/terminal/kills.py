"""Kills the real command at random moments and looks what is left: nothing acknowledged is lost, and the archive agrees with itself.

`bench/kills.py` runs many of these, `test_kills.py` a few.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive import check, list_documents, list_trash, open_archive, restore_backup
from archive.errors import ArchiveNotFound
from tests.terminal.terminal_runs import ENVIRON

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
    folder = own.parent
    papers = folder / "papers"
    papers.mkdir()
    for number in range(rounds):
        paper = f"KẾ HOẠCH\nViệc thứ {number}\n\nI. MỤC ĐÍCH\n1. Giao Công an xã rà soát.\n"
        (papers / f"{number}.txt").write_text(paper, encoding="utf-8")
    for number in range(rounds):
        command = _commands(folder, own, number)[number % 9]
        before = _there(own)
        after = chance.uniform(0.02, longest)
        finished = _run(command, own, after) is not None
        yield Kill(command[0], after, finished, tuple(_wrong(folder, own, before)))


def _commands(folder: Path, own: Path, number: int) -> tuple[list[str], ...]:
    one = str(number % 3 + 1)
    return (
        ["add", str(folder / "papers")],
        ["remove", one],
        ["backup", str(folder / f"{number}.zip")],
        ["trash", "--restore", one],
        ["reindex"],
        ["add", str(own / "files")],
        ["undo"],
        ["reparse", "--all", "--yes"],
        ["resolve"],
    )


def _run(command: list[str], own: Path, seconds: float | None = None) -> int | None:
    """The exit code of a command, None where it was killed."""
    arguments = [sys.executable, "-m", "cli", *command, "--archive", str(own)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(arguments, env=ENVIRON, stdin=quiet, stdout=quiet, stderr=quiet) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return None


def _there(own: Path) -> set[int]:
    """The documents that an archive has, in the trash or not."""
    with open_archive(own) as archive:
        return {document.id for document in list_documents(archive)} | {each.document.id for each in list_trash(archive)}


def _wrong(folder: Path, own: Path, before: set[int]) -> Iterator[str]:
    try:
        lost = before - _there(own)
    except ArchiveNotFound:
        yield "no archive"
        return
    if lost:
        yield f"lost {sorted(lost)}"
    with open_archive(own) as archive:
        yield from (finding.code for finding in check(archive) if finding.level == "error")
    for file in folder.glob("*.zip"):
        again = folder / "again"
        restore_backup(file, again)
        shutil.rmtree(again)
        file.unlink()
