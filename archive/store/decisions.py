"""What users said of texts: these two are one paper, these are two. Kept by the hashes of the texts, so that it holds for a file that comes
in again, and whatever is made anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, union

from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.versions import Reading, read_versions
from archive.store.work_tables import DecisionRow
from archive.values.documents import Decision

SAME, DIFFERENT = "same", "different"


def decide(connection: Connection, verdict: str, reading: Reading, others: Iterable[str], now: datetime) -> None:
    """Notes what was said of a version, as it was before, and other texts (their hashes), in the place of what was said before."""
    for other in others:
        _forget(connection, reading.text, other)
        values = {"text_sha256": reading.text, "other": other, "former": reading.document_id, "kind": reading.kind}
        connection.execute(insert(DecisionRow).values(**values, verdict=verdict, decided_at=now))


def take_back(connection: Connection, verdict: str, texts: Iterable[str], others: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Forgets what was said of texts and others, where it was this; returns the document and the kind that each text had before."""
    ours, theirs, found = set(texts), set(others), dict[str, tuple[int, str]]()
    for said in connection.execute(select(*DecisionRow.__table__.columns).where(DecisionRow.verdict == verdict)).all():
        if {said.text_sha256, said.other} & ours and {said.text_sha256, said.other} & theirs:
            found[said.text_sha256] = (said.former, said.kind)
            _forget(connection, said.text_sha256, said.other)
    return found


def _forget(connection: Connection, one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        connection.execute(delete(DecisionRow).where(DecisionRow.text_sha256 == first, DecisionRow.other == second))


def documents_said(connection: Connection, text: str, verdict: str) -> frozenset[int]:
    """The documents of which a user said this, with this text (its hash)."""
    told = DecisionRow.verdict == verdict
    others = union(
        select(DecisionRow.other).where(told, DecisionRow.text_sha256 == text),
        select(DecisionRow.text_sha256).where(told, DecisionRow.other == text),
    )
    return frozenset(connection.scalars(select(VersionRow.document_id).where(VersionRow.text_sha256.in_(others))))


def former_of(connection: Connection, text: str) -> int | None:
    """The number of the document that a user joined to another with this text; None where none was."""
    query = select(DecisionRow.former).where(DecisionRow.text_sha256 == text, DecisionRow.verdict == SAME)
    return connection.scalars(query).first()


def joined_into(connection: Connection, document_id: int) -> int | None:
    """The document that has the versions of one that a user joined to another; None where there is none."""
    query = (
        select(VersionRow.document_id)
        .join(DecisionRow, DecisionRow.text_sha256 == VersionRow.text_sha256)
        .where(DecisionRow.former == document_id, DecisionRow.verdict == SAME)
    )
    return connection.scalars(query).first()


def decisions(archive: Archive) -> tuple[Decision, ...]:
    """All that users said of documents, the oldest first; a version that is no longer in the archive is None."""
    query = select(*DecisionRow.__table__.columns).order_by(DecisionRow.decided_at, DecisionRow.text_sha256, DecisionRow.other)
    with translated(archive.database), archive.engine.connect() as connection:
        rows = connection.execute(query).all()
        there = read_versions(connection, VersionRow.text_sha256.in_({text for row in rows for text in (row.text_sha256, row.other)}))
    return tuple(Decision(row.verdict, there.get(row.text_sha256), there.get(row.other), row.former, row.decided_at) for row in rows)
