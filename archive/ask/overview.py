"""A citation graph shrunk to what a picture can show: what is cited most, what cites that most, and the lines between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, union

from archive.ask.graph import edges_of, graph, lines_meet
from archive.ask.nodes import node_ids, plan_node_id, read_nodes
from archive.resolve.mentions import find_mentions
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import AuthorityRow, CitationRow, ResolutionRow, VersionRow
from archive.values.graph import CitationGraph, GraphNode, GraphOverview

#: Documents of a picture that is looked at as a whole: as many as names stand beside one another on a page.
READABLE = 60
#: Documents of a page to look around in, whose names show as one comes near.
EXPLORED = 2_000


def graph_overview(
    archive: Archive,
    *,
    around: str | None = None,
    depth: int = 1,
    relation: str | None = None,
    level: str | None = None,
    since: str | None = None,
    until: str | None = None,
    most: int = READABLE,
) -> GraphOverview:
    """What `graph` finds, shrunk to ``most`` documents. Of the whole archive only those are read that are shown; mentions that do not tell
    their document are left out of that. Raises as `graph` does."""
    if around is not None:
        return overview_of(graph(archive, around=around, depth=depth, relation=relation, level=level, since=since, until=until), most)
    lines = lines_meet(relation, level, since, until) & ResolutionRow.record.is_not(None)
    with translated(archive.database), archive.engine.connect() as connection:
        return _of_all(connection, lines, most)


def overview_of(found: CitationGraph, most: int = READABLE) -> GraphOverview:
    """A graph shrunk to ``most`` documents: its centres and those cited most are half of them, those with most lines to these the rest."""
    cited = Counter(edge.target for edge in found.edges)
    ranked = sorted(found.nodes, key=lambda node: (node.id not in found.centres, -cited[node.id], node.id))
    kept = {node.id for node in ranked[: most - most // 2]}
    near = Counter(one for edge in found.edges for one, other in ((edge.source, edge.target), (edge.target, edge.source)) if other in kept)
    others = sorted((node for node in ranked if node.id not in kept), key=lambda node: (-near[node.id], node.id))
    kept |= {node.id for node in others[: most - len(kept)]}
    edges = tuple(edge for edge in found.edges if edge.source in kept and edge.target in kept)
    return _overview(
        replace(found, edges=edges, total=max(found.total, len(found.nodes))), [node for node in ranked if node.id in kept], cited
    )


def _overview(found: CitationGraph, nodes: Sequence[GraphNode], cited: Mapping[str, int]) -> GraphOverview:
    """These nodes as an overview; where not all are shown, those alone that have a line: the others say nothing by themselves."""
    linked = {*found.centres, *(end for edge in found.edges for end in (edge.source, edge.target))}
    shown = tuple(node for node in nodes if node.id in linked or len(nodes) == found.total)
    return GraphOverview(replace(found, nodes=shown), tuple(cited.get(node.id, 0) for node in shown), found.total - len(shown))


def _of_all(connection: Connection, lines: ColumnElement[bool], most: int) -> GraphOverview:
    """The same rule over all that is cited, by counts of the database."""
    plans = func.count(VersionRow.document_id.distinct())
    counted = connection.execute(
        _lines(lines, ResolutionRow.record, plans).group_by(ResolutionRow.record).order_by(plans.desc()).limit(most)
    )
    cited: dict[str, int] = dict(counted.all())
    node_of = node_ids(connection, cited)
    ranked = list(dict.fromkeys(node_of[record] for record in cited if record in node_of))
    kept = set(ranked[: most - most // 2])
    records = [record for record, node in node_of.items() if node in kept]
    held = func.count(ResolutionRow.record.distinct())
    among = lines & ResolutionRow.record.in_(records)
    citing = (
        _lines(among, VersionRow.document_id, held).group_by(VersionRow.document_id).order_by(held.desc(), func.max(VersionRow.date).desc())
    )
    plans_near = [plan_node_id(document_id) for document_id, _ in connection.execute(citing.limit(most))]
    ids = [*ranked[: len(kept)], *plans_near, *ranked[len(kept) :]]
    counts = Counter[str]()
    for record, node in node_of.items():
        counts[node] += cited[record]
    known = read_nodes(connection, [*dict.fromkeys(ids)][:most])
    numbers = [node.document_id for node in known.values() if node.document_id is not None]
    records = [record for record, node in node_of.items() if node in known]
    mentions = find_mentions(connection, lines & ResolutionRow.record.in_(records) & VersionRow.document_id.in_(numbers))
    edges = edges_of((plan_node_id(one.hit.document.id), node_of[one.document_key], one) for one in mentions if one.document_key)
    nodes = sorted(known.values(), key=lambda node: (-counts[node.id], node.id))
    return _overview(CitationGraph((), edges, (), _documents(connection, lines)), nodes, counts)


def _lines(lines: ColumnElement[bool], *columns: Any) -> Select[*tuple[Any, ...]]:
    """Columns of the lines that meet a condition on their mentions."""
    query = select(*columns).select_from(ResolutionRow).join(VersionRow, VersionRow.id == ResolutionRow.version_id)
    is_mention = (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal)
    return query.join(CitationRow, is_mention).where(lines)


def _documents(connection: Connection, lines: ColumnElement[bool]) -> int:
    """How many documents such lines touch."""
    plan = literal("plan:")
    target = func.coalesce(plan.concat(AuthorityRow.document_id), AuthorityRow.key)
    cited = _lines(lines, target).join(AuthorityRow, AuthorityRow.key == ResolutionRow.record)
    both = union(cited.distinct(), _lines(lines, plan.concat(VersionRow.document_id)).distinct()).subquery()
    return connection.scalar(select(func.count()).select_from(both)) or 0
