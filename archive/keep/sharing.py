"""Corrections shared by archives: written to a file, and read from one. Read twice is once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from archive.amend.files import Shared, from_file, to_file
from archive.amend.plans import UNPLACED, words_of
from archive.ask.corrections import corrections, text_of
from archive.ask.documents import get_document
from archive.common.keys import symbol_key
from archive.keep.correcting import before_of_made, index_again, lay_new, load_parser, said_already
from archive.resolve.overlay import resolve_pending
from archive.store.corrections import read_corrections
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.journal import note
from archive.store.tables import VersionRow
from archive.store.work_tables import CorrectionRow
from archive.values.corrections import Correction
from archive.values.work import Imported

IMPORT = "import-corrections"


def export_corrections(archive: Archive, ref: str | None = None) -> str:
    """All corrections of an archive, or of a document, as a file (TOML). Raises UnknownDocument, AmbiguousDocument."""
    found = corrections(archive, ref)
    with translated(archive.database), archive.engine.connect() as connection:
        named = _names_as_read(connection)
    return to_file(Shared(each, *named.get(each.document_id, (None, None))) for each in found)


def import_corrections(archive: Archive, content: str, *, now: datetime, path: str = "-") -> tuple[Imported, ...]:
    """Takes in the corrections of a file, all in one transaction, and tells what became of each; who said them, and when, is kept. What
    does not fit waits, as all corrections do; what is there already, or is of no document of the archive, is passed over. ``path`` is
    named in errors. Raises NotCorrectable; nothing is taken in then."""
    shared = from_file(content, path)
    resolve_pending(archive)
    load_parser()
    results: dict[int, tuple[str, int | None]] = {}
    with translated(archive.database), writing(archive.engine).begin() as connection:
        fresh: dict[int, Correction] = {}
        names = _names_as_read(connection)
        for number, each in enumerate(shared):
            home = _document(connection, each, names)
            if home is None:
                results[number] = ("no-document", None)
                continue
            made = replace(each.correction, document_id=home[0], text_sha256=home[1])
            if said_already(connection, made) is not None or any(_same(made, other) for other in fresh.values()):
                results[number] = ("present", made.document_id)
            else:
                fresh[number] = made
        laid, _ = lay_new(connection, tuple(fresh.values())) if fresh else ((), ())
        results |= {number: (one.state, one.document_id) for number, one in zip(fresh, laid, strict=True)}
        if laid:
            note(connection, archive, now, IMPORT, None, facts={"count": len(laid)}, before=before_of_made(laid))
        changed = {one.document_id for one in laid}
        versions = tuple(connection.scalars(select(VersionRow.id).where(VersionRow.current, VersionRow.document_id.in_(sorted(changed)))))
    if versions:
        index_again(archive, versions)
    return _told(archive, shared, results)


def _names_as_read(connection: Connection) -> dict[int, tuple[str | None, str | None]]:
    """Symbol and date of each document as they were read: these two archives have in common."""
    query = select(VersionRow.document_id, VersionRow.symbol, VersionRow.date).where(VersionRow.current)
    found = {row.document_id: {"symbol": row.symbol, "date": row.date} for row in connection.execute(query)}
    for each in reversed(read_corrections(connection, CorrectionRow.field.in_(("symbol", "date")))):
        if each.document_id in found and each.state != UNPLACED:
            found[each.document_id][each.field] = words_of(each.was)
    return {number: (names["symbol"], names["date"]) for number, names in found.items()}


def _same(one: Correction, other: Correction) -> bool:
    return (one.document_id, one.field, one.anchor, one.value) == (other.document_id, other.field, other.anchor, other.value)


def _document(connection: Connection, shared: Shared, names: Mapping[int, tuple[str | None, str | None]]) -> tuple[int, str] | None:
    """The document that has the text of a correction, else the one of its symbol and date; and the hash of a text that it has."""
    text = shared.correction.text_sha256
    by_text = select(VersionRow.document_id).where(VersionRow.text_sha256 == text)
    answers = select(VersionRow.document_id).where(VersionRow.current)
    if (found := connection.scalars(by_text.where(VersionRow.document_id.in_(answers))).first()) is not None:
        return found, text
    if shared.symbol is None or shared.date is None:
        return None
    wanted = symbol_key(shared.symbol), shared.date
    named = [number for number, (symbol, date) in names.items() if symbol and (symbol_key(symbol), date) == wanted]
    return (named[0], text_of(connection, named[0])) if len(named) == 1 else None


def _told(archive: Archive, shared: tuple[Shared, ...], results: Mapping[int, tuple[str, int | None]]) -> tuple[Imported, ...]:
    documents = {number: get_document(archive, number) for number in {each for _, each in results.values() if each is not None}}
    return tuple(
        Imported(each.correction.field, each.correction.value, _named(each), status, documents[home] if home is not None else None)
        for each, (status, home) in zip(shared, (results[number] for number in range(len(shared))), strict=True)
    )


def _named(shared: Shared) -> str:
    return " ".join(filter(None, (shared.symbol, shared.date))) or shared.correction.text_sha256[:12]
