"""A duty as the readers of heads, orders, lines and tables hand it on, before it becomes an Assignment of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from kehoach_parser.found import FoundUnit
from kehoach_parser.model import Span


@dataclass(frozen=True, slots=True)
class Report:
    """To whom a duty is reported, and through whom."""

    to: str | None = None
    through: str | None = None


NO_REPORT = Report()


@dataclass(frozen=True, slots=True)
class Finding:
    """A duty before it becomes an Assignment.

    ``due`` is where its date may stand when not in the task itself; ``labelled``: what stands there is said to be a time. ``before``: what
    opens the sentence before the unit ("Hằng tháng, trước ngày 25, …").
    """

    unit: FoundUnit
    role: str
    primary: bool
    node: int | None
    task: Span | None
    group_end: int
    is_head: bool = False
    due: Span | None = None
    labelled: bool = False
    before: Span | None = None
    report: Report = NO_REPORT
