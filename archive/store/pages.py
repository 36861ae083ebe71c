"""The pages of documents on their way to disk: what OCR read is kept page by page, and with a version where each word stands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.tables import PageReadingRow, PageRow
from kehoach_parser import Page, Text


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


def forget_readings(connection: Connection, sha256: str) -> None:
    """Throws away what OCR read of a file that is no longer in the archive."""
    connection.execute(delete(PageReadingRow).where(PageReadingRow.key.startswith(f"{sha256}/")))


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
