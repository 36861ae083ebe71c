"""The data files that name units and duties, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """What ``data/<name>.toml`` says: units, duties or unit_history."""
    return tomllib.loads((files("kehoach_parser") / "data" / f"{name}.toml").read_text(encoding="utf-8"))
