"""The archive: values to disk and back, and every question asked of them. Names that are not exported here are nobody else's business.

Values and errors are here at once; a question is imported when it is asked, so that `--help` does not wait for the database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from archive.errors import (
    AliasError,
    AlreadyThere,
    AmbiguousDocument,
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveNotFound,
    ArchiveTooNew,
    DiskFull,
    GraphTooLarge,
    IndexBroken,
    IndexDiskFull,
    NoPermission,
    NotAnArchive,
    NotStorable,
    QueryError,
    UnknownDocument,
    UnknownFormat,
    UnknownVersion,
)
from archive.graph_values import (
    Cascade,
    CascadeLevel,
    CascadeResult,
    CascadeStep,
    Coverage,
    Disagreement,
    Gaps,
    GapsResult,
    Quotation,
)
from archive.resolution_values import Authority, Change, Evidence, Outcome
from archive.values import (
    Added,
    AmbiguousCitation,
    CitationGraph,
    CitationGroup,
    CitationHit,
    CitedByPlan,
    CitedCount,
    CitedDocument,
    CitesResult,
    Count,
    Document,
    Duty,
    EdgeMention,
    Fact,
    Finding,
    GraphEdge,
    GraphNode,
    Hit,
    Occurrence,
    Place,
    SearchResult,
    Shown,
    Snippet,
    Span,
    Statistics,
    Version,
)

if TYPE_CHECKING:
    from archive.assignments import duties
    from archive.cascades import cascade
    from archive.citation_graph import graph
    from archive.citations import cited_by, cites
    from archive.coverage import gaps
    from archive.disagreements import lint
    from archive.documents import find_document, history, list_documents, show
    from archive.exports import GRAPH_FORMATS, export_graph, graph_png
    from archive.figures import statistics
    from archive.handle import Archive
    from archive.indexing import Progress
    from archive.ingest import add_files, add_paths, add_text, find_files, passed_over, remove, replace
    from archive.maintenance import check, reindex
    from archive.resolution_store import resolve_everything
    from archive.searching import search
    from archive.web_annotations import annotations_of

_HOMES = {
    "archive.assignments": ("duties",),
    "archive.cascades": ("cascade",),
    "archive.citation_graph": ("graph",),
    "archive.citations": ("cited_by", "cites"),
    "archive.documents": ("find_document", "history", "list_documents", "show"),
    "archive.exports": ("GRAPH_FORMATS", "export_graph", "graph_png"),
    "archive.figures": ("statistics",),
    "archive.coverage": ("gaps",),
    "archive.handle": ("Archive",),
    "archive.indexing": ("Progress",),
    "archive.ingest": ("add_files", "add_paths", "add_text", "find_files", "passed_over", "remove", "replace"),
    "archive.disagreements": ("lint",),
    "archive.maintenance": ("check", "reindex"),
    "archive.resolution_store": ("resolve_everything",),
    "archive.searching": ("search",),
    "archive.web_annotations": ("annotations_of",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "GRAPH_FORMATS",
    "Added",
    "AliasError",
    "AlreadyThere",
    "AmbiguousCitation",
    "AmbiguousDocument",
    "Archive",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveNotFound",
    "ArchiveTooNew",
    "Authority",
    "Cascade",
    "CascadeLevel",
    "CascadeResult",
    "CascadeStep",
    "Change",
    "CitationGraph",
    "CitationGroup",
    "CitationHit",
    "CitedByPlan",
    "CitedCount",
    "CitedDocument",
    "CitesResult",
    "Count",
    "Coverage",
    "Disagreement",
    "DiskFull",
    "Document",
    "Duty",
    "EdgeMention",
    "Evidence",
    "Fact",
    "Finding",
    "Gaps",
    "GapsResult",
    "GraphEdge",
    "GraphNode",
    "GraphTooLarge",
    "Hit",
    "IndexBroken",
    "IndexDiskFull",
    "NoPermission",
    "NotAnArchive",
    "NotStorable",
    "Occurrence",
    "Outcome",
    "Place",
    "Progress",
    "QueryError",
    "Quotation",
    "SearchResult",
    "Shown",
    "Snippet",
    "Span",
    "Statistics",
    "UnknownDocument",
    "UnknownFormat",
    "UnknownVersion",
    "Version",
    "add_files",
    "add_paths",
    "add_text",
    "annotations_of",
    "cascade",
    "check",
    "cited_by",
    "cites",
    "duties",
    "export_graph",
    "find_document",
    "find_files",
    "gaps",
    "graph",
    "graph_png",
    "history",
    "lint",
    "list_documents",
    "passed_over",
    "reindex",
    "remove",
    "replace",
    "resolve_everything",
    "search",
    "show",
    "statistics",
]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
