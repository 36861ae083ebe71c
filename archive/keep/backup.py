"""One file that holds all of an archive: written while others read and write, verified before it bears its name, and made a folder again.

It is a zip file: the database as it is at one moment, a file of SQLite (with all that people added), the kept files that it speaks of, the
alias file, the archive's own restorer, and last ``manifest.json`` with the hash and size of each and how many rows each table has. The
index is not in it: it is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy import Connection

from archive.common.syncing import make_folder, sync_folder
from archive.errors import BackupDamaged, FileThere, FolderNotEmpty
from archive.keep.moving import move
from archive.keep.opening import open_archive
from archive.keep.own_restorer import FILE as RESTORER
from archive.store.alias_file import ALIAS_FILE
from archive.store.changes import parser_version
from archive.store.copying import copy_rows, table_copies
from archive.store.database import HEAD, connect, migrate, translated, writing
from archive.store.handle import DATABASE_NAME, Archive
from archive.store.originals import FOLDER, NAMES, original_path
from archive.store.places import is_address
from archive.values.work import Backup

FORMAT, VERSION = "kehoach-backup", 1
MANIFEST = "manifest.json"
#: What a backup may hold; nothing else is written into a folder.
_MEMBER = re.compile(rf"{re.escape(DATABASE_NAME)}|{re.escape(ALIAS_FILE)}|{re.escape(RESTORER)}|{FOLDER}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")
_PIECE = 1 << 20
#: The files that the database speaks of, with what each was called and where it lay.
_FILES = "SELECT sha256, name, path FROM versions UNION SELECT sha256, name, path FROM pending ORDER BY sha256"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, TypeError)


def back_up(archive: Archive, file: Path, *, now: datetime) -> Backup:
    """Writes an archive into one file; returns what it holds. Others may read and write meanwhile: what is there when it begins is in it.

    The file bears its name only when it was read back and every hash, the database and its numbers of rows were found right. Raises
    FileThere, DiskFull, NoPermission, ArchiveDamaged, BackupDamaged (the disk gives back other than was written).
    """
    file = file.absolute()
    with translated(file), _beside(file) as folder:
        if file.exists():
            raise FileThere(path=str(file))
        database, written = folder / DATABASE_NAME, folder / "backup.zip"
        _copy_database(archive, database)
        members, missing = _members(archive, database)
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": now.isoformat(),
            "program": parser_version(),
            "revision": HEAD,
            "tables": _rows(database),
            "names": {sha256: name for sha256, name, _ in _known(database) if name},
            "files": {},
        }
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
            for member, path in members.items():
                manifest["files"][member] = _pack(packed, member, path)
            packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        database.unlink()
        _unpacked(written, folder, only=DATABASE_NAME)
        with open(written, "rb+") as done:
            os.fsync(done.fileno())
        os.replace(written, file)
        sync_folder(file.parent)
    return _told(file, manifest, missing)


def restore_backup(file: Path, where: Path | str) -> Backup:
    """Makes an archive of a backup, in a folder that is not there or is empty, or at an address of PostgreSQL; returns what it holds.

    The folder bears its name only when all was found right. Raises BackupDamaged, FolderNotEmpty, DiskFull, NoPermission, and what `move`
    raises; nothing is left behind then.
    """
    if is_address(where):
        with TemporaryDirectory(prefix="kehoach-") as name:
            made_of = _restored(file.absolute(), Path(name, "archive"))
            with open_archive(Path(name, "archive"), mend=()) as archive:
                move(archive, where)
        return made_of
    return _restored(file.absolute(), Path(where).absolute())


def _restored(file: Path, folder: Path) -> Backup:
    with translated(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderNotEmpty(path=str(folder))
        make_folder(folder.parent)
        with _beside(folder) as beside:
            made = beside / "archive"
            made.mkdir()
            manifest = _unpacked(file, made)
            lines = "".join(f"{sha256}\t{name}\n" for sha256, name in manifest["names"].items())
            if (made / FOLDER).is_dir():
                (made / FOLDER / NAMES).write_text(lines, encoding="utf-8")
            for place, _, names in os.walk(made):
                for name in names:
                    with open(Path(place, name), "rb+") as each:
                        os.fsync(each.fileno())
                sync_folder(Path(place))
            if folder.exists():
                folder.rmdir()
            os.replace(made, folder)
            sync_folder(folder.parent)
    return _told(file, manifest, ())


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk for what is not yet finished."""
    with TemporaryDirectory(dir=path.parent, prefix=".kehoach-") as name:
        yield Path(name)


def _copy_database(archive: Archive, path: Path) -> None:
    """The database as it is at one moment: in one step, so that a writer does not make it begin again."""
    with archive.engine.connect() as connection, closing(sqlite3.connect(path)) as copy:
        source = connection.connection.dbapi_connection
        if isinstance(source, sqlite3.Connection):
            source.backup(copy, pages=-1)
        else:
            _copy_tables(connection, path)
        copy.execute("PRAGMA journal_mode = DELETE")


def _copy_tables(connection: Connection, path: Path) -> None:
    """The database as a file of SQLite, where it is none: a backup can be restored anywhere."""
    engine = connect(path)
    migrate(engine, path)
    with writing(engine).begin() as target:
        copied = copy_rows(connection, target)
    with engine.connect() as target:
        wrong = [was.name for was, now in zip(copied, table_copies(target), strict=True) if was != now]
    engine.dispose()
    if wrong:
        raise BackupDamaged(path=str(path), detail=", ".join(wrong))


def _members(archive: Archive, database: Path) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The files of a backup by their names in it, and what the kept files were called that are not there any more."""
    beside = {name: archive.folder / name for name in (ALIAS_FILE, RESTORER)}
    found = {DATABASE_NAME: database, **{name: path for name, path in beside.items() if path.is_file()}}
    missing = []
    for sha256, name, source in _known(database):
        path = original_path(archive, sha256)
        if path.is_file():
            found[f"{FOLDER}/{sha256[:2]}/{sha256}"] = path
        elif source is not None:  # what was added as text has no file
            missing.append(name or sha256)
    return found, tuple(missing)


def _known(database: Path) -> list[tuple[str, str | None, str | None]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(_FILES).fetchall()


def _rows(database: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def _pack(packed: zipfile.ZipFile, member: str, path: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as source, packed.open(member, "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return {"sha256": digest.hexdigest(), "size": size}


def _unpacked(file: Path, folder: Path, only: str | None = None) -> dict[str, Any]:
    """Reads every file of a backup, compares it with the manifest and writes it into a folder (or ``only`` one of them); then the database
    is tried. Returns the manifest. Raises BackupDamaged."""
    member = MANIFEST
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = _manifest(packed, file)
            there = set(packed.namelist()) - {MANIFEST}
            for member in sorted(there ^ manifest["files"].keys()):
                raise BackupDamaged(path=str(file), detail=f"{member}: {'not listed' if member in there else 'missing'}")
            for member, told in manifest["files"].items():
                if not _MEMBER.fullmatch(member):
                    raise BackupDamaged(path=str(file), detail=f"{member}: not listed")
                target = folder / member if only in (None, member) else None
                with packed.open(member) as source:
                    if _unpack(source, target) != (told["sha256"], told["size"]):
                        raise BackupDamaged(path=str(file), detail=f"{member}: changed")
    except _BROKEN as error:
        raise BackupDamaged(path=str(file), detail=f"{member}: {error}") from error
    _try_database(folder / DATABASE_NAME, manifest, file)
    return manifest


def _manifest(packed: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    manifest = json.loads(packed.read(MANIFEST))
    if manifest["format"] != FORMAT or manifest["version"] != VERSION:
        raise BackupDamaged(path=str(file), detail=f"{MANIFEST}: {manifest['format']} {manifest['version']}")
    return {"names": {}, **manifest, "files": dict(manifest["files"])}


def _unpack(source: IO[bytes], target: Path | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    with open(target or os.devnull, "wb") as file:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
    return digest.hexdigest(), size


def _try_database(path: Path, manifest: dict[str, Any], file: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
        rows = _rows(path)
    except sqlite3.DatabaseError as error:
        raise BackupDamaged(path=str(file), detail=f"{DATABASE_NAME}: {error}") from error
    wrong = [name for name, count in manifest["tables"].items() if rows.get(name) != count]
    if said != "ok" or wrong:
        raise BackupDamaged(path=str(file), detail=f"{DATABASE_NAME}: {said if said != 'ok' else ', '.join(wrong)}")


def _told(file: Path, manifest: dict[str, Any], missing: tuple[str, ...]) -> Backup:
    files = sum(name.startswith(f"{FOLDER}/") for name in manifest["files"])
    rows = manifest["tables"]
    made_at = datetime.fromisoformat(manifest["made_at"])
    return Backup(str(file), file.stat().st_size, made_at, manifest["revision"], rows["documents"], rows["versions"], files, missing)
