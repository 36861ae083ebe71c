"""Who does what stands before the name: "…: do Ủy ban nhân dân cấp xã thực hiện", "… (Phòng Tư pháp chủ trì)"; who only helps."""

from __future__ import annotations

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.paragraphs import Group, Paragraph

_HELPS = (("phối", "hợp", "tổ", "chức", "thực", "hiện"), ("phối", "hợp", "thực", "hiện"), ("phối", "hợp"), ("cùng", "phối", "hợp"))
_DOES = (("tham", "mưu"), ("thực", "hiện"), ("phụ", "trách"), ("tổ", "chức", "thực", "hiện"), ("đảm", "nhiệm"), ("chuẩn", "bị"))
_BRACKETS = ("(", ")")
_BEFORE_DOER = (",", ":", ";", "(")


class Doers:
    """Asks of the units of one text whether they do what stands before them."""

    def __init__(self, context: DutyContext) -> None:
        self.context, self.words, self.known = context, context.words, context.known

    def follow_work(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a group is said to do what stands before it."""
        return self._is_doer(paragraph, group) or self._opens_aside(paragraph, group)

    def _is_doer(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether "do" behind a sign says who does what stands before it: "b) Tiêm phòng dại: do UBND cấp xã tổ chức thực hiện", "Việc đánh
        giá kết quả do Bí thư chi bộ trực tiếp chỉ đạo"; behind a comma who leads: not "các dự án, do Sở Y tế quản lý"."""
        at = group.first - 1
        if at <= paragraph.first or not self.words.reads(at, "do", loose=False):
            return False
        whole = self.words.text(self.context.sentence_start(paragraph.first, at)) == "Việc"
        if self.words.text(at - 1) not in _BEFORE_DOER and not whole:
            return False
        after = self.context.texts.after_bracket(group.end)
        verbs = self.known.task if whole else self.known.subject
        acts = (whole or self.words.text(at - 1) != ",") and verbs.after(self.words, after) is not None
        return acts or any(phrases.after(self.words, after) is not None for phrases in (self.known.binding, self.known.lead))

    def aside(self, paragraph: Paragraph, group: Group) -> int | None:
        """The bracket around a group that says who does what stands before it: "Phổ biến pháp luật (Phòng Tư pháp chủ trì, hoàn thành trước
        …)", "(Phòng Nội vụ tham mưu)", "…. (Giao Ban Xây dựng Đảng chủ trì, phối hợp với Văn phòng)", "(phối hợp với …)"; else None."""
        opened = self._opened(paragraph, group)
        if opened is None:
            return None
        after = self.context.texts.after_bracket(opened)
        if after <= opened or not (after >= paragraph.end or self.words.text(after) in (".", ";")):
            return None
        first = next(each for each in paragraph.groups if each.first > opened)
        orders = (self.known.assign, self.known.cooperate)
        ordered = any(each.before(self.words, first.first, opened + 1) == opened + 1 for each in orders)
        return opened if ordered or self._opens_aside(paragraph, first) else None

    def _opened(self, paragraph: Paragraph, group: Group) -> int | None:
        """The bracket that a group stands in."""
        signs = (at for at in reversed(range(paragraph.first + 1, group.first)) if self.words.text(at)[-1:] in _BRACKETS)
        at = next(signs, None)
        return at if at is not None and self.words.text(at) == "(" else None

    def _opens_aside(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a group opens a bracket that says that it does what stands before it."""
        at = group.first - 1
        if at <= paragraph.first or self.words.text(at) != "(":
            return False
        end = self._done(group.end)
        if end is None or (self.words.text(end) != ")" and not self.context.leads(group.end)):
            return False
        after = self.context.texts.after_bracket(at)
        return after > at and (after >= paragraph.end or self.words.text(after) in (".", ";"))

    def _done(self, at: int) -> int | None:
        """The word after "chủ trì", "thực hiện", "tham mưu" at the word."""
        if (end := self.known.lead.after(self.words, at)) is not None:
            return end
        return next((end for said in _DOES if (end := self.words.take(at, said, loose=False)) is not None), None)

    def only_cooperate(self, at: int) -> bool:
        """Whether "phối hợp" is all that a subject is told: "Phòng Tư pháp chủ trì; các phòng, ban phối hợp (thực hiện);"."""
        end = next((at + len(said) for said in _HELPS if self.words.take(at, said, loose=False) is not None), None)
        return end is not None and self.words.text(end) in (";", ".", ",", ")")
