"""Every document that the archive cites, with its mentions: the one seam between the questions on the graph and what resolves citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, select, true

from archive.ask.citations import Linker, undecided
from archive.ask.documents import documents_named
from archive.ask.nodes import node_of_cited, plan_node
from archive.common.keys import looks_like_symbol, read_reference
from archive.resolve.authorities import cited_document
from archive.resolve.mentions import Mention, by_identity, describe, find_mentions, matched, read_records
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import ResolutionRow
from archive.store.versions import documents_by_version
from archive.values.citations import CitedDocument
from archive.values.documents import Document
from archive.values.graph import GraphNode

_TYPE_WORDS = re.compile(r"^\D+\s(?=\d)")


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is cited, with its mentions by plan and place. ``open``: its mentions do not tell which document is meant."""

    document: CitedDocument
    open: bool
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The plans of the archive, by id, and every document that they cite, by identity."""

    plans: dict[int, Document]
    cited: dict[str, Cited]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a reference means: nodes, each once, oldest first; and the mentions that may mean them but do not say so."""

    nodes: tuple[GraphNode, ...]
    undecided: tuple[Mention, ...]


def read_links(archive: Archive, lines: ColumnElement[bool] | None = None) -> Links:
    """All that is cited in the archive; with ``lines`` by mentions that meet the condition."""
    with translated(archive.database), archive.engine.connect() as connection:
        plans = {document.id: document for document in documents_by_version(connection).values()}
        linker = Linker(connection)
        groups = [
            (linker.linked(describe(key, mentions)), mentions)
            for key, mentions in by_identity(find_mentions(connection, true() if lines is None else lines)).items()
        ]
    open_keys = undecided(cited for cited, _ in groups)
    return Links(
        plans, {cited.key: Cited(cited, cited.key in open_keys or cited.key.startswith("?"), tuple(found)) for cited, found in groups}
    )


def meant_by(archive: Archive, reference: str) -> Meant:
    """What a reference means: a document of the archive as in `find_document`, a symbol or a name that is cited, with @year if need be.

    Nothing found is an empty answer.
    """
    wanted = read_reference(reference)
    if looks_like_symbol(wanted.name):
        # "Nghị quyết số 57-NQ/TW" is its symbol, as people copy it out of a text.
        wanted = replace(wanted, name=_TYPE_WORDS.sub("", wanted.name))
    plans = {
        node.id: node
        for node in map(plan_node, documents_named(archive, wanted.name))
        if wanted.allows(node.date, None, node.place, node.organ)
    }
    if plans and not looks_like_symbol(wanted.name):
        return Meant(tuple(plans.values()), ())  # the number of a document, or the name of its file
    with translated(archive.database), archive.engine.connect() as connection:
        meant = matched(connection, wanted.name)
        certain = _cited_ones(connection, meant.records)
        left = find_mentions(connection, meant.may) if meant.may is not None else ()
        linker = Linker(connection, by_identity(left))
        unsure = [linker.linked(describe(key, mentions)) for key, mentions in by_identity(left).items()]
    allowed = ((told, node_of_cited(told)) for told in certain)
    nodes = {node.id: node for told, node in allowed if wanted.allows(told.date, told.term, node.place, node.organ)} | plans
    if not nodes and not wanted.chooses:
        return Meant(tuple({node.id: node for node in map(node_of_cited, unsure)}.values()), ())
    return Meant(tuple(sorted(nodes.values(), key=lambda node: (node.date or "9999", node.id))), left)


def _cited_ones(connection: Connection, records: Sequence[str]) -> list[CitedDocument]:
    """Those of these records that a plan cites."""
    query = select(ResolutionRow.record).where(ResolutionRow.record.in_(records)).distinct()
    rows = read_records(connection, connection.scalars(query))
    linker = Linker(connection, rows)
    return [linker.linked(cited_document(row._mapping, None)) for row in rows.values()]


def cited_node(cited: Cited) -> GraphNode:
    """A document that is cited as a node: that of the plan where it is in the archive."""
    return node_of_cited(cited.document)
