"""The values that every question returns: frozen, without behaviour, ready to be shown, printed as JSON or sent to a browser.

No row of the database leaves this folder; what leaves it is one of these. A `Span` is ``(start, end)`` in code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from archive.values.corrections import Correction
from kehoach_parser import Plan

Span = tuple[int, int]

#: A value that fills in the wording of an error or a finding.
Fact = str | int | float | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Document:
    """A plan in the archive, as a list shows it.

    ``id`` never changes and is never used again; ``version`` counts from 1 and rises with each replacement. ``path`` is where the file
    lay when it was added. Header readings are None where the paper does not tell them; ``date`` is YYYY-MM-DD, YYYY-MM or YYYY.
    ``readings`` counts the files that are readings of this paper, of which the best one answers (`Version`). ``corrected`` names those of
    the head's values here that people corrected.
    """

    id: int
    version: int
    name: str | None
    path: str | None
    sha256: str
    media_type: str
    added_at: datetime
    type: str | None
    symbol: str | None
    date: str | None
    organ: str | None
    parent_organ: str | None
    place: str | None
    subject: str | None
    quality: float
    length: int
    nodes: int
    citations: int
    assignments: int
    signer: str | None = None
    readings: int = 1
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A document that a person should look at: what of it is missing or not sure, as codes ("no-symbol", "doubtful-date")."""

    document: Document
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """Which documents a list has: words of type, organ (or the one above it), place of issue, signer; issued from the beginning of
    ``since`` to the end of ``until`` (a day, month or year); at most ``limit``, behind ``after`` (`Page.next`); sorted by id | date |
    symbol | type | organ | added | file.
    """

    type: str | None = None
    organ: str | None = None
    place: str | None = None
    signer: str | None = None
    since: str | None = None
    until: str | None = None
    sort: str = "id"
    descending: bool = False
    limit: int | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that waits for a program: ``code`` and ``facts`` say for which, as in `Added`. Its bytes are kept under ``sha256``."""

    sha256: str
    name: str | None
    path: str | None
    code: str
    facts: dict[str, Fact]
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page of the file that a document was read from: ``number`` counts from 1, ``width`` and ``height`` are in points, ``origin`` is
    text-layer | ocr | blank | unread."""

    number: int
    width: float
    height: float
    origin: str


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a passage stands on a page: ``boxes`` (left, top, right, bottom) are shares of the page's width and height, one for each line.

    ``page`` counts from 1; ``width`` and ``height`` are in points. ``origin`` is text-layer | ocr | blank | unread. ``certainty`` is that
    of the word read least surely, None where no word was read from an image.
    """

    page: int
    width: float
    height: float
    origin: str
    engine: str | None
    certainty: float | None
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document; ``current`` is the one that questions see. ``replaced_at`` is None where none was put in its place.

    ``kind`` is first | replacement (`archive.replace`) | copy (another file with the same text: a scan beside the Word file) | version
    (another file of the same paper whose text differs: the draft beside the signed paper) | joined (a user said that it is of this paper).
    """

    document_id: int
    number: int
    current: bool
    name: str | None
    path: str | None
    sha256: str
    added_at: datetime
    replaced_at: datetime | None
    parser_version: str
    kind: str = "first"
    media_type: str = "text/plain"
    quality: float = 1.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What a user said of two versions: ``verdict`` same (`archive.join`) | different (`archive.split`), when. A version that is no longer
    in the archive is None; ``former`` is the document that ``one`` was of before."""

    verdict: str
    one: Version | None
    other: Version | None
    former: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with everything that was read: the plan as it was parsed, the text its spans count in, and its history. Both have the
    ``corrections`` laid over that people made, which say what is printed; an earlier version has none."""

    document: Document
    plan: Plan
    text: str
    history: tuple[Version, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a plan: ``where`` is header | preamble | body | closing | footnote | subject | end | annex | attached; ``path`` and
    ``heading`` name the node of the outline (None outside the body), ``trail`` the headings above it from the outside in. ``span`` is of
    the node or passage. In an annex without an outline ``heading`` is its label ("PHỤ LỤC II")."""

    where: str
    path: str | None
    heading: str | None
    trail: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text with blanks run together, and the places in it to highlight."""

    text: str
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: ``status`` is added | present | restored | copy | version | replaced | waiting | failed. A file in a zip
    file is named behind it. One that is restored was in the trash; a file that was present with ``mended`` in ``facts`` was missing or
    damaged in the archive and is kept again. A copy or version is a reading of a paper that was there; ``facts`` are then its ``number``
    among the versions, ``answers`` (the number of the one that answers), ``file`` (the name of the one that was there) and what changed
    (``outline``, ``duties``, ``citations``: how many).

    ``document`` is None when it failed, or waits for a program that is not installed; then
    ``code`` and ``facts`` are those of the error (see errors.py and the reader's errors).
    """

    path: str | None
    status: str
    document: Document | None = None
    code: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A passage that a search matched; ``how`` is exact | folded | restored | skeleton: the weakest way that was needed for a word
    of the query in it."""

    place: Place
    snippet: Snippet
    how: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A plan that a search found. ``occurrences`` are its best passages, best first; empty, and ``how`` None, when only
    a filter matched; else ``how`` is that of the best one."""

    document: Document
    score: float
    how: str | None
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits. ``total`` counts all plans found; ``offset`` is the index of the first hit given."""

    query: str
    total: int
    offset: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found. ``level`` is error (the archive disagrees with itself) or note (a source file is gone or changed).

    Codes: database-damaged, foreign-key, plan-unreadable, plan-text-mismatch, original-damaged, original-missing, rows-disagree,
    not-indexed, index-extra, index-broken, index-foreign (errors); source-gone, source-changed, original-orphaned (notes). ``facts`` fill
    in the wording.
    """

    level: str
    code: str
    document_id: int | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
