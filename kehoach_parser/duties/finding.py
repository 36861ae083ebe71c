"""A duty as the readers of heads, orders, lines and tables hand it on, before it becomes an Assignment of the plan."""

from __future__ import annotations

from typing import NamedTuple

from kehoach_parser.found import FoundUnit
from kehoach_parser.model import Span


class Report(NamedTuple):
    """To whom a duty is reported, and through whom."""

    to: str | None = None
    through: str | None = None


NO_REPORT = Report()


class Finding(NamedTuple):
    """A duty before it becomes an Assignment.

    ``closed``: a head that is told all in its own paragraph: what stands below it is not its own.
    ``due`` is where its date may stand when not in the task itself; ``labelled``: what stands there is said to be a time. ``before``: what
    opens the sentence before the unit ("Hằng tháng, trước ngày 25, …"). ``row``, ``product``: where it stands in a table, and what its row
    says is brought forth. ``block``: node and task of the block that a line of owners belongs to, where it says itself what each does.
    ``own``: the subject of a sentence in another's paragraph, which nobody leads to it. ``shared``: the words that a unit which
    cooperates has in the register as who leads has them.
    """

    unit: FoundUnit
    role: str
    primary: bool
    node: int | None
    task: Span | None
    group_end: int
    is_head: bool = False
    closed: bool = False
    due: Span | None = None
    labelled: bool = False
    before: Span | None = None
    report: Report = NO_REPORT
    row: tuple[int, int] | None = None
    product: Span | None = None
    block: tuple[int, Span | None] | None = None
    own: bool = False
    shared: Span | None = None
