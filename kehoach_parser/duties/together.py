"""Who is to cooperate: "phối hợp với …", however closely, and all that stand behind "phối hợp giữa"."""

from __future__ import annotations

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.paragraphs import Group, Paragraph
from kehoach_parser.duties.tasks import Tasks
from kehoach_parser.model import Span


class Together:
    """Asks of the groups of one text whether they are to cooperate."""

    def __init__(self, context: DutyContext, tasks: Tasks) -> None:
        self.context, self.words, self.known = context, context.words, context.known
        self._tasks = tasks

    def binds(self, paragraph: Paragraph, group: Group, first: int) -> bool:
        """Whether the words before a group, which end before word ``first``, have it cooperate."""
        ordered = self.known.cooperate.before(self.words, first, paragraph.first) is not None
        return ordered or self._closely(first, paragraph.first) or self.between(paragraph, group)

    def between(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a group is one of those of "Tăng cường … phối hợp … giữa A, B; giữa C với D", "… giữa các cơ quan: A, B",
        which all are to cooperate."""
        words, at = self.words, group.first - 1
        if not self.context.directs:
            return False
        if at > paragraph.first and (words.reads(at, "với", loose=False) or words.text(at) == ":"):
            other = next((each for each in paragraph.groups if each.end == at), None)
            return other is not None and self.between(paragraph, other)
        if at <= paragraph.first or not words.reads(at, "giữa", loose=False):
            return False
        start = self.context.sentence_start(paragraph.first, group.first)
        while start > paragraph.first and words.reads(start, "giữa", loose=False):
            start = self.context.sentence_start(paragraph.first, start - 1)
        tasked = self.known.task.after(words, start) is not None
        # "phối hợp các Ban chuẩn bị nội dung làm việc giữa A với B" has the Boards cooperate.
        between = next(word for word in range(start, at + 1) if words.reads(word, "giữa", loose=False))
        start = max((start, *(each.end for each in paragraph.groups if each.end <= between)))
        return tasked and self.known.cooperate.within(words, start, at)

    def named_over(self, paragraph: Paragraph, group: Group) -> Group | None:
        """The several units that a colon behind them names one by one: "phối hợp với các đơn vị: Văn phòng, Sở Tư pháp"."""
        if self.words.text(group.first - 1) != ":":
            return None
        over = next((other for other in paragraph.groups if other.end == group.first - 1), None)
        return over if over is not None and self.words.reads(over.first, "các", loose=False) else None

    def shared(self, paragraph: Paragraph, least: int, group: Group, clause: Span) -> Span | None:
        """The words that a group which cooperates has in the register as who leads has them: of a place "Chủ trì, phối hợp với Công an tỉnh
        rà soát …" both have all, whose own ``clause`` is what follows the names. None where a name is its subject ("Sở Y tế chủ trì, phối
        hợp với …") or a later clause says it, unless the first line of the place ends before the work is said. ``least``: the first word
        after the head. Source: the rows of the annotated texts at one place."""
        at = self._start(paragraph, group)
        first = max(least, self.context.sentence_start(paragraph.first, group.first))
        if at is None or at < first or clause[0] < self.words.starts[at]:
            return None
        named = first == least > paragraph.first and self.words.text(first) != ":"
        opens = at == self._tasks.start_after(first, paragraph) and not named
        starts, content = self.words.starts, self.words.content
        wraps = "\n" in content[starts[at] : clause[0]] and "\n" not in content[starts[paragraph.first] : starts[at]]
        return self._tasks.sentence(at, paragraph) if opens or wraps else None

    def _start(self, paragraph: Paragraph, group: Group) -> int | None:
        """The first word of what has a group cooperate: "Phối hợp với …", "Chủ động chủ trì, phối hợp với …"; None without "phối hợp"."""
        words, eagerly = self.words, self.known.eagerly
        bound = (self.named_over(paragraph, group) or group).first
        least = max((paragraph.first, *(each.end for each in paragraph.groups if each.end <= bound)))
        joined = (at for at in range(least, bound - 1) if words.reads(at, "phối") and words.reads(at + 1, "hợp"))
        at = next(joined, None)
        while at is not None:
            while at > least and words.text(at - 1).lower() in eagerly:
                at -= 1
            lead = self.known.lead.before(words, at, least)
            if lead is None:
                break
            at = lead
        return at

    def _closely(self, first: int, least: int) -> bool:
        """Whether "phối hợp chặt chẽ, quyết liệt với" stands before a word, however closely."""
        words, at = self.words, first - 1
        if at <= least or not (words.reads(at, "với", loose=False) or words.reads(at, "cùng", loose=False)):
            return False
        start = at
        while start > least and words.text(start - 1).lower() in self.known.closely:
            start -= 1
        return (
            start < at and start - 2 >= least and words.reads(start - 2, "phối", loose=False) and words.reads(start - 1, "hợp", loose=False)
        )
