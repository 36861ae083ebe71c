"""Nodes of the citation graph: plans of the archive and documents that are cited, by id, and what rows of citations say of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from archive.common.keys import uri_of_identity, uri_of_text
from archive.common.levels import level_of
from archive.resolve.authorities import cited_document
from archive.resolve.mentions import read_records
from archive.store.database import in_chunks
from archive.store.tables import AuthorityRow, VersionRow
from archive.store.versions import documents_by_id
from archive.values.citations import CitedDocument
from archive.values.documents import Document
from archive.values.graph import GraphNode

_PLAN, _CITED = "plan:", "cited:"


def plan_node_id(document_id: int) -> str:
    """The node of a plan in the archive."""
    return f"{_PLAN}{document_id}"


def cited_node_id(key: str) -> str:
    """The node of a cited document that is not in the archive, by its identity; "?" before what is printed where that is not known."""
    return f"{_CITED}{key}"


def document_of(node: str) -> int | None:
    """The plan that a node is; None for others."""
    return int(node.removeprefix(_PLAN)) if node.startswith(_PLAN) else None


def plan_node(document: Document) -> GraphNode:
    """A plan of the archive as a node."""
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
        uri_of_text(document),
        document.place,
    )


def node_of_cited(told: CitedDocument) -> GraphNode:
    """A document that is cited as a node: that of the plan where it is in the archive."""
    if told.document is not None:
        return plan_node(told.document)
    return GraphNode(
        cited_node_id(told.key),
        told.type,
        told.symbol,
        told.date,
        told.issuer,
        told.title,
        False,
        told.key.startswith("?"),
        None,
        uri_of_identity(told.key),
        told.place,
    )


def node_ids(connection: Connection, records: Iterable[str]) -> dict[str, str]:
    """The nodes that records are: that of the plan where it is in the archive."""
    found: dict[str, str] = {}
    for some in in_chunks(records):
        query = select(AuthorityRow.key, AuthorityRow.document_id, VersionRow.id).outerjoin(
            VersionRow, (VersionRow.document_id == AuthorityRow.document_id) & VersionRow.current
        )
        for key, document_id, version_id in connection.execute(query.where(AuthorityRow.key.in_(some))):
            found[key] = cited_node_id(key) if version_id is None or document_id is None else plan_node_id(document_id)
    return found


class NodeKeys:
    """The records by which some nodes are cited."""

    def __init__(self, connection: Connection, nodes: Collection[str]) -> None:
        self._nodes = {node.removeprefix(_CITED): node for node in nodes if document_of(node) is None}
        plans = {number: node for node in nodes if (number := document_of(node)) is not None}
        for some in in_chunks(plans):
            query = select(AuthorityRow.key, AuthorityRow.document_id).where(AuthorityRow.document_id.in_(some))
            self._nodes |= {key: plans[paper] for key, paper in connection.execute(query) if paper is not None}

    @property
    def records(self) -> Collection[str]:
        """Their keys; those of documents whose identity is not known begin with "?"."""
        return self._nodes.keys()

    def node_of(self, record: str) -> str:
        """The node that a record is."""
        return self._nodes[record]


def read_nodes(connection: Connection, nodes: Collection[str]) -> dict[str, GraphNode]:
    """Nodes whose identity is known."""
    plans = documents_by_id(connection, (number for node in nodes if (number := document_of(node)) is not None))
    found = {plan_node_id(plan.id): plan_node(plan) for plan in plans.values()}
    keys = (node.removeprefix(_CITED) for node in nodes if node.startswith(_CITED))
    for key, row in read_records(connection, keys).items():
        found[cited_node_id(key)] = node_of_cited(cited_document(row._mapping, None))
    return found


def plan_node_ids(connection: Connection, versions: Iterable[int]) -> dict[int, str]:
    """The nodes of plans by their versions."""
    query = select(VersionRow.id, VersionRow.document_id)
    rows = (row for some in in_chunks(versions) for row in connection.execute(query.where(VersionRow.id.in_(some))))
    return {version_id: plan_node_id(document_id) for version_id, document_id in rows}


class Standing(NamedTuple):
    """The date of a document, and the level of the organ that issued it."""

    date: str | None
    level: str | None


_PLANS = select(VersionRow.document_id, VersionRow.date, VersionRow.level).where(
    VersionRow.current, VersionRow.document_id.in_(bindparam("plans", expanding=True))
)
_RECORDS = select(AuthorityRow.key, AuthorityRow.date, AuthorityRow.issuer, AuthorityRow.symbol).where(
    AuthorityRow.key.in_(bindparam("keys", expanding=True))
)


def standings(connection: Connection, nodes: Collection[str]) -> dict[str, Standing]:
    """Date and level of nodes whose identity is known, of which there may be many, without all else that is said of them."""
    found: dict[str, Standing] = {}
    for plans in in_chunks(number for node in nodes if (number := document_of(node)) is not None):
        found |= {plan_node_id(plan): Standing(date, level) for plan, date, level in connection.execute(_PLANS, {"plans": plans})}
    for keys in in_chunks(node.removeprefix(_CITED) for node in nodes if node.startswith(_CITED)):
        rows = connection.execute(_RECORDS, {"keys": keys})
        found |= {cited_node_id(key): Standing(date, level_of(issuer, None, symbol)) for key, date, issuer, symbol in rows}
    return found
