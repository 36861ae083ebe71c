"""How one of several documents that a reference means is chosen ("18-NQ/TW@2017", "12/KH-UBND@Kiến An")."""

from __future__ import annotations

from collections.abc import Sequence

from archive.common.keys import Choosable, choices
from archive.values.citations import CitedDocument
from archive.values.graph import GraphNode


def choices_among(documents: Sequence[CitedDocument] | Sequence[GraphNode]) -> tuple[str | None, ...]:
    """What to type to mean each of several documents and no other of them; a node of the graph that nothing tells from the others by its
    number in the archive; None where there is no way."""
    found = choices([_choosable(one) for one in documents])
    numbers = [str(one.document_id) if isinstance(one, GraphNode) and one.document_id is not None else None for one in documents]
    return tuple(said or number for said, number in zip(found, numbers, strict=True))


def _choosable(one: CitedDocument | GraphNode) -> Choosable:
    if isinstance(one, CitedDocument):
        return Choosable(one.symbol, one.date, one.term, one.place, one.issuer)
    return Choosable(one.symbol, one.date, None, one.place, one.organ)
