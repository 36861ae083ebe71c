"""Which model the package restores damaged text with, told without loading it."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files


@cache
def model_stamp() -> str:
    """Eight hexadecimal digits that change when `data/restorer.npz` does: what was restored with another model is out of date."""
    return f"{zlib.crc32((files('kehoach_parser') / 'data' / 'restorer.npz').read_bytes()):08x}"
