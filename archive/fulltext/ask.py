"""Full-text search: the index says which plans match, the database where in them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from archive.common.patience import patience
from archive.errors import PlanDamaged
from archive.fulltext.engine import Match
from archive.fulltext.filters import answer_filters
from archive.fulltext.indexing import fulltext
from archive.fulltext.occurrences import occurrences
from archive.fulltext.query import Query, Symbol, leaves, read_query
from archive.store.database import impatient, translated
from archive.store.handle import Archive
from archive.store.kept import kept
from archive.store.versions import current_among, documents_by_version, plan_of, stored_contents
from archive.values.documents import Hit, SearchResult


def search(archive: Archive, query: str, *, limit: int = 20, offset: int = 0) -> SearchResult:
    """The plans that match a query (language: query.py), best first, each with its best passages. Raises QueryError, QuestionTooSlow,
    IndexBroken."""
    return kept(archive).answer("search", (query, limit, offset), lambda: _search(archive, query, limit, offset))


def _search(archive: Archive, query: str, limit: int, offset: int) -> SearchResult:
    wanted = replace(read_query(query), patience=patience())
    with translated(archive.database), archive.engine.connect() as connection, impatient(connection, wanted.patience):
        matches = matching_plans(archive, connection, wanted)
        page = matches[offset : offset + limit]
        documents = documents_by_version(connection, [match.key for match in page])
        positive = tuple(leaves(wanted.tree))
        restored = fulltext(archive).restored([match.key for match in page]) if positive else {}
        stored = stored_contents(connection, [match.key for match in page])
        # Where a passage lies, the outline tells; what a symbol may be printed as, the citations: the last of these that is needed.
        last = "citations" if any(isinstance(leaf, Symbol) for leaf in positive) else "footnotes"
        hits = []
        for match in page:
            wanted.patience.check()
            text, said = stored[match.key]
            try:
                plan = plan_of(said, match.key, last)
            except PlanDamaged:  # `check` names it; that its text was found is still true
                hits.append(Hit(documents[match.key], match.score, None, ()))
                continue
            found = occurrences(plan, text, restored.get(match.key, ()), positive, wanted.marked) if positive else ()
            hits.append(Hit(documents[match.key], match.score, found[0].how if found else None, found))
    return SearchResult(query, len(matches), offset, tuple(hits))


def matching_plans(archive: Archive, connection: Connection, wanted: Query) -> tuple[Match, ...]:
    """All that a query finds, best first."""

    def made() -> tuple[Match, ...]:
        found = fulltext(archive).search(answer_filters(connection, wanted))
        # The index may be a step behind or before the database, where another process writes: what is not here is no answer.
        there = current_among(archive, connection, [match.key for match in found])
        return found if len(there) == len(found) else tuple(match for match in found if match.key in there)

    return kept(archive).answer("matches", wanted.text, made)
