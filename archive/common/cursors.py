"""Where a page ended, as one opaque word that is given back to ask for the next page.

A cursor holds the place of the last row in the order of its question (a key, never a count: what is added or removed meanwhile shifts
nothing) and a mark of the question, so that a word of another question, or one that was cut, is an error and not another answer.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeVar

from archive.errors import BadCursor
from archive.values.pages import Page

#: A place in the order of a question: what tells a row from all others of the answer, as text, numbers and None.
Place = tuple[Any, ...]
Row = TypeVar("Row")

#: Bytes of the mark.
_MARK = 6


@dataclass(frozen=True, slots=True)
class Window:
    """The part of an answer that is asked for: ``limit`` rows (None: all) behind a place (None: from the first). ``question`` tells one
    question from another: its name and everything that decides which rows there are and in what order; ``after`` is the word given."""

    question: str
    limit: int | None
    after: str | None
    place: Place | None

    @property
    def wanted(self) -> int | None:
        """How many rows to read: one more than is shown tells whether there are more."""
        return None if self.limit is None else self.limit + 1

    def page(self, rows: Iterable[tuple[Place, Row]], total: int | None = None, at_most: int | None = None) -> Page[Row]:
        """The page of rows that begin behind the place, each with its own; no more of them are read than `wanted`."""
        some = list(islice(rows, self.wanted))
        shown, rest = some[: self.limit], some[len(some[: self.limit]) :]
        if total is None and self.place is None and not rest:
            total = len(shown)  # all of them were read
        return Page((row for _, row in shown), total, self.word(shown[-1][0]) if rest else None, at_most)

    def behind(self, rows: Iterable[tuple[Place, Row]]) -> Iterator[tuple[Place, Row]]:
        """The rows behind the place, of all rows in their order. Raises BadCursor where the row that it names is gone."""
        told = iter(rows)
        if self.place is not None and all(place != self.place for place, _ in told):
            raise BadCursor(after=self.after or "")
        yield from told

    def word(self, place: Place) -> str:
        """The cursor for what stands behind a place."""
        said = json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode()
        return urlsafe_b64encode(_mark(self.question, said) + said).decode().rstrip("=")


def window(limit: int | None, after: str | None, *question: object) -> Window:
    """What is asked for; ``question`` is its name and all that decides its answer. Raises BadCursor for a word that is none of its own."""
    named = repr(question)
    return Window(named, limit, after, None if after is None else _place(named, after))


def _place(question: str, after: str) -> Place:
    try:
        made = urlsafe_b64decode((after + "=" * (-len(after) % 4)).encode("ascii"))
        mark, said = made[:_MARK], made[_MARK:]
        if mark == _mark(question, said):
            return tuple(json.loads(said))
    except ValueError:  # no base64, or no text
        pass
    raise BadCursor(after=after)


def _mark(question: str, said: bytes) -> bytes:
    """Tells that a place is of this question and whole; no secret."""
    return blake2b(said, digest_size=_MARK, key=blake2b(question.encode(errors="surrogatepass")).digest()).digest()
