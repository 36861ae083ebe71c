"""The structure of a plan (thể thức): lines into papers, heads, outline and signatures; and where in it an offset stands."""

from kehoach_parser.structure.doubts import read_doubts, read_signature_doubts
from kehoach_parser.structure.places import Places, places_of
from kehoach_parser.structure.steps import read_structure

__all__ = ["Places", "places_of", "read_doubts", "read_signature_doubts", "read_structure"]
