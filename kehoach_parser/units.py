"""Units (cơ quan, đơn vị) named in a text: the step from the tokenised document to mentions with value and identity.

Heads are set by spaCy's PhraseMatcher, on folded words and on skeletons (damaged text); the unit grammar reads on from there.
"""

from __future__ import annotations

from kehoach_parser.document import Document
from kehoach_parser.model import Body
from kehoach_parser.unit_identity import key_of
from kehoach_parser.unit_reader import places_of_scope, read_units, scope_in
from kehoach_parser.values import FoundUnit


def find_units(document: Document, organ: str | None = None, place: str | None = None, parent: str | None = None) -> tuple[FoundUnit, ...]:
    """All units named in the text, in order, none over another.

    ``organ`` and ``place`` are the issuing organ and place as read in the header: what "phường" or "Thành phố" means, and how the own
    place is written where the text is damaged. ``parent`` is the organ above the issuing one.
    """
    scope = scope_in(document, organ, place, parent)
    return tuple(
        FoundUnit(
            value=unit.value,
            raw=document.content[unit.span[0] : unit.span[1]],
            span=unit.span,
            certainty=unit.certainty,
            key=key_of(unit.true, unit.collective, scope),
            stands_for=unit.led and Body(unit.led[0], key_of(unit.led[1], unit.collective, scope)),
        )
        for unit in read_units(document, places_of_scope(scope))
    )
