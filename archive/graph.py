"""The citation graph."""

from __future__ import annotations

from archive.handle import Archive
from archive.values import CitationGraph


def graph(archive: Archive, *, around: str | None = None, depth: int = 1) -> CitationGraph:
    """Documents and who cites whom; ``around`` (a document of the archive, or a symbol that is cited) keeps what is at most ``depth`` steps away."""
    raise NotImplementedError
