"""Read, parse, store, index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from archive.handle import Archive
from archive.values import Added, Document
from kehoach_parser import Plan, Text

Parse = Callable[[Text], Plan]


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to add: files as named, folders recursively (sorted; only extensions that can be read; hidden ones skipped). For a progress bar.

    A path that is not there is kept: `add_files` reports it as failed.
    """
    raise NotImplementedError


def add_files(archive: Archive, files: Iterable[Path], *, now: datetime, parse: Parse | None = None) -> Iterator[Added]:
    """Adds files one by one, one transaction each, and yields what became of each; a file that fails stops nothing.

    ``now`` (with a time zone) is noted as the time of adding. Errors of the archive itself (DiskFull, ArchiveLocked, NoPermission) are raised: they stop
    everything. Closing the generator early, or Ctrl-C, leaves a sound archive.
    """
    raise NotImplementedError


def add_paths(archive: Archive, paths: Iterable[Path], *, now: datetime, parse: Parse | None = None) -> Iterator[Added]:
    """`add_files` of `find_files`."""
    raise NotImplementedError


def add_text(archive: Archive, text: Text, *, now: datetime, path: Path | None = None, parse: Parse | None = None) -> Added:
    """Adds one text that was read already (standard input)."""
    raise NotImplementedError


def replace(archive: Archive, ref: str, file: Path, *, now: datetime, parse: Parse | None = None) -> Added:
    """Puts a corrected or signed version in the place of a document; the old one stays in the history. Raises the reader's ReadError, AlreadyThere."""
    raise NotImplementedError


def remove(archive: Archive, ref: str) -> Document:
    """Removes a document with its history; returns what it was. Raises UnknownDocument, AmbiguousDocument."""
    raise NotImplementedError
