"""How duties stand: the states that people give them, and what follows from a state and the day."""

from __future__ import annotations

from archive.values.duties import Duty, Task

#: What a person says. "late" is not said: it follows from the days.
OPEN, IN_PROGRESS, DONE, CANCELLED, MOVED = "open", "in-progress", "done", "cancelled", "moved"
STATES = (OPEN, IN_PROGRESS, DONE, CANCELLED, MOVED)
LATE = "late"
#: What is over is no longer due.
FINISHED = (DONE, CANCELLED)


def due_day(duty: Duty | Task) -> str | None:
    """The day on which a duty is due now: that to which it was moved, else the last one of its deadline as printed."""
    moved = duty.standing.moved_to if duty.standing else None
    return moved or duty.deadline_last


def is_late(state: str | None, done: str | None, due: str | None, today: str | None) -> bool:
    """Whether a duty was done after the day that it was due, or is not done though that day is over. What is not told is no evidence."""
    by = done if state == DONE else None if state == CANCELLED else today
    return due is not None and by is not None and due < by
