"""One paper once: the readings of a paper that come in as several files (draft and signed paper, scan and Word file) become versions of one
document, of which the best answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, true

from archive.common.differences import Read, differences
from archive.common.sameness import READ, Head, head_of, heads_agree, likeness, opening_letters
from archive.common.words import LOW_QUALITY
from archive.errors import PlanDamaged
from archive.store.database import any_of, translated
from archive.store.decisions import DIFFERENT, SAME, documents_said
from archive.store.drafts import Draft
from archive.store.handle import Archive
from archive.store.tables import ContentRow, VersionRow
from archive.store.versions import read_content, read_document, select_documents, text_hash
from archive.values.differences import Differences
from archive.values.documents import Document
from kehoach_parser import Text

#: A text that is longer by this is no other print of the same page.
LONGER = 1.2
_FIELDS = {field.name for field in fields(Document)}
_HEAD_COLUMNS = ("type", "symbol", "date", "organ", "parent_organ", "place", "subject", "quality")


@dataclass(frozen=True, slots=True)
class Twin:
    """The paper of which a text is another reading: ``document`` in the version that answers now, how the text stands to it (``kind``:
    copy | version), what ``changed`` from it to the text, and whether the text is the ``better`` reading."""

    document: Document
    kind: str
    changed: Differences
    better: bool


def find_twin(archive: Archive, text: Text, draft: Draft) -> Twin | None:
    """The document in the archive that is the paper of a text, told by head and text (`common.sameness`); None where there is none."""
    columns = draft.columns
    head = head_of(**{name: columns[name] for name in _HEAD_COLUMNS})
    with translated(archive.database), archive.engine.connect() as connection:
        version_id = _said(connection, text_hash(text)) or _nearest(connection, head, text)
        if version_id is None:
            return None
        document = read_document(connection.execute(select_documents().where(VersionRow.id == version_id)).one())
        try:
            there_text, there_plan = read_content(connection, version_id)
        except PlanDamaged:  # nothing to compare with: `check` names it
            return None
    incoming = replace(document, name=text.name, **{name: columns[name] for name in columns.keys() & _FIELDS})
    changed = differences(Read(document, there_plan, there_text), Read(incoming, draft.plan, text.content))
    return Twin(document, _kind(changed), changed, better(incoming, document))


def _kind(changed: Differences) -> str:
    """A copy says what the other says; what damage does to its words is no change."""
    damaged = min(changed.before.quality, changed.after.quality) < LOW_QUALITY
    return "version" if (changed.outline or changed.duties or changed.citations) and not damaged else "copy"


def better(one: Document, other: Document) -> bool:
    """Whether a reading is to answer in the place of another: by its rank, or as the whole paper of which the other is a part."""
    if _rank(one) == _rank(other):
        return one.length > LONGER * other.length
    return _rank(one) > _rank(other)


def _rank(document: Document) -> tuple[object, ...]:
    """A text that is not damaged, then a paper with number and day before its draft, then the cleaner text."""
    head = head_of(**{name: getattr(document, name) for name in _HEAD_COLUMNS})
    issued = head.number is not None and head.date is not None and len(head.date) == 10
    return document.quality >= LOW_QUALITY, issued, round(document.quality, 2)


def _said(connection: Connection, text: str) -> int | None:
    """The current version of the document that a user joined a text to, before it was removed."""
    query = select(VersionRow.id).where(VersionRow.current, VersionRow.document_id.in_(documents_said(connection, text, SAME)))
    return connection.scalars(query).first()


def _nearest(connection: Connection, head: Head, text: Text) -> int | None:
    """The current version that is of the same paper: the first whose head tells it, else the one whose text is most alike."""
    open_ids: list[int] = []
    apart = documents_said(connection, text_hash(text), DIFFERENT)
    for row in _candidates(connection, head):
        if row.document_id in apart:
            continue
        agree = heads_agree(head, head_of(**{name: getattr(row, name) for name in _HEAD_COLUMNS}))
        if agree:
            return int(row.id)
        if agree is None:
            open_ids.append(int(row.id))
    letters = opening_letters(text.content) if open_ids else ""
    opening = select(func.substr(ContentRow.text, 1, READ))
    scored = [
        (likeness(letters, opening_letters(connection.scalars(opening.where(ContentRow.version_id == number)).one())), -number)
        for number in open_ids
    ]
    score, number = max(scored, default=(0.0, 0))
    return -number if score else None


def _candidates(connection: Connection, head: Head) -> Iterator[Row[*tuple[Any, ...]]]:
    """The current versions that may be of the paper; a clean head rules most out by its number alone."""
    columns = (VersionRow.id, VersionRow.document_id, *(getattr(VersionRow, name) for name in _HEAD_COLUMNS))
    query = select(*columns).where(VersionRow.current, _may_be(head)).order_by(VersionRow.id)
    yield from connection.execute(query).all()


def _may_be(head: Head) -> ColumnElement[bool]:
    if head.number is None or not head.clean:
        return true()
    key = VersionRow.symbol_key
    # "12-" and "12/" sort before "120", and what has no number before the first digit.
    bears = (key >= f"{head.number}-") & (key < f"{head.number}0")
    return any_of(VersionRow.id, key.is_(None), key < "0", bears, VersionRow.quality < LOW_QUALITY)
