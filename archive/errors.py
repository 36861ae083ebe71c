"""What can go wrong in an archive. The message is worded by the caller, in the user's language, from ``code`` and ``facts``.

ArchiveError
├── ArchiveNotFound      no-archive            path
├── NotAnArchive         not-an-archive        path            the file is no database, or not one of ours
├── ArchiveTooNew        archive-too-new       path, revision  made by a newer version of the program; nothing is touched
├── ArchiveLocked        archive-locked        path            another process is writing
├── DiskFull             disk-full             path            the transaction was rolled back, what was there is still there
├── IndexDiskFull        index-disk-full       path            a DiskFull of the derived index alone: reindex heals
├── NoPermission         no-permission         path
├── ArchiveDamaged       archive-damaged       path, detail    the database says that it is malformed, or the disk fails
├── IndexBroken          index-broken          path, detail    only the derived full-text index: reindex makes it anew
├── NotStorable          not-storable          name            the text holds code points that no database keeps (lone surrogates)
├── AlreadyThere         already-there         name, document, version   the file to replace with is in the archive already
├── EngineMissing        engine-missing        name            the search engine of the archive is not installed
├── TooFewCleanTexts     too-few-clean-texts   texts, syllables    too little to train a restorer on
├── GraphTooLarge        graph-too-large       documents, most     a PNG of so many documents has more pixels than programs show
├── QuestionTooSlow      question-too-slow     seconds         the search for an answer was given up
├── AliasError           alias-*               path, line (1-based), key, and per code:
│                        alias-syntax (detail) · alias-tables · alias-key (keys) · alias-missing · alias-text · alias-list ·
│                        alias-date (value) · alias-symbol (value) · alias-twice (value) · alias-encoding · alias-flag ·
│                        alias-unit-missing · alias-unit-name (value) · alias-unit-place (name) · alias-unit-twice (value, other)
├── NothingThere: what was asked for is not in the archive
│   ├── UnknownDocument  unknown-document      ref, candidates what looks like it ("12: 35-KH/ĐU …"), may be empty
│   ├── UnknownVersion   unknown-version       ref, version, latest
│   ├── OneReading       one-reading           ref             `diff` of a document that has one version
│   ├── UnknownDuty      unknown-duty          duty
│   ├── UnknownUnit      unknown-unit          unit, candidates    units whose names look like it, may be empty
│   └── UnknownPending   unknown-pending       ref             no file that waits answers to this
└── NotUnderstood: what was asked is not clear
    ├── AmbiguousDocument ambiguous-document   ref, candidates
    ├── AmbiguousReference ambiguous-reference reference, candidates   a number that several cited documents bear
    ├── AmbiguousUnit    ambiguous-unit        unit, candidates    several units go by this name
    ├── AmbiguousPending ambiguous-pending     ref
    ├── SameDocument     same-document         ref, other      `join` of a document with itself
    ├── BadDutyState     bad-duty-state        state, states
    ├── MovedWithoutDay  moved-without-day     duty            it is to be moved, and nobody says to when
    ├── BadDate          bad-date              value           no day, month, year or time between two of them
    ├── NoRegister       no-register           name            a file to be read back that is no workbook of a register
    ├── NotCorrectable   correct-*             per code:
    │                    correct-field (field, fields, candidates) · correct-which (field, which, most) · correct-empty (field) ·
    │                    correct-none (field) · correct-only-none (field, kind) · correct-date (value) · correct-symbol (value) ·
    │                    correct-type (value, choices, candidates) · correct-role (as type) · correct-relation (as type) ·
    │                    correct-duty (part) · correct-node (which, candidates) · correct-not-there (words) ·
    │                    correct-several (words, count, candidates) · correct-document (value) · correct-file (path, number, detail)
    ├── UnknownFormat    unknown-format        format, formats
    ├── UnknownEngine    unknown-engine        name, engines
    ├── QuestionTooLong  question-too-long     longer than anything that a database looks for
    └── QueryError       query-*               query, position (0-based), and per code:
                         query-empty · query-unbalanced-quote · query-unbalanced-parenthesis · query-empty-parenthesis ·
                         query-too-deep (most) · query-operator (operator) · query-field (field, fields) · query-value (field) ·
                         query-date (value) · query-no-words · query-too-long (most) · query-too-many-words (most) ·
                         query-too-many-prefixes (most)
"""

from __future__ import annotations

from archive.values.documents import Document, Fact


class ArchiveError(Exception):
    """Base of all errors of an archive. ``code`` is stable, ``facts`` fill in the wording."""

    code = "archive-error"

    def __init__(self, **facts: Fact) -> None:
        super().__init__(f"{self.code}: {', '.join(f'{key}={value!r}' for key, value in facts.items())}")
        self.facts: dict[str, Fact] = facts


class NothingThere(ArchiveError):
    """What was asked for is not in the archive."""


class NotUnderstood(ArchiveError):
    """What was asked is not clear: it cannot be read, or it means several things."""


class ArchiveNotFound(ArchiveError):
    """There is no archive in this folder."""

    code = "no-archive"


class NotAnArchive(ArchiveError):
    """The file is no SQLite database, or a database of another program."""

    code = "not-an-archive"


class ArchiveTooNew(ArchiveError):
    """The archive was made by a newer version of the program."""

    code = "archive-too-new"


class ArchiveLocked(ArchiveError):
    """Another process is writing to the archive and did not finish within the busy timeout."""

    code = "archive-locked"


class DiskFull(ArchiveError):
    """No room left; the running transaction was rolled back."""

    code = "disk-full"


class IndexDiskFull(DiskFull):
    """No room left for the derived full-text index; what was added is in the database."""

    code = "index-disk-full"


class NoPermission(ArchiveError):
    """The folder or a file in it may not be read or written."""

    code = "no-permission"


class ArchiveDamaged(ArchiveError):
    """The database says that it is malformed, or the disk fails."""

    code = "archive-damaged"


class IndexBroken(ArchiveError):
    """The derived full-text index cannot be read. The database is not touched by that."""

    code = "index-broken"


class NotStorable(ArchiveError):
    """A text with lone surrogates, which no database keeps."""

    code = "not-storable"


class UnknownDocument(NothingThere):
    """No document answers to this id, symbol, file name or hash."""

    code = "unknown-document"


class AmbiguousDocument(NotUnderstood):
    """Several documents answer to this; ``documents`` holds them."""

    code = "ambiguous-document"

    def __init__(self, documents: tuple[Document, ...] = (), **facts: Fact) -> None:
        super().__init__(**facts)
        self.documents = documents


class UnknownVersion(NothingThere):
    """The document has no such version."""

    code = "unknown-version"


class OneReading(NothingThere):
    """The document has no other version to compare with."""

    code = "one-reading"


class AlreadyThere(ArchiveError):
    """The file that is to replace a document is itself in the archive, as a document or an earlier version."""

    code = "already-there"


class UnknownPending(NothingThere):
    """No file on the list of those that wait answers to this name or hash."""

    code = "unknown-pending"


class AmbiguousPending(NotUnderstood):
    """Several files on the list of those that wait have this name."""

    code = "ambiguous-pending"


class AliasError(ArchiveError):
    """The alias file cannot be understood. ``code`` says why, ``facts["line"]`` where (1-based). Nothing was changed."""

    code = "alias-error"

    def __init__(self, code: str, **facts: Fact) -> None:
        self.code = code
        super().__init__(**facts)


class UnknownUnit(NothingThere):
    """No unit of the archive goes by this name."""

    code = "unknown-unit"


class UnknownDuty(NothingThere):
    """No duty of the archive has this id, and none had it."""

    code = "unknown-duty"


class BadDutyState(NotUnderstood):
    """No state that a duty can have."""

    code = "bad-duty-state"


class MovedWithoutDay(NotUnderstood):
    """A duty is to be moved to another day, and none is given."""

    code = "moved-without-day"


class AmbiguousReference(NotUnderstood):
    """Several cited documents bear this number; they are among the candidates."""

    code = "ambiguous-reference"


class AmbiguousUnit(NotUnderstood):
    """Several units go by this name, each with its place among the candidates."""

    code = "ambiguous-unit"


class SameDocument(NotUnderstood):
    """Two documents that are to be joined are one already."""

    code = "same-document"


class BadDate(NotUnderstood):
    """What should be a day, a month, a year or a time between two of them is none."""

    code = "bad-date"


class NoRegister(NotUnderstood):
    """A file that is no workbook, or none with a column of ids."""

    code = "no-register"


class NotCorrectable(NotUnderstood):
    """A correction that cannot be understood: its field, which one is meant, or its value. ``code`` says why. Nothing was changed."""

    code = "correct-error"

    def __init__(self, code: str, **facts: Fact) -> None:
        self.code = code
        super().__init__(**facts)


class UnknownFormat(NotUnderstood):
    """No such export format."""

    code = "unknown-format"


class UnknownEngine(NotUnderstood):
    """No such search engine."""

    code = "unknown-engine"


class EngineMissing(ArchiveError):
    """The search engine that was chosen for an archive is an extra of the package, and not installed here."""

    code = "engine-missing"


class GraphTooLarge(ArchiveError):
    """A picture of so many documents would be larger than programs can show."""

    code = "graph-too-large"


class QuestionTooSlow(ArchiveError):
    """The search for an answer took longer than any should, and was given up."""

    code = "question-too-slow"


class QuestionTooLong(NotUnderstood):
    """What was asked for is longer than anything that a database looks for."""

    code = "question-too-long"


class QueryError(NotUnderstood):
    """A query that cannot be understood. ``code`` says why, ``facts["position"]`` where (0-based code point of the query)."""

    code = "query-error"

    def __init__(self, code: str, query: str, position: int, **facts: Fact) -> None:
        self.code = code
        super().__init__(query=query, position=position, **facts)


class TooFewCleanTexts(ArchiveError):
    """The archive holds too few clean documents, or too short ones, to train a restorer on."""

    code = "too-few-clean-texts"
