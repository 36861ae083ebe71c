"""To whom a duty is reported: "báo cáo kết quả về Sở Nội vụ (qua Phòng …)"."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Report
from kehoach_parser.duties.paragraphs import Group, Paragraph


class _Receiver(NamedTuple):
    """A group that a report goes to, the first word of its name; ``passes_on``: "qua" stands before it."""

    group: Group
    first: int
    passes_on: bool


class Reports:
    """Looks up reports by place."""

    def __init__(self, context: DutyContext) -> None:
        self.words, self.known, self._context = context.words, context.known, context
        self._known: dict[tuple[int, int], list[_Receiver]] = {}

    def after(self, paragraph: Paragraph, start: int) -> Report:
        """The first unit after ``start`` that is reported to, and the one that passes the report on to it ("qua …")."""
        receivers = self._receivers(paragraph)
        to: str | None = None
        through: str | None = None
        end = start
        for group, first, passes_on in receivers[bisect_left(receivers, start, key=lambda receiver: receiver.group.first) :]:
            if to is not None and (through is not None or not passes_on or self._ends_between(end, group.first)):
                break
            if passes_on:
                through, end = through or self._named(group, first), group.end
            else:
                to, end = self._named(group, first), group.end
        return Report(through, None) if to is None else Report(to, through)

    def _receivers(self, paragraph: Paragraph) -> list[_Receiver]:
        """The groups of a paragraph that reports go to, worked out once: many duties stand in one."""
        key = paragraph.first, paragraph.end
        if key not in self._known:
            told = ((group, self._first(paragraph, group)) for group in paragraph.groups)
            self._known[key] = [
                _Receiver(*each, passes_on) for each in told if (passes_on := self._passes_on(paragraph, each[1])) is not None
            ]
        return self._known[key]

    def _passes_on(self, paragraph: Paragraph, first: int) -> bool | None:
        """Whether the unit at word ``first`` passes a report on, or only gets it; None where no report goes to it."""
        if self.known.through.before(self.words, first, paragraph.first) is not None:
            return True
        return None if self.known.reports_to.before(self.words, first, paragraph.first) is None else False

    def _first(self, paragraph: Paragraph, group: Group) -> int:
        """The first word of a group with who stands for it ("Ban Thường vụ" Đảng ủy)."""
        standing = self.known.standing.before(self.words, group.first, paragraph.first)
        return group.first if standing is None else standing

    def _named(self, group: Group, first: int) -> str:
        """The name of a group's first unit, with the words from ``first`` on that stand before it."""
        return " ".join([*(self.words.texts[at] for at in range(first, group.first)), group.units[0].unit.value])

    def _ends_between(self, first: int, end: int) -> bool:
        return any(self._context.ends_sentence(at) for at in range(first, end))
