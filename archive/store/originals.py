"""The files themselves, kept as they came: ``files/ab/<SHA-256>`` in the archive's folder. What was read can be read again from them.

``files/names.tsv`` says what each was called, a line of hash and name, so that an archive can be made again from this folder alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from archive.common.syncing import sync_folder
from archive.errors import ReadOnly
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.work_tables import PendingRow

FOLDER = "files"
NAMES = "names.tsv"
_HASH = re.compile(r"[0-9a-f]{64}")
#: How the name of a file begins that is being written.
_NEW = ".new-"


def original_path(archive: Archive, sha256: str) -> Path:
    """Where the bytes with this hash lie, or would lie."""
    return archive.folder / FOLDER / sha256[:2] / sha256


def keep_original(archive: Archive, data: bytes, name: str | None = None) -> bool:
    """Keeps the bytes of a file, and what it is called; on return both are on the disk, not only on their way to it. The same bytes are
    kept once; returns whether they were not there, or damaged. Raises DiskFull, NoPermission, ReadOnly."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = original_path(archive, sha256)
    if archive.read_only:
        raise ReadOnly(path=str(archive.folder))
    with translated(path):
        if _holds(path, data):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
        for folder in (path.parent, path.parent.parent, archive.folder):
            sync_folder(folder)
        if name:
            _note_name(archive, sha256, name)
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=_NEW)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _note_name(archive: Archive, sha256: str, name: str) -> None:
    """A short line at the end of the file: processes that write at once do not meet."""
    line = f"{sha256}\t{' '.join(name.split())}\n".encode(errors="replace")
    path = archive.folder / FOLDER / NAMES
    is_new = not path.exists()
    with open(path, "ab", buffering=0) as file:
        file.write(line)
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def name_of_original(path: Path) -> str | None:
    """What a kept file was called, by the list beside it; None for any other file, and where the list does not say."""
    if not _HASH.fullmatch(path.name):
        return None
    return names_in(path.parent.parent / NAMES).get(path.name)


def names_in(path: Path) -> dict[str, str]:
    """A list of names, by hash; empty where there is none."""
    try:
        return _names_in(path, path.stat().st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=1)
def _names_in(path: Path, changed: int) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return {sha256: name for sha256, tab, name in (line.partition("\t") for line in lines) if tab}


def is_original(path: Path) -> bool:
    """Whether a file lies as kept files do."""
    return bool(_HASH.fullmatch(path.name)) and path.parent.name == path.name[:2]


def kept_originals(archive: Archive) -> Iterator[Path]:
    """All files that are kept."""
    return (path for path in sorted((archive.folder / FOLDER).glob("??/*")) if is_original(path))


def read_original(archive: Archive, sha256: str) -> bytes | None:
    """The bytes with this hash, or None where they were not kept (a document that was added as text) or are damaged."""
    try:
        data = original_path(archive, sha256).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def has_original(archive: Archive, sha256: str) -> bool:
    """Whether a file was kept under this hash; `read_original` tells whether it is whole."""
    return original_path(archive, sha256).is_file()


def drop_unused(archive: Archive, sha256: str) -> None:
    """Throws the bytes with this hash away, if no version and no file that waits needs them. Nobody can begin to meanwhile: who stores a
    version looks after it whether its file is still there (`keep.ingest`)."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        used: Iterable[object] = (
            connection.scalar(select(VersionRow.id).where(VersionRow.sha256 == sha256)),
            connection.scalar(select(PendingRow.sha256).where(PendingRow.sha256 == sha256)),
        )
        if not any(used):
            original_path(archive, sha256).unlink(missing_ok=True)
