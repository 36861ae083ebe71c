from . import errors, knowledge, model
from .errors import ReadError
from .json_format import plan_from_dict, plan_from_json, plan_to_dict, plan_to_json
from .model import Plan
from .pipeline import parse
from .readers import file_bytes, printable_name, read_bytes, read_file, unpack
from .readers.as_one import join_pictures
from .readers.options import PageStore, ReadOptions
from .readers.page_picture import draw_page
from .restoration import (
    DOUBTFUL,
    Restoration,
    RestoredWord,
    Restorer,
    Retrained,
    as_read,
    load_restorer,
    model_stamp,
    passage_as_read,
    restore,
    retrain,
    save_model,
    shipped_restorer,
)
from .text.emphasis import emphasis
from .text.fold import compose, fold, skeleton
from .text.letters_apart import letters_apart
from .text.lost_blanks import lost_blanks
from .text.segmentation import segment, sentences
from .text.text import Page, PageWord, Text, text_of

__all__ = [
    "DOUBTFUL",
    "Page",
    "PageStore",
    "PageWord",
    "Plan",
    "ReadError",
    "ReadOptions",
    "Restoration",
    "RestoredWord",
    "Restorer",
    "Retrained",
    "Text",
    "as_read",
    "compose",
    "draw_page",
    "emphasis",
    "errors",
    "file_bytes",
    "fold",
    "join_pictures",
    "knowledge",
    "letters_apart",
    "load_restorer",
    "lost_blanks",
    "model",
    "model_stamp",
    "parse",
    "passage_as_read",
    "plan_from_dict",
    "plan_from_json",
    "plan_to_dict",
    "plan_to_json",
    "printable_name",
    "read_bytes",
    "read_file",
    "restore",
    "retrain",
    "save_model",
    "segment",
    "sentences",
    "shipped_restorer",
    "skeleton",
    "text_of",
    "unpack",
]
