"""Duties in the tables of annexes: a column for who leads, one for who cooperates ("Cơ quan chủ trì", "Cơ quan phối hợp").

Two shapes of a flattened table are read: rows whose cells are parted by "|", and a line for each cell. The head row has to name the
columns, and in the lead's cell the units have to come first, so that what stands in which column is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Finding
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


def table_duties(context: DutyContext, nodes: tuple[Node, ...]) -> list[Finding]:
    """The duties that the text's tables give."""
    content = context.words.content
    if "|" not in content and not any(_FIRST_COLUMN.match(content[slice(*line)].strip()) for line in _lines(content)):
        return []
    found: list[Finding] = []
    for head, rows in (*_piped(content), *_stacked(content)):
        columns = _columns(context, head)
        if columns is not None:
            found += [finding for row in rows for column in columns.roles for finding in _of_cell(context, nodes, row, column, columns)]
    return found


class _Columns(NamedTuple):
    """What the columns of a table hold: the role of those who do it, the work, and the time where one says it."""

    roles: dict[int, str]
    work: int
    time: int | None


def _columns(context: DutyContext, head: _Row) -> _Columns | None:
    """None where the head row names no column of units, or nothing else."""
    roles = {column: role for column, cell in enumerate(head.cells) if (role := _role(context, cell)) is not None}
    if not roles or len(roles) == len(head.cells):
        return None
    time = next((column for column, cell in enumerate(head.cells) if column not in roles and _is_time(context, cell)), None)
    return _Columns(roles, next((column for column, cell in enumerate(head.cells) if _is_work(context, cell)), 1), time)


def _of_cell(context: DutyContext, nodes: tuple[Node, ...], row: _Row, column: int, columns: _Columns) -> Iterator[Finding]:
    """The duties that a cell of units gives; those who lead have to come first in theirs."""
    start, end = row.cells[column]
    role, task = columns.roles[column], row.cells[columns.work]
    node = max((node for node in nodes if node.span[0] <= start < node.span[1]), key=lambda node: node.span[0], default=None)
    due = (row.cells[0][0], row.cells[-1][1]) if columns.time is None else row.cells[columns.time]
    for paragraph in context.texts.of((row.cells[column],)):
        if not paragraph.groups or paragraph.groups[0].first - paragraph.first > (_MOST_BEFORE if role == "cooperate" else 0):
            continue
        for group in paragraph.groups:
            yield from (
                Finding(
                    named.unit,
                    role,
                    True,
                    node.id if node else None,
                    task if task[0] < task[1] else None,
                    group.end,
                    due=due,
                    labelled=columns.time is not None,
                )
                for named in group.units
                if named.unit.span[1] <= end
            )


def _role(context: DutyContext, cell: Span) -> str | None:
    """The role that the head of a column gives."""
    first, end = context.texts.word_range(cell)
    if not 0 < end - first <= _LABEL_WORDS or context.known.owner.after(context.words, first) is None:
        return None
    return next((role for role, phrases in context.known.labels if phrases.within(context.words, first, end)), None)


def _is_time(context: DutyContext, cell: Span) -> bool:
    first, end = context.texts.word_range(cell)
    return 0 < end - first <= _LABEL_WORDS and context.known.time.within(context.words, first, end)


def _is_work(context: DutyContext, cell: Span) -> bool:
    first, end = context.texts.word_range(cell)
    return 0 < end - first <= _LABEL_WORDS and context.known.content.within(context.words, first, end)


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
