"""Who carries a document out (thực hiện): from the centre to the province to the commune, with dates and days of delay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median_low

import networkx

from archive.ask.links import Links, cited_node, meant_by, plan_node, plan_node_id, read_links
from archive.common.levels import LEVELS, level_of, level_of_cited, level_of_document
from archive.resolve.mentions import Mention
from archive.store.handle import Archive
from archive.values.citations import CitationHit
from archive.values.graph import Cascade, CascadeLevel, CascadeResult, CascadeStep, GraphNode
from kehoach_parser import fold

#: What a document does that carries another out. A guideline (hướng dẫn) is a step on the way; a basis (căn cứ) is none.
RELATIONS = ("implements", "guides")

#: Papers that ask or report and whose title is about another's doing: "Công văn … về Chương trình hành động thực hiện Nghị quyết …".
_ASKS = ("Công văn", "Tờ trình", "Báo cáo")

#: "Hiến pháp đã được sửa đổi theo Nghị quyết số 203/2025/QH15" carries nothing out, "thực hiện theo" does.
_CARRY = r"thuc hien|trien khai|thi hanh|quan triet|cu the hoa|the che hoa|huong dan"
_ACCORDING = re.compile(rf"\btheo\b(?!.*\b(?:theo|{_CARRY})\b)")
_CARRY_NEAR = re.compile(rf"\b(?:{_CARRY})\W+(?:\w+\W+)?$")
#: So many letters before a mention tell how it is meant.
_BEFORE = 70

#: Where a document says so, the strongest first. In the body "thực hiện theo Thông tư …" is often said of a detail.
STATED = ("subject", "preamble", "title", "body")

#: A title begins at most so many code points after the citation (organ, "về việc" …) and is at most so much longer in the print.
_BEFORE_TITLE = 120


@dataclass(frozen=True, slots=True)
class Carries:
    """``carrier`` carries ``carried`` out (ids of nodes); ``stated`` is the strongest place that says so, ``evidence`` the mention."""

    carrier: str
    carried: str
    stated: str
    relation: str
    evidence: CitationHit


@dataclass(frozen=True, slots=True)
class Carriers:
    """Everything in the archive that carries something out: nodes by id with their levels, and for each carried node who carries it out."""

    nodes: Mapping[str, GraphNode]
    levels: Mapping[str, str | None]
    of: Mapping[str, tuple[Carries, ...]]


def cascade(archive: Archive, reference: str, *, stated: bool = False) -> CascadeResult:
    """The tree of who carries a document out, named by symbol, symbol@year (date, term) or name, or as in `find_document`.

    ``stated`` leaves out those who say so in their body only. Nothing found is an empty result.
    """
    links = read_links(archive)
    meant = meant_by(archive, links, reference)
    carriers = read_carriers(links, stated=stated)
    undecided = tuple(mention.hit for mention in meant.undecided if mention.hit.relation in RELATIONS)
    return CascadeResult(reference, tuple(cascade_of(carriers, node) for node in meant.nodes), undecided)


def read_carriers(links: Links, *, stated: bool = False) -> Carriers:
    """All that the mentions of the archive say about who carries out what."""
    nodes = {plan_node_id(plan.id): plan_node(plan) for plan in links.plans.values()}
    levels = {plan_node_id(plan.id): level_of_document(plan) for plan in links.plans.values()}
    by_plan: dict[int, list[tuple[Mention, str]]] = {}
    for cited in links.cited.values():
        node = cited_node(cited)
        nodes.setdefault(node.id, node)
        levels.setdefault(node.id, level_of_cited(cited.document))
        if not cited.open:
            for mention in cited.mentions:
                by_plan.setdefault(mention.hit.document.id, []).append((mention, node.id))
    found: dict[tuple[str, str], Carries] = {}
    for plan_id, mentions in by_plan.items():
        for one in _carried_in(plan_node_id(plan_id), sorted(mentions, key=lambda entry: entry[0].hit.span)):
            known = found.get((one.carrier, one.carried))
            if known is None or _strength(one) > _strength(known):
                found[one.carrier, one.carried] = one
    of: dict[str, list[Carries]] = {}
    for one in found.values():
        if not (stated and one.stated == "body"):
            of.setdefault(one.carried, []).append(one)
    return Carriers(nodes, levels, {carried: tuple(those) for carried, those in of.items()})


def _carried_in(plan: str, mentions: list[tuple[Mention, str]]) -> Iterable[Carries]:
    """What the mentions of one plan, in their order, say. A citation inside the title of another is carried out by that one:
    "Kế hoạch số 128/KH-UBND … triển khai Chương trình hành động số 08-CTr/TU … thực hiện Nghị quyết số 80-NQ/TW"."""
    for index, (mention, carried) in enumerate(mentions):
        hit = mention.hit
        if hit.relation not in RELATIONS or _by_the_way(hit):
            continue
        around = next((other for other in reversed(mentions[:index]) if _in_title(mention, other[0])), None)
        if around is not None and around[0].type in _ASKS:
            continue
        carrier = around[1] if around else plan
        where = "title" if around else hit.place.where if hit.place.where in STATED else "body"
        if carrier != carried:
            yield Carries(carrier, carried, where, hit.relation, hit)


def _by_the_way(hit: CitationHit) -> bool:
    """Whether the document is only what something goes by ("theo")."""
    start = hit.sentence.highlights[0][0] if hit.sentence.highlights else 0
    before = fold(hit.sentence.text[max(0, start - _BEFORE) : start])
    said = _ACCORDING.search(before)
    return said is not None and not _CARRY_NEAR.search(before, 0, said.start())


def _in_title(inner: Mention, outer: Mention) -> bool:
    if not outer.title or outer.hit.symbol is None:
        return False
    gap = inner.hit.span[0] - outer.hit.span[1]
    return 0 <= gap <= len(outer.title) + _BEFORE_TITLE and _plain(inner.hit.raw) in _plain(outer.title)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _strength(one: Carries) -> int:
    return -STATED.index(one.stated)


def cascade_of(carriers: Carriers, root: GraphNode) -> Cascade:
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
    steps: list[CascadeStep] = []
    _append(root.id, placed, links, carriers, root, steps)
    level = carriers.levels.get(root.id) or level_of(root.organ, None, root.symbol)
    return Cascade(root, level, tuple(steps), _levels(steps))


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
    while not networkx.is_directed_acyclic_graph(links):
        ring = networkx.find_cycle(links)
        links.remove_edge(*min(ring, key=lambda edge: (_date(carriers, edge[1]), edge[1]))[:2])
    # What hung on an edge that is gone has no way to the root any more.
    return links.subgraph({root} | networkx.descendants(links, root))


def _append(
    parent: str,
    placed: Mapping[str, tuple[Carries, int]],
    links: networkx.DiGraph,
    carriers: Carriers,
    root: GraphNode,
    steps: list[CascadeStep],
) -> None:
    below = [(node, way, depth) for node, (way, depth) in placed.items() if way.carried == parent]
    for node, way, depth in sorted(below, key=lambda entry: (_date(carriers, entry[0]), entry[0])):
        own = carriers.nodes[node]
        also = sorted((other for other in links.predecessors(node) if other != parent), key=lambda other: _date(carriers, other))
        above = root if parent == root.id else carriers.nodes[parent]
        steps.append(
            CascadeStep(
                own,
                parent,
                tuple(also),
                depth,
                carriers.levels.get(node),
                way.relation,
                way.stated,
                _days(above.date, own.date),
                _days(root.date, own.date),
                way.evidence,
            )
        )
        _append(node, placed, links, carriers, root, steps)


def _date(carriers: Carriers, node: str) -> str:
    """For sorting: what has no date comes last."""
    known = carriers.nodes.get(node)
    return (known.date if known else None) or "9999"


def _days(first: str | None, last: str | None) -> int | None:
    """Days from one exact date to another."""
    if first is None or last is None or not len(first) == len(last) == len("2025-11-20"):
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _levels(steps: Iterable[CascadeStep]) -> tuple[CascadeLevel, ...]:
    groups: dict[str | None, list[CascadeStep]] = {}
    for step in steps:
        groups.setdefault(step.level, []).append(step)
    found = []
    for level in sorted(groups, key=lambda level: LEVELS.index(level) if level else len(LEVELS)):
        dates = sorted(step.node.date for step in groups[level] if step.node.date)
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
