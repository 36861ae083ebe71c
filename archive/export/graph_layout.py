"""Where the documents of a citation graph stand in its picture: two columns, ordered so that few lines cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.values.graph import CitationGraph, GraphNode

#: Rounds of ordering one column by the other; the order settles after two or three.
_ROUNDS = 4

Heights = dict[str, float]


def columns(graph: CitationGraph) -> tuple[list[GraphNode], list[GraphNode]]:
    """The plans of the archive, and what is only cited, from top to bottom.

    Each column is ordered by the mean place of its neighbours in the other (the barycentre heuristic of layered drawing), beginning with
    the order of dates, which also decides between equals.
    """
    nodes = sorted(graph.nodes, key=lambda node: (node.date or "9999", node.id))
    plans, cited = [node for node in nodes if node.in_archive], [node for node in nodes if not node.in_archive]
    neighbours = _neighbours(graph)
    for _ in range(_ROUNDS):
        cited = _by_barycentre(cited, plans, neighbours)
        plans = _by_barycentre(plans, cited, neighbours)
    return plans, _by_barycentre(cited, plans, neighbours)


def heights(graph: CitationGraph, plans: Sequence[GraphNode], cited: Sequence[GraphNode]) -> Heights:
    """The height of each document, in rows from the top: the longer column stands row under row, in the other each is as near to the
    middle of its neighbours as the rows allow."""
    fixed, free = (plans, cited) if len(plans) > len(cited) else (cited, plans)
    found: Heights = {node.id: float(row) for row, node in enumerate(fixed)}
    neighbours = _neighbours(graph)
    middle = (len(fixed) - 1) / 2
    wanted = [_mean([found[other] for other in neighbours.get(node.id, ()) if other in found], middle) for node in free]
    found.update(zip((node.id for node in free), _apart(wanted, len(fixed) - 1), strict=True))
    return found


def _neighbours(graph: CitationGraph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in graph.edges:
        found.setdefault(edge.source, []).append(edge.target)
        found.setdefault(edge.target, []).append(edge.source)
    return found


def _by_barycentre(column: Sequence[GraphNode], other: Sequence[GraphNode], neighbours: Mapping[str, Sequence[str]]) -> list[GraphNode]:
    """What has no neighbour in the other column goes to the end."""
    place = {node.id: row for row, node in enumerate(other)}

    def barycentre(node: GraphNode) -> float:
        return _mean([place[near] for near in neighbours.get(node.id, ()) if near in place], len(other))

    return sorted(column, key=barycentre)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(wanted: Sequence[float], last: float) -> list[float]:
    """Heights in the same order as given, near to those wanted, a row or more apart, none below ``last``."""
    found: list[float] = []
    for height in wanted:
        found.append(max(height, found[-1] + 1) if found else max(height, 0.0))
    limit = last
    for at in range(len(found) - 1, -1, -1):
        found[at] = min(found[at], limit)
        limit = found[at] - 1
    return found
