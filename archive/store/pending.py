"""Files that wait: they could not be read because a program is not installed. Their bytes are kept, so that nothing is lost meanwhile."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert, select

from archive.common.paths import stored_path
from archive.errors import AmbiguousPending, UnknownPending
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.originals import drop_unused
from archive.store.work_tables import PendingRow
from archive.values.documents import Pending
from kehoach_parser import printable_name
from kehoach_parser.errors import MissingProgram

_LEAST_OF_HASH = 6


def note_pending(archive: Archive, sha256: str, name: str | None, path: Path | None, error: MissingProgram, now: datetime) -> None:
    """Puts a file on the list; a file that is on it already keeps its place with the newest reason."""
    values = {"name": name and printable_name(name), "path": stored_path(path), "code": error.code, "facts": dict(error.facts)}
    with translated(archive.database), writing(archive.engine).begin() as connection:
        noted = connection.scalar(select(PendingRow.noted_at).where(PendingRow.sha256 == sha256))
        connection.execute(delete(PendingRow).where(PendingRow.sha256 == sha256))
        connection.execute(insert(PendingRow).values(sha256=sha256, noted_at=noted or now, **values))


def end_pending(archive: Archive, sha256: str) -> None:
    """Takes a file off the list because it was read."""
    with translated(archive.database), archive.engine.connect() as connection:
        there = connection.scalar(select(PendingRow.sha256).where(PendingRow.sha256 == sha256))
    if there:
        with translated(archive.database), writing(archive.engine).begin() as connection:
            connection.execute(delete(PendingRow).where(PendingRow.sha256 == sha256))


def list_pending(archive: Archive) -> tuple[Pending, ...]:
    """The files that wait, the longest waiting first."""
    query = select(*PendingRow.__table__.columns).order_by(PendingRow.noted_at, PendingRow.sha256)
    with translated(archive.database), archive.engine.connect() as connection:
        return tuple(Pending(**row._mapping) for row in connection.execute(query))


def forget_pending(archive: Archive, ref: str) -> Pending:
    """Takes a file off the list for good, its kept bytes too; ``ref`` is its name, its path or the beginning of its hash.

    Raises UnknownPending, AmbiguousPending.
    """
    found = [
        item
        for item in list_pending(archive)
        if ref in (item.name, item.path) or (len(ref) >= _LEAST_OF_HASH and item.sha256.startswith(ref.lower()))
    ]
    if not found:
        raise UnknownPending(ref=ref)
    if len(found) > 1:
        raise AmbiguousPending(ref=ref)
    end_pending(archive, found[0].sha256)
    drop_unused(archive, found[0].sha256)
    return found[0]
