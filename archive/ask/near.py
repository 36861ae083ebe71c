"""What is near some documents in the citation graph: found by the numbers of rows, read where it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from archive.ask.nodes import NodeKeys, cited_node_id, document_of, node_ids, node_of_cited, plan_node_id, read_nodes
from archive.resolve.mentions import Mention, describe, find_mentions, identity
from archive.store.database import in_chunks
from archive.store.tables import ResolutionRow, VersionRow
from archive.values.graph import GraphNode

_Row = Row[*tuple[Any, ...]]


class Near:
    """The nodes at most ``depth`` steps from ``centres``, in either direction; ``order``: by distance, plans by number before documents
    that are only cited."""

    def __init__(self, connection: Connection, centres: Collection[str], depth: int) -> None:
        self._connection = connection
        self._ids: dict[str, str] = {}
        self.order = [*dict.fromkeys(centres)]
        near, here = set(centres), set(centres)
        for _ in range(depth):
            here = {*self._cited_by(here), *self._citing(here)} - near
            near |= here
            self.order += sorted(here, key=_by_number)
        self._rank = {node: number for number, node in enumerate(self.order)}

    def read_nodes(self, page: Sequence[str]) -> tuple[GraphNode, ...]:
        """These nodes; one whose identity is not known is as its first mention near prints it."""
        known = read_nodes(self._connection, page)
        unsure = {node for node in page if node not in known}
        for mention in self._mentions(ResolutionRow.record.is_(None), self.order) if unsure else ():
            key = identity(mention)
            if cited_node_id(key) in unsure - known.keys():
                known[cited_node_id(key)] = node_of_cited(describe(key, [mention]))
        return tuple(known[node] for node in page if node in known)

    def read_edges(self, page: Sequence[str], lines: ColumnElement[bool]) -> dict[tuple[str, str], list[Mention]]:
        """The mentions by which nodes of a page cite, or are cited by, nodes on it or before it, those that meet ``lines``."""
        first, last = (self._rank[page[0]], self._rank[page[-1]]) if page else (0, -1)
        before = self.order[:first]
        mentions = [*self._mentions(lines, page)]
        keys = sorted(NodeKeys(self._connection, page).records)
        for some in in_chunks(keys) if before else ():
            mentions += self._mentions(lines & ResolutionRow.record.in_(some), before)
        if any(key.startswith("?") for key in keys):
            mentions += self._mentions(lines & ResolutionRow.record.is_(None), before)
        self._learn({mention.document_key for mention in mentions})
        edges: dict[tuple[str, str], list[Mention]] = {}
        for mention in mentions:
            source, target = plan_node_id(mention.hit.document.id), self._node(identity(mention))
            ranks = self._rank[source], self._rank.get(target, last + 1)
            if max(ranks) <= last and max(ranks) >= first:
                edges.setdefault((source, target), []).append(mention)
        return edges

    def _mentions(self, condition: ColumnElement[bool], nodes: Collection[str]) -> Iterator[Mention]:
        """The mentions in these plans that meet a condition."""
        for some in in_chunks(number for node in nodes if (number := document_of(node)) is not None):
            own = VersionRow.document_id.in_(some)
            yield from find_mentions(self._connection, own & condition)

    def _cited_by(self, nodes: Collection[str]) -> Iterator[str]:
        """What these plans cite."""
        columns = (ResolutionRow.record, ResolutionRow.version_id, ResolutionRow.ordinal)
        query = select(*columns).join(VersionRow, VersionRow.id == ResolutionRow.version_id)
        for some in in_chunks(number for node in nodes if (number := document_of(node)) is not None):
            own = VersionRow.document_id.in_(some)
            records = {row.record for row in self._connection.execute(query.where(own, ResolutionRow.record.is_not(None)))}
            self._learn(records)
            yield from map(self._node, records)
            for mention in find_mentions(self._connection, own & ResolutionRow.record.is_(None)):
                yield cited_node_id(identity(mention))

    def _citing(self, nodes: Collection[str]) -> Iterator[str]:
        """The plans that cite these."""
        keys = NodeKeys(self._connection, nodes).records
        query = select(VersionRow.document_id).join(ResolutionRow, ResolutionRow.version_id == VersionRow.id)
        for some in in_chunks(keys):
            yield from map(plan_node_id, self._connection.scalars(query.where(ResolutionRow.record.in_(some)).distinct()))
        unsure = {key for key in keys if key.startswith("?")}
        # What does not tell its document is seldom: it is looked for among all that does not.
        for mention in find_mentions(self._connection, ResolutionRow.record.is_(None)) if unsure else ():
            if identity(mention) in unsure:
                yield plan_node_id(mention.hit.document.id)

    def _learn(self, records: Collection[str | None]) -> None:
        self._ids |= node_ids(self._connection, {key for key in records if key is not None} - self._ids.keys())

    def _node(self, key: str) -> str:
        return self._ids.get(key) or cited_node_id(key)


def _by_number(node: str) -> tuple[bool, int, str]:
    number = document_of(node)
    return number is None, number or 0, node
