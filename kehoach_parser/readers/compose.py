"""Pages of rows into one text, with the place of every word and the lines that are page furniture.

Page numbers, heads and feet that come back on every page and the text of a digital signature's stamp belong to the page, not to the
paper. They stay in the text where they stand on the page, and their spans are listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from kehoach_parser.model import Repair, Span
from kehoach_parser.readers.cut_rows import CutPage, with_whole_rows
from kehoach_parser.readers.layout import Row, arrange
from kehoach_parser.readers.page_notes import notes_at, with_notes
from kehoach_parser.readers.page_tables import NO_TABLES, Cells, PageTables
from kehoach_parser.readers.split_title import with_whole_title
from kehoach_parser.readers.words import Rect, Word
from kehoach_parser.text.fold import fold
from kehoach_parser.text.text import Page, PageWord


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as it was read, before its words are in order.

    ``notes`` are codes for the text's notes; the others mean what they mean in `page.Page`.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    origin: str
    engine: str | None = None
    tables: PageTables = NO_TABLES
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of all pages: content, where pages start, the pages with their words, furniture, repairs, lines that say nothing, starts of
    lines before which a paragraph ended, and of those that carry on."""

    content: str
    pages: tuple[int, ...]
    layout: tuple[Page, ...]
    furniture: tuple[Span, ...]
    repairs: tuple[Repair, ...]
    unsure: tuple[Span, ...]
    paragraphs: frozenset[int]
    carried: frozenset[int]


#: A line that was read less surely than this on a page that was read well is no print: a stamp, a signature, a note written by hand.
#: Where words that were read surely make up half of it, it is print with a blot.
_UNSURE, _READ_WELL, _SURE_WORD = 0.55, 0.8, 0.85
#: How far paragraphs are indented at most, in heights of letters, and what a line of text has at least.
_INDENT, _LEAST_LETTERS = 4.0, 4
#: Width of a blank, in heights of letters.
_BLANK = 0.4
#: Share of the page at its head and foot where furniture stands, and how many pages at least bear the same line there.
_MARGIN, _LEAST_PAGES = 0.1, 3
#: Ends of paragraphs that a page needs to show how it sets them, and the share of them with space below.
_LEAST_ENDS, _APART = 4, 0.85
_PAGE_NUMBER = re.compile(r"[-–—]?\s*(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–—]?")
# What signing programs print: "Người ký: …", "Email: …", "Cơ quan: …", "Thời gian ký: 24.04.2026 16:36:42 +07:00", "Ký bởi: …".
_STAMP = re.compile(r"(?:nguoi ky|ky boi|digitally signed|signature not verified|thoi gian ky|ngay ky|email|co quan|to chuc|chuc vu)\s*:?")
_SIGNED = re.compile(r"(?:nguoi ky|ky boi|digitally signed|thoi gian ky|ngay ky)\s*:")
_DIGITS = re.compile(r"\d+")


def compose(pages: Sequence[ReadPage]) -> Composed:
    """The text of pages in their order; a form feed stands between them."""
    arranged = [arrange(page.words, page.tables.cells) for page in pages]
    arranged[:1] = [tuple(with_whole_title(rows)) for rows in arranged[:1]]
    repeated = _repeated(pages, arranged)
    arranged = [_with_notes(page, rows, before, repeated) for page, before, rows in zip(pages, [(), *arranged[:-1]], arranged, strict=True)]
    arranged = [*with_whole_rows([_cut_page(number, pages, arranged, repeated) for number in range(len(pages))])]
    out = _Writer([[] for _ in pages])
    spans = []
    for number, rows in enumerate(arranged):
        if number:
            out.write("\f")
        start = out.at
        _write_page(out, number, rows, pages, repeated)
        spans.append((start, out.at))
    layout = [_page(number, *read) for number, read in enumerate(zip(pages, spans, out.words, strict=True), start=1)]
    return Composed(
        "".join(out.pieces),
        tuple(start for start, _ in spans),
        tuple(layout),
        tuple(out.furniture),
        tuple(out.repairs),
        tuple(out.unsure),
        frozenset(out.paragraphs),
        frozenset(out.carried),
    )


def _with_notes(page: ReadPage, rows: tuple[Row, ...], before: Sequence[Row], repeated: frozenset[str]) -> tuple[Row, ...]:
    """The rows with the footnotes marked; OCR says nothing of the size of letters that could be trusted."""
    if page.origin != "text-layer":
        return rows
    furniture = frozenset(place for place, row in enumerate(rows) if _is_furniture(row, page, repeated))
    return with_notes(rows, notes_at(rows, furniture, before))


def _page(number: int, page: ReadPage, span: Span, words: Sequence[PageWord]) -> Page:
    """A page of the text. Where its first words end a row of the page before, its span begins with them: the two then overlap."""
    start = min((span[0], *(word.span[0] for word in words[:1])))
    return Page(number, (start, span[1]), page.width, page.height, page.origin, page.engine, _certainty(page.words), tuple(words))


def _cut_page(number: int, pages: Sequence[ReadPage], arranged: Sequence[Sequence[Row]], repeated: frozenset[str]) -> CutPage:
    rows, tables = arranged[number], pages[number].tables
    aside = frozenset(place for place, row in enumerate(rows) if row.note or _is_furniture(row, pages[number], repeated))
    # A row that is open may be empty: what ended or begins there is then no piece of one.
    torn = _is_said(tables.cells[0], rows) and _is_said(pages[number - 1].tables.cells[-1], arranged[number - 1]) if tables.torn else None
    return CutPage(tuple(rows), aside, tables.follows, torn)


def _is_said(cells: Cells, rows: Sequence[Row]) -> bool:
    """Does anything stand in a row of a table?"""
    top, bottom = min(box[1] for box in cells if box), max(box[3] for box in cells if box)
    return any(row.cells is not None and all(top <= (word.box[1] + word.box[3]) / 2 <= bottom for word in row.words) for row in rows)


def _write_page(out: _Writer, number: int, rows: Sequence[Row], pages: Sequence[ReadPage], repeated: frozenset[str]) -> None:
    page = pages[number]
    stamped = _stamps(page, rows)
    margins = _margins(rows)
    apart = page.origin == "text-layer" and _are_apart(rows, margins)
    certainty = _certainty(page.words)
    for index, row in enumerate(rows):
        if row.blank and index and page.origin != "text-layer":
            out.write("\n")
        start = out.at
        if index:
            ends = row.blank or _ended(rows[index - 1], row, margins)
            out.joint(start, ends, carries=not ends and apart and row.cells is None)
        _write(out, row, number, pages)
        if unsure := _is_unsure(row, certainty):
            out.unsure.append((start, out.at))
        if (unsure and not _in_column(row, margins)) or index in stamped or row.again or _is_furniture(row, page, repeated):
            out.furniture.append((start, out.at))
        out.write("\n")


class _Writer:
    """The text as it grows; ``words``: those of each page."""

    def __init__(self, words: list[list[PageWord]]) -> None:
        self.words = words
        self.pieces: list[str] = []
        self.at = 0
        self.furniture: list[Span] = []
        self.repairs: list[Repair] = []
        self.unsure: list[Span] = []
        self.paragraphs: set[int] = set()
        self.carried: set[int] = set()

    def joint(self, start: int, ends: bool, carries: bool) -> None:
        """Notes whether a paragraph ended before a line, or surely did not."""
        self.paragraphs |= {start} if ends else set()
        self.carried |= {start} if carries else set()

    def write(self, piece: str) -> Span:
        start = self.at
        self.pieces.append(piece)
        self.at += len(piece)
        return start, self.at


def _write(out: _Writer, row: Row, number: int, pages: Sequence[ReadPage]) -> None:
    """A row; a row of a table with bars around its cells. Bars of the paper itself would break cells and are left out there."""
    groups = (row.words,) if row.cells is None else row.cells
    for place, group in enumerate(groups):
        if row.cells is not None:
            out.write("| " if place == 0 else " | ")
        for index, word in enumerate(group):
            if index and not word.glued:
                out.write(" ")
            text = word.text if row.cells is None else word.text.replace("|", "¦")
            span = out.write(text)
            at = number + word.later
            out.words[at].append(PageWord(span, _share(word.place or word.box, pages[at]), word.certainty))
            if word.printed is not None:
                out.repairs.append(Repair(word.why, span, word.printed, text))
    if row.cells is not None:
        out.write(" |")


def _share(box: Rect, page: ReadPage) -> Rect:
    left, top, right, bottom = box
    return _within(left, page.width), _within(top, page.height), _within(right, page.width), _within(bottom, page.height)


def _within(at: float, whole: float) -> float:
    return round(min(whole, max(0.0, at)) / whole, 5) if whole else 0.0


def _certainty(words: Sequence[Word]) -> float | None:
    read = [(word.certainty, len(word.text)) for word in words if word.certainty is not None]
    letters = sum(length for _, length in read)
    return round(sum(certainty * length for certainty, length in read) / letters, 3) if letters else None


def _is_unsure(row: Row, page: float | None) -> bool:
    read = [(word.certainty, sum(map(str.isalnum, word.text))) for word in row.words if word.certainty is not None]
    if page is None or page < _READ_WELL or not read or mean(certainty for certainty, _ in read) >= _UNSURE:
        return False
    sure = sum(letters for certainty, letters in read if letters > 1 and certainty >= _SURE_WORD)
    return 2 * sure < sum(letters for _, letters in read) or not sure


def _in_column(row: Row, margins: tuple[float, float]) -> bool:
    """Does the row begin where lines of the text and first lines of paragraphs do, and hold more than a scrawl?"""
    first, height = row.words[0].box, row.words[0].box[3] - row.words[0].box[1]
    letters = sum(char.isalnum() for char in row.text)
    return -height < first[0] - margins[0] < _INDENT * height and letters >= _LEAST_LETTERS


def _margins(rows: Sequence[Row]) -> tuple[float, float]:
    """Where the lines of a page begin and end: what one in ten reaches beyond."""
    if not rows:
        return 0.0, 0.0
    lefts, rights = sorted(row.words[0].box[0] for row in rows), sorted(row.words[-1].box[2] for row in rows)
    return lefts[len(lefts) // 10], rights[len(rights) * 9 // 10]


def _ended(above: Row, row: Row, margins: tuple[float, float]) -> bool:
    """Had the line above room for the first word of this one? A line in the middle of the page (a title) does not tell."""
    first, height = row.words[0].box, row.words[0].box[3] - row.words[0].box[1]
    before, after = above.words[0].box[0] - margins[0], margins[1] - above.words[-1].box[2]
    centred = before > 2 * height and abs(before - after) <= 2 * height
    return after > first[2] - first[0] + _BLANK * height and not centred


def _are_apart(rows: Sequence[Row], margins: tuple[float, float]) -> bool:
    """Does the page set space between its paragraphs? Where lines ended short of the margin, nearly all have it below them."""
    ended = [row.blank for above, row in pairwise(rows) if _ended(above, row, margins)]
    return len(ended) >= _LEAST_ENDS and sum(ended) >= _APART * len(ended)


def _edge(row: Row, page: ReadPage) -> str | None:
    """Where in the margin a row stands: "head", "foot", or None."""
    if min(word.box[1] for word in row.words) > (1 - _MARGIN) * page.height:
        return "foot"
    return "head" if max(word.box[3] for word in row.words) < _MARGIN * page.height else None


def _key(row: Row) -> str:
    return _DIGITS.sub("0", fold(row.text))


def _repeated(pages: Sequence[ReadPage], arranged: Sequence[Sequence[Row]]) -> frozenset[str]:
    """The lines, digits aside, that stand in the margin of many pages."""
    seen = Counter(
        key for page, rows in zip(pages, arranged, strict=True) for key in {_key(row) for row in rows if row.words and _edge(row, page)}
    )
    return frozenset(key for key, count in seen.items() if count >= max(_LEAST_PAGES, len(pages) // 3))


def _is_furniture(row: Row, page: ReadPage, repeated: frozenset[str]) -> bool:
    if row.cells is not None or row.note or _edge(row, page) is None:
        return False
    return _PAGE_NUMBER.fullmatch(fold(row.text)) is not None or _key(row) in repeated


def _stamps(page: ReadPage, rows: Sequence[Row]) -> frozenset[int]:
    """The rows of a digital signature's stamp: a signer or a time of signing, and the lines about them around it."""
    said = [bool(row.words) and _STAMP.match(fold(row.text)) is not None for row in rows]
    found: set[int] = set()
    for index, row in enumerate(rows):
        if row.words and _SIGNED.match(fold(row.text)):
            first = last = index
            while first and said[first - 1]:
                first -= 1
            while last + 1 < len(rows) and said[last + 1]:
                last += 1
            found.update(range(first, last + 1))
    return frozenset(found)
