"""The trees of who carries a document out: each carrier once, under the deepest of those that it carries out.

Those that are carried out themselves are placed one by one. The plans that nobody carries out, nearly all, are placed in sets: where they
belong is a question of what they carry out, and none of them moves another.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import networkx
from pyroaring import BitMap, FrozenBitMap
from sqlalchemy import Connection, String, cast, func, select

from archive.ask.carriers import Carriers, Carries, carriers_below
from archive.ask.nodes import Standing, plan_node_ids, standings
from archive.common.carrying import STATED
from archive.common.levels import LEVELS, level_of
from archive.store.database import MANY
from archive.store.tables import VersionRow
from archive.values.graph import CascadeLevel, GraphNode

#: Stands for a missing date in the order of dates.
_UNDATED = "9999"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a cascade by the id of its node, before that is read and the sentence that says so (`CascadeStep`): ``said`` is that
    mention; None of a plan that nobody carries out, whose own words say it."""

    node: str
    standing: Standing
    parent: str
    also: tuple[str, ...]
    depth: int
    said: Carries | None
    delay: int | None
    total: int | None


class _Issued(NamedTuple):
    """The versions of plans that stand alike."""

    standing: Standing
    versions: FrozenBitMap


def trees_of(connection: Connection, roots: Sequence[GraphNode], *, stated: bool) -> list[Tree]:
    """The trees under some documents; they read on while ``connection`` is open."""
    carriers = carriers_below(connection, [root.id for root in roots], stated=stated)
    there = {root.id for root in roots} | {one.carrier for those in carriers.of.values() for one in those} | carriers.leaves.keys()
    known = {root.id: Standing(root.date, None) for root in roots} | standings(connection, there)
    every = FrozenBitMap.union(FrozenBitMap(), *(versions for said in carriers.leaves.values() for versions in said.values()))
    plans = sorted(_issued(connection, every), key=lambda one: one.standing.date or _UNDATED)
    return [Tree(connection, carriers, known, plans, root) for root in roots]


class Tree:
    """The cascade under one node: how many steps it has, the figures of its levels, and its steps, which are made as they are asked for."""

    def __init__(
        self, connection: Connection, carriers: Carriers, known: Mapping[str, Standing], plans: Sequence[_Issued], root: GraphNode
    ) -> None:
        """``known`` are all but the leaves of ``carriers``, ``plans`` are those, by date."""
        self.root, self.nodes = root, carriers.nodes
        self.level = known[root.id].level or level_of(root.organ, None, root.symbol)
        self._connection, self._known, self._plans = connection, known, plans
        links, order = _without_cycles(carriers.of, known, root.id)
        self._links = links
        self._depths = {root.id: 0}
        self._below: dict[str, list[Carries]] = {}
        for node in networkx.topological_sort(links):
            ways = [links.edges[edge]["said"] for edge in links.in_edges(node)]
            if ways:
                best = max(ways, key=lambda way: self._weight(way.carried, way.stated))
                self._depths[node] = self._depths[best.carried] + 1
                self._below.setdefault(best.carried, []).append(best)
        #: Leaves by all that they carry out, in the order in which these were reached.
        self._carry = {node: carriers.leaves[node] for node in order if node in links and node in carriers.leaves}
        self._placed, taken = self._place()
        self.total = len(self._depths) - 1 + len(taken)
        self.levels = tuple(self._levels(taken))

    def steps(self) -> Iterator[Step]:
        """The steps in the order of reading: what a document says in subject or preamble goes before what its body says, and of those that
        carry one out the earlier goes first, with all below it."""
        return self._steps_below(self.root.id)

    def _weight(self, carried: str, stated: str) -> tuple[bool, int, int, str]:
        """The heaviest of what a document carries out is its parent."""
        return stated != "body", self._depths[carried], -STATED.index(stated), self._date(carried)

    def _date(self, node: str) -> str:
        """For sorting: what has no date comes last."""
        return self._known[node].date or _UNDATED

    def _place(self) -> tuple[dict[str, FrozenBitMap], BitMap]:
        """The leaves under each of those that they carry out, and all of them."""
        ways = [(node, stated, versions) for node, said in self._carry.items() for stated, versions in said.items()]
        placed, taken = dict[str, FrozenBitMap](), BitMap()
        for node, _, versions in sorted(ways, key=lambda way: self._weight(*way[:2]), reverse=True):
            placed[node] = placed.get(node, FrozenBitMap()) | (versions - taken)
            taken |= versions
        return placed, taken

    @cached_property
    def _several(self) -> dict[int, list[str]]:
        """What leaves carry out that carry out more than one."""
        seen, again = BitMap(), BitMap()
        those = {node: FrozenBitMap.union(*said.values()) for node, said in self._carry.items() if said}
        for versions in those.values():
            again |= versions & seen
            seen |= versions
        found: dict[int, list[str]] = {}
        for node, versions in those.items():
            for version in versions & again:
                found.setdefault(version, []).append(node)
        return found

    def _steps_below(self, parent: str) -> Iterator[Step]:
        own = sorted(self._below.get(parent, ()), key=lambda said: (self._date(said.carrier), said.carrier))
        apart = ((self._date(said.carrier), said.carrier, self._apart(said)) for said in own)
        for _, node, step in heapq.merge(apart, self._leaves(parent), key=lambda child: child[:2]):
            yield step
            if step.said is not None:
                yield from self._steps_below(node)

    def _apart(self, said: Carries) -> Step:
        others = (other for other in self._links.predecessors(said.carrier) if other != said.carried)
        return self._step(said.carrier, self._known[said.carrier], said.carried, others, said)

    def _leaves(self, parent: str) -> Iterator[tuple[str, str, Step]]:
        """The leaves under a node by date and id, each with these: days are taken together until they are worth a statement."""
        placed = self._placed.get(parent, FrozenBitMap())
        waiting: list[tuple[str, int, Standing]] = []
        for day, those in groupby(self._plans if placed else (), key=lambda one: one.standing.date or _UNDATED):
            waiting += [(day, version, one.standing) for one in those for version in one.versions & placed]
            if len(waiting) >= MANY:
                yield from self._read(parent, waiting)
                waiting = []
        yield from self._read(parent, waiting)

    def _read(self, parent: str, waiting: Sequence[tuple[str, int, Standing]]) -> Iterator[tuple[str, str, Step]]:
        nodes = plan_node_ids(self._connection, (version for _, version, _ in waiting))
        for day, node, version, own in sorted((day, nodes[version], version, own) for day, version, own in waiting):
            others = (other for other in self._several.get(version, ()) if other != parent)
            yield day, node, self._step(node, own, parent, others, None)

    def _step(self, node: str, own: Standing, parent: str, others: Iterable[str], said: Carries | None) -> Step:
        above = self.root.date if parent == self.root.id else self._known[parent].date
        also = tuple(sorted(others, key=self._date))
        depth = self._depths[parent] + 1
        return Step(node, own, parent, also, depth, said, _days(above, own.date), _days(self.root.date, own.date))

    def _levels(self, taken: BitMap) -> Iterator[CascadeLevel]:
        papers: dict[str | None, Counter[str | None]] = {}
        apart = ((self._known[node], 1) for node in self._depths if node != self.root.id)
        leaves = ((one.standing, len(one.versions & taken)) for one in self._plans)
        for standing, count in (*apart, *leaves):
            if count:
                papers.setdefault(standing.level, Counter())[standing.date] += count
        for level in sorted(papers, key=lambda level: LEVELS.index(level) if level else len(LEVELS)):
            dates = sorted(day for day in papers[level] if day)
            days = Counter[int]()
            for day in dates:
                if (total := _days(self.root.date, day)) is not None:
                    days[total] += papers[level][day]
            yield CascadeLevel(
                level,
                papers[level].total(),
                dates[0] if dates else None,
                dates[-1] if dates else None,
                min(days, default=None),
                _middle(days) if days else None,
                max(days, default=None),
            )


_BY_DAY = (
    select(VersionRow.level, VersionRow.date, func.aggregate_strings(cast(VersionRow.id, String), " "))
    .where(VersionRow.current)
    .group_by(VersionRow.level, VersionRow.date)
)


def _issued(connection: Connection, versions: FrozenBitMap) -> list[_Issued]:
    """How these versions stand. To read the whole index in its order takes less than to find many."""
    if not versions:
        return []
    rows = connection.execute(_BY_DAY.where(VersionRow.id.in_(versions)) if len(versions) <= MANY else _BY_DAY)
    found = (_Issued(Standing(date, level), FrozenBitMap(map(int, those.split())) & versions) for level, date, those in rows)
    return [one for one in found if one.versions]


def _without_cycles(
    of: Mapping[str, Sequence[Carries]], known: Mapping[str, Standing], root: str
) -> tuple[networkx.DiGraph, Sequence[str]]:
    """Who carries out what, below the root, and in which order it was reached. Of two that carry each other out the older one's word is
    left aside."""
    links = networkx.DiGraph()
    links.add_node(root)
    waiting, reached = [root], list[str]()
    while waiting:
        carried = waiting.pop()
        reached.append(carried)
        for one in of.get(carried, ()):
            if one.carrier == root:
                continue
            if one.carrier not in links:
                waiting.append(one.carrier)
            links.add_edge(carried, one.carrier, said=one)
    while not networkx.is_directed_acyclic_graph(links):
        ring = networkx.find_cycle(links)
        links.remove_edge(*min(ring, key=lambda edge: (known[edge[1]].date or _UNDATED, edge[1]))[:2])
    # What hung on an edge that is gone has no way to the root any more.
    links.remove_nodes_from(links.nodes - {root} - networkx.descendants(links, root))
    return links, reached


def _days(first: str | None, last: str | None) -> int | None:
    """Days from one exact date to another."""
    if first is None or last is None or not len(first) == len(last) == len("2025-11-20"):
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _middle(counted: Counter[int]) -> int:
    """The middle of numbers that were counted, the lower of two."""
    half = (counted.total() + 1) // 2
    for number in sorted(counted):
        half -= counted[number]
        if half <= 0:
            return number
    raise AssertionError("nothing was counted")
