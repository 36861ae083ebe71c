"""Answers that are kept as long as nothing changes in the archive: what was counted for one page is asked for by the next.

SQLite tells by a number whether another connection has committed anything (``data_version``), in this process or any other. One connection
does nothing but ask for it. Another database tells no such thing: there nothing is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import PoolProxiedConnection

from archive.store.handle import Archive

#: Answers of each kind that are kept: the lists of all that a search finds are long.
_MOST = {"matches": 16}
_USUAL = 256

T = TypeVar("T")


class Kept:
    """The answers of an archive, by kind and question."""

    def __init__(self, archive: Archive) -> None:
        self._connection = archive.engine.raw_connection() if archive.engine.dialect.name == "sqlite" else None
        self._lock = threading.Lock()
        self._state = 0
        self._answers: dict[str, OrderedDict[Hashable, Any]] = {}

    def answer(self, kind: str, question: Hashable, make: Callable[[], T]) -> T:
        """What was answered before, where nothing has changed since; else what ``make`` answers. What it raises is not kept."""
        if self._connection is None:
            return make()
        with self._lock:
            state = self._at(self._connection)
            if state != self._state:
                self._answers.clear()
                self._state = state
            of_kind = self._answers.setdefault(kind, OrderedDict())
            if question in of_kind:
                of_kind.move_to_end(question)
                found: T = of_kind[question]
                return found
        made = make()
        with self._lock:
            if self._at(self._connection) == state == self._state:
                of_kind[question] = made
                while len(of_kind) > _MOST.get(kind, _USUAL):
                    of_kind.popitem(last=False)
        return made

    @staticmethod
    def _at(connection: PoolProxiedConnection) -> int:
        cursor = connection.cursor()
        try:
            return int(cursor.execute("PRAGMA data_version").fetchone()[0])
        finally:
            cursor.close()

    def close(self) -> None:
        """Lets go of the connection."""
        if self._connection is not None:
            self._connection.close()


def kept(archive: Archive) -> Kept:
    """The answers that are kept of an open archive."""
    return archive.part("kept", lambda: Kept(archive))
