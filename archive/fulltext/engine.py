"""What a full-text engine does for the archive, and nothing more: which texts match a query. Where in a text is found out from the
database.

Engines are interchangeable: they are given the words of `archive.common.words` and the tree of `archive.fulltext.query`, and answer with
keys and scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from pyroaring import FrozenBitMap

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


class Matches:
    """The texts that a query finds, with a greater score before those with a smaller one. ``digits``: scores are the same where they are
    behind so many places (None: where they are), and of these the smaller key comes first. They may be all texts of an archive, of which a
    page shows ten: only as many are put in order as are asked for."""

    __slots__ = ("_digits", "_keys", "_scores", "every")

    def __init__(self, keys: Sequence[int], scores: Sequence[float], digits: int | None = None) -> None:
        self._keys, self._scores, self._digits = keys, scores, digits
        #: Their keys.
        self.every = FrozenBitMap(keys)

    def __len__(self) -> int:
        return len(self._keys)

    def best(self, offset: int = 0, limit: int | None = None) -> tuple[Match, ...]:
        """So many of them behind the first ones."""
        end = len(self) if limit is None else min(offset + limit, len(self))
        last = end
        if 0 < end < len(self):
            least = self._score(end - 1)
            while last < len(self) and self._score(last) == least:
                last += 1
        ordered = sorted(zip([-self._score(at) for at in range(last)], self._keys[:last], strict=True))
        return tuple(Match(key, -score) for score, key in ordered[offset:end])

    def _score(self, at: int) -> float:
        return self._scores[at] if self._digits is None else round(self._scores[at], self._digits)

    def among(self, keys: FrozenBitMap) -> Matches:
        """Those of them with one of these keys."""
        left = [(key, score) for key, score in zip(self._keys, self._scores, strict=True) if key in keys]
        return Matches([key for key, _ in left], [score for _, score in left], self._digits)


def matches_of(found: Iterable[tuple[int, float]]) -> Matches:
    """Matches of keys with scores in whatever order."""
    ordered = sorted(found, key=lambda match: -match[1])
    return Matches([key for key, _ in ordered], [score for _, score in ordered])


class FullText(Protocol):
    """A full-text index in a folder. Errors: NoPermission, DiskFull, ArchiveLocked, IndexBroken."""

    def add(self, texts: Iterable[IndexText]) -> None:
        """Adds texts, all or none; one with a key that is there takes its place."""

    def remove(self, keys: Iterable[int]) -> None:
        """Removes texts; keys that are not there are no matter."""

    def rebuild(self, texts: Iterable[IndexText]) -> None:
        """Throws everything away and adds these texts, which may be many: they are read one after the other."""

    def search(self, query: Query) -> Matches:
        """All texts that match. Raises QuestionTooSlow where the patience of the query ends."""

    def layers(self, keys: Iterable[int]) -> dict[int, bytes]:
        """What is kept of these texts; a text that is not there is left out."""

    def keys(self) -> frozenset[int]:
        """The keys of all texts in the index."""

    def count(self) -> int:
        """How many texts there are."""

    def close(self) -> None:
        """Lets go of the files."""
