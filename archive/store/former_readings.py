"""What was read of a version before it was read again, as the journal keeps it: packed, since a plan is larger than its text."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from archive.store.tables import ContentRow, PageRow, VersionRow

_CONTENT = ("text", "pages", "notes", "plan", "seen")
_VERSION = ("text_sha256", "media_type", "parser_version", "reader_version", "model")


def packed_reading(connection: Connection, version_id: int) -> str:
    """Text, pages, plan of a version as they are stored, and what read them."""
    content = connection.execute(select(*_columns(ContentRow, _CONTENT)).where(ContentRow.version_id == version_id)).one()
    version = connection.execute(select(*_columns(VersionRow, _VERSION)).where(VersionRow.id == version_id)).one()
    pages = connection.execute(select(*PageRow.__table__.columns).where(PageRow.version_id == version_id).order_by(PageRow.number))
    reading = {"content": dict(content._mapping), "version": dict(version._mapping), "page_rows": [dict(row._mapping) for row in pages]}
    return base64.b64encode(zlib.compress(json.dumps(reading, ensure_ascii=False).encode("utf-8", "surrogatepass"), 9)).decode("ascii")


def put_reading(connection: Connection, version_id: int, packed: str) -> None:
    """Puts what was read before in the place of what is stored of a version; rows and index are to be made anew."""
    reading: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed)).decode("utf-8", "surrogatepass"))
    connection.execute(update(ContentRow).where(ContentRow.version_id == version_id).values(**reading["content"]))
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**reading["version"]))
    connection.execute(delete(PageRow).where(PageRow.version_id == version_id))
    if reading["page_rows"]:
        connection.execute(insert(PageRow), reading["page_rows"])


def _columns(table: type[Any], names: tuple[str, ...]) -> list[Any]:
    return [getattr(table, name) for name in names]
