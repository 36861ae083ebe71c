"""Duties in tables: a column for who leads, one for who cooperates ("Cơ quan chủ trì", "Cơ quan phối hợp"), beside what is to be done.

In a column of units everything is a unit up to the end of its cell, also names that no list has ("Quỹ tín dụng nhân dân …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Finding
from kehoach_parser.found import FoundUnit
from kehoach_parser.model import Row, Span, Table
from kehoach_parser.units import key_of

_LEAST_CELLS = 2  # number and task alone are a group row
_ROLES = ("lead", "cooperate", "assigned")
# Between the units of a cell: a semicolon, a comma, "và", a bullet on a new line.
_SEPARATOR = re.compile(
    r"[;,]|(?<=\s)(?:và|cùng|và các đơn vị)(?=\s)|\n\s*[-–+*•]\s*|\n(?=(?:Sở|UBND|Ủy ban|Ban|Công an|Phòng|Văn phòng|Các|Bộ)\s)"
)
_MOST_WORDS = 20  # in the name of a unit that no list has
_MOST_OF = 0.8  # share of a name that a listed unit makes up, to stand for it
_UNLISTED = 0.6  # certainty of such a name
_BLANKS = re.compile(r"\s*")
_LETTER = re.compile(r"[^\W\d_]")


def table_duties(context: DutyContext, tables: Sequence[Table]) -> list[Finding]:
    """The duties that the text's tables give."""
    return [finding for table in tables if table.kind == "duties" for finding in _of_table(context, table)]


def _of_table(context: DutyContext, table: Table) -> Iterator[Finding]:
    """The duties of the rows. A row without a unit and without a time has those of the row above: cells that were merged stand once."""
    above: list[Finding] = []
    for number, row in enumerate(table.rows):
        found = list(_of_row(context, table, row, number))
        if found:
            above = found
        elif (cells := _goes_with(table, row)) is not None:
            due = cells.get("deadline")
            found = [replace(each, node=row.node, task=cells["task"], due=due or each.due, row=(table.id, number)) for each in above]
        else:
            above = []
        yield from found


def _goes_with(table: Table, row: Row) -> dict[str, Span] | None:
    """The cells of a row that has a number and a task, but nobody who does it; None where it is another (a group row, a sum)."""
    cells = {column.role: cell for column, cell in zip(table.columns, row.cells, strict=True) if cell is not None}
    return cells if "task" in cells and "number" in cells and len(cells) > _LEAST_CELLS and not set(cells) & set(_ROLES) else None


def _of_row(context: DutyContext, table: Table, row: Row, number: int) -> Iterator[Finding]:
    cells = {column.role: cell for column, cell in zip(table.columns, row.cells, strict=True) if cell is not None}
    task = cells.get("task")
    if task is None:
        return
    for column, cell in zip(table.columns, row.cells, strict=True):
        if cell is None or column.role not in _ROLES:
            continue
        for unit in _units(context, cell):
            yield Finding(
                unit,
                column.role,
                True,
                row.node,
                task,
                context.texts.word_range(unit.span)[1],
                due=cells.get("deadline"),
                labelled="deadline" in cells,
                row=(table.id, number),
                product=cells.get("product"),
            )


def _units(context: DutyContext, cell: Span) -> Iterator[FoundUnit]:
    """The units of a cell, in order: what stands between its separators is one name, whatever part of it a list has."""
    named = [
        unit.unit
        for paragraph in context.texts.of((cell,))
        for group in paragraph.groups
        for unit in group.units
        if unit.unit.span[1] <= cell[1]
    ]
    for start, end in _names(context.words.content, cell, [unit.span for unit in named]):
        inside = [unit for unit in named if start <= unit.span[0] < end]
        if len(inside) == 1 and inside[0].span[1] - inside[0].span[0] >= _MOST_OF * (end - start):
            yield inside[0]
        elif (unit := _unlisted(context, start, end)) is not None:
            yield unit


def _names(content: str, cell: Span, listed: Sequence[Span]) -> Iterator[Span]:
    """What stands between the separators of a cell."""
    start = cell[0]
    for mark in _SEPARATOR.finditer(content, *cell):
        if _parts(content, mark, listed):
            yield start, mark.start()
            start = mark.end()
    yield start, cell[1]


def _parts(content: str, mark: re.Match[str], listed: Sequence[Span]) -> bool:
    """Whether a separator parts two names: not within a listed one ("các sở, ban, ngành"), nor before a word in small letters that goes on
    with the name ("Cơ quan, địa phương liên quan"), unless a listed name begins there and one ends before.
    """
    if any(first < mark.end() and mark.start() < last for first, last in listed):
        return False
    gap = _BLANKS.match(content, mark.end())
    following = gap.end() if gap else mark.end()
    if ";" in mark.group() or not content[following : following + 1].islower():
        return True
    if content.startswith("cấp ", following):  # "Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã"
        return False
    begins = any(first == following for first, _ in listed)
    return begins and ("," not in mark.group() or any(last == mark.start() for _, last in listed))


def _unlisted(context: DutyContext, start: int, end: int) -> FoundUnit | None:
    """A piece of a cell as a unit that no list has; None for what is no name."""
    content = context.words.content[start:end]
    raw = content.strip(" \t\n-–+*•.,")
    if not _LETTER.search(raw) or len(raw.split()) > _MOST_WORDS:
        return None
    at = start + content.index(raw)
    value = " ".join(raw.split())
    return FoundUnit(value, raw, (at, at + len(raw)), _UNLISTED, key_of(value, False, context.scope))
