"""The documents that meet conditions on their heads, in the order that is asked for.

Of a document that is not shown only the columns are read that decide on it: nothing of those behind the page where an index has the order
(by number, by date) and nothing is to be met, else what is asked of the head and what it is sorted by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from archive.ask.documents import list_documents
from archive.common.cursors import Place, Window, window
from archive.common.keys import name_key
from archive.errors import BadDate
from archive.fulltext.filters import days_between
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.versions import documents_by_id, read_document, select_documents
from archive.values.documents import Document, ListQuestion
from archive.values.pages import Page

_Row = Row[*tuple[Any, ...]]


def find_documents(archive: Archive, question: ListQuestion) -> Page[Document]:
    """The documents asked for. Raises BadDate, BadCursor, and ValueError for a sort key that is none."""
    if question.sort not in SORTS:
        raise ValueError(question.sort)
    every = question == ListQuestion(sort=question.sort, descending=question.descending, limit=question.limit, after=question.after)
    if every and question.sort == "id" and not question.descending:
        return list_documents(archive, limit=question.limit, after=question.after)
    asked = window(question.limit, question.after, replace(question, limit=None, after=None))
    with translated(archive.database), archive.engine.connect() as connection:
        if every and question.sort in ("id", "date") and question.limit is not None:
            total = connection.scalar(select(func.count()).where(VersionRow.current))
            return asked.page(_by_index(connection, question, asked), total)
        fitting = _fitting(connection, question)
        places = asked.page(asked.behind(((row.id,), (row.id,)) for row in fitting), len(fitting))
        known = documents_by_id(connection, [place[0] for place in places])
    return Page((known[place[0]] for place in places), places.total, places.next)


#: What a list may be sorted by, and the field of a document that has it.
SORTS = {
    **{name: name for name in ("id", "date", "symbol", "type", "organ", "place", "signer", "subject")},
    "added": "added_at",
    "file": "name",
}
_NUMBER = re.compile(r"(\d+)")


def _by_index(connection: Connection, question: ListQuestion, asked: Window) -> Iterator[tuple[Place, Document]]:
    """All documents by number or by date, as an index has them, those without a date last."""
    parts = [True, False] if question.sort == "date" else [None]
    date, number = asked.place or (None, None)
    if asked.place is not None and question.sort == "date" and date is None:
        parts = [False]
    for dated in parts:
        columns = (VersionRow.date, VersionRow.document_id) if dated else (VersionRow.document_id,)
        query = select_documents().limit(asked.wanted)
        if dated is not None:
            query = query.where(VersionRow.date.is_not(None) if dated else VersionRow.date.is_(None))
        if asked.place is not None and (dated is not False or date is None):
            query = query.where(_beyond(date if dated else None, number, question.descending))
        for row in connection.execute(query.order_by(*(column.desc() if question.descending else column.asc() for column in columns))):
            document = read_document(row)
            yield (document.date if question.sort == "date" else None, document.id), document


def _beyond(date: str | None, number: int, descending: bool) -> ColumnElement[bool]:
    """The condition that a document stands behind one of this date, if there is any, and number."""
    own = VersionRow.document_id < number if descending else VersionRow.document_id > number
    if date is None:
        return own
    later = VersionRow.date < date if descending else VersionRow.date > date
    # The first half alone lets the index begin at the date.
    return and_(VersionRow.date <= date if descending else VersionRow.date >= date, or_(later, own))


def _fitting(connection: Connection, question: ListQuestion) -> list[_Row]:
    """The documents that are asked for, in order, with no more of each than decides."""
    names = {SORTS[question.sort], "date"} - {"id"}
    names |= {"type"} if question.type is not None else set()
    names |= {"organ", "parent_organ"} if question.organ is not None else set()
    names |= {"place"} if question.place is not None else set()
    names |= {"signer"} if question.signer is not None else set()
    columns = (getattr(VersionRow, name) for name in sorted(names))
    query = select(VersionRow.document_id.label("id"), *columns).where(VersionRow.current).order_by(VersionRow.document_id)
    first = _days(question.since)[0] if question.since else "0000-01-01"
    last = _days(question.until)[1] if question.until else "9999-12-31"
    timed = question.since is not None or question.until is not None
    rows = connection.execute(query)
    found = [row for row in rows if _names_fit(row, question) and (not timed or _in_time(row.date, first, last))]
    found.sort(key=lambda row: _key(row, question.sort), reverse=question.descending)
    # What says nothing of it stands last in either direction.
    found.sort(key=lambda row: getattr(row, SORTS[question.sort]) is None)
    return found


def _key(row: _Row, sort: str) -> tuple[object, ...]:
    value = getattr(row, SORTS[sort])
    text = isinstance(value, str) or value is None
    return (_in_order(value or "") if text and sort != "date" else value or ""), row.date or "", row.id


def _in_order(value: str) -> tuple[tuple[str, int], ...]:
    """Words in the order of a list: without marks and case, numbers by what they count ("9-KH/TU" before "35-KH/TU")."""
    parts = _NUMBER.split(name_key(value).strip())
    return tuple((word, int(number or -1)) for word, number in zip(parts[::2], (*parts[1::2], ""), strict=True))


def _names_fit(row: _Row, question: ListQuestion) -> bool:
    asked = ((question.type, ("type",)), (question.organ, ("parent_organ", "organ")), (question.place, ("place",)))
    return all(
        wanted is None or name_key(wanted) in name_key(" ".join(filter(None, (getattr(row, name) for name in names))))
        for wanted, names in (*asked, (question.signer, ("signer",)))
    )


def _days(value: str) -> tuple[str, str]:
    days = days_between(value)
    if days is None:
        raise BadDate(value=value)
    return days


def _in_time(date: str | None, first: str, last: str) -> bool:
    days = days_between(date) if date else None
    return days is not None and days[0] <= last and first <= days[1]
