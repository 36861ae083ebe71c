"""The citation graph of the archive or around a document: a picture of what can be read of it, and files with more."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
from archive.web.pages_cited import RELATIONS
from archive.web.pages_units import LEVELS
from archive.web.visit import Visit

#: Steps from the document in the middle.
MOST_STEPS = 3
#: Documents that are listed beside the picture.
_LISTED = 12
#: Formats by what they are: pictures are of the whole archive, too; the others hold all that is asked for, which has to begin somewhere.
PICTURES = {"svg": "image/svg+xml", "png": "image/png", "html": "text/html; charset=utf-8"}
DATA = {"graphml": "application/xml", "gexf": "application/xml", "csv": "text/csv; charset=utf-8", "json": "application/json"}


def graph(visit: Visit) -> Response:
    """What is cited most, in the archive or around a document, with who cites it."""
    asked = _asked(visit)
    found = archive.graph_overview(visit.archive, **asked)
    # What the picture is made of is escaped by the library that draws it.
    _, _, svg = archive.export_graph(found, "svg", visit.words.speech.texts, visit.links.node).partition("?>")
    return visit.show(
        "graph.html",
        around=asked["around"],
        depth=asked["depth"],
        picture=Markup(svg.strip()),
        found=found,
        shown=found.graph,
        most=[(node, times) for node, times in zip(found.graph.nodes, found.cited_by, strict=True) if times][:_LISTED],
        nodes={node.id: node for node in found.graph.nodes},
        formats=(*PICTURES, *(DATA if asked["around"] else ())),
        relations=RELATIONS,
        levels=LEVELS,
    )


def _asked(visit: Visit) -> dict[str, Any]:
    """Where the graph begins, and what narrows its lines."""
    return {
        "around": visit.typed("around") or None,
        "depth": visit.number("depth", 1, 1, MOST_STEPS),
        "relation": visit.one_of("relation", RELATIONS),
        "level": visit.one_of("level", LEVELS),
        "since": visit.typed("since") or None,
        "until": visit.typed("until") or None,
    }


def export(visit: Visit) -> Response:
    """The graph as a file: all that was asked for; as a picture what can be read of it."""
    format_, asked, texts = visit.part("format"), _asked(visit), visit.words.speech.texts
    if format_ in PICTURES:
        found = archive.graph_overview(visit.archive, **asked, most=archive.PICTURES[format_])
        content = archive.graph_png(found, texts) if format_ == "png" else archive.export_graph(found, format_, texts)
        return visit.file(content, f"kehoach.{format_}", PICTURES[format_])
    if format_ not in DATA or not asked["around"]:
        raise HTTPException(404)
    text = archive.export_graph(archive.graph(visit.archive, **asked), format_, texts)
    return visit.file(text, f"kehoach.{format_}", DATA[format_])
