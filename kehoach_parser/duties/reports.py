"""To whom a duty is reported: "báo cáo kết quả về Sở Nội vụ (qua Phòng …)"."""

from __future__ import annotations

from bisect import bisect_left

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Report
from kehoach_parser.duties.paragraphs import Group, Paragraph

_NEAR_GROUPS = 12  # groups after a duty among which the one reported to is looked for


class Reports:
    """Looks up reports by place."""

    def __init__(self, context: DutyContext) -> None:
        self.words, self.known, self._context = context.words, context.known, context

    def after(self, paragraph: Paragraph, start: int) -> Report:
        """The first unit after ``start`` that is reported to, and the one that passes the report on to it ("qua …")."""
        at = bisect_left(paragraph.groups, start, key=lambda group: group.first)
        to: str | None = None
        through: str | None = None
        end = start
        for group in paragraph.groups[at : at + _NEAR_GROUPS]:
            if to is not None and (through is not None or self._ends_between(end, group.first)):
                break
            first = self._first(paragraph, group)
            if self.known.through.before(self.words, first, paragraph.first) is not None:
                through, end = through or self._named(group, first), group.end
            elif to is None and self.known.reports_to.before(self.words, first, paragraph.first) is not None:
                to, end = self._named(group, first), group.end
        return Report(through, None) if to is None else Report(to, through)

    def _first(self, paragraph: Paragraph, group: Group) -> int:
        """The first word of a group with who stands for it ("Ban Thường vụ" Đảng ủy)."""
        standing = self.known.standing.before(self.words, group.first, paragraph.first)
        return group.first if standing is None else standing

    def _named(self, group: Group, first: int) -> str:
        """The name of a group's first unit, with the words from ``first`` on that stand before it."""
        return " ".join([*(self.words.texts[at] for at in range(first, group.first)), group.units[0].unit.value])

    def _ends_between(self, first: int, end: int) -> bool:
        return any(self._context.ends_sentence(at) for at in range(first, end))
