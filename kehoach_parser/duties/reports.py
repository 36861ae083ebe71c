"""To whom a duty is reported: "báo cáo kết quả về Sở Nội vụ (qua Phòng …)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Report
from kehoach_parser.duties.paragraphs import Group, Paragraph
from kehoach_parser.text.areas import closed_names, one_of_folded


class _Receiver(NamedTuple):
    """Who a report goes to: the words of the name, the name; ``passes_on``: "qua" stands before it."""

    first: int
    end: int
    name: str
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
        for receiver in receivers[bisect_left(receivers, start, key=lambda receiver: receiver.first) :]:
            if to is not None and (through is not None or not receiver.passes_on or self._ends_between(end, receiver.first)):
                break
            if receiver.passes_on:
                through, end = through or receiver.name, receiver.end
            else:
                to, end = receiver.name, receiver.end
        return Report(through, None) if to is None else Report(to, through)

    def starts(self, paragraph: Paragraph) -> list[int]:
        """The first words of those who may be reported to: the units named, and the organs of the country that are told nothing."""
        return sorted([*(group.first for group in paragraph.groups), *(at for at, _, _ in self._of_country(paragraph))])

    def _receivers(self, paragraph: Paragraph) -> list[_Receiver]:
        """Who reports of a paragraph go to, worked out once: many duties stand in one."""
        key = paragraph.first, paragraph.end
        if key not in self._known:
            told = [
                (group.first, group.end, self._named(group, first), first)
                for group in paragraph.groups
                for first in (self._first(paragraph, group),)
            ]
            told += [(first, end, name, first) for first, end, name in self._of_country(paragraph)]
            self._known[key] = sorted(
                _Receiver(first, end, name, passes_on)
                for first, end, name, begins in told
                if (passes_on := self._passes_on(paragraph, begins)) is not None
            )
        return self._known[key]

    def _of_country(self, paragraph: Paragraph) -> Iterator[tuple[int, int, str]]:
        """The organs of the whole country that "báo cáo" stands before: no plan gives them tasks, so that they are no units."""
        words = self.words
        for match in _reported().finditer(self._context.texts.folded, *words.span(paragraph.first, paragraph.end)):
            span = match.span("organs")
            first, end = self._context.texts.word_range(span)
            yield first, end, " ".join(words.content[slice(*span)].split())

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


@cache
def _reported() -> re.Pattern[str]:
    organ = one_of_folded(closed_names()).replace("\\ ", r"\s+")
    return re.compile(rf"(?<!\w)bao\s+cao\s+(?P<organs>(?:{organ})(?:(?:\s*,|\s+va)\s+(?:{organ}))*)(?!\w)")
