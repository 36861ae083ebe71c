"""Groups of units that are the subject of a clause which tells them to do something: "Các cơ quan, đơn vị rà soát …".

Source of the rule: plans, letters and regulations of Party and State bodies, 2015-2025.
"""

from __future__ import annotations

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.paragraphs import Group, Paragraph
from kehoach_parser.duties.speakers import Speakers

_BEFORE_SUBJECT = (".", ";", ",", ":")
_OWNS = ("của", "cho", "với", "do", "để", "và", "là", "tại", "thuộc", "bởi", "giữa", "từ", "về", "tới", "đến")
_MOST_OPENING = 6  # words of an opening without its comma


class SubjectGroups:
    """Tells which groups of units of one text are told to act by being the subject of a clause."""

    def __init__(self, context: DutyContext, speakers: Speakers) -> None:
        self._context, self._words, self._known, self._speakers = context, context.words, context.known, speakers

    def is_one(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a group is the subject of a clause that tells it to do something."""
        opens = group.first <= paragraph.first
        before = "." if opens else self._words.text(group.first - 1)
        begins = opens or before[-1:] in _BEFORE_SUBJECT or self._concludes(paragraph.first, group.first) or self.is_charged(group)
        begins = begins or self._labelled(paragraph.first, group.first)
        if (not begins and not self._follows_opening(paragraph.first, group.first)) or self._speakers.were_heard(paragraph, group):
            return False
        after = self._past_name(paragraph, group)
        grounds = self._known.task.after(self._words, after) is not None  # "căn cứ chức năng, nhiệm vụ được giao và tình hình địa phương …"
        after = self._context.past_manner(after)
        if after >= paragraph.end or self._speaks_or_gets(paragraph, group, after):
            return False
        if self._known.binding.after(self._words, after) is not None or (
            self._context.directs and self._known.must.after(self._words, after) is not None
        ):
            return True
        unsaid = before == "," and not self._context.is_opened(paragraph.first, group.first)
        return not unsaid and (grounds or self._known.task.after(self._words, after) is not None or self._context.is_lead(after))

    def _past_name(self, paragraph: Paragraph, group: Group) -> int:
        """The word behind a group, and what is said of it: "Sở Y tế (cơ quan thường trực), nhất là …", "- Công an tỉnh: Chuẩn bị …"."""
        at = self._context.texts.after_bracket(group.end)
        if self._words.text(at) == ",":
            return self._context.past_above_all(paragraph, at + 1)
        heads = group.first <= paragraph.first and self._context.directs and self._words.text(at) == ":"
        return at + 1 if heads else at

    def _speaks_or_gets(self, paragraph: Paragraph, group: Group, after: int) -> bool:
        """Whether a group is who says what follows, or is told what it gets: "Văn phòng Chính phủ xin thông báo để các bộ biết"."""
        if self._known.announcing.after(self._words, after) is not None or self._context.entitles(group):
            return True
        return (self._context.directs and self._speakers.ask(paragraph, after)) or self._speakers.say(paragraph, group, after)

    def _follows_opening(self, least: int, at: int) -> bool:
        """Whether only words that open a sentence stand before word ``at``: "Trong quá trình thực hiện các địa phương chủ động …"."""
        start = self._context.sentence_start(least, at)
        owned = self._words.reads(at - 1, "của", loose=False)  # "Căn cứ Kế hoạch của Thường trực, đề nghị …"
        near = at - start <= _MOST_OPENING or self._context.follows_trouble(at)
        return near and self._context.is_opened(least, at) and self._words.is_clean(at) and not owned

    def _labelled(self, least: int, at: int) -> bool:
        """Whether the label of an item that runs on stands before word ``at``, or one that no outline has read: "… chu đáo. b) Ủy ban nhân
        dân cấp xã tạo điều kiện …", "©) Bộ Giao thông vận tải chủ trì …"."""
        if at - 2 < least or self._words.text(at - 1) != ")" or len(self._words.text(at - 2)) > 1:
            return False
        return at - 2 == least or self._words.text(at - 3)[-1:] in _BEFORE_SUBJECT

    def is_charged(self, group: Group) -> bool:
        """Whether "có trách nhiệm" follows at once, after whatever topic: "Về dữ liệu của ba tỉnh (A, B, C) Sở X có trách nhiệm …"."""
        at = group.end + (self._words.text(group.end) in (",", "phải"))
        return self._words.text(group.first - 1) not in _OWNS and self._known.charged.after(self._words, at) is not None

    def _concludes(self, least: int, at: int) -> bool:
        """Whether "thì" stands before word ``at``: "Nếu …, thì các cấp ủy phải …" has its subject there."""
        return at - 2 > least and self._words.reads(at - 1, "thì", loose=False)
