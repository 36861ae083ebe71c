"""Read, parse, store, index: the way of a file into the archive, and out of it again."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy.exc import IntegrityError

from archive.ask.documents import find_document, get_document
from archive.common.paths import path_from
from archive.errors import AlreadyThere, ArchiveError, NotStorable
from archive.fulltext.engine import Analysed
from archive.fulltext.indexing import BATCH, analyser, exchange, index_versions
from archive.keep.copies import Twin, find_twin
from archive.keep.drafting import Made, Make, Parse, maker
from archive.keep.files import find_files
from archive.keep.preparing import Ahead, Incoming, Prepared, cores, prepare, prepare_all
from archive.keep.trash import refuse_if_changed, take_out
from archive.resolve.overlay import resolve_pending, resolve_versions, touched_blocks
from archive.store.changes import change_places, insert_document, insert_reading, let_answer, named, replace_document
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.journal import note
from archive.store.originals import drop_unused, is_original, keep_original, name_of_original, read_original
from archive.store.pages import KeptPages
from archive.store.pending import end_pending, list_pending, note_pending
from archive.store.versions import Stored, current_version, find_bytes, find_content
from archive.values.citations import Change
from archive.values.documents import Added, Fact
from archive.values.work import Entry
from kehoach_parser import ReadError, ReadOptions, Text
from kehoach_parser.errors import AccessDenied, MissingProgram

#: Letters of texts that are indexed together: they wait in memory.
_LETTERS = 2_000_000

#: Called with each citation of an earlier plan that means something else now.
Changed = Callable[[Change], None]

#: Told of a file whose pages are read from images: its name, pages done, pages in all.
PageStep = Callable[[str, int, int], None]
#: What became of a file, and the version that came in, with its text as the index takes it.
_Result = tuple[Added, tuple[int, Analysed] | None]
#: A file on its way, or what became of it at once.
_Item = Incoming | _Result


@dataclass(frozen=True, slots=True)
class _Adding:
    """What holds for all files that are added together; the fields are the arguments of `add_files`."""

    archive: Archive
    now: datetime
    make: Make
    changed: Changed | None
    pages: PageStep | None
    apart: bool
    jobs: int = 1
    cluster: str | None = None


def add_files(
    archive: Archive,
    files: Iterable[Path],
    *,
    now: datetime,
    parse: Parse | None = None,
    changed: Changed | None = None,
    pages: PageStep | None = None,
    apart: bool = False,
    jobs: int | None = 1,
    cluster: str | None = None,
) -> Iterator[Added]:
    """Adds files one by one, one transaction each, and yields what became of each; a file that fails stops nothing. A zip file gives a
    result for each file in it. A file that is a reading of a paper in the archive becomes a version of that document (`keep.copies`),
    unless it is to stand ``apart``.

    ``now`` (with a time zone) is noted as the time of adding; ``changed`` is told which earlier citations mean something else because of
    what came in, ``pages`` which pages were read from images. With more than one of ``jobs`` (None: one for each core) so many processes
    read and parse ahead (``parse`` must then be a function of a module), or the machines of a ``cluster`` do, the address of a scheduler of
    Dask; one stores, in order: the archive is the same. Errors of the archive itself (DiskFull, ArchiveLocked, NoPermission …) and of a
    cluster (ClusterAway, ClusterDiffers, ExtraMissing) are raised: they would meet every file. Closing the generator early, or Ctrl-C,
    leaves a sound archive: what was added is resolved and indexed now or by the next question, and pages that OCR has read are kept.
    """
    adding = _Adding(archive, now, _maker(archive, parse), changed, pages, apart, cores() if jobs is None else jobs, cluster)
    return _settled(archive, _added(adding, (item for file in files for item in _of_file(file))), changed)


def add_paths(
    archive: Archive,
    paths: Iterable[Path],
    *,
    now: datetime,
    parse: Parse | None = None,
    changed: Changed | None = None,
    apart: bool = False,
) -> Iterator[Added]:
    """`add_files` of the files in `find_files`."""
    return add_files(archive, find_files(paths)[0], now=now, parse=parse, changed=changed, apart=apart)


def add_bytes(
    archive: Archive,
    data: bytes,
    *,
    now: datetime,
    name: str | None = None,
    parse: Parse | None = None,
    changed: Changed | None = None,
    pages: PageStep | None = None,
    apart: bool = False,
) -> Iterator[Added]:
    """`add_files` of bytes that are no file: of standard input, without a ``name``, or of what was put together
    (`kehoach_parser.join_pictures`)."""
    adding = _Adding(archive, now, _maker(archive, parse), changed, pages, apart)
    return _settled(archive, _added(adding, _of_data(data, name, name, None)), changed)


def add_text(
    archive: Archive,
    text: Text,
    *,
    now: datetime,
    path: Path | None = None,
    parse: Parse | None = None,
    changed: Changed | None = None,
    apart: bool = False,
) -> Added:
    """Adds one text that was read already; its file is not kept; ``changed`` and ``apart`` as in `add_files`. Raises NotStorable."""
    adding = _Adding(archive, now, _maker(archive, parse), changed, None, apart)
    added, fresh = _store(adding, text, adding.make(text), path)
    _settle(archive, dict([fresh] if fresh else ()), changed)
    return added


def retry_pending(
    archive: Archive, *, now: datetime, parse: Parse | None = None, changed: Changed | None = None, pages: PageStep | None = None
) -> Generator[Added, None, None]:
    """Reads the files that wait again, from their kept bytes; what still cannot be read stays on the list. The rest as in `add_files`."""

    adding = _Adding(archive, now, _maker(archive, parse), changed, pages, False)

    def waiting() -> Iterator[_Item]:
        for item in list_pending(archive):
            data = read_original(archive, item.sha256)
            if data is not None:
                yield Incoming(data, item.name, item.path or item.name, item.sha256, path_from(item.path) if item.path else None)

    return _settled(archive, _added(adding, waiting()), changed)


def replace(
    archive: Archive,
    ref: str,
    file: Path,
    *,
    now: datetime,
    parse: Parse | None = None,
    changed: Changed | None = None,
    pages: PageStep | None = None,
) -> Added:
    """Puts a corrected or signed version in the place of a document; the old one stays in the history, out of all questions.

    ``changed`` as in `add_files`. Raises UnknownDocument, AmbiguousDocument, AlreadyThere, NotStorable, and the ReadError of the file;
    nothing is changed then.
    """
    from kehoach_parser import file_bytes, printable_name, read_bytes

    document = find_document(archive, ref)
    data, shown = file_bytes(file), printable_name(str(file))
    text = read_bytes(data, file.name, _reading(archive, shown, pages), where=shown)
    if there := find_content(archive, text):
        raise AlreadyThere(name=shown, document=there.document_id, version=there.number)
    draft = _maker(archive, parse)(text).draft
    keep_original(archive, data, file.name)
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        touched = touched_blocks(connection, [current_version(connection, document.id)])
        stored, old_version_id = replace_document(connection, document.id, text, draft, file.absolute(), now)
        before = {"version": stored.version_id, "answered": old_version_id}
        note(connection, archive, now, "replace", document.id, facts=named(connection, stored.version_id), before=before)
        changes = resolve_versions(connection, [stored.version_id], also=touched)
    keep_original(archive, data, file.name)
    end_pending(archive, text.sha256)
    _tell(changes, changed)
    exchange(archive, [old_version_id], [stored.version_id])
    return Added(shown, "replaced", get_document(archive, document.id))


def undo_replace(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """The version that was replaced answers again; the other stays in the history."""
    document_id, gone, back = entry.document_id or 0, before["version"], before["answered"]
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        refuse_if_changed(connection, entry, document_id)
        touched = touched_blocks(connection, [current_version(connection, document_id)])
        change_places(connection, document_id, gone, back, now)
        swapped = {"version": back, "answered": gone}
        note(connection, archive, now, "replace", document_id, facts=named(connection, back), before=swapped)
        changes = resolve_versions(connection, [back], also=touched)
    exchange(archive, [gone], [back])
    return changes


def _settled(archive: Archive, results: Iterator[_Result], changed: Changed | None) -> Generator[Added, None, None]:
    """The results, their versions indexed in batches on the way, and settled at the end, however it comes."""
    fresh: dict[int, Analysed] = {}
    try:
        for added, one in results:
            fresh |= dict([one] if one else ())
            if len(fresh) >= BATCH or sum(len(each.text) for each in fresh.values()) > _LETTERS:
                index_versions(archive, tuple(fresh), ready=fresh)
                fresh = {}
            yield added
    except BaseException:
        with suppress(ArchiveError):  # the first error is the one to tell
            _settle(archive, fresh, changed)
        raise
    _settle(archive, fresh, changed)


def _settle(archive: Archive, fresh: Mapping[int, Analysed], changed: Changed | None) -> None:
    """What follows when versions came in: the last are indexed, and the citations of all are resolved with those that were there."""
    index_versions(archive, tuple(fresh), ready=fresh)
    _tell(resolve_pending(archive), changed)


def _tell(changes: Iterable[Change], changed: Changed | None) -> None:
    for change in changes:
        if changed is not None:
            changed(change)


def _of_file(file: Path) -> Iterator[_Item]:
    from kehoach_parser import file_bytes, printable_name

    shown = printable_name(str(file))
    try:
        if file.is_dir() and not os.access(file, os.R_OK | os.X_OK):  # a folder that could not be walked
            raise AccessDenied(shown)
        data = file_bytes(file)
    except ReadError as error:
        yield _failed(shown, error), None
        return
    if is_original(file):  # of an archive that lost its database: under its hash, and no place that people know
        yield from _of_data(data, name_of_original(file), shown, None)
    else:
        yield from _of_data(data, file.name, shown, file.absolute())


def _of_data(data: bytes, name: str | None, shown: str | None, path: Path | None) -> Iterator[_Item]:
    """One file, or each file of a zip file; ``shown`` is what results call it."""
    from kehoach_parser import printable_name, unpack

    try:
        members = unpack(data, shown or "-")
        if members is None:
            yield _incoming(data, name, shown, path)
            return
        for member, inner in members:
            called = f"{shown or '-'}/{printable_name(member)}"
            if isinstance(inner, ReadError):
                yield _failed(called, inner), None
            else:
                yield _incoming(inner, PurePath(member).name, called, None)
    except ReadError as error:
        yield _failed(shown, error), None


def _incoming(data: bytes, name: str | None, shown: str | None, path: Path | None) -> Incoming:
    return Incoming(data, name, shown, hashlib.sha256(data).hexdigest(), path)


def _added(adding: _Adding, items: Iterable[_Item]) -> Iterator[_Result]:
    """What became of each file, in their order. Files that are in the archive already are neither read nor parsed."""
    began: deque[_Item] = deque()

    def unread() -> Iterator[Incoming | None]:
        for item in items:
            began.append(item)
            yield item if isinstance(item, Incoming) and not find_bytes(adding.archive, item.sha256) else None

    with closing(prepare_all(partial(_read, adding), adding.make, unread(), adding.jobs, adding.cluster)) as every:
        for prepared in every:
            item = began.popleft()
            yield _add_one(adding, item, prepared) if isinstance(item, Incoming) else item


def _read(adding: _Adding, item: Incoming, ahead: Ahead | None) -> Text:
    from kehoach_parser import read_bytes

    return read_bytes(item.data, item.name, _reading(adding.archive, item.shown or "-", adding.pages, ahead), where=item.shown)


def _add_one(adding: _Adding, item: Incoming, prepared: Prepared | None) -> _Result:
    archive = adding.archive
    if there := find_bytes(archive, item.sha256):  # asked again: the same file may have come in since it was begun
        mended = keep_original(archive, item.data, item.name)
        return _present(adding, there, item.shown, mended), None
    prepared = prepared or prepare(partial(_read, adding), adding.make, item)
    if isinstance(prepared, MissingProgram):
        keep_original(archive, item.data, item.name)
        note_pending(archive, item.sha256, item.name, item.path, prepared, adding.now)
        keep_original(archive, item.data, item.name)
        return _failed(item.shown, prepared, "waiting"), None
    if isinstance(prepared, ReadError):
        return _failed(item.shown, prepared), None
    keep_original(archive, item.data, item.name)
    try:
        result = _store(adding, prepared.text, prepared.made, item.path, item.shown)
    except NotStorable as error:
        drop_unused(archive, item.sha256)
        return Added(item.shown, "failed", None, error.code, {"name": item.shown or "-"}), None
    end_pending(archive, item.sha256)
    if result[0].status in ("present", "restored"):  # the same text in another file: the file that was read first stays
        drop_unused(archive, item.sha256)
    else:  # a trash that was emptied meanwhile may have taken it along
        keep_original(archive, item.data, item.name)
    return result


def _reading(archive: Archive, name: str, pages: PageStep | None, ahead: Ahead | None = None) -> ReadOptions:
    step = None if pages is None else partial(pages, name)
    return ReadOptions(KeptPages(archive), ahead.watched(step) if ahead else step, pool=ahead.pool if ahead else None)


def _failed(shown: str | None, error: ReadError, status: str = "failed") -> Added:
    return Added(shown, status, None, error.code, {"name": error.name, **error.facts})


def _store(adding: _Adding, text: Text, made: Made, path: Path | None, name: str | None = None) -> _Result:
    archive = adding.archive
    if there := find_content(archive, text):
        return _present(adding, there, name), None
    try:
        if not adding.apart and (twin := find_twin(archive, text, made.draft)):
            return _store_beside(adding, twin, text, made, path, name)
        stored = insert_document(archive, text, made.draft, path, adding.now)
    except IntegrityError:  # another process has added the same content meanwhile
        if there := find_content(archive, text):
            return _present(adding, there, name), None
        raise
    return Added(name, "added", get_document(archive, stored.document_id)), (stored.version_id, made.analysed)


def _store_beside(adding: _Adding, twin: Twin, text: Text, made: Made, path: Path | None, name: str | None) -> _Result:
    """Stores another reading of a paper; where it is the better one it answers from now on."""
    archive, document = adding.archive, twin.document
    if twin.better:
        resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        stored = insert_reading(connection, document.id, twin.kind, text, made.draft, path, adding.now)
        answered = current_version(connection, document.id)
        before = {"version": stored.version_id, "answered": answered}
        note(connection, archive, adding.now, "add", document.id, facts=named(connection, stored.version_id), before=before)
        if twin.better:
            touched = touched_blocks(connection, [answered])
            stored, _ = let_answer(connection, stored)
            changes = resolve_versions(connection, [stored.version_id], also=touched)
    facts: dict[str, Fact] = {
        "number": stored.number,
        "answers": stored.number if twin.better else document.version,
        "file": document.name or document.sha256[:8],
        **{part: len(getattr(twin.changed, part)) for part in ("head", "outline", "duties", "citations")},
    }
    if twin.better:
        _tell(changes, adding.changed)
        exchange(archive, [answered], [])
    fresh = (stored.version_id, made.analysed) if twin.better else None
    return Added(name, twin.kind, get_document(archive, document.id), None, facts), fresh


def _present(adding: _Adding, there: Stored, name: str | None, mended: bool = False) -> Added:
    """What is in the archive already stays as it is; what was removed is taken out of the trash."""
    archive = adding.archive
    facts: dict[str, Fact] = {"version": there.number, "current": int(there.current), "mended": int(mended)}
    if not there.trashed:
        return Added(name, "present", get_document(archive, there.document_id), None, facts)
    document, changes = take_out(archive, there.document_id, adding.now)
    _tell(changes, adding.changed)
    return Added(name, "restored", document, None, facts)


def _maker(archive: Archive, parse: Parse | None) -> Make:
    return maker(parse or _parser(), analyser(archive))


def _parser() -> Parse:
    from kehoach_parser import parse

    return parse
