"""The citation graph as a picture (SVG): plans that cite on the left, what they cite on the right, in order of date, lines between them.

The layout is networkx's, the drawing plain SVG, so that labels stay text: they can be searched and copied, and the viewer's own fonts
have the Vietnamese letters.
"""

from __future__ import annotations

from xml.etree import ElementTree

import networkx

from archive.values import CitationGraph, GraphNode

_ROW = 46
_WIDTH = 1180
_BOX = 360
_MARGIN = 30
_LABEL_LETTERS = 44
_FONT = "DejaVu Sans, Noto Sans, Segoe UI, Arial, sans-serif"
_PLAN, _CITED, _AMBIGUOUS = "#dbeafe", "#fef3c7", "#f3f4f6"
_SIZE = {"first": "13", "second": "11"}


def draw_graph(graph: CitationGraph) -> str:
    """The graph as SVG text."""
    columns = _columns(graph)
    rows = max((len(column) for column in columns), default=0)
    height = max(1, rows) * _ROW + 2 * _MARGIN
    places = _places(columns, height)
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(_WIDTH),
            "height": str(height),
            "viewBox": f"0 0 {_WIDTH} {height}",
            "font-family": _FONT,
        },
    )
    ElementTree.SubElement(svg, "rect", {"width": "100%", "height": "100%", "fill": "white"})
    for edge in graph.edges:
        (x1, y1), (x2, y2) = places[edge.source], places[edge.target]
        side = 1 if x2 > x1 else -1
        start, end = (x1 + side * _BOX / 2, x2 - side * _BOX / 2) if x1 != x2 else (x1 + _BOX / 2, x2 + _BOX / 2)
        bend = (end - start) / 2 if x1 != x2 else 60.0
        path = (
            f"M {start:.1f} {y1:.1f} C {start + bend:.1f} {y1:.1f} {end - bend if x1 != x2 else end + bend:.1f} {y2:.1f} {end:.1f} {y2:.1f}"
        )
        line = ElementTree.SubElement(
            svg, "path", {"d": path, "fill": "none", "stroke": "#64748b", "stroke-width": str(min(1 + edge.count / 2, 5))}
        )
        ElementTree.SubElement(line, "title").text = f"{edge.count} × {', '.join(edge.relations)}: {', '.join(edge.places)}"
    for column in columns:
        for node in column:
            _draw_node(svg, node, *places[node.id])
    ElementTree.indent(svg)
    return ElementTree.tostring(svg, encoding="unicode") + "\n"


def _columns(graph: CitationGraph) -> tuple[list[GraphNode], list[GraphNode]]:
    """Plans of the archive, and what is only cited, each by date."""

    def by_date(node: GraphNode) -> tuple[str, str]:
        return node.date or "9999", node.id

    return (
        sorted((node for node in graph.nodes if node.in_archive), key=by_date),
        sorted((node for node in graph.nodes if not node.in_archive), key=by_date),
    )


def _places(columns: tuple[list[GraphNode], list[GraphNode]], height: int) -> dict[str, tuple[float, float]]:
    """The centre of each box: one layer per column, each spread over the whole height."""
    layers = networkx.Graph()
    for number, column in enumerate(columns):
        layers.add_nodes_from((node.id for node in column), layer=number)
    laid = networkx.multipartite_layout(layers, subset_key="layer") if layers else {}
    found: dict[str, tuple[float, float]] = {}
    for number, column in enumerate(columns):
        reach = max((abs(float(laid[node.id][1])) for node in column), default=0.0) or 1.0
        room = (height - 2 * _MARGIN) * (1 - 1 / max(1, len(column))) / 2
        x = _MARGIN + _BOX / 2 if number == 0 else _WIDTH - _MARGIN - _BOX / 2
        found.update((node.id, (x, height / 2 + float(laid[node.id][1]) / reach * room)) for node in column)
    return found


def _draw_node(svg: ElementTree.Element, node: GraphNode, x: float, y: float) -> None:
    group = ElementTree.SubElement(svg, "g")
    ElementTree.SubElement(group, "title").text = _line(filter(None, (node.type, node.symbol, node.date, node.organ, node.title)), 1000)
    box = {
        "x": f"{x - _BOX / 2:.1f}",
        "y": f"{y - _ROW / 2 + 4:.1f}",
        "width": str(_BOX),
        "height": str(_ROW - 8),
        "rx": "6",
        "fill": _PLAN if node.in_archive else _AMBIGUOUS if node.ambiguous else _CITED,
        "stroke": "#334155",
    }
    if node.ambiguous:
        box["stroke-dasharray"] = "4 3"
    ElementTree.SubElement(group, "rect", box)
    first = _line(filter(None, (node.symbol or node.type or node.title, node.date)), _LABEL_LETTERS)
    second = _line(filter(None, (node.title or node.organ or node.type,)), _LABEL_LETTERS + 8)
    for text, offset, name in ((first, -2.0, "first"), (second, 13.0, "second")):
        shown = {"x": f"{x:.1f}", "y": f"{y + offset:.1f}", "text-anchor": "middle", "font-size": _SIZE[name], "fill": "#0f172a"}
        ElementTree.SubElement(group, "text", shown).text = text


def _line(parts: object, letters: int) -> str:
    text = " · ".join(" ".join(part.split()) for part in parts)  # type: ignore[attr-defined]
    text = "".join(char for char in text if char.isprintable())
    return text if len(text) <= letters else text[: letters - 1] + "…"
