"""What the tests of the archive share: each has an archive of its own, a copy of one that was filled once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from archive import Archive, open_archive
from tests.archive.builders import Filling, nothing


@pytest.fixture
def filled(shelf: Callable[[Filling], Path], tmp_path: Path) -> Iterator[Callable[..., Archive]]:
    """An archive of the test's own as it is after a filling, in ``tmp_path / "archive"`` if no other name is given."""
    with ExitStack() as opened:

        def copy(filling: Filling, name: str = "archive") -> Archive:
            return opened.enter_context(open_archive(shutil.copytree(shelf(filling), tmp_path / name)))

        yield copy


@pytest.fixture
def archive(filled: Callable[..., Archive]) -> Archive:
    """An empty archive."""
    return filled(nothing)
