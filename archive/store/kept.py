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

#: Answers of each kind that are kept: the lists of all that a search finds are long; of pages so many bytes, some eight hundred pages.
_MOST = {"matches": 16, "page": 32_000_000}
_USUAL = 256

#: On a server that follows another one, transactions of that one are not in the list.
_SNAPSHOT = "SELECT pg_current_snapshot()::text WHERE NOT pg_is_in_recovery()"

T = TypeVar("T")


class _Shelf:
    """The answers of one kind, those asked for last behind; more than ``most`` of them, or of their bytes, are not kept."""

    def __init__(self, most: int) -> None:
        self._most, self._weight = most, 0
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def __contains__(self, question: Hashable) -> bool:
        return question in self._answers

    def get(self, question: Hashable) -> Any:
        self._answers.move_to_end(question)
        return self._answers[question]

    def put(self, question: Hashable, answer: Any) -> None:
        self._weight += _weight(answer) - _weight(self._answers.pop(question, b""))
        self._answers[question] = answer
        while self._weight > self._most:
            self._weight -= _weight(self._answers.popitem(last=False)[1])


def _weight(answer: Any) -> int:
    return len(answer) if isinstance(answer, bytes) else 1


class Kept:
    """The answers of an archive, by kind and question."""

    def __init__(self, archive: Archive) -> None:
        self._engine = archive.engine
        self._connection = archive.engine.raw_connection() if archive.engine.dialect.name == "sqlite" else None
        self._lock = threading.Lock()
        self._state: Hashable = None
        self._answers: dict[str, _Shelf] = {}

    def answer(self, kind: str, question: Hashable, make: Callable[[], T]) -> T:
        """What was answered before, where nothing has changed since; else what ``make`` answers. What it raises is not kept."""
        with self._lock:
            state, of_kind = self._shelf(kind)
            if question in of_kind:
                found: T = of_kind.get(question)
                return found
        made = make()
        with self._lock:
            if state is not None and self._now() == state == self._state:
                of_kind.put(question, made)
        return made

    def at_once(self, kind: str, question: Hashable) -> Any:
        """What was answered before, where nothing has changed since and no server has to be asked for that; else None."""
        if self._connection is None:
            return None
        with self._lock:
            _, of_kind = self._shelf(kind)
            return of_kind.get(question) if question in of_kind else None

    def _shelf(self, kind: str) -> tuple[Hashable, _Shelf]:
        """The state of the archive, and the answers of a kind that hold in it; none where nobody can tell the state."""
        state = self._now()
        if state is None or state != self._state:
            self._answers.clear()
            self._state = state
        if kind not in self._answers:
            self._answers[kind] = _Shelf(_MOST.get(kind, _USUAL))
        return state, self._answers[kind]

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
