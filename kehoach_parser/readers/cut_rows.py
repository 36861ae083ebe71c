"""Rows of tables that page ends cut, put together again: read as a whole where they begin.

Browsers draw no line where a row is cut. Word and LibreOffice close it on both pages; then the second piece has no number where all rows
have one, or it begins within a sentence. A head that is drawn again on the next page is page furniture.
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
#: Of the height of a word: what ends above it stands on another line.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page as far as its end may cut a row: its rows, and the places of those that are furniture; ``follows``: its first table goes on
    from the page before; ``torn``: whether a row of it is cut there, None: the lines do not tell."""

    rows: tuple[Row, ...]
    furniture: frozenset[int] = frozenset()
    follows: bool = False
    torn: bool | None = None


@dataclass(slots=True)
class _Table:
    """A table as it grows from page to page. ``page`` and ``place``: where its last row begins."""

    rows: list[Row]
    page: int
    place: int


def with_whole_rows(pages: Sequence[CutPage]) -> tuple[tuple[Row, ...], ...]:
    """The rows of the pages; those that page ends cut are read where they begin, heads that are drawn again are marked."""
    out: list[list[Row | None]] = [list(page.rows) for page in pages]
    table: _Table | None = None
    for number, page in enumerate(pages):
        own = [place for place in range(len(page.rows)) if place not in page.furniture]
        first, last = _run(page.rows, own), _run(page.rows, own[::-1])[::-1]
        if table and page.follows and first and _width(page.rows[first[0]]) == _width(table.rows[0]):
            _go_on(table, out, number, page, first)
        if not table or not page.follows or len(first) < len(own):
            table = _Table([page.rows[place] for place in last], number, last[-1]) if last else None
    return tuple(tuple(row for row in rows if row is not None) for rows in out)


def _run(rows: Sequence[Row], places: Sequence[int]) -> list[int]:
    """The places of the first rows of a table, as many as have as many cells."""
    return [*takewhile(lambda place: _width(rows[place]) and _width(rows[place]) == _width(rows[places[0]]), places)]


def _width(row: Row) -> int:
    return len(row.cells or ())


def _go_on(table: _Table, out: list[list[Row | None]], number: int, page: CutPage, places: Sequence[int]) -> None:
    """Adds the rows of a page to a table that goes on there."""
    again = 0
    while again < min(len(places), len(table.rows)) and page.rows[places[again]].text == table.rows[again].text:
        out[number][places[again]] = replace(page.rows[places[again]], again=True)
        again += 1
    rest = places[again:]
    if rest and _is_cut(table.rows, page.rows[rest[0]], page.torn):
        whole = _joined(table.rows[-1], page.rows[rest[0]], number - table.page)
        table.rows[-1] = out[table.page][table.place] = whole
        out[number][rest[0]] = None
        rest = rest[1:]
    if rest:
        table.rows += [page.rows[place] for place in rest]
        table.page, table.place = number, rest[-1]


def _is_cut(rows: Sequence[Row], below: Row, torn: bool | None) -> bool:
    """Does a row go on with the last one of the page before? ``torn``: what the lines say."""
    if torn is not None:
        return torn
    above, pieces = rows[-1].cells or (), below.cells or ()
    if pieces[0] or any(piece and not cell for cell, piece in zip(above, pieces, strict=True)):
        return False
    numbered = sum(bool((row.cells or ((),))[0]) for row in rows) >= _NUMBERED * len(rows)
    return numbered or any(piece and cell and _goes_on(cell[-1], piece[0]) for cell, piece in zip(above, pieces, strict=True))


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
