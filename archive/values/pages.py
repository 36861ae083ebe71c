"""A page of an answer: as many rows as were asked for, how many there are in all, and where the next page begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Row = TypeVar("Row")


class Page(tuple[Row, ...]):
    """The rows of an answer, or as many of them as were asked for: a tuple that knows what it is a part of.

    ``total`` is how many rows there are in all; None where only reading all of them would tell, then ``at_most`` is what the index knows,
    if anything. ``next`` is what to give as ``after`` for the rows behind these, an opaque word; None behind the last one.
    """

    total: int | None
    at_most: int | None
    next: str | None

    def __new__(cls, rows: Iterable[Row], total: int | None, next: str | None = None, at_most: int | None = None) -> Page[Row]:
        """A page of these rows."""
        made = super().__new__(cls, rows)
        vars(made).update(total=total, at_most=at_most if total is None else total, next=next)
        return made

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name}: a page does not change")
