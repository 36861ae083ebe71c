"""Files that were sent to the archive and are added later, by a worker: the queue stands in the database and survives a restart.

The bytes lie in the folder ``incoming`` until they are read. A file is added as a whole or not at all, and adding it twice changes nothing:
so a worker that died in the middle begins the file anew.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from multiprocessing import parent_process
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout
from sqlalchemy import delete, insert, select, update

from archive.errors import ArchiveError, ArchiveLocked
from archive.keep.ingest import add_bytes
from archive.keep.opening import open_archive
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.work_tables import JobRow
from archive.values.documents import Added
from archive.values.work import Job, JobResult
from kehoach_parser import printable_name

FOLDER = "incoming"
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
#: A file at which the worker died so often is not tried again.
_TRIES = 2
#: So long, and so many of the last ones, are kept of what ended.
_LONG, _LAST = timedelta(days=30), 200
#: Seconds between two looks at the queue, and at the lock that another worker holds.
_PAUSE = 1.0
_COLUMNS = tuple(each for each in JobRow.__table__.columns if each.name not in ("file", "tries"))


def queue_file(archive: Archive, source: IO[bytes], name: str, *, batch: str, now: datetime) -> Job:
    """Takes a file in, to be added later; ``batch`` is what it was sent with. Returns when its bytes are on the disk. Raises DiskFull,
    NoPermission, ReadOnly."""
    folder = archive.folder / FOLDER
    file = uuid.uuid4().hex
    with translated(archive.folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        with open(folder / file, "xb") as kept:
            shutil.copyfileobj(source, kept)
            kept.flush()
            os.fsync(kept.fileno())
            size = kept.tell()
    values = {"batch": batch, "who": archive.who, "at": now, "name": printable_name(name), "size": size, "file": file}
    with translated(archive.database), writing(archive.engine).begin() as connection:
        made = connection.execute(insert(JobRow).values(**values, state=WAITING, tries=0, page=0, pages=0, results=[], ended=None))
        number = int((made.inserted_primary_key or (0,))[0])
    return _jobs(archive, JobRow.id == number)[0]


def list_jobs(archive: Archive, batch: str | None = None, *, limit: int | None = None) -> tuple[Job, ...]:
    """What was sent, the newest first; of one batch in the order in which it is added."""
    if batch is not None:
        return tuple(reversed(_jobs(archive, JobRow.batch == batch, limit)))
    return _jobs(archive, None, limit)


def work_jobs(archive: Archive, now: Callable[[], datetime], *, until: Callable[[], bool] = lambda: False) -> int:
    """Adds what waits, one file after the other, in the name of who sent it; returns how many. One worker at a time may do so."""
    done = 0
    _begin_anew(archive, now())
    while not until() and (taken := _take(archive)) is not None:
        number, who, name, file = taken
        try:
            state, results = _added(archive.acting_as(who), number, name, archive.folder / FOLDER / file, now())
        except ArchiveLocked:  # another process writes for long: its turn comes again
            _set(archive, number, state=WAITING, tries=0)
            break
        _set(archive, number, state=state, results=results, ended=now())
        (archive.folder / FOLDER / file).unlink(missing_ok=True)
        done += 1
    if done:
        _forget_old(archive, now())
    return done


def serve_jobs(folder: Path) -> None:
    """The work of a process beside the server: adds what waits, as long as the server runs. Where another worker does, it waits for it."""
    parent = parent_process()

    def over() -> bool:
        return parent is not None and not parent.is_alive()

    (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    lock = FileLock(folder / FOLDER / "worker.lock")
    while not over():
        try:
            with lock.acquire(timeout=_PAUSE), open_archive(folder) as archive:
                while not over():
                    work_jobs(archive, lambda: datetime.now().astimezone(), until=over)
                    time.sleep(_PAUSE)
        except (Timeout, ArchiveLocked):
            continue


def _added(archive: Archive, number: int, name: str, path: Path, now: datetime) -> tuple[str, list[dict[str, Any]]]:
    """What became of a file: its state as a job, and of each paper in it."""
    try:
        data = path.read_bytes()
    except OSError:
        return FAILED, [_result(name, "failed", code="upload-gone")]

    def page(_: str, done: int, pages: int) -> None:
        _set(archive, number, page=done, pages=pages)

    try:
        came: Sequence[Added] = tuple(add_bytes(archive, data, now=now, name=name.rpartition("/")[2], pages=page))
    except ArchiveLocked:
        raise
    except ArchiveError as error:
        return FAILED, [_result(name, "failed", code=error.code, facts=dict(error.facts))]
    results = [_result(one.path or name, one.status, one.document.id if one.document else None, one.code, dict(one.facts)) for one in came]
    return (FAILED if all(one.status == "failed" for one in came) else DONE), results


def _result(
    path: str, status: str, document_id: int | None = None, code: str | None = None, facts: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"path": path, "status": status, "document_id": document_id, "code": code, "facts": facts or {}}


def _take(archive: Archive) -> tuple[int, str, str, str] | None:
    """The file that waits longest, now in hand: its number, who sent it, its name, where it lies."""
    query = select(JobRow.id, JobRow.who, JobRow.name, JobRow.file).where(JobRow.state == WAITING).order_by(JobRow.id).limit(1)
    with translated(archive.database), archive.engine.connect() as connection:
        if connection.execute(query).first() is None:
            return None
    with translated(archive.database), writing(archive.engine).begin() as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        connection.execute(update(JobRow).where(JobRow.id == row.id).values(state=RUNNING, tries=JobRow.tries + 1))
        return row.id, row.who, row.name, row.file


def _forget_old(archive: Archive, now: datetime) -> None:
    """Takes away what ended long ago, but for the last ones; the journal has what was added."""
    last = select(JobRow.id).order_by(JobRow.id.desc()).limit(_LAST)
    over = JobRow.state.in_((DONE, FAILED)) & (JobRow.ended < now - _LONG) & JobRow.id.not_in(last)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        connection.execute(delete(JobRow).where(over))


def _begin_anew(archive: Archive, now: datetime) -> None:
    """What a worker that is gone had in hand waits again; a file at which it died twice is given up."""
    running = select(JobRow.id, JobRow.name, JobRow.tries).where(JobRow.state == RUNNING)
    with translated(archive.database), archive.engine.connect() as connection:
        left = connection.execute(running).all()
    for row in left:
        if row.tries < _TRIES:
            _set(archive, row.id, state=WAITING)
        else:
            _set(archive, row.id, state=FAILED, results=[_result(row.name, "failed", code="worker-died")], ended=now)


def _set(archive: Archive, number: int, **values: Any) -> None:
    with translated(archive.database), writing(archive.engine).begin() as connection:
        connection.execute(update(JobRow).where(JobRow.id == number).values(**values))


def _jobs(archive: Archive, condition: Any = None, limit: int | None = None) -> tuple[Job, ...]:
    query = select(*_COLUMNS).order_by(JobRow.id.desc()).limit(limit)
    with translated(archive.database), archive.engine.connect() as connection:
        rows = connection.execute(query if condition is None else query.where(condition)).all()
    return tuple(Job(**{**row._mapping, "results": tuple(JobResult(**one) for one in row.results)}) for row in rows)
