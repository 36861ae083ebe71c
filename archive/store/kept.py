"""Answers that are kept as long as nothing changes in the archive: what was counted for one page is asked for by the next.

SQLite tells by a number whether another connection has committed anything (``data_version``), in this process or any other; one connection
does nothing but ask for it. PostgreSQL tells which transactions are over (``pg_current_snapshot``): one that commits is then over that was
not before, so the same answer means that nothing was committed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from archive.store.handle import Archive

#: Answers of each kind that are kept: the lists of all that a search finds are long.
_MOST = {"matches": 16}
_USUAL = 256

#: On a server that follows another one, transactions of that one are not in the list.
_SNAPSHOT = "SELECT pg_current_snapshot()::text WHERE NOT pg_is_in_recovery()"

T = TypeVar("T")


class Kept:
    """The answers of an archive, by kind and question."""

    def __init__(self, archive: Archive) -> None:
        self._engine = archive.engine
        self._connection = archive.engine.raw_connection() if archive.engine.dialect.name == "sqlite" else None
        self._lock = threading.Lock()
        self._state: Hashable = None
        self._answers: dict[str, OrderedDict[Hashable, Any]] = {}

    def answer(self, kind: str, question: Hashable, make: Callable[[], T]) -> T:
        """What was answered before, where nothing has changed since; else what ``make`` answers. What it raises is not kept."""
        with self._lock:
            state = self._now()
            if state != self._state:
                self._answers.clear()
                self._state = state
            of_kind = self._answers.setdefault(kind, OrderedDict())
            if state is not None and question in of_kind:
                of_kind.move_to_end(question)
                found: T = of_kind[question]
                return found
        made = make()
        with self._lock:
            if state is not None and self._now() == state == self._state:
                of_kind[question] = made
                while len(of_kind) > _MOST.get(kind, _USUAL):
                    of_kind.popitem(last=False)
        return made

    def _now(self) -> Hashable:
        """What is never the same after a commit; None where nobody can tell: then nothing is kept."""
        if self._connection is not None:
            return _first(self._connection, "PRAGMA data_version")
        try:
            connection = self._engine.raw_connection()
        except DBAPIError:  # the question itself says that the server is away
            return None
        try:
            return _first(connection, _SNAPSHOT)
        except self._engine.dialect.loaded_dbapi.Error:
            connection.invalidate()
            return None
        finally:
            connection.close()

    def close(self) -> None:
        """Lets go of the connection."""
        if self._connection is not None:
            self._connection.close()


def _first(connection: PoolProxiedConnection, statement: str) -> Hashable:
    """The first value that a statement gives, None where it gives none."""
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        row = cursor.fetchone()
    finally:
        cursor.close()
    return row[0] if row else None


def kept(archive: Archive) -> Kept:
    """The answers that are kept of an open archive."""
    return archive.part("kept", lambda: Kept(archive))
