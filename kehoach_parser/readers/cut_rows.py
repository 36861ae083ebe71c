"""Rows of tables that page ends cut, put together again: read as a whole where they begin.

Browsers draw no line where a row is cut. Word and LibreOffice close it on both pages; then the second piece has no number where all rows
have one, nothing in a column that is filled in all rows, or it begins within a sentence. A head that is drawn again on the next page is
page aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kehoach_parser.readers.cell_lines import is_one, letter_width
from kehoach_parser.readers.layout import Row
from kehoach_parser.readers.words import Word

#: The share of the rows of a table that have a first cell, where rows have numbers; heads and groups may have none.
_NUMBERED = 0.9
#: A column is filled in all rows, if there are so many with the head.
_LEAST_ROWS = 3
#: Of the height of a word: what ends above it stands on another line.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page as far as its end may cut a row: its rows, and the places of those ``aside``, furniture and footnotes; ``follows``: its first
    table goes on from the page before; ``torn``: whether a row of it is cut there, None: the lines do not tell."""

    rows: tuple[Row, ...]
    aside: frozenset[int] = frozenset()
    follows: bool = False
    torn: bool | None = None


#: What a page has of a table: its number and the places of the rows.
_Piece = tuple[int, list[int]]


def with_whole_rows(pages: Sequence[CutPage]) -> tuple[tuple[Row, ...], ...]:
    """The rows of the pages; those that page ends cut are read where they begin, heads that are drawn again are marked."""
    out: list[list[Row | None]] = [list(page.rows) for page in pages]
    for pieces in _tables(pages):
        _mend(pieces, pages, out)
    return tuple(tuple(row for row in rows if row is not None) for rows in out)


def _tables(pages: Sequence[CutPage]) -> list[list[_Piece]]:
    """The tables that run over the ends of pages."""
    tables: list[list[_Piece]] = [[]]
    for number, page in enumerate(pages):
        own = [place for place in range(len(page.rows)) if place not in page.aside]
        first, last = _run(page.rows, own), _run(page.rows, own[::-1])[::-1]
        follows = bool(tables[-1] and first and page.follows and _is_wide(page.rows[first[0]], pages, tables[-1]))
        if follows:
            tables[-1].append((number, first))
        if not follows or len(first) < len(own):
            tables.append([(number, last)] if last else [])
    return [pieces for pieces in tables if len(pieces) > 1]


def _is_wide(row: Row, pages: Sequence[CutPage], pieces: Sequence[_Piece]) -> bool:
    number, places = pieces[0]
    return _width(row) == _width(pages[number].rows[places[0]])


def _run(rows: Sequence[Row], places: Sequence[int]) -> list[int]:
    """The places of the first rows of a table, as many as have as many cells."""
    return [*takewhile(lambda place: _width(rows[place]) and _width(rows[place]) == _width(rows[places[0]]), places)]


def _width(row: Row) -> int:
    return len(row.cells or ())


def _mend(pieces: Sequence[_Piece], pages: Sequence[CutPage], out: list[list[Row | None]]) -> None:
    """Puts the rows of a table together. Those that the first page has, and those that are not the first of another, surely begin there."""
    read = [[pages[number].rows[place] for place in places] for number, places in pieces]
    heads = [_same(rows, read[0]) for rows in read[1:]]
    sure = [*read[0], *(row for rows, again in zip(read[1:], heads, strict=True) for row in rows[again + 1 :])]
    page, place, last = pieces[0][0], pieces[0][1][-1], read[0][-1]
    for (number, places), rows, again in zip(pieces[1:], read[1:], heads, strict=True):
        for at in range(again):
            out[number][places[at]] = replace(rows[at], again=True)
        rest = rows[again:]
        if rest and _is_cut(sure, last, rest[0], pages[number].torn):
            last = out[page][place] = _joined(last, rest[0], number - page)
            out[number][places[again]] = None
            rest = rest[1:]
        if rest:
            page, place, last = number, places[-1], rest[-1]


def _same(rows: Sequence[Row], others: Sequence[Row]) -> int:
    """How many rows from the first on are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0].text == pair[1].text, zip(rows, others, strict=False)))


def _is_cut(rows: Sequence[Row], last: Row, below: Row, torn: bool | None) -> bool:
    """Does a row go on with the last one of the page before? ``rows``: others of the table; ``torn``: what the lines say."""
    if torn is not None:
        return torn
    above, pieces = last.cells or (), below.cells or ()
    pairs = [(cell, piece) for cell, piece in zip(above, pieces, strict=True) if cell or piece]
    if not all(cell for cell, _ in pairs):
        return False
    numbered = sum(_is_number(row) for row in rows) >= _NUMBERED * len(rows)
    if numbered:
        return not pieces[0] and not _begins(last, below)
    return _lacks(rows, pieces) or any(piece and _goes_on(cell[-1], piece[0]) for cell, piece in pairs)


def _begins(last: Row, below: Row) -> bool:
    """Does a row without number begin another task of the number above? In two columns or more it says what the row above has said in lines
    that end before that row does: a cell that a page's end cuts is filled to its end. All of it begins as sentences do."""
    pairs = [(cell, piece) for cell, piece in zip(last.cells or (), below.cells or (), strict=True) if cell and piece]
    foot = max(cell[-1].box[3] for cell, _ in pairs) if pairs else 0.0
    ended = any(foot - cell[-1].box[3] > _height(cell[-1]) for cell, _ in pairs)
    return len(pairs) > 1 and ended and not any(piece[0].text[0].islower() for _, piece in pairs)


def _height(word: Word) -> float:
    return word.box[3] - word.box[1]


def _is_number(row: Row) -> bool:
    """Is the first cell of a row a number, or the head over the numbers?"""
    return len((row.cells or ((),))[0]) == 1


def _lacks(rows: Sequence[Row], pieces: Sequence[Sequence[Word]]) -> bool:
    """Has a row nothing in a column in which all others have something?"""
    return len(rows) >= _LEAST_ROWS and any(
        not piece and all((row.cells or ())[column] for row in rows) for column, piece in enumerate(pieces)
    )


def _goes_on(above: Word, below: Word) -> bool:
    return below.text[0].islower() and above.text[-1] not in ".;:"


def _joined(above: Row, below: Row, later: int) -> Row:
    """A row of two pieces, the second so many pages later."""
    cells = []
    for cell, piece in zip(above.cells or (), below.cells or (), strict=True):
        rest = [replace(word, later=later) for word in piece]
        if cell and rest and is_one(cell[-1], rest[0], _fills(cell, piece)):
            rest[0] = replace(rest[0], glued=True)
        cells.append((*cell, *rest))
    return replace(above, words=tuple(word for cell in cells for word in cell), cells=tuple(cells))


def _fills(cell: Sequence[Word], piece: Sequence[Word]) -> bool:
    """Does the last word of a cell fill its line alone? The other lines of the cell say how wide it is."""
    *others, last = cell
    alone = not others or others[-1].box[3] < last.box[1] + _HALF * (last.box[3] - last.box[1])
    return alone and last.box[2] + letter_width(piece[0]) > max(word.box[2] for word in (*others, *piece))
