"""Where in the plan an offset of the text stands: in which node, or in the subject, the preamble, a footnote, the closing."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from kehoach_parser.found import Structure


@dataclass(frozen=True, slots=True)
class Places:
    """Zones of a text by their start: zone i is ``(starts[i], ends[i])``, its node ``nodes[i]`` (None outside the body)."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    nodes: tuple[int | None, ...]
    wheres: tuple[str, ...]

    def at(self, offset: int) -> tuple[int | None, str] | None:
        """Node and kind of place of an offset, or None where it stands in no zone (the organ lines, the recipients)."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or offset >= self.ends[index]:
            return None
        return self.nodes[index], self.wheres[index]


def places_of(structure: Structure) -> Places:
    """The zones of a structure."""
    zones: list[tuple[int, int, int | None, str]] = []
    zones += [(start, end, None, "subject") for start, end in structure.subjects]
    zones += [(start, end, None, "preamble") for start, end in structure.preamble]
    zones += [(*note.span, None, "footnote") for note in structure.footnotes]
    if structure.closing is not None:
        zones.append((*structure.closing, None, "closing"))
    for node, own in zip(structure.nodes, structure.own_text, strict=True):
        zones += [(start, end, node.id, "body") for start, end in own]
    zones.sort(key=lambda zone: (zone[0], zone[1]))
    return Places(tuple(z[0] for z in zones), tuple(z[1] for z in zones), tuple(z[2] for z in zones), tuple(z[3] for z in zones))
