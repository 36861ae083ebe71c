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
        DOUBTFUL,
        Restoration,
        RestoredWord,
        Restorer,
        Retrained,
        as_read,
        load_restorer,
        restore,
        retrain,
        save_model,
        shipped_restorer,
    )
    from kehoach_parser.unit_history import Succession, body_after, origins_of, successions_of
    from kehoach_parser.unit_naming import key_of_unit, place_of_organ

__all__ = [
    "DOUBTFUL",
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
    "as_read",
    "body_after",
    "compose",
    "file_bytes",
    "first_day_of",
    "fold",
    "key_of_unit",
    "letters_of_type",
    "load_restorer",
    "model_stamp",
    "organs",
    "origins_of",
    "parse",
    "place_meant",
    "place_named",
    "place_of_organ",
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
    *("DOUBTFUL", "Restoration", "RestoredWord", "Restorer", "Retrained"),
    *("as_read", "load_restorer", "restore", "retrain", "save_model", "shipped_restorer"),
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
    if name in ("Succession", "body_after", "origins_of", "successions_of"):
        from kehoach_parser.unit_history import Succession, body_after, origins_of, successions_of

        return {"Succession": Succession, "body_after": body_after, "origins_of": origins_of, "successions_of": successions_of}[name]
    if name in ("key_of_unit", "place_of_organ"):
        from kehoach_parser.unit_naming import key_of_unit, place_of_organ

        return key_of_unit if name == "key_of_unit" else place_of_organ
    if name in _OF_RESTORATION:
        from kehoach_parser import restoration

        return getattr(restoration, name)
    raise AttributeError(name)
