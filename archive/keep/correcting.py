"""Correcting what was read: said, kept, laid over the document, and followed by all that depends on it; and taken back.

One transaction each: the correction, the plan with it, its rows, the citations that it touches, an entry in the journal. Then the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from archive.amend.anchors import from_json
from archive.amend.fields import Named, read_field
from archive.amend.laying import TEXT
from archive.amend.said import read_duty, read_value
from archive.amend.targets import target_of
from archive.ask.corrections import meant_document, text_of
from archive.ask.documents import find_document, get_document
from archive.errors import NotCorrectable
from archive.fulltext.indexing import index_versions
from archive.resolve.overlay import resolve_pending, resolve_versions, touched_blocks
from archive.store.changes import lay_again
from archive.store.corrections import corrections_of, delete_corrections, insert_correction, read_corrections
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.journal import note
from archive.store.tables import AssignmentRow, VersionRow
from archive.store.versions import current_version, read_content
from archive.store.work_tables import CorrectionRow
from archive.values.citations import Change
from archive.values.corrections import Correction, Said
from archive.values.documents import Fact
from archive.values.work import Corrected, Entry

ACTION = "correct"
#: The action of a correction that was taken back.
WITHDRAWN = "uncorrect"


def correct(
    archive: Archive,
    ref: str,
    field: str,
    value: str | Mapping[str, str | None],
    *,
    now: datetime,
    at: str | None = None,
    reason: str | None = None,
) -> Corrected:
    """Says what a field of a document is ("none": it has none, or it is no such thing). The fields are those of `values.Correction`, with
    which one is meant behind a colon, as answers print it: "date", "node:II.1.heading", "citation:3.document", "duty:5.deadline",
    'text:"printed words"'. "duty" with parts (unit, task, role, deadline) adds one that is missing.

    ``at`` says which of several equal words is meant, from 1, or at which node or words a missing duty stands. What is said already is not
    said twice. Raises UnknownDocument, AmbiguousDocument, NotCorrectable, AmbiguousReference.
    """
    named, document = read_field(field), find_document(archive, ref)
    said = _said(archive, named, value)
    resolve_pending(archive)
    if named.field == TEXT:
        load_parser()
    with translated(archive.database), writing(archive.engine).begin() as connection:
        version_id = current_version(connection, document.id)
        text, plan = read_content(connection, version_id)
        target = target_of(plan, text, named, row=_row(connection, version_id, named), at=at)
        made = Correction(
            id=0,
            document_id=document.id,
            field=named.field,
            anchor=target.anchor,
            printed=target.printed,
            was=target.was,
            value=said,
            reason=reason,
            text_sha256=text_of(connection, document.id),
            state="unplaced",
            ordinal=None,
            who=archive.who,
            at=now,
        )
        if (same := said_already(connection, made)) is not None:
            return Corrected(document, same, fresh=False)
        (made,), changes = lay_new(connection, [made])
        facts = {"field": field, "value": words_of_said(said), "was": words_of_said(made.was)}
        note(connection, archive, now, ACTION, document.id, facts=facts, before=before_of_made([made]))
    index_again(archive, [version_id])
    return Corrected(get_document(archive, document.id), made, changes)


def _said(archive: Archive, named: Named, value: str | Mapping[str, str | None]) -> Said:
    """What is said, in the form that it is kept in."""
    if named.field == "duty" and named.which is None:
        return read_duty(value if isinstance(value, Mapping) else _parts(value))
    if not isinstance(value, str):
        raise NotCorrectable("correct-empty", field=named.field)
    said = read_value(named, value)
    return meant_document(archive, said) if named.field == "citation.document" and isinstance(said, str) else said


def _parts(value: str) -> dict[str, str | None]:
    """ "unit=Sở Y tế; task=Tổ chức tiêm chủng" as parts."""
    pairs = [each.partition("=") for each in value.split(";")]
    return {name.strip().lower(): words.strip() for name, _, words in pairs}


def _row(connection: Connection, version_id: int, named: Named) -> int | None:
    """The row of the register that goes by an id; None where it is told by its number."""
    if named.kind not in ("duty", "unit") or named.which is None:
        return None
    by_id = select(AssignmentRow.ordinal).where(AssignmentRow.version_id == version_id, AssignmentRow.duty == named.which)
    return connection.scalars(by_id.limit(1)).first()


def load_parser() -> None:
    """Loads what parsing takes before the database is held for writing."""
    from kehoach_parser import parse

    parse("KẾ HOẠCH")


def said_already(connection: Connection, made: Correction) -> Correction | None:
    """The correction that says the same of the same place and holds; None where there is none."""
    same = [
        each
        for each in corrections_of(connection, made.document_id)
        if (each.field, each.value) == (made.field, made.value) and _same_place(each, made) and each.state != "superseded"
    ]
    return same[-1] if same else None


def _same_place(one: Correction, other: Correction) -> bool:
    if one.anchor is None or other.anchor is None:
        return one.anchor is other.anchor
    return replace(one.anchor, start=0, end=0) == replace(other.anchor, start=0, end=0)


def lay_new(connection: Connection, made: Sequence[Correction]) -> tuple[tuple[Correction, ...], tuple[Change, ...]]:
    """Stores corrections and lays them over their documents, within a transaction; returns them as they lie, and what citations mean."""
    versions = _current(connection, {each.document_id for each in made})
    touched = touched_blocks(connection, versions)
    numbers = [insert_correction(connection, each).id for each in made]
    for version_id in versions:
        lay_again(connection, version_id)
    changes = resolve_versions(connection, versions, also=touched)
    laid = {each.id: each for each in read_corrections(connection, CorrectionRow.id.in_(numbers))}
    return tuple(laid[number] for number in numbers), changes


def take_back(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """Undoes corrections, as if they had never been said; returns what citations mean now. ``before`` is that of their entry in the
    journal."""
    made = _kept(before)
    return _change(archive, entry, WITHDRAWN, made, now, lambda connection: delete_corrections(connection, [each.id for each in made]))


def say_again(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """Says again what `take_back` took back; the corrections have their numbers again."""
    made = _kept(before)

    def insert(connection: Connection) -> None:
        for each in made:
            insert_correction(connection, each)

    return _change(archive, entry, ACTION, made, now, insert)


def _change(
    archive: Archive, entry: Entry, action: str, made: Sequence[Correction], now: datetime, work: Callable[[Connection], None]
) -> tuple[Change, ...]:
    """Takes corrections away or puts them back, with all that depends on them, as one transaction with its entry in the journal."""
    resolve_pending(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        versions = _current(connection, {each.document_id for each in made})
        touched = touched_blocks(connection, versions)
        work(connection)
        for version_id in versions:
            lay_again(connection, version_id)
        changes = resolve_versions(connection, versions, also=touched)
        facts = {name: value for name, value in entry.facts.items() if name in ("field", "value", "was", "count")}
        note(connection, archive, now, action, entry.document_id, facts=facts, before=before_of_made(made))
    index_again(archive, versions)
    return changes


def _kept(before: dict[str, Any]) -> tuple[Correction, ...]:
    """The corrections that the journal keeps."""
    return tuple(
        Correction(**{**row, "anchor": from_json(row["anchor"]), "at": datetime.fromisoformat(row["at"])}) for row in before["corrections"]
    )


def _current(connection: Connection, documents: Iterable[int]) -> tuple[int, ...]:
    """The versions that answer for documents; one in the trash has none."""
    query = select(VersionRow.id).where(VersionRow.current, VersionRow.document_id.in_(sorted(documents))).order_by(VersionRow.id)
    return tuple(connection.scalars(query))


def index_again(archive: Archive, versions: Sequence[int]) -> None:
    """Brings the index of versions into step with what they say now."""
    index_versions(archive, versions)


def before_of_made(made: Iterable[Correction]) -> dict[str, Any]:
    """What the journal keeps of corrections: enough to take them back, and to say them again."""
    return {"corrections": [asdict(each) | {"at": each.at.isoformat()} for each in made]}


def words_of_said(value: Said) -> Fact:
    """A value in words: of a duty and of a cited document their parts."""
    if isinstance(value, dict):
        return " ".join(part for name, part in value.items() if part and name not in ("text", "place", "issuer"))
    return value
