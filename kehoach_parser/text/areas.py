"""Words of level in the names of organs: areas of the country, and the bodies that are named by them, from `data/areas.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import rows


@cache
def area_words(*levels: str) -> tuple[str, ...]:
    """The words of areas ("tỉnh", "đặc khu") of these levels (province | district | commune), of all where none is named."""
    return tuple(area for area, level, _, _ in rows("areas") if not levels or level in levels)


@cache
def committees() -> dict[str, str]:
    """The committees of the Party that are named by an area, with its word: "thành ủy" → "thành phố"."""
    return {committee: area for area, _, committee, _ in rows("areas") if committee}


@cache
def youth_unions() -> dict[str, str]:
    """Youth unions by their everyday names, with the word of their area: "thị đoàn" → "thị xã"."""
    return {youth: area for area, _, _, youth in rows("areas") if youth}


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of these words."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def one_of_folded(words: Iterable[str]) -> str:
    """The same for folded text."""
    return one_of(map(fold, words))
