"""Duties in tables: a column for who leads, one for who cooperates ("Cơ quan chủ trì", "Cơ quan phối hợp"), beside what is to be done.

In a column of units everything is a unit up to the end of its cell, also names that no list has ("Quỹ tín dụng nhân dân …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kehoach_parser.duties.cells import units_in
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Finding
from kehoach_parser.model import Row, Span, Table
from kehoach_parser.tables import says_a_time

_LEAST_CELLS = 2  # number and task alone are a group row
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}(?!\d)|ngày\s+\d")
_ROLES = ("lead", "cooperate", "assigned")


def table_duties(context: DutyContext, tables: Sequence[Table]) -> list[Finding]:
    """The duties that the text's tables give."""
    return [finding for table in tables if gives_duties(table) for finding in _of_table(context, table)]


def told_by_columns(tables: Sequence[Table]) -> list[Span]:
    """The spans of the tables that give duties by their columns alone, or none: in a catalogue, a list, a row of sums nobody is told
    anything."""
    return [table.span for table in tables if table.kind != "schedule" or gives_duties(table)]


def gives_duties(table: Table) -> bool:
    """Whether a table gives duties: one of duties, or a schedule that says who is in charge of each part ("Thời gian | Nội dung | Phụ
    trách"). Source: the guide of annotation."""
    roles = {column.role for column in table.columns}
    return table.kind == "duties" or (table.kind == "schedule" and "task" in roles and not roles.isdisjoint(_ROLES))


def _of_table(context: DutyContext, table: Table) -> Iterator[Finding]:
    """The duties of the rows. A row without a unit and without a time has those of the row above, and one of units alone has its task and
    its time: cells that were merged stand once."""
    above: list[Finding] = []
    for number, row in enumerate(table.rows):
        found = list(_of_row(context, table, row, number, above))
        if found:
            above = found
        elif (cells := _goes_with(context, table, row)) is not None:
            due = cells.get("deadline")
            found = [each._replace(node=row.node, task=cells["task"], due=due or each.due, row=(table.id, number)) for each in above]
        else:
            above = []
        yield from found


def _goes_with(context: DutyContext, table: Table, row: Row) -> dict[str, Span] | None:
    """The cells of a row that has a number and a task, but nobody who does it; None where it is another (a group row, a sum)."""
    cells = _by_role(context, table, row)
    return cells if "task" in cells and "number" in cells and len(cells) > _LEAST_CELLS and not set(cells) & set(_ROLES) else None


def _by_role(context: DutyContext, table: Table, row: Row) -> dict[str, Span]:
    """The cells of a row by the roles of their columns, the first of each role; of several times the last that says one: the end
    ("Bắt đầu | Kết thúc"), not how far it has come ("Thời hạn | Tiến độ")."""
    cells: dict[str, Span] = {}
    for column, cell in zip(table.columns, row.cells, strict=True):
        if cell is None:
            continue
        later = column.role == "deadline" and says_a_time(context.words.content[slice(*cell)])
        if later or column.role not in cells:
            cells[column.role] = cell
    return cells


def _day_above(content: str, table: Table, hours: Span | None) -> Span | None:
    """Where the day of a schedule stands: in its cell of hours ("7h30 ngày 20/8"), else on the line above it ("NGÀY 1: 24/8/2026")."""
    if hours is not None and _DAY.search(content, *hours):
        return hours
    end = table.span[0]
    while end > 0 and content[end - 1] in " \t\n|":
        end -= 1
    return content.rfind("\n", 0, end) + 1, end


def _opens_with_time(table: Table) -> bool:
    """Whether the rows are told by their times, which stand before what is to be done."""
    roles = [column.role for column in table.columns]
    return roles[0] == "deadline" and "task" in roles


def _of_row(context: DutyContext, table: Table, row: Row, number: int, above: Sequence[Finding]) -> Iterator[Finding]:
    cells = _by_role(context, table, row)
    task = cells.get("task")
    due = _day_above(context.words.content, table, cells.get("deadline")) if table.kind == "schedule" else cells.get("deadline")
    if task is None and above and "number" not in cells:
        task, due = above[0].task, due or above[0].due
    elif due is None and above and _opens_with_time(table):
        due = above[0].due  # "10-11/2019 | Lập nhiệm vụ | …" over " | Lấy ý kiến | …": one cell of time for both
    if task is None:
        return
    for column, cell in zip(table.columns, row.cells, strict=True):
        if cell is None or column.role not in _ROLES:
            continue
        for unit in units_in(context, cell):
            yield Finding(
                unit,
                column.role,
                True,
                row.node,
                task,
                context.texts.word_range(unit.span)[1],
                due=due,
                labelled=due is not None,
                row=(table.id, number),
                product=cells.get("product"),
            )
