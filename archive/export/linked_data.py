"""The citation graph as linked data (JSON-LD), in the terms of the European Legislation Identifier (ELI).

Every document has a URI that does not depend on the archive: what is cited by its identity, which two archives read alike, and the text of
a plan by its hash. The context stands in the file, nothing is fetched to read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from archive.common.keys import BASE, uri_of_identity
from archive.values.graph import CitationGraph, GraphEdge, GraphNode

ELI = "http://data.europa.eu/eli/ontology#"

#: Relations in the terms of ELI; for guidance, proposals and material there is none more exact than cites.
_TERMS = {
    "basis": "based_on", "implements": "implements", "amends": "amends", "replaces": "repeals", "repeals": "repeals", "guides": "guides",
    "proposal": "cites", "material": "cites", "mention": "cites",
}  # fmt: skip

CONTEXT: dict[str, Any] = {
    "eli": ELI,
    "kehoach": f"{BASE}term:",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "LegalResource": "eli:LegalResource",
    "symbol": "eli:id_local",
    "title": "eli:title",
    "organ": "kehoach:organ",
    "type": "kehoach:type",
    "date": "eli:date_document",
    "cites": {"@id": "eli:cites", "@type": "@id"},
    "based_on": {"@id": "eli:based_on", "@type": "@id"},
    "implements": {"@id": "eli:implements", "@type": "@id"},
    "amends": {"@id": "eli:amends", "@type": "@id"},
    "repeals": {"@id": "eli:repeals", "@type": "@id"},
    "guides": {"@id": "kehoach:guides", "@type": "@id"},
    "inArchive": "kehoach:inArchive",
    "ambiguous": "kehoach:ambiguous",
}
#: By the length of a date as the archive writes it.
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def graph_as_json_ld(graph: CitationGraph) -> str:
    """The graph as JSON-LD: each document with what it cites, and how where the relation has a term of its own."""
    uris = {node.id: node.uri or uri_of_identity(node.id) for node in graph.nodes}
    leaving: dict[str, list[GraphEdge]] = {}
    for edge in graph.edges:
        leaving.setdefault(edge.source, []).append(edge)
    body = {"@context": CONTEXT, "@graph": [_resource(node, leaving.get(node.id, ()), uris) for node in graph.nodes]}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _resource(node: GraphNode, edges: Iterable[GraphEdge], uris: dict[str, str]) -> dict[str, Any]:
    told = {"type": node.type or None, "symbol": node.symbol, "title": node.title, "organ": node.organ}
    found: dict[str, Any] = {"@id": uris[node.id], "@type": "LegalResource"}
    found.update((name, value) for name, value in told.items() if value is not None)
    if node.date:
        found["date"] = {"@value": node.date, "@type": f"xsd:{_DATE_TYPES.get(len(node.date), 'string')}"}
    found["inArchive"] = node.in_archive
    if node.ambiguous:
        found["ambiguous"] = True
    for edge in edges:
        for term in dict.fromkeys(("cites", *(_TERMS.get(relation, "cites") for relation in edge.relations))):
            found.setdefault(term, []).append(uris[edge.target])
    return found
