"""What a unit is to do: which words of a paragraph are its task."""

from __future__ import annotations

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.paragraphs import Group, Paragraph
from kehoach_parser.model import Span

_LEAST_TASK = 4  # words: less after a head ("… chỉ đạo") is no task, the first child tells it
_MOST_TASK = 300  # words of a task; a paragraph without an end gives no longer one
_BEFORE_TASK = (":", ",", "-", "–", ".")
_BULLETS = ("-", "–", "+", "•")
_BEFORE_CLAUSE = (",", ":", ")", "-")


class Tasks:
    """Looks up tasks by place."""

    def __init__(self, context: DutyContext) -> None:
        self.context, self.words, self.known = context, context.words, context.known

    def span(self, first: int, end: int) -> Span | None:
        """The words as a task; None where there are none."""
        return self.words.span(first, min(end, first + _MOST_TASK)) if first < end else None

    def of(self, paragraph: Paragraph) -> Span | None:
        """A whole paragraph as a task."""
        return self.span(paragraph.first, paragraph.end)

    def past_bullet(self, at: int) -> int:
        """The word after a bullet that the outline did not take for one."""
        return at + 1 if self.words.text(at) in _BULLETS else at

    def start_after(self, at: int, paragraph: Paragraph) -> int:
        """The first word of the task in the rest of a paragraph after its head: past a bracket, signs and "có trách nhiệm"."""
        at = self.context.texts.after_bracket(at)
        while at < paragraph.end and self.words.text(at) in _BEFORE_TASK:
            at += 1
        after = self._skipped(at, paragraph)
        manner = self.context.past_manner(after)
        if after < manner < paragraph.end:  # "theo chức năng, nhiệm vụ được giao" is said of every task
            after = manner
        if after > at and self.words.text(after) == ":":
            after += 1
        return after

    def after_head(self, at: int, paragraph: Paragraph) -> Span | None:
        """The task in the rest of the paragraph, or None when too little stands there."""
        after = self.start_after(at, paragraph)
        return None if paragraph.end - after < _LEAST_TASK else self.span(after, paragraph.end)

    def clause(self, paragraph: Paragraph, group: Group, *, own: bool = False) -> Span | None:
        """From the first word after the group to the end of its sentence. ``own``: it is the group's own sentence, which goes on over
        semicolons until another unit begins one: "Sở Y tế rà soát danh mục; đồng thời báo cáo kết quả …"."""
        at = self.context.texts.after_bracket(group.end)
        while at < paragraph.end and self.words.text(at) in _BEFORE_CLAUSE:
            at += 1
        at = self._skipped(self.context.past_above_all(paragraph, at), paragraph)
        manner = self.context.past_manner(at)
        span = self.sentence(manner if manner < paragraph.end else at, paragraph)
        return self._over_semicolons(span, paragraph) if own and span is not None else span

    def _over_semicolons(self, span: Span, paragraph: Paragraph) -> Span:
        first, end = self.context.texts.word_range(span)
        while end < paragraph.end - 1 and self.words.text(end) == ";" and not self._others(end + 1, paragraph):
            longer = self.sentence(end + 1, paragraph)
            if longer is None:
                break
            end = self.context.texts.word_range(longer)[1]
        return self.words.span(first, min(end, first + _MOST_TASK))

    def _others(self, at: int, paragraph: Paragraph) -> bool:
        """Whether a unit begins the clause at the word, by itself or after an order."""
        following = next((group.first for group in paragraph.groups if group.first >= at), None)
        orders = (self.known.assign, self.known.request)
        return following is not None and (following == at or any(each.before(self.words, following, at) == at for each in orders))

    def sentence(self, at: int, paragraph: Paragraph) -> Span | None:
        """From a word to the end of its sentence."""
        return self.span(at, min(paragraph.end, self.context.texts.sentence_end(at)))

    def whole(self, paragraph: Paragraph, group: Group) -> Span | None:
        """The sentence that a group stands in."""
        return self.sentence(self.context.sentence_start(paragraph.first, group.first), paragraph)

    def before_aside(self, opened: int, paragraph: Paragraph) -> Span | None:
        """What stands before a bracket that says who does it, back to the bracket before, with the bracket and what it says beside."""
        signs = (".", ";")
        closed = (at for at in reversed(range(paragraph.first, opened)) if self.words.text(at) == ")" and self.words.text(at + 1) in signs)
        first = next((at + 2 for at in closed if at + 2 < opened), paragraph.first)
        return self.span(self.past_bullet(first), min(paragraph.end, self.context.texts.sentence_end(opened)))

    def says_enough(self, task: Span) -> bool:
        """Whether a task has words enough to be understood alone: "thực hiện" has not."""
        first, end = self.context.texts.word_range(task)
        return end - first >= _LEAST_TASK

    def clause_before(self, paragraph: Paragraph, group: Group) -> Span | None:
        """The words that bind a group at the end of its sentence: "xin ý kiến của Ban …" tells the task before the unit."""
        start = self.known.cooperate.before(self.words, group.first, paragraph.first)
        return None if start is None else self.span(start, group.end)

    def _skipped(self, at: int, paragraph: Paragraph) -> int:
        """The word after "có trách nhiệm", with which no task begins; ``at`` where nothing follows."""
        skipped = self.known.skipped.after(self.words, at)
        return skipped if skipped is not None and skipped < paragraph.end else at
