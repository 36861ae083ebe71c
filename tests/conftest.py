"""What all tests share: the same random texts in every run, and archives that are filled once.

Who runs the tests learns about the program, not about luck; HYPOTHESIS_PROFILE=wide draws anew.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from hypothesis import settings
from sqlalchemy import URL, Engine, create_engine, inspect
from typer.utils import get_params_from_function

from archive import open_archive
from archive.store import database
from kehoach_parser import pipeline
from kehoach_parser.readers import child
from kehoach_parser.restoration.restorer import Restorer
from tests.archive.builders import Filling
from tests.warm import Program, nursery

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("wide", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
#: Where Linux keeps files in memory, and bytes that have to be free there. What an archive acknowledges is on the disk: a commit takes
#: 6 ms on one, 0.04 there, and a third of a millisecond less of the processor. Nobody cuts the power of these tests, but `test_power_cut`,
#: which plays the disk itself.
MEMORY, ROOM = Path("/dev/shm"), 4_000_000_000
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
#: Rooms whose tests start processes and read pages, seconds each.
LONG = tuple(Path(__file__).with_name(room) for room in ("readers", "terminal"))
#: Rooms whose tests are about what becomes of a plan that was read.
KEEPING = tuple(Path(__file__).with_name(room) for room in ("archive", "terminal", "web"))
#: A text is read once for their tests: the same few papers come in over and over, and parsing is a function of the text alone, as
#: `tests/laws` and `tests/parser` hold, where nothing is remembered.
READ_ONCE = lru_cache(2000)(pipeline._spaced)
RESTORED_ONCE = lru_cache(2000)(Restorer.restore)
#: What the processes that read files load, and what they are, by their names.
READERS = "kehoach_parser.readers"
WORKERS = tuple(f"{READERS}.{name}_worker" for name in ("pdf", "table", "document", "image"))
LOADED = (*WORKERS, *(f"{READERS}.{name}" for name in ("docx", "html")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long tests first: the end, where one worker waits for the other, is made of short ones."""
    items.sort(key=lambda item: not any(map(item.path.is_relative_to, LONG)))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the garbage collector looks at it no more, which was a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """The engines of all archives share their compiled statements, which SQLAlchemy keeps by dialect: each archive of a test has an engine
    of its own, and compiling took a sixth of the time."""
    first: dict[str, Engine] = {}

    def sharing(url: URL, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        shared = first.setdefault(engine.dialect.name, engine)
        engine.dialect, engine._compiled_cache = shared.dialect, shared._compiled_cache
        return engine

    with mock.patch("archive.store.database.create_engine", sharing), mock.patch("archive.store.postgresql.create_engine", sharing):
        yield


@pytest.fixture(scope="session", autouse=True)
def commands_read_once() -> Iterator[None]:
    """What Typer reads off the functions of the commands it reads once: it does so for every run of the program, which took a quarter of
    the time of those runs."""
    once = cache(get_params_from_function)
    with mock.patch("typer.main.get_params_from_function", once), mock.patch("typer.completion.get_params_from_function", once):
        yield


@pytest.fixture(scope="session", autouse=True)
def readers_loaded_once() -> Iterator[None]:
    """The processes that read files begin as copies of one that has loaded what they load, which took two thirds of their time. How they
    are limited and ended stays; `test_child` holds that they also begin by themselves."""
    if not hasattr(os, "fork"):
        yield
        return
    with ExitStack() as stack:
        loaded = cache(lambda: stack.enter_context(nursery(*LOADED)))

        def popen(command: list[str], *, env: Mapping[str, str], **options: Any) -> Program | subprocess.Popen[bytes]:
            if "-m" not in command[6:] or command[10] not in WORKERS:
                return subprocess.Popen(command, env=env, **options)
            return Program(loaded(), command[10], command[11:], env, limits=(int(command[4]), int(command[5])))

        stack.enter_context(mock.patch.object(child, "subprocess", SimpleNamespace(**{**vars(subprocess), "Popen": popen})))
        yield


@pytest.fixture(scope="module", autouse=True)
def texts_read_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """In the rooms of KEEPING; reading was a fifth of their time."""
    if not any(map(request.path.is_relative_to, KEEPING)):
        yield
        return
    restored = lambda restorer, text: RESTORED_ONCE(restorer, text)  # noqa: E731  # a function becomes a method, a cache does not
    with mock.patch.object(pipeline, "_spaced", READ_ONCE), mock.patch.object(Restorer, "restore", restored):
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_made_once() -> Iterator[None]:
    """A new archive in a file gets its tables by a copy of the first one's: making them anew took a tenth of the time."""
    first = sqlite3.connect(":memory:")
    made = False

    def migrate(engine: Engine, path: Path | str, *, read_only: bool = False) -> None:
        nonlocal made
        if engine.dialect.name != "sqlite" or read_only:
            database.migrate(engine, path, read_only=read_only)
            return
        with engine.connect() as connection:
            new = not inspect(connection).get_table_names()
            connection.rollback()
            if new and made:
                with suppress(sqlite3.OperationalError):  # a full disk is told by the migrations
                    first.backup(connection.connection.driver_connection)
        database.migrate(engine, path)
        if new and not made:
            with engine.connect() as connection:
                connection.connection.driver_connection.backup(first)
            made = True

    with mock.patch("archive.keep.opening.migrate", migrate):
        yield


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Filling], Path]:
    """The folder of an archive that is filled once for all processes of the tests; only to be read or copied."""
    run = tmp_path_factory.getbasetemp()
    shared = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "shelf"
    shared.mkdir(exist_ok=True)

    def folder(filling: Filling) -> Path:
        kept = shared / f"{filling.__module__}.{filling.__qualname__}"
        if not kept.exists():
            made = tmp_path_factory.mktemp("filled") / "archive"
            with open_archive(made, create=True) as archive:
                filling(archive)
            with suppress(OSError):  # another process was quicker
                made.rename(kept)
        return kept

    return folder


@pytest.fixture
def without_words() -> Iterator[None]:
    """For tests that ask for no word: nothing is indexed, which takes longer than all else that they do."""
    with mock.patch("archive.keep.ingest.index_versions"), mock.patch("archive.keep.correcting.index_versions"):
        yield
