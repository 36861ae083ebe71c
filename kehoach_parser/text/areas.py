"""Words of level in the names of organs: areas of the country, and the bodies that are named by them, from `data/areas.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import rows, table


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


def cities() -> tuple[str, ...]:
    """The cities that are provinces."""
    return tuple(table("units")["places"]["cities"])


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of these words."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def one_of_folded(words: Iterable[str]) -> str:
    """The same for folded text."""
    return one_of(map(fold, words))


@cache
def organ_begun(where: str) -> str:
    """A pattern, for folded text, of how the name of an organ begins (``where``: head | decides | paper | sentence | cited); a blank or the
    end follows. Data: `organ_heads.tsv`."""
    named = {"(committee)": tuple(committees()), "(youth)": tuple(youth_unions())}
    fits = {fold(each): where in places.split() for words, places in rows("organ_heads") for each in named.get(words, (words,))}
    begins = [words for words, fit in fits.items() if fit]
    others = [words for words, fit in fits.items() if not fit and words.startswith(tuple(f"{each} " for each in begins))]
    but = rf"(?!{_broken(others)}(?:\s|$))" if others else ""
    return rf"{but}{_broken(begins)}(?=\s|$)"


def _broken(words: Iterable[str]) -> str:
    """A pattern for any of these words, over line ends."""
    return one_of(words).replace(r"\ ", r"\s+")


def is_of_country(name: str, *, branches: bool = False) -> bool:
    """Whether the name of an organ says, whatever places it names, that only the country has one: "Văn phòng Chính phủ", "Bộ Y tế".

    ``branches``: also where the provinces have branches that bear the name ("Ngân hàng Nhà nước"). Data: `national_organs.tsv`.
    """
    no, names = _national(branches)
    return names.search(no.sub("", fold(name))) is not None


@cache
def _national(branches: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What only looks like a national organ, and what tells one."""
    words: dict[str, list[str]] = {}
    for name, stands, local, _ in rows("national_organs"):
        if branches or not local:
            words.setdefault(stands, []).append(name)
    within, first, last, no = (rf"\b{one_of_folded(words[stands])}\b" for stands in ("within", "first", "last", "not"))
    return re.compile(no), re.compile(rf"^{first}|{within}|{last}$")


def closed_names() -> tuple[str, ...]:
    """The names of national organs that are whole: what follows in small letters is no part of them."""
    return tuple(name for name, _, _, closed in rows("national_organs") if closed)
