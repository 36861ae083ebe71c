"""Values some at a time: databases limit how many a statement may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Value = TypeVar("Value", bound=Any)

#: So many values at a time. This bounds the cost only.
MANY = 500


def chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Values in order, each once."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]
