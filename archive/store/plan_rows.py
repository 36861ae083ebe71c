"""What all rows made of a plan have in common."""

from __future__ import annotations

from typing import Any

from archive.values.documents import Span

Rows = dict[str, Any]


def stands(ordinal: int, span: Span) -> Rows:
    """What every projected row has beside its version: its place in the plan's list, where in the text it begins and ends."""
    return {"ordinal": ordinal, "start": span[0], "end": span[1]}
