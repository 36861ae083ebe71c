"""What all errors of an archive are, and the two kinds that are told apart by whom they concern."""

from __future__ import annotations

from archive.values.documents import Fact


class ArchiveError(Exception):
    """Base of all errors of an archive. ``code`` is stable, of a family of errors one of several; ``facts`` fill in the wording."""

    code = "archive-error"

    def __init__(self, code: str | None = None, /, **facts: Fact) -> None:
        self.code = code or self.code
        super().__init__(f"{self.code}: {', '.join(f'{key}={value!r}' for key, value in facts.items())}")
        self.facts: dict[str, Fact] = facts


class NothingThere(ArchiveError):
    """What was asked for is not in the archive."""


class NotUnderstood(ArchiveError):
    """What was asked is not clear: it cannot be read, or it means several things."""
