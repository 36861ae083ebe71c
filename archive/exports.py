"""The citation graph in the formats that other programs read."""

from __future__ import annotations

from archive.values import CitationGraph

#: What `export_graph` writes. "csv" is the table of edges, "csv-nodes" that of nodes, "svg" the picture.
GRAPH_FORMATS = ("graphml", "gexf", "dot", "json", "csv", "csv-nodes", "svg")


def export_graph(graph: CitationGraph, format: str) -> str:
    """The graph as text in one of GRAPH_FORMATS; raises UnknownFormat."""
    raise NotImplementedError
