"""Tables with a line for each cell, as copies from web pages and text layers of PDF have them.

The head begins with the line "TT" and ends where the first row's number stands; its cells are the template for the rows. A row begins with
the number that is due. Its lines are laid into the columns by what a cell of each column looks like and where a line goes on with the one
before; a cell may be wrapped over several lines, or empty and then without a line. What fits line by line is sure, everything else less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from kehoach_parser.model import Span
from kehoach_parser.tables.grid import Cell, Grid, GridRow, lines_of, trimmed
from kehoach_parser.tables.heads import UNITS, roles_of, says_a_time
from kehoach_parser.tables.looks import GROUP, NUMBER, oddness
from kehoach_parser.text.fold import CAPITALS
from kehoach_parser.text.phrases import goes_on_after

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
_MOST_HEAD_LINES, _MOST_ROW_LINES, _MOST_HEAD = 24, 24, 90
_LEAST_COLUMNS = 3
_GOES_ON = re.compile(rf"(?=[^\W\d_])[^{CAPITALS}]|[),;:]|\.(?![.…])")
_ELIDED = re.compile(r"[.…\s]{3,}|…")  # "….................": rows left out in a copy
_BULLET = re.compile(r"[-–+*•]\s*")
_WORD = re.compile(r"\w+")
_OPEN_SIGNS = (",", ";", ":", "(", "–", "-")

#: What it costs to leave a column of a role empty, in units of one doubtful line.
_EMPTY = {"task": 6.0, "lead": 2.5, "assigned": 2.5, "deadline": 2.5}
_EMPTY_ELSE = 1.5


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns; a group row right under them ("LĨNH VỰC HỘ TỊCH"), if any; the index of the first line after the head."""

    columns: tuple[Span, ...]
    roles: tuple[str, ...]
    group: Span | None
    below: int


def stacked_grids(content: str) -> Iterator[Grid]:
    """All such tables, in order."""
    if _HEAD_LINE.search(content) is None and _BARRED_HEAD.search(content) is None:
        return
    lines = tuple(_lines(content))
    at = 0
    while at < len(lines):
        head = _head(lines, at, content) if _FIRST_HEAD.fullmatch(lines[at].text) else None
        if head is None:
            at += 1
            continue
        rows, at = _rows(lines, head)
        yield Grid(head.columns, tuple(rows))


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
    if below is None or any(len(line.text) > _MOST_HEAD or _AFTER.match(line.text) for line in lines[at:below]):
        return None
    counted = _enumeration(lines, below)
    last = _last_head(lines[at:below]) + at
    cells = _head_cells(lines[at:last], counted)
    if len(cells) < _LEAST_COLUMNS:
        return None
    group = (lines[last].span[0], lines[below - 1].span[1]) if last < below else None
    return _Head(tuple(cells), roles_of([content[start:end] for start, end in cells]), group, below + counted)


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
        if cells and _goes_on(cells[-1][-1].text, line.text) > 0 and len(cells) > 1:
            cells[-1].append(line)
        else:
            cells.append([line])
    while counted and len(cells) > counted and len(cells) > 2:
        joint = max(range(1, len(cells) - 1), key=lambda i: (_goes_on(cells[i][-1].text, cells[i + 1][0].text), i))
        cells[joint : joint + 2] = [cells[joint] + cells[joint + 1]]
    return [(cell[0].span[0], cell[-1].span[1]) for cell in cells]


def _goes_on(before: str, line: str) -> float:
    """How likely a line goes on with the one before it: above 0 where something says so, below 0 where something speaks against it."""
    if _BULLET.match(line):
        return 0.0
    sign = 0.0
    if _GOES_ON.match(line):
        sign += 2.0
    *_, word, last = "", "", *_WORD.findall(before)
    if before.endswith(_OPEN_SIGNS) or (before.endswith(last) and goes_on_after(word, last, "cells")):
        sign += 1.5
    if line[:1] == "(":
        sign += 1.0
    if sign == 0.0:
        return -1.5 if before.endswith((".", "…")) else -1.0
    return sign


def _rows(lines: Sequence[_Line], head: _Head) -> tuple[list[GridRow], int]:
    """The rows below a head, and the index of the first line after the table."""
    rows = [GridRow((None, head.group, *[None] * (len(head.columns) - 2)))] if head.group else []
    at, due = head.below, 0
    while at < len(lines) and (mark := _row_mark(lines, at, due)) is not None:
        due = mark
        stop, following = _row_end(lines, at, due)
        # Dots before a number that is not due stand for rows left out; before one that is they are a cell to be filled in.
        left_out = (
            following is not None
            and following > 0
            and following not in (due, due + 1)
            and _ELIDED.fullmatch(lines[stop - 1].text) is not None
        )
        parted = following is not None and lines[stop].text[:1] == _LETTERS[0] and _letter_due(lines, stop)
        row, taken = _row(lines[at : stop - left_out], head, following is not None, parted)
        rows.append(row)
        at = at + taken if following is None else stop
        if following is None:
            break
    return rows, max(at, head.below)


def _row_end(lines: Sequence[_Line], at: int, due: int) -> tuple[int, int | None]:
    """The line after those that a row may take, and the number that another row has there; None where none follows."""
    for index in range(at + 1, min(at + _MOST_ROW_LINES, len(lines))):
        if (mark := _row_mark(lines, index, due)) is not None:
            return index, mark
        if _AFTER.match(lines[index].text) or _FIRST_HEAD.fullmatch(lines[index].text):
            return index, None
    return min(at + _MOST_ROW_LINES, len(lines)), None


def _row_mark(lines: Sequence[_Line], at: int, last: int) -> int | None:
    """The number after a row that begins at a line; None where none begins. Under a group row, whose number is that before it with a minus,
    the count goes on or starts anew; rows may be left out."""
    text = lines[at].text
    if GROUP.fullmatch(text):
        return -abs(last)
    if _SUBNUMBER.fullmatch(text) or _letter_due(lines, at):
        return last
    found = NUMBER.fullmatch(text)
    if found is None:
        return None
    number = int(found[1])
    elided = at > 0 and _ELIDED.fullmatch(lines[at - 1].text) is not None
    return number if number == abs(last) + 1 or (number == 1 and (last > 1 or last < 0)) or (elided and number > 0) else None


def _letter_due(lines: Sequence[_Line], at: int) -> bool:
    """Whether a line is the letter that is due among the rows below a number: "a)", "b)" under "1 ⏎ Tổ chức tuyên truyền …"."""
    found = _LETTER.fullmatch(lines[at].text)
    if found is None or found[1] not in _LETTERS:
        return False
    before = lines[max(0, at - _MOST_ROW_LINES) : at]
    last = next((line.text for line in reversed(before) if _LETTER.fullmatch(line.text) or NUMBER.fullmatch(line.text)), "")
    order = _LETTERS.index(found[1])
    return last[:1] == _LETTERS[order - 1] if order else NUMBER.fullmatch(last) is not None


def _row(lines: Sequence[_Line], head: _Head, closed: bool, parted: bool) -> tuple[GridRow, int]:
    """A row of these lines, the first its number, and how many of them it takes. ``closed``: all of them, since another row follows;
    ``parted``: that has the first letter below this number, which heads a group."""
    columns = len(head.columns) - 1
    own = lines[1:]
    if (parted or GROUP.fullmatch(lines[0].text)) and len(own) < columns:
        cells: tuple[Cell, ...] = (lines[0].span, (own[0].span[0], own[-1].span[1]) if own else None, *[None] * (columns - 1))
        return GridRow(cells), len(lines)
    cost, places = _lay(tuple(line.text for line in own), head.roles[1:], closed)
    cells = (lines[0].span, *(_cell(own, places, column) for column in range(columns)))
    one_each = places == tuple(range(columns))
    return GridRow(cells, 0.95 if one_each and cost < 2.0 else max(0.3, 0.85 - 0.07 * max(cost, 0.0))), 1 + len(places)


def _cell(lines: Sequence[_Line], places: tuple[int, ...], column: int) -> Cell:
    inside = [line.span for line, place in zip(lines, places, strict=False) if place == column]
    return (inside[0][0], inside[-1][1]) if inside else None


def _lay(texts: tuple[str, ...], roles: tuple[str, ...], closed: bool) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to lay lines into columns in order: its cost, and the column of each line taken."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    ends: list[tuple[float, tuple[int, ...]]] = [] if closed and texts else [(_left_empty(roles, -1), ())]
    for index, text in enumerate(texts):
        ahead: dict[int, tuple[float, tuple[int, ...]]] = {}
        steps = _steps(texts[index - 1] if index else "", text, roles)
        for column, (cost, places) in best.items():
            for place in range(max(column, 0), len(roles)):
                step = steps.cost(column, place)
                if place not in ahead or cost + step < ahead[place][0]:
                    ahead[place] = (cost + step, (*places, place))
        best = ahead
        if not closed or index == len(texts) - 1:
            ends += [(cost + _left_empty(roles, column), places) for column, (cost, places) in best.items()]
    return min(ends)


class _Steps(NamedTuple):
    """What it costs that a line stands in a column, for each column: ``within``, after a line in the same one; ``begins``, after one in an
    earlier one, ``torn`` off it, where ``empty`` says what the columns between cost."""

    within: tuple[float, ...]
    begins: tuple[float, ...]
    torn: float
    empty: tuple[float, ...]

    def cost(self, column: int, place: int) -> float:
        """Of a line in the column ``place`` after one in ``column`` (-1: after none)."""
        if place == column:
            return self.within[place]
        return self.empty[place] - self.empty[column + 1] + (self.torn if column >= 0 else 0.0) + self.begins[place]


def _steps(before: str, text: str, roles: tuple[str, ...]) -> _Steps:
    joint = _goes_on(before, text)
    return _Steps(
        tuple(_goes_on_in(before, text, role, joint) for role in roles),
        tuple(oddness(text, role) for role in roles),
        1.5 * max(0.0, joint),
        _empty_before(roles),
    )


def _goes_on_in(before: str, text: str, role: str, joint: float) -> float:
    """How odd it would be for a cell of a column of this role to go on with a line; ``joint``: how likely the line goes on at all."""
    if _BULLET.match(text):
        # "Văn phòng ĐKĐĐ ⏎ - Kiểm tra hồ sơ": a list under a name is the next cell; a task goes on with bullets.
        return 2.5 if role in UNITS and not _BULLET.match(before) else 0.0
    return -joint + (3.0 if role == "deadline" and not says_a_time(text) else 0.0)


@lru_cache(maxsize=256)
def _empty_before(roles: tuple[str, ...]) -> tuple[float, ...]:
    """What it costs to leave all columns empty before each, and all of them."""
    return tuple(accumulate((_EMPTY.get(role, _EMPTY_ELSE) for role in roles), initial=0.0))


def _left_empty(roles: tuple[str, ...], column: int) -> float:
    empty = _empty_before(roles)
    return empty[-1] - empty[column + 1]
