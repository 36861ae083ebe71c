"""Who carries out a decision: all that the last article lists before "chịu trách nhiệm thi hành Quyết định này"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.paragraphs import Paragraph
from kehoach_parser.duties.tasks import Tasks

_BETWEEN = (",", ";")  # names of a list
_MOST_BEFORE_LIST = 3  # words before the list


class Executing:
    """Reads the lists of those who carry out a decision."""

    def __init__(self, context: DutyContext, tasks: Tasks) -> None:
        self._context, self._words, self._tasks = context, context.words, tasks
        #: Where "chịu trách nhiệm thi hành" stands in the text: every paragraph is asked for it.
        self._execute = [at for at, _ in context.known.execute.places(context.words)]

    def of(self, node: int | None, paragraph: Paragraph) -> list[Finding]:
        """ "Chánh Văn phòng, Giám đốc Sở Y tế … chịu trách nhiệm thi hành Quyết định này": all of the list; else none."""
        words = self._words
        if not self._names(paragraph):
            return []
        at = self._executed(paragraph.groups[0].end, paragraph.end)
        if at is None or any(words.text(before) == "." or self._context.leads(before) for before in range(paragraph.first, at)):
            return []
        task = self._tasks.sentence(at, paragraph)
        groups = [group for group in paragraph.groups if group.end <= at and not words.reads(group.first - 1, "của", loose=False)]
        return [Finding(named.unit, "assigned", True, node, task, group.end) for group in groups for named in group.units]

    def joined(self, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
        """Paragraphs with the list of those who carry out a decision in one, where it is printed on several lines."""
        listed: list[Paragraph] = []
        for paragraph in paragraphs:
            listed.append(paragraph)
            if self._words.text(paragraph.end - 1) in _BETWEEN and self._names(paragraph):
                continue
            if self._executed(paragraph.first, paragraph.end) is not None:
                yield Paragraph(listed[0].first, paragraph.end, tuple(group for each in listed for group in each.groups))
            else:
                yield from listed
            listed = []
        yield from listed

    def _names(self, paragraph: Paragraph) -> bool:
        """Whether a line may be one of a list of units."""
        return bool(paragraph.groups) and paragraph.groups[0].first <= paragraph.first + _MOST_BEFORE_LIST

    def _executed(self, first: int, end: int) -> int | None:
        """The word from ``first`` up to ``end`` at which it is said that a decision is carried out."""
        at = bisect_left(self._execute, first)
        return self._execute[at] if at < len(self._execute) and self._execute[at] < end else None
