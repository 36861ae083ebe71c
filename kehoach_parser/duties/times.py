"""The time that stands around a task: a line "Thời gian hoàn thành: …" after it, a last sentence of its paragraph, a heading over it.

A time printed in the task itself, in its row or its block goes before all of these.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kehoach_parser.dates import opening_rule
from kehoach_parser.duties.bindings import field_of, when_labelled
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.deadlines import Calendar, Dated
from kehoach_parser.duties.paragraphs import Paragraph
from kehoach_parser.model import Node, Span, Task
from kehoach_parser.text.document import Document

_AIMS = ("để", "nhằm")


class _Sentence(NamedTuple):
    """A sentence by its words and the first word of its paragraph; ``ends``: where another unit's clause begins, and its end.

    ``anothers``: it begins with a unit, which what it says is told to. ``times``: it says by when and nothing else. ``due`` is the index
    of the day in its first clause, ``rule`` the RRULE that it opens with, and the words of that.
    """

    paragraph: int
    first: int
    end: int
    span: Span
    ends: tuple[int, ...]
    anothers: bool
    times: bool
    due: int | None
    rule: tuple[str, Span] | None

    def goes_on(self, first: int) -> bool:
        """Whether the sentence speaks of the task that begins with word ``first``: it holds it, or follows in the same paragraph."""
        return self.paragraph <= first and (self.first <= first or not self.anothers)


class Times:
    """Looks up the time around a task by its place."""

    def __init__(
        self,
        document: Document,
        context: DutyContext,
        nodes: Sequence[Node],
        paragraphs: Mapping[int, tuple[Paragraph, ...]],
        outside: Sequence[Paragraph],
        calendar: Calendar,
        dates: Sequence[Dated],
    ) -> None:
        self._document, self._context, self._nodes, self._calendar, self._dates = document, context, nodes, calendar, dates
        self._paragraphs: Mapping[int | None, Sequence[Paragraph]] = dict((*paragraphs.items(), (None, outside)))
        self._sentences: dict[int | None, list[_Sentence]] = {}  # a node has as many tasks as it has places
        self._over_days: dict[tuple[int, bool], int | None] = {}  # tasks that share what stands over them ask the same
        self._index = {node.id: index for index, node in enumerate(nodes)}
        self._eldest: dict[int | None, int] = {}  # the first child of each node
        for index, node in enumerate(nodes):
            self._eldest.setdefault(node.parent, index)
        self._date_starts = [date.span[0] for date in dates]

    def around(self, task: Task) -> Task:
        """The task with the time that stands around it, where it says none itself."""
        if task.deadline is not None or task.recurs is not None or task.when is not None:
            return task
        return self._after(task) or self._again(task) or self._over(task)

    def by(self, task: Task, time: Span) -> Task:
        """The task with the time of a line "Thời gian hoàn thành: …", where it has none."""
        if task.deadline is not None or task.when is not None:
            return task
        due = self._calendar.due((), time, True)
        if due is None:
            return replace(task, when=when_labelled(self._document, time))
        return replace(task, deadline=due, recurs=self._dates[due].recurs)

    def opening(self, paragraph: Paragraph) -> int | None:
        """The day in the clause that opens what stands below it: "Sở Y tế hoàn thành trước ngày 30/11/2026 các nhiệm vụ sau:"; not that of
        an aim ("Để hoàn thành công trình trước ngày 30/11/2026, yêu cầu:")."""
        words = self._context.words
        if words.text(paragraph.end - 1) != ":":
            return None
        signs = (at + 1 for at in reversed(range(paragraph.first, paragraph.end - 1)) if words.text(at) in (".", ";"))
        first = next(signs, paragraph.first)
        aims = words.text(first).lower() in _AIMS
        return None if aims else self._calendar.due((words.span(first, paragraph.end),), None, False)

    def _after(self, task: Task) -> Task | None:
        """The task by the day in what is left of its own paragraph, or by a line or sentence of time after it in its node."""
        index, first = self._place(task)
        for sentence in self._sentences_of(index):
            if sentence.end <= first:
                continue
            if sentence.first > first and sentence.times:
                timed = self.by(task, sentence.span)
                return timed if timed is not task else None
            due = self._due(task, first, sentence)
            if due is not None:
                return replace(task, deadline=due, recurs=self._dates[due].recurs)
        return None

    def _due(self, task: Task, first: int, sentence: _Sentence) -> int | None:
        """The day in a sentence of a task's paragraph; of its own, what it says behind it ("…; đồng thời báo cáo trong tháng 12")."""
        if not sentence.goes_on(first):
            return None
        if sentence.first > first or task.task is None:
            return sentence.due
        start = max(sentence.span[0], task.task.span[1])
        end = next((end for end in sentence.ends if end >= start), start)
        return self._calendar.due(((start, end),), None, False) if start < end else None

    def _again(self, task: Task) -> Task | None:
        """The task by the rule that a sentence of its own paragraph opens with: "Hằng năm báo cáo kết quả …"."""
        index, first = self._place(task)
        rules = (sentence.rule for sentence in self._sentences_of(index) if sentence.end > first and sentence.goes_on(first))
        rule = next(filter(None, rules), None)
        return None if rule is None else replace(task, recurs=rule[0], when=field_of(self._document, rule[1]))

    def _place(self, task: Task) -> tuple[int | None, int]:
        """The index of a task's node (None outside of all), and the first word of the task."""
        index = None if task.node is None else self._index[task.node]
        start = task.task.span[0] if task.task else 0 if index is None else self._nodes[index].span[0]
        return index, self._context.texts.word_range((start, start + 1))[0]

    def _sentences_of(self, index: int | None) -> list[_Sentence]:
        """The sentences of a node's own text, or of what stands outside of all nodes (None)."""
        if index not in self._sentences:
            self._sentences[index] = [
                self._sentence(paragraph, part)
                for paragraph in self._paragraphs.get(index, ())
                for sentence in self._context.texts.sentences(paragraph)
                for part in self._parts(sentence)
            ]
        return self._sentences[index]

    def _parts(self, sentence: Paragraph) -> Iterator[Paragraph]:
        """A sentence, and its last clause by itself where that only says by when: "…; các phòng phối hợp; thời gian: Quý II/2023"."""
        words = self._context.words
        signs = range(sentence.first + 1, sentence.end - 1) if ";" in words.texts[sentence.first + 1 : sentence.end - 1] else ()
        for at in reversed(signs):
            if words.text(at) == ";" and self._context.times(clause := sentence._replace(first=at + 1, groups=())):
                yield sentence._replace(end=at + 1, groups=tuple(group for group in sentence.groups if group.first <= at))
                yield clause
                return
        yield sentence

    def _sentence(self, paragraph: Paragraph, sentence: Paragraph) -> _Sentence:
        words = self._context.words
        span = words.span(sentence.first, sentence.end)
        anothers = bool(sentence.groups) and sentence.groups[0].first == sentence.first
        ends = (*(words.starts[group.first] for group in sentence.groups if words.text(group.first - 1) == ";"), span[1])
        due, rule = self._calendar.due(((span[0], ends[0]),), None, False), opening_rule(self._document.folded, span)
        return _Sentence(paragraph.first, sentence.first, sentence.end, span, ends, anothers, self._context.times(sentence), due, rule)

    def _over(self, task: Task) -> Task:
        """The task by the date of a heading over it ("2. Nhiệm vụ trọng tâm từ nay đến tháng 6/2027", "3. Quý IV năm 2026"), or of a clause
        or a dash "- Thời gian hoàn thành: …" that opens a list in which it stands."""
        own = index = self._index[task.node] if task.node is not None else None
        while index is not None:
            key = index, index == own
            if key not in self._over_days:
                self._over_days[key] = self._over_day(*key)
            if (due := self._over_days[key]) is not None:
                return replace(task, deadline=due, recurs=self._dates[due].recurs)
            parent = self._nodes[index].parent
            index = None if parent is None else self._index[parent]
        return task

    def _over_day(self, index: int, own: bool) -> int | None:
        """The day that a node, or the first of those beside it, says for what stands in it; ``own``: the task stands in its own text."""
        node, first = self._nodes[index], self._time_first(index)
        opens = () if own else self._paragraphs.get(index, ())
        due = self.opening(opens[-1]) if opens else None
        if due is None and first is not None:
            due = self._calendar.due((), first, True)
        if due is None and node.heading is not None:
            due = self._calendar.due((node.heading.span,), None, False)
        return self._said_first(self._eldest[node.parent]) if due is None and node.parent is not None else due

    def _said_first(self, index: int) -> int | None:
        """The day of a node that only says by when, before all those beside it."""
        opening = next(iter(self._paragraphs.get(index, ())), None)
        if opening is None or not self._context.times(opening):
            return None
        return self._calendar.due((), self._context.words.span(opening.first, opening.end), True)

    def _time_first(self, index: int) -> Span | None:
        """The first paragraph of a node where it is a time and nothing else."""
        paragraphs = self._paragraphs.get(index)
        if not paragraphs:
            return None
        span = self._context.words.span(paragraphs[0].first, paragraphs[0].end)
        within = self._dates[bisect_left(self._date_starts, span[0]) : bisect_left(self._date_starts, span[1])]
        inside = [date.span for date in within if date.span[1] <= span[1]]
        ends = (span[0], *(offset for date in inside for offset in date), span[1])
        rest = "".join(self._document.folded[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
        return span if inside and not any(map(str.isalnum, rest.replace("nam", ""))) else None
