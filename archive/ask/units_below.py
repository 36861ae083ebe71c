"""Which units of the archive stand below a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, false, or_

from archive.common.unit_keys import common_below, is_below_any, place_of_unit, plain_name
from archive.store.duty_index import all_of, any_of, pair_signs
from archive.store.tables import UnitNameRow
from archive.store.unit_index import keys_of_units, units_holding
from kehoach_parser import fold
from kehoach_parser.knowledge import area_words, committees

# Both bound the cost only: few and many are answered alike.
#: Units so few that their duties are found by their keys.
_FEW = 200
#: Different names and places so few that they are asked for one by one.
_COMMON = 50

_PLACE_OF = {fold(committee): fold(area) for committee, area in committees().items()}
_LEVEL = re.compile(rf"\b(?:{'|'.join(map(fold, area_words()))}) (?=\w)")
_COMMITTEE = re.compile(rf"\b({'|'.join(_PLACE_OF)}) (?=\w)")


@dataclass(frozen=True, slots=True)
class Below:
    """The units below some others (their keys: ``tops``), of which all those below have one of ``common`` (`unit_keys.common_below`)."""

    tops: frozenset[str]
    common: frozenset[tuple[str, str]]

    def holds(self, key: str) -> bool:
        """Whether a unit is one of them."""
        return is_below_any(key, self.tops)

    def few(self, connection: Connection) -> tuple[str, ...] | None:
        """The keys of those that the archive has, where the names and places leave few to look at; else None."""
        if len(self.common) > _COMMON:
            return None
        keys = self._keys(connection, _FEW + 1)
        return None if len(keys) > _FEW else tuple(filter(self.holds, keys))

    def count(self, connection: Connection) -> int:
        """How many of them the archive has."""
        return sum(map(self.holds, self._keys(connection, None)))

    def signs(self) -> str | None:
        """The expression for what their duties have in common in the index; None where that is nothing."""
        signs = [pair_signs(name.split(), "u:") | pair_signs(place.split(), "p:") for name, place in self.common]
        return any_of(map(all_of, signs)) if all(signs) and len(signs) <= _COMMON else None

    def _keys(self, connection: Connection, most: int | None) -> tuple[str, ...]:
        names = UnitNameRow.name
        # Folded names have letters, digits and blanks only: nothing that LIKE takes for a pattern.
        common = [names.endswith(name) & (names != name) & UnitNameRow.place.contains(place) for name, place in self.common]
        return keys_of_units(connection, or_(false(), *common), most)


def below_of(tops: Iterable[str]) -> Below:
    """What stands below units with these keys."""
    above = frozenset(tops)
    return Below(above, frozenset(common for top in above if (common := common_below(top)) is not None))


def below_named(connection: Connection, name: str, place: str | None) -> Below:
    """What stands below the units that a folded name means (`unit_keys.plain_name`), in a place where one is given.

    Where no duty of the archive names the unit itself (a committee gives tasks, and gets none), its place is read from the name.
    """
    called = units_holding(connection, name)
    tops = {key for key, names in called.items() if name in names} or set(called)
    tops |= {key} if (key := key_of_name(name)) else set()
    if place is not None:
        tops = {top for top in tops if place.strip() in plain_name(place_of_unit(top))}
    return below_of(tops)


def key_of_name(name: str) -> str | None:
    """The key that a folded name of a committee with its place has: "uy ban nhan dan thanh pho can tho"; None for other names."""
    folded = name.strip()
    if committee := _COMMITTEE.search(f"{folded} "):
        return f"{folded[: committee.end()].strip()} @ {_PLACE_OF[committee[1]]} {folded[committee.end() :]}"
    if (level := _LEVEL.search(f"{folded} ")) and level.start():
        places = _LEVEL.sub(lambda match: f", {match[0]}", folded[level.start() :]).lstrip(", ").replace(" ,", ",")
        return f"{folded[: level.start()].strip()} @ {places}"
    return None
