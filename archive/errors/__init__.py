"""What can go wrong in an archive. The message is worded by the caller, in the user's language, from ``code`` and ``facts``.

ArchiveError
├── ArchiveNotFound      no-archive            path
├── NotAnArchive         not-an-archive        path            the file is no database, or not one of ours
├── BadAddress           bad-address           address         no address of a database
├── FolderUnknown        folder-unknown        address, folder an archive on PostgreSQL whose folder is not said, or not there
├── DatabaseAway         database-away         path, detail    the server of the database does not answer, or lets nobody in
├── ArchiveTooNew        archive-too-new       path, revision  made by a newer version of the program; nothing is touched
├── ArchiveLocked        archive-locked        path            another process is writing
├── DiskFull             disk-full             path            the transaction was rolled back, what was there is still there
├── IndexDiskFull        index-disk-full       path            a DiskFull of the derived index alone: reindex heals
├── NoPermission         no-permission         path
│   └── ReadOnly         read-only             path            an archive that can be asked but not changed
├── ArchiveTooOld        archive-too-old       path, revision  made by an older version, and cannot be brought to this one's form here
├── ArchiveDamaged       archive-damaged       path, detail    the database says that it is malformed, or the disk fails
├── PlanDamaged          plan-damaged          version, detail the stored plan of one version cannot be read: the others still answer
├── IndexBroken          index-broken          path, detail    only the derived full-text index: reindex makes it anew
├── NotStorable          not-storable          name            the text holds code points that no database keeps (lone surrogates)
├── AlreadyUndone        already-undone        entry, by       the entry of the journal was undone by another
├── CannotUndo           cannot-undo           entry, action   nothing undoes such a change
├── ChangedSince         changed-since         entry, later    a later change stands on it: that is to be undone first
├── BackupDamaged        backup-damaged        path, detail    a backup is cut off or altered, or none at all; ``detail`` says where
├── MoveFailed           move-failed           what, before, after     what was copied to another database differs from what was there
├── FileThere            file-there            path            a file that would be written is there already
├── FolderNotEmpty       folder-not-empty      path            a folder that is to be filled holds something
├── FileChanged          file-changed          path, entry     the alias file holds what was not read yet; undoing would lose it
├── AlreadyThere         already-there         name, document, version   the file to replace with is in the archive already
├── EngineMissing        engine-missing        name            the search engine of the archive is not installed
├── ExtraMissing         extra-missing         name            an extra of the package (postgresql, cluster) is not installed here
├── ClusterAway          cluster-away          address, detail the scheduler of a cluster does not answer, or has no workers
├── ClusterDiffers       cluster-differs       address, worker, there, here    a worker has another version of the program
├── TooFewCleanTexts     too-few-clean-texts   texts, syllables    too little to train a restorer on
├── QuestionTooSlow      question-too-slow     seconds         the search for an answer was given up
├── AliasError           alias-*               path, line (1-based), key, and per code:
│                        alias-syntax (detail) · alias-tables · alias-key (keys) · alias-missing · alias-text · alias-list ·
│                        alias-date (value) · alias-symbol (value) · alias-twice (value) · alias-encoding · alias-flag ·
│                        alias-unit-missing · alias-unit-name (value) · alias-unit-place (name) · alias-unit-twice (value, other)
├── NothingThere: what was asked for is not in the archive
│   ├── UnknownDocument  unknown-document      ref, candidates what looks like it ("12: 35-KH/ĐU …"), may be empty
│   │   └── InTrash      in-trash              ref, document   it was removed and can be restored
│   ├── UnknownVersion   unknown-version       ref, version, latest
│   ├── OneReading       one-reading           ref             `diff` of a document that has one version
│   ├── UnknownDuty      unknown-duty          duty
│   ├── UnknownUnit      unknown-unit          unit, candidates    units whose names look like it, may be empty
│   ├── NotInTrash       not-in-trash          ref             nothing in the trash answers to this
│   ├── UnknownEntry     unknown-entry         entry           the journal has no such entry
│   ├── NothingToUndo    nothing-to-undo                       no change is left that can be undone
│   └── UnknownPending   unknown-pending       ref             no file that waits answers to this
└── NotUnderstood: what was asked is not clear
    ├── AmbiguousDocument ambiguous-document   ref, candidates
    ├── AmbiguousReference ambiguous-reference reference, candidates   a number that several cited documents bear
    ├── AmbiguousUnit    ambiguous-unit        unit, candidates    several units go by this name
    ├── AmbiguousPending ambiguous-pending     ref
    ├── SameDocument     same-document         ref, other      `join` of a document with itself
    ├── BadDutyState     bad-duty-state        state, states
    ├── BadAccount       account-*             per code: account-unknown (name) · account-name (name) · account-role (role, choices) ·
    │                    account-password (least, most)
    ├── MovedWithoutDay  moved-without-day     duty            it is to be moved, and nobody says to when
    ├── BadDate          bad-date              value           no day, month, year or time between two of them
    ├── BadCursor        bad-cursor            after           no `next` of this question, or what it names is gone
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

from archive.errors.asking import (
    AmbiguousDocument,
    AmbiguousPending,
    AmbiguousReference,
    AmbiguousUnit,
    BadAccount,
    BadCursor,
    BadDate,
    BadDutyState,
    InTrash,
    MovedWithoutDay,
    NoRegister,
    NotCorrectable,
    NothingToUndo,
    NotInTrash,
    OneReading,
    QueryError,
    QuestionTooLong,
    SameDocument,
    UnknownDocument,
    UnknownDuty,
    UnknownEngine,
    UnknownEntry,
    UnknownFormat,
    UnknownPending,
    UnknownUnit,
    UnknownVersion,
)
from archive.errors.base import (
    ArchiveError,
    NothingThere,
    NotUnderstood,
)
from archive.errors.keeping import (
    AliasError,
    AlreadyThere,
    AlreadyUndone,
    ArchiveDamaged,
    ArchiveLocked,
    ArchiveNotFound,
    ArchiveTooNew,
    ArchiveTooOld,
    BackupDamaged,
    BadAddress,
    CannotUndo,
    ChangedSince,
    ClusterAway,
    ClusterDiffers,
    DatabaseAway,
    DiskFull,
    EngineMissing,
    ExtraMissing,
    FileChanged,
    FileThere,
    FolderNotEmpty,
    FolderUnknown,
    IndexBroken,
    IndexDiskFull,
    MoveFailed,
    NoPermission,
    NotAnArchive,
    NotStorable,
    PlanDamaged,
    QuestionTooSlow,
    ReadOnly,
    TooFewCleanTexts,
)

__all__ = [
    "AliasError",
    "AlreadyThere",
    "AlreadyUndone",
    "AmbiguousDocument",
    "AmbiguousPending",
    "AmbiguousReference",
    "AmbiguousUnit",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveNotFound",
    "ArchiveTooNew",
    "ArchiveTooOld",
    "BackupDamaged",
    "BadAccount",
    "BadAddress",
    "BadCursor",
    "BadDate",
    "BadDutyState",
    "CannotUndo",
    "ChangedSince",
    "ClusterAway",
    "ClusterDiffers",
    "DatabaseAway",
    "DiskFull",
    "EngineMissing",
    "ExtraMissing",
    "FileChanged",
    "FileThere",
    "FolderNotEmpty",
    "FolderUnknown",
    "InTrash",
    "IndexBroken",
    "IndexDiskFull",
    "MoveFailed",
    "MovedWithoutDay",
    "NoPermission",
    "NoRegister",
    "NotAnArchive",
    "NotCorrectable",
    "NotInTrash",
    "NotStorable",
    "NotUnderstood",
    "NothingThere",
    "NothingToUndo",
    "OneReading",
    "PlanDamaged",
    "QueryError",
    "QuestionTooLong",
    "QuestionTooSlow",
    "ReadOnly",
    "SameDocument",
    "TooFewCleanTexts",
    "UnknownDocument",
    "UnknownDuty",
    "UnknownEngine",
    "UnknownEntry",
    "UnknownFormat",
    "UnknownPending",
    "UnknownUnit",
    "UnknownVersion",
]
