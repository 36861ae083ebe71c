"""Corrections of units and duties laid over a plan. A duty is a row of the register: a task, and a unit that has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.amend.anchors import LONGEST, chosen, located
from archive.amend.plans import AGREES, APPLIED, Placed, part_of, said_field, standing, unplaced, with_one, words_of
from archive.amend.said import ends_of
from archive.common.duty_places import whole_task
from archive.values.corrections import Correction
from archive.values.documents import Span
from kehoach_parser import Plan, fold
from kehoach_parser.knowledge import key_of_unit, place_of_organ
from kehoach_parser.model import Assignment, DateMention, Field, Task, Unit


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the register: the place of the assignment in the plan's list and of the task in its own (-1: it has none of its own)."""

    assignment: int
    task: int


def rows_of(plan: Plan) -> tuple[Row, ...]:
    """The rows of a plan's register, in the order in which they are numbered."""
    return tuple(
        Row(number, at) for number, each in enumerate(plan.assignments) for at in (range(len(each.tasks)) if each.tasks else (-1,))
    )


def task_of(plan: Plan, row: Row) -> Task:
    """The task of a row; what an assignment without tasks says, as one."""
    whole = plan.assignments[row.assignment]
    return whole.tasks[row.task] if row.task >= 0 else whole_task(whole)


def spans_of(plan: Plan, row: Row) -> tuple[Span, Span | None]:
    """What a row is told by: the name of its unit, and the beginning of its task."""
    task = task_of(plan, row).task
    return plan.assignments[row.assignment].unit.span, (task.span[0], min(task.span[1], task.span[0] + LONGEST)) if task else None


def lay_unit(plan: Plan, text: str, correction: Correction) -> Placed:
    """The plan with another name of a unit at one place, for all duties that it has there."""
    spans = [each.unit.span for each in plan.assignments]
    number = chosen(text, correction.anchor, spans) if correction.anchor is not None else None
    name = words_of(correction.value)
    if number is None or name is None:
        return unplaced(plan)
    old = plan.assignments[number].unit
    unit = _unit(plan, old, name)
    assignments = tuple(replace(each, unit=unit) if each.unit.span == old.span else each for each in plan.assignments)
    return Placed(replace(plan, assignments=assignments), standing(correction, old.value), (old.span,))


def lay_duty(plan: Plan, text: str, correction: Correction) -> Placed:
    """The plan with a correction of a duty: one that is missing, one that is none, or its unit, role, task or deadline."""
    if isinstance(correction.value, dict):
        return _lay_missing(plan, text, correction)
    rows = rows_of(plan)
    spans = [spans_of(plan, row) for row in rows]
    anchor = correction.anchor
    number = chosen(text, anchor, [unit for unit, _ in spans], [task for _, task in spans]) if anchor is not None else None
    key, value = correction.field.partition(".")[2], words_of(correction.value)
    if number is None:
        gone = not key and anchor is not None and located(text, anchor)
        return Placed(plan, AGREES) if gone else unplaced(plan)
    row, task = rows[number], task_of(plan, rows[number])
    where = spans[number]
    if not key:
        return Placed(_released(_with_rows(plan, row), task.deadline), APPLIED, where)
    now = {
        "unit": plan.assignments[row.assignment].unit.value,
        "role": task.role,
        "task": task.task.value if task.task else None,
        "deadline": plan.dates[task.deadline].value if task.deadline is not None else None,
    }[key]
    return Placed(_SET[key](plan, row, task, value), standing(correction, now), where)


def _with_unit(plan: Plan, row: Row, task: Task, value: str | None) -> Plan:
    """Another unit for one task; the unit that was read keeps its others."""
    whole = plan.assignments[row.assignment]
    unit = _unit(plan, whole.unit, value or whole.unit.value)
    if len(whole.tasks) < 2:
        return replace(plan, assignments=with_one(plan.assignments, row.assignment, replace(whole, unit=unit)))
    own = _of_tasks(replace(whole, unit=unit), (task,))
    return _with_rows(plan, row, own)


def _with_role(plan: Plan, row: Row, task: Task, value: str | None) -> Plan:
    return _with_task(plan, row, replace(task, role=value or task.role))


def _with_words(plan: Plan, row: Row, task: Task, value: str | None) -> Plan:
    return _with_task(plan, row, replace(task, task=said_field(task.task, value, plan.assignments[row.assignment].unit.span[1])))


def _with_deadline(plan: Plan, row: Row, task: Task, value: str | None) -> Plan:
    plan, bare = _with_task(plan, row, replace(task, deadline=None, recurs=None, when=None)), task.deadline
    if value is None:
        return _released(plan, bare)
    old = plan.dates[bare] if bare is not None else None
    end = plan.assignments[row.assignment].unit.span[1]
    plan, number = _with_date(_released(plan, bare), value, old.span if old else (end, end), old.raw if old else "", task.node)
    return _with_task(plan, row, replace(task, deadline=number, recurs=None, when=None))


_SET = {"unit": _with_unit, "role": _with_role, "task": _with_words, "deadline": _with_deadline}


def _released(plan: Plan, number: int | None) -> Plan:
    """A plan in which a date that was a duty's deadline is that of none any more, unless another duty has it."""
    if number is None or any(task_of(plan, row).deadline == number for row in rows_of(plan)):
        return plan
    return replace(plan, dates=with_one(plan.dates, number, replace(plan.dates[number], role="event")))


def _with_date(plan: Plan, value: str, span: Span, raw: str, node: int | None) -> tuple[Plan, int]:
    """A plan with one more deadline, and its number: other duties keep the one that is printed for them, too."""
    first, last = ends_of(value)
    date = DateMention(span, raw, value, first, last, None, "deadline", node)
    return replace(plan, dates=(*plan.dates, date)), len(plan.dates)


def _with_task(plan: Plan, row: Row, task: Task) -> Plan:
    """A plan with another task in a row; an assignment of one task says what that says."""
    whole = plan.assignments[row.assignment]
    tasks = with_one(whole.tasks, row.task, task) if row.task >= 0 else whole.tasks
    if len(whole.tasks) < 2:
        own = task.task if whole.task is None or row.task < 0 or whole.task == whole.tasks[row.task].task else whole.task
        others = (number for number in whole.deadlines if number != whole.deadline)
        said = tuple(sorted({*others, *(() if task.deadline is None else (task.deadline,))}))
        whole = replace(whole, role=task.role, task=own, deadline=task.deadline, deadlines=said, when=task.when)
    return replace(plan, assignments=with_one(plan.assignments, row.assignment, replace(whole, tasks=tasks)))


def _with_rows(plan: Plan, row: Row, *instead: Assignment) -> Plan:
    """A plan with others, or none, in the place of a row; they stand behind what is left of its assignment."""
    whole = plan.assignments[row.assignment]
    left = with_one(whole.tasks, row.task) if row.task >= 0 else ()
    rest = (_of_tasks(whole, left),) if left else ()
    return replace(plan, assignments=with_one(plan.assignments, row.assignment, *rest, *instead))


def _of_tasks(whole: Assignment, tasks: Sequence[Task]) -> Assignment:
    """An assignment of some of its tasks; the text of a head that was a task of its own goes with that task."""
    gone = {each.task.span for each in whole.tasks if each.task and each not in tasks}
    if whole.task is None or whole.task.span not in gone:
        return replace(whole, tasks=tuple(tasks))
    first = tasks[0]
    deadlines = tuple(sorted({*whole.deadlines, *(() if first.deadline is None else (first.deadline,))}))
    return replace(whole, tasks=tuple(tasks), role=first.role, task=first.task, deadline=first.deadline, deadlines=deadlines)


def _unit(plan: Plan, old: Unit, name: str) -> Unit:
    """A unit by the name that it truly has; the print stays."""
    if name == old.value:
        return replace(old, certainty=1.0)
    return Unit(name, old.raw, old.span, 1.0, _key(plan, name, old.key.partition(" @ ")[2]))


def _key(plan: Plan, name: str, place: str) -> str:
    """The identity of a unit named in a plan: that of its other mentions, else by the place of the plan."""
    for each in plan.assignments:
        if fold(each.unit.value) == fold(name):
            return each.unit.key
    organ, where, parent = (each.value if each else None for each in (plan.header.organ, plan.header.place, plan.header.parent_organ))
    own = place_of_organ(organ, where, parent)
    return key_of_unit(name, own or None) or " @ ".join(filter(None, (fold(name), place or fold(own))))


def _lay_missing(plan: Plan, text: str, correction: Correction) -> Placed:
    """The plan with a duty that the reader did not find, at the place that was named, else at the beginning."""
    name, words = part_of(correction.value, "unit") or "", part_of(correction.value, "task") or ""
    places = located(text, correction.anchor) if correction.anchor is not None else ((0, 0),)
    if not places:
        return unplaced(plan)
    if any(fold(unit) == fold(name) and fold(task) == fold(words) for unit, task in _told(plan)):
        return Placed(plan, AGREES)
    place = places[0]
    node = next((each.id for each in reversed(plan.nodes) if each.span[0] <= place[0] < each.span[1]), None) if correction.anchor else None
    deadline, day = None, part_of(correction.value, "deadline")
    if day is not None:
        plan, deadline = _with_date(plan, day, (place[1], place[1]), "", node)
    own, role = _printed(text, name, place), part_of(correction.value, "role") or "assigned"
    unit = Unit(own.value, own.raw, own.span, 1.0, _key(plan, name, ""))
    task = Task(node, None, _printed(text, words, place), role, deadline)
    whole = Assignment(unit, role, True, node, task.task, deadline, deadlines=() if deadline is None else (deadline,), tasks=(task,))
    return Placed(replace(plan, assignments=(*plan.assignments, whole)), APPLIED, (unit.span, task.task.span if task.task else None))


def _told(plan: Plan) -> Iterator[tuple[str, str]]:
    for row in rows_of(plan):
        task = task_of(plan, row).task
        yield plan.assignments[row.assignment].unit.value, task.value if task else ""


def _printed(text: str, words: str, place: Span) -> Field:
    """Words where they stand within a place, else, empty, at its beginning."""
    at = text.find(words, *place)
    return Field(words, words, (at, at + len(words))) if at >= 0 else Field(words, "", (place[0], place[0]))
