"""Adding: files, folders and zip files are taken in and read by the worker; a page tells how far it is and what to do about the rest."""

from __future__ import annotations

import io
import secrets
from collections.abc import Sequence
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
from archive import values
from archive.web.changes import Done, Sent
from archive.web.visit import Visit

#: Bytes and files that are sent at once, at most.
MOST, MOST_FILES = 300_000_000, 1_000
#: Files that are looked at for what was sent lately, and batches that are shown of them.
_LATELY, _BATCHES = 2_000, 12
#: Seconds after which a page of what is still read loads itself again.
_AGAIN = 3
#: Names that systems leave in folders.
_LEFTOVERS = ("thumbs.db", "desktop.ini")


def add(visit: Visit) -> Response:
    """The form, what was sent lately, and what waits for a program."""
    jobs = archive.list_jobs(visit.archive, limit=_LATELY)
    batches = [(batch, list(found)) for batch, found in groupby(jobs, key=lambda job: job.batch)]
    return visit.show(
        "add.html",
        batches=batches[:_BATCHES],
        pending=archive.list_pending(visit.archive),
        most=MOST // 1_000_000,
        files=MOST_FILES,
        why=lambda one: _why(visit, one.code, one.facts),
    )


def send(visit: Visit, sent: Sent) -> Done:
    """Takes files in; they are read later."""
    files = [each for each in sent.files("files") if _is_wanted(each.filename or "")]
    if not files:
        raise HTTPException(400, detail="no-files")
    batch = secrets.token_hex(6)
    for each in files:
        archive.queue_file(visit.archive, each.file, _named(each.filename or ""), batch=batch, now=visit.moment)
    return Done(f"/add/{batch}", "queued")


def retry(visit: Visit, sent: Sent) -> Done:
    """Sends what waits for a program to the worker again."""
    batch = secrets.token_hex(6)
    for one in archive.list_pending(visit.archive):
        data = archive.read_original(visit.archive, one.sha256)
        if data is not None:
            archive.queue_file(visit.archive, io.BytesIO(data), one.name or one.sha256, batch=batch, now=visit.moment)
    return Done(f"/add/{batch}", "queued")


def progress(visit: Visit) -> Response:
    """How far a batch is; loads itself again while something is left to do."""
    jobs = archive.list_jobs(visit.archive, visit.part("batch"))
    if not jobs:
        raise HTTPException(404)
    left = sum(job.state in ("waiting", "running") for job in jobs)
    response = visit.show(
        "adding.html",
        jobs=jobs,
        left=left,
        failed=sum(job.state == "failed" for job in jobs),
        doubts=_doubts(visit, jobs) if not left else {},
        why=lambda one: _why(visit, one.code, one.facts),
    )
    if left:
        response.headers["Refresh"] = str(_AGAIN)
    return response


def _is_wanted(name: str) -> bool:
    last = name.replace("\\", "/").rpartition("/")[2]
    return not last.startswith(".") and last.lower() not in _LEFTOVERS


def _named(name: str) -> str:
    """What a file is called, with the folders that it was sent with: words only, nothing is written where they say."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)[-500:] or "?"


def _why(visit: Visit, code: str | None, facts: dict[str, values.Fact]) -> str:
    """Why a file was not added, and what to do."""
    if code is None:
        return ""
    told = visit.words.speech.error(archive.errors.ArchiveError(code, **facts))
    return f"{told['message']} {told['advice']}"


def _doubts(visit: Visit, jobs: Sequence[values.Job]) -> dict[int, tuple[str, ...]]:
    """What a person should look at in what was added, by document."""
    came = [one.document_id for job in jobs for one in job.results if one.document_id is not None]
    return {one.document.id: one.doubts for one in archive.doubtful_documents(visit.archive, came)} if came else {}
