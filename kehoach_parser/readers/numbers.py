"""Numbers as files say them: anybody may have written anything there."""

from __future__ import annotations

import re
import sys

#: Figures of ASCII alone: "²" and "٣" are digits to Python, and to nobody who counts lists. More of them are no number of anything.
_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,9})\s*")


def whole(said: str | None, default: int, least: int = -sys.maxsize, most: int = sys.maxsize) -> int:
    """The whole number that an attribute holds, within bounds; ``default`` where it holds none."""
    found = _WHOLE.fullmatch(said or "")
    return default if found is None else max(least, min(most, int(found.group(1))))
