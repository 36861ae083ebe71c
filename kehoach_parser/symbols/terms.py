"""Terms (khóa) of the Party's Central Committee and of the National Assembly, from `data/terms.tsv`."""

from __future__ import annotations

from functools import cache, lru_cache

from kehoach_parser.text.lists import rows


@cache
def _terms(of: str) -> tuple[tuple[str, str], ...]:
    """(first day or year, name), the latest first."""
    return tuple((begins, name) for body, name, begins in rows("terms") if body == of)


@lru_cache(maxsize=20_000)
def term_on(day: str | None) -> str | None:
    """The central Party term in which a day (YYYY-MM-DD) falls ("XII"); None for less than a day and before 2001."""
    return next((term for first, term in _terms("party") if day is not None and len(day) == 10 and day >= first), None)


def first_day_of(term: str) -> str | None:
    """The day on which the numbers of a central Party term began, None where it is not known."""
    return next((first for first, name in _terms("party") if name == term), None)


def legislatures_in(year: int) -> tuple[int, ...]:
    """The legislatures of the National Assembly that sat in a year: two where one follows the other; none before 2002."""
    begun = [(int(first), int(name)) for first, name in _terms("assembly") if int(first) <= year]
    sitting = begun[: 2 if begun and begun[0][0] == year else 1]
    return tuple(sorted(name for _, name in sitting))
