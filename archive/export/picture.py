"""The citation graph as a picture (SVG or PNG) that says something at first sight: what is cited most in the middle, sizes by citations,
colours by type, a legend, and what was left out.

Drawn with drawsvg. In SVG names stay text: they can be searched and copied, and the viewer's own fonts have the Vietnamese letters. PNG is
made of it by resvg with the fonts of `fonts/`, so that it needs none of the machine.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import as_file, files
from math import hypot, sqrt
from typing import TYPE_CHECKING

from archive.export.graph_layout import MOST_APART, Point, places
from archive.values.graph import GraphEdge, GraphNode, GraphOverview

if TYPE_CHECKING:
    import drawsvg

#: Words of the user's language by key ("relation.basis"); a word that it lacks stands as it is named.
Wording = Mapping[str, str]
#: The address of a document, where a picture leads to one.
Link = Callable[[GraphNode], str]

#: Pixels of a PNG per unit of the drawing, so that small letters can be read.
_ZOOM = 2
#: Size of a picture of as many documents as can be read; it grows with them, and shrinks to this part of it.
_WIDTH, _HEIGHT, _FULL, _TINY = 1500.0, 940.0, 60, 0.7
_MARGIN, _HEAD, _FOOT = 24.0, 62.0, 66.0
_FONT = "DejaVu Sans, Noto Sans, Segoe UI, Arial, sans-serif"
_INK, _SOFT, _LINE = "#0f172a", "#475569", "#94a3b8"
#: Colours of the most frequent types: those of Okabe and Ito, which people who do not see all colours tell apart; then of all others.
_COLOURS, _OTHER = ("#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#8a6d00"), "#8b95a5"
#: Radius of a document that nobody cites, and of that cited most.
_LEAST, _MOST = 7.0, 40.0
#: Size of letters below the smallest and the largest circle; width of a letter by its size, measured with DejaVu Sans, the widest.
_SMALL, _LARGE, _LETTER = 11.0, 17.0, 0.62
#: Letters of a line of a name, and lines.
_LETTERS, _LINES = 22, 2
#: As many lines as are drawn as dark as they are.
_CLEAR = 300
#: Side of the squares by which names are kept from lying over one another.
_CELL = 12.0


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a document is drawn: its circle, and its name in lines below it."""

    radius: float
    size: float
    name: tuple[str, ...]

    @property
    def box(self) -> Point:
        """Width and height of both."""
        wide = max((len(line) for line in self.name), default=0) * self.size * _LETTER
        return max(2 * self.radius, wide) + 10, 2 * self.radius + len(self.name) * self.size * 1.2 + 12

    @property
    def rise(self) -> float:
        """How far the circle's middle lies above that of the box."""
        return self.box[1] / 2 - self.radius - 4


def draw_graph(overview: GraphOverview, wording: Wording, link: Link | None = None) -> str:
    """The overview as SVG text; documents bear the number of their node as ``data-node``, lines that of their edge as ``data-edge``. With
    ``link`` each leads to an address."""
    svg: str = _drawing(overview, wording, link).as_svg()
    return svg


def draw_png(overview: GraphOverview, wording: Wording) -> bytes:
    """The overview as PNG."""
    import resvg_py

    svg = _drawing(overview, wording, None).as_svg()
    with as_file(files("archive.export") / "assets" / "fonts") as fonts:
        return bytes(
            resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM, skip_system_fonts=True, font_dirs=[str(fonts)], font_family="DejaVu Sans")
        )


def _drawing(overview: GraphOverview, wording: Wording, link: Link | None) -> drawsvg.Drawing:
    import drawsvg

    graph = overview.graph
    grown = max(_TINY, sqrt(len(graph.nodes) / _FULL))
    width, height, large = _WIDTH * grown, _HEIGHT * grown, max(1.0, grown)
    shapes = [_shape(node, cited, max(overview.cited_by), sqrt(large)) for node, cited in zip(graph.nodes, overview.cited_by, strict=True)]
    inner = width - 2 * _MARGIN, height - (_HEAD + _FOOT) * large
    middles = places(graph, [shape.box for shape in shapes], *inner)
    at = {
        node.id: (x + _MARGIN, y + _HEAD * large - shape.rise, shape.radius)
        for node, shape, (x, y) in zip(graph.nodes, shapes, middles, strict=True)
    }
    hidden = _hidden(graph.nodes, shapes, at)
    colours = _colours(graph.nodes)
    picture = drawsvg.Drawing(round(width), round(height), font_family=_FONT)
    picture.append(drawsvg.Rectangle(0, 0, round(width), round(height), fill="white"))
    arrow = drawsvg.Marker(-7, -3, 1, 3, orient="auto", id="kehoach-arrow")
    arrow.append(drawsvg.Lines(-7, -3, 0, 0, -7, 3, fill=_LINE, close=True))
    # Thousands of lines are a veil, not a cover.
    lines = drawsvg.Group(stroke_opacity=round(min(1.0, _CLEAR / max(1, len(graph.edges))) ** 0.5, 2))
    for number, edge in enumerate(graph.edges):
        lines.append(_line(number, edge, at[edge.source], at[edge.target], arrow, wording))
    picture.append(lines)
    # What is cited more lies above.
    for number, (node, shape, cited) in reversed([*enumerate(zip(graph.nodes, shapes, overview.cited_by, strict=True))]):
        colour, told = colours.get(node.type, _OTHER), _told(node, cited, wording)
        drawn = _document(number, node, shape, at[node.id][:2], colour, told, named=node.id not in hidden)
        picture.append(drawn if link is None else _leading(drawn, link(node)))
    for below, parts in ((0.0, _headed(overview, wording)), (height, _legend(overview, colours, wording))):
        picture.append(drawsvg.Group(parts, transform=f"translate(0 {below:.0f}) scale({large:.2f})"))
    return picture


def _shape(node: GraphNode, cited: int, most: int, times: float) -> _Shape:
    share = sqrt(cited / most) if most else 0.0
    called = printable(node.symbol or node.title or node.type or "?")
    year = f" · {node.date[:4]}" if node.symbol and node.date else ""
    lines = textwrap.wrap(called + year, _LETTERS, max_lines=_LINES, placeholder=" …")
    return _Shape(times * (_LEAST + (_MOST - _LEAST) * share), times * (_SMALL + (_LARGE - _SMALL) * share), tuple(lines))


def _colours(nodes: tuple[GraphNode, ...]) -> dict[str, str]:
    """The colour of each frequent type, the most frequent first."""
    counted = Counter(node.type for node in nodes if node.type)
    frequent = sorted(counted, key=lambda name: (-counted[name], name))
    return dict(zip(frequent, _COLOURS, strict=False))


def _line(
    number: int,
    edge: GraphEdge,
    source: tuple[float, float, float],
    target: tuple[float, float, float],
    arrow: drawsvg.Marker,
    wording: Wording,
) -> drawsvg.Line:
    import drawsvg

    dx, dy = target[0] - source[0], target[1] - source[1]
    far = hypot(dx, dy) or 1.0
    ends = (
        source[0] + dx / far * source[2],
        source[1] + dy / far * source[2],
        target[0] - dx / far * target[2],
        target[1] - dy / far * target[2],
    )
    line = drawsvg.Line(*(round(end, 1) for end in ends), stroke=_LINE, stroke_width=min(0.7 + edge.count / 4, 2), data_edge=number)
    line.args["marker-end"] = arrow
    relations = ", ".join(wording.get(f"relation.{relation}", relation) for relation in edge.relations)
    where = ", ".join(wording.get(f"where.{place}", place) for place in edge.places)
    line.append_title(printable(f"{edge.count} × {relations}: {where}"))
    return line


def _document(number: int, node: GraphNode, shape: _Shape, at: Point, colour: str, told: str, *, named: bool) -> drawsvg.Group:
    import drawsvg

    x, y = round(at[0], 1), round(at[1], 1)
    ring = {"stroke": _INK, "stroke_width": 2.5} if node.in_archive else {"stroke": "white", "stroke_width": 1}
    if node.ambiguous:
        ring = {"stroke": _INK, "stroke_width": 1.2, "stroke_dasharray": "3 3"}
    drawn = drawsvg.Group(data_node=number)
    circle = drawsvg.Circle(x, y, round(shape.radius, 1), fill=colour, **ring)
    circle.append_title(told)
    drawn.append(circle)
    # Letters on a line of the graph are read by their white edge.
    style = {"text_anchor": "middle", "fill": _INK, "stroke": "white", "stroke_width": 3, "paint_order": "stroke", "line_height": 1.15}
    style |= {} if named else {"visibility": "hidden", "class": "minor"}
    weight = "bold" if node.in_archive else "normal"
    size = round(shape.size, 1)
    drawn.append(drawsvg.Text([*shape.name], size, x, round(y + shape.radius + size + 1, 1), font_weight=weight, **style))
    return drawn


def _leading(drawn: drawsvg.Group, address: str) -> drawsvg.DrawingParentElement:
    import drawsvg

    anchor = type("Anchor", (drawsvg.DrawingParentElement,), {"TAG_NAME": "a"})
    # Text is escaped by the library, attributes are not.
    return anchor([drawn], **{"xlink:href": escape(address)})


def _hidden(nodes: Sequence[GraphNode], shapes: Sequence[_Shape], at: Mapping[str, tuple[float, float, float]]) -> set[str]:
    """The documents whose names would lie over the name or the circle of one that is cited more; a page shows them as one comes near."""
    if len(nodes) <= MOST_APART:
        return set()
    taken: set[tuple[int, int]] = set()
    hidden = set[str]()
    for node, shape in zip(nodes, shapes, strict=True):
        x, y, radius = at[node.id]
        wide, tall = shape.box
        cells = {
            (column, row)
            for column in range(int((x - wide / 2) // _CELL), int((x + wide / 2) // _CELL) + 1)
            for row in range(int((y - radius) // _CELL), int((y - radius + tall) // _CELL) + 1)
        }
        if cells & taken:
            hidden.add(node.id)
        else:
            taken |= cells
    return hidden


def _told(node: GraphNode, cited: int, wording: Wording) -> str:
    """All that is said of a document, for whoever points at it."""
    times = wording.get("drawing.cited-by", "cited-by: {count}").format_map({"count": cited})
    return _joined(node.type, node.symbol, day(node.date, wording), node.organ, node.title, times)


def said_of(overview: GraphOverview, wording: Wording) -> str:
    """How much of the graph an overview is."""
    shown = len(overview.graph.nodes)
    facts = {"shown": shown, "left": overview.left_out, "total": shown + overview.left_out}
    return wording.get("drawing.left-out" if overview.left_out else "drawing.whole", "{shown}/{total}").format_map(facts)


def _headed(overview: GraphOverview, wording: Wording) -> list[drawsvg.DrawingElement]:
    import drawsvg

    title = wording.get("page.title", "page.title")
    return [
        drawsvg.Text(title, 20, _MARGIN, 32, fill=_INK, font_weight="bold"),
        drawsvg.Text(printable(said_of(overview, wording)), 13, _MARGIN, 52, fill=_SOFT),
    ]


def _legend(overview: GraphOverview, colours: Mapping[str, str], wording: Wording) -> list[drawsvg.DrawingElement]:
    """Colours and rings, what sizes mean; its foot is at 0."""
    import drawsvg

    nodes = overview.graph.nodes
    others = any(node.type not in colours for node in nodes)
    rings = [(wording.get(f"drawing.{key}", key), "white", {"stroke": _INK, **ring}) for key, ring in _RINGS.items()]
    entries: list[tuple[str, str, dict[str, object]]] = [(name, colour, {}) for name, colour in colours.items()]
    entries += [(wording.get("drawing.other", "other"), _OTHER, {})] if others else []
    made: list[drawsvg.DrawingElement] = []
    for row, parts in enumerate((entries, rings)):
        x, y = _MARGIN + 8, 24 - _FOOT + row * 24
        for name, colour, ring in parts:
            made.append(drawsvg.Circle(x, y, 7, fill=colour, **ring))
            made.append(drawsvg.Text(printable(name), 13, x + 13, y + 4.5, fill=_SOFT))
            x += 13 + len(name) * 13 * _LETTER + 26
        if row:
            made.append(drawsvg.Text(printable(wording.get("drawing.sizes", "sizes")), 13, x, y + 4.5, fill=_SOFT))
    return made


#: How the circle of a document in the archive, of one that is only cited, of one that is not sure is drawn, by the word for it.
_RINGS: dict[str, dict[str, object]] = {
    "in-archive": {"stroke_width": 2.5},
    "not-in-archive": {"stroke": _LINE, "stroke_width": 1},
    "ambiguous": {"stroke_width": 1.2, "stroke_dasharray": "3 3"},
}


def _joined(*parts: str | None) -> str:
    return " · ".join(printable(part) for part in parts if part)


def day(date: str | None, wording: Wording) -> str | None:
    """A date as people write it: 20/11/2025 in Vietnamese, else as it is."""
    return "/".join(reversed(date.split("-"))) if date and wording.get("page.language") == "vi" else date


def printable(text: str) -> str:
    """One line, without the control characters that XML forbids (page feeds out of a scan)."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
