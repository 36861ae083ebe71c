from . import errors, values
from .ask.cascades import cascade
from .ask.choices import choices_among
from .ask.citations import cited_by, cites, citing
from .ask.corrections import corrections
from .ask.coverage import gaps
from .ask.differences import diff
from .ask.disagreements import lint
from .ask.document_page import document_page
from .ask.documents import find_document, history, list_documents, show
from .ask.doubtful import doubtful_documents
from .ask.duties import duties
from .ask.duty_page import duty_page, lost_duties
from .ask.facets import facets
from .ask.graph import graph
from .ask.listing import find_documents
from .ask.overview import graph_overview
from .ask.page_pictures import draw_passage, page_picture
from .ask.page_places import paper_pages, places_on_pages
from .ask.proposals import proposals
from .ask.register import register, tasks_of
from .ask.replaced import replaced
from .ask.review import review_queue
from .ask.revisions import revisions
from .ask.statistics import statistics
from .ask.units import unit_hints, unit_page, units
from .export.calendar import calendar_file
from .export.formats import GRAPH_FORMATS, PICTURES, export_graph, graph_png
from .export.register_files import sheet_csv, sheet_csv_lines, sheet_xlsx
from .export.register_reading import read_register
from .export.tables_page import tables_html
from .export.web_annotations import annotations_of
from .fulltext.ask import search
from .keep.backup import back_up, restore_backup
from .keep.correcting import correct
from .keep.duty_changes import place_duty, set_duties, set_duty
from .keep.files import find_files
from .keep.ingest import add_bytes, add_files, add_paths, add_text, replace, retry_pending
from .keep.jobs import list_jobs, queue_file, serve_jobs, work_jobs
from .keep.joining import join, split
from .keep.maintenance import check, reindex, repair
from .keep.moving import move
from .keep.opening import open_archive
from .keep.own_restorer import restorer_of, train_restorer
from .keep.reparsing import read_by_older, reparse
from .keep.sharing import export_corrections, import_corrections
from .keep.trash import empty_trash, list_trash, remove, restore_document
from .keep.undo import undo
from .resolve.overlay import resolve_everything
from .store.decisions import decisions
from .store.handle import Archive
from .store.journal import entries
from .store.kept import kept
from .store.originals import has_original, read_original
from .store.pending import forget_pending, list_pending
from .store.places import is_address, place_name

__all__ = [
    "GRAPH_FORMATS",
    "PICTURES",
    "Archive",
    "add_bytes",
    "add_files",
    "add_paths",
    "add_text",
    "annotations_of",
    "back_up",
    "calendar_file",
    "cascade",
    "check",
    "choices_among",
    "cited_by",
    "cites",
    "citing",
    "correct",
    "corrections",
    "decisions",
    "diff",
    "document_page",
    "doubtful_documents",
    "draw_passage",
    "duties",
    "duty_page",
    "empty_trash",
    "entries",
    "errors",
    "export_corrections",
    "export_graph",
    "facets",
    "find_document",
    "find_documents",
    "find_files",
    "forget_pending",
    "gaps",
    "graph",
    "graph_overview",
    "graph_png",
    "has_original",
    "history",
    "import_corrections",
    "is_address",
    "join",
    "kept",
    "lint",
    "list_documents",
    "list_jobs",
    "list_pending",
    "list_trash",
    "lost_duties",
    "move",
    "open_archive",
    "page_picture",
    "paper_pages",
    "place_duty",
    "place_name",
    "places_on_pages",
    "proposals",
    "queue_file",
    "read_by_older",
    "read_original",
    "read_register",
    "register",
    "reindex",
    "remove",
    "repair",
    "reparse",
    "replace",
    "replaced",
    "resolve_everything",
    "restore_backup",
    "restore_document",
    "restorer_of",
    "retry_pending",
    "review_queue",
    "revisions",
    "search",
    "serve_jobs",
    "set_duties",
    "set_duty",
    "sheet_csv",
    "sheet_csv_lines",
    "sheet_xlsx",
    "show",
    "split",
    "statistics",
    "tables_html",
    "tasks_of",
    "train_restorer",
    "undo",
    "unit_hints",
    "unit_page",
    "units",
    "values",
    "work_jobs",
]
