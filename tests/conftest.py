"""What all tests share: the same random texts in every run, and archives that are filled once.

Who runs the tests learns about the program, not about luck; HYPOTHESIS_PROFILE=wide draws anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from archive import open_archive
from tests.archive.builders import Filling

settings.register_profile("steady", derandomize=True)
settings.register_profile("wide", max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Filling], Path]:
    """The folder of an archive that is filled once in each process of the tests; only to be read or copied."""
    folders: dict[Filling, Path] = {}

    def folder(filling: Filling) -> Path:
        if filling not in folders:
            made = tmp_path_factory.mktemp("filled") / "archive"
            with open_archive(made, create=True) as archive:
                filling(archive)
            folders[filling] = made
        return folders[filling]

    return folder
