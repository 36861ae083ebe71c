"""Full-text search: the index says which plans match, the database where in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection

from archive.common.patience import patience
from archive.common.words import Restored
from archive.errors import PlanDamaged
from archive.fulltext.engine import Matches
from archive.fulltext.filters import answer_filters
from archive.fulltext.indexing import fulltext
from archive.fulltext.occurrences import occurrences
from archive.fulltext.query import Query, Symbol, leaves, read_query
from archive.fulltext.restored_layer import unpack_layer
from archive.fulltext.sight import LAST, Sight, sight_of, unpack_sight
from archive.store.database import impatient, translated
from archive.store.handle import Archive
from archive.store.kept import kept
from archive.store.versions import current_among, documents_by_version, plan_of, stored_contents
from archive.values.documents import Document, Hit, Occurrence, SearchResult
from kehoach_parser import Plan


def search(archive: Archive, query: str, *, limit: int = 20, offset: int = 0) -> SearchResult:
    """The plans that match a query (language: query.py), best first, each with its best passages. Raises QueryError, QuestionTooSlow,
    IndexBroken."""
    return kept(archive).answer("search", (query, limit, offset), lambda: _search(archive, query, limit, offset))


def _search(archive: Archive, query: str, limit: int, offset: int) -> SearchResult:
    wanted = replace(read_query(query), patience=patience())
    with translated(archive.database), archive.engine.connect() as connection, impatient(connection, wanted.patience):
        matches = matching_plans(archive, connection, wanted)
        page = matches.best(offset, limit)
        documents = documents_by_version(connection, [match.key for match in page])
        found = _passages(archive, connection, documents, wanted)
    hits = (Hit(documents[key], score, found[key][0].how if found.get(key) else None, found.get(key, ())) for key, score in page)
    return SearchResult(query, len(matches), offset, tuple(hits))


def _passages(
    archive: Archive, connection: Connection, documents: Mapping[int, Document], wanted: Query
) -> dict[int, tuple[Occurrence, ...]]:
    """The best passages of documents that a query finds, by version; one whose plan is damaged has none."""
    positive = tuple(leaves(wanted.tree))
    if not positive:
        return {}
    by_symbol = any(isinstance(leaf, Symbol) for leaf in positive)
    layers, found = fulltext(archive).layers(documents), dict[int, tuple[Occurrence, ...]]()
    for key, (text, stored) in stored_contents(connection, tuple(documents)).items():
        wanted.patience.check()
        restored, packed, _ = unpack_layer(layers.get(key, b""))
        with suppress(PlanDamaged):  # `check` names it; that its text was found is still true
            sight, plan = _seen(key, text, stored, restored, packed, by_symbol)
            found[key] = occurrences(text, documents[key].quality, restored, sight, positive, wanted.marked, plan)
    return found


def _seen(key: int, text: str, stored: bytes, restored: Sequence[Restored], packed: bytes, by_symbol: bool) -> tuple[Sight, Plan | None]:
    """The sight of a text, and where it was not kept, or the citations are to tell what a symbol is printed as, its plan."""
    sight = unpack_sight(packed, text, stored)
    if sight is not None and not by_symbol:
        return sight, None
    plan = plan_of(stored, key, "citations" if by_symbol else LAST)
    return sight or sight_of(plan, text, restored), plan


def matching_plans(archive: Archive, connection: Connection, wanted: Query) -> Matches:
    """All that a query finds."""

    def made() -> Matches:
        found = fulltext(archive).search(answer_filters(connection, wanted))
        # The index may be a step behind or before the database, where another process writes: what is not here is no answer.
        there = current_among(archive, connection, found.every)
        return found if len(there) == len(found) else found.among(there)

    return kept(archive).answer("matches", wanted.text, made)
