"""The archive: values to disk and back, and every question asked of them. Names that are not exported here are nobody else's business.

Values and errors are here at once; a question is imported when it is asked, so that `--help` does not wait for the database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from archive.duty_values import Partner, Report, Task, UnitPage, UnitSummary
from archive.errors import (
    AliasError,
    AlreadyThere,
    AmbiguousDocument,
    AmbiguousPending,
    AmbiguousUnit,
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveNotFound,
    ArchiveTooNew,
    BadDate,
    DiskFull,
    GraphTooLarge,
    IndexBroken,
    IndexDiskFull,
    NoPermission,
    NotAnArchive,
    NotStorable,
    QueryError,
    TooFewCleanTexts,
    UnknownDocument,
    UnknownFormat,
    UnknownPending,
    UnknownUnit,
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
    PagePlace,
    Pending,
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
    from archive.deadline_calendar import Entry, calendar_file, has_day, is_placed_by_us
    from archive.disagreements import lint
    from archive.documents import find_document, history, list_documents, show
    from archive.exports import GRAPH_FORMATS, export_graph, graph_png
    from archive.figures import statistics
    from archive.handle import Archive
    from archive.indexing import Progress
    from archive.ingest import (
        PageStep,
        add_bytes,
        add_files,
        add_paths,
        add_text,
        find_files,
        passed_over,
        remove,
        replace,
        retry_pending,
    )
    from archive.maintenance import check, reindex
    from archive.originals import read_original
    from archive.pages_places import places_on_pages
    from archive.pending import forget_pending, list_pending
    from archive.register import tasks_of
    from archive.register_files import Cell, Sheet, sheet_csv, sheet_xlsx
    from archive.resolution_store import resolve_everything
    from archive.restorers import restorer_of, train_restorer
    from archive.searching import search
    from archive.unit_questions import unit_page, units
    from archive.web_annotations import annotations_of

_HOMES = {
    "archive.assignments": ("duties",),
    "archive.deadline_calendar": ("Entry", "calendar_file", "has_day", "is_placed_by_us"),
    "archive.cascades": ("cascade",),
    "archive.citation_graph": ("graph",),
    "archive.citations": ("cited_by", "cites"),
    "archive.documents": ("find_document", "history", "list_documents", "show"),
    "archive.exports": ("GRAPH_FORMATS", "export_graph", "graph_png"),
    "archive.figures": ("statistics",),
    "archive.coverage": ("gaps",),
    "archive.handle": ("Archive",),
    "archive.indexing": ("Progress",),
    "archive.ingest": (
        "PageStep",
        "add_bytes",
        "add_files",
        "add_paths",
        "add_text",
        "find_files",
        "passed_over",
        "remove",
        "replace",
        "retry_pending",
    ),
    "archive.disagreements": ("lint",),
    "archive.maintenance": ("check", "reindex"),
    "archive.originals": ("read_original",),
    "archive.pages_places": ("places_on_pages",),
    "archive.pending": ("forget_pending", "list_pending"),
    "archive.resolution_store": ("resolve_everything",),
    "archive.register": ("tasks_of",),
    "archive.register_files": ("Cell", "Sheet", "sheet_csv", "sheet_xlsx"),
    "archive.restorers": ("restorer_of", "train_restorer"),
    "archive.searching": ("search",),
    "archive.unit_questions": ("unit_page", "units"),
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
    "AmbiguousPending",
    "AmbiguousUnit",
    "Archive",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveNotFound",
    "ArchiveTooNew",
    "Authority",
    "BadDate",
    "Cascade",
    "CascadeLevel",
    "CascadeResult",
    "CascadeStep",
    "Cell",
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
    "Entry",
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
    "PagePlace",
    "PageStep",
    "Partner",
    "Pending",
    "Place",
    "Progress",
    "QueryError",
    "Quotation",
    "Report",
    "SearchResult",
    "Sheet",
    "Shown",
    "Snippet",
    "Span",
    "Statistics",
    "Task",
    "TooFewCleanTexts",
    "UnitPage",
    "UnitSummary",
    "UnknownDocument",
    "UnknownFormat",
    "UnknownPending",
    "UnknownUnit",
    "UnknownVersion",
    "Version",
    "add_bytes",
    "add_files",
    "add_paths",
    "add_text",
    "annotations_of",
    "calendar_file",
    "cascade",
    "check",
    "cited_by",
    "cites",
    "duties",
    "export_graph",
    "find_document",
    "find_files",
    "forget_pending",
    "gaps",
    "graph",
    "graph_png",
    "has_day",
    "history",
    "is_placed_by_us",
    "lint",
    "list_documents",
    "list_pending",
    "passed_over",
    "places_on_pages",
    "read_original",
    "reindex",
    "remove",
    "replace",
    "resolve_everything",
    "restorer_of",
    "retry_pending",
    "search",
    "sheet_csv",
    "sheet_xlsx",
    "show",
    "statistics",
    "tasks_of",
    "train_restorer",
    "unit_page",
    "units",
]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
