"""The citation graph in the formats that other programs read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields

import networkx

from archive.errors import UnknownFormat
from archive.picture import draw_graph, printable
from archive.values import CitationGraph, GraphEdge, GraphNode

#: What stands between several values in one cell or attribute.
JOINT = "; "


def export_graph(graph: CitationGraph, format: str) -> str:
    """The graph as text in one of GRAPH_FORMATS; raises UnknownFormat.

    "csv" is the table of edges, "csv-nodes" that of nodes, "svg" a picture. Missing values are empty in CSV, left out in GraphML, GEXF
    and DOT.
    """
    writer = _WRITERS.get(format)
    if writer is None:
        raise UnknownFormat(format=format, formats=GRAPH_FORMATS)
    return writer(graph)


def label_of(node: GraphNode) -> str:
    """What a node is called in a picture: its symbol, else its title, else its type."""
    return node.symbol or node.title or node.type or node.id


def _graphml(graph: CitationGraph) -> str:
    return "\n".join(networkx.generate_graphml(_networkx(graph), prettyprint=True)) + "\n"


def _gexf(graph: CitationGraph) -> str:
    return "\n".join(networkx.generate_gexf(_networkx(graph), prettyprint=True)) + "\n"


def _networkx(graph: CitationGraph) -> networkx.DiGraph:
    out = networkx.DiGraph()
    for node in graph.nodes:
        out.add_node(node.id, label=printable(label_of(node)), **_attributes(node, ("id",)))
    for edge in graph.edges:
        out.add_edge(edge.source, edge.target, **_attributes(edge, ("source", "target")))
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
    body = {"format": "kehoach-graph", "version": 1, **asdict(graph)}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _dot(graph: CitationGraph) -> str:
    lines = ["digraph citations {", "  rankdir=LR;", '  node [shape=box, fontname="DejaVu Sans"];']
    for node in graph.nodes:
        shown = {"label": label_of(node), "style": "filled" if node.in_archive else "dashed" if node.ambiguous else "solid"}
        lines.append(f"  {_quoted(node.id)} [{_dot_attributes({**shown, **_attributes(node, ('id',))})}];")
    for edge in graph.edges:
        shown = {"label": str(edge.count)}
        attributes = _dot_attributes({**shown, **_attributes(edge, ("source", "target"))})
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
    """One line per row, whatever a title holds: line ends become blanks, so that tools that split lines read it as well."""
    names = [field.name for field in fields(kind)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        values = (getattr(row, name) for name in names)
        writer.writerow(
            [printable(JOINT.join(value) if isinstance(value, tuple) else "" if value is None else str(value)) for value in values]
        )
    return out.getvalue()


_WRITERS: dict[str, Callable[[CitationGraph], str]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "dot": _dot,
    "json": _json,
    "csv": _csv_edges,
    "csv-nodes": _csv_nodes,
    "svg": draw_graph,
}

#: What `export_graph` writes.
GRAPH_FORMATS = tuple(_WRITERS)
