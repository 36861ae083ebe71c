"""Reads Vietnamese administrative plans: text in, values out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kehoach_parser.errors import (
    AccessDenied,
    BrokenFile,
    EmptyFile,
    Encrypted,
    MissingFile,
    MissingProgram,
    NotAFile,
    NotAModel,
    NotText,
    OcrMissing,
    OfficeMissing,
    ReadError,
    TookTooLong,
    TooLarge,
    UnknownEncoding,
)
from kehoach_parser.fold import compose, fold, skeleton
from kehoach_parser.json_format import plan_from_dict, plan_from_json, plan_to_dict, plan_to_json
from kehoach_parser.model import Plan
from kehoach_parser.model_stamp import model_stamp
from kehoach_parser.page import Page, PageWord
from kehoach_parser.reading import PageStore, Reading
from kehoach_parser.segmentation import segment, sentences
from kehoach_parser.series import Series, first_day_of, place_meant, place_named, series_of, term_on
from kehoach_parser.tables import letters_of_type, organs, unit_abbreviations
from kehoach_parser.text import Text, text_of

if TYPE_CHECKING:
    from kehoach_parser.areas import areas_of
    from kehoach_parser.pipeline import parse
    from kehoach_parser.readers import file_bytes, read_bytes, read_file, unpack
    from kehoach_parser.restoration import (
        Restoration,
        RestoredWord,
        Restorer,
        Retrained,
        load_restorer,
        restore,
        retrain,
        save_model,
        shipped_restorer,
    )
    from kehoach_parser.unit_history import Succession, successions_of

__all__ = [
    "AccessDenied",
    "BrokenFile",
    "EmptyFile",
    "Encrypted",
    "MissingFile",
    "MissingProgram",
    "NotAFile",
    "NotAModel",
    "NotText",
    "OcrMissing",
    "OfficeMissing",
    "Page",
    "PageStore",
    "PageWord",
    "Plan",
    "ReadError",
    "Reading",
    "Restoration",
    "RestoredWord",
    "Restorer",
    "Retrained",
    "Series",
    "Succession",
    "Text",
    "TooLarge",
    "TookTooLong",
    "UnknownEncoding",
    "areas_of",
    "compose",
    "file_bytes",
    "first_day_of",
    "fold",
    "letters_of_type",
    "load_restorer",
    "model_stamp",
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
    "restore",
    "retrain",
    "save_model",
    "segment",
    "sentences",
    "series_of",
    "shipped_restorer",
    "skeleton",
    "successions_of",
    "term_on",
    "text_of",
    "unit_abbreviations",
    "unpack",
]

_OF_RESTORATION = (
    *("Restoration", "RestoredWord", "Restorer", "Retrained"),
    *("load_restorer", "restore", "retrain", "save_model", "shipped_restorer"),
)


def __getattr__(name: str) -> Any:
    # spaCy and underthesea take seconds to import: only who parses pays for it.
    if name == "parse":
        from kehoach_parser.pipeline import parse

        return parse
    if name == "areas_of":
        from kehoach_parser.areas import areas_of

        return areas_of
    if name in ("file_bytes", "read_bytes", "read_file", "unpack"):
        from kehoach_parser import readers

        return getattr(readers, name)
    if name in ("Succession", "successions_of"):
        from kehoach_parser.unit_history import Succession, successions_of

        return Succession if name == "Succession" else successions_of
    if name in _OF_RESTORATION:
        from kehoach_parser import restoration

        return getattr(restoration, name)
    raise AttributeError(name)
