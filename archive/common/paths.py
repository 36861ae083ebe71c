"""Paths as the database holds them: it takes no name with bytes that are no UTF-8, and Linux takes every name."""

from __future__ import annotations

import os
import re
from pathlib import Path

from kehoach_parser import printable_name

_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


def stored_path(path: Path | None) -> str | None:
    """A path to store, odd bytes of it escaped ("b\\xe1o c\\xe1o.txt")."""
    return None if path is None else printable_name(str(path))


def path_from(stored: str) -> Path:
    """The file that a stored path names: as it is written, or, where no such file is there, with what was escaped as bytes again."""
    path = Path(stored)
    if path.exists() or "\\x" not in stored:
        return path
    return Path(os.fsdecode(_ESCAPED.sub(lambda found: bytes([int(found.group(1), 16)]), os.fsencode(stored))))
