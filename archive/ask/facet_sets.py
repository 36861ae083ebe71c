"""The plans of an archive by what they are, as sets that are kept as long as nothing is committed: what a search finds is counted by what
it has in common with each."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pyroaring import FrozenBitMap
from sqlalchemy import Connection, Select, func, select

from archive.store.doubts import SETTLED
from archive.store.handle import Archive
from archive.store.kept import kept
from archive.store.tables import AuthorityRow, UnitPlansRow, VersionRow

#: How many values of a kind are told.
TOP = 12
#: What a plan is of, by columns of its version.
KINDS = ("type", "organ", "level", "place", "year")
#: Units, and cited documents, whose sets are kept; those behind are read when they are needed. It bounds the cost only, as does the next.
_FIRST = 4_000
_NEXT = 500
#: Whoever has it in common, with how many plans have it and which, most first.
Ranked = Iterable[tuple[str, int, FrozenBitMap]]


@dataclass(frozen=True, slots=True)
class Sets:
    """Current plans: all of them, by the value of each kind, and by what is doubtful of them (as `store.doubts` says it)."""

    every: FrozenBitMap
    kinds: Mapping[str, Ranked]
    doubts: tuple[tuple[str, str | None, FrozenBitMap], ...]


def commonest(ranked: Ranked, found: FrozenBitMap) -> list[tuple[str, FrozenBitMap]]:
    """Of what is ``ranked`` by how many plans have it, what most of the plans ``found`` have, with these, by name where it is as many; none
    is looked at that cannot have more."""
    best: list[tuple[int, str, FrozenBitMap]] = []
    least = 1
    for name, amount, plans in ranked:
        if amount < least:
            break
        if (common := plans.intersection_cardinality(found)) >= least:
            insort(best, (-common, name, plans))  # names differ: sets are never compared
            del best[TOP:]
            least = -best[-1][0] if len(best) == TOP else 1
    return [(name, plans & found) for _, name, plans in best]


def sets(archive: Archive) -> Sets:
    """The sets of an archive as it is now."""
    return kept(archive).answer("facet-sets", (), lambda: _sets(archive))


def _sets(archive: Archive) -> Sets:
    kinds: dict[str, dict[str, list[int]]] = {kind: defaultdict(list) for kind in KINDS}
    doubts: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    every = []
    # By a connection of its own: another may still see what was there before the last commit, and this is kept.
    with archive.engine.connect() as connection:
        settled = {number: str(said) for number, said in connection.execute(_SETTLED)}
        for number, said, *values in connection.execute(_HEADS):
            every.append(number)
            for of_kind, value in zip(kinds.values(), values, strict=True):
                if value is not None:
                    of_kind[value].append(number)
            if said:
                doubts[said, settled.get(number)].append(number)
    ranked = {kind: _ranked(of_kind) for kind, of_kind in kinds.items()}
    ordered = sorted(doubts.items(), key=lambda entry: (entry[0][0], entry[0][1] or ""))
    return Sets(FrozenBitMap(every), ranked, tuple((*said, FrozenBitMap(plans)) for said, plans in ordered))


def _ranked(plans: Mapping[str, list[int]]) -> Ranked:
    return tuple((name, len(own), FrozenBitMap(own)) for name, own in sorted(plans.items(), key=lambda entry: (-len(entry[1]), entry[0])))


_HEADS = select(
    VersionRow.id,
    VersionRow.doubts,
    *(VersionRow.type, VersionRow.organ, VersionRow.level, VersionRow.place, func.substr(VersionRow.date, 1, 4)),
).where(VersionRow.current)
_SETTLED = select(VersionRow.id, SETTLED).where(VersionRow.current, VersionRow.doubts != "", SETTLED.is_not(None))

UNITS = select(UnitPlansRow.unit_folded, UnitPlansRow.amount, UnitPlansRow.plans).order_by(
    UnitPlansRow.amount.desc(), UnitPlansRow.unit_folded
)
CITED = select(AuthorityRow.key, AuthorityRow.plans, AuthorityRow.cited_by).order_by(AuthorityRow.plans.desc(), AuthorityRow.key)


def ranked(archive: Archive, connection: Connection, query: Select[str, int, FrozenBitMap], name: str) -> Ranked:
    """The rows of a query (UNITS or CITED): the first ones as they are kept, the others as they are wanted."""
    return chain(_kept(archive, query, name), _behind(connection, query))


def commonest_kept(
    archive: Archive, query: Select[str, int, FrozenBitMap], name: str, found: FrozenBitMap
) -> list[tuple[str, FrozenBitMap]] | None:
    """`commonest` of such rows; None where those that are kept do not tell, for one behind them may be as common."""
    first = _kept(archive, query, name)
    best = commonest(first, found)
    least = len(best[-1][1]) if len(best) == TOP else 1
    return best if len(first) < _FIRST or first[-1][1] < least else None


def _kept(archive: Archive, query: Select[str, int, FrozenBitMap], name: str) -> Sequence[tuple[str, int, FrozenBitMap]]:
    return kept(archive).answer("facet-sets", name, lambda: _first(archive, query))


def _first(archive: Archive, query: Select[str, int, FrozenBitMap]) -> Sequence[tuple[str, int, FrozenBitMap]]:
    with archive.engine.connect() as connection:
        return tuple((name, amount, plans) for name, amount, plans in connection.execute(query.limit(_FIRST)))


def _behind(connection: Connection, query: Select[str, int, FrozenBitMap]) -> Iterator[tuple[str, int, FrozenBitMap]]:
    offset = _FIRST
    while rows := connection.execute(query.limit(_NEXT).offset(offset)).all():
        yield from ((name, amount, plans) for name, amount, plans in rows)
        offset += _NEXT
