"""The stamp that database and index share, and that changes with every change of the index: so yesterday's database beside today's index,
and the index of another archive, are known for what they are. Counting documents would not tell: version numbers come again."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, delete, insert, select

from archive.common.syncing import make_folder, write_synced
from archive.fulltext.engines import POSTGRESQL, engine_of
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.work_tables import StampRow

#: The part of an archive that the full-text index is, and its folder.
INDEX = "index"
_NAME = "index"


def stamps_agree(archive: Archive) -> bool:
    """Whether the index is the one that this database was last written with, or is not there, or neither has a stamp yet."""
    if engine_of(archive) == POSTGRESQL:  # the index lies in the database
        return True
    with translated(archive.database), archive.engine.connect() as connection:
        own = _stamps(connection)
    path = _path(archive)
    try:
        there = path.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return not own or not path.parent.is_dir()
    except OSError:
        return False
    return there in own


def renew(connection: Connection) -> None:
    """Gives the database a new stamp, in the transaction that notes what was written to the index. The one before stays beside it: a crash
    may come before the index has the new one."""
    stamps = [token_hex(8), *_stamps(connection)][:2]
    connection.execute(delete(StampRow).where(StampRow.name == _NAME))
    connection.execute(insert(StampRow).values(name=_NAME, value=" ".join(stamps)))


def stamp_index(archive: Archive) -> None:
    """Gives the index the stamp of the database, after that was committed."""
    if engine_of(archive) == POSTGRESQL:
        return
    with translated(archive.database), archive.engine.connect() as connection:
        stamps = _stamps(connection)
    path = _path(archive)
    with translated(path):
        make_folder(path.parent)
        write_synced(path, stamps[0].encode("ascii"))


def _stamps(connection: Connection) -> list[str]:
    """The stamp of the database and the one before; none where the index was never written."""
    return (connection.scalar(select(StampRow.value).where(StampRow.name == _NAME)) or "").split()


def _path(archive: Archive) -> Path:
    return archive.folder / INDEX / "stamp"
