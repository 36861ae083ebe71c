"""What the tests of the archive share: each has an archive of its own, a copy of one that was filled once.

The archives are files of SQLite; where KEHOACH_TEST_DATABASE is ``postgresql`` they are databases of a server that is started for the run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from archive import Archive, open_archive, reindex
from tests.archive.builders import Filling, nothing
from tests.postgresql import ON_POSTGRESQL, TESTED_ENGINES, Server, server


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL those tests run that open an archive; the others know of no database."""
    if ON_POSTGRESQL:
        opening = [item for item in items if "copied" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in opening])
        items[:] = opening


@pytest.fixture
def engine() -> str:
    """The search engine of the test's archives; modules about searching run with each (`TESTED_ENGINES`)."""
    return TESTED_ENGINES[0]


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of PostgreSQL."""
    with server() as running:
        yield running


#: Makes an archive of a test's own, in a folder, as it is after a filling, and lets go of it at the end; returns what is opened.
Copier = Callable[[Filling, Path, ExitStack], Path | str]


@pytest.fixture(scope="session")
def copied(request: pytest.FixtureRequest, shelf: Callable[[Filling], Path], tmp_path_factory: pytest.TempPathFactory) -> Copier:
    """Copies an archive that was filled once."""
    if not ON_POSTGRESQL:
        return lambda filling, folder, _: shutil.copytree(shelf(filling), folder)
    running: Server = request.getfixturevalue("running")
    made: dict[Filling, tuple[str, Path]] = {}

    def copy(filling: Filling, folder: Path, stack: ExitStack) -> str:
        if filling not in made:
            source = tmp_path_factory.mktemp("filled") / "archive"
            made[filling] = running.filled(filling, source), source
        own = running.copy(*made[filling], folder)
        stack.callback(running.drop, own)
        return running.address(own, folder)

    return copy


@cache
def indexed_by(engine: str, filling: Filling) -> Filling:
    """The same filling of an archive with another engine's index: it is made once, as the archive is filled once."""

    def fill(archive: Archive) -> None:
        reindex(archive, engine=engine)
        filling(archive)

    fill.__module__, fill.__qualname__ = filling.__module__, f"{filling.__qualname__}.{engine}"
    return fill


@pytest.fixture
def filled(copied: Copier, tmp_path: Path, engine: str) -> Iterator[Callable[..., Archive]]:
    """An archive of the test's own as it is after a filling, in ``tmp_path / "archive"`` if no other name is given."""
    with ExitStack() as opened:

        def copy(filling: Filling, name: str = "archive") -> Archive:
            wanted = filling if engine == TESTED_ENGINES[0] else indexed_by(engine, filling)
            return opened.enter_context(open_archive(copied(wanted, tmp_path / name, opened)))

        yield copy


@pytest.fixture
def archive(filled: Callable[..., Archive]) -> Archive:
    """An empty archive."""
    return filled(nothing)
