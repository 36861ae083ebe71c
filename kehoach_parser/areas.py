"""Where an issuing organ stands. Apart from `series`, because reading places needs the lexicon of units."""

from __future__ import annotations

from kehoach_parser.fold import fold
from kehoach_parser.series import Areas, is_national, names_area
from kehoach_parser.unit_identity import scope_of
from kehoach_parser.unit_lexicon import lexicon


def areas_of(organ: str | None, place: str | None, parent: str | None) -> Areas:
    """The areas of an organ from the narrowest; () for one of the whole country, and where nothing says it. The arguments are the readings
    of a header."""
    if organ and (is_national(organ) or (not names_area(organ) and parent and is_national(parent))):
        return ()
    places = [(fold(level), fold(name)) for level, name in scope_of(organ, place, parent).places]
    if organ and not names_area(organ):
        # A board or department says no place of its own: it is that of the organ above it, or where the paper was signed.
        above = [(fold(level), fold(name)) for level, name in scope_of(parent, None, None).places]
        seat = [("", name) for _, name in places[:1] if name not in [own for _, own in above]]
        places = [*seat, *above] if above else [(level if _is_province(name) else "", name) for level, name in places]
    return tuple(places)


def _is_province(name: str) -> bool:
    return any(fold(" ".join(province)) == name for province in lexicon().provinces)
