"""What changed between two versions of a document, or between two documents."""

from __future__ import annotations

from archive.ask.documents import find_document, history, show, version_named
from archive.common.differences import Read, differences
from archive.errors import OneReading
from archive.store.handle import Archive
from archive.values.differences import Differences


def diff(archive: Archive, before: str, after: str | None = None) -> Differences:
    """What changed from one to another: documents as in `find_document`, with "#2" behind them for an earlier version.

    Without ``after`` the version of ``before`` that answers is compared with the latest other one, the earlier with the later. Raises
    UnknownDocument, AmbiguousDocument, UnknownVersion; OneReading where there is no other version.
    """
    if after is None:
        before, after = _last_two(archive, before)
    return differences(_read(archive, before), _read(archive, after))


def _read(archive: Archive, ref: str) -> Read:
    shown = show(archive, *version_named(ref))
    return Read(shown.document, shown.plan, shown.text)


def _last_two(archive: Archive, ref: str) -> tuple[str, str]:
    document = find_document(archive, ref)
    others = [version.number for version in history(archive, str(document.id)) if not version.current]
    if not others:
        raise OneReading(ref=ref)
    first, second = sorted((document.version, others[-1]))
    return f"{document.id}#{first}", f"{document.id}#{second}"
