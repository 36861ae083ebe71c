"""Taking back what another alias file taught: the file is written as it was read before, and read again."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from sqlalchemy import select

from archive.errors import FileChanged
from archive.resolve.overlay import resolve_everything
from archive.store.alias_file import ALIAS_FILE, alias_text
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.work_tables import AliasRow
from archive.values.citations import Change
from archive.values.work import Entry


def undo_aliases(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """Writes the alias file as it was and reads it. Raises FileChanged where it holds what was not read yet: that would be lost."""
    path = archive.folder / ALIAS_FILE
    with translated(archive.database), archive.engine.connect() as connection:
        read = connection.scalars(select(AliasRow.text)).first()
    if alias_text(archive) != read:
        raise FileChanged(path=str(path), entry=entry.id)
    with translated(path):
        if before["text"] is None:
            path.unlink(missing_ok=True)
        else:
            beside = path.with_name(f".{path.name}.new")
            beside.write_text(before["text"], encoding="utf-8", newline="")
            os.replace(beside, path)
    return tuple(change for change in resolve_everything(archive, now=now) if isinstance(change, Change))
