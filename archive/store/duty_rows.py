"""Plan → the rows of the register: one for each task and unit (kehoach_parser.model.Task), the smallest place that says what it has to do.

A plan that an earlier version of the program read has assignments without tasks: each gives one row with what the assignment says
(`versions.without_tasks`), until it is read again (`keep.reparsing`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

from archive.common.duty_places import tasks_of, zone_of
from archive.common.keys import SEGMENT, name_key
from archive.common.outline import trails
from archive.common.words import TextWords
from archive.store.plan_rows import Rows, stands
from archive.values.documents import Span
from kehoach_parser import Plan
from kehoach_parser.model import Assignment, Node, Task

_LINE_END = re.compile(r"\r\n|\r|\n")

#: Words of the text of a duty that are kept for matching; a whole chapter assigned to a unit matches everything.
MATCHED_WORDS = 600


def duty_rows(plan: Plan, text: str, words: TextWords) -> list[Rows]:
    """The rows of a plan's assignments, in the plan's order, the tasks of each in theirs; ``words`` are those of the text as printed. Ids
    are none yet, and units as they were read: these the archive says (`projection.Projected`)."""
    starts = [span[0] for span in words.spans]
    breaks = [match.start() for match in _LINE_END.finditer(text)]
    above = trails(plan)
    nodes = {node.id: node for node in plan.nodes}
    passages = _Passages(plan)
    rows: list[Rows] = []
    for number, (index, assignment, task) in enumerate(tasks_of(plan)):
        unit, node = assignment.unit, None if task.node is None else nodes.get(task.node)
        passage = passages.of(assignment, task)
        begins = task.task.span if task.task is not None else unit.span
        under = _said_above(assignment, task)
        headings = [*above[node.id], node.heading.value if node.heading else ""] if node else []
        table, row = task.row or (None, None)
        zone, part = zone_of(plan, task.node, begins[0])
        rows.append(
            {
                **stands(number, unit.span),
                "assignment": index,
                "unit": unit.value,
                "unit_key": unit.key,
                "unit_folded": name_key(unit.value),
                "stands_for": unit.stands_for.key if unit.stands_for else None,
                "role": task.role,
                "is_primary": assignment.primary,
                "node": task.node,
                "table_number": table,
                "row_number": row,
                "zone": zone,
                "part": part,
                "line": bisect_left(breaks, begins[0]) + 1,
                "begins": begins[0],
                "text_start": passage[0],
                "text_end": passage[1],
                "under": under,
                "task": task.task.value if task.task else None,
                "deadline": task.deadline,
                "recurs": task.recurs or (plan.dates[task.deadline].recurs if task.deadline is not None else None),
                "time_words": task.when.value if task.when else None,
                "product": task.product.value if task.product else None,
                "reports_to": task.reports_to,
                "certainty": unit.certainty,
                **_matched(task, [*headings, under or ""], words, starts, passage),
            }
        )
    return rows


def _said_above(assignment: Assignment, task: Task) -> str | None:
    """What the head says to all of its tasks ("Sở Y tế chủ trì về tiêm chủng:"), where that is none of the tasks itself."""
    own = assignment.task
    if own is None or any(each.task is not None and each.task.span[0] == own.span[0] for each in (task, *assignment.tasks)):
        return None
    return own.value


class _Passages:
    """Looks up the text of a duty, in which words are looked for: what its node says itself, where the unit heads it and no other task
    stands in it; else the task alone, for what stands around it is another's (a row of a table, a further paragraph)."""

    def __init__(self, plan: Plan) -> None:
        self._nodes: Mapping[int, Node] = {node.id: node for node in plan.nodes}
        self._first_below: dict[int, int] = {}
        for node in reversed(plan.nodes):
            if node.parent is not None:
                self._first_below[node.parent] = node.span[0]
        self._tasks: dict[int | None, set[int]] = defaultdict(set)
        for _, assignment, task in tasks_of(plan):
            if assignment.primary and task.task is not None:
                self._tasks[task.node].add(task.task.span[0])

    def of(self, assignment: Assignment, task: Task) -> Span:
        """The text of a task, as a span."""
        own = task.task.span if task.task is not None else assignment.unit.span
        node = None if task.node is None else self._nodes.get(task.node)
        if node is None or not assignment.primary or task.row is not None or len(self._tasks[task.node]) > 1:
            return own
        return min(node.span[0], own[0]), max(self._first_below.get(node.id, node.span[1]), own[1])


def _matched(task: Task, headings: list[str], words: TextWords, starts: list[int], passage: Span) -> Rows:
    """What the index of duties is made of."""
    first = bisect_left(starts, passage[0])
    end = min(bisect_left(starts, passage[1]), first + MATCHED_WORDS)
    said = name_key(task.task.value) if task.task else " "
    return {
        "words": SEGMENT.join([said, name_key(" . ".join(headings)), f" {' '.join(words.folded[first:end])} "]),
        "skeletons": f" {' '.join(word for word in words.skeletons[first:end] if word)} ",
    }
