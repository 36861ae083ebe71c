"""Where the words of a text stand on the pages it was read from, so that a viewer can lead from a span to a place on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from kehoach_parser.model import Span

#: Left, top, right, bottom, as shares of the page's width and height (0 to 1) from its upper left corner.
Box = tuple[float, float, float, float]

#: How a page came to its text: taken from the file's text layer, read from the image, nothing on it, or given up.
ORIGINS = ("text-layer", "ocr", "blank", "unread")


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word on a page. ``certainty`` is that of the OCR engine, 0 to 1; None where the word was not read from an image."""

    span: Span
    box: Box
    certainty: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file. ``number`` counts from 1, ``width`` and ``height`` are in points (1/72 inch), ``span`` is its text.

    ``origin`` is one of ORIGINS. ``engine`` names the OCR engine with version and language ("tesseract 5.3.0 vie"), else None.
    ``certainty`` is the mean of its words, weighted by their length, or None.
    """

    number: int
    span: Span
    width: float
    height: float
    origin: str
    engine: str | None = None
    certainty: float | None = None
    words: tuple[PageWord, ...] = ()
