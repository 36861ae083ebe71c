"""Claims: what plans say of one document that they cite, what a paper says of itself, what a user teaches. All evidence comes as these.

Claims that may mean one document share a block: type and number, or a name. Only within a block are identities compared. Plans that say
the same make one claim together: what is cited by most plans is cited in a few ways, and weighing costs as much as there are ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pyroaring import FrozenBitMap

from archive.common.keys import name_key, printed_term
from kehoach_parser import fold
from kehoach_parser.knowledge import Series, areas_of, place_meant, place_named, series_of, term_on, wider_types

CITED, PAPER, TAUGHT = "cited", "paper", "taught"

# Types of which one is often written for the other; whether they are one document is a matter of evidence.
_ALIKE = {"quyet dinh": "qd", "quy dinh": "qd", "bo luat": "luat", "phap lenh": "luat"}
_WHEN = re.compile(r"\|(?:\d{4}(?:-\d\d){0,2}|khoa \w+)$")


NOBODY = FrozenBitMap()


@dataclass(frozen=True, slots=True)
class Claim:
    """What sources say of one document, all in the same words.

    ``source`` is CITED (plans), PAPER (the document itself, in the archive) or TAUGHT (the alias file); ``type`` and ``names`` are folded;
    ``term`` is the Party term, ``place`` from the narrowest name to the widest, () for a central organ and where it is not known (then
    ``placed`` is false); ``place_said``: it is printed, not understood. ``said`` has for each mention the date that it prints itself;
    ``printed`` are mentions without a symbol as they stand. ``plans`` are the versions of plans that say so, of a paper its own, and
    ``times`` how often they do; ``number`` puts in order what no plan says. ``row`` is the number under which the claim is stored;
    a ``part`` of it is what some of its plans say, of whose mentions the ``rows`` are known where it is one plan, and ``written`` a date on
    which they were written. ``meant`` is what people say that it means, ``paper`` which paper of the archive.
    """

    source: str
    blocks: tuple[str, ...]
    key: str | None
    type: str
    type_name: str
    symbol: str | None
    series: Series | None
    dates: tuple[str, ...]
    term: str | None
    titles: tuple[str, ...]
    issuers: tuple[str, ...]
    place: tuple[str, ...]
    placed: bool
    place_said: bool
    clean: bool
    plans: FrozenBitMap = NOBODY
    times: int = 1
    number: int = 0
    document_id: int | None = None
    said: tuple[str | None, ...] = ()
    names: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    misprints: tuple[tuple[str, str | None], ...] = ()
    meant: Claim | None = None
    paper: int | None = None
    row: int | None = None
    part: bool = False
    written: str | None = None
    rows: tuple[tuple[int, int], ...] = ()

    @property
    def first(self) -> int:
        """The first plan that says so."""
        return self.plans.min() if self.plans else self.number

    def of(self, plans: FrozenBitMap, times: int, written: str | None = None, rows: tuple[tuple[int, int], ...] = ()) -> Claim:
        """The same as some of its plans say it."""
        return replace(self, plans=plans, times=times, part=True, written=written, rows=rows)

    @property
    def cls(self) -> str:
        """The class of the type."""
        return class_of(self.type)

    @property
    def day(self) -> str | None:
        """The whole date, where one and only one is printed."""
        days = [date for date in self.dates if len(date) == 10]
        return days[0] if len(days) == 1 else None


def class_of(folded_type: str) -> str:
    """The class that a type's block is named by: Quyết định and Quy định, Luật and Bộ luật are one."""
    return _classes().get(folded_type, folded_type)


@cache
def _classes() -> dict[str, str]:
    """The types of one series or often taken for one another, folded, with the name of their class."""
    return _ALIKE | {fold(kind): fold(wider) for kind, wider in wider_types().items()}


def blocks_of(type_name: str, symbol: str | None, title: str | None, key: str | None) -> tuple[str, ...]:
    """The blocks of a claim, the first of them its own; a law has one by its number and one by its name."""
    cls = class_of(fold(type_name))
    series = series_of(symbol) if symbol else None
    found = []
    if series is not None and series.number:
        found.append(f"{cls}|{series.number}" + (f"/{series.year}" if cls == "luat" and series.year else ""))
    if cls == "luat" and title:
        found.append(f"{cls}|={law_name(title)}")
    if not found:
        found.append(f"{cls}|={name_of_key(key)}" if key else f"{cls}|={name_key(symbol or title or '').strip()}")
    return tuple(found)


def law_name(title: str) -> str:
    """The folded words of a law's name without "Luật"."""
    return re.sub(r"^(?:bo luat|luat|phap lenh) ", "", name_key(title).strip())


def name_of_key(key: str) -> str:
    """An identity within one plan without its date or term."""
    return _WHEN.sub("", key)


@lru_cache(maxsize=4096)
def place_of_plan(organ: str | None, place: str | None, parent: str | None) -> tuple[tuple[str, str], ...]:
    """The areas of an issuing organ, kept, because a plan cites many documents."""
    return areas_of(organ, place, parent)


@lru_cache(maxsize=20_000)
def claim_place(series: Series | None, issuers: tuple[str, ...], own: tuple[tuple[str, str], ...]) -> tuple[tuple[str, ...], bool, bool]:
    """(place, placed, said) of a cited document: see Claim."""
    if series is None or series.central:
        return (), True, True
    first = None
    for issuer in issuers:
        first = first or issuer
        if named := place_named(issuer, own):
            return named, True, True
    meant = place_meant(series, first, own)
    return meant, bool(meant), False


def term_of_claim(series: Series | None, dates: Iterable[str], texts: Iterable[str]) -> str | None:
    """The Party term of a central symbol, by its dates where they are of one term, else by what is printed."""
    if series is None or not (series.central and series.party):
        return None
    terms = {term for date in dates for day in _ends(date) if (term := term_on(day))}
    return terms.pop() if len(terms) == 1 else None if terms else printed_term(*texts)


def _ends(date: str) -> tuple[str, str]:
    """First and last day of a date, a month or a year; a year with a congress in it is of two terms."""
    year = len("2025")
    return date + "-01-01"[len(date) - year :], date + "-12-31"[len(date) - year :]
