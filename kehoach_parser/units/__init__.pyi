# What `kehoach_parser.units` names (read by `__init__.py`, which imports a module when one of its names is first asked for).
from .find import find_units
from .gazetteer import phrases_by_word
from .history import Succession, body_after, origins_of, successions_of
from .identity import Scope, areas_of, key_of, key_of_unit, place_of_organ
from .in_header import read_names
from .reader import read_words, scope_in
from .words import Phrase, TextWords

__all__ = [
    "Phrase",
    "Scope",
    "Succession",
    "TextWords",
    "areas_of",
    "body_after",
    "find_units",
    "key_of",
    "key_of_unit",
    "origins_of",
    "phrases_by_word",
    "place_of_organ",
    "read_names",
    "read_words",
    "scope_in",
    "successions_of",
]
