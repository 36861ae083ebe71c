"""What people said of documents: all corrections, or those of one document; and the document that is meant where one is cited."""

from __future__ import annotations

from sqlalchemy import Connection, select

from archive.ask.choices import choices_among
from archive.ask.citations import cites
from archive.ask.documents import find_document
from archive.errors import AmbiguousReference, NotCorrectable, UnknownDocument
from archive.store.corrections import corrections_of, read_corrections
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.versions import current_of
from archive.values.citations import CitedDocument
from archive.values.corrections import Correction
from archive.values.documents import Document


def corrections(archive: Archive, ref: str | None = None) -> tuple[Correction, ...]:
    """All corrections, or those of a document, in the order in which they were made. Raises UnknownDocument, AmbiguousDocument."""
    document = find_document(archive, ref) if ref is not None else None
    with translated(archive.database), archive.engine.connect() as connection:
        return read_corrections(connection) if document is None else corrections_of(connection, document.id)


def meant_document(archive: Archive, said: str) -> dict[str, str | None]:
    """The document that a citation is said to mean, in parts: "#12" is a paper of the archive, else what `cites` takes, or the symbol of a
    paper. Raises AmbiguousReference with what to type, NotCorrectable where there is none."""
    said = said.strip()
    if said.removeprefix("#").isdecimal():
        try:
            return _of_paper(archive, find_document(archive, said.removeprefix("#")))
        except UnknownDocument:
            raise NotCorrectable("correct-document", value=said) from None
    found = [group.cited for group in cites(archive, said).groups]
    try:
        paper = find_document(archive, said)
    except UnknownDocument:
        paper = None
    if paper is not None and all(each.document is None or each.document.id != paper.id for each in found):
        if found:
            raise AmbiguousReference(reference=said, candidates=(f"#{paper.id}", *_choices(found)))
        return _of_paper(archive, paper)
    if len(found) > 1:
        raise AmbiguousReference(reference=said, candidates=_choices(found))
    if not found:
        raise NotCorrectable("correct-document", value=said)
    return parts_of_cited(archive, found[0])


def _choices(found: list[CitedDocument]) -> tuple[str, ...]:
    return tuple(choice or one.title or one.key for one, choice in zip(found, choices_among(found), strict=True))


def parts_of_cited(archive: Archive, cited: CitedDocument) -> dict[str, str | None]:
    """A cited document in parts; ``text`` is the hash of the paper in the archive that it is."""
    if cited.document is not None:
        return _of_paper(archive, cited.document)
    parts = {"type": cited.type, "symbol": cited.symbol, "date": cited.date, "issuer": cited.issuer, "title": cited.title}
    return {**parts, "place": cited.place, "text": None}


def _of_paper(archive: Archive, paper: Document) -> dict[str, str | None]:
    with translated(archive.database), archive.engine.connect() as connection:
        text = text_of(connection, paper.id)
    parts = {"type": paper.type, "symbol": paper.symbol, "date": paper.date, "issuer": paper.organ, "title": paper.subject}
    return {**parts, "place": None, "text": text}


def text_of(connection: Connection, document_id: int) -> str:
    """The hash of a document's current text, as it was read."""
    return connection.scalars(select(VersionRow.text_sha256).where(current_of(document_id))).one()
