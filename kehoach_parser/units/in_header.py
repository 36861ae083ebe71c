"""Names in the head of a damaged paper, read back: organs by the unit grammar, places by the names of provinces and communes.

Only a closed vocabulary is read so; what is not in it stays as printed. Numbers, dates and symbols are never touched, nor is a clean text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kehoach_parser.model import Field, Header
from kehoach_parser.text.areas import area_words, one_of
from kehoach_parser.text.document import read_document
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import in_capitals
from kehoach_parser.units.communes import commune_name
from kehoach_parser.units.gazetteer import lexicon
from kehoach_parser.units.reader import read_units

# Digits and signs that OCR prints for letters in names: "Ha N6i", "H0 Chi Minh".
_LETTERS = str.maketrans({"6": "o", "0": "o", "1": "i", "4": "a", "3": "e", "5": "s"})
_KIND = re.compile(rf"({one_of(area_words('commune'))})\s*$", re.I)


def read_names(header: Header) -> Header:
    """The head with the names of its organs and its place read as meant, for a text that is damaged."""
    organ = _organ(header.organ) if header.organ else None
    parent = _organ(header.parent_organ) if header.parent_organ else None
    return replace(header, organ=organ, parent_organ=parent, place=_place(header.place, organ) if header.place else None)


def _organ(field: Field) -> Field:
    printed = field.value
    units = read_units(read_document(printed))
    if not units or units[0].span[0] > 0:
        return field
    value, at = "", 0
    for unit in units:
        value += printed[at : unit.span[0]] + unit.value
        at = unit.span[1]
    rest = printed[at:].strip()
    if rest:
        kind = _KIND.search(value)
        value = f"{value} {(kind and commune_name(kind.group(1).lower(), rest)) or rest}"
    return replace(field, value=value.upper() if in_capitals(printed) else value, certainty=min(field.certainty, units[0].certainty))


def _place(field: Field, organ: Field | None) -> Field:
    printed = fold(field.value).translate(_LETTERS)
    for words in lexicon().provinces:
        name = " ".join(words)
        if fold(name) == printed or fold(name) == re.sub(r"^(?:thanh pho|tp\.?|tinh)\s+", "", printed):
            return replace(field, value=name if name[0].isupper() else name.title())
    if organ is not None and fold(organ.value).endswith(" " + printed):
        return replace(field, value=organ.value[-len(printed) :].title())
    return field
