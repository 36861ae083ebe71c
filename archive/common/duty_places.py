"""The rows of a plan's register and where each stands: one for each task and the unit that has it."""

from __future__ import annotations

from collections.abc import Iterator

from kehoach_parser import Plan
from kehoach_parser.model import Assignment, Task


def whole_task(assignment: Assignment) -> Task:
    """What an assignment without tasks of its own says, as one; an earlier version of the program read such."""
    return Task(assignment.node, None, assignment.task, assignment.role, assignment.deadline, None, assignment.when, assignment.reports_to)


def tasks_of(plan: Plan) -> Iterator[tuple[int, Assignment, Task]]:
    """Each task with its assignment and that one's number, in the order of the rows."""
    for index, assignment in enumerate(plan.assignments):
        for task in assignment.tasks or (whole_task(assignment),):
            yield index, assignment, task


def places_of_duties(plan: Plan) -> Iterator[tuple[str, str]]:
    """For each task of a plan, in the order of its rows: its place, as the path of its node or the zone outside the outline, with the table
    and row that it stands in; and the key of its unit as it was read, whatever a user taught of it."""
    paths = {node.id: node.path for node in plan.nodes}
    for _, assignment, task in tasks_of(plan):
        path = None if task.node is None else paths.get(task.node)
        if path is None:
            begins = task.task.span if task.task is not None else assignment.unit.span
            path = ":".join(part or "" for part in zone_of(plan, None, begins[0]))
        yield ":".join((path, *map(str, task.row or ()))), assignment.unit.key


def zone_of(plan: Plan, node: int | None, offset: int) -> tuple[str, str | None]:
    """Where a duty stands that no node holds: closing | annex | attached | preamble | body, and the label of its annex ("PHỤ LỤC II")."""
    part = next((part for part in plan.parts if part.span[0] <= offset < part.span[1]), None)
    label = part.label if part is not None and part.role != "main" else None
    if node is not None:
        zone = "body"
    elif plan.closing is not None and plan.closing[0] <= offset < plan.closing[1]:
        zone = "closing"
    elif part is not None and part.role != "main":
        zone = part.role
    else:
        zone = "preamble" if any(start <= offset < end for start, end in plan.preamble) else "body"
    return zone, label
