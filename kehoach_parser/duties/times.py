"""The time that stands around a task: a line "Thời gian hoàn thành: …" after it, a last sentence of its paragraph, a heading over it.

A time printed in the task itself, in its row or its block goes before all of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kehoach_parser.duties.bindings import when_labelled
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.deadlines import Calendar, Dated
from kehoach_parser.duties.paragraphs import Paragraph
from kehoach_parser.model import Node, Span, Task
from kehoach_parser.text.document import Document


class _Sentence(NamedTuple):
    """A sentence by its first word and that of its paragraph; ``times``: it says by when and nothing else.

    ``due`` is the index of its own day, None also where it begins with a unit, which what it says is told to.
    """

    paragraph: int
    first: int
    span: Span
    times: bool
    due: int | None


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
        self._sentences = cache(self._sentences_of)
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
        for sentence in self._sentences(index):
            if sentence.first <= first:
                continue
            if sentence.times:
                timed = self.by(task, sentence.span)
                return timed if timed is not task else None
            if sentence.due is not None and sentence.paragraph <= first:
                return replace(task, deadline=sentence.due, recurs=self._dates[sentence.due].recurs)
        return None

    def _sentences_of(self, index: int) -> list[_Sentence]:
        """The sentences of a node's own text: a node has as many tasks as it has places."""
        return [
            self._sentence(paragraph, sentence)
            for paragraph in self._paragraphs.get(index, ())
            for sentence in self._context.texts.sentences(paragraph)
        ]

    def _sentence(self, paragraph: Paragraph, sentence: Paragraph) -> _Sentence:
        span = self._context.words.span(sentence.first, sentence.end)
        anothers = bool(sentence.groups) and sentence.groups[0].first == sentence.first
        due = None if anothers else self._calendar.due((span,), None, False)
        return _Sentence(paragraph.first, sentence.first, span, self._context.times(sentence), due)

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
