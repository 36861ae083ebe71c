"""Bringing to the disk what was written, so that it is there after a power cut: files, and the names in folders."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def sync_file(path: Path) -> None:
    """Brings a file to the disk; one that another process has taken away meanwhile is no matter."""
    with suppress(FileNotFoundError), open(path, "rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Brings the names in a folder to the disk, where the system can do that."""
    with suppress(OSError):  # not on Windows, not on every share
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_all(paths: Iterable[Path]) -> None:
    """Brings files to the disk."""
    for path in paths:
        sync_file(path)


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it that are missing; on return their names are on the disk."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        sync_folder(each.parent)


def write_synced(path: Path, data: bytes) -> None:
    """Puts a file in the place of another, all of it or nothing; on return it is on the disk."""
    beside = path.with_name(f".new-{path.name}-{os.getpid()}")
    beside.write_bytes(data)
    sync_file(beside)
    os.replace(beside, path)
    sync_folder(path.parent)
