"""Who speaks in a paper and is told nothing by what follows: who asks others, who makes something known, who was listened to."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.paragraphs import Group, Paragraph
from kehoach_parser.text.areas import one_of_folded
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import letters_of_type

_REQUIRES = ("yêu", "cầu")
_ENDS_CLAUSE = (";", ":")
_FOLLOWS = ("như", "sau")
_SAYS = (("thông", "báo"), ("chỉ", "đạo"), ("hướng", "dẫn"), ("kết", "luận"), ("yêu", "cầu"), ("quy", "định"), ("công", "bố"))


@lru_cache(maxsize=1)
def _paper_itself() -> re.Pattern[str]:
    """How a paper speaks of itself, folded: "cong van nay"."""
    return re.compile(rf"(?<!\w){one_of_folded(letters_of_type())}\s+nay(?!\w)")


class Speakers:
    """Asks of the units of one text whether they speak there."""

    def __init__(self, context: DutyContext) -> None:
        self.context, self.words, self.known = context, context.words, context.known

    def ask(self, paragraph: Paragraph, at: int) -> bool:
        """Whether the word behind a subject begins what it asks of others: "đề nghị …"; "yêu cầu Sở Y tế:", where they have the items
        below."""
        if self.known.request.after(self.words, at) is not None:
            return True
        return self.words.text(paragraph.end - 1) == ":" and self.words.take(at, _REQUIRES, loose=False) is not None

    def were_heard(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a group is one of those who were listened to: "Sau khi nghe Sở Y tế và các sở liên quan báo cáo; Ban Thường vụ …"."""
        before = reversed(range(self.context.sentence_start(paragraph.first, group.first), group.first))
        clause = takewhile(lambda at: self.words.text(at) not in _ENDS_CLAUSE, before)
        return any(self.words.reads(at, "nghe", loose=False) for at in clause)

    def give_orders(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a group issues the paper, or stands at its head, as "Ban Giám hiệu" does in a school; where no head says who issues it,
        who begins a paragraph that speaks of the paper."""
        unit = group.units[-1].unit
        if self.context.issuer is None and group.first == paragraph.first and self._names_paper(paragraph):
            return True
        return self.context.issues(unit.key) or (len(group.units) == 1 and fold(unit.value) in self.known.heading)

    def speak_for_paper(self, paragraph: Paragraph) -> bool:
        """Whether the issuer speaks here, whoever heads what stands above: "Ban Giám hiệu yêu cầu các tổ …" behind the last bullet, "Yêu
        cầu các Cục Thuế thực hiện đúng Công văn này."""
        first = paragraph.groups[0] if paragraph.groups else None
        if first is None:
            return False
        if first.first == paragraph.first:
            return self.give_orders(paragraph, first) and self._order(paragraph, first.end)
        return self._order(paragraph, paragraph.first) and self._names_paper(paragraph)

    def _names_paper(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph speaks of the paper in which it stands."""
        return _paper_itself().search(self.context.texts.folded, *self.words.span(paragraph.first, paragraph.end)) is not None

    def _order(self, paragraph: Paragraph, at: int) -> bool:
        """Whether somebody is given an order at the word: "Ban Giám hiệu" yêu cầu các tổ …"""
        end = self.known.assign.after(self.words, at)
        return end is not None and any(group.first in (end, self.known.addressed.after(self.words, end)) for group in paragraph.groups)

    def say(self, paragraph: Paragraph, group: Group, at: int) -> bool:
        """Whether a group is who says what follows, to nobody named ("Sở Y tế thông báo lịch tiêm như sau:"), orders or consents."""
        if (self.give_orders(paragraph, group) and self._order(paragraph, at)) or self.context.consents(group, at):
            return True
        words, colon = self.words, paragraph.end - 1
        if not self.context.directs or words.text(colon) != ":" or words.take(colon - len(_FOLLOWS), _FOLLOWS, loose=False) != colon:
            return False
        alone = not any(other.first > group.first for other in paragraph.groups)
        return alone and any(words.take(at, said, loose=False) is not None for said in _SAYS)
