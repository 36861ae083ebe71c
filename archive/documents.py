"""Questions about the documents themselves."""

from __future__ import annotations

from archive.handle import Archive
from archive.values import Document, Shown, Statistics, Version


def list_documents(archive: Archive) -> tuple[Document, ...]:
    """All documents, by id."""
    raise NotImplementedError


def find_document(archive: Archive, ref: str) -> Document:
    """The document meant by an id, a symbol (folded, blanks ignored), a file name or the beginning (6 letters or more) of its hash.

    Raises UnknownDocument or AmbiguousDocument, each with candidates.
    """
    raise NotImplementedError


def show(archive: Archive, ref: str, version: int | None = None) -> Shown:
    """Everything that was read of a document; ``version`` asks for an earlier one (UnknownVersion)."""
    raise NotImplementedError


def history(archive: Archive, ref: str) -> tuple[Version, ...]:
    """All versions of a document, the oldest first."""
    raise NotImplementedError


def statistics(archive: Archive) -> Statistics:
    """The archive in figures."""
    raise NotImplementedError
