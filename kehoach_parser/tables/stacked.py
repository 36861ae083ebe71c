"""Tables with a line for each cell, as copies from web pages and text layers of PDF have them.

The head begins with the line "TT" and ends where the first row's number stands; its cells are the template for the rows. A row begins with
the number that is due. Its lines are laid into the columns by what a cell of each column looks like and where a line goes on with the one
before; a cell may be wrapped over several lines, or empty and then without a line. What fits line by line is sure, everything else less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kehoach_parser.model import Span
from kehoach_parser.tables.grid import Cell, Grid, GridRow, lines_of, trimmed
from kehoach_parser.tables.heads import roles_of, says_a_time
from kehoach_parser.tables.laying import goes_on, lay
from kehoach_parser.tables.looks import GROUP, NUMBER
from kehoach_parser.text.fold import CAPITALS

_FIRST_HEAD = re.compile(r"(?:s[ốô6óo]\s*)?s?\s?tt\.?", re.I)
_HEAD_LINE = re.compile(rf"^\s*{_FIRST_HEAD.pattern}\s*$", re.I | re.M)
_BARRED_HEAD = re.compile(
    rf"^(?P<head>[ \t]*\|[ \t]*{_FIRST_HEAD.pattern}[ \t]*\|[^\n]*\|)[ \t]*\n(?P<rule>[ \t]*\|[-:| \t]+)\n(?![ \t]*\|)", re.I | re.M
)
_ENUMERATION = re.compile(r"\(?0?(\d{1,2}|[a-eA-E])\)?\.?")
_LETTERS_OF_COLUMNS = "ABC"
_SUBNUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,2})[.)]?")
_LETTER, _LETTERS = re.compile(r"([a-zđ])[.)]"), "abcdđeghiklmnopqrstuvxy"
# What no cell begins with: the text after the table.
_AFTER = re.compile(
    r"(?:Điều \d|Nơi nhận|PHỤ LỤC|Phụ lục|Mẫu số|PHẦN |Phần [IVX]|CHƯƠNG [IVX\d]|Chương [IVX\d]|Mục \d|Ghi chú:|CỘNG HÒA|TM\. |KT\. )"
    rf"|[IVX]{{1,5}}\. ?\S|[A-HĐ]\. [{CAPITALS}]|\d{{1,2}}\. [{CAPITALS}].{{60}}"
)
# A group's number with its name, a row's number with the first words of its task.
_GROUP_NAME, _NUMBER_OF_TEXT = re.compile(r"[IVX]{1,5}[.)]\s+\S"), re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_MOST_HEAD_LINES, _MOST_ROW_LINES, _MOST_GROUP_LINES, _MOST_HEAD = 24, 24, 4, 90
_DONE = re.compile(r"(?:Đã|Chưa) hoàn thành")  # in place of a time
_LEAST_COLUMNS = 3
_ELIDED = re.compile(r"[.…\s]{3,}|…")  # "….................": rows left out in a copy


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns; the lines of the head as printed; a group row right under them ("LĨNH VỰC HỘ TỊCH"), if any; the index of the first
    line after the head."""

    columns: tuple[Span, ...]
    roles: tuple[str, ...]
    printed: tuple[str, ...]
    group: Span | None
    below: int


def stacked_grids(content: str, aside: Sequence[Span] = ()) -> Iterator[Grid]:
    """All such tables, in order; ``aside``: what stands on pages beside their text, as their numbers.

    A table goes on on the next page below the same head: the rest of a row that the page's end cuts is left out there.
    """
    if _HEAD_LINE.search(content) is None and _BARRED_HEAD.search(content) is None:
        return
    left_out = frozenset(aside)
    lines = [line for line in _lines(content) if line.span not in left_out]
    at, before, due = 0, None, 0
    while at < len(lines):
        if not _FIRST_HEAD.fullmatch(lines[at].text):
            at += 1
            continue
        again = before and _repeated(lines, at, before, due)
        head = again or _head(lines, at, content)
        if head is None:
            at += 1
            continue
        read = _Rows(lines, head, due if again else 0)
        yield Grid(head.columns, tuple(read.rows))
        at, before, due = read.end, head, abs(read.due)


def _repeated(lines: Sequence[_Line], at: int, head: _Head, due: int) -> _Head | None:
    """The head of a table once more, on the next page, above the rest of a row and the row that is due; None where it is another."""
    below = at + len(head.printed)
    if tuple(line.text for line in lines[at:below]) != head.printed:
        return None
    most = min(below + _MOST_ROW_LINES, len(lines))
    due_at = next((i for i in range(below, most) if _numbered(lines[i].text) == due + 1), None)
    if due_at is None:
        return None
    first = next((i for i in range(below, due_at) if _GROUP_NAME.match(lines[i].text)), due_at)
    return replace(head, columns=tuple(_head_cells(lines[at:below], len(head.columns))), group=None, below=first)


def _lines(content: str) -> Iterator[_Line]:
    """The lines that are not blank, a head between bars as a line for each cell where nothing else has bars: converters tear tables so."""
    heads = {match.start("head"): match for match in _BARRED_HEAD.finditer(content)}
    rules = {match.start("rule") for match in heads.values()}
    for line in lines_of(content):
        spans = [line]
        if line[0] in heads:
            bars = [at for at in range(*line) if content[at] == "|"]
            spans = [(first + 1, last) for first, last in pairwise(bars)]
        elif line[0] in rules:
            continue
        yield from (_Line(span, content[slice(*span)]) for each in spans if (span := trimmed(content, *each))[0] < span[1])


def _head(lines: Sequence[_Line], at: int, content: str) -> _Head | None:
    """The head that begins at a line "TT"; None where no row follows."""
    limit = min(at + _MOST_HEAD_LINES, len(lines))
    below = next((i for i in range(at + 1, limit) if _opens_rows(lines[i].text)), None)
    if below is None:
        return None
    group_at = next((i for i in range(at + _LEAST_COLUMNS, below) if _GROUP_NAME.match(lines[i].text)), None)
    last = _last_head(lines[at:below]) + at if group_at is None else group_at
    if any(len(line.text) > _MOST_HEAD or _AFTER.match(line.text) for line in lines[at : below if group_at is None else group_at]):
        return None
    counted = _enumeration(lines, below)
    cells = _head_cells(lines[at:last], counted)
    if len(cells) < _LEAST_COLUMNS:
        return None
    group = (lines[last].span[0], lines[below - 1].span[1]) if last < below else None
    printed = tuple(line.text for line in lines[at:last])
    return _Head(tuple(cells), roles_of([content[start:end] for start, end in cells]), printed, group, below + counted)


def _last_head(lines: Sequence[_Line]) -> int:
    """How many of these lines are the head: lines in capitals at its end are a group row, where the heads are in small letters."""
    small = [not line.text.isupper() for line in lines]
    return max((at for at, is_small in enumerate(small) if is_small), default=0) + 1 if sum(small) >= _LEAST_COLUMNS - 1 else len(lines)


def _opens_rows(text: str) -> bool:
    return bool(_ENUMERATION.fullmatch(text) or GROUP.fullmatch(text) or _SUBNUMBER.fullmatch(text) or NUMBER.fullmatch(text))


def _enumeration(lines: Sequence[_Line], at: int) -> int:
    """How many lines from here on count the columns: "(1)", "(2)", "(3)", also after "A", "B"; 0 where they do not."""
    lettered = 0
    while at + lettered < len(lines) and lines[at + lettered].text == _LETTERS_OF_COLUMNS[lettered : lettered + 1]:
        lettered += 1
    count = 0
    while at + lettered + count < len(lines) and _counts(lines[at + lettered + count].text, count + 1):
        count += 1
    return lettered + count if count and lettered + count >= _LEAST_COLUMNS else 0


def _counts(text: str, number: int) -> bool:
    found = _ENUMERATION.fullmatch(text)
    return found is not None and _order(found[1]) == number


def _order(mark: str) -> int:
    return int(mark) if mark.isdigit() else "abcde".index(mark.lower()) + 1


def _head_cells(lines: Sequence[_Line], counted: int) -> list[Span]:
    """The cells of the head: lines that go on are joined; where the columns are counted, the likeliest joints until the count is met."""
    cells: list[list[_Line]] = []
    for line in lines:
        if cells and goes_on(cells[-1][-1].text, line.text) > 0 and len(cells) > 1:
            cells[-1].append(line)
        else:
            cells.append([line])
    while counted and len(cells) > counted and len(cells) > 2:
        joint = max(range(1, len(cells) - 1), key=lambda i: (goes_on(cells[i][-1].text, cells[i + 1][0].text), i))
        cells[joint : joint + 2] = [cells[joint] + cells[joint + 1]]
    return [(cell[0].span[0], cell[-1].span[1]) for cell in cells]


class _Rows:
    """Reads the rows below a head. ``due``: the number of the last row before, on the page before this one."""

    def __init__(self, lines: Sequence[_Line], head: _Head, due: int = 0) -> None:
        self._lines, self._head, self._columns = lines, head, len(head.columns) - 1
        self.due, self.end = due, head.below
        self.rows = [GridRow((None, head.group, *[None] * (self._columns - 1)))] if head.group else []
        while self.end < len(lines) and (mark := self._mark(self.end)) is not None:
            self.due = mark
            if not self._take():
                break
        self.end = max(self.end, head.below)

    def _take(self) -> bool:
        """Takes the row that begins at the line that is next; whether another follows it."""
        lines, at = self._lines, self.end
        stop, following = self._row_end(at)
        # Dots before a number that is not due stand for rows left out; before one that is they are a cell to be filled in.
        left_out = (
            following is not None
            and following > 0
            and following not in (self.due, self.due + 1)
            and _ELIDED.fullmatch(lines[stop - 1].text) is not None
        )
        parted = following is not None and lines[stop].text[:1] == _LETTERS[0] and _letter_due(lines, stop)
        row, taken = self._row(lines[at : stop - left_out], following is not None, parted)
        self.rows.append(row)
        self.end = at + taken if following is None else stop
        return following is not None

    def _row_end(self, at: int) -> tuple[int, int | None]:
        """The line after those that a row may take, and the number that another row has there; None where none follows."""
        index, begun = at + 1, 1  # lines in small letters go on: narrow columns wrap a cell over many
        while index < len(self._lines) and begun < _MOST_ROW_LINES:
            if (mark := self._mark(index)) is not None:
                return index, mark
            text = self._lines[index].text
            if _AFTER.match(text) or _FIRST_HEAD.fullmatch(text):
                return index, None
            index, begun = index + 1, begun + (not text[:1].islower())
        return index, None

    def _mark(self, at: int) -> int | None:
        """The number after a row that begins at a line; None where none begins. Under a group row, whose number is that before it with a
        minus, the count goes on or starts anew; rows may be left out."""
        text, last = self._lines[at].text, self.due
        if GROUP.fullmatch(text) or self._heads_group(at):
            return -abs(last)
        if _SUBNUMBER.fullmatch(text) or _letter_due(self._lines, at):
            return last
        found = NUMBER.fullmatch(text)
        if found is None:
            return abs(last) + 1 if self._runs_on(at) else None
        number = int(found[1])
        elided = at > 0 and _ELIDED.fullmatch(self._lines[at - 1].text) is not None
        return number if number == abs(last) + 1 or (number == 1 and (last > 1 or last < 0)) or (elided and number > 0) else None

    def _heads_group(self, at: int) -> bool:
        """Whether a group of rows begins at a line, its number and name on one: "II. Hoàn thiện thể chế" soon above the row that is due."""
        if not _GROUP_NAME.match(self._lines[at].text) or not self.due:
            return False
        return any(_numbered(line.text) == abs(self.due) + 1 for line in self._lines[at + 1 : at + _MOST_GROUP_LINES])

    def _runs_on(self, at: int) -> bool:
        """Whether the number that is due stands at a line with the first words of its row, right after a time that ends the row before, or
        the name of its group."""
        if not self.due or _numbered(self._lines[at].text) != abs(self.due) + 1:
            return False
        before = self._lines[at - 1].text
        ends = self._head.roles[-1] == "deadline" and (says_a_time(before) or _DONE.match(before) is not None)
        return ends or _GROUP_NAME.match(before) is not None

    def _row(self, lines: Sequence[_Line], closed: bool, parted: bool) -> tuple[GridRow, int]:
        """A row of these lines, the first its number, and how many of them it takes. ``closed``: all of them, since another row follows;
        ``parted``: that has the first letter below this number, which heads a group."""
        if _GROUP_NAME.match(lines[0].text):
            return GridRow((None, (lines[0].span[0], lines[-1].span[1]), *[None] * (self._columns - 1))), len(lines)
        number, own, joined = lines[0], lines[1:], 0
        if (found := _NUMBER_OF_TEXT.match(number.text)) is not None:
            start, end = number.span
            number, own, joined = (
                _Line((start, start + found.end(1)), found[1]),
                (_Line((start + found.end(), end), number.text[found.end() :]), *own),
                1,
            )
        if (parted or GROUP.fullmatch(number.text)) and len(own) < self._columns:
            cells: tuple[Cell, ...] = (number.span, (own[0].span[0], own[-1].span[1]) if own else None, *[None] * (self._columns - 1))
            return GridRow(cells), len(lines)
        cost, places = lay(tuple(line.text for line in own), self._head.roles[1:], closed)
        cells = (number.span, *(_cell(own, places, column) for column in range(self._columns)))
        one_each = places == tuple(range(self._columns))
        return GridRow(cells, 0.95 if one_each and cost < 2.0 else max(0.3, 0.85 - 0.07 * max(cost, 0.0))), 1 + len(places) - joined


def _numbered(text: str) -> int | None:
    """The number that a line is, or begins with."""
    found = NUMBER.fullmatch(text) or _NUMBER_OF_TEXT.match(text)
    return None if found is None else int(found[1])


def _letter_due(lines: Sequence[_Line], at: int) -> bool:
    """Whether a line is the letter that is due among the rows below a number: "a)", "b)" under "1 ⏎ Tổ chức tuyên truyền …"."""
    found = _LETTER.fullmatch(lines[at].text)
    if found is None or found[1] not in _LETTERS:
        return False
    before = lines[max(0, at - _MOST_ROW_LINES) : at]
    last = next((line.text for line in reversed(before) if _LETTER.fullmatch(line.text) or NUMBER.fullmatch(line.text)), "")
    order = _LETTERS.index(found[1])
    return last[:1] == _LETTERS[order - 1] if order else NUMBER.fullmatch(last) is not None


def _cell(lines: Sequence[_Line], places: tuple[int, ...], column: int) -> Cell:
    inside = [line.span for line, place in zip(lines, places, strict=False) if place == column]
    return (inside[0][0], inside[-1][1]) if inside else None
