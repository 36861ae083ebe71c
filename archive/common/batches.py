"""What comes one by one, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")


def batches(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """Values in their order, ``size`` at a time, the last ones fewer; no more are held than that."""
    told = iter(values)
    while batch := list(islice(told, size)):
        yield batch
