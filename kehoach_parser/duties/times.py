"""The time that stands around a task: a line "Thời gian hoàn thành: …" after it, a last sentence of its paragraph, a heading over it.

A time printed in the task itself, in its row or its block goes before all of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kehoach_parser.duties.bindings import when_labelled
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.deadlines import Calendar, Dated
from kehoach_parser.duties.paragraphs import Paragraph
from kehoach_parser.model import Node, Span, Task
from kehoach_parser.text.document import Document


class Times:
    """Looks up the time around a task by its place."""

    def __init__(
        self,
        document: Document,
        context: DutyContext,
        nodes: Sequence[Node],
        paragraphs: Mapping[int, tuple[Paragraph, ...]],
        calendar: Calendar,
        dates: Sequence[Dated],
    ) -> None:
        self._document, self._context, self._nodes, self._calendar, self._dates = document, context, nodes, calendar, dates
        self._paragraphs = paragraphs
        self._index = {node.id: index for index, node in enumerate(nodes)}

    def around(self, task: Task) -> Task:
        """The task with the time that stands around it, where it says none itself."""
        if task.deadline is not None or task.recurs is not None or task.when is not None or task.node is None:
            return task
        return self._after(task) or self._over(task)

    def by(self, task: Task, time: Span) -> Task:
        """The task with the time of a line "Thời gian hoàn thành: …", where it has none."""
        if task.deadline is not None or task.when is not None:
            return task
        due = self._calendar.due((), time, True)
        if due is None:
            return replace(task, when=when_labelled(self._document, time))
        return replace(task, deadline=due, recurs=self._dates[due].recurs)

    def _after(self, task: Task) -> Task | None:
        """The task by a line or sentence of time after it in its node, or by the day in a later sentence of its own paragraph."""
        index = self._index[task.node] if task.node is not None else 0
        start = task.task.span[0] if task.task else self._nodes[index].span[0]
        first, _ = self._context.texts.word_range((start, start + 1))
        for paragraph in self._paragraphs.get(index, ()):
            if paragraph.end <= first:
                continue
            for sentence in self._context.texts.sentences(paragraph):
                if sentence.first <= first:
                    continue
                span = self._context.words.span(sentence.first, sentence.end)
                if self._context.times(sentence):
                    timed = self.by(task, span)
                    return timed if timed is not task else None
                due = self._calendar.due((span,), None, False) if paragraph.first <= first and not self._is_anothers(sentence) else None
                if due is not None:
                    return replace(task, deadline=due, recurs=self._dates[due].recurs)
        return None

    def _is_anothers(self, sentence: Paragraph) -> bool:
        """Whether a sentence begins with a unit, which what it says is told to."""
        return bool(sentence.groups) and sentence.groups[0].first == sentence.first

    def _over(self, task: Task) -> Task:
        """The task by the date of a heading over it: "2. Nhiệm vụ trọng tâm từ nay đến tháng 6/2027"."""
        node = self._nodes[self._index[task.node]] if task.node is not None else None
        while node is not None:
            if node.heading is not None:
                due = self._calendar.due((node.heading.span,), None, False)
                if due is not None:
                    return replace(task, deadline=due, recurs=self._dates[due].recurs)
            node = None if node.parent is None else self._nodes[self._index[node.parent]]
        return task
