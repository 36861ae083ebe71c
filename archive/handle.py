"""The handle on an archive folder."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine, select

from archive.database import BUSY_TIMEOUT_SECONDS, connect, migrate, translated
from archive.errors import ArchiveNotFound
from archive.fulltext.engine import FullText
from archive.tables import PROJECTION, VersionRow

DATABASE_NAME = "kehoach.sqlite"
INDEX_NAME = "index"


class Archive:
    """An archive: a folder with ``kehoach.sqlite`` (the truth) and ``index/`` (derived, made when first needed).

    A context manager: leaving it closes the database.
    """

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder = folder
        self.engine = engine
        self._fulltext: FullText | None = None

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, busy_timeout: float = BUSY_TIMEOUT_SECONDS) -> Archive:
        """The archive in a folder, brought to the newest tables; with ``create`` it is made where there is none.

        ``busy_timeout`` is how many seconds to wait for another process that writes. Raises ArchiveNotFound, NotAnArchive, ArchiveTooNew,
        ArchiveLocked, NoPermission, DiskFull, ArchiveDamaged; in each case nothing was changed.
        """
        folder = Path(folder)
        path = folder / DATABASE_NAME
        with translated(path):
            if not path.exists():
                if not create:
                    raise ArchiveNotFound(path=str(folder))
                folder.mkdir(parents=True, exist_ok=True)
            engine = connect(path, busy_timeout)
            try:
                migrate(engine, path)
            except BaseException:
                engine.dispose()
                raise
        archive = cls(folder, engine)
        if has_old_rows(archive):
            from archive.store import heal_rows  # once in the life of an archive of an earlier version

            heal_rows(archive)
        if has_pending(archive):
            from archive.resolution_store import heal_resolution  # needed after a crash or by an archive of an earlier version

            heal_resolution(archive)
        return archive

    @property
    def database(self) -> Path:
        """Where the database lies."""
        return self.folder / DATABASE_NAME

    @property
    def fulltext(self) -> FullText:
        """The full-text engine of this archive."""
        if self._fulltext is None:
            from archive.fulltext.whoosh_engine import WhooshEngine

            self._fulltext = WhooshEngine(self.folder / INDEX_NAME)
        return self._fulltext

    def close(self) -> None:
        """Closes the database; the handle cannot be used any more."""
        if self._fulltext is not None:
            self._fulltext.close()
        self.engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def has_old_rows(archive: Archive) -> bool:
    """Whether some version has projected rows of an earlier form."""
    query = select(VersionRow.id).where(VersionRow.projection < PROJECTION, VersionRow.current).limit(1)
    with translated(archive.database), archive.engine.connect() as connection:
        return connection.scalars(query).first() is not None


def has_pending(archive: Archive) -> bool:
    """Whether something in the archive is not resolved yet."""
    query = select(VersionRow.id).where(~VersionRow.resolved, VersionRow.current).limit(1)
    with translated(archive.database), archive.engine.connect() as connection:
        return connection.scalars(query).first() is not None
