"""An archive from one database to another: a file of SQLite, PostgreSQL, and back. What was there stays as it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from archive.common.syncing import make_folder, sync_all, sync_folder
from archive.errors import ArchiveNotFound, FolderNotEmpty, MoveFailed
from archive.fulltext.indexing import rebuild_index
from archive.keep.opening import open_archive
from archive.keep.own_restorer import FILE as RESTORER
from archive.store.alias_file import ALIAS_FILE
from archive.store.copying import TableCopy, copy_rows, drop_tables, table_copies
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.originals import FOLDER
from archive.store.places import place_of
from archive.store.work_tables import StampRow
from archive.values.work import Moved, MovedTable


def move(source: Archive, where: Path | str, *, told: Callable[[str], None] = lambda _: None) -> Moved:
    """Copies an archive to an empty place, a folder or an address of PostgreSQL: every table (corrections, states, trash and journal among
    them), the kept files, the alias file and the restorer; the index is made anew. ``told`` hears the name of each table.

    Every table and every file is read back and compared by number and hash; where that fails, nothing is left of the new place. Others may
    go on reading and writing in the source: what was there when it began comes along. Raises FolderNotEmpty, MoveFailed (what came is not
    what was there), and what `open_archive` raises.
    """
    place = place_of(where)
    if place.folder is not None and place.folder.exists() and any(place.folder.iterdir()):
        raise FolderNotEmpty(path=str(place.folder))
    with suppress(ArchiveNotFound), open_archive(where, mend=(), read_only=True) as there:
        raise FolderNotEmpty(path=str(there.database))  # even one without documents: what fails takes with it only what it made
    with open_archive(where, create=True, mend=(), who=source.who) as target:
        with _thrown_away(target):
            with translated(source.database), source.engine.connect() as read, translated(target.database):
                read.scalar(select(StampRow.value).limit(1))  # from here on it reads one moment, whose files are there
                files = _copy_files(source, target)
                with writing(target.engine).begin() as written:
                    copies = copy_rows(read, written)
            for was, now in zip(copies, _there(target), strict=True):
                told(was.name)
                if was != now:
                    raise MoveFailed(what=was.name, before=was.rows, after=now.rows)
        rebuild_index(target)
        return Moved(str(source.database), str(target.database), tuple(MovedTable(one.name, one.rows) for one in copies), files)


def _there(archive: Archive) -> tuple[TableCopy, ...]:
    with translated(archive.database), archive.engine.connect() as connection:
        return table_copies(connection)


@contextmanager
def _thrown_away(target: Archive) -> Iterator[None]:
    """What was begun in a new place goes again where it does not come to its end."""
    try:
        yield
    except BaseException:
        with suppress(SQLAlchemyError):
            drop_tables(target.engine)
        target.close()
        shutil.rmtree(target.folder, ignore_errors=True)
        raise


def _copy_files(source: Archive, target: Archive) -> int:
    """Copies what lies beside the database; returns how many files."""
    pairs = [(source.folder / name, target.folder / name) for name in (ALIAS_FILE, RESTORER)]
    kept = source.folder / FOLDER
    pairs += [(path, target.folder / path.relative_to(source.folder)) for path in sorted(kept.rglob("*")) if path.is_file()]
    there = [(old, new) for old, new in pairs if old.is_file()]
    for old, new in there:
        make_folder(new.parent)
        shutil.copyfile(old, new)
        if old.read_bytes() != new.read_bytes():
            raise MoveFailed(what=str(new), before=1, after=0)
    sync_all(new for _, new in there)
    for folder in {new.parent for _, new in there}:
        sync_folder(folder)
    return len(there)
