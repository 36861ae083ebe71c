"""Who carries a document out (thực hiện): from the centre to the province to the commune, with dates and days of delay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

import networkx
from sqlalchemy import Connection, tuple_

from archive.ask.carriers import STATED, At, Carries, carriers_below
from archive.ask.links import meant_by
from archive.ask.nodes import Standing, read_nodes, standings
from archive.common.carrying import RELATIONS
from archive.common.cursors import Place, window
from archive.common.levels import LEVELS, level_of
from archive.resolve.mentions import find_mentions
from archive.store.database import in_chunks, translated
from archive.store.handle import Archive
from archive.store.tables import CitationRow, ResolutionRow
from archive.values.citations import CitationHit
from archive.values.graph import Cascade, CascadeLevel, CascadeResult, CascadeStep, GraphNode


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a cascade by the id of its node, before that is read and the sentence that says so (`CascadeStep`): ``said`` is that
    mention."""

    node: str
    standing: Standing
    parent: str
    also: tuple[str, ...]
    depth: int
    said: Carries
    delay: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Tree:
    """A cascade with all its steps, in the order of reading, and the figures of its levels."""

    root: GraphNode
    level: str | None
    steps: tuple[Step, ...]
    levels: tuple[CascadeLevel, ...]


@dataclass(frozen=True, slots=True)
class Carriers:
    """Everything below some documents: where the nodes stand, and for each carried node who carries it out."""

    standings: Mapping[str, Standing]
    of: Mapping[str, tuple[Carries, ...]]


def cascade(archive: Archive, reference: str, *, stated: bool = False, limit: int | None = None, after: str | None = None) -> CascadeResult:
    """The tree of who carries a document out, named by symbol, symbol@year (date, term) or name, or as in `find_document`.

    ``stated`` leaves out those who say so in their body only. Nothing found is an empty result. ``limit`` is how many steps are wanted,
    behind ``after`` (`CascadeResult.next`; BadCursor): of a page each cascade has its steps there, its figures are of all.
    """
    asked = window(limit, after, "cascade", reference, stated)
    meant = meant_by(archive, reference)
    undecided = tuple(mention.hit for mention in meant.undecided if mention.hit.relation in RELATIONS)
    with translated(archive.database), archive.engine.connect() as connection:
        trees = trees_of(connection, meant.nodes, stated=stated)
        page = asked.page(asked.behind(_placed(trees)))
        hits = read_hits(connection, [step.said.at for _, step in page])
        nodes = read_nodes(connection, {step.node for _, step in page})
    shown = [
        Cascade(tree.root, tree.level, tuple(_step(step, nodes, hits) for own, step in page if own is tree), tree.levels, len(tree.steps))
        for tree in trees
    ]
    return CascadeResult(reference, tuple(shown), undecided, page.next)


def _placed(trees: Iterable[Tree]) -> Iterator[tuple[Place, tuple[Tree, Step]]]:
    for tree in trees:
        for step in tree.steps:
            yield (tree.root.id, step.node), (tree, step)


def trees_of(connection: Connection, roots: Sequence[GraphNode], *, stated: bool) -> list[Tree]:
    """The trees under some documents."""
    of = carriers_below(connection, [root.id for root in roots], stated=stated)
    there = {root.id for root in roots} | {one.carrier for those in of.values() for one in those}
    known = standings(connection, there)
    carriers = Carriers({root.id: known.get(root.id) or Standing(root.date, None) for root in roots} | known, of)
    return [cascade_of(carriers, root) for root in roots]


def read_hits(connection: Connection, mentions: Iterable[At]) -> dict[At, CitationHit]:
    """The mentions in these places."""
    found: dict[At, CitationHit] = {}
    for some in in_chunks(mentions):
        own = ResolutionRow.version_id.in_({version for version, _ in some})
        pairs = tuple_(CitationRow.version_id, CitationRow.ordinal).in_(some)
        found |= {(mention.version_id, mention.ordinal): mention.hit for mention in find_mentions(connection, own & pairs)}
    return found


def _step(step: Step, nodes: Mapping[str, GraphNode], hits: Mapping[At, CitationHit]) -> CascadeStep:
    node, said, level = nodes[step.node], step.said, step.standing.level
    return CascadeStep(node, step.parent, step.also, step.depth, level, said.relation, said.stated, step.delay, step.total, hits[said.at])


def _strength(one: Carries) -> int:
    return -STATED.index(one.stated)


def cascade_of(carriers: Carriers, root: GraphNode) -> Tree:
    """The tree under one node: each document once, under the deepest of those that it carries out; what it says in subject or preamble
    goes before what its body says."""
    links = _without_cycles(carriers, root.id)
    placed: dict[str, tuple[Carries, int]] = {}
    depths = {root.id: 0}
    for node in networkx.topological_sort(links):
        ways = [links.edges[edge]["said"] for edge in links.in_edges(node)]
        if ways:
            best = max(ways, key=lambda way: (way.stated != "body", depths[way.carried], _strength(way), _date(carriers, way.carried)))
            placed[node] = (best, depths[best.carried] + 1)
            depths[node] = depths[best.carried] + 1
    steps: list[Step] = []
    below: dict[str, list[tuple[str, Carries, int]]] = {}
    for node, (way, depth) in placed.items():
        below.setdefault(way.carried, []).append((node, way, depth))
    _append(root.id, below, links, carriers, root, steps)
    level = carriers.standings[root.id].level or level_of(root.organ, None, root.symbol)
    return Tree(root, level, tuple(steps), _levels(steps))


def _without_cycles(carriers: Carriers, root: str) -> networkx.DiGraph:
    """Who carries out what, below the root. Of two that carry each other out the older one's word is left aside."""
    links = networkx.DiGraph()
    links.add_node(root)
    waiting = [root]
    while waiting:
        carried = waiting.pop()
        for one in carriers.of.get(carried, ()):
            if one.carrier == root:
                continue
            if one.carrier not in links:
                waiting.append(one.carrier)
            links.add_edge(carried, one.carrier, said=one)
    if networkx.is_directed_acyclic_graph(links):
        return links
    while not networkx.is_directed_acyclic_graph(links):
        ring = networkx.find_cycle(links)
        links.remove_edge(*min(ring, key=lambda edge: (_date(carriers, edge[1]), edge[1]))[:2])
    # What hung on an edge that is gone has no way to the root any more.
    return links.subgraph({root} | networkx.descendants(links, root)).copy()


def _append(
    parent: str,
    below: Mapping[str, Sequence[tuple[str, Carries, int]]],
    links: networkx.DiGraph,
    carriers: Carriers,
    root: GraphNode,
    steps: list[Step],
) -> None:
    for node, way, depth in sorted(below.get(parent, ()), key=lambda entry: (_date(carriers, entry[0]), entry[0])):
        own = carriers.standings[node]
        also = sorted((other for other in links.predecessors(node) if other != parent), key=lambda other: _date(carriers, other))
        above = root.date if parent == root.id else carriers.standings[parent].date
        late, all_in_all = _days(above, own.date), _days(root.date, own.date)
        steps.append(Step(node, own, parent, tuple(also), depth, way, late, all_in_all))
        _append(node, below, links, carriers, root, steps)


def _date(carriers: Carriers, node: str) -> str:
    """For sorting: what has no date comes last."""
    known = carriers.standings.get(node)
    return (known.date if known else None) or "9999"


def _days(first: str | None, last: str | None) -> int | None:
    """Days from one exact date to another."""
    if first is None or last is None or not len(first) == len(last) == len("2025-11-20"):
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _levels(steps: Iterable[Step]) -> tuple[CascadeLevel, ...]:
    groups: dict[str | None, list[Step]] = {}
    for step in steps:
        groups.setdefault(step.standing.level, []).append(step)
    found = []
    for level in sorted(groups, key=lambda level: LEVELS.index(level) if level else len(LEVELS)):
        dates = sorted(step.standing.date for step in groups[level] if step.standing.date)
        days = sorted(step.total for step in groups[level] if step.total is not None)
        found.append(
            CascadeLevel(
                level,
                len(groups[level]),
                dates[0] if dates else None,
                dates[-1] if dates else None,
                days[0] if days else None,
                median_low(days) if days else None,
                days[-1] if days else None,
            )
        )
    return tuple(found)
