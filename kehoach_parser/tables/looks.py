"""How the cells of a column of each role look: its number, a unit, a time, an amount."""

from __future__ import annotations

import re
from functools import lru_cache

from kehoach_parser.tables.heads import UNITS, names_a_unit, says_a_time

#: What numbers a group of rows ("II", "A."), and what numbers a row ("1", "B3", "02.").
GROUP = re.compile(r"([IVX]{1,6}(?:\.\d{1,2}){0,3}|[A-HĐ])[.)]?")
NUMBER = re.compile(r"(?:B(?:ước)?\s?)?0?(\d{1,3})[.)]?")

#: What a long text in a column of times costs, or words in one of numbers: they stand anywhere else, and that cell is left empty.
NEVER = float("inf")


@lru_cache(maxsize=4096)
def oddness(text: str, role: str) -> float:
    """How odd it would be for a cell of a column of this role to begin with a line."""
    timely = says_a_time(text) and len(text) < 40
    if role in UNITS:
        return 0.0 if names_a_unit(text) else 2.5
    if role == "deadline":
        return 0.0 if timely else 2.0 if len(text) < 60 else NEVER
    if role == "money":
        return 0.0 if re.search(r"\d|[Kk]hông", text) else 2.0
    if role == "task":
        return 2.0 if timely and len(text) < 20 else 0.7 if names_a_unit(text) else 0.0
    return 0.8 if names_a_unit(text) or (timely and len(text) < 20) else 0.3
