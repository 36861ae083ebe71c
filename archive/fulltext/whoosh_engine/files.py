"""The files of an index: safe when the power is cut, and read where they lie."""

from __future__ import annotations

import os
import pickle
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile

from archive.common.syncing import sync_all, sync_folder

_SEGMENT = ".seg"


class Storage(FileStorage):  # type: ignore[misc]
    """A folder in which a new table of contents, the last step of a commit, comes to the disk after all that it names. Whoosh brings
    nothing to the disk: the power cut, there might be a table of segments that are empty."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Gives a file its name."""
        if newname.endswith(".toc"):
            sync_all(path for path in Path(self.folder).iterdir() if path.suffix and path.is_file())  # locks have none
        super().rename_file(oldname, newname, safe)
        sync_folder(Path(self.folder))

    def open_file(self, name: str, **settings: Any) -> StructFile:
        """A file of the index."""
        return _Segment(Path(self._fpath(name))) if name.endswith(_SEGMENT) else super().open_file(name, **settings)


class _Segment(StructFile):  # type: ignore[misc]
    """A segment, as the system maps it into memory."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._source = mmap(file.fileno(), 0, access=ACCESS_READ)
        super().__init__(self._source, path.name)

    def subset(self, offset: int, length: int, name: str | None = None) -> _Part:
        """One of the files that a segment is put together from."""
        return _Part(self._source, offset, length, name)


class _Part(BufferFile):  # type: ignore[misc]
    """A file in a segment, read where it lies. Whoosh copies each when it opens the segment: the whole index, for every text that comes in
    and every question."""

    def __init__(self, source: mmap, begin: int, length: int, name: str | None) -> None:
        super().__init__(b"", name)
        self._source, self._begin, self._length, self._at = source, begin, length, 0

    def get(self, position: int, length: int) -> bytes:
        begin = self._begin + position
        return self._source[begin : begin + length]

    def read(self, size: int | None = None) -> bytes:
        begin, left = self._begin + self._at, max(self._length - self._at, 0)
        size = left if size is None or not 0 <= size < left else size
        self._at += size
        return self._source[begin : begin + size]

    def seek(self, where: int, whence: int = os.SEEK_SET) -> None:
        self._at = max(where + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence], 0)

    def tell(self) -> int:
        return self._at

    def read_pickle(self) -> Any:
        self._source.seek(self._begin + self._at)
        value = pickle.load(self._source)
        self._at = self._source.tell() - self._begin
        return value
