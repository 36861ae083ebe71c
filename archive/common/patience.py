"""How long a question may take: no question, however it is put, keeps a machine busy without end."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import monotonic

from archive.errors import QuestionTooSlow

#: Seconds until an answer is given up; in ordinary archives answers take less than one.
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Patience:
    """It ends at a time of the monotonic clock; by itself never."""

    until: float = inf

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return monotonic() > self.until

    @property
    def left(self) -> float:
        """Seconds until it ends."""
        return self.until - monotonic()

    def check(self) -> None:
        """Asked again and again by whoever looks for an answer. Raises QuestionTooSlow when the time is up."""
        if self.is_over:
            raise QuestionTooSlow(seconds=SECONDS)


def patience() -> Patience:
    """What a question that begins now may take."""
    return Patience(monotonic() + SECONDS)
