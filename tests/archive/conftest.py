"""What the tests of the archive share: archives that many of them begin with are filled once, and copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from archive import Archive, open_archive

#: Puts papers into an archive.
Filling = Callable[[Archive], object]


def nothing(archive: Archive) -> None:
    """The filling of an empty archive."""


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Filling], Path]:
    """The folder of an archive that was filled once; only to be copied."""
    folders: dict[Filling, Path] = {}

    def folder(filling: Filling) -> Path:
        if filling not in folders:
            made = tmp_path_factory.mktemp("filled") / "archive"
            with open_archive(made, create=True) as archive:
                filling(archive)
            folders[filling] = made
        return folders[filling]

    return folder


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
