"""Words that Tesseract's Vietnamese model misread (`tô chức`, `phát triên`), put right where the language leaves no doubt.

The step after the repairs that need no model of the language. Every change keeps what was read (`Word.printed`) and is listed. Pages with a
text layer, pages read by another engine and pages that were not read are as they were; the model is loaded only for pages that were read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kehoach_parser.readers.compose import ReadPage
from kehoach_parser.readers.layout import arrange
from kehoach_parser.readers.tesseract import LANGUAGE
from kehoach_parser.readers.words import Word
from kehoach_parser.restoration import RestoredWord, Restorer, shipped_restorer

#: Code of the repair, and the certainty of a word of which the engine says nothing.
WHY, _UNTOLD = "misread-word", 0.0


def mend(pages: Sequence[ReadPage], restorer: Restorer | None = None) -> tuple[ReadPage, ...]:
    """The pages with misread words put right; ``restorer``: another one than that of the package."""
    if not any(map(_is_meant, pages)):
        return tuple(pages)
    reader = restorer or shipped_restorer()
    return tuple(_mended(page, reader) if _is_meant(page) else page for page in pages)


def _is_meant(page: ReadPage) -> bool:
    return page.origin == "ocr" and page.engine is not None and page.engine.split()[-1:] == [LANGUAGE]


def _mended(page: ReadPage, reader: Restorer) -> ReadPage:
    changed: dict[Word, Word] = {}
    for block in _blocks(page):
        changed.update(_changes(block, reader))
    return replace(page, words=tuple(changed.get(word, word) for word in page.words)) if changed else page


def _blocks(page: ReadPage) -> Iterator[list[Word]]:
    """The words of each paragraph in reading order; a cell of a table is one by itself."""
    block: list[Word] = []
    for row in arrange(page.words, page.tables.cells):
        if block and (row.blank or row.cells is not None):
            yield block
            block = []
        if row.cells is not None:
            yield from (list(cell) for cell in row.cells if cell)
        else:
            block += row.words
    if block:
        yield block


def _changes(block: Sequence[Word], reader: Restorer) -> Iterator[tuple[Word, Word]]:
    starts, at = [], 0
    for word in block:
        starts.append(at)
        at += len(word.text) + 1

    def place_of(offset: int) -> int:
        return bisect_right(starts, offset) - 1

    def seen(offset: int) -> float:
        certainty = block[place_of(offset)].certainty
        return _UNTOLD if certainty is None else certainty

    found: dict[int, list[RestoredWord]] = {}
    for change in reader.mend(" ".join(word.text for word in block), seen).words:
        found.setdefault(place_of(change.start), []).append(change)
    for place, changes in found.items():
        word, text = block[place], block[place].text
        for change in reversed(changes):  # from behind, so that what stands before keeps its place
            text = text[: change.start - starts[place]] + change.reading + text[change.end - starts[place] :]
        yield word, replace(word, text=text, printed=word.printed or word.text, why=WHY)
