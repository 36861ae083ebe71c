"""From which bodies a unit came and which took its place, with the date, the document that says so, and the duties that the archive has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, select

from archive.common.unit_keys import place_of_unit
from archive.store.tables import AssignmentRow
from archive.store.taught_units import names_taught
from archive.values.duties import UnitStep
from kehoach_parser import fold
from kehoach_parser.knowledge import Succession, area_words, origins_of, successions_of

#: Steps from one unit to another: a board renamed, its province merged, its commune redrawn.
_MOST_STEPS = 4
#: Values that a statement may have (SQLite takes 32,766).
_VALUES = 10_000
_PROVINCES = (*(f"{area} " for area in area_words("province")), "việt nam")


def successors(connection: Connection, units: Iterable[tuple[str, str]]) -> dict[str, tuple[UnitStep, ...]]:
    """What became of each of these units (key, name), step by step from the next to today's; those that still stand are left out."""
    walked = {key: _walk(key, name, successions_of) for key, name in units}
    known = _known(connection, {step.key for steps in walked.values() for step, _, _ in steps if step.key is not None})
    return {key: tuple(_step(step, name, "", known) for step, name, _ in steps) for key, steps in walked.items() if steps}


def predecessors(connection: Connection, key: str, name: str) -> tuple[UnitStep, ...]:
    """Which bodies went into a unit, the last step first.

    Bodies put together by a rule for all provinces or the country are always among them; those of places that became part of a larger one
    only where the archive has duties of theirs: whether there was such a body in each, the papers of the time say.
    """
    walked = _walk(key, name, origins_of)
    known = _known(connection, {step.key for step, _, _ in walked if step.key is not None})
    return tuple(_step(step, named, between, known) for step, named, between in walked if step.key in known or _is_by_rule(step, key))


def _is_by_rule(step: Succession, key: str) -> bool:
    """Whether a step follows from a rule by which the body of this name was made everywhere, in the unit's own place."""
    path = key.partition(" @ ")[2]
    return step.name is not None and path.startswith(_PROVINCES) and "," not in path and (step.key or "").endswith(f" @ {path}")


def _walk(key: str, name: str, next_of: Callable[[str], tuple[Succession, ...]]) -> list[tuple[Succession, str, str]]:
    """All steps from a key on, each once, with the other body's name, and the name and place of the body between, "" where there is
    none."""
    found: list[tuple[Succession, str, str]] = []
    seen, here = {key}, [(key, name)]
    for _ in range(_MOST_STEPS):
        there = []
        for at, named in here:
            for step in next_of(at):
                if step.key is not None and step.key in seen:
                    continue
                said = step.name or (_bare(named, step.key) if step.key is not None else "")
                found.append((step, said, "" if at == key else f"{named} ({place_of_unit(at)})"))
                if step.key is not None:
                    seen.add(step.key)
                    there.append((step.key, said))
        here = there
    return found


def _bare(name: str, key: str) -> str:
    """A name without its place, for the body of another place: as the key has it, with the capitals of the name where they are the same."""
    core = key.partition(" @ ")[0]
    return name[: len(core)] if fold(name).startswith(fold(core)) else core[:1].upper() + core[1:]


def _known(connection: Connection, keys: set[str]) -> dict[str, tuple[str, int, int]]:
    """Name, duties and plans of those units that have duties."""
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    plans: dict[str, set[int]] = defaultdict(set)
    ordered = sorted(keys)
    columns = (AssignmentRow.unit_key, AssignmentRow.unit, AssignmentRow.version_id)
    for start in range(0, len(ordered), _VALUES):
        for row in connection.execute(select(*columns).where(AssignmentRow.unit_key.in_(ordered[start : start + _VALUES]))):
            printed[row.unit_key][row.unit] += 1
            plans[row.unit_key].add(row.version_id)
    taught = names_taught(connection) if printed else {}
    return {key: (taught.get(key) or _commonest(names), names.total(), len(plans[key])) for key, names in printed.items()}


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def _step(step: Succession, name: str, through: str, known: dict[str, tuple[str, int, int]]) -> UnitStep:
    named, duties, plans = known.get(step.key or "", (name, 0, 0))
    place = place_of_unit(step.key) if step.key is not None else ""
    return UnitStep(step.key, named, place, step.since, step.source, duties, plans, through)
