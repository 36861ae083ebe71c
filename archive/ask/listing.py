"""The documents that meet conditions on their heads, in the order that is asked for.

An index has each order, and no more is read of it than the page; conditions are met by folded names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, false, func, or_, select

from archive.ask.documents import list_documents
from archive.common.cursors import Place, Window, window
from archive.common.keys import name_key
from archive.errors import BadDate
from archive.fulltext.filters import days_between, holds_words
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.versions import documents_by_id
from archive.values.documents import Document, ListQuestion
from archive.values.pages import Page

#: The columns that a list may be sorted by. What says nothing of the first stands last in either direction.
SORTS: dict[str, tuple[Any, ...]] = {
    "id": (VersionRow.document_id,),
    "date": (VersionRow.date, VersionRow.document_id),
    "added": (VersionRow.added_at, VersionRow.date, VersionRow.document_id),
    "file": (VersionRow.name_order, VersionRow.date, VersionRow.document_id),
    **{
        name: (getattr(VersionRow, f"{name}_order"), VersionRow.date, VersionRow.document_id)
        for name in ("symbol", "type", "organ", "place", "signer", "subject")
    },
}


def find_documents(archive: Archive, question: ListQuestion) -> Page[Document]:
    """The documents asked for. Raises BadDate, BadCursor, and ValueError for a sort key that is none."""
    if question.sort not in SORTS:
        raise ValueError(question.sort)
    if question == ListQuestion(limit=question.limit, after=question.after):
        return list_documents(archive, limit=question.limit, after=question.after)
    asked = window(question.limit, question.after, "sorted", replace(question, limit=None, after=None))
    fitting = _fitting(question)
    with translated(archive.database), archive.engine.connect() as connection:
        total = connection.scalar(select(func.count()).where(fitting))
        numbers = asked.page(_in_order(connection, question, fitting, asked), total)
        known = documents_by_id(connection, numbers)
    return Page((known[number] for number in numbers), numbers.total, numbers.next)


def _fitting(question: ListQuestion) -> ColumnElement[bool]:
    """The condition that a document is one of those asked for."""
    names = (
        (VersionRow.type_folded, question.type),
        (VersionRow.organ_folded, question.organ),
        (VersionRow.place_folded, question.place),
        (VersionRow.signer_folded, question.signer),
    )
    conditions: list[ColumnElement[bool]] = [_holding(column, wanted) for column, wanted in names if wanted is not None]
    if question.since is not None:
        # A year or month that holds the day is in time.
        conditions.append(VersionRow.date >= func.substr(_days(question.since)[0], 1, func.length(VersionRow.date)))
    if question.until is not None:
        conditions.append(VersionRow.date <= _days(question.until)[1])
    return and_(VersionRow.current, *conditions)


def _holding(column: Any, wanted: str) -> ColumnElement[bool]:
    """The condition that a folded name holds words: all names are looked at, in an index. What says nothing holds no words, which is what
    an empty name asks for."""
    held = holds_words(func.coalesce(column, name_key("")), wanted)
    return VersionRow.id.in_(select(VersionRow.id).where(VersionRow.current, held))


def _in_order(connection: Connection, question: ListQuestion, fitting: ColumnElement[bool], asked: Window) -> Iterator[tuple[Place, int]]:
    """The numbers of the documents, no more than the window wants: those that have what the list is sorted by, then the others."""
    order = SORTS[question.sort]
    behind = None if asked.place is None else _read(question, asked.place)
    for empty in (False, True):
        if behind is not None and behind[0] is None and not empty:
            continue
        query = select(*order).where(fitting, order[0].is_(None) if empty else order[0].is_not(None)).limit(asked.wanted)
        if behind is not None and (behind[0] is None) is empty:
            query = query.where(_beyond(order, behind, question.descending))
        for row in connection.execute(query.order_by(*(_directed(column, question.descending) for column in order))):
            yield _place(row), row.document_id


def _directed(column: Any, descending: bool) -> Any:
    """A document without a date goes before those with one, backwards behind them."""
    return column.desc().nulls_last() if descending else column.asc().nulls_first()


def _beyond(order: Sequence[Any], place: Place, descending: bool) -> ColumnElement[bool]:
    """The condition that a document stands behind a place."""
    found: ColumnElement[bool] = false()
    for column, value in zip(reversed(order), reversed(place), strict=True):
        if value is None:
            here, further = column.is_(None), false() if descending else column.is_not(None)
        else:
            here, further = column == value, or_(column < value, column.is_(None)) if descending else column > value
        found = or_(further, and_(here, found))
    first, value = order[0], place[0]
    # This alone lets the index begin there.
    return found if value is None else and_(first <= value if descending else first >= value, found)


def _place(row: Row[*tuple[Any, ...]]) -> Place:
    return tuple(value.isoformat() if isinstance(value, datetime) else value for value in row)


def _read(question: ListQuestion, place: Place) -> Place:
    """A place as it was given, its moment as one."""
    return (datetime.fromisoformat(place[0]), *place[1:]) if question.sort == "added" else place


def _days(value: str) -> tuple[str, str]:
    days = days_between(value)
    if days is None:
        raise BadDate(value=value)
    return days
