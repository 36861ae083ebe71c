"""The archive of the fixtures, to be read or changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archive.builders import Filling, add_fixtures


@pytest.fixture(scope="session")
def built(shelf: Callable[[Filling], Path]) -> Path:
    """An archive of the fixtures; only to be read."""
    return shelf(add_fixtures)


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of the archive that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "archive"))
