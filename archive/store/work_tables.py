"""The tables of what people add: corrections, states of duties, the journal; and what the archive knows of itself as a whole."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Integer, String, Text

from archive.store.columns import Base, UtcDateTime, column, of_version, optional


class CorrectedRow(Base, table="corrected"):
    """Text and Plan JSON of a version with the corrections of its document laid over; there is a row where a correction fits."""

    version_id = of_version()
    text = column(Text)
    plan = column(Text)


class CorrectionRow(Base, table="corrections", sqlite_autoincrement=True):
    """What a person says a document has, where it was read otherwise. ``field`` is a key of the Plan JSON ("date", "citation.document"),
    ``anchor`` how its place is found again (W3C Web Annotation: quotation with what stands around it, and position; {} for a field of
    the head), ``printed`` what stands there, ``was`` what was read, ``value`` what it is. ``text_sha256`` is the text on which it was
    made: the correction is of the document that has a version with it. ``state`` is how it lies over the current version (applied |
    agrees | superseded | unplaced), ``ordinal`` over which mention of its plan."""

    id = column(Integer, primary_key=True)
    document_id = column(Integer, ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    field = column(Text)
    anchor = column(JSON)
    printed = optional(Text)
    was = column(JSON)
    value = column(JSON)
    reason = optional(Text)
    text_sha256 = column(String(64), index=True)
    state = column(String(20))
    ordinal = optional(Integer)
    who = column(Text)
    at = column(UtcDateTime)


class DecisionRow(Base, table="decisions"):
    """What a user said of two texts, by their hashes: ``verdict`` same | different. ``former`` is the document, and ``kind`` the kind, that
    the first of them had before."""

    text_sha256 = column(String(64), primary_key=True)
    other = column(String(64), primary_key=True)
    verdict = column(String(10))
    former = column(Integer)
    kind = column(String(20))
    decided_at = column(UtcDateTime)


class AliasRow(Base, table="aliases"):
    """The alias file as `kehoach resolve` last read it; there is one row or none."""

    id = column(Integer, primary_key=True)
    text = column(Text)


class DutyStateRow(Base, table="duty_states"):
    """How a duty stands, as people say: ``duty`` is its id, ``state`` open | in-progress | done | late | cancelled | moved, ``day`` when it
    was done, ``moved_to`` another deadline by the document ``moved_by``; ``anchor`` is what it is found again by in a new version."""

    duty = column(String(20), primary_key=True)
    document_id = column(Integer, ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    state = column(String(20), index=True)
    day = optional(String(10))
    moved_to = optional(String(10))
    moved_by = optional(Text)
    result = optional(Text)
    note = optional(Text)
    person = optional(Text)
    anchor = column(JSON)
    who = column(Text)
    at = column(UtcDateTime)


class JournalRow(Base, table="journal", sqlite_autoincrement=True):
    """A change of the archive: who made it, when, to which document; ``facts`` tell of it, ``before`` is what undoing needs, ``undone_by``
    the entry that undid it. Entries stay when their document goes."""

    id = column(Integer, primary_key=True)
    at = column(UtcDateTime)
    who = column(Text)
    action = column(String(20))
    document_id = optional(Integer, index=True)
    facts = column(JSON)
    before = column(JSON)
    undone_by = optional(Integer)


class JobRow(Base, table="jobs", sqlite_autoincrement=True):
    """A file that was sent to be added: ``batch`` is what it was sent with, ``who`` sent it, ``file`` is what its bytes are called
    meanwhile. ``state`` is waiting | running | done | failed, ``page`` of ``pages`` are read, ``results`` say what became of each
    paper in it."""

    id = column(Integer, primary_key=True)
    batch = column(String(20), index=True)
    who = column(Text)
    at = column(UtcDateTime)
    name = column(Text)
    size = column(Integer)
    file = column(String(40))
    state = column(String(20), index=True)
    tries = column(Integer)
    page = column(Integer)
    pages = column(Integer)
    results = column(JSON)
    ended = optional(UtcDateTime)


class PendingRow(Base, table="pending"):
    """A file that could not be read yet because a program is not installed. Its bytes are kept under ``sha256``."""

    sha256 = column(String(64), primary_key=True)
    name = optional(Text)
    path = optional(Text)
    code = column(String(40))
    facts = column(JSON)
    noted_at = column(UtcDateTime)


class StampRow(Base, table="stamps"):
    """Facts of the archive as a whole by ``name``, such as the stamp that database and index share."""

    name = column(String(20), primary_key=True)
    value = column(Text)
