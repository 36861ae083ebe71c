"""What a full-text engine does for the archive, and nothing more: which texts match a query. Where in a text is found out from the
database.

Engines are interchangeable: they are given the words of `archive.common.words` and the tree of `archive.fulltext.query`, and answer with
keys and scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any, NamedTuple, Protocol

from archive.common.words import TextWords
from archive.fulltext.query import Query

#: What an engine makes of the words of a text, field by field, for itself.
Fields = Mapping[str, Any]
#: Makes them; a function of a module, so that another process may do it.
Analyse = Callable[[TextWords], Fields]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text as an engine takes it: ``quality`` 0..1, ``stored`` its plan as it is stored, what is kept of it (`restored_layer`), what the
    engine makes of its words."""

    text: str
    quality: float
    stored: str
    layer: bytes
    fields: Fields


@dataclass(frozen=True, slots=True)
class IndexText:
    """A text to index: ``key`` is the version's id, ``symbols`` the keys of its own symbol and of those it cites."""

    key: int
    symbols: tuple[str, ...]
    analysed: Analysed


class Match(NamedTuple):
    """A text that matches, with its score (greater is better, comparable within one answer only)."""

    key: int
    score: float


def best_first(found: Iterable[tuple[int, float]], most: int) -> tuple[Match, ...]:
    """At most so many of the keys with their scores, in the order of answers: the best first, equal ones by key."""
    return tuple(Match(key, -score) for score, key in nsmallest(most, [(-score, key) for key, score in found]))


class Matches(Protocol):
    """All texts that match a query."""

    def best(self, most: int) -> tuple[int, tuple[Match, ...]]:
        """How many match, and at most so many of them, best first, equal scores by key."""

    def keys(self) -> Sequence[int]:
        """Which match, in no order."""


class Weighed:
    """`Matches` of an engine that weighs all of them at once, with their scores."""

    def __init__(self, found: Iterable[tuple[int, float]]) -> None:
        self._found = tuple(found)

    def best(self, most: int) -> tuple[int, tuple[Match, ...]]:
        """As in `Matches`."""
        return len(self._found), best_first(self._found, most)

    def keys(self) -> Sequence[int]:
        """As in `Matches`."""
        return [key for key, _ in self._found]


class FullText(Protocol):
    """A full-text index in a folder. Errors: NoPermission, DiskFull, ArchiveLocked, IndexBroken."""

    def add(self, texts: Iterable[IndexText]) -> None:
        """Adds texts, all or none; one with a key that is there takes its place."""

    def remove(self, keys: Iterable[int]) -> None:
        """Removes texts; keys that are not there are no matter."""

    def rebuild(self, texts: Iterable[IndexText]) -> None:
        """Throws everything away and adds these texts, which may be many: they are read one after the other."""

    def search(self, query: Query) -> Matches:
        """The texts that match. Raises QuestionTooSlow where the patience of the query ends."""

    def layers(self, keys: Iterable[int]) -> dict[int, bytes]:
        """What is kept of these texts; a text that is not there is left out."""

    def keys(self) -> frozenset[int]:
        """The keys of all texts in the index."""

    def count(self) -> int:
        """How many texts there are."""

    def close(self) -> None:
        """Lets go of the files."""
