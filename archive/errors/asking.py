"""What can go wrong with a question: nothing is there, or it is not understood."""

from __future__ import annotations

from archive.errors.base import NothingThere, NotUnderstood
from archive.values.documents import Document, Fact


class UnknownDocument(NothingThere):
    """No document answers to this id, symbol, file name or hash."""

    code = "unknown-document"


class InTrash(UnknownDocument):
    """The document was removed: it is in the trash, from which it can be taken."""

    code = "in-trash"


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


class NotInTrash(NothingThere):
    """Nothing in the trash answers to this number or name."""

    code = "not-in-trash"


class UnknownEntry(NothingThere):
    """The journal has no entry with this number."""

    code = "unknown-entry"


class NothingToUndo(NothingThere):
    """No change is left that can be undone."""

    code = "nothing-to-undo"


class UnknownPending(NothingThere):
    """No file on the list of those that wait answers to this name or hash."""

    code = "unknown-pending"


class AmbiguousPending(NotUnderstood):
    """Several files on the list of those that wait have this name."""

    code = "ambiguous-pending"


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


class BadAccount(NotUnderstood):
    """Somebody who is to use the pages of the archive is not known, or cannot be called or let in so. ``code`` says why."""

    code = "account-error"


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


class BadCursor(NotUnderstood):
    """What should continue an answer is no `Page.next` of this question, or the row that it names is no longer there."""

    code = "bad-cursor"


class NoRegister(NotUnderstood):
    """A file that is no workbook, or none with a column of ids."""

    code = "no-register"


class NotCorrectable(NotUnderstood):
    """A correction that cannot be understood: its field, which one is meant, or its value. ``code`` says why. Nothing was changed."""

    code = "correct-error"


class UnknownFormat(NotUnderstood):
    """No such export format."""

    code = "unknown-format"


class UnknownEngine(NotUnderstood):
    """No such search engine."""

    code = "unknown-engine"


class QuestionTooLong(NotUnderstood):
    """What was asked for is longer than anything that a database looks for."""

    code = "question-too-long"


class QueryError(NotUnderstood):
    """A query that cannot be understood. ``code`` says why, ``facts["position"]`` where (0-based code point of the query)."""

    code = "query-error"

    def __init__(self, code: str, query: str, position: int, **facts: Fact) -> None:
        super().__init__(code, query=query, position=position, **facts)
