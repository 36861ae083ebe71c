"""Comparing claims: titles by their words, dates by their digits, places by their names, symbols by their letters."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.common.keys import name_key
from kehoach_parser import fold, skeleton
from kehoach_parser.knowledge import Series

#: Words of a title that must agree: so many, and this share of the shorter title. Damaged ones agree in skeletons, which say less.
AGREE_WORDS, AGREE_SHARE = 3, 0.6
DAMAGED_WORDS, DAMAGED_SHARE = 5, 0.7
#: Titles of so many words that share less contradict each other.
CONTRADICT_WORDS, CONTRADICT_SHARE = 4, 0.34

_EMPTY = frozenset({"ve", "viec", "cua", "va", "cac", "mot", "so", "trong", "den", "nam", "cho", "ban", "hanh", "thuc", "hien", "tren"})
_LOOKS_LIKE = {frozenset(pair) for pair in ("38", "17", "14", "08", "06", "56", "68", "89", "27", "35", "09", "58")}


@lru_cache(maxsize=20_000)
def title_words(title: str) -> frozenset[str]:
    """The folded words of a title that say something."""
    return frozenset(name_key(title).split()) - _EMPTY


@lru_cache(maxsize=20_000)
def _skeletons(title: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in title_words(title))


def shared_words(a: str, b: str, *, clean: bool) -> tuple[int, int, int]:
    """(words that two titles share, words of the shorter one, of the longer one)."""
    first, second = (title_words(a), title_words(b)) if clean else (_skeletons(a), _skeletons(b))
    return len(first & second), min(len(first), len(second)), max(len(first), len(second))


def titles_agree(a: tuple[str, ...], b: tuple[str, ...], *, clean: bool) -> tuple[bool | None, str]:
    """Whether two sets of titles agree (None: nothing to say), and the best share of words as "7/9"."""
    best: tuple[float, int, int] = (0.0, 0, 0)
    for one in a:
        for other in b:
            common, length, _ = shared_words(one, other, clean=clean)
            if length:
                best = max(best, (common / length, common, length))
                if title_words(one) == title_words(other):
                    return True, f"{length}/{length}"
    share, common, length = best
    said = f"{common}/{length}"
    if common >= (AGREE_WORDS if clean else DAMAGED_WORDS) and share >= (AGREE_SHARE if clean else DAMAGED_SHARE):
        return True, said
    return (False if clean and length >= CONTRADICT_WORDS and share < CONTRADICT_SHARE else None), said


def one_digit_apart(a: str, b: str) -> bool:
    """Whether two numbers or dates differ in one digit."""
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def looks_like(a: str, b: str) -> bool:
    """Whether two numbers differ in one digit that a machine takes for the other: 13 and 18."""
    if not one_digit_apart(a, b):
        return False
    return next(frozenset((x, y)) in _LOOKS_LIKE for x, y in zip(a, b, strict=True) if x != y)


@lru_cache(maxsize=20_000)
def letters(series: Series) -> str:
    """All letters of a symbol, folded, without its signs: 27/CT-TTg is "ctttg"."""
    return re.sub(r"[^a-z]", "", fold(series.kind + "".join(series.organs)))


def lead(series: Series) -> str:
    """The folded letters of the organ in whose series the number runs: of a joint paper the first."""
    return fold(series.organs[0]) if series.organs else ""


def same_organs(a: Series, b: Series) -> bool:
    """One lead organ, or the same joint organs in another order."""
    return lead(a) == lead(b) or (len(a.organs) > 1 and sorted(map(fold, a.organs)) == sorted(map(fold, b.organs)))


def one_letter_apart(a: str, b: str) -> bool:
    """Whether two runs of letters differ by one letter, lost, added or another one."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    shorter, longer = sorted((a, b), key=len)
    at = next((i for i, (x, y) in enumerate(zip(shorter, longer, strict=False)) if x != y), len(shorter))
    return shorter[at:] == longer[at + 1 :] or (len(a) == len(b) and shorter[at + 1 :] == longer[at + 1 :])


def places_fit(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """How two places stand: same | open (one leaves the province unsaid) | other."""
    if a == b:
        return "same"
    shorter, longer = sorted((a, b), key=len)
    return "open" if shorter and longer[: len(shorter)] == shorter else "other"


def days_apart(a: str, b: str) -> int:
    """Roughly how many days lie between two dates; for "before" and "about the same time" only."""
    return _roughly(b) - _roughly(a)


@lru_cache(maxsize=20_000)
def _roughly(date: str) -> int:
    year, month, day = map(int, date.split("-"))
    return year * 365 + month * 30 + day
