"""The documents that meet conditions on their heads, in the order that is asked for."""

from __future__ import annotations

import re

from archive.ask.documents import list_documents
from archive.common.keys import name_key
from archive.errors import BadDate
from archive.fulltext.filters import days_between
from archive.store.handle import Archive
from archive.values.documents import Document, ListQuestion


def find_documents(archive: Archive, question: ListQuestion) -> tuple[Document, ...]:
    """The documents asked for. Raises BadDate, and ValueError for a sort key that is none."""
    if question.sort not in SORTS:
        raise ValueError(question.sort)
    first = _days(question.since)[0] if question.since else "0000-01-01"
    last = _days(question.until)[1] if question.until else "9999-12-31"
    timed = question.since is not None or question.until is not None
    found = [
        document
        for document in list_documents(archive)
        if _names_fit(document, question) and (not timed or _in_time(document.date, first, last))
    ]
    found.sort(key=lambda document: _key(document, question.sort), reverse=question.descending)
    # What says nothing of it stands last in either direction.
    found.sort(key=lambda document: getattr(document, SORTS[question.sort]) is None)
    return tuple(found[: question.limit])


#: What a list may be sorted by, and the field of a document that has it.
SORTS = {
    **{name: name for name in ("id", "date", "symbol", "type", "organ", "place", "signer", "subject")},
    "added": "added_at",
    "file": "name",
}
_NUMBER = re.compile(r"(\d+)")


def _key(document: Document, sort: str) -> tuple[object, ...]:
    value = getattr(document, SORTS[sort])
    text = isinstance(value, str) or value is None
    return (_in_order(value or "") if text and sort != "date" else value or ""), document.date or "", document.id


def _in_order(value: str) -> tuple[tuple[str, int], ...]:
    """Words in the order of a list: without marks and case, numbers by what they count ("9-KH/TU" before "35-KH/TU")."""
    parts = _NUMBER.split(name_key(value).strip())
    return tuple((word, int(number or -1)) for word, number in zip(parts[::2], (*parts[1::2], ""), strict=True))


def _names_fit(document: Document, question: ListQuestion) -> bool:
    organ = " ".join(filter(None, (document.parent_organ, document.organ)))
    asked = ((question.type, document.type), (question.organ, organ), (question.place, document.place), (question.signer, document.signer))
    return all(wanted is None or name_key(wanted) in name_key(said or "") for wanted, said in asked)


def _days(value: str) -> tuple[str, str]:
    days = days_between(value)
    if days is None:
        raise BadDate(value=value)
    return days


def _in_time(date: str | None, first: str, last: str) -> bool:
    days = days_between(date) if date else None
    return days is not None and days[0] <= last and first <= days[1]
