"""Whether tests hold the numbers of the code: each constant and weight of a room made smaller and larger, run against the room's cases.

usage: constants.py [--verbose] [MODULE ...]

Without MODULE all of ROOMS. Changed are, one at a time: the numbers in constants of a module (but those in LEFT_OUT), the fractions
anywhere in it (weights and certainties), and whole numbers from 4 on that something is compared with. A fraction is halved and doubled, a
whole number up to 8 goes one down and one up, a larger one is halved and doubled. Printed is every change that no test notices, with its
line, and how many of each module are noticed. Each change lives in a forked process that reads the module's source with the other number:
no file is touched. The process it is forked from has run the tests once, so that only the module and what imports it is loaded again.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import os
import re
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, ModuleType

import hypothesis  # what the tests import stands ready in each forked process
import lark  # noqa: F401
import numpy  # noqa: F401
import pytest
import spacy  # noqa: F401
import sqlalchemy  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
#: Folder or module: the tests that are about it; a module that is named itself is asked with its own tests alone.
ROOMS = {
    "kehoach_parser/structure": "parser/test_structure.py parser/test_structure_limits.py parser/test_labels.py parser/test_outline.py "
    "parser/test_organ_heads.py parser/test_head_limits.py parser/test_long_line_limits.py",
    "kehoach_parser/text": "parser/test_quality.py parser/test_structure.py parser/test_structure_limits.py parser/test_fold.py "
    "parser/test_segmentation.py parser/test_lost_blanks.py parser/test_letters_apart.py parser/test_marks.py",
    "kehoach_parser/text/flowing.py": "readers/test_flowing_lines.py",
    "kehoach_parser/tables": "parser/test_tables.py",
    "kehoach_parser/dates": "parser/test_dates.py parser/test_deadlines.py",
    "kehoach_parser/units": "parser/test_units.py parser/test_unit_identity.py parser/test_unit_history.py",
    "kehoach_parser/duties": "parser/test_duties.py parser/test_duty_limits.py parser/test_duty_names.py "
    "parser/test_deadlines.py parser/test_register.py",
    "kehoach_parser/citations": "parser/test_citations.py parser/test_citation_limits.py parser/test_short_forms.py",
    "kehoach_parser/symbols": "parser/test_symbols.py parser/test_identity.py",
    "kehoach_parser/readers/layout.py": "readers/test_page_layout.py",
    "kehoach_parser/readers/cell_lines.py": "readers/test_cut_row_limits.py",
    "kehoach_parser/readers/compose.py": "readers/test_page_layout.py readers/test_page_distances.py",
    "kehoach_parser/readers/cut_rows.py": "readers/test_cut_row_limits.py",
    "kehoach_parser/readers/docx_numbering.py": "readers/test_marked_up_limits.py",
    "kehoach_parser/readers/encodings.py": "readers/test_encoding_limits.py",
    "kehoach_parser/readers/grid.py": "readers/test_marked_up_limits.py",
    "kehoach_parser/readers/html.py": "readers/test_marked_up_limits.py",
    "kehoach_parser/readers/image_worker.py": "readers/test_picture_limits.py",
    "kehoach_parser/readers/limits.py": "readers/test_office_sizes.py",
    "kehoach_parser/readers/ocr.py": "readers/test_scan_limits.py",
    "kehoach_parser/readers/ocr_repairs.py": "readers/test_scan_limits.py",
    "kehoach_parser/readers/page_tables.py": "readers/test_picture_limits.py",
    "kehoach_parser/readers/pdf.py": "readers/test_picture_limits.py",
    "kehoach_parser/readers/pdf_words.py": "readers/test_pdf_words.py readers/test_letter_places.py",
    "kehoach_parser/readers/signatures.py": "readers/test_picture_limits.py",
    "kehoach_parser/readers/split_title.py": "readers/test_page_distances.py",
    "kehoach_parser/readers/text_layer.py": "readers/test_text_layer.py readers/test_pdf_words.py",
    "kehoach_parser/restoration/channel_training.py": "parser/test_restoration_model.py parser/test_training_limits.py",
    "kehoach_parser/restoration/language.py": "parser/test_training_limits.py parser/test_restored_lines.py",
    "kehoach_parser/restoration/training.py": "parser/test_training_limits.py",
    "kehoach_parser/restoration/gate.py": "parser/test_restoration_limits.py",
    "kehoach_parser/restoration/alignment.py": "parser/test_restoration_limits.py",
    "kehoach_parser/restoration/plan_fields.py": "parser/test_restoration_limits.py",
    "kehoach_parser/restoration/printed_words.py": "parser/test_restoration_limits.py",
    "kehoach_parser/restoration/channel.py": "parser/test_restoration_limits.py parser/test_restored_lines.py",
    "kehoach_parser/restoration/decoding.py": "parser/test_restoration_limits.py parser/test_restored_lines.py",
    "kehoach_parser/restoration/lookalikes.py": "parser/test_restored_lines.py",
    "kehoach_parser/restoration/mending.py": "parser/test_mending_limits.py",
    "kehoach_parser/restoration/restorer.py": "parser/test_restoration_limits.py parser/test_restored_lines.py",
    "archive/amend/anchors.py": "archive/test_likeness_limits.py",
    "archive/amend/duties.py": "archive/test_laying.py",
    "archive/amend/fields.py": "archive/test_laying.py",
    "archive/amend/heads.py": "archive/test_laying.py",
    "archive/amend/mentions.py": "archive/test_laying.py",
    "archive/amend/plans.py": "archive/test_laying.py",
    "archive/amend/said.py": "archive/test_laying.py",
    "archive/amend/targets.py": "archive/test_laying.py",
    "archive/ask/disagreements.py": "archive/test_archive_disagreements.py::test_about_seventy_code_points_are_quoted_beside_a_place",
    "archive/ask/documents.py": "archive/test_how_many.py",
    "archive/ask/duty_fit.py": "archive/test_duty_fit.py",
    "archive/ask/facets.py": "archive/test_facets.py",
    "archive/ask/lineage.py": "archive/test_how_many.py",
    "archive/ask/overview.py": "archive/test_archive_picture.py",
    "archive/ask/paper_disagreements.py": "archive/test_archive_disagreements.py",
    "archive/ask/review.py": "archive/test_urgency.py",
    "archive/ask/statistics.py": "archive/test_how_many.py",
    "archive/ask/terms.py": "archive/test_duty_fit.py",
    "archive/ask/units.py": "archive/test_how_many.py",
    "archive/common/cursors.py": "archive/test_pages.py",
    "archive/common/deadlines.py": "archive/test_urgency.py",
    "archive/common/differences.py": "terminal/test_diff.py archive/test_one_paper_once.py",
    "archive/common/doubts.py": "archive/test_archive_limits.py",
    "archive/common/excerpts.py": "archive/test_archive_words.py",
    "archive/common/sameness.py": "archive/test_likeness_limits.py",
    "archive/common/sure_citations.py": "archive/test_archive_disagreements.py::test_what_was_read_with_doubt_is_held_against_nothing",
    "archive/common/words.py": "archive/test_archive_words.py",
    "archive/common/words_asked.py": "archive/test_words_asked.py",
    "archive/export/register_files.py": "archive/test_archive_register.py::test_workbook_is_ready_to_print",
    "archive/export/web_annotations.py": "archive/test_archive_limits.py",
    "archive/fulltext/filters.py": "archive/test_query.py",
    "archive/fulltext/occurrences.py": "archive/test_occurrences.py archive/test_archive_words.py",
    "archive/fulltext/query.py": "archive/test_query_limits.py",
    "archive/keep/copies.py": "archive/test_archive_limits.py",
    "archive/keep/jobs.py": "web/test_adding.py::test_a_worker_that_died_begins_anew_and_gives_up_what_kills_it "
    "web/test_adding.py::test_what_ended_long_ago_is_forgotten_but_for_the_last",
    "archive/resolve": "archive/test_evidence.py archive/test_alike.py archive/test_how_many.py archive/test_identity_cases.py",
    "archive/store/duty_ids.py": "archive/test_duty_states.py",
    "archive/store/duty_rows.py": "archive/test_archive_limits.py",
    "archive/store/duty_states.py": "archive/test_duty_states.py",
    "archive/store/pending.py": "archive/test_archive_pending.py terminal/test_pending.py",
    "archive/terminal": "terminal/test_how_much.py",
    "archive/web": "web/test_page_sizes.py",
    "archive/web/people.py": "archive/test_archive_limits.py",
    "archive/web/reading.py": "web/test_plan_page.py",
    "archive/web/safety.py": "web/test_safety.py",
    "archive/web/sessions.py": "web/test_accounts.py",
    "archive/web/unchanged.py": "web/test_unchanged.py",
}
#: Constants that are not asked, by the reason: module and names, "*" for all of its numbers.
LEFT_OUT = {
    "how long is waited, or kept by a browser": {
        "kehoach_parser/readers/limits.py": "PDF_SECONDS PDF_SECONDS_A_PAGE PAGE_SECONDS DOCUMENT_SECONDS OFFICE_SECONDS",
        "kehoach_parser/readers/as_one.py": "_SECONDS_A_PICTURE",
        "kehoach_parser/readers/images.py": "_SECONDS",
        "kehoach_parser/readers/pdf.py": "_SECONDS_A_TABLE",
        "kehoach_parser/readers/tesseract.py": "_SECONDS_TO_ASK",
        "archive/common/patience.py": "SECONDS",
        "archive/fulltext/tantivy_engine.py": "_LOCK_SECONDS",
        "archive/fulltext/whoosh_engine/__init__.py": "_LOCK_SECONDS",
        "archive/keep/cluster.py": "_CONNECT_SECONDS",
        "archive/keep/jobs.py": "_PAUSE",
        "archive/store/database.py": "BUSY_TIMEOUT_SECONDS",
        "archive/store/postgresql.py": "_CONNECT_SECONDS",
        "archive/web/pages_add.py": "_AGAIN",
        "archive/web/pages_paper.py": "_HOURS",
        "archive/web/site.py": "_YEAR",
        "archive/web/worker.py": "_PAUSE _END",
    },
    "how much memory a process may have": {
        "kehoach_parser/readers/limits.py": "PROCESS_MEMORY",
        "kehoach_parser/readers/office.py": "_MEMORY",
        "kehoach_parser/readers/document_worker.py": "_FRAMES _STACK",
        "archive/fulltext/tantivy_engine.py": "_HEAP_BYTES",
        "archive/fulltext/whoosh_engine/__init__.py": "_MEMORY_MB",
    },
    "how pictures are drawn for OCR: measured, minutes a change": {
        "kehoach_parser/readers/limits.py": "DPI SMOOTHED",
        "kehoach_parser/readers/image_worker.py": "_LOSSY _GOOD",
        "kehoach_parser/readers/page_picture.py": "_DPI",
    },
    "how much is taken at once, or kept at hand; no answer depends on it": {
        "archive/amend/anchors.py": "_MOST",
        "archive/ask/duties.py": "_HELPINGS _TOGETHER",
        "archive/ask/citations.py": "_HELPINGS _SORTED",
        "archive/ask/duty_filters.py": "_MONTHS",
        "archive/ask/duty_page.py": "_TOGETHER",
        "archive/ask/facets.py": "_FEW",
        "archive/ask/proposals.py": "_TOGETHER",
        "archive/ask/register.py": "_TOGETHER",
        "archive/ask/revisions.py": "_TOGETHER",
        "archive/ask/units.py": "_VALUES",
        "archive/ask/units_below.py": "_FEW _COMMON",
        "archive/ask/lineage.py": "_VALUES",
        "archive/fulltext/indexing.py": "BATCH LARGE_BATCH",
        "archive/fulltext/postgresql_engine.py": "_PLACES _OVERLAP _BATCH",
        "archive/fulltext/tantivy_engine.py": "_BATCH",
        "archive/fulltext/whoosh_engine/__init__.py": "_BATCH",
        "archive/keep/backup.py": "_PIECE",
        "archive/keep/ingest.py": "_LETTERS",
        "archive/keep/preparing.py": "FEW _TEXTS _AHEAD",
        "archive/store/copying.py": "_ROWS",
        "archive/store/database.py": "MANY _STEPS",
        "archive/store/kept.py": "_MOST _USUAL",
        "archive/store/versions.py": "_MANY",
        "archive/terminal/register_sheet.py": "_TOGETHER",
        "archive/web/pages_documents.py": "_KEPT",
        "archive/web/pages_paper.py": "_KEPT",
        "archive/web/processes.py": "_CONCURRENT",
        "archive/web/site.py": "_AT_ONCE _PAGES_AT_ONCE _MOST_KEPT",
        "archive/web/suggestions.py": "_MENTIONS _UNITS",
    },
    "how wide letters of Times are: facts of the font": {
        "kehoach_parser/readers/ocr_repairs.py": "_SMALL _LARGE _DIGIT _STROKE _SIGN _SMALL_STROKE _BRACKETS",
    },
    "what is so outside of this program: other programs, HTTP, the digits of a keyboard": {
        "archive/export/linked_data.py": "_DATE_TYPES",
        "archive/terminal/reviewing.py": "PICKED",
        "archive/web/pages_review.py": "PICKED",
        "archive/web/safety.py": "REFUSALS",
        "archive/web/site.py": "_STATUS",
        "archive/export/long_rows.py": "_HIGHEST",
        "archive/export/register_files.py": "_PAPER_A4",
        "archive/terminal/commands_backup.py": "_MEGABYTE",
        "archive/terminal/commands_web.py": "PORT _MOST_PORT",
    },
    "how a drawing, a sheet or a screen looks: seen by eye": {
        "archive/export/graph_layout.py": "*",
        "archive/export/long_rows.py": "_LINE _FIT _EDGE",
        "archive/export/picture.py": "*",
        "archive/export/register_files.py": "_LINE _MARGINS",
        "archive/web/marking.py": "_DEEPEST",
        "archive/terminal/page_progress.py": "_NAME",
        "archive/terminal/paper.py": "GAP COLUMN FIELD",
        "archive/terminal/print_follow.py": "STEP",
        "archive/terminal/register_sheet.py": "COLUMNS SIZE",
        "archive/web/pages_search.py": "_WIDTHS",
    },
    "how many words or letters of something a line of the terminal shows": {
        "archive/terminal/commands_pending.py": "_SHOWN_OF_HASH",
        "archive/terminal/corrected.py": "PRINTED_WORDS",
        "archive/terminal/plan_tree.py": "FIRST_WORDS",
        "archive/terminal/print_cites.py": "TITLE_WORDS",
        "archive/terminal/print_duties.py": "TASK_WORDS",
        "archive/terminal/register_back.py": "WORDS",
        "archive/terminal/register_sheet.py": "SUMMARY_WORDS",
        "archive/terminal/runner.py": "_SHOWN",
        "archive/terminal/session.py": "UNLIMITED",
        "archive/terminal/shown.py": "SHORT_PLACE",
        "archive/terminal/wording.py": "_BESIDE",
    },
    "limits of effort far beyond what is asked for: what lies behind is found by narrowing": {
        "archive/ask/overview.py": "EXPLORED",
        "archive/export/register_files.py": "CELL ROWS",
        "archive/export/register_reading.py": "_MOST",
        "archive/keep/jobs.py": "_LAST",
        "archive/web/api.py": "_FARTHEST",
        "archive/web/pages_add.py": "MOST MOST_FILES _LATELY",
        "archive/web/pages_cited.py": "_SHOWN",
        "archive/web/pages_duties.py": "MOST",
        "archive/web/pages_keeping.py": "MANY",
        "archive/web/pages_review.py": "_FARTHEST",
        "archive/web/pages_search.py": "MOST_EXPORTED",
        "archive/web/visit.py": "MOST_PAGES",
    },
    "how long a word is that nobody is to guess": {
        "archive/common/cursors.py": "_MARK",
        "archive/web/visit.py": "PROOF",
    },
    "a version, or the form of what is kept: with another number it is made anew": {
        "kehoach_parser/model.py": "VERSION",
        "kehoach_parser/restoration/model.py": "_FORMAT",
        "kehoach_parser/readers/ocr.py": "_FORM",
        "archive/fulltext/query.py": "VERSION",
        "archive/fulltext/postgresql_engine.py": "INDEX_VERSION",
        "archive/fulltext/tantivy_engine.py": "INDEX_VERSION",
        "archive/fulltext/whoosh_engine/__init__.py": "INDEX_VERSION",
        "archive/keep/backup.py": "VERSION",
        "archive/store/duty_index.py": "_ROOM",
        "archive/store/tables.py": "PROJECTION",
    },
}
#: Left out: soup of chance, which asks for nothing in particular, the same cases in another order or with another bound of the cost, what
#: trains a model for a minute.
WITHOUT = "not soup and not any_text and not order_of_arrival and not archive_is_kept and not bounds_the_cost"
#: Tests that take longer, in seconds of the processor, never end, which is noticed.
LONGEST = 120
_PARTS = tuple(ROOT / part for part in ("kehoach_parser", "archive", "scripts", "tests", "cli.py"))
#: How a process ends in which this program failed, not a test.
_BROKEN = 99
_CONSTANT = re.compile(r"_?[A-Z][A-Z_0-9]*")


@dataclass(frozen=True, slots=True)
class Change:
    """A number of a module, by its place, and what stands in place of it."""

    module: str
    line: int
    column: int
    old: float
    new: float


def numbers(tree: ast.Module, without: frozenset[str]) -> Iterator[ast.Constant]:
    """The numbers that something depends on; 0 and 1 of counting, indices and slices are none, nor are constants of these names."""
    seen = set(_within(tree, without))
    for node in ast.walk(tree) if "*" not in without else ():
        if isinstance(node, ast.Assign | ast.AnnAssign) and node in tree.body and node.value is not None and _is_constant(node):
            found = [each for each in _outside_indices(node.value) if isinstance(each.value, int | float)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, float) and node.value:
            found = [node]
        elif isinstance(node, ast.Compare):
            found = [
                each for each in node.comparators if isinstance(each, ast.Constant) and isinstance(each.value, int) and each.value >= 4
            ]
        else:
            continue
        for each in found:
            if not isinstance(each.value, bool) and id(each) not in seen:
                seen.add(id(each))
                yield each


def _within(tree: ast.Module, names: frozenset[str]) -> Iterator[int]:
    """What stands in the constants of these names; of several in one line each has its own value."""
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        pairs: Iterable[tuple[ast.expr, ast.expr]] = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = zip(target.elts, node.value.elts, strict=True)
        for each, value in pairs:
            if isinstance(each, ast.Name) and each.id in names:
                yield from map(id, ast.walk(value))


def _is_constant(node: ast.Assign | ast.AnnAssign) -> bool:
    return all(map(_CONSTANT.fullmatch, _names(node)))


def _names(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


def _outside_indices(node: ast.AST) -> Iterator[ast.Constant]:
    """The constants of an expression, those in subscripts, lambdas and keywords such as ``start=1`` left out."""
    if isinstance(node, ast.Constant):
        yield node
    elif not isinstance(node, ast.Subscript | ast.Lambda | ast.keyword | ast.GeneratorExp):
        for child in ast.iter_child_nodes(node):
            yield from _outside_indices(child)


def changes(module: str) -> Iterator[Change]:
    """A smaller and a larger number for each of the module."""
    without = frozenset(name for left in LEFT_OUT.values() for name in left.get(module, "").split())
    for node in numbers(ast.parse(Path(module).read_text(encoding="utf-8")), without):
        old = node.value
        assert isinstance(old, int | float)
        near = isinstance(old, int) and abs(old) <= 8
        for new in (old - 1, old + 1) if near else (old // 2 if isinstance(old, int) else old / 2, old * 2):
            if new != old:
                yield Change(module, node.lineno, node.col_offset, old, new)


class _Changed(ast.NodeTransformer):
    def __init__(self, change: Change) -> None:
        self._change = change

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        change = self._change
        if (node.lineno, node.col_offset) == (change.line, change.column) and type(node.value) is type(change.old):
            return ast.copy_location(ast.Constant(change.new), node)
        return node


class _Loader(SourceFileLoader):
    """Reads the module with the change, past any compiled file."""

    def __init__(self, name: str, path: str, change: Change) -> None:
        super().__init__(name, path)
        self._change = change

    def get_code(self, fullname: str) -> CodeType:
        tree = _Changed(self._change).visit(ast.parse(self.get_data(self.path)))
        return compile(tree, self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, change: Change) -> None:
        self._change = change
        self.name = change.module.removesuffix(".py").replace("/", ".")

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, self._change)
        return spec


def _passes(tests: Sequence[str], folder: Path) -> bool:
    """Whether the tests pass; prints nothing. ``folder`` is where they keep their files."""
    sys.stdout.flush()
    kept, null = [os.dup(1), os.dup(2)], os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    # What tests of archives share imports all of the archive; the archives themselves are filled by the run without a change.
    shared = any(name.startswith(("tests/archive", "tests/web", "tests/terminal")) for name in tests)
    options = [f"--basetemp={folder / str(os.getpid())}"] if shared else ["--noconftest"]
    passed = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *options, "-k", WITHOUT, *tests]) == 0
    for number, file in enumerate(kept, 1):
        os.dup2(file, number)
    return passed


def notices(change: Change, tests: Sequence[str], folder: Path) -> bool:
    """Whether a test fails with the change; ``folder`` as in `_passes`."""
    finder = _Finder(change)
    gone = _of(finder.name)
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status != _BROKEN, f"{change} could not be made"
        return status != 0
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    status = _BROKEN
    try:
        sys.meta_path.insert(0, finder)
        _forget(gone)
        status = not _passes(tests, folder)
    finally:
        os._exit(status)


def _of(changed: str) -> set[str]:
    """A module, whatever imports it, and the tests."""
    imports = {name: set(_imports(name, path)) for name, path in _own().items()}
    gone = {changed}
    while more := {name for name, imported in imports.items() if not gone.isdisjoint(imported)} - gone:
        gone |= more
    return gone | {name for name, path in _own().items() if path.is_relative_to(ROOT / "tests")}


def _forget(modules: set[str]) -> None:
    """Unloads modules, so that they are read anew. A package that loads its names when they are asked for stays, without those of these
    modules: another package of its name would not have the modules below it that stay."""
    for name in modules & sys.modules.keys():
        package = sys.modules[name]
        if package.__file__ and Path(package.__file__).with_suffix(".pyi").exists():
            for each, value in list(vars(package).items()):
                if getattr(value, "__module__", None) in modules:
                    delattr(package, each)
            continue
        del sys.modules[name]
        above, _, last = name.rpartition(".")
        vars(sys.modules.get(above, ModuleType(""))).pop(last, None)


def _own() -> dict[str, Path]:
    """The modules of this project that are loaded, by name."""
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    paths = {name: Path(file) for name, file in files.items() if file}
    return {name: path for name, path in paths.items() if any(map(path.is_relative_to, _PARTS))}


@cache
def _imports(name: str, path: Path) -> tuple[str, ...]:
    """What a module imports anywhere in it, and what the stub beside it names: that is imported when it is asked for."""
    found: list[str] = []
    for file in (path, path.with_suffix(".pyi")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if file.exists() else ():
            if isinstance(node, ast.Import):
                found += [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                above = ".".join(filter(None, (name if node.level else "", node.module)))  # "from ." stands in stubs alone
                found += [above, *(f"{above}.{each.name}" for each in node.names)]
    return tuple(found)


def run(module: str, tests: Sequence[str], folder: Path, verbose: bool) -> tuple[int, int]:
    """How many changes of a module are noticed, and how many there are."""
    every = list(changes(module))
    unnoticed = []
    if every:
        assert not notices(replace(every[0], new=every[0].old), tests, folder), f"the tests fail where {module} is loaded again as it is"
    for change in every:
        seen = notices(change, tests, folder)
        if not seen:
            unnoticed.append(change)
        if verbose or not seen:
            line = Path(module).read_text(encoding="utf-8").splitlines()[change.line - 1].strip()
            print(f"{'  noticed' if seen else 'UNNOTICED'} {module}:{change.line}  {change.old} -> {change.new}  {line[:90]}", flush=True)
    return len(every) - len(unnoticed), len(every)


def _asked(room: str, named: str, folder: Path, asked: argparse.Namespace) -> Iterator[tuple[str, int, int]]:
    """The modules of a room that are asked for, how many of their changes are noticed, and how many there are."""
    tests = [str(Path("tests", name)) for name in named.split()]
    inside = sorted(map(str, Path(room).glob("*.py"))) if Path(room).is_dir() else [room]
    modules = [module for module in inside if module == room or module not in ROOMS]
    chosen = [module for module in modules if not asked.modules or module in asked.modules]
    if chosen:
        assert _passes(tests, folder), f"the tests of {room} fail without a change"
    yield from ((module, *run(module, tests, folder, asked.verbose)) for module in chosen)


def main() -> None:
    """All modules of the rooms, or those named."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument("modules", nargs="*", default=[], metavar="MODULE")
    asked = arguments.parse_args()
    hypothesis.settings.register_profile("steady", derandomize=True)
    hypothesis.settings.load_profile("steady")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["PYTEST_XDIST_WORKER"] = "alone"  # by which the tests' shelf stands beside each run's own folder (`tests/conftest.py`)
    with TemporaryDirectory() as folder:
        totals = [total for room, named in ROOMS.items() for total in _asked(room, named, Path(folder), asked)]
    print("\n| module | changes | noticed |\n|---|---|---|")
    print("\n".join(f"| `{module}` | {every} | {seen} |" for module, seen, every in totals if every))


if __name__ == "__main__":
    main()
