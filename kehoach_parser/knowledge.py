"""What stands in no single text and other programs ask for, too: series of symbols and terms of the Party, organs and their short forms,
places and the keys of units, what became of a unit, and which forms and marks of letters count as one."""

from kehoach_parser.symbols.families import Family, family_of_letters, family_of_words
from kehoach_parser.symbols.parts import Parts, number_of, parts_of
from kehoach_parser.symbols.series import Series, place_meant, place_named, series_of
from kehoach_parser.symbols.terms import first_day_of, legislatures_in, term_on
from kehoach_parser.text.areas import area_words, cities, committees, is_of_country, youth_unions
from kehoach_parser.text.lists import letters_of_type, organs, person_addresses, types_of_papers, unit_abbreviations, wider_types
from kehoach_parser.text.marks import exact_form, is_marked
from kehoach_parser.units import Succession, areas_of, body_after, key_of_unit, origins_of, place_of_organ, successions_of

__all__ = [
    "Family",
    "Parts",
    "Series",
    "Succession",
    "area_words",
    "areas_of",
    "body_after",
    "cities",
    "committees",
    "exact_form",
    "family_of_letters",
    "family_of_words",
    "first_day_of",
    "is_marked",
    "is_of_country",
    "key_of_unit",
    "legislatures_in",
    "letters_of_type",
    "meeting_key",
    "meeting_named",
    "number_of",
    "organs",
    "origins_of",
    "parts_of",
    "person_addresses",
    "place_meant",
    "place_named",
    "place_of_organ",
    "series_of",
    "successions_of",
    "term_on",
    "types_of_all",
    "unit_abbreviations",
    "wider_types",
    "youth_unions",
]


def meeting_named(words: str) -> str | None:
    """The usual name of a congress or plenum of the Party, by words that name it, damaged or not: "Đại hội XIII của Đảng", "Hội nghị
    Trung ương 4 khóa XII"; None for other words."""
    from kehoach_parser import citations  # its grammar is loaded where one is asked for: few questions are

    return citations.meeting_named(words)


def meeting_key(type_name: str, words: str) -> str | None:
    """The identity of what a congress or plenum of the whole Party issued, by words that name it, as citations have it; None for others."""
    from kehoach_parser import citations

    return citations.meeting_key(type_name, words)


def types_of_all() -> tuple[str, ...]:
    """The types of documents, of papers and of what is cited: "Kế hoạch", "Luật"."""
    return tuple(sorted({*types_of_papers(), *letters_of_type()}))
