"""Which full-text engine an archive has; the engines themselves are loaded by who asks them (`indexing`)."""

from __future__ import annotations

from sqlalchemy import select

from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.work_tables import StampRow

#: The engines that an archive may have, the first where none was chosen; one on PostgreSQL has that of its database besides, and first.
ENGINES = ("whoosh", "tantivy")
POSTGRESQL = "postgresql"
#: The row of `StampRow` that says which was chosen.
CHOSEN = "engine"


def engines_of(archive: Archive) -> tuple[str, ...]:
    """The names of the engines that an archive may have, the first where none was chosen."""
    return (POSTGRESQL, *ENGINES) if archive.engine.dialect.name == POSTGRESQL else ENGINES


def engine_of(archive: Archive) -> str:
    """The name of the engine that was chosen for an archive, one of `engines_of`."""
    with translated(archive.database), archive.engine.connect() as connection:
        chosen = connection.scalar(select(StampRow.value).where(StampRow.name == CHOSEN))
    return chosen if chosen in engines_of(archive) else engines_of(archive)[0]
