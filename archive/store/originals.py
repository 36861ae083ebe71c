"""The files themselves, kept as they came: ``files/ab/<SHA-256>`` in the archive's folder. What was read can be read again from them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from archive.store.database import translated
from archive.store.handle import Archive

FOLDER = "files"


def original_path(archive: Archive, sha256: str) -> Path:
    """Where the bytes with this hash lie, or would lie."""
    return archive.folder / FOLDER / sha256[:2] / sha256


def keep_original(archive: Archive, data: bytes) -> str:
    """Keeps the bytes of a file; returns their SHA-256. The same bytes are kept once. Raises DiskFull, NoPermission."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = original_path(archive, sha256)
    with translated(path):
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    return sha256


def read_original(archive: Archive, sha256: str) -> bytes | None:
    """The bytes with this hash, or None where they were not kept (a document that was added as text) or are damaged."""
    try:
        data = original_path(archive, sha256).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def drop_original(archive: Archive, sha256: str) -> None:
    """Throws the bytes with this hash away, if they are there."""
    original_path(archive, sha256).unlink(missing_ok=True)
