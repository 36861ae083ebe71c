"""Full-text search: the index says which plans match, the database where in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection

from archive.common.patience import patience
from archive.common.words import Restored
from archive.errors import PlanDamaged
from archive.fulltext.engine import Match, Matches
from archive.fulltext.filters import answer_filters
from archive.fulltext.indexing import fulltext, in_step
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
        total, best = _best(archive, connection, wanted, offset + limit)
        page = best[offset : offset + limit]
        documents = documents_by_version(connection, [match.key for match in page])
        found = _passages(archive, connection, documents, wanted)
    hits = (Hit(documents[key], score, found[key][0].how if found.get(key) else None, found.get(key, ())) for key, score in page)
    return SearchResult(query, total, offset, tuple(hits))


def _best(archive: Archive, connection: Connection, wanted: Query, most: int) -> tuple[int, tuple[Match, ...]]:
    """How many plans a query finds, and at most so many of them, best first."""
    matches = _matches(archive, connection, wanted)
    total, best = matches.best(most)
    if kept(archive).answer("in step", (), lambda: in_step(archive)) and len(_there(archive, connection, best)) == len(best):
        return total, best
    # The index may be a step behind or before the database, where another process writes: what is not here is no answer.
    _, every = matches.best(total)
    there = _there(archive, connection, every)
    left = tuple(match for match in every if match.key in there)
    return len(left), left[:most]


def _there(archive: Archive, connection: Connection, matches: Iterable[Match]) -> frozenset[int]:
    return frozenset(current_among(archive, connection, [match.key for match in matches]))


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


def matching_plans(archive: Archive, connection: Connection, wanted: Query) -> Iterable[int]:
    """All that a query finds."""
    return current_among(archive, connection, _matches(archive, connection, wanted).keys())


def _matches(archive: Archive, connection: Connection, wanted: Query) -> Matches:
    return kept(archive).answer("matches", wanted.text, lambda: fulltext(archive).search(answer_filters(connection, wanted)))
