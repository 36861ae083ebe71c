"""Who must do what, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, select, tuple_

from archive.ask.duty_filters import ANY_DUTY, DutyFilter, due_now, due_signs, duty_filter
from archive.ask.duty_fit import Answer, Asked, best_answer, tiers, weighed
from archive.ask.terms import terms_of
from archive.ask.unsettled import unsettled
from archive.common.duty_states import OPEN, due_day, is_late
from archive.common.patience import Patience, patience
from archive.common.unit_keys import level_of_unit
from archive.store.database import impatient, translated
from archive.store.duty_index import both, find_duties
from archive.store.duty_states import STATE_COLUMNS, standings
from archive.store.handle import Archive
from archive.store.tables import AssignmentRow, DateRow, NodeRow, VersionRow
from archive.store.versions import TEXT, documents_by_version, with_content
from archive.store.work_tables import DutyStateRow
from archive.values.documents import Document, Place
from archive.values.duties import Duty, DutyQuestion, DutyState

#: A unit that is only named inside another's task fits a little less.
_NAMED_INSIDE = 0.95
#: Code points of a node's text that are read for the words asked for: what the index knows of it (projection.MATCHED_WORDS), and more.
_READ = 6000
#: Duties that are read at once: the first ones at hand, then in larger helpings, as few questions want more than a screen of answers. This
#: bounds the cost only, as do the next and _READ beyond what the index knows.
_HELPINGS = (24, 100, 400)
#: Rows whose plans are fetched together.
_TOGETHER = 2000

#: The question that asks for every duty.
_ALL = DutyQuestion()

_LINE_END = re.compile(r"\r\n|\r|\n")

_Row = Row[*tuple[Any, ...]]


def duties(archive: Archive, question: DutyQuestion = _ALL) -> tuple[Duty, ...]:
    """The duties, each a task and a unit, whose task, text or headings hold what is asked for, or the greater part of it, best fit first.

    The words of a question are taken apart into compounds (`archive.ask.terms`). They fit best as a phrase, then with all compounds in one
    sentence, then anywhere in the duty; a duty that holds one compound of several, or less than half of the words, rare ones counting more
    than common ones, is left out. Words typed with marks are met without them only in damaged text. A question without words asks for all
    duties, in the order of the plans, or by deadline where deadlines are asked for. Where a limit is set, the first ones are the best as
    far as the index can rank them, which knows words and phrases but not sentences. Where deadlines are asked for, those that no unit could
    be given are answers, too, with ``unit`` "".

    Raises UnknownDocument, AmbiguousDocument for the plan, BadDate for a time, QueryError for more words than are answered,
    QuestionTooSlow.
    """
    terms = terms_of(question.query)
    # All the duties of an archive may take their time; words are what a question can run away with.
    patient = patience() if terms.words else Patience()
    with translated(archive.database), archive.engine.connect() as connection, impatient(connection, patient):
        asked_for = duty_filter(archive, connection, question)
        asked = weighed(connection, terms, patient) if terms.words else None
        found = list(islice(_found(connection, asked, asked_for), question.limit))
        found += _moved_here(connection, asked, asked_for, found)
        found += unsettled(connection, question, asked, asked_for)
    if asked is not None:
        ranked = sorted(found, key=lambda duty: (-duty.fit, duty.document.id, duty.number, duty.line))
    elif asked_for.due is not None:
        ranked = sorted(found, key=lambda duty: (due_day(duty) or "9999", duty.document.id, duty.number, duty.line))
    else:
        ranked = sorted(found, key=lambda duty: (duty.document.id, duty.number))
    return tuple(ranked[: question.limit])


def duties_where(connection: Connection, condition: ColumnElement[bool], today: str | None = None) -> tuple[Duty, ...]:
    """All duties for which a condition on their rows holds, in the order of the plans; ``today`` as in a question. The archive is up to
    date (`keep.opening`)."""
    found = _read(connection, _rows(with_text=False).where(condition), None, replace(ANY_DUTY, today=today))
    return tuple(sorted(found, key=lambda duty: (duty.document.id, duty.number)))


def _found(connection: Connection, asked: Asked | None, asked_for: DutyFilter) -> Iterator[Duty]:
    """The duties asked for: tier by tier where words are, as the rows lie where none are."""
    narrowing = [*asked_for.signs]
    if asked_for.due is not None and (narrowing or asked) and (months := due_signs(asked_for.due)):
        narrowing.append(months)
    seen: set[tuple[int, int]] = set()
    if asked is None and not narrowing:
        for statement in _in_order(asked_for):
            in_order = ((row[0], row[1]) for row in connection.execute(statement) if asked_for.allows_unit(row[2]))
            yield from _read_all(connection, in_order, None, asked_for, seen)
        return
    for tier in tiers(asked) if asked is not None else (None,):
        numbers = find_duties(connection, both(*([tier] if tier else []), *narrowing, *asked_for.signs_beside), asked_for.version_id)
        unseen = (number for number in numbers if number not in seen)
        yield from _read_all(connection, unseen, asked, asked_for, seen, asked_for.conditions)


def _moved_here(connection: Connection, asked: Asked | None, asked_for: DutyFilter, found: Sequence[Duty]) -> Iterator[Duty]:
    """The duties that were moved to the days asked for, where the day that is printed, which the index knows, is another."""
    if asked_for.due is None:
        return
    ids = tuple(connection.scalars(select(DutyStateRow.duty).where(DutyStateRow.moved_to.between(*asked_for.due))))
    if not ids:
        return
    moved = _joined(select(AssignmentRow.version_id, AssignmentRow.ordinal).select_from(AssignmentRow))
    moved = moved.where(AssignmentRow.duty.in_(ids), *asked_for.conditions).order_by(*_ORDER)
    there = {duty.id for duty in found}
    numbers = ((version_id, ordinal) for version_id, ordinal in connection.execute(moved))
    yield from (duty for duty in _read_all(connection, numbers, asked, asked_for, set()) if duty.id not in there)


def _read_all(
    connection: Connection,
    numbers: Iterator[tuple[int, int]],
    asked: Asked | None,
    asked_for: DutyFilter,
    seen: set[tuple[int, int]],
    conditions: Sequence[ColumnElement[bool]] = (),
) -> Iterator[Duty]:
    """The duties with these numbers that meet conditions and are asked for, helping by helping, as they are wanted."""
    helpings = iter(_HELPINGS)
    size = _HELPINGS[-1]
    while some := tuple(islice(numbers, next(helpings, size))):
        seen.update(some)
        # Pairs alone SQLite looks for in all rows, one after the other.
        of_versions = AssignmentRow.version_id.in_({version_id for version_id, _ in some})
        wanted = and_(of_versions, tuple_(AssignmentRow.version_id, AssignmentRow.ordinal).in_(some))
        rows = _rows(with_text=asked is not None).where(wanted, *conditions)
        yield from _read(connection, rows.order_by(*(_BY_DAY if asked is None and asked_for.due is not None else _ORDER)), asked, asked_for)


def _in_order(asked_for: DutyFilter) -> tuple[Select[*tuple[Any, ...]], ...]:
    """The statements for a question without words, of the numbers and units of duties alone: where deadlines are asked for by the day, then
    those that come round again. Where an index has the order, SQLite need not go further than there are answers wanted."""
    numbers = select(AssignmentRow.version_id, AssignmentRow.ordinal, AssignmentRow.unit_key).where(*asked_for.conditions)
    if asked_for.due is None:
        return (_joined(numbers.select_from(AssignmentRow)).order_by(*_ORDER),)
    dated = _joined(numbers.select_from(DateRow).join(AssignmentRow, _IS_DEADLINE), has_date=True)
    by_day = dated.where(*asked_for.date_conditions, AssignmentRow.recurs.is_(None)).order_by(DateRow.last, *_ORDER)
    if asked_for.is_over:
        return (by_day,)
    again = _joined(numbers.select_from(AssignmentRow)).where(AssignmentRow.recurs.is_not(None))
    return by_day, again.order_by(*_ORDER)


_IS_DEADLINE = and_(DateRow.version_id == AssignmentRow.version_id, DateRow.ordinal == AssignmentRow.deadline)


def _joined(statement: Select[*tuple[Any, ...]], *, has_date: bool = False) -> Select[*tuple[Any, ...]]:
    """With the version, the deadline and what was said of the duty, which conditions are on."""
    if not has_date:
        statement = statement.outerjoin(DateRow, _IS_DEADLINE)
    statement = statement.outerjoin(DutyStateRow, DutyStateRow.duty == AssignmentRow.duty)
    return statement.join(VersionRow, VersionRow.id == AssignmentRow.version_id)


_ORDER = (AssignmentRow.version_id, AssignmentRow.ordinal)
#: By the day of the deadline, then those that come round again.
_BY_DAY = (AssignmentRow.recurs.is_not(None), DateRow.last, *_ORDER)
#: Long columns that no answer shows.
_FOR_THE_INDEX = {AssignmentRow.__table__.c.words, AssignmentRow.__table__.c.skeletons}


def _rows(*, with_text: bool) -> Select[*tuple[Any, ...]]:
    """Duties of current versions with their node and deadline, and the text that is theirs where words are looked for."""
    columns = (
        *(column for column in AssignmentRow.__table__.columns if column not in _FOR_THE_INDEX),
        VersionRow.quality,
        NodeRow.path,
        NodeRow.heading,
        NodeRow.trail,
        NodeRow.start.label("node_start"),
        NodeRow.end.label("node_end"),
        DateRow.value.label("deadline_value"),
        DateRow.raw.label("deadline_raw"),
        DateRow.last.label("deadline_last"),
        *STATE_COLUMNS,
    )
    is_node = and_(NodeRow.version_id == AssignmentRow.version_id, NodeRow.node == AssignmentRow.node)
    rows = _joined(select(*columns).select_from(AssignmentRow)).outerjoin(NodeRow, is_node)
    if not with_text:
        return rows
    start, length = AssignmentRow.text_start, AssignmentRow.text_end - AssignmentRow.text_start
    text = func.substr(TEXT, start + 1, case((length > _READ, _READ), else_=length)).label("text")
    return with_content(rows.add_columns(text), AssignmentRow.version_id)


def _read(connection: Connection, statement: Select[*tuple[Any, ...]], asked: Asked | None, asked_for: DutyFilter) -> Iterator[Duty]:
    documents: dict[int, Document] = {}
    for rows in connection.execute(statement).partitions(_TOGETHER):
        documents |= documents_by_version(connection, {row.version_id for row in rows} - documents.keys())
        told = standings(connection, rows)
        for row in rows:
            document = documents[row.version_id]
            if not asked_for.allows(row, document):
                continue
            if asked is None:
                yield _duty(row, document, None, told.get(row.duty), asked_for.today)
            elif answer := best_answer(asked, _texts(row), _headings(row), row.quality):
                yield _duty(row, document, answer, told.get(row.duty), asked_for.today)


def _texts(row: _Row) -> Sequence[str]:
    """What a duty's words are looked for in: its text as printed (`duty_rows`), and its task as read where that says it otherwise."""
    restored = row.task and row.task not in " ".join(row.text.split())
    return [row.text, row.task] if restored else [row.text]


def _headings(row: _Row) -> str:
    """What stands above a duty: the headings, and what its unit's head says to all of its tasks."""
    above = (*row.trail, row.heading or "") if row.path is not None else ()
    return " . ".join((*above, row.under or ""))


def _duty(row: _Row, document: Document, answer: Answer | None, standing: DutyState | None, today: str | None) -> Duty:
    fit = answer.fit if answer else 1.0
    return Duty(
        document=document,
        place=_place(row),
        unit=row.unit,
        unit_key=row.unit_key,
        role=row.role,
        primary=row.is_primary,
        task=row.task,
        deadline=row.deadline_value,
        deadline_raw=row.deadline_raw,
        reports_to=row.reports_to,
        certainty=row.certainty,
        excerpt=answer.excerpt if answer else None,
        fit=round(fit if row.is_primary else fit * _NAMED_INSIDE, 3),
        how=answer.how if answer else None,
        deadline_last=None if row.recurs else row.deadline_last,
        recurs=row.recurs,
        level=level_of_unit(row.unit, row.unit_key),
        line=_line(row, answer),
        number=row.ordinal,
        row=(row.table_number, row.row_number) if row.table_number is not None else None,
        when=row.time_words,
        product=row.product,
        id=row.duty,
        state=row.said_state or OPEN,
        late=is_late(row.said_state, row.said_day, due_now(row), today),
        standing=standing,
    )


def _line(row: _Row, answer: Answer | None) -> int:
    """The line of the words asked for, where they stand in the text as printed; else that where the task begins."""
    begins = row.begins - row.text_start
    if answer is None or answer.excerpt is None or answer.text != row.text or not 0 <= begins <= len(row.text):
        return int(row.line)
    return int(row.line) - len(_LINE_END.findall(row.text, 0, begins)) + len(_LINE_END.findall(row.text, 0, answer.at))


def _place(row: _Row) -> Place:
    if row.path is None:
        return Place(row.zone, None, row.part, (), (row.start, row.end))
    return Place("body", row.path, row.heading, tuple(row.trail), (row.node_start, row.node_end))
