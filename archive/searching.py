"""Full-text search."""

from __future__ import annotations

from archive.handle import Archive
from archive.values import SearchResult


def search(archive: Archive, query: str, *, limit: int = 20, offset: int = 0) -> SearchResult:
    """The plans that match a query (language: query.py), best first, each with its best passages. Raises QueryError, IndexBroken."""
    raise NotImplementedError
