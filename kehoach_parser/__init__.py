"""Reads Vietnamese administrative plans: text in, values out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kehoach_parser.errors import AccessDenied, EmptyFile, MissingFile, NotAFile, NotText, ReadError, UnknownEncoding
from kehoach_parser.fold import fold, skeleton
from kehoach_parser.json_format import plan_from_dict, plan_from_json, plan_to_dict, plan_to_json
from kehoach_parser.model import Plan
from kehoach_parser.segmentation import segment, sentences
from kehoach_parser.series import Series, first_day_of, place_meant, place_named, series_of, term_on
from kehoach_parser.tables import letters_of_type, organs, unit_abbreviations
from kehoach_parser.text import Text, text_of

if TYPE_CHECKING:
    from kehoach_parser.areas import areas_of
    from kehoach_parser.pipeline import parse
    from kehoach_parser.readers import read_bytes, read_file

__all__ = [
    "AccessDenied",
    "EmptyFile",
    "MissingFile",
    "NotAFile",
    "NotText",
    "Plan",
    "ReadError",
    "Series",
    "Text",
    "UnknownEncoding",
    "areas_of",
    "first_day_of",
    "fold",
    "letters_of_type",
    "organs",
    "parse",
    "place_meant",
    "place_named",
    "plan_from_dict",
    "plan_from_json",
    "plan_to_dict",
    "plan_to_json",
    "read_bytes",
    "read_file",
    "segment",
    "sentences",
    "series_of",
    "skeleton",
    "term_on",
    "text_of",
    "unit_abbreviations",
]


def __getattr__(name: str) -> Any:
    # spaCy and underthesea take seconds to import: only who parses pays for it.
    if name == "parse":
        from kehoach_parser.pipeline import parse

        return parse
    if name == "areas_of":
        from kehoach_parser.areas import areas_of

        return areas_of
    if name in ("read_bytes", "read_file"):
        from kehoach_parser import readers

        return getattr(readers, name)
    raise AttributeError(name)
