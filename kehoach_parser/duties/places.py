"""One task for each smallest place: the bullets, letters, items and paragraphs under a head, a row of a table, the place of a named unit.

Under "1. Sở Y tế:" every dash that tells to do something is a task of its own, with its own role ("Chủ trì, phối hợp …" leads) and its own
deadline; a time that stands for all of them (in the head, in a line "Thời gian hoàn thành: …") binds each. The unit is inherited.
Source of the rule: the register that offices keep (sổ theo dõi nhiệm vụ), a line for each smallest task and unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from kehoach_parser.duties.below import Below
from kehoach_parser.duties.bindings import When, when_labelled
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.deadlines import Calendar, Dated
from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.lines import OwnerLines
from kehoach_parser.duties.paragraphs import Paragraph, Paragraphs
from kehoach_parser.duties.tasks import Tasks
from kehoach_parser.duties.times import Times
from kehoach_parser.model import Field, Node, Span, Task
from kehoach_parser.text.document import Document

_LEAST = 4  # words of a task
_LIST_ENDS = (";", ".", ",")
_DOTS = (".", "…")
#: "thực hiện các nhiệm vụ trong lĩnh vực …, cụ thể:" says of no task what it is.
_SOME_TASKS = re.compile(
    r"(?:(?:tap trung|trien khai|to chuc)\s+)*thuc hien\s+(?:(?:tot|mot so|cac|nhung)\s+)*(?:nhiem vu|noi dung|cong viec)\b"
)
_LEAST_OWN = 14  # words before a colon that are more than "tập trung thực hiện tốt một số nhiệm vụ, giải pháp sau đây"
_CONSISTS = ("gồm", ":")
_ANNOUNCED = 6  # words in which a paragraph says that it only makes known
_NEAR = 2  # lines below its place
_CERTAINTY = 0.9  # where a task begins and ends is read from its words, not printed as such


class Given(NamedTuple):
    """What a unit is told of all its tasks; ``deadline`` is an index into the dates."""

    role: str
    task: Field | None
    deadline: int | None
    reports_to: str | None


class TaskPlaces:
    """Looks up the smallest places that give the unit of a finding a task."""

    def __init__(
        self,
        document: Document,
        context: DutyContext,
        lines: OwnerLines,
        tasks: Tasks,
        nodes: Sequence[Node],
        paragraphs: Mapping[int, tuple[Paragraph, ...]],
        outside: Sequence[Paragraph],
        below: Below,
        calendar: Calendar,
        dates: Sequence[Dated],
        when: When,
    ) -> None:
        self._document, self._context, self._nodes, self._below = document, context, nodes, below
        self._lines, self._tasks = lines, tasks
        self._paragraphs, self._outside, self._calendar, self._dates = paragraphs, outside, calendar, dates
        self._when, self._field = when, cache(partial(_field_of, document, context.texts))  # many units share a task
        self._times = Times(document, context, nodes, paragraphs, outside, calendar, dates)
        self._index = {node.id: index for index, node in enumerate(nodes)}
        self._parents = {node.parent for node in nodes}

    def of(self, finding: Finding, given: Given) -> tuple[Task, ...]:
        """The tasks of a finding by what it is given beside, never none."""
        return tuple(map(self._times.around, self._of(finding, given)))

    def _of(self, finding: Finding, given: Given) -> tuple[Task, ...]:
        if finding.row is not None:
            return (self._plain(finding, given),)
        if finding.is_head and not self._lists_objects(finding):
            below = self._places(finding, given)
            if below:
                return tuple(below)
        if finding.block is not None:
            node, span = finding.block
            field = given.task if span is None else self._field(span)
            return (self._task(finding, node, field, given.deadline, None, given.role, given.reports_to),)
        if finding.labelled:
            return (self._plain(finding, given),)
        return (self._inside(finding, given),)

    def _lists_objects(self, finding: Finding) -> bool:
        """Whether what stands below a head is what its task is about, not tasks: "Sở Y tế quyết định thanh lý tài sản, gồm: a) Tài sản hết
        hạn sử dụng; b) Nhà phải phá dỡ"."""
        words, own = self._context.words, self._place_of(finding)
        if own is None or words.take(own.end - len(_CONSISTS), _CONSISTS, loose=False) != own.end:
            return False
        below = (self._tasks.past_bullet(first) for _, first, paragraph in self._below.places(finding) if paragraph.first >= own.end)
        return not any(self._context.known.task.after(words, start) is not None for start in below)

    def _plain(self, finding: Finding, given: Given) -> Task:
        """The task as the finding has it."""
        product = None if finding.product is None else self._field(finding.product)
        return self._task(finding, finding.node, given.task, given.deadline, product, given.role, given.reports_to)

    def _inside(self, finding: Finding, given: Given) -> Task:
        """What a place says that its named unit does; the whole place where that begins on a later line, so that it leads to the place.
        Who cooperates shares the words of who leads."""
        place, field = self._place_of(finding), given.task
        if finding.shared is not None:
            field = self._field(finding.shared)
        if place is not None:
            span = self._context.words.span(place.first, place.end)
            if field is None:
                field = self._field(span)
            elif not self._executes(field):
                field = self._led_to(span, field)
        role = "assigned" if finding.own else given.role
        return self._task(finding, finding.node, field, given.deadline, None, role, given.reports_to)

    def _led_to(self, place: Span, field: Field) -> Field:
        """A task; the whole place instead where that begins more than `_NEAR` lines above, so that the task does not lead to it."""
        below = self._document.content.count("\n", place[0], field.span[0]) > _NEAR
        return self._field(place) if below else field

    def _executes(self, field: Field) -> bool:
        """Whether a task is to carry out a decision, which says so at the end of a list of any length."""
        first, _ = self._context.texts.word_range(field.span)
        return self._context.known.execute.after(self._context.words, first) is not None

    def _place_of(self, finding: Finding) -> Paragraph | None:
        index = self._index.get(finding.node) if finding.node is not None else None
        paragraphs = self._outside if index is None else self._paragraphs.get(index, ())
        first, _ = self._context.texts.word_range(finding.unit.span)
        return next((paragraph for paragraph in paragraphs if paragraph.first <= first < paragraph.end), None)

    def _places(self, finding: Finding, given: Given) -> list[Task]:
        """A task for each place under a head that tells to do something; a line of time binds those before it that say none themselves."""
        role = self._role(finding, given)
        place = self._place_of(finding)
        opened = None if place is None else self._times.opening(place)
        said = given.deadline if finding.due is not None else opened
        found: list[Task] = []
        timed = 0
        listing: int | None = -1  # the node whose last place opened a list
        for node, first, paragraph in self._below.places(finding):
            if self._context.in_table(paragraph.first) or (node == listing and self._is_object(first, paragraph)):
                continue
            if node != listing:
                listing = node if self._context.words.text(paragraph.end - 1) == ":" else -1
            if self._lines.is_time(paragraph):
                span = self._context.words.span(paragraph.first, paragraph.end)
                found[timed:] = [self._times.by(task, span) for task in found[timed:]]
                timed = len(found)
                continue
            start = self._tasks.start_after(first, paragraph) if paragraph.first < first else self._tasks.past_bullet(first)
            if self._tells_nothing(start, paragraph):
                continue
            if self._introduces(node, paragraph) and not (paragraph.first < first and self._tells_more(start, paragraph)):
                continue
            span = self._context.words.span(start, paragraph.end)
            due = self._calendar.due((self._context.words.span(start, self._own_end(start, paragraph)),), None, False)
            own = "lead" if role != "cooperate" and self._context.takes_lead(start) else role
            # What one dash reports, the others do not; what the head itself says of reporting holds for all.
            to = finding.report.to or self._below.report(first, paragraph).to
            field = self._led_to(self._context.words.span(paragraph.first, paragraph.end), self._field(span))
            found.append(self._task(finding, node, field, due if due is not None else said, None, own, to))
        return found

    def _tells_nothing(self, start: int, paragraph: Paragraph) -> bool:
        """Whether a place, whose task would begin at a word, makes known, stands beside a task or says too little for one."""
        words, opens = self._context.words, min(paragraph.end, paragraph.first + _ANNOUNCED)
        if self._context.known.announcing.within(words, paragraph.first, opens):
            return True
        return paragraph.end - start < _LEAST or self._lines.is_beside(paragraph) or self._only_names(start, paragraph)

    def _is_object(self, first: int, paragraph: Paragraph) -> bool:
        """Whether a line below "Báo cáo Ủy ban nhân dân tỉnh xét duyệt:" names what that is about: "Danh hiệu …", "Bằng khen …"."""
        return self._context.known.things.after(self._context.words, self._tasks.past_bullet(first)) is not None

    def _own_end(self, start: int, paragraph: Paragraph) -> int:
        """Where a later sentence of a task's paragraph begins with a unit: its day is that unit's ("…. Các chi bộ hoàn thành trước …")."""
        later = (sentence for sentence in self._context.texts.sentences(paragraph) if sentence.first > start)
        anothers = (each.first for each in later if each.groups and each.groups[0].first == each.first)
        return next(anothers, paragraph.end)

    def _role(self, finding: Finding, given: Given) -> str:
        """The role of a head where a place says none: "Sở Y tế chủ trì, phối hợp … :" leads all, a first dash "Chủ trì …" only itself."""
        if given.role != "lead":
            return given.role
        after = self._context.past_manner(self._context.texts.after_bracket(finding.group_end))
        return "lead" if self._context.leads(after) else "assigned"

    def _introduces(self, node: int | None, paragraph: Paragraph) -> bool:
        """Whether a paragraph only opens what stands below it: "- Chỉ đạo các đơn vị:", or a heading over items."""
        if node is not None and node not in self._parents:
            return False
        heading = None if node is None else self._nodes[self._index[node]].heading
        titled = heading is not None and heading.span[1] >= self._context.words.starts[paragraph.end - 1]
        return titled or self._context.words.text(paragraph.end - 1)[-1:] == ":"

    def _only_names(self, start: int, paragraph: Paragraph) -> bool:
        """Whether a place names somebody and no more: who a paper goes to, where the title of that list is lost ("- Sở Tài chính;");
        or says no more than what is enclosed ("(Đính kèm Phụ lục chi tiết)"), or nothing: dots to fill in."""
        if self._context.words.text(start) == "(" and self._context.texts.after_bracket(start) >= paragraph.end - 1:
            return True
        if self._context.words.text(start)[0] in _DOTS:
            return True  # "........ [11]"
        named = next((group for group in paragraph.groups if group.first == start), None)
        return named is not None and named.end >= paragraph.end - (self._context.words.text(paragraph.end - 1) in _LIST_ENDS)

    def _tells_more(self, start: int, paragraph: Paragraph) -> bool:
        """Whether what a head is told before a colon is a task itself, beside who takes part: "… rà soát các điểm sạt lở, lập phương án di
        dời theo các nội dung sau:"; not "… chủ trì, phối hợp với các sở có trách nhiệm:"."""
        words, colon = self._context.words, paragraph.end - 1
        if words.text(colon) != ":" or self._context.known.skipped.before(words, colon, start) is not None:
            return False
        named = sum(group.end - group.first for group in paragraph.groups if group.first >= start)
        said = self._document.folded[slice(*words.span(start, paragraph.end))]
        return colon - start - named >= _LEAST_OWN and _SOME_TASKS.match(said) is None

    def _task(
        self,
        finding: Finding,
        node: int | None,
        field: Field | None,
        deadline: int | None,
        product: Field | None,
        role: str,
        reports_to: str | None,
    ) -> Task:
        when = None if field is None else self._when(field.span)
        if when is None and deadline is None and finding.labelled and finding.due is not None:
            when = when_labelled(self._document, finding.due)
        recurs = None if deadline is None else self._dates[deadline].recurs
        return Task(node, finding.row, field, role, deadline, recurs, when, reports_to, product)


def _field_of(document: Document, texts: Paragraphs, span: Span) -> Field:
    return Field(texts.printed(span), document.content[slice(*span)], span, _CERTAINTY)
