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


@dataclass(frozen=True, slots=True)
class Backup:
    """An archive as one file of ``size`` bytes, made of the tables of a ``revision``: how many documents (those in the trash too),
    versions and kept files it holds. ``missing`` names the files that the archive has lost."""

    path: str
    size: int
    made_at: datetime
    revision: str
    documents: int
    versions: int
    files: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gain:
    """What reading a document again found that was not there, and what it did not find any more: ``kind`` is head | nodes | citations |
    dates | duties, a line for each thing."""

    kind: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reparsed:
    """A document that was read again: the ``version`` of the program that had read it, whether its ``text`` is another, what it gains and
    loses."""

    document: Document
    version: str
    text: bool
    gains: tuple[Gain, ...]
