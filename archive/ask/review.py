"""What a person should settle, those doubts first that change most answers: many citations hang on them, or a deadline is near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from archive.amend.heads import read_head
from archive.ask.choices import choices_among
from archive.ask.doubtful import doubtful_documents
from archive.common.deadlines import as_day
from archive.common.doubts import DOUBTS, FIELD_OF
from archive.resolve.mentions import Mention, find_mentions, records_of
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import AssignmentRow, AuthorityRow, CitationRow, DateRow, ResolutionRow, VersionRow
from archive.store.versions import current_version, documents_by_version, read_content
from archive.values.documents import Document
from archive.values.work import Doubt
from kehoach_parser import Plan
from kehoach_parser.model import Field

#: A unit or a deadline less sure than this is doubtful (0 to 1), as a date in `ask.doubtful`.
_SURE = 0.75
#: So many days before a deadline it is near, and what that weighs at most; one that has passed is near as long.
_NEAR, _URGENT = 60, 10.0
#: Code points of a head that are shown, and candidates of a citation that are offered.
_AROUND, _OFFERED = 240, 6


def review_queue(archive: Archive, *, limit: int | None = None, today: date | None = None) -> tuple[Doubt, ...]:
    """What is doubted and can be settled by a correction (`correct` with ``field`` and one of the values), what most hangs on first.
    Deadlines near ``today`` weigh more; without it none is near."""
    with translated(archive.database), archive.engine.connect() as connection:
        found = [*_heads(archive, connection), *_citations(connection), *_duties(connection, today)]
    return tuple(sorted(found, key=lambda doubt: (-doubt.weight, doubt.document.id, doubt.span))[:limit])


def _heads(archive: Archive, connection: Connection) -> Iterator[Doubt]:
    """The doubts about heads, one a field."""
    counted = select(AuthorityRow.document_id, func.sum(AuthorityRow.mentions)).where(AuthorityRow.document_id.is_not(None))
    mentions = {row[0]: row[1] for row in connection.execute(counted.group_by(AuthorityRow.document_id))}
    for doubtful in doubtful_documents(archive):
        document = doubtful.document
        kinds = {FIELD_OF[code]: code for code in reversed(doubtful.doubts) if code in FIELD_OF}
        if not kinds:
            continue
        text, plan = read_content(connection, current_version(connection, document.id))
        for field, code in kinds.items():
            value, printed = read_head(plan, field)
            said, cited = _field(plan, field), mentions.get(document.id, 0)
            yield Doubt(
                document=document,
                kind=code,
                field=field,
                printed=printed,
                around=" ".join(text[plan.header.span[0] :][:_AROUND].split()),
                reading=value,
                alternatives=tuple(each.value for each in said.alternatives) if said else (),
                span=said.span if said else plan.header.span,
                weight=float(DOUBTS[code] + cited),
                why={"mentions": cited},
            )


def _field(plan: Plan, name: str) -> Field | None:
    found: Field | None = getattr(plan.header, name)
    return found


def _citations(connection: Connection) -> Iterator[Doubt]:
    """Mentions that may mean several documents, or contradict the one that they mean."""
    unclear = find_mentions(connection, VersionRow.current & ResolutionRow.state.in_(("ambiguous", "conflicting")))
    numbers = _numbers(connection, unclear)
    records = records_of(connection, {key for one in unclear for key in (*one.candidates, one.document_key)})
    alike = Counter(one.symbol_key or one.name_key for one in unclear)
    for one in unclear:
        hit, hanging = one.hit, alike[one.symbol_key or one.name_key]
        meant = [records[key] for key in (one.candidates or (one.document_key,)) if key in records]
        offered = tuple(choice for choice in choices_among(meant[:_OFFERED]) if choice)
        is_read = hit.state == "conflicting" and bool(offered)
        yield Doubt(
            document=hit.document,
            kind=f"{hit.state}-citation",
            field=f"citation:{numbers[hit.document.id, hit.span]}.document",
            printed=" ".join(hit.raw.split()),
            around=hit.sentence.text,
            reading=offered[0] if is_read else None,
            alternatives=offered[is_read:],
            span=hit.span,
            weight=1.0 + hanging,
            why={"mentions": hanging},
        )


def _numbers(connection: Connection, mentions: tuple[Mention, ...]) -> dict[tuple[int, tuple[int, int]], int]:
    """How `correct` counts these mentions, by document and span."""
    documents = sorted({one.hit.document.id for one in mentions})
    columns = (VersionRow.document_id, CitationRow.start, CitationRow.end, CitationRow.ordinal)
    query = select(*columns).join(VersionRow, VersionRow.id == CitationRow.version_id).where(VersionRow.current)
    rows = connection.execute(query.where(VersionRow.document_id.in_(documents)))
    return {(row.document_id, (row.start, row.end)): row.ordinal + 1 for row in rows}


def _duties(connection: Connection, today: date | None) -> Iterator[Doubt]:
    """Units and deadlines of duties that were read with doubt; a unit once for all duties that it has at a place."""
    is_deadline = (DateRow.version_id == AssignmentRow.version_id) & (DateRow.ordinal == AssignmentRow.deadline)
    unsure = (AssignmentRow.certainty < _SURE) | (DateRow.certainty < _SURE)
    query = select(*AssignmentRow.__table__.columns, *_DATE).select_from(AssignmentRow).outerjoin(DateRow, is_deadline)
    rows = connection.execute(
        query.join(VersionRow, VersionRow.id == AssignmentRow.version_id).where(VersionRow.current, unsure).order_by(*_ORDER)
    ).all()
    documents = documents_by_version(connection, {row.version_id for row in rows})
    units: dict[tuple[int, int], int] = {}
    for row in rows:
        units[row.version_id, row.assignment] = units.get((row.version_id, row.assignment), 0) + 1
    for row in rows:
        document = documents[row.version_id]
        if row.certainty < _SURE and (many := units.pop((row.version_id, row.assignment), 0)):
            yield _of_row(row, document, "doubtful-unit", today, many)
        if row.sure is not None and row.sure < _SURE:
            yield _of_row(row, document, "doubtful-deadline", today, 1)


_DATE = (DateRow.last, DateRow.value, DateRow.raw, DateRow.certainty.label("sure"), DateRow.start.label("from_"), DateRow.end.label("to"))
_ORDER = (AssignmentRow.version_id, AssignmentRow.ordinal)


def _of_row(row: Row[*tuple[Any, ...]], document: Document, kind: str, today: date | None, many: int) -> Doubt:
    """A doubt about a row of the register."""
    of_unit = kind == "doubtful-unit"
    return Doubt(
        document=document,
        kind=kind,
        field=f"unit:{row.ordinal + 1}" if of_unit else f"duty:{row.ordinal + 1}.deadline",
        printed=row.unit if of_unit else row.raw,
        around=row.task or "",
        reading=row.unit if of_unit else row.value,
        alternatives=(),
        span=(row.start, row.end) if of_unit else (row.from_, row.to),
        weight=many + _urgency(row.last, today),
        why={"duties": many, "deadline": row.last},
    )


def _urgency(last: str | None, today: date | None) -> float:
    """What a deadline weighs by how near it is."""
    if last is None or today is None:
        return 0.0
    days = abs((as_day(last, date.max) - today).days)
    return max(0.0, _URGENT * (1 - days / _NEAR))
