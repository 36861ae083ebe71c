"""Where an archive lies: in a folder that has its database in a file, or in a PostgreSQL database with a folder beside it.

The folder of an archive on PostgreSQL is one that all of its machines see. It has the kept files, the alias file, the restorer and an
index of Whoosh or Tantivy, and says in ``database.url`` which database it belongs to (never a password: libpq has its own places for that).
The database says where the folder lies, so that either of the two is enough to open the archive; a machine that sees the folder elsewhere
says so in the address: ``postgresql://clerk@server/plans?folder=/mnt/plans``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, delete, insert, make_url, select
from sqlalchemy.exc import ArgumentError

from archive.common.syncing import make_folder, write_synced
from archive.errors import BadAddress, FolderUnknown
from archive.store.database import translated
from archive.store.work_tables import StampRow

#: The file by which a folder says what its database is.
POINTER = "database.url"
SCHEME = "postgresql"
#: The row of `StampRow` by which a database says what its folder is, and the part of an address that says so.
_FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of an archive, where it is known, and the address of its database, where that is none of SQLite."""

    folder: Path | None
    address: URL | None = None

    @property
    def name(self) -> str:
        """What the place is called in messages; a password is not told."""
        return self.address.render_as_string() if self.address is not None else str(self.folder)


def is_address(where: Path | str) -> bool:
    """Whether the address of a database is meant, not a folder."""
    return isinstance(where, str) and where.partition(":")[0] in (SCHEME, "postgres")


def place_name(where: Path | str) -> str:
    """What a folder or an address is called in messages. Raises BadAddress."""
    return place_of(where).name


def place_of(where: Path | str) -> Place:
    """The place that a folder or an address means. Raises BadAddress, NoPermission."""
    if not is_address(where):
        pointer = Path(where) / POINTER
        with translated(pointer):
            return Place(Path(where), _read(pointer.read_text(encoding="utf-8").strip()).address if pointer.is_file() else None)
    return _read(str(where))


def _read(text: str) -> Place:
    try:
        address = make_url(text)
        if not address.database:
            raise BadAddress(address=address.render_as_string())
    except (ArgumentError, ValueError) as error:
        raise BadAddress(address=text.rpartition("@")[2]) from error
    folder = address.query.get(_FOLDER)
    rest = address.difference_update_query([_FOLDER]).set(drivername=SCHEME)
    return Place(Path(str(folder)) if folder else None, rest)


def settle(connection: Connection, place: Place) -> Path:
    """The folder of an archive on PostgreSQL, as its address or else its database says. Raises FolderUnknown."""
    if place.folder is not None:
        return place.folder
    told = connection.scalar(select(StampRow.value).where(StampRow.name == _FOLDER))
    if told is None or not Path(told).is_dir():
        raise FolderUnknown(address=place.name, folder=told or "")
    return Path(told)


def tie(connection: Connection, place: Place, folder: Path) -> None:
    """Has folder and database of a new archive know each other."""
    assert place.address is not None
    connection.execute(delete(StampRow).where(StampRow.name == _FOLDER))
    connection.execute(insert(StampRow).values(name=_FOLDER, value=str(folder.absolute())))
    make_folder(folder)
    write_synced(folder / POINTER, place.address.set(password=None).render_as_string().encode())
