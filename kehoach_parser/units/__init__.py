"""Units (cơ quan, đơn vị): named in a text, with an identity that other plans share; what became of each.

`read_words` makes of a text the words that units and duties are read from, `find_units` finds the names, `scope_in` says where the organ
stands that issues the text, and `key_of` which body a name means there.
"""

from kehoach_parser.units.find import find_units
from kehoach_parser.units.gazetteer import skeletons_of
from kehoach_parser.units.history import body_after, origins_of, successions_of
from kehoach_parser.units.identity import Scope, areas_of, key_of, key_of_unit, place_of_organ
from kehoach_parser.units.in_header import CLEAN, read_names
from kehoach_parser.units.reader import read_words, scope_in
from kehoach_parser.units.words import Phrase, TextWords

__all__ = [
    "CLEAN",
    "Phrase",
    "Scope",
    "TextWords",
    "areas_of",
    "body_after",
    "find_units",
    "key_of",
    "key_of_unit",
    "origins_of",
    "place_of_organ",
    "read_names",
    "read_words",
    "scope_in",
    "skeletons_of",
    "successions_of",
]
