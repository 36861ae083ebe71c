"""The citation graph: documents, in the archive or only cited, and who cites whom."""

from __future__ import annotations

from collections.abc import Iterable

from archive.ask.documents import find_document
from archive.ask.links import Links, cited_node, meant_by, read_links
from archive.ask.near import Near
from archive.ask.nodes import plan_node, plan_node_id
from archive.common.cursors import window
from archive.resolve.mentions import Mention
from archive.store.database import translated
from archive.store.handle import Archive
from archive.values.graph import CitationGraph, EdgeMention, GraphEdge


def graph(
    archive: Archive, *, around: str | None = None, depth: int = 1, limit: int | None = None, after: str | None = None
) -> CitationGraph:
    """Documents and who cites whom; a plan in the archive that is itself cited is one node.

    ``around`` (a document of the archive as in `find_document`, or the symbol or name of one that is cited, with @year if need be) keeps
    what is at most ``depth`` steps away, in either direction; the documents that it means are ``centres``, and the nodes come by their
    distance from these, ``limit`` of them behind ``after`` (`CitationGraph.next`). Raises UnknownDocument, BadCursor.
    """
    if around is None:
        return _whole(read_links(archive))
    asked = window(limit, after, "graph", around, depth)
    # Where nothing is meant: says what looks like it.
    centres = meant_by(archive, around).nodes or (plan_node(find_document(archive, around)),)
    with translated(archive.database), archive.engine.connect() as connection:
        near = Near(connection, [node.id for node in centres], depth)
        page = asked.page(asked.behind(((node,), node) for node in near.order), len(near.order))
        nodes = near.read_nodes(page)
        edges = tuple(_edge(source, target, mentions) for (source, target), mentions in near.read_edges(page).items())
    return CitationGraph(nodes, edges, tuple(node.id for node in centres), len(near.order), page.next)


def _whole(links: Links) -> CitationGraph:
    nodes = {node.id: node for node in map(plan_node, links.plans.values())}
    edges: dict[tuple[str, str], list[Mention]] = {}
    for cited in links.cited.values():
        node = cited_node(cited)
        nodes.setdefault(node.id, node)
        for mention in cited.mentions:
            edges.setdefault((plan_node_id(mention.hit.document.id), node.id), []).append(mention)
    found = tuple(_edge(source, target, mentions) for (source, target), mentions in edges.items())
    return CitationGraph(tuple(nodes.values()), found, (), len(nodes))


def _edge(source: str, target: str, mentions: Iterable[Mention]) -> GraphEdge:
    hits = [mention.hit for mention in mentions]
    relations = tuple(dict.fromkeys(hit.relation for hit in hits))
    places = tuple(dict.fromkeys(hit.place.path or hit.place.where for hit in hits))
    told = tuple(EdgeMention(hit.place.where, hit.place.path, hit.relation, hit.sentence, hit.span) for hit in hits)
    return GraphEdge(source, target, len(hits), relations, places, told)
