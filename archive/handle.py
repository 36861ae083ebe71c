"""The handle on an archive folder."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType


class Archive:
    """An archive: a folder with ``kehoach.sqlite`` (the truth) and ``index/`` (derived).

    ``Archive.open(folder)`` raises ArchiveNotFound where there is none, unless ``create`` is true; then the folder is made. A context manager:
    leaving it closes the database.
    """

    folder: Path

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Archive:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
