"""The pages of documents on their way to disk: what OCR read is kept page by page, and with a version where each word stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.tables import ContentRow, PageReadingRow, PageRow
from kehoach_parser import Page, PageWord, Text
from kehoach_parser.model import Repair


class KeptPages:
    """A store of pages for the reader (`kehoach_parser.PageStore`): one short transaction a page."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def load(self, key: str) -> str | None:
        """What was saved under this key, or None."""
        with translated(self._archive.database), self._archive.engine.connect() as connection:
            return connection.scalar(select(PageReadingRow.page).where(PageReadingRow.key == key))

    def save(self, key: str, page: str) -> None:
        """Keeps a page as it was read last."""
        with translated(self._archive.database), writing(self._archive.engine).begin() as connection:
            connection.execute(delete(PageReadingRow).where(PageReadingRow.key == key))
            connection.execute(insert(PageReadingRow).values(key=key, page=page))


def insert_pages(connection: Connection, version_id: int, text: Text) -> None:
    """The pages of a version, in the transaction that stores it."""
    rows = [_row(version_id, page) for page in text.layout]
    if rows:
        connection.execute(insert(PageRow), rows)


def seen_of(text: Text) -> dict[str, Any] | None:
    """What a reader saw on the pages of a file beyond words and their places, as it is stored; None where it has no pages."""
    if not text.layout:
        return None
    return {
        "furniture": [list(span) for span in text.furniture],
        "unsure": [list(span) for span in text.unsure],
        "paragraphs": sorted(text.paragraphs),
        "carried": sorted(text.carried),
        "repairs": [[each.code, *each.span, each.printed, each.reading] for each in text.repairs],
    }


def as_on_pages(connection: Connection, version_id: int, text: Text) -> Text:
    """The text of a version with all that was seen on its pages, as the reader gave it; as it is where nothing of that was kept."""
    seen: Any = connection.scalar(select(ContentRow.seen).where(ContentRow.version_id == version_id))
    if seen is None:
        return text
    rows = connection.execute(select(*PageRow.__table__.columns).where(PageRow.version_id == version_id).order_by(PageRow.number))
    return replace(
        text,
        layout=tuple(_page(row) for row in rows),
        furniture=tuple((start, end) for start, end in seen["furniture"]),
        unsure=tuple((start, end) for start, end in seen["unsure"]),
        paragraphs=frozenset(seen["paragraphs"]),
        carried=frozenset(seen["carried"]),
        repairs=tuple(Repair(code, (start, end), printed, reading) for code, start, end, printed, reading in seen["repairs"]),
    )


def forget_readings(connection: Connection, sha256: str) -> None:
    """Throws away what OCR read of a file that is no longer in the archive."""
    connection.execute(delete(PageReadingRow).where(PageReadingRow.key.startswith(f"{sha256}/")))


def _page(row: Row[*tuple[Any, ...]]) -> Page:
    words = tuple(PageWord((word[0], word[1]), (word[2], word[3], word[4], word[5]), word[6]) for word in row.words)
    return Page(row.number, (row.start, row.end), row.width, row.height, row.origin, row.engine, row.certainty, words)


def _row(version_id: int, page: Page) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "number": page.number,
        "start": page.span[0],
        "end": page.span[1],
        "width": page.width,
        "height": page.height,
        "origin": page.origin,
        "engine": page.engine,
        "certainty": page.certainty,
        "words": [[*word.span, *word.box, word.certainty] for word in page.words],
    }
