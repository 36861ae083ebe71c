"""Opening an archive: its tables brought to the newest form, and whatever a crash or an older program left behind mended.

This is the only place that mends before a question. No question knows of it: where nothing may be written now, it is answered from what is
there, and `Archive.stale` says what that is.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, inspect, select

from archive.common.syncing import make_folder
from archive.errors import ArchiveLocked, ArchiveNotFound, DiskFull, FolderUnknown, IndexBroken, NoPermission
from archive.store.database import BUSY_TIMEOUT_SECONDS, ReadingCopy, connect, may_write, migrate, needs_copy, translated, writing
from archive.store.handle import DATABASE_NAME, Archive
from archive.store.places import Place, place_of, settle, tie
from archive.store.tables import PROJECTION, VersionRow

#: What can be mended, in this order: rows of an older form, citations that were not resolved, the full-text index.
MENDING = ("rows", "resolution", "index")
#: The current versions that wait for it; what the index lacks is for the index to say.
_WAITING = {"rows": VersionRow.projection < PROJECTION, "resolution": ~VersionRow.resolved}


def _mend(archive: Archive, what: str) -> None:
    """Mends one thing where it is not in order. What mends is loaded where there is something to mend, for that is seldom."""
    if what in _WAITING:
        with translated(archive.database), archive.engine.connect() as connection:
            if connection.scalar(select(VersionRow.id).where(VersionRow.current, _WAITING[what]).limit(1)) is None:
                return
    if what == "rows":
        from archive.store.changes import catch_up

        catch_up(archive)
    elif what == "resolution":
        from archive.resolve.overlay import resolve_pending

        resolve_pending(archive)
    else:
        from archive.fulltext.indexing import bring_into_step

        bring_into_step(archive)


def _account() -> str:
    """The name of the account that this runs under; a container may have a number without a name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def _opened_file(place: Place, create: bool, busy_timeout: float, read_only: bool | None) -> Archive:
    """An archive whose database is a file in its folder."""
    assert place.folder is not None
    path = place.folder / DATABASE_NAME
    with translated(path):
        if not path.exists():
            if not create:
                raise ArchiveNotFound(path=str(place.folder))
            make_folder(place.folder)
        closed = (path.exists() and not may_write(path)) if read_only is None else read_only
        copy = ReadingCopy(path) if closed and needs_copy(path) else None
        engine = connect(copy.path if copy else path, busy_timeout, read_only=closed)
        with _disposed_if_wrong(engine):
            migrate(engine, path, read_only=closed)
    archive = Archive(place.folder, engine, read_only=closed)
    if copy is not None:
        archive.part("copy", lambda: copy)
    return archive


def _opened_address(place: Place, create: bool, busy_timeout: float, read_only: bool | None) -> Archive:
    """An archive whose database is one of PostgreSQL."""
    from archive.store import postgresql

    assert place.address is not None
    with translated(place.name):
        engine = postgresql.connect(place.address, busy_timeout, read_only=bool(read_only))
        with _disposed_if_wrong(engine):
            with engine.connect() as connection:
                is_new = not inspect(connection).has_table(VersionRow.__table__.name)
                closed = bool(read_only) or not (is_new or postgresql.may_write(connection))
            if is_new and not create:
                raise ArchiveNotFound(path=place.name)
            if is_new and place.folder is None:
                raise FolderUnknown(address=place.name, folder="")
            migrate(engine, place.name, read_only=closed)
            if is_new and place.folder is not None:
                with writing(engine).begin() as connection:
                    tie(connection, place, place.folder)
            with engine.connect() as connection:
                folder = settle(connection, place)
    return Archive(folder, engine, read_only=closed, database=place.name)


@contextmanager
def _disposed_if_wrong(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def open_archive(
    where: Path | str,
    *,
    create: bool = False,
    mend: Iterable[str] = MENDING,
    busy_timeout: float = BUSY_TIMEOUT_SECONDS,
    who: str | None = None,
    read_only: bool | None = None,
) -> Archive:
    """The archive in a folder or at an address (``postgresql://USER@SERVER/DATABASE?folder=FOLDER``, `store.places`), brought to the newest
    tables; with ``create`` it is made where there is none.

    ``mend`` is what else is brought into order where it is not: rows | resolution | index (only `search` reads the index). ``busy_timeout``
    is how many seconds to wait for another process that writes; ``who`` is noted with every change (the computer's
    account where it is left out). ``read_only``: nothing is written, every change is refused; where it is left out, an archive that may
    not be written is opened so. Raises ArchiveNotFound, BadAddress, FolderUnknown, DatabaseAway, ExtraMissing, NotAnArchive,
    ArchiveTooNew, ArchiveTooOld, ArchiveLocked, NoPermission, DiskFull, ArchiveDamaged; in each case nothing was changed. A broken index
    is told by who searches it.
    """
    place = place_of(where)
    opened = _opened_file if place.address is None else _opened_address
    archive = opened(place, create, busy_timeout, read_only)
    archive.who = who or _account()
    for what in mend:
        try:
            _mend(archive, what)
        except (ArchiveLocked, NoPermission, DiskFull, IndexBroken):
            archive.stale.add(what)
    return archive
