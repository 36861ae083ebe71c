"""The citation graph as a picture (SVG or PNG): plans that cite on the left, what they cite on the right, lines between them.

Drawn with drawsvg. In SVG labels stay text: they can be searched and copied, and the viewer's own fonts have the Vietnamese letters. PNG is
made of it by resvg with the fonts of `fonts/`, so that it needs none of the machine.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from archive.errors import GraphTooLarge
from archive.export.graph_layout import columns, heights
from archive.values.graph import CitationGraph, GraphEdge, GraphNode

if TYPE_CHECKING:
    import drawsvg

#: Words of the user's language by key ("relation.basis"); a word that it lacks stands as it is named.
Wording = Mapping[str, str]

#: Pixels of a PNG per unit of the drawing, so that small letters can be read.
_ZOOM = 2
#: Programs that show pictures commonly stop at 32,767 pixels a side.
_MOST_PIXELS = 32_767

_ROW, _GAP = 62, 10
_WIDTH, _BOX, _MARGIN = 1180, 400, 30
_FONT = "DejaVu Sans, Noto Sans, Segoe UI, Arial, sans-serif"
_NAME_SIZE, _TITLE_SIZE = 13, 11
#: Letters that fit into a box, measured with DejaVu Sans, the widest of the fonts.
_NAME_LETTERS, _TITLE_LETTERS, _TITLE_LINES = 46, 60, 2
_INK, _LINE, _FRAME = "#0f172a", "#64748b", "#334155"
_PLAN, _CITED, _AMBIGUOUS = "#dbeafe", "#fef3c7", "#f3f4f6"
#: How far the line between two documents of one column bends out of it.
_BEND = 60.0

Point = tuple[float, float]


def draw_graph(graph: CitationGraph, wording: Wording) -> str:
    """The graph as SVG text; boxes bear the number of their node as ``data-node``, lines that of their edge as ``data-edge``."""
    svg: str = _drawing(graph, wording).as_svg()
    return svg


def draw_png(graph: CitationGraph, wording: Wording) -> bytes:
    """The graph as PNG. Raises GraphTooLarge."""
    import resvg_py

    drawing = _drawing(graph, wording)
    if drawing.height * _ZOOM > _MOST_PIXELS:
        most = int((_MOST_PIXELS / _ZOOM - 2 * _MARGIN) // _ROW)
        raise GraphTooLarge(documents=len(graph.nodes), most=most)
    with as_file(files("archive.export") / "assets" / "fonts") as fonts:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=drawing.as_svg(), zoom=_ZOOM, skip_system_fonts=True, font_dirs=[str(fonts)], font_family="DejaVu Sans"
            )
        )


def _drawing(graph: CitationGraph, wording: Wording) -> drawsvg.Drawing:
    import drawsvg

    left, right = columns(graph)
    rows = heights(graph, left, right)
    height = max(1, len(left), len(right)) * _ROW + 2 * _MARGIN
    places: dict[str, Point] = {}
    for column, x in ((left, _MARGIN + _BOX / 2), (right, _WIDTH - _MARGIN - _BOX / 2)):
        places.update((node.id, (x, _MARGIN + (rows[node.id] + 0.5) * _ROW)) for node in column)
    picture = drawsvg.Drawing(_WIDTH, height, font_family=_FONT)
    picture.append(drawsvg.Rectangle(0, 0, _WIDTH, height, fill="white"))
    for number, edge in enumerate(graph.edges):
        picture.append(_line(number, edge, places[edge.source], places[edge.target], wording))
    numbers = {node.id: number for number, node in enumerate(graph.nodes)}
    for node in (*left, *right):
        picture.append(_box(numbers[node.id], node, places[node.id], wording))
    return picture


def _line(number: int, edge: GraphEdge, source: Point, target: Point, wording: Wording) -> drawsvg.Path:
    import drawsvg

    side = 1 if source[0] <= target[0] else -1
    same_column = source[0] == target[0]
    start, end = source[0] + side * _BOX / 2, target[0] + (_BOX / 2 if same_column else -side * _BOX / 2)
    reach = _BEND if same_column else (end - start) / 2
    line = drawsvg.Path(fill="none", stroke=_LINE, stroke_width=min(1 + edge.count / 2, 5), data_edge=number)
    line.M(start, source[1]).C(start + reach, source[1], end + (reach if same_column else -reach), target[1], end, target[1])
    relations = ", ".join(wording.get(f"relation.{relation}", relation) for relation in edge.relations)
    places = ", ".join(wording.get(f"where.{place}", place) for place in edge.places)
    line.append_title(printable(f"{edge.count} × {relations}: {places}"))
    return line


def _box(number: int, node: GraphNode, centre: Point, wording: Wording) -> drawsvg.Group:
    import drawsvg

    x, y = centre
    fill = _PLAN if node.in_archive else _AMBIGUOUS if node.ambiguous else _CITED
    dashes = {"stroke_dasharray": "4 3"} if node.ambiguous else {}
    frame = drawsvg.Rectangle(x - _BOX / 2, y - (_ROW - _GAP) / 2, _BOX, _ROW - _GAP, rx=6, fill=fill, stroke=_FRAME, **dashes)
    frame.append_title(_joined(node.type, node.symbol, day(node.date, wording), node.organ, node.title))
    box = drawsvg.Group(data_node=number)
    box.append(frame)
    named = " ".join(part for part in (node.type, node.symbol) if part)
    name = textwrap.shorten(_joined(named, day(node.date, wording)), _NAME_LETTERS, placeholder=" …")
    title = textwrap.wrap(_joined(node.title or node.organ), _TITLE_LETTERS, max_lines=_TITLE_LINES, placeholder=" …")
    top = y - (_ROW - _GAP) / 2 + (18 if len(title) == _TITLE_LINES else 24)
    style = {"text_anchor": "middle", "fill": _INK}
    box.append(drawsvg.Text(name, _NAME_SIZE, x, top, font_weight="bold" if node.in_archive else "normal", **style))
    box.append(drawsvg.Text(title, _TITLE_SIZE, x, top + 14, line_height=1.2, **style))
    return box


def _joined(*parts: str | None) -> str:
    return " · ".join(printable(part) for part in parts if part)


def day(date: str | None, wording: Wording) -> str | None:
    """A date as people write it: 20/11/2025 in Vietnamese, else as it is."""
    return "/".join(reversed(date.split("-"))) if date and wording.get("page.language") == "vi" else date


def printable(text: str) -> str:
    """One line, without the control characters that XML forbids (page feeds out of a scan)."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
