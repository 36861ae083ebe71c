"""Who must do what, by when."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, case, func, select, tuple_

from archive.ask.duty_filters import ANY_DUTY, DutyFilter, due_now, due_signs, duty_filter
from archive.ask.duty_fit import Answer, Asked, best_answer, tiers, weighed
from archive.ask.duty_pages import AGAIN, Next, by_day, by_words, how_many, in_order, moved_duties
from archive.ask.terms import terms_of
from archive.ask.unsettled import unsettled
from archive.common.cursors import Place as Position
from archive.common.cursors import Window, window
from archive.common.duty_states import OPEN, due_day, is_late
from archive.common.patience import Patience, patience
from archive.common.unit_keys import level_of_unit
from archive.store.corrections import corrected_duties
from archive.store.database import impatient, translated
from archive.store.duty_states import STATE_COLUMNS, standings
from archive.store.handle import Archive
from archive.store.tables import AssignmentRow, DateRow, NodeRow, VersionRow
from archive.store.versions import TEXT, documents_by_version, with_content
from archive.store.work_tables import DutyStateRow
from archive.values.documents import Document, Place
from archive.values.duties import Duty, DutyQuestion, DutyState
from archive.values.pages import Page

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


def duties(archive: Archive, question: DutyQuestion = _ALL) -> Page[Duty]:
    """The duties, each a task and a unit, whose task, text or headings hold what is asked for, or the greater part of it, best fit first.

    The words of a question are taken apart into compounds (`archive.ask.terms`). They fit best as a phrase, then with all compounds in one
    sentence, then anywhere in the duty; a duty that holds one compound of several, or less than half of the words, rare ones counting more
    than common ones, is left out. Words typed with marks are met without them only in damaged text. A question without words asks for all
    duties, in the order of the plans, or by deadline where deadlines are asked for. Where a limit is set, the first ones are the best as
    far as the index can rank them, which knows words and phrases but not sentences. Where deadlines are asked for, those that no unit could
    be given are answers, too, with ``unit`` "".

    Pages come in the order of `duty_pages`, the duties of each by fit; how many there are in all is told where the index knows it for sure.

    Raises UnknownDocument, AmbiguousDocument for the plan, BadDate for a time, QueryError for more words than are answered,
    QuestionTooSlow, BadCursor.
    """
    terms = terms_of(question.query)
    wanted = window(question.limit, question.after, "duties", replace(question, limit=None, after=None, today=None))
    # All the duties of an archive may take their time; words are what a question can run away with.
    patient = patience() if terms.words else Patience()
    with translated(archive.database), archive.engine.connect() as connection, impatient(connection, patient):
        asked_for = duty_filter(archive, connection, question)
        asked = weighed(connection, terms, patient) if terms.words else None
        page = _page(connection, question, asked, asked_for, wanted)
    return Page(sorted(page, key=_rank(asked, asked_for)), page.total, page.next, page.at_most)


def _rank(asked: Asked | None, asked_for: DutyFilter) -> Callable[[Duty], tuple[object, ...]]:
    if asked is not None:
        return lambda duty: (-duty.fit, duty.document.id, duty.number, duty.line)
    if asked_for.due is not None:
        return lambda duty: (due_day(duty) or AGAIN, duty.document.id, duty.number, duty.line)
    return lambda duty: (duty.document.id, duty.number)


def _page(connection: Connection, question: DutyQuestion, asked: Asked | None, asked_for: DutyFilter, wanted: Window) -> Page[Duty]:
    """The page of a question, in the order of `duty_pages`."""
    best = tiers(asked) if asked is not None else ()
    narrowing = _narrowing(asked, asked_for)
    if asked is None and asked_for.due is None and not narrowing and (wanted.limit, wanted.place) == (None, None):
        # All of them are wanted, in the order of the rows: nothing is gained by asking for their numbers first.
        if asked_for.version_id is not None and len(asked_for.conditions) == 1:
            return wanted.page(_read(connection, _rows_of_plan(), None, asked_for, {"version": asked_for.version_id}))
        every_row = _rows(with_text=False).where(*asked_for.conditions).order_by(AssignmentRow.version_id, AssignmentRow.ordinal)
        return wanted.page(_read(connection, every_row, None, asked_for))
    moved = moved_duties(connection) if asked_for.due is not None else {}
    if asked is not None:
        coming = by_words(connection, best, asked_for, narrowing, wanted.place, moved)
    elif asked_for.due is not None:
        coming = by_day(connection, question, asked_for, narrowing, wanted.place, moved)
    else:
        coming = in_order(connection, asked_for, narrowing, wanted.place)
    rows = _read_next(connection, coming, asked, asked_for, question)
    if asked is not None and asked_for.due is not None:
        rows = chain(rows, _not_indexed(connection, question, asked, asked_for, wanted, len(best), moved))
    every = question == DutyQuestion(limit=question.limit, after=question.after, today=question.today)
    counted = how_many(connection, best, asked_for, narrowing, every=every) if wanted.limit is not None else (None, None)
    return wanted.page(rows, *counted)


def _narrowing(asked: Asked | None, asked_for: DutyFilter) -> list[str]:
    """What the index of duties is asked for beside words."""
    found = [*asked_for.signs]
    if asked_for.due is not None and (found or asked) and (months := due_signs(asked_for.due)):
        found.append(months)
    return [*found, *asked_for.signs_beside] if found or asked else []


def _not_indexed(
    connection: Connection,
    question: DutyQuestion,
    asked: Asked,
    asked_for: DutyFilter,
    wanted: Window,
    last: int,
    moved: Collection[tuple[int, int]],
) -> Iterator[tuple[Position, Duty]]:
    """What holds the words asked for and whose day the index of duties does not know, so that it stands behind: duties that were moved to
    the days asked for, deadlines without a unit."""
    there = sorted(moved)
    found = [((last, 0, *number), duty) for number, duty in (_numbered(connection, there, asked, asked_for) if there else ())]
    found += [((last, 1, *number), duty) for number, duty in unsettled(connection, question, asked, asked_for)]
    for place, duty in sorted(found, key=lambda entry: entry[0]):
        if wanted.place is None or place > wanted.place:
            yield place, duty


def _read_next(
    connection: Connection, coming: Iterator[Next], asked: Asked | None, asked_for: DutyFilter, question: DutyQuestion
) -> Iterator[tuple[Position, Duty]]:
    """The duties that come next and are asked for, helping by helping, as they are wanted."""
    helpings = iter(_HELPINGS)
    while some := tuple(islice(coming, next(helpings, _HELPINGS[-1]))):
        settled = [one.number for one in some if not one.unsettled]
        alone = [one.number for one in some if one.unsettled]
        found = {(False, number): duty for number, duty in _numbered(connection, settled, asked, asked_for)}
        found |= {(True, number): duty for number, duty in unsettled(connection, question, asked, asked_for, alone)} if alone else {}
        for one in some:
            if (duty := found.get((one.unsettled, one.number))) is not None:
                yield one.place, duty


def _numbered(
    connection: Connection, numbers: Sequence[tuple[int, int]], asked: Asked | None, asked_for: DutyFilter
) -> Iterator[tuple[tuple[int, int], Duty]]:
    """Of the duties with these numbers those that are asked for."""
    # Pairs alone SQLite looks for in all rows, one after the other.
    of_versions = AssignmentRow.version_id.in_({version_id for version_id, _ in numbers})
    wanted = and_(of_versions, tuple_(AssignmentRow.version_id, AssignmentRow.ordinal).in_(numbers))
    return _read(connection, _rows(with_text=asked is not None).where(wanted, *asked_for.conditions), asked, asked_for)


def duties_where(connection: Connection, condition: ColumnElement[bool], today: str | None = None) -> tuple[Duty, ...]:
    """All duties for which a condition on their rows holds, in the order of the plans; ``today`` as in a question. The archive is up to
    date (`keep.opening`)."""
    found = (duty for _, duty in _read(connection, _rows(with_text=False).where(condition), None, replace(ANY_DUTY, today=today)))
    return tuple(sorted(found, key=lambda duty: (duty.document.id, duty.number)))


def duties_of_plan(connection: Connection, version_id: int, document: Document, *, corrected: bool) -> tuple[Duty, ...]:
    """The duties of the current version of a document, in their order; ``corrected``: people corrected something of it."""
    read = _read(connection, _rows_of_plan(), None, ANY_DUTY, {"version": version_id}, {version_id: document}, corrected=corrected)
    return tuple(duty for _, duty in read)


_IS_DEADLINE = and_(DateRow.version_id == AssignmentRow.version_id, DateRow.ordinal == AssignmentRow.deadline)


#: Long columns that no answer shows.
_FOR_THE_INDEX = {AssignmentRow.__table__.c.words, AssignmentRow.__table__.c.skeletons}


@cache
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
    rows: Select[*tuple[Any, ...]] = select(*columns).select_from(AssignmentRow).outerjoin(DateRow, _IS_DEADLINE)
    rows = rows.outerjoin(DutyStateRow, DutyStateRow.duty == AssignmentRow.duty)
    rows = rows.join(VersionRow, VersionRow.id == AssignmentRow.version_id).outerjoin(NodeRow, is_node)
    if not with_text:
        return rows
    start, length = AssignmentRow.text_start, AssignmentRow.text_end - AssignmentRow.text_start
    text = func.substr(TEXT, start + 1, case((length > _READ, _READ), else_=length)).label("text")
    return with_content(rows.add_columns(text), AssignmentRow.version_id)


@cache
def _rows_of_plan() -> Select[*tuple[Any, ...]]:
    return _rows(with_text=False).where(AssignmentRow.version_id == bindparam("version")).order_by(AssignmentRow.ordinal)


def _read(
    connection: Connection,
    statement: Select[*tuple[Any, ...]],
    asked: Asked | None,
    asked_for: DutyFilter,
    given: Mapping[str, int] | None = None,
    known: Mapping[int, Document] = MappingProxyType({}),
    *,
    corrected: bool = True,
) -> Iterator[tuple[tuple[int, int], Duty]]:
    """The duties of these rows that are asked for, by their numbers; ``known`` are plans that are read, by version, ``corrected`` whether
    people corrected any of them."""
    documents = dict(known)
    for rows in connection.execute(statement, given).partitions(_TOGETHER):
        documents |= documents_by_version(connection, {row.version_id for row in rows} - documents.keys())
        told = standings(connection, rows)
        said = corrected_duties(connection, {documents[row.version_id].id for row in rows}) if corrected else {}
        for row in rows:
            document = documents[row.version_id]
            if not asked_for.allows(row, document):
                continue
            answer = None if asked is None else best_answer(asked, _texts(row), _headings(row), row.quality)
            if asked is None or answer is not None:
                of_row = said.get((document.id, "unit", row.assignment), {}) | said.get((document.id, "duty", row.ordinal), {})
                found = _duty(row, document, answer, told.get(row.duty), asked_for.today)
                yield (row.version_id, row.ordinal), replace(found, corrected=of_row) if of_row else found


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
