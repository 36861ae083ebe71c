"""Full-text search: the index says which plans match, the database where in them."""

from __future__ import annotations

from archive.errors import PlanDamaged
from archive.fulltext.filters import answer_filters
from archive.fulltext.indexing import fulltext
from archive.fulltext.occurrences import occurrences
from archive.fulltext.query import leaves, read_query
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.versions import documents_by_version, read_content
from archive.values.documents import Hit, SearchResult


def search(archive: Archive, query: str, *, limit: int = 20, offset: int = 0) -> SearchResult:
    """The plans that match a query (language: query.py), best first, each with its best passages. Raises QueryError, IndexBroken."""
    wanted = read_query(query)
    with translated(archive.database), archive.engine.connect() as connection:
        answered = answer_filters(connection, wanted)
        matches = fulltext(archive).search(answered)
        page = matches[offset : offset + limit]
        documents = documents_by_version(connection, [match.key for match in page])
        positive = tuple(leaves(wanted.tree))
        restored = fulltext(archive).restored([match.key for match in page]) if positive else {}
        hits = []
        for match in page:
            document = documents.get(match.key)
            if document is None:  # removed by another process meanwhile
                continue
            try:
                text, plan = read_content(connection, match.key)
            except PlanDamaged:  # `check` names it; that its text was found is still true
                hits.append(Hit(document, match.score, None, ()))
                continue
            found = occurrences(plan, text, restored.get(match.key, ()), positive, wanted.marked) if positive else ()
            hits.append(Hit(document, match.score, found[0].how if found else None, found))
    return SearchResult(query, len(matches), offset, tuple(hits))
