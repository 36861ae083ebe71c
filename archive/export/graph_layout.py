"""Where the documents of a graph stand in its picture: laid out by igraph as if lines were springs, what is cited most in the middle; then
moved apart so far that names can be read."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import cos, pi, sin, sqrt

from archive.values.graph import CitationGraph

Point = tuple[float, float]

#: Rounds in which springs pull, and in which what overlaps is moved apart.
_ROUNDS, _APART = 500, 250
#: How much of an overlap is undone in a round: others move, too.
_STEP = 0.7
#: Documents that are moved apart: each is compared with each.
MOST_APART = 150
#: What springs do not hold flies far away: distances from the middle grow by this power of what they were.
_NEARER = 0.6
_ANYWHERE = 1e6
#: The angle between neighbours on a spiral that fills a disc evenly (the golden one).
_TURN = pi * (3 - sqrt(5))


def places(graph: CitationGraph, boxes: Sequence[Point], width: float, height: float) -> list[Point]:
    """The middle of each node, in the order of the nodes; the first stands in the middle of a picture of that size, for whose nodes
    ``boxes`` are the width and height that each needs. The same graph gives the same picture."""
    import igraph

    number = {node.id: at for at, node in enumerate(graph.nodes)}
    many = len(number)
    if not many:
        return []
    whole = igraph.Graph(many, [(number[edge.source], number[edge.target]) for edge in graph.edges]).simplify()
    begun = [(sqrt(at) * cos(at * _TURN), sqrt(at) * sin(at * _TURN)) for at in range(many)]
    high = [0.0, *([_ANYWHERE] * (many - 1))]
    low = [-bound for bound in high]
    igraph.set_random_number_generator(random.Random(many))
    laid = whole.layout_fruchterman_reingold(seed=begun, niter=_ROUNDS, minx=low, maxx=high, miny=low, maxy=high).coords
    near = [(x * _nearer(x, y), y * _nearer(x, y)) for x, y in laid]
    wide, tall = (max(abs(point[axis]) for point in near) or 1.0 for axis in (0, 1))
    room = [((width - w) / 2, (height - h) / 2) for w, h in boxes]
    found = [(x / wide * across, y / tall * down) for (x, y), (across, down) in zip(near, room, strict=True)]
    if many <= MOST_APART:
        found = _moved_apart(found, boxes, room)
    return [(width / 2 + x, height / 2 + y) for x, y in found]


def _nearer(x: float, y: float) -> float:
    distance = sqrt(x * x + y * y)
    return distance ** (_NEARER - 1) if distance else 0.0


def _moved_apart(at: list[Point], boxes: Sequence[Point], room: Sequence[Point]) -> list[Point]:
    """Boxes that overlap go apart along the way that is shorter, the first, in the middle, not at all; none leaves the picture."""
    import numpy as np

    here, sizes, bounds = np.array(at), np.array(boxes), np.array(room)
    reach = (sizes[:, None] + sizes[None, :]) / 2
    share = np.full((len(at), len(at), 1), 0.5)
    share[:, 0] = 1.0  # the whole way, where the other is the one that stays
    for _ in range(_APART):
        way = here[:, None] - here[None, :]
        gaps = reach - abs(way)
        np.einsum("iik->ik", gaps)[:] = 0
        overlap = (gaps > 0.5).all(axis=2, keepdims=True)
        if not overlap.any():
            break
        shorter = gaps == gaps.min(axis=2, keepdims=True)
        # What stands on one place goes apart by its rank.
        sides = np.where(way != 0, np.sign(way), np.sign(np.arange(len(at))[:, None] - np.arange(len(at))[None, :])[..., None])
        moves = (gaps * share * sides * (overlap & shorter)).sum(axis=1) * _STEP
        moves[0] = 0
        here = np.clip(here + moves, -bounds, bounds)
    return [(float(x), float(y)) for x, y in here]
