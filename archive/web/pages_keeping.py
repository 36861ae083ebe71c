"""What keeps an archive: the journal with undo, the trash, a backup to take away."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

import archive
from archive.web.changes import Done, Sent, next_of
from archive.web.visit import Visit

#: Entries of the journal on its page, and on the page of all.
FEW, MANY = 50, 2_000
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
#: Changes that `archive.undo` takes back.
UNDOABLE = (
    "add",
    "remove",
    "restore",
    "replace",
    "join",
    "split",
    "aliases",
    "duty",
    "correct",
    "import-corrections",
    "uncorrect",
    "reparse",
    "reparse-run",
)


def journal(visit: Visit) -> Response:
    """Who changed what and when, the newest first; what came to one document where it is asked for."""
    document = visit.number("document", 0, 0, 999_999_999) or None
    most = MANY if visit.typed("all") else FEW
    found = archive.entries(visit.archive, limit=most + 1, document_id=document)
    return visit.show(
        "journal.html",
        found=found[:most],
        more=len(found) > most,
        undoable=UNDOABLE,
        document=document,
        label=visit.words.field,
        said_day=lambda said: visit.words.speech.day(said) if _DAY.fullmatch(said) else said,
    )


def undo(visit: Visit, sent: Sent) -> Done:
    """Takes a change back."""
    number = sent.typed("number")
    if not number.isdecimal():
        raise HTTPException(400, detail="parameter-missing")
    archive.undo(visit.archive, int(number[:9]), now=visit.moment)
    return Done(next_of(sent, "/journal"), "undone")


def trash(visit: Visit) -> Response:
    """What was removed and can come back."""
    page, found = visit.slice(), archive.list_trash(visit.archive)
    return visit.show("trash.html", found=found[page.offset : page.offset + page.size], total=len(found), page=page)


def remove(visit: Visit, sent: Sent) -> Done:
    """Moves a document to the trash."""
    archive.remove(visit.archive, visit.part("ref"), now=visit.moment)
    return Done("/trash", "removed")


def restore(visit: Visit, sent: Sent) -> Done:
    """Takes a document out of the trash."""
    document, _ = archive.restore_document(visit.archive, sent.typed("document"), now=visit.moment)
    return Done(f"/documents/{document.id}", "restored")


def empty(visit: Visit, sent: Sent) -> Done:
    """Deletes for good what is in the trash, where that was said twice."""
    if not sent.typed("sure"):
        raise HTTPException(400, detail="not-sure")
    archive.empty_trash(visit.archive, now=visit.moment)
    return Done("/trash", "emptied")


def backup(visit: Visit) -> Response:
    """What a backup is, and the button that makes one."""
    return visit.show("backup.html", figures=archive.statistics(visit.archive))


def download(visit: Visit, sent: Sent) -> Response:
    """The whole archive as one file, verified before it is handed out."""
    folder = tempfile.TemporaryDirectory(prefix="kehoach-backup-")
    file = Path(folder.name, f"kehoach-{visit.now:%Y%m%d-%H%M}.zip")
    try:
        archive.back_up(visit.archive, file, now=visit.moment)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(file, media_type="application/zip", filename=file.name, background=BackgroundTask(folder.cleanup))
