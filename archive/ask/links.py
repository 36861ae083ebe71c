"""Every document that the archive cites, with its mentions: the one seam between the questions on the graph and what resolves citations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sqlalchemy import true

from archive.ask.citations import Linker, undecided
from archive.ask.documents import find_document
from archive.common.keys import looks_like_symbol, read_reference, uri_of_identity, uri_of_text
from archive.errors import AmbiguousDocument, UnknownDocument
from archive.resolve.mentions import Mention, by_identity, describe, find_mentions, matching
from archive.store.database import translated
from archive.store.handle import Archive
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


def read_links(archive: Archive) -> Links:
    """All that is cited in the archive."""
    with translated(archive.database), archive.engine.connect() as connection:
        plans = {document.id: document for document in documents_by_version(connection).values()}
        linker = Linker(connection)
        groups = [
            (linker.linked(describe(key, mentions)), mentions) for key, mentions in by_identity(find_mentions(connection, true())).items()
        ]
    open_keys = undecided(cited for cited, _ in groups)
    return Links(
        plans, {cited.key: Cited(cited, cited.key in open_keys or cited.key.startswith("?"), tuple(found)) for cited, found in groups}
    )


def meant_by(archive: Archive, links: Links, reference: str) -> Meant:
    """What a reference means: a document of the archive as in `find_document`, a symbol or a name that is cited, with @year if need be.

    Nothing found is an empty answer.
    """
    wanted = read_reference(reference)
    if looks_like_symbol(wanted.name):
        # "Nghị quyết số 57-NQ/TW" is its symbol, as people copy it out of a text.
        wanted = replace(wanted, name=_TYPE_WORDS.sub("", wanted.name))
    plans = {
        node.id: node for node in map(plan_node, _plans(archive, wanted.name)) if wanted.allows(node.date, None, node.place, node.organ)
    }
    if plans and not looks_like_symbol(wanted.name):
        return Meant(tuple(plans.values()), ())  # the number of a document, or the name of its file
    with translated(archive.database), archive.engine.connect() as connection:
        keys = tuple(by_identity(find_mentions(connection, matching(connection, wanted.name))))
    found = [links.cited[key] for key in keys if key in links.cited]
    certain = ((one.document, cited_node(one)) for one in found if not one.open)
    allowed = (node for told, node in certain if wanted.allows(told.date, told.term, node.place, node.organ))
    nodes = {node.id: node for node in allowed} | plans
    if not nodes and not wanted.chooses:
        return Meant(tuple({node.id: node for node in map(cited_node, found)}.values()), ())
    left = tuple(mention for one in found if one.open for mention in one.mentions)
    return Meant(tuple(sorted(nodes.values(), key=lambda node: (node.date or "9999", node.id))), left)


def _plans(archive: Archive, name: str) -> tuple[Document, ...]:
    try:
        return (find_document(archive, name),)
    except AmbiguousDocument as error:
        return error.documents
    except UnknownDocument:
        return ()


def plan_node_id(document_id: int) -> str:
    """The node of a plan in the archive."""
    return f"plan:{document_id}"


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


def cited_node(cited: Cited) -> GraphNode:
    """A document that is cited as a node: that of the plan where it is in the archive."""
    told = cited.document
    if told.document is not None:
        return plan_node(told.document)
    return GraphNode(
        f"cited:{told.key}",
        told.type,
        told.symbol,
        told.date,
        told.issuer,
        told.title,
        False,
        cited.open,
        None,
        uri_of_identity(told.key),
        told.place,
    )
