"""Where an offset of a text lies in its plan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.values.documents import Place, Span
from kehoach_parser import Plan


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan's text cut into passages in order: ``starts[i]`` is where passage i begins, ``places[i]`` where it lies."""

    starts: tuple[int, ...]
    places: Sequence[Place]

    def passage_at(self, offset: int) -> int:
        """The number of the passage that an offset lies in."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def span(self, passage: int, length: int) -> Span:
        """Start and end of a passage in a text of this length."""
        return self.starts[passage], self.starts[passage + 1] if passage + 1 < len(self.starts) else length


def trails(plan: Plan) -> dict[int, tuple[str, ...]]:
    """For each node id the headings above it, from the outside in."""
    found: dict[int, tuple[str, ...]] = {}
    headings = {node.id: node.heading.value if node.heading else None for node in plan.nodes}
    for node in plan.nodes:
        above = found.get(node.parent, ()) if node.parent is not None else ()
        heading = headings.get(node.parent) if node.parent is not None else None
        found[node.id] = (*above, heading) if heading else above
    return found


def outline_of(plan: Plan) -> Outline:
    """The passages of a plan: each node's own text, and what stands before, between and after the nodes."""
    above = trails(plan)
    zones: list[tuple[Span, Place]] = []
    first = min((node.span[0] for node in plan.nodes), default=plan.source.length)
    last = max((node.span[1] for node in plan.nodes), default=plan.source.length)
    if plan.nodes:
        zones.append(((last, plan.source.length), Place("end", None, None, (), (last, plan.source.length))))
    zones.append(((0, first), Place("preamble", None, None, (), (0, first))))
    if plan.header.span[1] > plan.header.span[0]:
        zones.append((plan.header.span, Place("header", None, None, (), plan.header.span)))
    zones.extend((span, Place("preamble", None, None, (), span)) for span in plan.preamble)
    for node in plan.nodes:
        heading = node.heading.value if node.heading else None
        zones.append((node.span, Place("body", node.path, heading, above[node.id], node.span)))
    if plan.closing is not None:
        zones.append((plan.closing, Place("closing", None, None, (), plan.closing)))
    zones.extend((note.span, Place("footnote", None, None, (), note.span)) for note in plan.footnotes)
    return _tile(zones)


def _tile(zones: Iterable[tuple[Span, Place]]) -> Outline:
    """Lays the zones over one another, the narrower over the wider."""
    rest = Place("body", None, None, (), (0, 0))
    ordered = sorted((zone for zone in zones if zone[0][1] > zone[0][0]), key=lambda zone: (zone[0][0], -zone[0][1]))
    starts: list[int] = [0]
    places: list[Place] = [rest]
    open_zones: list[tuple[Span, Place]] = []

    def begin(offset: int, place: Place) -> None:
        if starts[-1] == offset:
            places[-1] = place
        elif places[-1] is not place:
            starts.append(offset)
            places.append(place)

    def close_until(offset: int, nearest: int) -> int:
        """``nearest`` is the first end of an open zone, before and (returned) after."""
        while open_zones and nearest <= offset:
            open_zones[:] = [zone for zone in open_zones if zone[0][1] > nearest]
            begin(nearest, open_zones[-1][1] if open_zones else rest)
            nearest = min((zone[0][1] for zone in open_zones), default=nearest)
        return nearest

    nearest = 0
    for zone in ordered:
        (start, end), place = zone
        nearest = close_until(start, nearest)
        nearest = min(nearest, end) if open_zones else end
        open_zones.append(zone)
        begin(start, place)
    close_until(max((zone[0][1] for zone in ordered), default=0), nearest)
    return Outline(tuple(starts), tuple(places))
