"""What became of a body: boards and ministries put together in 2025, provinces merged, communes redrawn, districts ended.

Two keys are equal if and only if they mean the same body, so an old body and the one that took its place have two keys; here they are
linked, with the date since which the new one stands. Sources: data/unit_history.toml, and underthesea's administrative data for places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kehoach_parser.text.areas import area_words
from kehoach_parser.text.lists import table
from kehoach_parser.units.communes import communes_before, current_communes, heirs_of_commune, heirs_of_province, provinces_before
from kehoach_parser.units.identity import normal_name

#: How the name of a district begins, and that of a commune; cities below a province were districts.
_DISTRICTS, _COMMUNES = (tuple(f"{area} " for area in areas) for areas in ((*area_words("district"), "thành phố"), area_words("commune")))


@dataclass(frozen=True, slots=True)
class Succession:
    """One step: the ``key`` of the other body, None where none took the place; ``since``: YYYY-MM-DD or YYYY-MM; ``source``: the document
    that says so; ``name``: the other body's name where it changed, without its place."""

    key: str | None
    since: str
    source: str
    name: str | None = None


def successions_of(key: str) -> tuple[Succession, ...]:
    """What became of the body with this key, in its next step; several where it was divided, empty where it still stands.

    A commune's name that is in use today is taken for today's commune.
    """
    core, parted, path = key.partition(" @ ")
    places = path.split(", ") if parted else []
    steps = (*_of_body(core, path), *_of_place(core, places))
    first = min((step.since for step in steps), default="")
    return tuple(step for step in steps if step.since == first)


def origins_of(key: str) -> tuple[Succession, ...]:
    """The bodies that went into the one with this key in one step, by their keys: those `successions_of` leads to it.

    Whether there was such a body in each place that became part of a larger one, only the papers of the time can say.
    """
    core, parted, path = key.partition(" @ ")
    if not parted:
        return ()
    found = (*_from_bodies(core, path), *_from_places(core, path.split(", ")))
    return tuple(step for step in found if step.key is not None and any(one.key == key for one in successions_of(step.key)))


def body_after(name: str) -> Succession | None:
    """What took the place of the body of this name, wherever it stood; its ``key`` is without a place. None where it still stands."""
    data, bodies = _data()
    entry = bodies.get(normal_name(name))
    if entry is None:
        return None
    found = data["bodies"][entry[0]]
    return Succession(entry[1], found["since"], found["source"], found["new"])


def _from_bodies(core: str, path: str) -> tuple[Succession, ...]:
    return tuple(
        Succession(f"{normal_name(old)} @ {path}", entry["since"], entry["source"], old)
        for entry in _data()[0]["bodies"]
        if normal_name(entry["new"]) == core
        for old in entry["old"]
    )


def _from_places(core: str, places: list[str]) -> tuple[Succession, ...]:
    levels = _data()[0]["levels"]
    if len(places) == 2 and places[0].startswith(_COMMUNES):
        communes = communes_before(places[0], places[1])
        paths = dict.fromkeys(
            path for old, district, province in communes for path in (f"{old}, {district}, {province}", f"{old}, {province}")
        )
        return tuple(Succession(f"{core} @ {path}", **levels["communes"]) for path in paths)
    if len(places) > 1:
        return ()
    earlier = ((old, entry) for old, entry in levels["earlier"].items() if entry["new"] == places[0])
    return (
        *(Succession(f"{_committee(core, old)} @ {old}", **levels["provinces"]) for old in provinces_before(places[0])),
        *(Succession(f"{_committee(core, old)} @ {old}", entry["since"], entry["source"]) for old, entry in earlier),
    )


def _of_body(core: str, path: str) -> tuple[Succession, ...]:
    data, bodies = _data()
    entry = bodies.get(core)
    if entry is None or not path:
        return ()
    number, new = entry
    found = data["bodies"][number]
    return (Succession(f"{new} @ {path}", found["since"], found["source"], found["new"]),)


def _of_place(core: str, places: list[str]) -> tuple[Succession, ...]:
    levels = _data()[0]["levels"]
    if not places:
        return ()
    narrow, wide = places[0], places[-1]
    if narrow.startswith(_COMMUNES):
        if len(places) == 1 or (narrow, wide) in current_communes():
            return ()
        district = places[1] if len(places) > 2 else None
        return tuple(
            Succession(f"{core} @ {commune}, {province}", **levels["communes"])
            for commune, province in heirs_of_commune(narrow, district, wide)
        )
    if len(places) > 1 and narrow.startswith(_DISTRICTS):
        return (Succession(None, **levels["districts"]),)
    if len(places) > 1:
        return ()
    if (earlier := levels["earlier"].get(narrow)) is not None:
        new = str(earlier["new"])
        return (Succession(f"{_committee(core, new)} @ {new}", earlier["since"], earlier["source"]),)
    return tuple(Succession(f"{_committee(core, new)} @ {new}", **levels["provinces"]) for new in heirs_of_province(narrow))


def _committee(core: str, province: str) -> str:
    """A province's committee is "tỉnh ủy", a city's "thành ủy"."""
    ours, theirs = ("thành ủy", "tỉnh ủy") if province.startswith("thành phố ") else ("tỉnh ủy", "thành ủy")
    return core.replace(theirs, ours)


@cache
def _data() -> tuple[dict[str, Any], dict[str, tuple[int, str]]]:
    """The data file, and for each old name in a key the number of its entry and the new name."""
    data = table("unit_history")
    bodies = {normal_name(old): (number, normal_name(entry["new"])) for number, entry in enumerate(data["bodies"]) for old in entry["old"]}
    return data, bodies
