"""What a power cut leaves of a folder: what was brought to the disk for sure, and of the rest any part that the disk happened to write.

A command runs with `record_writes.c` before it. From the record a folder is made as it may be found after a cut at any of its moments.
The disk is a strict one: a name is there when its folder was synced, contents when their file was; of what was not synced nothing is
there, or, by chance, some: of a file any of its writes, of a folder the names up to some moment. Real file systems keep more.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

SOURCE = Path(__file__).with_name("record_writes.c")
_HEAD = struct.Struct("@IIQQq")


@dataclass(frozen=True, slots=True)
class Note:
    """A call that was recorded: its kind as in `record_writes.c`, the inode, offset or size, names, and what was written."""

    kind: str
    inode: int
    at: int
    path: str
    other: str
    data: bytes


def compiled(folder: Path) -> Path | None:
    """The recorder; None where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "record_writes.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


def recorded(library: Path, watched: Path, record: Path, command: Sequence[str], environ: Mapping[str, str]) -> tuple[int, list[Note]]:
    """Runs a command; returns its exit code, and what it wrote below a folder."""
    record.unlink(missing_ok=True)
    known = {**environ, "LD_PRELOAD": str(library), "KEHOACH_WATCH": str(watched), "KEHOACH_RECORD": str(record)}
    code = subprocess.run(command, env=known, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode
    return code, list(_read(record.read_bytes() if record.exists() else b""))


def _read(data: bytes) -> Iterator[Note]:
    at = 0
    while at < len(data):
        kind, first, second, inode, where = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size
        one, two = data[start : start + first], data[start + first : start + first + second]
        is_name = chr(kind) in "RL"
        yield Note(chr(kind), inode, where, os.fsdecode(one), os.fsdecode(two) if is_name else "", b"" if is_name else two)
        at = start + first + second


@dataclass
class _File:
    """Contents on the disk."""

    data: bytearray = field(default_factory=bytearray)

    def take(self, note: Note) -> None:
        if note.kind == "T":
            del self.data[note.at :]
        self.data.extend(bytes(max(0, note.at - len(self.data))))
        self.data[note.at : note.at + len(note.data)] = note.data


class Disk:
    """A folder before a command ran, from which the folders after a cut are made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._folders = {str(folder), *(str(path) for path in folder.rglob("*") if path.is_dir())}
        self._files = {str(path): (path.stat().st_ino, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}

    def after(self, notes: Sequence[Note], chance: random.Random | None, to: Path) -> None:
        """Makes in ``to`` what is there once the power was cut after these notes: what was synced, by ``chance`` some of the rest."""
        notes = list(_told_apart(notes, {inode for inode, _ in self._files.values()}))
        there = {path: inode for path, (inode, _) in self._files.items()}
        contents = {inode: _File(bytearray(data)) for inode, data in self._files.values()}
        for note in _kept_data(notes, chance):
            contents.setdefault(note.inode, _File()).take(note)
        folders, made = set(self._folders), {*self._folders, *(note.path for note in notes if note.kind == "M")}
        for note in _kept_names(notes, chance):
            _rename(note, there, folders, made)
        shutil.rmtree(to, ignore_errors=True)
        for path in sorted(folders):
            if all(str(above) in folders for above in Path(path).parents if above.is_relative_to(self.folder)):
                self._at(path, to).mkdir(exist_ok=True)
        for path, inode in there.items():
            if (found := self._at(path, to)).parent.is_dir() and not path.endswith("-shm"):
                found.write_bytes(contents.get(inode, _File()).data)

    def _at(self, path: str, to: Path) -> Path:
        return to / Path(path).relative_to(self.folder)


def _told_apart(notes: Sequence[Note], used: set[int]) -> Iterator[Note]:
    """The notes with a number of its own for each file: the system gives that of a deleted one to another."""
    now: dict[int, int] = {}
    for number, note in enumerate(notes):
        if note.kind == "C" and note.inode in used:
            now[note.inode] = -number - 1
        if note.kind == "C":
            used.add(note.inode)
        yield replace(note, inode=now.get(note.inode, note.inode))


def _kept_data(notes: Sequence[Note], chance: random.Random | None) -> Iterator[Note]:
    synced = {note.inode: number for number, note in enumerate(notes) if note.kind == "S"}
    for number, note in enumerate(notes):
        if note.kind in "WT" and (number < synced.get(note.inode, -1) or (chance is not None and chance.random() < 0.5)):
            yield note


def _kept_names(notes: Sequence[Note], chance: random.Random | None) -> Iterator[Note]:
    synced = {note.path: number for number, note in enumerate(notes) if note.kind == "S"}
    last = defaultdict[str, int](lambda: chance.randrange(len(notes) + 1) if chance is not None else -1)
    for number, note in enumerate(notes):
        if note.kind in "CRLUMD":
            above = {os.path.dirname(path) for path in (note.path, note.other) if path}
            if any(number < max(synced.get(folder, -1), last[folder]) for folder in above):
                yield note


def _rename(note: Note, there: dict[str, int], folders: set[str], made: Collection[str]) -> None:
    """Makes one change of names; a folder that was ``made`` goes with all that is in it."""
    if note.kind in "UD":
        there.pop(note.path, None)
        folders.discard(note.path)
    elif note.kind == "M":
        folders.add(note.path)
    elif note.kind == "R" and note.path in made:
        below = f"{note.path}/"
        for path in [path for path in there if path.startswith(below)]:
            there[note.other + path[len(note.path) :]] = there.pop(path)
        moved = {note.path, *(path for path in folders if path.startswith(below))}
        folders -= moved
        folders |= {note.other + path[len(note.path) :] for path in moved}
    else:
        if note.kind == "R":
            there.pop(note.path, None)
        there[note.other or note.path] = note.inode
