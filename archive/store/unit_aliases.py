"""What users teach about units in the alias file, and what a unit's key becomes by it (docs/aliases.md).

[[unit]]
name = "Ban Xây dựng Đảng Đảng ủy phường"
place = "phường Kiến An, thành phố Hải Phòng"
names = ["Ban XDĐ", "Ban XD Đảng phường"]

The plan of a paper keeps the key that was read; the projected rows have the one taught. So what is taught is a function of plan and file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from archive.common.unit_keys import place_of_unit, plain_name
from archive.store.alias_file import AliasTable
from kehoach_parser import Plan, fold
from kehoach_parser.knowledge import key_of_unit, place_of_organ

_KEYS = ("name", "place", "names", "everywhere")
_NATION = "việt nam"


@dataclass(frozen=True, slots=True)
class TaughtUnit:
    """What a user teaches of one unit: its ``key``, its true ``name``, and the ``names`` that mean it as they are compared
    (`unit_keys.plain_name`, without blanks around), its own first. They hold in papers of its place; with ``everywhere`` all but its own
    hold in all papers."""

    key: str
    name: str
    names: tuple[str, ...]
    everywhere: bool

    @property
    def place(self) -> str:
        """Where it belongs, as its key says it."""
        return self.key.partition(" @ ")[2]

    def is_meant_everywhere(self, name: str) -> bool:
        """Whether one of its names means it in papers of all places: its own does where it is one of the whole country."""
        return self.place == _NATION or (self.everywhere and name != self.names[0])


@dataclass(frozen=True, slots=True)
class TaughtUnits:
    """The units of an alias file; ``by_name`` has for each name the units that it means, one in each place."""

    units: tuple[TaughtUnit, ...] = ()
    by_name: Mapping[str, tuple[TaughtUnit, ...]] = field(default_factory=dict)

    def names_one(self, printed: str) -> bool:
        """Whether a printed name begins with one that is taught for some unit in some place."""
        return any(True for _ in self._named(plain_name(printed).split()))

    def key(self, printed: str, key: str, paper: str) -> str:
        """The key of a unit that is printed so in a paper of a place (`place_of_organ`) and has this key in the paper's plan.

        A name means the taught unit where the plan puts it in that unit's place, or else in papers of that place, or everywhere where that
        is taught. Words of the place may follow it ("Ban XDĐ phường Kiến An" in a paper of the city) where the plan's key says the same.
        """
        own_place = fold(key.partition(" @ ")[2])
        for unit, name, rest in self._named(plain_name(printed).split()):
            is_there = fold(unit.place) == own_place
            if rest and not (is_there and f" {rest} " in plain_name(place_of_unit(unit.key))):
                continue
            if is_there or fold(unit.place) == fold(paper) or unit.is_meant_everywhere(name):
                return unit.key
        return key

    def _named(self, words: Sequence[str]) -> Iterator[tuple[TaughtUnit, str, str]]:
        """The units with a name that these words begin with, the longest first: unit, name, what follows it."""
        for end in range(len(words), 0, -1):
            name = " ".join(words[:end])
            for unit in self.by_name.get(name, ()):
                yield unit, name, " ".join(words[end:])


def keys_as_taught(plan: Plan, taught: TaughtUnits) -> tuple[str, ...]:
    """The key of the unit of each assignment of a plan, in their order, by what is taught."""
    if not taught.units:
        return tuple(duty.unit.key for duty in plan.assignments)
    header = plan.header
    organ, place, parent = (one.value if one else None for one in (header.organ, header.place, header.parent_organ))
    paper = _place_of_paper(organ, place, parent)
    return tuple(taught.key(duty.unit.value, duty.unit.key, paper) for duty in plan.assignments)


@lru_cache(maxsize=4096)
def _place_of_paper(organ: str | None, place: str | None, parent: str | None) -> str:
    return place_of_organ(organ, place, parent)


@lru_cache(maxsize=8)
def read_units(text: str, path: str) -> TaughtUnits:
    """The units of an alias file; ``path`` is named in errors. Raises AliasError with line and key."""
    table = AliasTable(text, path, "unit")
    units = tuple(_unit(table, number) for number in range(len(table.entries)))
    named: dict[str, list[TaughtUnit]] = {}
    for number, unit in enumerate(units):
        for name in unit.names:
            _check_name(table, number, unit, name, named.get(name, []))
            named.setdefault(name, []).append(unit)
    return TaughtUnits(units, {name: tuple(meant) for name, meant in named.items()})


def _unit(table: AliasTable, number: int) -> TaughtUnit:
    table.only(number, _KEYS)
    name, others, everywhere = table.text(number, "name"), table.texts(number, "names"), table.flag(number, "everywhere")
    if name is None:
        table.fail("alias-unit-missing", number, "name")
    for key, printed in (("name", name), *(("names", other) for other in others)):
        if not plain_name(printed).strip():
            table.fail("alias-unit-name", number, key, value=printed)
    identity = key_of_unit(name, table.text(number, "place"))
    if identity is None:
        table.fail("alias-unit-place", number, "place", name=name)
    return TaughtUnit(identity, name, tuple(dict.fromkeys(plain_name(one).strip() for one in (name, *others))), everywhere)


def _check_name(table: AliasTable, number: int, unit: TaughtUnit, name: str, named: Sequence[TaughtUnit]) -> None:
    """A name may stand for no other unit of that place, nor for another beside one that it means everywhere."""
    for other in named:
        anywhere = unit.is_meant_everywhere(name) or other.is_meant_everywhere(name)
        if other.key != unit.key and (anywhere or fold(other.place) == fold(unit.place)):
            key = "name" if name == unit.names[0] else "names"
            printed = next((one for one in table.texts(number, "names") if plain_name(one).strip() == name), unit.name)
            table.fail("alias-unit-twice", number, key, value=printed, other=other.name)
