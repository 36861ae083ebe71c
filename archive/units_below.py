"""Which units of the archive stand below a unit."""

from __future__ import annotations

import re

from sqlalchemy import Connection, select

from archive.tables import AssignmentRow
from archive.unit_keys import is_below, names_of_unit, place_of_unit, plain_name

_LEVEL = re.compile(r"\b(?:thanh pho|tinh|phuong|xa|quan|huyen|thi xa|thi tran|dac khu) (?=\w)")
_COMMITTEE = re.compile(r"\b(tinh|thanh|huyen|quan|thi) uy (?=\w)")
_PLACE_OF = {"tinh": "tinh", "thanh": "thanh pho", "huyen": "huyen", "quan": "quan", "thi": "thi xa"}


def keys_below(connection: Connection, name: str, place: str | None) -> frozenset[str]:
    """The keys of all units below those that a folded name means (`unit_keys.plain_name`), in a place where one is given.

    Where no duty of the archive names the unit itself (a committee gives tasks, and gets none), its place is read from the name.
    """
    known = known_units(connection)
    tops = {key for key, names in known.items() if name in names}
    tops = tops or {key for key, names in known.items() if any(name in other for other in names)}
    tops |= {key} if (key := key_of_name(name)) else set()
    if place is not None:
        tops = {top for top in tops if place.strip() in plain_name(place_of_unit(top))}
    return frozenset(key for key in known if key not in tops and any(is_below(key, top) for top in tops))


def known_units(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The units of the archive by key, each with the folded names that it goes by (`unit_keys.names_of_unit`)."""
    found: dict[str, tuple[str, ...]] = {}
    rows = connection.execute(select(AssignmentRow.unit_key, AssignmentRow.unit).distinct().order_by(AssignmentRow.unit_key))
    for row in rows:
        found[row.unit_key] = (*found.get(row.unit_key, ()), *names_of_unit(row.unit, row.unit_key))
    return found


def key_of_name(name: str) -> str | None:
    """The key that a folded name of a committee with its place has: "uy ban nhan dan thanh pho can tho"; None for other names."""
    folded = name.strip()
    if committee := _COMMITTEE.search(f"{folded} "):
        return f"{folded[: committee.end()].strip()} @ {_PLACE_OF[committee[1]]} {folded[committee.end() :]}"
    if (level := _LEVEL.search(f"{folded} ")) and level.start():
        places = _LEVEL.sub(lambda match: f", {match[0]}", folded[level.start() :]).lstrip(", ").replace(" ,", ",")
        return f"{folded[: level.start()].strip()} @ {places}"
    return None
