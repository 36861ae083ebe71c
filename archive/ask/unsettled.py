"""Deadlines of plans that no unit could be given: what falls due is told all the same, as "unit not settled" (chưa rõ đơn vị)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, literal, null, select

from archive.ask.duty_filters import DutyFilter, due_now, issued_in
from archive.ask.duty_fit import Answer, Asked, best_answer
from archive.common.duty_states import LATE, OPEN, is_late
from archive.common.excerpts import REACH, sentence_span, snippet
from archive.store.tables import AssignmentRow, DateRow, NodeRow, VersionRow
from archive.store.versions import TEXT, documents_by_version, with_content
from archive.values.documents import Document, Place
from archive.values.duties import Duty, DutyQuestion

#: What is said of the role where there is no unit.
_ROLE = "assigned"
_Row = Row[*tuple[Any, ...]]


def unsettled(connection: Connection, question: DutyQuestion, asked: Asked | None, asked_for: DutyFilter) -> Iterator[Duty]:
    """The deadlines that a question about deadlines asks for and that are no duty's; none where it asks for roles, persons, reports or what
    was said."""
    if asked_for.due is None or (question.role, question.reports_to, question.person) != (None, None, None):
        return
    if question.state not in (None, OPEN, LATE):  # nothing can be said of what has no unit
        return
    rows = connection.execute(_rows(question, asked_for.version_id, asked_for.due)).all()
    documents = documents_by_version(connection, {row.version_id for row in rows})
    for row in rows:
        document = documents[row.version_id]
        if asked_for.allows(row, document):
            said = _sentence(row)
            headings = " . ".join((*row.trail, row.heading or "")) if row.path is not None else ""
            answer = best_answer(asked, [said], headings, document.quality) if asked is not None else None
            if asked is None or answer is not None:
                yield _duty(row, document, said, answer, question.today)


def _rows(question: DutyQuestion, version_id: int | None, days: tuple[str, str]) -> Select[*tuple[Any, ...]]:
    """Deadlines of current versions that no row of a duty has, with the text around them."""
    given = and_(AssignmentRow.version_id == DateRow.version_id, AssignmentRow.deadline == DateRow.ordinal)
    start = func.max(DateRow.start - REACH, 0)
    before = func.substr(TEXT, 1, DateRow.start)
    columns = (
        *(DateRow.version_id, DateRow.start, DateRow.end, DateRow.value, DateRow.raw, DateRow.recurs, DateRow.certainty),
        *(NodeRow.path, NodeRow.heading, NodeRow.trail, NodeRow.start.label("node_start"), NodeRow.end.label("node_end")),
        DateRow.last.label("deadline_last"),
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
    dates = select(*columns).select_from(DateRow).join(VersionRow, and_(VersionRow.id == DateRow.version_id, VersionRow.current))
    return (
        with_content(dates, DateRow.version_id)
        .outerjoin(NodeRow, and_(NodeRow.version_id == DateRow.version_id, NodeRow.node == DateRow.node))
        .where(DateRow.role == "deadline", ~exists().where(given), *issued_in(question.dated))
        .where(*([] if version_id is None else [DateRow.version_id == version_id]))
        .where(DateRow.last.between(*days) | DateRow.recurs.is_not(None))
        .order_by(DateRow.version_id, DateRow.ordinal)
    )


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
