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
