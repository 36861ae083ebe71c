"""Duties in the tables of annexes: a column for who leads, one for who cooperates ("Cơ quan chủ trì", "Cơ quan phối hợp").

Two shapes of a flattened table are read: rows whose cells are parted by "|", and a line for each cell. The head row has to name the
columns, and in the lead's cell the units have to come first, so that what stands in which column is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.orders import Reader
from kehoach_parser.model import Node, Span

_LABEL_WORDS = 9
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?[.)]?$")
_BOUNDARY = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})?|[IVX]{1,5}|[A-H])[.)]?$")
_OPENING = re.compile(r"(?:1|1\.1|I|A)[.)]?$")
_FIRST_COLUMN = re.compile(r"(?:s[ốô6óo]\s*)?s?tt$", re.I)
_MOST_COLUMNS = 9
_LEAST_ROWS = 2
_MOST_BEFORE = 3  # words before the first unit of those who cooperate ("Doanh nghiệp; các sở, ngành")
_MOST_WRAPPED = 6  # lines that a cell may have beyond its first


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Span, ...]


def table_duties(reader: Reader, nodes: tuple[Node, ...]) -> list[Finding]:
    """The duties that the text's tables give."""
    content = reader.words.content
    if "|" not in content and not any(_FIRST_COLUMN.match(content[slice(*line)].strip()) for line in _lines(content)):
        return []
    found: list[Finding] = []
    for head, rows in (*_piped(content), *_stacked(content)):
        roles = {column: role for column, cell in enumerate(head.cells) if (role := _role(reader, cell)) is not None}
        if not roles or len(roles) == len(head.cells):
            continue
        time = next((column for column, cell in enumerate(head.cells) if column not in roles and _is_time(reader, cell)), None)
        task = next((column for column, cell in enumerate(head.cells) if _is_work(reader, cell)), 1)
        for row in rows:
            for column, role in roles.items():
                found += _of_cell(reader, nodes, row, column, role, row.cells[task], None if time is None else row.cells[time])
    return found


def _of_cell(reader: Reader, nodes: tuple[Node, ...], row: _Row, column: int, role: str, task: Span, time: Span | None) -> list[Finding]:
    start = row.cells[column][0]
    node = max((node for node in nodes if node.span[0] <= start < node.span[1]), key=lambda node: node.span[0], default=None)
    due = time or (row.cells[0][0], row.cells[-1][1])
    return [
        Finding(
            named.unit,
            role,
            True,
            node.id if node else None,
            task if task[0] < task[1] else None,
            group.end,
            due=due,
            labelled=time is not None,
        )
        for paragraph in reader.texts.paragraphs((row.cells[column],))
        for group in paragraph.groups
        if paragraph.groups[0].first - paragraph.first <= (_MOST_BEFORE if role == "cooperate" else 0)
        for named in group.units
        if named.unit.span[1] <= row.cells[column][1]
    ]


def _role(reader: Reader, cell: Span) -> str | None:
    """The role that the head of a column gives."""
    first, end = reader.texts.word_range(cell)
    if not 0 < end - first <= _LABEL_WORDS or reader.known.owner.after(reader.words, first) is None:
        return None
    return next((role for role, phrases in reader.known.labels if phrases.within(reader.words, first, end)), None)


def _is_time(reader: Reader, cell: Span) -> bool:
    first, end = reader.texts.word_range(cell)
    return 0 < end - first <= _LABEL_WORDS and reader.known.time.within(reader.words, first, end)


def _is_work(reader: Reader, cell: Span) -> bool:
    first, end = reader.texts.word_range(cell)
    return 0 < end - first <= _LABEL_WORDS and reader.known.content.within(reader.words, first, end)


def _lines(content: str) -> Iterator[Span]:
    """Each line that is not blank."""
    at = 0
    for line in content.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _piped(content: str) -> Iterator[tuple[_Row, list[_Row]]]:
    """Tables whose cells are parted by "|": the head row and the rows with as many cells."""
    rows: list[_Row] = []
    for start, end in (*_lines(content), (len(content), len(content))):
        cells = _cells(content, start, end)
        if len(cells) >= 3:
            rows.append(_Row(cells))
            continue
        if len(rows) > 1:
            yield rows[0], [row for row in rows[1:] if len(row.cells) == len(rows[0].cells)]
        rows = []


def _cells(content: str, start: int, end: int) -> tuple[Span, ...]:
    line = content[start:end].rstrip()
    lead = len(line) - len(line.lstrip(" \t"))
    if not line[lead:].startswith("|") or not line.endswith("|"):
        return ()
    out, at = [], start + lead + 1
    for piece in line[lead + 1 : -1].split("|"):
        left = len(piece) - len(piece.lstrip())
        out.append((at + left, max(at + left, at + len(piece.rstrip()))))
        at += len(piece) + 1
    return tuple(out)


def _stacked(content: str) -> Iterator[tuple[_Row, list[_Row]]]:
    """Tables with a line for each cell, from the line "TT" on; a row with more lines has them in its second cell, what is to be done."""
    lines = list(_lines(content))
    texts = [content[start:end].strip() for start, end in lines]
    for number, text in enumerate(texts):
        if not _FIRST_COLUMN.match(text):
            continue
        first = next((i for i in range(number + 3, min(number + _MOST_COLUMNS + 1, len(texts))) if _OPENING.match(texts[i])), None)
        if first is None:
            continue
        width = first - number
        rows = [_Row(cells) for cells in _rows(lines, texts, first, width)]
        if len(rows) >= _LEAST_ROWS:
            yield _Row(tuple(lines[number:first])), rows


def _rows(lines: list[Span], texts: list[str], at: int, width: int) -> Iterator[tuple[Span, ...]]:
    """The cells of each row from a line on, as long as a number follows on a row."""
    most = width + _MOST_WRAPPED
    while at < len(texts):
        after = next((i for i in range(at + 1, min(at + most + 1, len(texts))) if _BOUNDARY.match(texts[i])), None)
        if _NUMBER.match(texts[at]):
            end = at + width if after is None else after
            if at + width <= end <= len(lines):
                wrapped = end - at - width
                yield (lines[at], (lines[at + 1][0], lines[at + 1 + wrapped][1]), *lines[at + 2 + wrapped : end])
        if after is None:
            return
        at = after
