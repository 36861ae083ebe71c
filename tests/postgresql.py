"""A PostgreSQL server of the tests' own, and archives on it: each a database, copied from one that was filled once."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import text

from archive import Archive, open_archive
from archive.fulltext.engines import ENGINES, POSTGRESQL
from archive.store.database import writing
from archive.store.places import POINTER
from tests.archive.builders import Filling

#: Whether the archives of the tests are databases of PostgreSQL, and the search engines that tests of searching run with.
ON_POSTGRESQL = os.environ.get("KEHOACH_TEST_DATABASE") == POSTGRESQL
#: Marks tests of what only a database that is a file has.
of_a_file = pytest.mark.skipif(ON_POSTGRESQL, reason="of a database that is a file")
TESTED_ENGINES = (POSTGRESQL,) if ON_POSTGRESQL else ENGINES

#: Where Debian has the server's programs, newest first; elsewhere they are on the path.
_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_USER = "kehoach"
#: Bytes that a server and the databases of one test after the other need.
_ROOM = 2_000_000_000


def programs() -> Path | None:
    """The folder of the server's programs, where they are installed."""
    there = shutil.which("initdb")
    return next(iter(_PROGRAMS), Path(there).parent if there else None)


@dataclass(slots=True)
class Server:
    """A running server, reached by a socket in its folder; databases are made and dropped over one connection."""

    folder: Path
    _names: Iterator[int] = field(default_factory=count)
    _talks: psycopg.Connection[Any] | None = None
    _empty: tuple[str, Path] | None = None

    def address(self, database: str, folder: Path | None = None) -> str:
        """The address of a database, and of an archive that has its files in a folder."""
        own = f"postgresql://{_USER}@/{database}?host={quote(str(self.folder))}"
        return own if folder is None else f"{own}&folder={quote(str(folder))}"

    def make(self, template: str = "template0") -> str:
        """A new database, a copy of another; its name."""
        name = f"archive{next(self._names)}"
        self._tell(
            f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' STRATEGY FILE_COPY"
        )  # half the time, where no disk is waited for
        return name

    def drop(self, name: str) -> None:
        """Takes a database away, whoever is still connected to it."""
        self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def _tell(self, statement: str) -> None:
        if self._talks is None:
            self._talks = psycopg.connect(self.address("postgres"), autocommit=True)
        self._talks.execute(statement)

    def copy(self, database: str, files: Path, folder: Path) -> str:
        """The database of an archive that is as another one, by its database and its files; its own files are in ``folder``."""
        shutil.copytree(files, folder)
        own = self.make(database)
        (folder / POINTER).write_text(self.address(own), encoding="utf-8")
        return own

    def filled(self, filling: Filling, folder: Path) -> str:
        """A database with an archive that a filling made; its files are in ``folder``. Its tables are those of one made before."""
        if self._empty is None:
            self._empty = self.make(), self.folder / "empty"
            open_archive(self.address(*self._empty), create=True).close()
        name = self.copy(*self._empty, folder)
        with open_archive(self.address(name, folder)) as archive:
            filling(archive)
        return name


def lose_index(archive: Archive) -> None:
    """Takes the index of an archive away, as a person may take its folder away."""
    archive.close_part("index")
    if ON_POSTGRESQL:
        with writing(archive.engine).begin() as connection:
            connection.execute(text("DROP TABLE fulltext_parts, fulltext_texts"))
    else:
        shutil.rmtree(archive.folder / "index")


@contextmanager
def server() -> Iterator[Server]:
    """A server that is stopped at the end. It waits for no disk: nobody cuts the power of a test."""
    found = programs()
    assert found is not None, "PostgreSQL is not installed"
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # PostgreSQL refuses to run as root
    memory = Path("/dev/shm")  # a container may have little of it
    where = memory if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM else None
    with tempfile.TemporaryDirectory(prefix="kehoach-pg-", dir=where) as name:  # sockets have short paths
        folder = Path(name)
        if as_user:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        settings = f"-k {folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
        made = [found / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        control = [found / "pg_ctl", "-D", data, "-w"]
        for command in (made, [*control, "-l", folder / "log", "-o", settings, "start"]):
            subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield Server(folder)
        finally:
            subprocess.run([*as_user, *control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
