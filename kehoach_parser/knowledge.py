"""What stands in no single text and other programs ask for, too: series of symbols and terms of the Party, organs and their short forms,
places and the keys of units, and what became of a unit."""

from kehoach_parser.symbols.series import Series, first_day_of, place_meant, place_named, series_of, term_on
from kehoach_parser.text.lists import letters_of_type, organs, unit_abbreviations
from kehoach_parser.units import Succession, areas_of, body_after, key_of_unit, origins_of, place_of_organ, successions_of

__all__ = [
    "Series",
    "Succession",
    "areas_of",
    "body_after",
    "first_day_of",
    "key_of_unit",
    "letters_of_type",
    "organs",
    "origins_of",
    "place_meant",
    "place_named",
    "place_of_organ",
    "series_of",
    "successions_of",
    "term_on",
    "unit_abbreviations",
]
