"""Opening the database: settings of each connection, migrations, and the database's errors in our own words.

Writing transactions begin with BEGIN IMMEDIATE: a transaction that reads first and writes later would fail at once when another process
has written in between, where this one waits for its turn.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnClause,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    Text,
    bindparam,
    create_engine,
    event,
    func,
    inspect,
    select,
    text,
    type_coerce,
    union_all,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from archive.common.patience import SECONDS, Patience
from archive.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveTooNew,
    ArchiveTooOld,
    DatabaseAway,
    DiskFull,
    NoPermission,
    NotAnArchive,
    QuestionTooLong,
    QuestionTooSlow,
    ReadOnly,
)

#: Databases limit how many values a statement may have. This bounds the cost only.
MANY = 400

#: The newest migration that this program knows (a test holds it to the migrations folder).
HEAD = "0021"

BUSY_TIMEOUT_SECONDS = 10.0

_BY_CODE: dict[int, type[ArchiveError]] = {
    sqlite3.SQLITE_BUSY: ArchiveLocked,
    sqlite3.SQLITE_LOCKED: ArchiveLocked,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_CANTOPEN: NoPermission,
    sqlite3.SQLITE_PERM: NoPermission,
    sqlite3.SQLITE_AUTH: NoPermission,
    sqlite3.SQLITE_NOTADB: NotAnArchive,
    sqlite3.SQLITE_CORRUPT: ArchiveDamaged,
    sqlite3.SQLITE_IOERR: ArchiveDamaged,
}

_BY_ERRNO: dict[int, type[ArchiveError]] = {
    errno.EACCES: NoPermission,
    errno.EPERM: NoPermission,
    errno.EROFS: ReadOnly,
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EIO: ArchiveDamaged,
}


#: PostgreSQL's states, or the classes of states (appendix A of its manual).
_BY_STATE: dict[str, type[ArchiveError]] = {
    "55P03": ArchiveLocked,
    "53100": DiskFull,
    "42501": NoPermission,
    "25006": ReadOnly,
    "XX001": ArchiveDamaged,
    "XX002": ArchiveDamaged,
    "08": DatabaseAway,
    "28": DatabaseAway,
    "3D": DatabaseAway,
    "57": DatabaseAway,
    "53": DatabaseAway,
}
_CANCELLED = "57014"

#: Instructions of SQLite's machine between two looks at the clock: some milliseconds.
_STEPS = 100_000

#: What SQLite says of a word that it should look for and that is longer than SQLITE_MAX_LIKE_PATTERN_LENGTH, 50,000 bytes.
_TOO_LONG = "LIKE or GLOB pattern too complex"


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Raises the errors of the database and the file system that a user can do something about as ArchiveError; others pass."""
    try:
        yield
    except DBAPIError as error:
        if _TOO_LONG in str(error.orig):
            raise QuestionTooLong from error
        if _given_up(error.orig):
            raise QuestionTooSlow(seconds=SECONDS) from error
        kind = _kind_of(error)
        if kind is None:
            raise
        raise kind(path=str(path), detail=str(error.orig).strip()) from error
    except OSError as error:
        by_errno = _BY_ERRNO.get(error.errno or 0)
        if by_errno is None:
            raise
        raise by_errno(path=str(error.filename or path), detail=error.strerror) from error


def _given_up(error: BaseException | None) -> bool:
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT or getattr(error, "sqlstate", "") == _CANCELLED


def _kind_of(error: DBAPIError) -> type[ArchiveError] | None:
    """What a database's error is to us. PostgreSQL has a state of five letters for each, and none for a server that does not answer."""
    if (code := getattr(error.orig, "sqlite_errorcode", None)) is not None:
        return _BY_CODE.get(code & 0xFF)  # the low byte is the primary code
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return DatabaseAway if isinstance(error, OperationalError) and hasattr(error.orig, "sqlstate") else None
    return _BY_STATE.get(state) or _BY_STATE.get(state[:2])


@contextmanager
def impatient(connection: Connection, patience: Patience) -> Iterator[None]:
    """Statements of the block are given up when patience ends: QuestionTooSlow, by `translated`."""
    if connection.dialect.name == "postgresql":
        patience.check()
        if patience.left < inf:
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, round(1000 * patience.left))}")
        yield
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        return
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: patience.is_over, _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


def connect(path: Path, busy_timeout: float = BUSY_TIMEOUT_SECONDS, *, read_only: bool = False) -> Engine:
    """An engine on a SQLite file. Nothing is opened yet.

    ``read_only`` writes nothing at all. Where nobody writes either, because the folder cannot be written and no log of a writer lies in it,
    SQLite is told so (``immutable``): else it would want to make the files by which readers and writers agree.
    """
    url = _read_only_url(path) if read_only else URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": busy_timeout})

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")  # what was acknowledged is on the disk: NORMAL may lose it when the power is cut
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    return engine


def may_write(path: Path) -> bool:
    """Whether a database, and the files that SQLite keeps beside it, may be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


class ReadingCopy:
    """A copy of a database whose writer left a log behind, where no file may be made beside it: SQLite reads a log only with one."""

    def __init__(self, path: Path) -> None:
        self._folder = TemporaryDirectory(prefix="kehoach-")
        self.path = Path(self._folder.name, path.name)
        for each in (path, path.with_name(f"{path.name}-wal")):
            shutil.copyfile(each, self.path.with_name(each.name))

    def close(self) -> None:
        """Throws the copy away."""
        self._folder.cleanup()


def needs_copy(path: Path) -> bool:
    """Whether a database that may not be written can be read from a `ReadingCopy` alone."""
    log, shared = (path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
    return not os.access(path.parent, os.W_OK) and log.exists() and log.stat().st_size > 0 and not shared.exists()


def _read_only_url(path: Path) -> URL:
    log = path.with_name(f"{path.name}-wal")
    still = not os.access(path.parent, os.W_OK) and (not log.exists() or log.stat().st_size == 0)
    query = {"mode": "ro", "uri": "true", **({"immutable": "1"} if still else {})}
    return URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query=query)


def in_chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values in order, so many at a time as a statement may have."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]


def any_of(column: ColumnClause[int], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a row is one of those for which any of some conditions holds, each looked up in its own index, ``column`` being
    the row's number: with "or", beside an order or another condition, a database may look at all rows."""
    return column.in_(union_all(*(select(column).where(condition) for condition in conditions)))


def values_beside(keys: Select[Any], key: ColumnClause[Any], value: ColumnClause[Any]) -> Select[Any]:
    """The values that rows have beside some keys, each once with its key, of two columns that an index begins with: from each value it is
    looked up which one is the next, so that it costs as much as there are values, not rows."""
    asked = keys.subquery()
    least = select(func.min(value))
    found = select(asked.c[0].label("key"), least.where(key == asked.c[0]).scalar_subquery().label("value")).cte(recursive=True)
    further = least.where(key == found.c.key, value > found.c.value).scalar_subquery()
    found = found.union_all(select(found.c.key, further).where(found.c.value.is_not(None)))
    return select(found.c.value, found.c.key).where(found.c.value.is_not(None))


def numbers(connection: Connection, values: Sequence[int]) -> Select[tuple[int]]:
    """Numbers as a statement of one value: databases limit how many a statement may have."""
    return _numbers(connection.dialect.name, bindparam(None, given_numbers(connection, values)))


def named_numbers(dialect: str, name: str) -> Select[tuple[int]]:
    """The same in a statement that is made once, for `given_numbers` by that name."""
    return _numbers(dialect, bindparam(name))


def given_numbers(connection: Connection, values: Sequence[int]) -> str | list[int]:
    """Numbers as the value of that name."""
    return list(values) if connection.dialect.name == "postgresql" else str(list(values))


def _numbers(dialect: str, given: BindParameter[Any]) -> Select[tuple[int]]:
    if dialect == "postgresql":
        return select(func.unnest(type_coerce(given, ARRAY(Integer))).column_valued())
    return select(func.json_each(given).table_valued("value").c.value)


def named_words(dialect: str, name: str) -> Select[tuple[str]]:
    """`named_numbers` of texts, for `given_words`."""
    if dialect == "postgresql":
        return select(func.unnest(type_coerce(bindparam(name), ARRAY(Text))).column_valued())
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


def given_words(connection: Connection, values: Sequence[str]) -> str | list[str]:
    """Texts as the value of that name."""
    return list(values) if connection.dialect.name == "postgresql" else json.dumps(list(values), ensure_ascii=False)


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(writing=True)


def migrate(engine: Engine, path: Path | str, *, read_only: bool = False) -> None:
    """Brings the tables to HEAD. Raises ArchiveTooNew or NotAnArchive before anything is changed, ArchiveTooOld where nothing may be."""
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if tables and "alembic_version" not in tables:
            raise NotAnArchive(path=str(path), detail=", ".join(sorted(tables)[:5]))
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if tables else None
    if revision == HEAD:
        return
    # Alembic takes as long to import as a question takes to answer, and is needed once in the life of an archive.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise ArchiveTooNew(path=str(path), revision=str(revision))
    if read_only:
        raise ArchiveTooOld(path=str(path.parent if isinstance(path, Path) else path), revision=str(revision))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        if connection.dialect.name == "postgresql" and not inspect(connection).has_table("alembic_version"):
            from archive.store.postgresql import create_tables

            create_tables(connection, config)
        command.upgrade(config, HEAD)
