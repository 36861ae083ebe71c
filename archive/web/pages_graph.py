"""The citation graph around a document, as a picture that can be read, and as a file with all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
from archive import values
from archive.web.pages_cited import RELATIONS
from archive.web.visit import Visit

#: Documents that a picture shows: as many as can be read on one page.
MOST_NODES = 30
#: Steps from the document in the middle.
MOST_STEPS = 3
MEDIA = {"svg": "image/svg+xml", "graphml": "application/xml", "gexf": "application/xml", "csv": "text/csv; charset=utf-8",
         "json": "application/json"}  # fmt: skip


def graph(visit: Visit) -> Response:
    """The neighbourhood of a document; without one what is cited most, to begin with."""
    around, depth = visit.typed("around"), visit.number("depth", 1, 1, MOST_STEPS)
    if not around:
        return visit.show("graph.html", around="", depth=depth, most=archive.statistics(visit.archive).most_cited, picture=None)
    whole = _asked(visit, around, depth)
    shown = readable(whole)
    # What the picture is made of is escaped by the library that draws it.
    _, _, svg = archive.export_graph(shown, "svg", visit.words.speech.texts).partition("?>")
    return visit.show(
        "graph.html",
        around=around,
        depth=depth,
        picture=Markup(svg.strip()),
        shown=shown,
        nodes={node.id: node for node in shown.nodes},
        left_out=len(whole.nodes) - len(shown.nodes),
        relations=RELATIONS,
    )


def _asked(visit: Visit, around: str, depth: int) -> values.CitationGraph:
    """The graph around a document, with the relations that are asked for alone."""
    found = archive.graph(visit.archive, around=around, depth=depth)
    relation = visit.one_of("relation", RELATIONS)
    return found if relation is None else with_nodes(replace(found, edges=_bearing(found.edges, relation)), found.centres)


def _bearing(edges: Sequence[values.GraphEdge], relation: str) -> tuple[values.GraphEdge, ...]:
    return tuple(edge for edge in edges if relation in edge.relations)


def with_nodes(found: values.CitationGraph, centres: Sequence[str]) -> values.CitationGraph:
    """The graph without the documents that no line of it touches, but for those in the middle."""
    touched = {*centres, *(end for edge in found.edges for end in (edge.source, edge.target))}
    return replace(found, nodes=tuple(node for node in found.nodes if node.id in touched))


def readable(found: values.CitationGraph, most: int = MOST_NODES) -> values.CitationGraph:
    """What a picture can show: the documents in the middle, and those with most lines, those of the middle first."""
    near = {end for edge in found.edges for end in (edge.source, edge.target) if {edge.source, edge.target} & {*found.centres}}
    lines = Counter(end for edge in found.edges for end in (edge.source, edge.target))
    ranked = sorted(found.nodes, key=lambda node: (node.id not in found.centres, node.id not in near, -lines[node.id], node.id))
    kept = {node.id for node in ranked[:most]}
    edges = tuple(edge for edge in found.edges if edge.source in kept and edge.target in kept)
    return replace(found, nodes=tuple(node for node in found.nodes if node.id in kept), edges=edges)


def export(visit: Visit) -> Response:
    """The graph as a file: all that was asked for; as a picture what can be read of it."""
    format_, around = visit.part("format"), visit.typed("around")
    if format_ not in MEDIA or not around:
        raise HTTPException(404)
    found = _asked(visit, around, visit.number("depth", 1, 1, MOST_STEPS))
    text = archive.export_graph(readable(found) if format_ == "svg" else found, format_, visit.words.speech.texts)
    return visit.file(text, f"kehoach.{format_}", MEDIA[format_])
