"""The values of what people add to an archive: the journal of changes. Frozen, without behaviour, as all values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from archive.values.documents import Document, Fact


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in the journal: ``action`` is add | replace | remove | restore | join | split | correct | duty | undo …, ``facts`` tell of
    it. ``document_id`` is None where it is of no one document; ``undone_by`` is the entry that undid it."""

    id: int
    at: datetime
    who: str
    action: str
    document_id: int | None
    facts: dict[str, Fact] = field(default_factory=dict)
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Trashed:
    """A document in the trash, as it answered before; when it was put there, and by whom."""

    document: Document
    trashed_at: datetime
    who: str
