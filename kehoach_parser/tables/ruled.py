"""Tables whose cells stand beside each other on a line: parted by "|" (Word, HTML, Markdown), by tabs, or by columns of blanks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from kehoach_parser.model import Span
from kehoach_parser.tables.grid import Grid, GridRow, lines_of, made, trimmed
from kehoach_parser.tables.heads import role_of

_RULE = re.compile(r"[|+\s:=\-–—]*")  # "|---|---|", a line drawn between rows
_GAP = re.compile(r"\t+|\s{3,}")
_NUMBERED_HEAD = re.compile(r"^[ \t]*s?[^\W\d_]{0,2}\s?tt\.?(?:\t|[ \t]{3})|^[ \t]*s[^\W\d_]{1,2}\s+th", re.I | re.M)
_PIPE_SURE, _BLANK_SURE, _WRAPPED_SURE = 1.0, 0.8, 0.5
_LETTER = re.compile(r"[^\W\d_]")
_GROUP = re.compile(r"(?:[IVX]+|[A-ZĐ])[.)]?")  # numbers a group of rows: "II ⇥ Kiểm định chất lượng"
_GROUP_CELLS, _GROUP_NUMBER = 2, re.compile(r"(?:[IVX]+|[A-ZĐ]|\d{1,2})[.)]?")
_DIGIT = re.compile(r"\d")


def ruled_grids(content: str, aside: Sequence[Span] = ()) -> Iterator[Grid]:
    """All such tables, in order. ``aside``: page numbers, heads drawn again on the next page and footnotes, which end no table."""
    if "|" in content:
        yield from _piped(content, aside)
        yield from _open_piped(content)
    # Few texts have either: the others are not looked at line by line.
    if _NUMBERED_HEAD.search(content):
        yield from _spaced(content)
    if "\t" in content:
        yield from _tabbed(content)


def _piped(content: str, aside: Sequence[Span]) -> Iterator[Grid]:
    shown = (line for line in _pipe_lines(content) if not _is_within(trimmed(content, *line[0]), aside))
    for cells, run in groupby(shown, key=lambda line: len(line[1]) if line[1] else 0):
        lines = list(run)
        if cells >= 2 and len(lines) > 1:
            yield from _grid(content, [spans for _, spans in lines], _PIPE_SURE)


def _open_piped(content: str) -> Iterator[Grid]:
    """Rows whose bars stand between cells alone, blank lines among them: "TT | Nhiệm vụ | Cơ quan chủ trì", "1 | Rà soát … | Sở Y tế". A
    program that reads a Word file cell by cell prints a merged one as often as it has columns, and an empty one as nothing."""
    lines = [(line, _between_bars(content, line)) for line in lines_of(content) if content[slice(*line)].strip()]
    at = 0
    while at < len(lines):
        line, head = lines[at]
        at += 1
        if "|" in (content[slice(*line)].strip()[:1], content[slice(*line)].strip()[-1:]) or not _says_columns(content, head):
            continue
        if at < len(lines) and (parted := _parted(head, lines[at][1])):
            head, at = parted, at + 1
        rows = [_once(content, head)]
        while at < len(lines) and (row := _laid(content, lines[at][1], len(head))):
            rows.append(_once(content, row))
            at += 1
        if len(rows) > 1:
            yield from _grid(content, rows, _PIPE_SURE)


def _says_columns(content: str, cells: Sequence[Span]) -> bool:
    """Whether two cells and more say what their columns are for."""
    return len({role_of(content[slice(*cell)]) for cell in cells} - {"other"}) > 1


def _parted(head: Sequence[Span], below: Sequence[Span]) -> list[Span]:
    """The head whose last cell the row below it parts: "Thời gian | Nội dung | Thực hiện" over " |  | Đơn vị chủ trì | Đơn vị phối hợp";
    nothing where none does."""
    own = len(head) - 1
    empty = [first == end for first, end in below]
    return [*head[:own], *below[own:]] if len(below) > len(head) > 2 and all(empty[:own]) and not any(empty[own:]) else []


def _laid(content: str, cells: list[Span], columns: int) -> list[Span]:
    """The cells of a row; a number and a title alone are a group's ("I | GIAI ĐOẠN 1"). Nothing for a line that is no row."""
    if len(cells) == columns or len(cells) != _GROUP_CELLS or not _GROUP_NUMBER.fullmatch(content[slice(*cells[0])]):
        return cells if len(cells) == columns else []
    return [*cells, *((cells[-1][1], cells[-1][1]) for _ in range(columns - _GROUP_CELLS))]


def _between_bars(content: str, line: Span) -> list[Span]:
    """The cells of a line by the bars between them; none without."""
    bars = [line[0] + bar.start() for bar in re.finditer(r"\|", content[slice(*line)])]
    return [trimmed(content, begin + 1, end) for begin, end in pairwise((line[0] - 1, *bars, line[1]))] if bars else []


def _once(content: str, cells: list[Span]) -> list[Span]:
    """A title over the width of the table, printed for each column, as one cell behind its number."""
    number, title, *others = cells
    merged = title[0] < title[1] and {content[slice(*cell)] for cell in others} == {content[slice(*title)]}
    return [number, title, *((end, end) for _, end in others)] if merged else cells


def _is_within(line: Span, aside: Sequence[Span]) -> bool:
    """Is a line, which is not empty, aside? ``aside`` is in order."""
    at = bisect_right(aside, line[0], key=lambda span: span[0]) - 1
    return at >= 0 and line[0] < line[1] <= aside[at][1]


def _pipe_lines(content: str) -> Iterator[tuple[Span, list[Span]]]:
    """Each line with the stretches between its pipes; none where it is no row. Rules between rows are left out."""
    for start, end in lines_of(content):
        line = content[start:end]
        bare = line.strip()
        if len(bare) > 1 and bare[0] == bare[-1] == "|":
            if _RULE.fullmatch(bare):
                continue
            marks = [start + match.start() for match in re.finditer(r"\|", line)]
            yield (start, end), [(left + 1, right) for left, right in pairwise(marks)]
        else:
            yield (start, end), []


def _grid(content: str, lines: list[list[Span]], certainty: float) -> Iterator[Grid]:
    """A run of rows of one width: head rows first, then the others; a head repeated on a new page is no row."""
    texts = [[content[slice(*trimmed(content, *span))] for span in line] for line in lines]
    height = _head_rows(texts)
    head = tuple(_hull([line[column] for line in lines[:height]], content) for column in range(len(lines[0])))
    below = [line for line, text in zip(lines[height:], texts[height:], strict=True) if text not in texts[:height] and any(text)]
    rows = [GridRow(made(content, line), certainty) for line in below]
    if rows:
        yield Grid(head, tuple(rows))


def _head_rows(texts: list[list[str]]) -> int:
    """How many rows are the head: a second one stands where it only fills in under cells of the first ("Thành phố | Xã" under "Vốn")."""
    if len(texts) < 3 or not any(role_of(cell) != "other" for cell in texts[0]):
        return 1
    first, second = texts[0], texts[1]
    fills = [cell for above, cell in zip(first, second, strict=True) if cell and cell != above]
    numbered = bool(second[0]) and second[0] != first[0]
    return 2 if 0 < len(fills) < len(second) and not numbered and not _DIGIT.search(" ".join(fills)) else 1


def _hull(pieces: Iterable[Span], content: str) -> Span:
    printed = [span for piece in pieces if (span := trimmed(content, *piece))[0] < span[1]]
    return printed[-1] if printed else (0, 0)


def _spaced(content: str) -> Iterator[Grid]:
    """Columns set by tabs or blanks: from a line whose pieces are heads of columns on, as long as lines fit under them."""
    lines = list(lines_of(content))
    at = 0
    while at < len(lines):
        head = _pieces(content, lines[at]) if _GAP.search(content, *lines[at]) else []
        if len(head) > 1 and role_of(content[slice(*head[0])]) == "number":
            rows, at = _rows_below(content, lines, at, head)
            if rows:
                yield Grid(tuple(head), tuple(rows))
        at += 1


def _tabbed(content: str) -> Iterator[Grid]:
    """Columns set by tabs under heads of which none numbers the rows: "Thời gian ⇥ Nội dung ⇥ Phụ trách", as long as lines have as many."""
    for tabs, run in groupby(lines_of(content), key=lambda line: content.count("\t", *line)):
        lines = list(run)
        if not tabs or len(lines) < 2:
            continue
        cells = [_cells(content, line) for line in lines]
        roles = {role_of(content[slice(*head)]) for head in cells[0]}
        if "task" in roles and "number" not in roles and len(roles - {"other"}) > 1:
            yield from _grid(content, cells, _BLANK_SURE)


def _pieces(content: str, line: Span) -> list[Span]:
    """What stands between wide gaps of a line."""
    start, end = line
    marks = [(start, start), *((start + gap.start(), start + gap.end()) for gap in _GAP.finditer(content[start:end])), (end, end)]
    pieces = [trimmed(content, left[1], right[0]) for left, right in pairwise(marks)]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _rows_below(content: str, lines: list[Span], at: int, head: list[Span]) -> tuple[list[GridRow], int]:
    """The rows under a head, and the last line that they take. A line without a number in its first column goes on with the row above."""
    starts = [start - lines[at][0] for start, _ in head]
    by_tabs = _by_tabs(content, lines[at], len(head)) is not None
    rows: list[list[list[Span]]] = []
    last, blank = at, 0
    for index in range(at + 1, len(lines)):
        tabbed = _by_tabs(content, lines[index], len(head)) if by_tabs else None
        pieces = _pieces(content, lines[index]) if tabbed is None else [piece for _, piece in tabbed]
        blank = 0 if pieces else blank + 1
        columns = [_column(starts, start - lines[index][0]) for start, _ in pieces] if tabbed is None else [column for column, _ in tabbed]
        if blank > 1 or (pieces and _ends(content, pieces, columns, bool(rows))):
            break
        if columns[:1] == [0]:
            rows.append([[] for _ in head])
        for column, piece in zip(columns, pieces, strict=True):
            rows[-1][column].append(piece)
            last = index
    return [_row_of(row) for row in rows if any(row)], last


def _by_tabs(content: str, line: Span, columns: int) -> list[tuple[int, Span]] | None:
    """The cells of a line that has a tab before each column but the first, with their columns; None for any other line. A tab leads to the
    next column, wherever on the line it stands."""
    cells = _cells(content, line)
    if len(cells) != columns:
        return None
    return [(column, cell) for column, cell in enumerate(cells) if cell[0] < cell[1]]


def _cells(content: str, line: Span) -> list[Span]:
    """What stands between the tabs of a line."""
    start, end = line
    ends = [*(start + tab.start() for tab in re.finditer("\t", content[start:end])), end]
    return [trimmed(content, begin, stop) for begin, stop in pairwise((start, *ends))]


def _column(starts: list[int], at: int) -> int:
    """The column that a piece at this place of its line stands under."""
    return max((column for column, start in enumerate(starts) if start <= at + 2), default=0)


def _ends(content: str, pieces: list[Span], columns: list[int], begun: bool) -> bool:
    """Whether a line is no part of a table: words in the column of numbers, or no number in the first row."""
    if columns[0] > 0:
        return not begun
    number = content[slice(*pieces[0])]
    return _LETTER.search(number) is not None and not (len(pieces) > 1 and _GROUP.fullmatch(number))


def _row_of(cells: list[list[Span]]) -> GridRow:
    """A cell that runs over several lines is not one stretch of text: its first line stands for it, less surely."""
    wrapped = any(len(pieces) > 1 for pieces in cells)
    return GridRow(tuple(pieces[0] if pieces else None for pieces in cells), _WRAPPED_SURE if wrapped else _BLANK_SURE)
