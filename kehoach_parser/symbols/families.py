"""Families of organs, by the letters of a symbol and by the words of an issuer, from `data/organ_families.tsv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kehoach_parser.symbols.parts import signs_and_organs
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import organs, rows

#: The words of an issuer say who it is at their beginning; "Ban Tuyên giáo và Dân vận Thành ủy Hải Phòng" is about the longest.
_WORDS = 9


@dataclass(frozen=True, slots=True)
class Family:
    """A family of organs. ``level`` is central | province | district, None where the letters leave it open; ``party``: of the Party."""

    name: str
    party: bool
    level: str | None


_MINISTRY = Family("ministry", False, "central")


@cache
def _families() -> tuple[tuple[Family, re.Pattern[str], re.Pattern[str] | None], ...]:
    """Each family with what its letters end in (before the number of a legislature), and the words that name it."""
    return tuple(
        (Family(name, bool(party), level or None), _pattern(ends, r"", r"\d*$"), _pattern(words, r"\b", r"\b") if words else None)
        for name, ends, party, level, words in rows("organ_families")
    )


def _pattern(either: str, before: str, after: str) -> re.Pattern[str]:
    return re.compile("|".join((before if each[0] != "^" else "") + each + after for each in either.split("|")))


@cache
def family_of_letters(organ: str) -> Family | None:
    """The family of the organ that the letters of a symbol end in ("BTCTU-BNCTU"); None for letters that say nothing certain."""
    last = signs_and_organs(organ)[-1]
    if last in organs() and organs()[last][0].startswith("Bộ "):
        return _MINISTRY
    return next((family for family, ends, _ in _families() if ends.search(last)), None)


def family_of_words(issuer: str) -> Family | None:
    """The family of who issued, by its name as printed; None where the words name none or several."""
    words = " ".join(re.findall(r"\w+", fold(issuer))[:_WORDS])
    found = {family for family, _, said in _families() if said is not None and said.search(words)}
    return found.pop() if len(found) == 1 else None
