"""Documents that a person should look at: what a head says nowhere, or not for sure, and what the reader doubted; the worst first.

A question without a symbol or a day finds nothing of such a paper, so those weigh most; a damaged one or one without outline answers worse.
"""

from __future__ import annotations

from collections.abc import Collection

from archive.common.doubts import DOUBTS
from archive.store.database import translated
from archive.store.doubts import in_doubt
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.versions import documents_by_version
from archive.values.documents import Doubtful


def doubtful_documents(archive: Archive, ids: Collection[int] | None = None) -> tuple[Doubtful, ...]:
    """The documents with something to look at, of these ids or of all, the worst first and then by id."""
    with translated(archive.database), archive.engine.connect() as connection:
        said = dict(in_doubt(connection, VersionRow.current, VersionRow.id))
        documents = documents_by_version(connection, said)
    wanted = None if ids is None else set(ids)
    found = [Doubtful(one, said[version]) for version, one in documents.items() if wanted is None or one.id in wanted]
    return tuple(sorted(found, key=lambda each: (-sum(DOUBTS[code] for code in each.doubts), each.document.id)))
