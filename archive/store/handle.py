"""The handle on an archive folder, made by `archive.keep.opening`; what is opened beside the database is opened once, when needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, TypeVar, cast

from sqlalchemy import Engine

DATABASE_NAME = "kehoach.sqlite"


class Part(Protocol):
    """Something of an archive that is opened when it is first needed, as the full-text index is."""

    def close(self) -> None:
        """Lets go of files; the part may be opened again."""


P = TypeVar("P", bound=Part)


class Archive:
    """An archive: a folder with ``kehoach.sqlite`` (the truth) and ``index/`` (derived, made when first needed), or with its truth in a
    PostgreSQL database (`store.places`). ``database`` is where the truth lies: a path, or an address without a password.

    A context manager: leaving it closes the database. ``stale`` names what an interrupted or older program left behind and could not be
    mended now, because nothing may be written: rows | resolution | index; questions are answered from what is there. ``who`` is the
    person whose changes the journal notes; ``undoes`` the entry of the journal that the next change undoes (`keep.undo`). Of a
    ``read_only`` archive (on a share, a DVD, in a snapshot) every question is answered, every change is refused.
    """

    def __init__(self, folder: Path, engine: Engine, who: str = "", *, read_only: bool = False, database: str | None = None) -> None:
        self.folder = folder
        self.database: Path | str = database or folder / DATABASE_NAME
        self.engine = engine
        self.who = who
        self.read_only = read_only
        self.undoes: int | None = None
        self.stale: set[str] = set()
        self._parts: dict[str, Part] = {}

    def part(self, name: str, make: Callable[[], P]) -> P:
        """The part of this name, made where it is not open yet."""
        if name not in self._parts:
            self._parts[name] = make()
        return cast(P, self._parts[name])

    def acting_as(self, who: str) -> Archive:
        """The same archive in the hands of another person: the engine and what is open are shared."""
        other = Archive(self.folder, self.engine, who, read_only=self.read_only, database=str(self.database))
        other.stale, other._parts = self.stale, self._parts
        return other

    def undoing(self, entry_id: int) -> Archive:
        """The same archive for the one change that undoes an entry of the journal; that change is noted as such."""
        other = self.acting_as(self.who)
        other.undoes = entry_id
        return other

    def close_part(self, name: str) -> None:
        """Closes a part where it is open; who asks for it next opens it anew."""
        if (part := self._parts.pop(name, None)) is not None:
            part.close()

    def close(self) -> None:
        """Closes the database; the handle cannot be used any more."""
        for name in tuple(self._parts):
            self.close_part(name)
        self.engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
