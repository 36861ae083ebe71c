"""The list of errors is the list of errors."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import archive
from archive import errors

LISTED = dict(re.findall(r"^[│ ]*[├└]── (\w+) +([a-z-]+\*?)", errors.__doc__ or "", re.MULTILINE))


def test_the_docstring_lists_exactly_the_errors() -> None:
    kinds = {name: kind for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.ArchiveError)}
    for group in ("ArchiveError", "NothingThere", "NotUnderstood"):
        del kinds[group]
    assert {name: re.sub("^(query|alias|correct|account)-error$", r"\1-*", kind.code) for name, kind in kinds.items()} == LISTED
    assert "errors" in archive.__all__


def test_the_docstring_lists_exactly_the_faults_of_a_query() -> None:
    folder = Path(archive.__file__).parent / "fulltext"
    raised = {code for name in ("query.py", "filters.py") for code in re.findall(r'"(query-[a-z-]+)"', (folder / name).read_text("utf-8"))}
    assert set(re.findall(r"query-[a-z-]+", errors.__doc__ or "")) - {"query-"} == raised
