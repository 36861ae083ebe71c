"""The citation graph in the formats that other programs read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields

import networkx

from archive.ask.overview import EXPLORED, READABLE, overview_of
from archive.errors import UnknownFormat
from archive.export.linked_data import graph_as_json_ld
from archive.export.page import draw_page
from archive.export.picture import Link, Wording, draw_graph, draw_png, printable
from archive.export.register_files import harmless
from archive.values.graph import CitationGraph, GraphEdge, GraphNode, GraphOverview

#: What stands between several values in one cell or attribute.
JOINT = "; "
#: What of an edge is no attribute: its ends, and the sentences.
_NOT_FLAT = ("source", "target", "mentions")


def export_graph(graph: CitationGraph | GraphOverview, format: str, wording: Wording | None = None, link: Link | None = None) -> str:
    """The graph as text in one of GRAPH_FORMATS; raises UnknownFormat.

    "csv" is the table of edges, "csv-nodes" that of nodes, "svg" a picture, "html" a page to look around in; ``wording`` gives the last
    two their words ("relation.basis" → "căn cứ"), what it lacks stands as it is named. These two are of an overview
    (`archive.graph_overview`), or of as much of a graph as can be read; ``link`` says where the documents of an SVG lead to. JSON is in
    the node-link form of networkx, JSON-LD in the terms of ELI, the European Legislation Identifier. Missing values are empty in CSV, left
    out in GraphML, GEXF and DOT.
    """
    if format == "svg":
        return draw_graph(_overview(graph, READABLE), wording or {}, link)
    if format == "html":
        return draw_page(_overview(graph, EXPLORED), wording or {})
    writer = _WRITERS.get(format)
    if writer is None:
        raise UnknownFormat(format=format, formats=GRAPH_FORMATS)
    return writer(graph.graph if isinstance(graph, GraphOverview) else graph)


def graph_png(graph: CitationGraph | GraphOverview, wording: Wording | None = None) -> bytes:
    """The same picture as "svg", as PNG."""
    return draw_png(_overview(graph, READABLE), wording or {})


def _overview(graph: CitationGraph | GraphOverview, most: int) -> GraphOverview:
    return graph if isinstance(graph, GraphOverview) else overview_of(graph, most)


def label_of(node: GraphNode) -> str:
    """What a node is called in a picture: its symbol, else its title, else its type."""
    return node.symbol or node.title or node.type or node.id


def _graphml(graph: CitationGraph) -> str:
    return "\n".join(networkx.generate_graphml(_networkx(graph), prettyprint=True)) + "\n"


def _gexf(graph: CitationGraph) -> str:
    text = "\n".join(networkx.generate_gexf(_networkx(graph), prettyprint=True)) + "\n"
    # networkx writes today's date; the same archive is to give the same file.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text)


def _networkx(graph: CitationGraph) -> networkx.DiGraph:
    out = networkx.DiGraph()
    for node in graph.nodes:
        out.add_node(node.id, label=printable(label_of(node)), **_attributes(node, ("id",)))
    for edge in graph.edges:
        out.add_edge(edge.source, edge.target, **_attributes(edge, _NOT_FLAT))
    return out


def _attributes(value: GraphNode | GraphEdge, without: Iterable[str]) -> dict[str, str | int | bool]:
    """Attributes as single values, what is missing left out: neither GraphML nor GEXF has lists or nulls."""
    out: dict[str, str | int | bool] = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if field.name in without or inner is None:
            continue
        out[field.name] = (
            printable(JOINT.join(inner)) if isinstance(inner, tuple) else printable(inner) if isinstance(inner, str) else inner
        )
    return out


def _json(graph: CitationGraph) -> str:
    of_networkx = {"directed": True, "multigraph": False, "graph": {}}
    body = {"format": "kehoach-graph", "version": 1, **of_networkx, **asdict(graph), "total": max(graph.total, len(graph.nodes))}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _dot(graph: CitationGraph) -> str:
    lines = ["digraph citations {", "  rankdir=LR;", '  node [shape=box, fontname="DejaVu Sans"];']
    for node in graph.nodes:
        shown = {"label": label_of(node), "style": "filled" if node.in_archive else "dashed" if node.ambiguous else "solid"}
        lines.append(f"  {_quoted(node.id)} [{_dot_attributes({**shown, **_attributes(node, ('id',))})}];")
    for edge in graph.edges:
        shown = {"label": str(edge.count)}
        attributes = _dot_attributes({**shown, **_attributes(edge, _NOT_FLAT)})
        lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [{attributes}];")
    return "\n".join([*lines, "}"]) + "\n"


def _dot_attributes(attributes: dict[str, str | int | bool]) -> str:
    return ", ".join(f"{name}={_quoted(str(value))}" for name, value in attributes.items())


def _quoted(text: str) -> str:
    escaped = printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _csv_edges(graph: CitationGraph) -> str:
    return _csv(GraphEdge, graph.edges)


def _csv_nodes(graph: CitationGraph) -> str:
    return _csv(GraphNode, graph.nodes)


def _csv(kind: type[GraphNode] | type[GraphEdge], rows: Iterable[GraphNode | GraphEdge]) -> str:
    """One line per row, whatever a title holds: line ends become blanks, so that tools that split lines read it as well. No cell is taken
    for a formula."""
    names = [field.name for field in fields(kind) if field.name != "mentions"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        values = (getattr(row, name) for name in names)
        texts = (JOINT.join(value) if isinstance(value, tuple) else "" if value is None else str(value) for value in values)
        writer.writerow([harmless(printable(text)) for text in texts])
    return out.getvalue()


_WRITERS: dict[str, Callable[[CitationGraph], str]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "dot": _dot,
    "json": _json,
    "csv": _csv_edges,
    "csv-nodes": _csv_nodes,
    "jsonld": graph_as_json_ld,
}
#: How many documents a picture of each format holds.
PICTURES = {"svg": READABLE, "png": READABLE, "html": EXPLORED}

#: What `export_graph` writes; a PNG, which is no text, is `graph_png`.
GRAPH_FORMATS = (*_WRITERS, "svg", "html")
