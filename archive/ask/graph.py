"""The citation graph: documents, in the archive or only cited, and who cites whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement

from archive.ask.documents import find_document
from archive.ask.links import Links, cited_node, meant_by, read_links
from archive.ask.near import Near
from archive.ask.nodes import plan_node, plan_node_id
from archive.common.cursors import window
from archive.errors import BadDate
from archive.fulltext.filters import days_between
from archive.resolve.mentions import Mention
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import CitationRow, VersionRow
from archive.values.graph import CitationGraph, EdgeMention, GraphEdge


def graph(
    archive: Archive,
    *,
    around: str | None = None,
    depth: int = 1,
    relation: str | None = None,
    level: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    after: str | None = None,
) -> CitationGraph:
    """Documents and who cites whom; a plan in the archive that is itself cited is one node.

    ``around`` (a document of the archive as in `find_document`, or the symbol or name of one that is cited, with @year if need be) keeps
    what is at most ``depth`` steps away, in either direction; the documents that it means are ``centres``, and the nodes come by their
    distance from these, ``limit`` of them behind ``after`` (`CitationGraph.next`).

    ``relation`` (basis, implements …), ``level`` (central | province | district | commune) and ``since`` … ``until`` narrow the lines: to
    mentions of that relation, in plans whose organ is of that level and whose date lies between these. Documents without a line left are
    left out, but for centres and where a page was asked for. Raises UnknownDocument, BadCursor, BadDate.
    """
    lines = lines_meet(relation, level, since, until)
    narrowed = (relation, level, since, until) != (None, None, None, None)
    if around is None:
        return _whole(read_links(archive, lines), narrowed)
    asked = window(limit, after, "graph", around, depth)
    # Where nothing is meant: says what looks like it.
    centres = meant_by(archive, around).nodes or (plan_node(find_document(archive, around)),)
    with translated(archive.database), archive.engine.connect() as connection:
        near = Near(connection, [node.id for node in centres], depth)
        page = asked.page(asked.behind(((node,), node) for node in near.order), len(near.order))
        nodes = near.read_nodes(page)
        found = near.read_edges(page, lines)
    edges = edges_of((source, target, mention) for (source, target), mentions in found.items() for mention in mentions)
    made = CitationGraph(nodes, edges, tuple(node.id for node in centres), len(near.order), page.next)
    return _touched(made) if narrowed and (limit, after) == (None, None) else made


def lines_meet(relation: str | None, level: str | None, since: str | None, until: str | None) -> ColumnElement[bool]:
    """The condition on mentions (rows of citations and versions) that narrows the lines of a graph. Raises BadDate."""
    met: ColumnElement[bool] = VersionRow.current
    if relation is not None:
        met &= CitationRow.relation == relation
    if level is not None:
        met &= VersionRow.level == level
    if since is not None:
        met &= VersionRow.date.concat(_AFTER_ALL) >= _days(since)[0]
    if until is not None:
        met &= VersionRow.date <= _days(until)[1]
    return met


#: What makes of the date of a month or a year, as text, one that lies behind all of its days.
_AFTER_ALL = "~"


def _days(value: str) -> tuple[str, str]:
    days = days_between(value)
    if days is None:
        raise BadDate(value=value)
    return days


def _whole(links: Links, narrowed: bool) -> CitationGraph:
    nodes = {node.id: node for node in map(plan_node, links.plans.values())}
    lines: list[tuple[str, str, Mention]] = []
    for cited in links.cited.values():
        node = cited_node(cited)
        nodes.setdefault(node.id, node)
        lines += ((plan_node_id(mention.hit.document.id), node.id, mention) for mention in cited.mentions)
    found = CitationGraph(tuple(nodes.values()), edges_of(lines), (), len(nodes))
    return _touched(found) if narrowed else found


def _touched(found: CitationGraph) -> CitationGraph:
    """The graph without the documents that no line of it touches, but for its centres."""
    touched = {*found.centres, *(end for edge in found.edges for end in (edge.source, edge.target))}
    nodes = tuple(node for node in found.nodes if node.id in touched)
    return replace(found, nodes=nodes, total=len(nodes))


def edges_of(lines: Iterable[tuple[str, str, Mention]]) -> tuple[GraphEdge, ...]:
    """The edges that mentions are (source, target, mention), in the order of the first of each."""
    edges: dict[tuple[str, str], list[Mention]] = {}
    for source, target, mention in lines:
        edges.setdefault((source, target), []).append(mention)
    return tuple(_edge(*ends, mentions) for ends, mentions in edges.items())


def _edge(source: str, target: str, mentions: Iterable[Mention]) -> GraphEdge:
    hits = [mention.hit for mention in mentions]
    relations = tuple(dict.fromkeys(hit.relation for hit in hits))
    places = tuple(dict.fromkeys(hit.place.path or hit.place.where for hit in hits))
    told = tuple(EdgeMention(hit.place.where, hit.place.path, hit.relation, hit.sentence, hit.span) for hit in hits)
    return GraphEdge(source, target, len(hits), relations, places, told)
