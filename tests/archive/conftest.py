"""What the tests of the archive share: each has an archive of its own, a copy of one that was filled once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from archive import Archive, open_archive, reindex
from archive.fulltext.indexing import engine_of
from tests.archive.builders import Filling, nothing


@pytest.fixture
def engine() -> str:
    """The search engine of the test's archives; modules about searching run with each (`indexing.ENGINES`)."""
    return "whoosh"


@pytest.fixture
def filled(shelf: Callable[[Filling], Path], tmp_path: Path, engine: str) -> Iterator[Callable[..., Archive]]:
    """An archive of the test's own as it is after a filling, in ``tmp_path / "archive"`` if no other name is given."""
    with ExitStack() as opened:

        def copy(filling: Filling, name: str = "archive") -> Archive:
            handle = opened.enter_context(open_archive(shutil.copytree(shelf(filling), tmp_path / name)))
            if engine != engine_of(handle):
                reindex(handle, engine=engine)
            return handle

        yield copy


@pytest.fixture
def archive(filled: Callable[..., Archive]) -> Archive:
    """An empty archive."""
    return filled(nothing)
