"""Corrections in the database: rows in and out, and what a version says with those of its document laid over (`archive.amend`).

``contents`` stays what was read. ``corrected`` is made anew whenever text, plan or corrections change, and is gone where none says
anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, or_, select, update

from archive.amend.anchors import as_json, from_json
from archive.amend.laying import TEXT as WORDS
from archive.amend.laying import Laid, apply, as_it_is
from archive.amend.wording import as_read, reworded
from archive.store.pages import as_on_pages
from archive.store.tables import VersionRow
from archive.store.versions import read_as_read
from archive.store.work_tables import CorrectedRow, CorrectionRow
from archive.values.corrections import Correction
from archive.values.documents import Span
from kehoach_parser import Plan, Text, plan_to_json

Parse = Callable[[Text], Plan]


def read_corrections(connection: Connection, condition: ColumnElement[bool] | None = None) -> tuple[Correction, ...]:
    """The corrections for which a condition holds (None: all), in the order in which they were made."""
    rows = connection.execute(_CORRECTIONS if condition is None else _CORRECTIONS.where(condition))
    return tuple(map(_correction, rows))


def _correction(row: Row[*tuple[Any, ...]]) -> Correction:
    return Correction(**{**row._mapping, "anchor": from_json(row.anchor)})


_CORRECTIONS = select(*CorrectionRow.__table__.columns).order_by(CorrectionRow.id)
_OF_DOCUMENT = _CORRECTIONS.where(CorrectionRow.document_id == bindparam("document"))


def corrections_of(connection: Connection, document_id: int) -> tuple[Correction, ...]:
    """The corrections of a document, in the order in which they were made."""
    return tuple(map(_correction, connection.execute(_OF_DOCUMENT, {"document": document_id})))


def insert_correction(connection: Connection, correction: Correction) -> Correction:
    """Stores a correction; returns it with its number (its own, where it has one already: 0 is none)."""
    values = row_of(correction)
    if not correction.id:
        del values["id"]
    key = connection.execute(insert(CorrectionRow).values(values)).inserted_primary_key
    return replace(correction, id=int((key or (0,))[0]))


def row_of(correction: Correction) -> dict[str, Any]:
    """The columns of a correction."""
    return {each.name: getattr(correction, each.name) for each in CorrectionRow.__table__.columns} | {"anchor": as_json(correction.anchor)}


def delete_corrections(connection: Connection, numbers: Iterable[int]) -> None:
    """Takes corrections away, as if they had never been made."""
    connection.execute(delete(CorrectionRow).where(CorrectionRow.id.in_(sorted(numbers))))


_OF_DUTIES = (
    select(CorrectionRow.document_id, CorrectionRow.field, CorrectionRow.ordinal, CorrectionRow.printed, CorrectionRow.was)
    .where(
        CorrectionRow.document_id.in_(bindparam("documents", expanding=True)),
        CorrectionRow.state == "applied",
        CorrectionRow.ordinal.is_not(None),
        or_(CorrectionRow.field == "unit", CorrectionRow.field == "duty", CorrectionRow.field.startswith("duty.")),
    )
    .order_by(CorrectionRow.id)
)


def corrected_duties(connection: Connection, document_ids: Iterable[int]) -> dict[tuple[int, str, int], dict[str, str | None]]:
    """Which parts of the duties of documents people said, each with what is printed (a role is not, that with
    what was read): by document, "unit" and the place of the unit's
    mention in the plan, or "duty" and the row; a row that was added as a whole is its part "duty"."""
    found: dict[tuple[int, str, int], dict[str, str | None]] = defaultdict(dict)
    for row in connection.execute(_OF_DUTIES, {"documents": sorted(document_ids)}):
        kind, _, part = row.field.partition(".")
        found[row.document_id, kind, row.ordinal][part or kind] = row.was if part == "role" else row.printed
    return found


def laid_over(connection: Connection, version_id: int, parse: Parse | None = None) -> tuple[tuple[Correction, ...], Laid]:
    """The corrections of a version's document, and text and plan with them laid over; nothing is written."""
    document_id = connection.scalars(select(VersionRow.document_id).where(VersionRow.id == version_id)).one()
    corrections = corrections_of(connection, document_id)
    text, plan = read_as_read(connection, version_id)
    if any(each.field == WORDS for each in corrections):
        text = as_on_pages(connection, version_id, text)
    return corrections, apply(plan, text, corrections, parse) if corrections else as_it_is(plan, text.content)


def lay(connection: Connection, version_id: int, parse: Parse | None = None) -> Laid:
    """Lays the corrections of its document over a version, within a transaction; returns it as it answers now."""
    corrections, laid = laid_over(connection, version_id, parse)
    forget_laid(connection, version_id)
    if laid.changed:
        row = {"version_id": version_id, "text": laid.text, "plan": plan_to_json(laid.plan)}
        connection.execute(insert(CorrectedRow).values(row))
    for correction, outcome in zip(corrections, laid.outcomes, strict=True):
        if (correction.state, correction.ordinal) != (outcome.state, outcome.ordinal):
            connection.execute(update(CorrectionRow).where(CorrectionRow.id == correction.id).values(**asdict(outcome)))
    return laid


def forget_laid(connection: Connection, version_id: int) -> None:
    """Leaves of a version what was read alone."""
    connection.execute(delete(CorrectedRow).where(CorrectedRow.version_id == version_id))


def follow_text(connection: Connection, version_id: int, document_id: int) -> None:
    """Gives a document the corrections that were made on a version which is its now."""
    text = select(VersionRow.text_sha256).where(VersionRow.id == version_id).scalar_subquery()
    connection.execute(update(CorrectionRow).where(CorrectionRow.text_sha256 == text).values(document_id=document_id))


def span_as_read(connection: Connection, version_id: int, span: Span) -> Span:
    """Where a span of a version's text, as corrected, stood in the text as it was read: on its pages."""
    corrected = select(CorrectedRow.version_id).where(CorrectedRow.version_id == version_id)
    if connection.scalars(corrected).first() is None:
        return span
    document_id = connection.scalars(select(VersionRow.document_id).where(VersionRow.id == version_id)).one()
    said = [each for each in corrections_of(connection, document_id) if each.field == WORDS]
    text, _ = read_as_read(connection, version_id)
    return as_read(span, reworded(text.content, said).edits)
