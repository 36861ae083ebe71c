"""What a question about a unit should know besides its answer: that the body asked for has been merged, and into which."""

from __future__ import annotations

from archive.duty_values import UnitHint, UnitStep, UnitSummary
from archive.handle import Archive
from archive.unit_keys import plain_name, split_key
from archive.unit_questions import units
from kehoach_parser import body_after


def unit_hints(archive: Archive, name: str, *, place: str | None = None) -> tuple[UnitHint, ...]:
    """What became of the units that go by a name and no longer stand, those with most duties first.

    Where the archive has no such unit, the body of that name (`kehoach_parser.body_after`): with the units of the archive that took its
    place, or without any where it has none of these either.
    """
    found = units(archive, name, place=place)
    if found:
        return hints_of(found)
    after = body_after(name)
    if after is None or after.key is None or after.name is None:
        return ()
    core = plain_name(after.key)
    heirs = [one for one in units(archive, after.name, place=place) if plain_name(split_key(one.key).name) == core]
    steps = [UnitStep(one.key, one.name, one.place, after.since, after.source, one.duties, one.documents) for one in heirs]
    return tuple(UnitHint(name, step.place, (step,)) for step in steps or [UnitStep(None, after.name, "", after.since, after.source, 0, 0)])


def hints_of(found: tuple[UnitSummary, ...]) -> tuple[UnitHint, ...]:
    """The hints about units that were asked for by name."""
    return tuple(UnitHint(one.name, one.place, one.became) for one in found if one.became)
