"""Keeping database, index and sources in agreement."""

from __future__ import annotations

from collections.abc import Callable

from archive.handle import Archive
from archive.values import Finding

#: Called with (done, total) while work goes on.
Progress = Callable[[int, int], None]


def reindex(archive: Archive, progress: Progress | None = None) -> int:
    """Throws the full-text index away and builds it anew from the database; returns how many documents it holds."""
    raise NotImplementedError


def check(archive: Archive, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Where database, projected rows, index and source files disagree; empty when all is well. Changes nothing."""
    raise NotImplementedError
