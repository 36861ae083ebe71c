"""The register of tasks (sổ theo dõi nhiệm vụ): one line for each task, with the units that lead it and those that cooperate.

A plan says "Sở A chủ trì, phối hợp với Sở B, Sở C …" once; as duties these are three, on the register they are one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from archive.common.keys import name_key
from archive.values.duties import Duty, Task

#: The units of these roles are who does it; one that cooperates stands beside them.
_COOPERATE = "cooperate"


@dataclass
class _Line:
    """A task while its duties are being gathered."""

    leads: list[Duty] = field(default_factory=list)
    helpers: list[Duty] = field(default_factory=list)
    #: The duties whose units lead this task too, where it is a further paragraph of their item.
    led_by: list[Duty] = field(default_factory=list)


def tasks_of(duties: Iterable[Duty]) -> tuple[Task, ...]:
    """The tasks of duties (those of one plan in any order), by plan, then in the order of the text."""
    ordered = sorted(duties, key=lambda duty: (duty.document.id, duty.number))
    found: list[Task] = []
    for _, of_plan in groupby(ordered, key=lambda duty: duty.document.id):
        found += _tasks_of_plan(tuple(of_plan))
    return tuple(found)


def _tasks_of_plan(duties: Sequence[Duty]) -> list[Task]:
    settled = [duty for duty in duties if duty.unit_key]
    alone = [_task(_Line(leads=[duty]), ()) for duty in duties if not duty.unit_key]
    return [*_tasks_of_units(settled), *alone]


def _tasks_of_units(duties: Sequence[Duty]) -> list[Task]:
    lines: dict[tuple[object, ...], _Line] = {}
    for duty in duties:
        if duty.role != _COOPERATE:
            lines.setdefault(_same_task(duty), _Line()).leads.append(duty)
    further: dict[tuple[object, ...], _Line] = {}
    for duty in duties:
        if duty.role == _COOPERATE:
            line = _line_of(duty, lines)
            if line is None or not _is_part(duty, line.leads[0]):
                line = further.setdefault(_same_task(duty), _Line(led_by=line.leads if line else []))
            line.helpers.append(duty)
    made = [_task(line, duties) for line in (*lines.values(), *further.values())]
    return sorted(made, key=lambda task: min(duty.number for duty in task.duties))


def _same_task(duty: Duty) -> tuple[object, ...]:
    """What the duties of one line have in common."""
    own = duty.task if duty.task is not None else duty.place.span
    return duty.place.path, duty.row, duty.role, own, duty.deadline, duty.recurs


def _line_of(duty: Duty, lines: dict[tuple[object, ...], _Line]) -> _Line | None:
    """The line that a unit cooperates in: of the same row of a table or the same task; else the nearest one before it whose node holds it;
    else the next one there."""
    same = next((line for line in lines.values() if _stands_with(duty, line.leads[0])), None)
    if same is not None:
        return same
    around = [line for line in lines.values() if _holds(line.leads[0], duty)]
    before = [line for line in around if line.leads[0].number < duty.number]
    if before:
        deepest = max(len(line.leads[0].place.path or "") for line in before)
        return [line for line in before if len(line.leads[0].place.path or "") == deepest][-1]
    return around[0] if around else None


def _stands_with(duty: Duty, lead: Duty) -> bool:
    """Whether two duties stand in one row of a table, or have the same task in one place."""
    if duty.row is not None:
        return duty.row == lead.row
    return duty.task is not None and (duty.task, duty.place.path) == (lead.task, lead.place.path)


def _is_part(duty: Duty, lead: Duty) -> bool:
    """Whether a unit cooperates in this task itself, not in what another paragraph of the item says."""
    if _stands_with(duty, lead) or duty.task is None or lead.task is None:
        return True
    return name_key(duty.task) in name_key(lead.task)


def _holds(lead: Duty, duty: Duty) -> bool:
    """Whether a unit's cooperation belongs to another's duty: named in its task, or in the node where that stands."""
    if lead.unit_key == duty.unit_key:
        return False
    if lead.place.path is None or duty.place.path is None:
        return lead.place.path is duty.place.path and lead.task is not None and lead.task == duty.task
    inside = duty.place.path == lead.place.path or duty.place.path.startswith(f"{lead.place.path}.")
    return inside and (lead.primary or _is_part(duty, lead))


def _task(line: _Line, duties: Sequence[Duty]) -> Task:
    first = (line.leads or line.helpers)[0]
    of_line = (*line.leads, *line.helpers)
    due = next((duty for duty in of_line if duty.deadline or duty.recurs), first)
    return Task(
        document=first.document,
        place=first.place,
        line=first.line,
        leads=_names(line.leads or line.led_by),
        cooperates=_names(line.helpers),
        lead_keys=_keys(line.leads or line.led_by),
        cooperate_keys=_keys(line.helpers),
        role=line.led_by[0].role if line.led_by else first.role,
        task=first.task,
        deadline=due.deadline,
        deadline_raw=due.deadline_raw,
        deadline_last=due.deadline_last,
        recurs=due.recurs,
        when=next((duty.when for duty in of_line if duty.when), None),
        product=next((duty.product for duty in of_line if duty.product), None),
        reports_to=tuple(dict.fromkeys(duty.reports_to for duty in of_line if duty.reports_to)),
        within=None if line.led_by else _within(first, duties),
        certainty=min(duty.certainty for duty in of_line),
        duties=of_line,
        id=first.id,
        state=first.state,
        late=first.late,
        standing=first.standing,
    )


def _keys(duties: Sequence[Duty]) -> tuple[str, ...]:
    """The units, each once."""
    return tuple(dict.fromkeys(duty.unit_key for duty in duties if duty.unit_key))


def _names(duties: Sequence[Duty]) -> tuple[str, ...]:
    """The names of the same, as first printed."""
    printed = {duty.unit_key: duty.unit for duty in reversed(duties)}
    return tuple(printed[key] for key in _keys(duties))


def _within(duty: Duty, duties: Sequence[Duty]) -> str | None:
    """The unit that is told to see to it that another does it ("Ủy ban nhân dân xã chỉ đạo Công an xã …")."""
    if duty.primary or duty.place.path is None:
        return None
    heads = [other for other in duties if other.primary and other.unit_key != duty.unit_key and other.place.path is not None]
    above = [other for other in heads if duty.place.path == other.place.path or duty.place.path.startswith(f"{other.place.path}.")]
    return max(above, key=lambda other: (len(other.place.path or ""), other.number < duty.number)).unit if above else None
