"""The values of corrections: what people say that a document has, where it was read otherwise. Frozen, without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: How a correction lies over the current version of its document. applied: its place is there and says what it says now; agrees: a newer
#: reading says so by itself; superseded: a later correction of the same place holds; unplaced: its place was not found, it waits.
CORRECTION_STATES = ("applied", "agrees", "superseded", "unplaced")


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a place in a text is found again in another reading of it (W3C Web Annotation: TextQuoteSelector and TextPositionSelector).

    ``exact`` is what stands there, ``prefix`` and ``suffix`` what stands before and behind it, ``start`` and ``end`` where it stood.
    ``beside`` is a second place that has to be found with it: the task, where the place is the name of the unit that has it.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    beside: Anchor | None = None


#: What a correction says: words, "none" as None, the parts of a duty or of a cited document by name.
Said = str | None | dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says a document has, where it was read otherwise.

    ``field`` is a key of the Plan JSON: a field of the head ("date", "signature.name"), or a key of what stands at the ``anchor``
    ("citation.document", "node.heading", "duty.deadline", "unit", "recipient", "text"; "citation" or "duty" alone with the value None
    strikes it out). ``printed`` is what stands there (None: nothing), ``was`` what was read, ``value`` what it is. ``text_sha256`` is the
    hash of the text on which it was made. ``state`` is one of CORRECTION_STATES, ``ordinal`` the place in the list of the plan (citations,
    nodes, recipients; the register for duties) that it lies over.
    """

    id: int
    document_id: int
    field: str
    anchor: Anchor | None
    printed: str | None
    was: Said
    value: Said
    reason: str | None
    text_sha256: str
    state: str
    ordinal: int | None
    who: str
    at: datetime
