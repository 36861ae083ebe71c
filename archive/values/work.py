"""The values of what people add to an archive: the journal of changes, corrections, doubts to settle. Frozen, without behaviour, as all
values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from archive.values.citations import Change
from archive.values.corrections import Correction, Said
from archive.values.documents import Document, Fact, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in the journal: ``action`` is add | replace | remove | restore | join | split | correct | duty | undo …, ``facts`` tell of
    it. ``document_id`` is None where it is of no one document; ``undone_by`` is the entry that undid it."""

    id: int
    at: datetime
    who: str
    action: str
    document_id: int | None
    facts: dict[str, Fact] = dataclasses.field(default_factory=dict)
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did: the document as it is now, the correction, and the citations that mean something else because of it;
    ``fresh`` is false where it was said before."""

    document: Document
    correction: Correction
    changes: tuple[Change, ...] = ()
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one correction of a file: ``status`` is applied | agrees | superseded | unplaced | present (it is there already) |
    no-document (its document is not in the archive, ``document`` is None). ``named`` is the document as the file names it."""

    field: str
    value: Said
    named: str
    status: str
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to settle: ``kind`` says what is doubted (those of the head as in `Doubtful`; ambiguous-citation, doubtful-unit,
    doubtful-deadline), ``field`` names it as `kehoach correct` takes it, ``printed`` is what stands there, ``around`` the words about it,
    ``reading`` how it is read, ``alternatives`` what else it may be, both as `correct` takes them; ``span`` is its place. ``weight`` is how
    much hangs on it, ``why`` tells of that (``mentions`` of other plans, ``duties``, ``deadline``)."""

    document: Document
    kind: str
    field: str
    printed: str | None
    around: str
    reading: str | None
    alternatives: tuple[str, ...]
    span: Span
    weight: float
    why: dict[str, Fact] = dataclasses.field(default_factory=dict)


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
class MovedTable:
    """A table that was copied to another database and found there as it was."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An archive that was copied from one database (``source``) to another (``target``), with so many kept files and files beside them."""

    source: str
    target: str
    tables: tuple[MovedTable, ...]
    files: int


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


@dataclass(frozen=True, slots=True)
class JobResult:
    """What became of a paper of a file that was sent: ``path`` names it (a member of a zip file behind the file), ``status``, ``code`` and
    ``facts`` are as in `Added`, ``document_id`` is what it is in the archive."""

    path: str
    status: str
    document_id: int | None
    code: str | None
    facts: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class Job:
    """A file that was sent to be added: ``batch`` is what it was sent with, ``who`` sent it and when, ``size`` is in bytes. ``state`` is
    waiting | running | done | failed (nothing of it was added); ``page`` of ``pages`` are read, where they are read from images."""

    id: int
    batch: str
    who: str
    at: datetime
    name: str
    size: int
    state: str
    page: int
    pages: int
    results: tuple[JobResult, ...]
    ended: datetime | None
