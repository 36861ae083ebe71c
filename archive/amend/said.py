"""What a person says a field is: read, checked, and put into the form that the plan has it in."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches

from archive.amend.fields import Named
from archive.errors import NotCorrectable
from archive.values.corrections import Said
from kehoach_parser import fold
from kehoach_parser.knowledge import types_of_all
from kehoach_parser.model import ASSIGNMENT_ROLES, RELATIONS

#: What is typed for "it is none": it is struck out, or the paper does not have it.
NONE = ("none", "không", "khong")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_VIETNAMESE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_SYMBOL = re.compile(r"[\w.]*(?:[/-][\w.&]+)+")
#: Fields that a plan cannot be without.
_NEEDED = ("node.label", "duty.unit", "duty.role", "unit", "text", "citation.type", "citation.relation", "citation.document")
#: The parts of a duty.
DUTY_PARTS = ("unit", "role", "task", "deadline")


def read_value(named: Named, said: str) -> Said:
    """The value that a person gives a field; None for "none". Raises NotCorrectable. Which document a citation means is read by who knows
    the archive."""
    words = " ".join(unicodedata.normalize("NFC", said).split())
    if named.field != "text" and fold(words).lower() in NONE:
        if named.field in _NEEDED:
            raise NotCorrectable("correct-none", field=named.field)
        return None
    if not words and named.field != "text":
        raise NotCorrectable("correct-empty", field=named.field)
    if named.field in ("citation", "duty") and named.which is not None:
        raise NotCorrectable("correct-only-none", field=f"{named.field}:{named.which}", kind=named.field)
    return _READ.get(named.field, _words)(said if named.field == "text" else words)


def read_duty(parts: Mapping[str, str | None]) -> dict[str, str | None]:
    """The parts of a duty that is added. Raises NotCorrectable."""
    for name in ("unit", "task"):
        if not (parts.get(name) or "").strip():
            raise NotCorrectable("correct-duty", part=name)
    found = {name: read_value(Named(f"duty.{name}", "new"), value) for name in DUTY_PARTS if (value := parts.get(name))}
    said = {"role": ASSIGNMENT_ROLES[0]} | {name: value for name, value in found.items() if isinstance(value, str)}
    return {name: said.get(name) for name in DUTY_PARTS}


def read_day(said: str) -> str:
    """A day, a month or a year as people write it, as YYYY-MM-DD, YYYY-MM or YYYY. Raises NotCorrectable."""
    if found := _DAY.fullmatch(said):
        year, month, day = found.groups()
    elif found := _VIETNAMESE.fullmatch(said):
        day, month, year = found.groups()
    else:
        raise NotCorrectable("correct-date", value=said)
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise NotCorrectable("correct-date", value=said) from None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def ends_of(value: str) -> tuple[str, str]:
    """First and last day of a day, a month or a year."""
    if len(value) == len("2025-11-20"):
        return value, value
    year, _, month = value.partition("-")
    last = monthrange(int(year), int(month or 12))[1]
    return f"{year}-{month or '01'}-01", f"{year}-{month or '12'}-{last:02}"


def _symbol(said: str) -> str:
    symbol = re.sub(r"\s+", "", said)
    if not _SYMBOL.fullmatch(symbol):
        raise NotCorrectable("correct-symbol", value=said)
    return symbol


def _one_of(code: str, names: Callable[[], tuple[str, ...]]) -> Callable[[str], str]:
    """Takes one of a list of names, typed with marks or without."""

    def read(said: str) -> str:
        known = {fold(name).lower(): name for name in names()}
        if found := known.get(fold(said).lower()):
            return found
        near = get_close_matches(fold(said).lower(), known, 4, 0.5)
        raise NotCorrectable(code, value=said, choices=", ".join(sorted(names())), candidates=tuple(known[each] for each in near))

    return read


def _words(said: str) -> str:
    return said


_type = _one_of("correct-type", types_of_all)
_READ: dict[str, Callable[[str], str]] = {
    "date": read_day,
    "symbol": _symbol,
    "type": _type,
    "citation.date": read_day,
    "citation.symbol": _symbol,
    "citation.type": _type,
    "citation.relation": _one_of("correct-relation", lambda: RELATIONS),
    "duty.role": _one_of("correct-role", lambda: ASSIGNMENT_ROLES),
    "duty.deadline": read_day,
}
