"""The text that is read: what every later step has its offsets in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kehoach_parser.model import Repair, Span


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text with its origin.

    ``content`` is what spans count in (code points; nothing normalised, no newline translated, a leading BOM taken off). ``pages`` are the
    offsets where pages start, empty where unknown. ``sha256`` is the hash of the file's bytes, hex. ``notes`` are codes of what the reader
    did to get here ("encoding:tcvn3", "unread-page:7"), for a warning in the plan.

    From files that have pages: ``layout`` says where each word stands, ``furniture`` which lines are page numbers, page heads and stamps
    of digital signatures, and ``repairs`` what OCR read otherwise than it now stands in ``content``. ``unsure`` are lines that OCR read so
    badly that they may say nothing (a stamp, a signature, a hand-written note); outside the column of text they are furniture.
    ``paragraphs`` are starts of lines before which a paragraph ended: the line above had room for more, or space stands between.
    ``carried`` are starts of lines that surely carry on: their page sets paragraphs apart, and not these.
    """

    content: str
    name: str | None
    sha256: str
    media_type: str = "text/plain"
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    layout: tuple[Page, ...] = ()
    furniture: tuple[Span, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unsure: tuple[Span, ...] = ()
    paragraphs: frozenset[int] = frozenset()
    carried: frozenset[int] = frozenset()


def text_of(content: str) -> Text:
    """A Text of a bare string: no name, the hash of its UTF-8 bytes (lone surrogates kept apart, so that every str has one)."""
    return Text(content, None, hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest())


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
    """A page of the file. ``number`` counts from 1, ``width`` and ``height`` are in points (1/72 inch), ``span`` is its text. A row of a
    table that its upper end cuts stands in the text of the page before; the span begins with the first of its words there.

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
