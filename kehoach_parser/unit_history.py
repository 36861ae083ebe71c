"""What became of a body: boards and ministries put together in 2025, provinces merged, communes redrawn, districts ended.

Two keys are equal if and only if they mean the same body, so an old body and the one that took its place have two keys; here they are
linked, with the date since which the new one stands. Sources: data/unit_history.toml, and underthesea's administrative data for places.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kehoach_parser.unit_identity import normal_name
from kehoach_parser.unit_places import current_communes, heirs_of_commune, heirs_of_province

_DISTRICTS = ("quận ", "huyện ", "thị xã ", "thành phố ")
_COMMUNES = ("xã ", "phường ", "thị trấn ")


@dataclass(frozen=True, slots=True)
class Succession:
    """One step: the ``key`` of the body that took another's place, None where none did; ``since``: YYYY-MM-DD or YYYY-MM; ``source``."""

    key: str | None
    since: str
    source: str


def successions_of(key: str) -> tuple[Succession, ...]:
    """What became of the body with this key, in its next step; several where it was divided, empty where it still stands.

    A commune's name that is in use today is taken for today's commune.
    """
    core, parted, path = key.partition(" @ ")
    places = path.split(", ") if parted else []
    steps = (*_of_body(core, path), *_of_place(core, places))
    first = min((step.since for step in steps), default="")
    return tuple(step for step in steps if step.since == first)


def _of_body(core: str, path: str) -> tuple[Succession, ...]:
    data, bodies = _data()
    entry = bodies.get(core)
    if entry is None or not path:
        return ()
    number, new = entry
    return (Succession(f"{new} @ {path}", data["bodies"][number]["since"], data["bodies"][number]["source"]),)


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


@lru_cache(maxsize=1)
def _data() -> tuple[dict[str, Any], dict[str, tuple[int, str]]]:
    """The data file, and for each old name in a key the number of its entry and the new name."""
    data: dict[str, Any] = tomllib.loads(files("kehoach_parser").joinpath("data/unit_history.toml").read_text(encoding="utf-8"))
    bodies = {normal_name(old): (number, normal_name(entry["new"])) for number, entry in enumerate(data["bodies"]) for old in entry["old"]}
    return data, bodies
