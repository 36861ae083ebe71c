"""An archive of the fixtures that is built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from terminal_runs import FIXTURES, kehoach


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the fixtures; only to be read."""
    folder = tmp_path_factory.mktemp("terminal") / "archive"
    result = kehoach("add", *sorted(FIXTURES.glob("*.txt")), "--archive", folder)
    assert result.code == 0, result.err
    return folder


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of the archive that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "archive"))
