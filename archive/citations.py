"""Who cites what."""

from __future__ import annotations

from archive.handle import Archive
from archive.values import CitedByPlan, CitesResult


def cites(archive: Archive, reference: str) -> CitesResult:
    """Which plans cite a document, named by symbol ("18-NQ/TW"), symbol and year, date or term ("18-NQ/TW@2017", "@XII") or name ("Luật Việc làm").

    Symbols are compared without marks, case and blanks. Nothing found is an empty result. Groups in order of date, ambiguous mentions apart.
    """
    raise NotImplementedError


def cited_by(archive: Archive, ref: str) -> tuple[CitedByPlan, ...]:
    """The documents that a plan in the archive cites, in order of first mention. Raises UnknownDocument, AmbiguousDocument."""
    raise NotImplementedError
