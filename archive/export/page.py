"""The citation graph as one HTML page: zoom, search, filters, and for each document who cites it, whom it cites and in which sentences.

Everything stands in the file; its policy forbids it to fetch anything. What the page does is `page/graph.js`, read as it is.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from archive.export.picture import Wording, day, draw_graph, printable, said_of
from archive.values.graph import GraphEdge, GraphNode, GraphOverview

#: Words of the page, by their place in it ("page.search"); the page's own script knows no other.
PAGE_WORDS = (
    "language",
    "title",
    "summary",
    "search",
    "relations",
    "types",
    "zoom-in",
    "zoom-out",
    "fit",
    "picture",
    "picture-help",
    "documents",
    "details",
    "choose",
    "found",
    "cited-by",
    "cites",
    "nobody",
    "in-archive",
    "not-in-archive",
    "ambiguous",
    "no-type",
)


def draw_page(overview: GraphOverview, wording: Wording) -> str:
    """The page as HTML text, in the words of ``wording``."""
    graph = overview.graph
    words = {name: wording.get(f"page.{name}", name) for name in PAGE_WORDS}
    words["summary"] = words["summary"].format_map({"nodes": len(graph.nodes), "edges": len(graph.edges)})
    if overview.left_out:
        words["summary"] = said_of(overview, wording)
    relations = dict.fromkeys(relation for edge in graph.edges for relation in edge.relations)
    data = {
        "nodes": [_node(node, wording) for node in graph.nodes],
        "edges": [_edge(edge, wording) for edge in graph.edges],
        "relations": {name: wording.get(f"relation.{name}", name) for name in relations},
        "centres": graph.centres,
        "words": words,
    }
    script = _read("graph.js")
    _, _, svg = draw_graph(overview, wording).partition("?>")
    values = {name.replace("-", "_"): escape(word) for name, word in words.items()}
    return Template(_read("graph.html")).substitute(
        values,
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'",
        style=_read("graph.css"),
        script=script,
        # In HTML a script ends at "</script>" whatever it holds; JSON may write < otherwise.
        data=json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
        svg=svg.strip(),
    )


def _node(node: GraphNode, wording: Wording) -> dict[str, Any]:
    told = {"type": node.type, "symbol": node.symbol, "date": day(node.date, wording), "organ": node.organ, "title": node.title}
    plain = {name: printable(value) if value else None for name, value in told.items()}
    return {"id": node.id, **plain, "inArchive": node.in_archive, "ambiguous": node.ambiguous, "document": node.document_id}


def _edge(edge: GraphEdge, wording: Wording) -> dict[str, Any]:
    mentions = [
        {
            "relation": mention.relation,
            "place": mention.path or wording.get(f"where.{mention.where}", mention.where),
            "text": mention.sentence.text,
            "marks": mention.sentence.highlights,
        }
        for mention in edge.mentions
    ]
    return {"source": edge.source, "target": edge.target, "relations": edge.relations, "mentions": mentions}


def _read(name: str) -> str:
    return (files("archive.export") / "assets" / name).read_text(encoding="utf-8")
