"""The citation graph: documents, in the archive or only cited, and who cites whom."""

from __future__ import annotations

import networkx
from sqlalchemy import true

from archive.citations import Linker, Mention, by_identity, describe, find_mentions, undecided
from archive.database import translated
from archive.documents import find_document
from archive.errors import UnknownDocument
from archive.handle import Archive
from archive.keys import read_reference, symbol_key
from archive.store import documents_by_version
from archive.values import CitationGraph, CitedDocument, Document, GraphEdge, GraphNode


def graph(archive: Archive, *, around: str | None = None, depth: int = 1) -> CitationGraph:
    """Documents and who cites whom; a plan in the archive that is itself cited is one node.

    ``around`` (a document of the archive as in `find_document`, or a symbol that is cited, with @year if need be) keeps what is at most
    ``depth`` steps away, in either direction. Raises UnknownDocument, AmbiguousDocument.
    """
    with translated(archive.database), archive.engine.connect() as connection:
        documents = documents_by_version(connection)
        linker = Linker(connection)
        nodes = {node.id: node for node in map(_plan_node, documents.values())}
        terms: dict[str, str | None] = {}
        edges: dict[tuple[str, str], list[Mention]] = {}
        groups = [
            (linker.linked(describe(key, mentions)), mentions) for key, mentions in by_identity(find_mentions(connection, true())).items()
        ]
        open_keys = undecided(cited for cited, _ in groups)
        for cited, mentions in groups:
            node = _cited_node(cited, cited.key in open_keys)
            terms[node.id] = cited.term
            nodes.setdefault(node.id, node)
            for mention in mentions:
                edges.setdefault((plan_node_id(mention.hit.document.id), node.id), []).append(mention)
    whole = CitationGraph(tuple(nodes.values()), tuple(_edge(source, target, mentions) for (source, target), mentions in edges.items()))
    return whole if around is None else _near(whole, _centres(archive, whole, terms, around), depth)


def plan_node_id(document_id: int) -> str:
    """The node of a plan in the archive."""
    return f"plan:{document_id}"


def _plan_node(document: Document) -> GraphNode:
    return GraphNode(
        plan_node_id(document.id),
        document.type or "",
        document.symbol,
        document.date,
        document.organ,
        document.subject or document.name,
        True,
        False,
        document.id,
    )


def _cited_node(cited: CitedDocument, open_identity: bool) -> GraphNode:
    if cited.document is not None:
        return _plan_node(cited.document)
    return GraphNode(
        f"cited:{cited.key}",
        cited.type,
        cited.symbol,
        cited.date,
        cited.issuer,
        cited.title,
        False,
        open_identity or cited.key.startswith("?"),
        None,
    )


def _edge(source: str, target: str, mentions: list[Mention]) -> GraphEdge:
    hits = [mention.hit for mention in mentions]
    relations = tuple(dict.fromkeys(hit.relation for hit in hits))
    places = tuple(dict.fromkeys(hit.place.path or hit.place.where for hit in hits))
    return GraphEdge(source, target, len(hits), relations, places)


def _centres(archive: Archive, whole: CitationGraph, terms: dict[str, str | None], around: str) -> tuple[str, ...]:
    try:
        return (plan_node_id(find_document(archive, around).id),)
    except UnknownDocument:
        wanted = read_reference(around)
        key = symbol_key(wanted.name)
        found = tuple(
            node.id
            for node in whole.nodes
            if node.symbol and symbol_key(node.symbol) == key and wanted.allows(node.date, terms.get(node.id))
        )
        if not found:
            raise
        return found


def _near(whole: CitationGraph, centres: tuple[str, ...], depth: int) -> CitationGraph:
    links = networkx.Graph()
    links.add_nodes_from(node.id for node in whole.nodes)
    links.add_edges_from((edge.source, edge.target) for edge in whole.edges)
    near: set[str] = set()
    for centre in centres:
        near.update(networkx.single_source_shortest_path_length(links, centre, cutoff=depth))
    return CitationGraph(
        tuple(node for node in whole.nodes if node.id in near),
        tuple(edge for edge in whole.edges if edge.source in near and edge.target in near),
    )
