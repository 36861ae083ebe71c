"""The values of what people add to an archive: the journal of changes, corrections, doubts to settle. Frozen, without behaviour, as all
values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from archive.values.citations import Change
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
    facts: dict[str, Fact] = dataclasses.field(default_factory=dict)
    undone_by: int | None = None


#: How a correction lies over the current version of its document. applied: its place is there and says what it says now; agrees: a newer
#: reading says so by itself; superseded: a later correction of the same place holds; unplaced: its place was not found, it waits.
CORRECTION_STATES = ("applied", "agrees", "superseded", "unplaced")


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a place in a text is found again in another reading of it (W3C Web Annotation: TextQuoteSelector and TextPositionSelector).

    ``exact`` is what stands there, ``prefix`` and ``suffix`` what stands before and behind it, ``start`` and ``end`` where it stood.
    ``beside`` is a second place that has to be found with it: the task, where the place is the name of the unit that has it.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    beside: Anchor | None = None


#: What a correction says: words, "none" as None, the parts of a duty or of a cited document by name.
Said = str | None | dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says a document has, where it was read otherwise.

    ``field`` is a key of the Plan JSON: a field of the head ("date", "signature.name"), or a key of what stands at the ``anchor``
    ("citation.document", "node.heading", "duty.deadline", "unit", "recipient", "text"; "citation" or "duty" alone with the value None
    strikes it out). ``printed`` is what stands there (None: nothing), ``was`` what was read, ``value`` what it is. ``text_sha256`` is the
    hash of the text on which it was made. ``state`` is one of CORRECTION_STATES, ``ordinal`` the place in the list of the plan (citations,
    nodes, recipients; the register for duties) that it lies over.
    """

    id: int
    document_id: int
    field: str
    anchor: Anchor | None
    printed: str | None
    was: Said
    value: Said
    reason: str | None
    text_sha256: str
    state: str
    ordinal: int | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did: the document as it is now, the correction, and the citations that mean something else because of it."""

    document: Document
    correction: Correction
    changes: tuple[Change, ...] = ()


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
    ``reading`` how it is read, ``alternatives`` what else it may be, each as `correct` takes it. ``weight`` is how much hangs on it, ``why``
    tells of that (``mentions`` of other plans, ``deadline``)."""

    document: Document
    kind: str
    field: str
    printed: str | None
    around: str
    reading: str | None
    alternatives: tuple[str, ...]
    weight: float
    why: dict[str, Fact] = dataclasses.field(default_factory=dict)
