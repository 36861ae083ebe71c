"""The citation graph: documents, in the archive or only cited, and who cites whom."""

from __future__ import annotations

from collections.abc import Iterable

import networkx

from archive.ask.documents import find_document
from archive.ask.links import Links, cited_node, meant_by, plan_node, plan_node_id, read_links
from archive.resolve.mentions import Mention
from archive.store.handle import Archive
from archive.values.graph import CitationGraph, EdgeMention, GraphEdge, GraphNode


def graph(archive: Archive, *, around: str | None = None, depth: int = 1) -> CitationGraph:
    """Documents and who cites whom; a plan in the archive that is itself cited is one node.

    ``around`` (a document of the archive as in `find_document`, or the symbol or name of one that is cited, with @year if need be) keeps
    what is at most ``depth`` steps away, in either direction; the documents that it means are ``centres``. Raises UnknownDocument.
    """
    links = read_links(archive)
    whole = _whole(links)
    if around is None:
        return whole
    centres = meant_by(archive, links, around).nodes
    if not centres:
        # Says what looks like it.
        centres = (plan_node(find_document(archive, around)),)
    return _near(whole, tuple(node.id for node in centres), depth)


def _whole(links: Links) -> CitationGraph:
    nodes = {node.id: node for node in map(plan_node, links.plans.values())}
    edges: dict[tuple[str, str], list[Mention]] = {}
    for cited in links.cited.values():
        node = cited_node(cited)
        nodes.setdefault(node.id, node)
        for mention in cited.mentions:
            edges.setdefault((plan_node_id(mention.hit.document.id), node.id), []).append(mention)
    return CitationGraph(tuple(nodes.values()), tuple(_edge(source, target, mentions) for (source, target), mentions in edges.items()))


def _edge(source: str, target: str, mentions: Iterable[Mention]) -> GraphEdge:
    hits = [mention.hit for mention in mentions]
    relations = tuple(dict.fromkeys(hit.relation for hit in hits))
    places = tuple(dict.fromkeys(hit.place.path or hit.place.where for hit in hits))
    told = tuple(EdgeMention(hit.place.where, hit.place.path, hit.relation, hit.sentence, hit.span) for hit in hits)
    return GraphEdge(source, target, len(hits), relations, places, told)


def _near(whole: CitationGraph, centres: tuple[str, ...], depth: int) -> CitationGraph:
    links = networkx.Graph()
    links.add_nodes_from(node.id for node in whole.nodes)
    links.add_edges_from((edge.source, edge.target) for edge in whole.edges)
    near: set[str] = set()
    for centre in centres:
        near.update(networkx.single_source_shortest_path_length(links, centre, cutoff=depth))
    kept: tuple[GraphNode, ...] = tuple(node for node in whole.nodes if node.id in near)
    return CitationGraph(kept, tuple(edge for edge in whole.edges if edge.source in near and edge.target in near), centres)
