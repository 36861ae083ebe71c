"""Words on a page into lines in reading order, by their boxes alone: the same for a text layer and for what OCR read.

1. Words of about one height on the page make a row, ordered from left to right.
2. Rows that leave one strip free make two columns: the head of a paper (organ left, Party or State line right), its end (recipients left,
   signature right). The left column is read first. The State or Party line begins a column however narrow the strip is.
3. Words in the cells of a table make a line for each row of it: "| 1 | Bộ Công an | 10/2027 |".
4. A distance between rows that is larger than usual makes a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

from kehoach_parser.readers.cell_lines import one_line
from kehoach_parser.readers.words import Rect, Word
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import types_of_papers


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page. ``cells`` is not None for a row of a table: the words of each cell; ``words`` are then all of them.

    ``blank``: more space stands above it than between lines of one paragraph. ``again``: the head of a table, drawn again on another page;
    ``note``: a line of a footnote.
    """

    words: tuple[Word, ...]
    blank: bool = False
    cells: tuple[tuple[Word, ...], ...] | None = None
    again: bool = False
    note: bool = False

    @property
    def text(self) -> str:
        """The words with single blanks between them."""
        return " ".join(word.text for word in self.words)


#: How much of a height two words may differ in their foot and still stand in one row.
_ON_A_ROW = 0.45
#: A strip this wide, in heights of letters, parts columns; blanks of justified lines are narrower.
_GUTTER = 1.6
#: Rows that stand further apart than so many usual distances belong to different paragraphs, or to different blocks of the page.
_PARAGRAPH, _BLOCK = 1.3, 4.0
#: Up to so many, lines of one sentence may stand apart (28 points where 14 are usual seen).
_SPACED = 2.5
_RIGHT_HEAD = re.compile(r"(?:cong\s*hoa\s*xa\s*hoi\s*chu|dang\s*cong\s*san\s*viet)")
_LEAST_ROWS = 2  # with words on both sides: one wide blank makes no columns
_LOOK_AHEAD = 3
_LEAST_FULL = 4
# The last line of each column of a head: "Số: 15/KH-UBND", "Hà Nội, ngày 03 tháng 02 năm 2026".
_HEAD_ENDS = re.compile(r"so\b[\s:.]|.*\bngay\b.*\bnam\b")
_SAME_LINE = 0.7  # of the distance of lines: columns whose lines do not quite meet


def arrange(words: Sequence[Word], cells: Sequence[Sequence[Rect | None]] = ()) -> tuple[Row, ...]:
    """The rows of a page in reading order. ``cells``: for each row of each table on the page, the boxes of its cells
    (None: an empty cell)."""
    inside, outside = _in_tables(words, cells)
    rows = _ordered(_rows(outside))
    if not inside:
        return tuple(rows)
    placed = [(_top(cells[number]), row) for number, row in inside.items()]
    out: list[Row] = []
    for row in rows:
        top = min(word.box[1] for word in row.words)
        while placed and placed[0][0] < top:
            out.append(placed.pop(0)[1])
        out.append(row)
    return tuple(out + [row for _, row in placed])


def _in_tables(words: Sequence[Word], cells: Sequence[Sequence[Rect | None]]) -> tuple[dict[int, Row], list[Word]]:
    found: dict[int, list[list[Word]]] = {number: [[] for _ in row] for number, row in enumerate(cells)}
    outside = []
    for word in words:
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        for number, row in enumerate(cells):
            at = next((i for i, box in enumerate(row) if box and box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
            if at is not None:
                found[number][at].append(word)
                break
        else:
            outside.append(word)
    rows: dict[int, Row] = {}
    for number, columns in found.items():
        read = tuple(one_line(_rows(column), box) if box else () for column, box in zip(columns, cells[number], strict=True))
        if any(read):
            rows[number] = Row(tuple(word for column in read for word in column), cells=read)
    return dict(sorted(rows.items(), key=lambda item: _top(cells[item[0]]))), outside


def _top(row: Sequence[Rect | None]) -> float:
    return min(box[1] for box in row if box)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand at one height; small ones (marks above the line) go with the row that they touch."""
    rows: list[list[Word]] = []
    feet: list[float] = []
    for word in sorted(words, key=lambda word: (word.box[3], word.box[0])):
        height = word.box[3] - word.box[1]
        best = None
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            size = max(height, median(other.box[3] - other.box[1] for other in rows[at]))
            if abs(word.box[3] - feet[at]) <= _ON_A_ROW * size and not _over(word, rows[at]):
                best = at
                break
        if best is None:
            rows.append([word])
            feet.append(word.box[3])
        else:
            rows[best].append(word)
            feet[best] = median(other.box[3] for other in rows[best])
    return [sorted(row, key=lambda word: word.box[0]) for _, row in sorted(zip(feet, rows, strict=True), key=lambda pair: pair[0])]


def _over(word: Word, row: Sequence[Word]) -> bool:
    """Does the word stand on top of one of the row? Then it belongs to the line below or above."""
    middle = (word.box[0] + word.box[2]) / 2
    return any(
        other.box[0] < middle < other.box[2] and abs(other.box[3] - word.box[3]) > 0.2 * (other.box[3] - other.box[1]) for other in row
    )


def _height(rows: Sequence[Sequence[Word]]) -> float:
    return float(median(word.box[3] - word.box[1] for row in rows for word in row))


def _ordered(rows: list[list[Word]]) -> list[Row]:
    if not rows:
        return []
    height = _height(rows)
    pitch = _pitch(rows, height)
    out: list[Row] = []
    at = 0
    while at < len(rows):
        end, strip = _columns(rows, at, height, pitch)
        if strip is None:
            out += _spaced([rows[at]], pitch, out, rows[at - 1] if at else None)
            at += 1
            continue
        middle = (strip[0] + strip[1]) / 2
        within = [word for row in rows[at:end] for word in row]
        # Columns may be set in different sizes; each has rows of its own.
        left, right = [word for word in within if word.box[0] < middle], [word for word in within if word.box[0] >= middle]
        out += _spaced(_rows(left), pitch, out, rows[at - 1] if at else None)
        out += _spaced(_rows(right), pitch, out, None)
        at = end
    return out


def _spaced(rows: list[list[Word]], pitch: float, before: list[Row], above: list[Word] | None) -> list[Row]:
    out: list[Row] = []
    for row in rows:
        distance = _foot(row) - _foot(above) if above else None
        apart = distance is None or (distance > _PARAGRAPH * pitch and not (above and distance <= _SPACED * pitch and _goes_on(above, row)))
        out.append(Row(tuple(row), blank=bool(before or out) and apart))
        above = row
    return out


def _goes_on(above: Sequence[Word], row: Sequence[Word]) -> bool:
    """Does a row go on with the sentence above it, as the second line of a subject does that is set with wide lines?"""
    first, last = row[0].text, above[-1].text
    return len(first) > 1 and first.isalpha() and first.islower() and last[-1:].isalnum()


def _foot(row: Sequence[Word]) -> float:
    return float(median(word.box[3] for word in row))


def _pitch(rows: Sequence[Sequence[Word]], height: float) -> float:
    """The usual distance of lines in a paragraph: below lines that reach the right margin; where those are few, the smaller distances."""
    margin = max(row[-1].box[2] for row in rows)
    within, near = [], []
    for above, below in pairwise(rows):
        distance = _foot(below) - _foot(above)
        if 0.7 * height < distance < 2.5 * height:
            near.append(distance)
            if above[-1].box[2] > margin - height:
                within.append(distance)
    if len(within) >= _LEAST_FULL:
        return float(median(within))
    return sorted(near)[len(near) // 4] if near else 1.4 * height


Strip = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Gap:
    """A strip that may part columns, and the width that has to stay free. ``head``: it stands before the State or Party line."""

    strip: Strip
    least: float
    head: bool


@dataclass(frozen=True, slots=True)
class _Sides:
    """On which sides of a strip a row has words."""

    left: bool
    right: bool

    @property
    def both(self) -> bool:
        return self.left and self.right


def _columns(rows: Sequence[Sequence[Word]], at: int, height: float, pitch: float) -> tuple[int, Strip | None]:
    """Where the two columns that begin with a row end (exclusive), and the strip between them; None where there are none."""
    best: tuple[int, Strip | None] = (at + 1, None)
    for gap in _gaps(rows, at, height, pitch):
        end, strip = _reach(rows, at, gap, height, pitch)
        if strip is not None and end > best[0] - (best[1] is None):
            best = end, strip
    return best


def _reach(rows: Sequence[Sequence[Word]], at: int, gap: _Gap, height: float, pitch: float) -> tuple[int, Strip | None]:
    """Where the columns that a gap parts end, and what all their rows leave free of it; None where there are words on one side only."""
    free, end = gap.strip, at
    sides: list[_Sides] = []
    for number in range(at, len(rows)):
        row = rows[number]
        distance = _foot(row) - _foot(rows[number - 1]) if number > at else 0.0
        narrowed = _free(row, free, gap.least)
        if distance > _BLOCK * pitch or number - end > _LOOK_AHEAD or narrowed is None or not _parted(row, narrowed, height):
            break
        if gap.head and _on_both(sides) and _is_type(row):
            break  # the title, where it is set at the left margin
        free = narrowed
        sides.append(_Sides(row[0].box[0] < free[1], row[-1].box[0] >= free[1]))
        runs_on = _runs_on(sides[-1].left and end == number, distance, pitch) or (gap.head and _ends_head(row))
        if sides[-1].both or (runs_on and _on_both(sides)):
            end = number + 1
    enough = _on_both(sides) if gap.head else sum(side.both for side in sides) >= _LEAST_ROWS
    return end, free if enough else None


def _on_both(sides: Sequence[_Sides]) -> bool:
    """Is there a row on the left and one on the right, if not the same?"""
    return any(side.left for side in sides) and any(side.right for side in sides)


def _runs_on(below_left: bool, distance: float, pitch: float) -> bool:
    """Is a row on one side still of the columns? A list of recipients runs on below the signature, a title below the head stands apart."""
    return distance < _SAME_LINE * pitch or (below_left and distance <= _PARAGRAPH * pitch)


def _ends_head(row: Sequence[Word]) -> bool:
    return _HEAD_ENDS.match(fold(" ".join(word.text for word in row))) is not None


def _is_type(row: Sequence[Word]) -> bool:
    """Is a row the type of a paper and nothing else?"""
    return " ".join(word.text for word in row) in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(name.upper() for name in types_of_papers())


def _gaps(rows: Sequence[Sequence[Word]], at: int, height: float, pitch: float) -> list[_Gap]:
    """What may part columns that begin with a row: the strips that it leaves free, and those of the next rows if it is all on one side."""
    out: list[_Gap] = []
    for number in range(at, min(at + _LOOK_AHEAD, len(rows))):
        if number > at and (_foot(rows[number]) - _foot(rows[number - 1]) > _PARAGRAPH * pitch or len(out)):
            break
        row = rows[number]
        for place, word in enumerate(row):
            head = _is_head(row, place)
            if not head and place == 1 and row[0].text.isdigit():
                continue  # "1    Theo Kế hoạch …": a number before its line is no column
            left = max((other.box[2] for other in row[:place]), default=word.box[0] - height)
            if head or (place and word.box[0] - left >= _GUTTER * height):
                out.append(_Gap((left, word.box[0]), 0.0 if head else _GUTTER * height, head))
    return sorted(out, key=lambda gap: (not gap.head, gap.strip[0] - gap.strip[1]))


def _is_head(row: Sequence[Word], place: int) -> bool:
    """Does the State or Party line begin with this word?"""
    return _RIGHT_HEAD.match(fold(" ".join(word.text for word in row[place:]))) is not None


def _parted(row: Sequence[Word], strip: Strip, height: float) -> bool:
    """Is the row on one side of the strip, or clearly in two pieces? A line that runs across has no more than a blank there."""
    place = next((place for place, word in enumerate(row) if word.box[0] >= strip[1]), 0)
    if not place:
        return True
    between = row[place].box[0] - max(word.box[2] for word in row[:place])
    return between >= _GUTTER * height or _is_head(row, place)


def _free(row: Sequence[Word], strip: Strip, least: float) -> Strip | None:
    """What a row leaves of a strip; None where it leaves less than ``least``."""
    left, right = strip
    for word in row:
        if word.box[2] <= left or word.box[0] >= right:
            continue
        # A word that reaches into the strip narrows it from the side where most of it lies.
        if (word.box[0] + word.box[2]) / 2 < (left + right) / 2:
            left = word.box[2]
        else:
            right = word.box[0]
        if right - left < least:
            return None
    return left, right
