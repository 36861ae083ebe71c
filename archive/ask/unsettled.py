"""Deadlines of plans that no unit could be given: what falls due is told all the same, as "unit not settled" (chưa rõ đơn vị)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, literal, null, select, tuple_

from archive.ask.duty_filters import DutyFilter, due_now, issued_in
from archive.ask.duty_fit import Answer, Asked, best_answer
from archive.common.duty_states import LATE, OPEN, is_late
from archive.common.excerpts import REACH, sentence_span, snippet
from archive.store.tables import DateRow, NodeRow, VersionRow
from archive.store.versions import TEXT, documents_by_version, with_content
from archive.values.documents import Document, Place
from archive.values.duties import Duty, DutyQuestion

#: What is said of the role where there is no unit.
_ROLE = "assigned"
_Row = Row[*tuple[Any, ...]]


def unsettled(
    connection: Connection,
    question: DutyQuestion,
    asked: Asked | None,
    asked_for: DutyFilter,
    only: Sequence[tuple[int, int]] | None = None,
) -> Iterator[tuple[tuple[int, int], Duty]]:
    """The deadlines that a question about deadlines asks for and that are no duty's; none where it asks for roles, persons, reports or what
    was said. Each with its number (version, ordinal of the date); ``only`` are the numbers of those wanted."""
    if not _is_asked(question, asked_for):
        return
    query = _rows(question, asked_for)
    if only is not None:
        query = query.where(DateRow.version_id.in_({version for version, _ in only}), tuple_(DateRow.version_id, DateRow.ordinal).in_(only))
    rows = connection.execute(query).all()
    documents = documents_by_version(connection, {row.version_id for row in rows})
    for row in rows:
        document = documents[row.version_id]
        if asked_for.allows(row, document):
            said = _sentence(row)
            headings = " . ".join((*row.trail, row.heading or "")) if row.path is not None else ""
            answer = best_answer(asked, [said], headings, document.quality) if asked is not None else None
            if asked is None or answer is not None:
                yield (row.version_id, row.ordinal), _duty(row, document, said, answer, question.today)


def unsettled_rows(connection: Connection, question: DutyQuestion, asked_for: DutyFilter, first: str) -> Iterator[_Row]:
    """The numbers and days of the same, by day from a day on, those that come round again last."""
    if not _is_asked(question, asked_for):
        return
    columns = (DateRow.version_id, DateRow.ordinal, DateRow.last, DateRow.recurs)
    query = _asked_for(select(*columns).select_from(DateRow), question, asked_for)
    dated = query.where(DateRow.last.between(*_days(asked_for)), DateRow.last >= first, DateRow.recurs.is_(None))
    yield from connection.execute(dated.order_by(DateRow.last, DateRow.version_id, DateRow.ordinal))
    yield from connection.execute(query.where(DateRow.recurs.is_not(None)).order_by(DateRow.version_id, DateRow.ordinal))


def _is_asked(question: DutyQuestion, asked_for: DutyFilter) -> bool:
    if asked_for.due is None or (question.role, question.reports_to, question.person) != (None, None, None):
        return False
    return question.state in (None, OPEN, LATE)  # nothing else can be said of what has no unit


def _rows(question: DutyQuestion, asked_for: DutyFilter) -> Select[*tuple[Any, ...]]:
    """Deadlines of current versions that no row of a duty has, with the text around them."""
    start = case((DateRow.start > REACH, DateRow.start - REACH), else_=0)
    before = func.substr(TEXT, 1, DateRow.start)
    columns = (
        *(DateRow.version_id, DateRow.start, DateRow.end, DateRow.value, DateRow.raw, DateRow.recurs, DateRow.certainty),
        *(DateRow.ordinal, NodeRow.path, NodeRow.heading, NodeRow.trail),
        *(NodeRow.start.label("node_start"), NodeRow.end.label("node_end"), DateRow.last.label("deadline_last")),
        # What a filter of duties looks at.
        literal("").label("unit"),
        literal("").label("unit_key"),
        null().label("said_state"),
        null().label("said_day"),
        null().label("said_moved_to"),
        start.label("text_start"),
        func.substr(TEXT, start + 1, DateRow.end - start + REACH).label("text"),
        (func.length(before) - func.length(func.replace(before, "\n", "")) + 1).label("line"),
    )
    rows: Select[*tuple[Any, ...]] = select(*columns).select_from(DateRow)
    return (
        with_content(_asked_for(rows, question, asked_for), DateRow.version_id)
        .outerjoin(NodeRow, and_(NodeRow.version_id == DateRow.version_id, NodeRow.node == DateRow.node))
        .where(DateRow.last.between(*_days(asked_for)) | DateRow.recurs.is_not(None))
        .order_by(DateRow.version_id, DateRow.ordinal)
    )


def _asked_for(rows: Select[*tuple[Any, ...]], question: DutyQuestion, asked_for: DutyFilter) -> Select[*tuple[Any, ...]]:
    """Of rows of dates the deadlines that no duty has, of any day."""
    own = [] if asked_for.version_id is None else [DateRow.version_id == asked_for.version_id]
    return rows.join(VersionRow, and_(VersionRow.id == DateRow.version_id, VersionRow.current)).where(
        DateRow.due == DateRow.ALONE, *issued_in(question.dated), *own
    )


def _days(asked_for: DutyFilter) -> tuple[str, str]:
    return asked_for.due or ("", "")


def _sentence(row: _Row) -> str:
    """What is to be done by then: the sentence around the deadline."""
    lead = row.text_start
    bounds = (max(0, (row.node_start or 0) - lead), min(len(row.text), (row.node_end or row.end + REACH) - lead))
    return snippet(row.text, sentence_span(row.text, (row.start - lead, row.end - lead), bounds), ()).text


def _duty(row: _Row, document: Document, said: str, answer: Answer | None, today: str | None) -> Duty:
    here = row.path is not None
    return Duty(
        document=document,
        place=Place(
            "body", row.path, row.heading, tuple(row.trail or ()), (row.node_start, row.node_end) if here else (row.start, row.end)
        ),
        unit="",
        unit_key="",
        role=_ROLE,
        primary=False,
        task=said,
        deadline=row.value,
        deadline_raw=row.raw,
        reports_to=None,
        certainty=row.certainty,
        excerpt=answer.excerpt if answer else None,
        fit=answer.fit if answer else 1.0,
        how=answer.how if answer else None,
        deadline_last=None if row.recurs else row.deadline_last,
        recurs=row.recurs,
        late=is_late(None, None, due_now(row), today),
        line=row.line,
        number=-1,
    )
