"""The mentions of a plan as W3C Web Annotations (Web Annotation Data Model, 2017): what stands where, and which document is meant.

Positions count code points of the text that ``kehoach show DOC --text`` prints, as the model asks.
"""

from __future__ import annotations

import json
from typing import Any

from archive.ask.documents import show
from archive.ask.links import read_links
from archive.ask.nodes import plan_node_id
from archive.common.keys import BASE, uri_of_identity, uri_of_text
from archive.store.handle import Archive
from archive.values.citations import CitedDocument
from kehoach_parser import Plan

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
#: Code points of the text quoted before and after a mention, so that it is found again where positions have moved.
AROUND = 32


def annotations_of(archive: Archive, ref: str) -> str:
    """All citations of a document as one annotation page (JSON-LD), in order of place. Raises UnknownDocument, AmbiguousDocument.

    The body of a mention is the document that it means; where it does not tell, one of several (``Choice``) or none. Its relation is the
    motivation's purpose in our own terms.
    """
    shown = show(archive, ref)
    links = read_links(archive)
    meant = {
        mention.hit.span: cited.document
        for cited in links.cited.values()
        if not cited.open
        for mention in cited.mentions
        if plan_node_id(mention.hit.document.id) == plan_node_id(shown.document.id)
    }
    source = uri_of_text(shown.document)
    items = [_annotation(number, shown.plan, shown.text, source, meant) for number in range(len(shown.plan.citations))]
    page = {
        "@context": [CONTEXT, {"kehoach": f"{BASE}term:"}],
        "id": f"{source}:citations",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _annotation(number: int, plan: Plan, text: str, source: str, meant: dict[tuple[int, int], CitedDocument]) -> dict[str, Any]:
    citation = plan.citations[number]
    start, end = citation.span
    found: dict[str, Any] = {
        "id": f"{source}:citation:{start}-{end}",
        "type": "Annotation",
        "motivation": "linking",
        "kehoach:relation": citation.relation,
        "kehoach:certainty": citation.certainty,
    }
    cited = meant.get(citation.span)
    if cited is not None:
        found["body"] = _body(cited)
    elif citation.candidates:
        found["body"] = {"type": "Choice", "items": [{"id": uri_of_identity(key)} for key in citation.candidates]}
    found["target"] = {
        "source": {"id": source, "format": "text/plain", "language": "vi"},
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
        ],
    }
    return found


def _body(cited: CitedDocument) -> dict[str, Any]:
    uri = uri_of_text(cited.document) if cited.document is not None else uri_of_identity(cited.key)
    label = " ".join(part for part in (cited.type, cited.symbol or cited.title) if part)
    return {"id": uri, "label": label}
