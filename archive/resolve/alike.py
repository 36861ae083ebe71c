"""Plans that say the same of a document and that nothing tells apart: they are weighed once.

Of a claim without a date the date of the plan may tell what is meant, and what else is in the plan. What the candidates make of that is the
same for most of the plans that make the claim: a document is older than all that were written after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyroaring import FrozenBitMap

from archive.resolve.claims import Claim
from archive.resolve.witnesses import Profile, When, when, worth_weighing


class Written(NamedTuple):
    """The versions of the plans of one date that make a claim, one as often as it does; the date is None where none was read."""

    date: str | None
    versions: tuple[int, ...]


#: The plans that make each of some stored claims, by the numbers of these.
ByDay = Callable[[Iterable[int]], Mapping[int, Sequence[Written]]]


def in_order(claim: Claim) -> tuple[object, ...]:
    """The order of claims: that of their plans."""
    return claim.first, claim.rows, claim.row or 0


def told_apart(claims: Iterable[Claim], by_day: ByDay, profiles: Sequence[Profile]) -> list[Claim]:
    """Claims as those of their plans say them that are one to all ``profiles``, in the order of plans. A claim of one plan alone, and what
    no plan says, stays as it is."""
    whole, alone = _whole(claims)
    days = by_day(whole)
    signs: dict[tuple[str | None, int], When | None] = {}
    parts = [part for number, claim in whole.items() for part in _parts(claim, days[number], profiles, signs)]
    return sorted([*alone, *parts], key=in_order)


def _whole(claims: Iterable[Claim]) -> tuple[dict[int, Claim], list[Claim]]:
    """Stored claims by number, of which the parts that are left are one again, and the others."""
    whole: dict[int, Claim] = {}
    alone = []
    for claim in claims:
        if claim.row is None or claim.rows:
            alone.append(claim)
        elif (before := whole.get(claim.row)) is not None:
            whole[claim.row] = claim.of(before.plans | claim.plans, before.times + claim.times)
        else:
            whole[claim.row] = claim
    return whole, alone


def _parts(
    claim: Claim, days: Sequence[Written], profiles: Sequence[Profile], signs: dict[tuple[str | None, int], When | None]
) -> Iterator[Claim]:
    # a law that came after the plan matters to its name, also where it cannot be meant
    near = [number for number, profile in enumerate(profiles) if claim.cls == "luat" or worth_weighing(claim, profile)]
    together: dict[tuple[When | None, ...], list[Written]] = defaultdict(list)
    for day in days:
        for number in near:
            if (day.date, number) not in signs:
                signs[day.date, number] = when(day.date, profiles[number])
        together[tuple(signs[day.date, number] for number in near)].append(day)
    for same in together.values():
        versions = [version for day in same for version in day.versions]
        for plans in _split(claim.plans & FrozenBitMap(versions), [profiles[number] for number in near]):
            yield claim.of(plans, sum(version in plans for version in versions), same[0].date)


def _split(plans: FrozenBitMap, profiles: Iterable[Profile]) -> list[FrozenBitMap]:
    """Plans by what they are or say of the documents of profiles."""
    parts = [plans]
    for profile in profiles:
        for those in (profile.papers, profile.plans):
            parts = [some for part in parts for some in (part & those, part - those) if some]
    return [part for part in parts if part]
