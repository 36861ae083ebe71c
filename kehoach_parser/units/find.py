"""Units (cơ quan, đơn vị) named in a text: the step from the tokenised document to mentions with value and identity.

Heads are set by spaCy's PhraseMatcher, on folded words and on skeletons (damaged text); the unit grammar reads on from there.
"""

from __future__ import annotations

from kehoach_parser.found import FoundUnit
from kehoach_parser.model import Body
from kehoach_parser.text.document import Document
from kehoach_parser.units.identity import Scope, key_of
from kehoach_parser.units.reader import places_of_scope, read_units
from kehoach_parser.units.words import TextWords


def find_units(document: Document, words: TextWords, scope: Scope) -> tuple[FoundUnit, ...]:
    """All units named in the text, in order, none over another.

    ``words`` are those of the document; ``scope`` says where the issuing organ stands: what "phường" or "Thành phố" means, and how the own
    place is written where the text is damaged.
    """
    return tuple(
        FoundUnit(
            value=unit.value,
            raw=document.content[unit.span[0] : unit.span[1]],
            span=unit.span,
            certainty=unit.certainty,
            key=key_of(unit.true, unit.collective, scope),
            stands_for=unit.led and Body(unit.led[0], key_of(unit.led[1], unit.collective, scope)),
        )
        for unit in read_units(document, places_of_scope(scope), words)
    )
