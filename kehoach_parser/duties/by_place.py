"""Who is told by the place of the name alone: "5. Chủ vật nuôi: …", "7. Công đoàn ngành" among "4. Sở Y tế", "6. Sở Nội vụ".

No list has all that plans give tasks to. Where units begin most items of a list under "Tổ chức thực hiện", what the others begin with is a
name too: a title, the words before a colon, or those before the verb of a task, unless they begin with a verb themselves or say what
the item is about ("Kinh phí", "Công tác tuyên truyền", "Chế độ báo cáo"). In any list a word for persons or bodies ("Tổ", "Trưởng")
makes what stands before a colon or over items a name, where a task follows: "- Tổ Ngữ văn: chấm báo tường".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.paragraphs import Group, Named, Paragraph, named_by_place

_MOST = 14  # words of such a name, a list of several
_LEAST = 2
_SHORT = 8  # words of a title in which a verb may be part of a name
_CERTAINTY = 0.7
_NO_DUTY = ("trực",)  # "Đối với cá nhân: trực tiếp hoặc qua bưu điện"
_IS = "là"  # "Là đơn vị thường trực, tham mưu …"
_CONCERNING = ("đối", "với")
_ORGANISATION = ("tổ", "chức")
_NO_LAST = frozenset(("với", "để", "được", "từ", "của", "cho", "là", "và", "theo", "về", "đến", "tại", "ở", "khi", "đã", "sẽ"))
_NO_PART = frozenset(("này", "đó", "sau", "là", "để", "nếu", "không", "đã"))
_NO_NAME = frozenset('.;?!()[]“”"/%')


class NamedByPlace:
    """Reads the names that begin the items of a list, where no list of units has them."""

    def __init__(self, context: DutyContext) -> None:
        self._context, self._words, self._known = context, context.words, context.known

    def read(self, paragraph: Paragraph, beneath: Paragraph | None, listed: bool) -> Group | None:
        """The name or names that a paragraph begins with; None where a listed one does, or none. ``beneath``: what stands below it,
        ``listed``: units begin the other items of its list."""
        named = self._read(paragraph, beneath is not None)
        return named if named is None or listed or self._is_sure(paragraph, named.end, beneath) else None

    def concerned(self, paragraph: Paragraph, beneath: Paragraph | None) -> Group | None:
        """Those of "2. Đối với công đoàn cơ sở" over what they are to do, or "- Đối với các chi bộ: tổ chức sinh hoạt …"; else None."""
        words, first = self._words, paragraph.first + len(_CONCERNING)
        if words.take(paragraph.first, _CONCERNING, loose=False) is None:
            return None
        most = min(paragraph.end, first + _MOST)
        end = next((at for at in range(first, most) if words.text(at) in _NO_NAME or words.text(at) == ":"), most)
        several = self._known.several.after(words, first)
        known = any(group.first == first for group in paragraph.groups)
        if several is not None and not (known or self._known.actors.after(words, first) is not None or self._names_somebody(several)):
            return None  # "Đối với các công trình"
        passing = any(phrases.after(words, end + 1) is not None for phrases in (self._known.opening, self._known.request))
        if passing or words.text(end + 1).lower() in _NO_DUTY:
            return None  # "Đối với tập thể: Căn cứ số lượng … để xếp loại"
        if end <= first or not self._is_sure(paragraph._replace(first=first), self._context.texts.after_bracket(end), beneath):
            return None
        listed = next((group for group in paragraph.groups if (group.first, group.end) == (first, end)), None)
        return listed or Group(tuple(self._named(paragraph, *part) for part in self._parts(first, end)))

    def _is_sure(self, paragraph: Paragraph, end: int, beneath: Paragraph | None) -> bool:
        """Whether a name begins with a word for somebody and what follows its colon, or stands below it, is a task."""
        words, known = self._words, self._known
        if not self._names_somebody(paragraph.first):
            return False
        if words.text(end) == ":" and end + 1 < paragraph.end:
            task = end + 1
        elif end >= paragraph.end - 1 and beneath is not None:
            task = beneath.first
        else:
            return False
        task += words.text(task) in ("-", "–", "+", "•")
        return words.text(task).lower() == _IS or (known.task.after(words, task) or known.binding.after(words, task)) is not None

    def _names_somebody(self, at: int) -> bool:
        """Whether the first word of a name is one for persons or bodies; not of "Các hoạt động"."""
        several = self._known.several.after(self._words, at)
        if several is not None and self._known.matters.after(self._words, several) is None:
            return True
        return self._known.actors.after(self._words, at) is not None or self._is_first_word(at)

    def _read(self, paragraph: Paragraph, over: bool) -> Group | None:
        first = paragraph.first
        begun = next((group for group in paragraph.groups if group.first == first), None)
        if begun is not None and not (over and self._goes_on(begun.end, paragraph.end)):
            return None
        if begun is None and not self._may_begin(first):
            return None
        end = self._end(paragraph, over)
        if end is None or end - first < _LEAST or not self._is_name(first, end):
            return None
        return Group(tuple(self._named(paragraph, *part) for part in self._parts(first, end)))

    def _goes_on(self, at: int, end: int) -> bool:
        """Whether another name follows in a title: "Ban quản lý Ký túc xá", Đội bảo vệ."""
        return at < end - 1 and self._words.text(at) == "," and self._words.text(at + 1)[:1].isupper() and self._may_begin(at + 1)

    def _is_name(self, first: int, end: int) -> bool:
        """Whether words may be a name: "Nghị quyết này có hiệu lực từ ngày được" is none, nor "Cấp, bổ sung, thu hồi Giấy phép"."""
        inside = [self._words.text(at) for at in range(first, end)]
        parts = [at for at in range(first + 2, end) if self._words.text(at - 1) == ","]
        listed = self._names_somebody(first) or all(self._begins(at) or self._names_somebody(at) for at in parts)
        return inside[-1] not in _NO_LAST and _NO_PART.isdisjoint(inside) and listed

    def _may_begin(self, at: int) -> bool:
        words, known = self._words, self._known
        if not words.is_clean(at) or not words.text(at)[:1].isupper():
            return False
        if self._is_first_word(at):
            return known.matters.after(words, at) is None
        orders = known.task, known.request, known.assign, known.opening, known.concerning, known.topic, known.announcing
        matters = known.matters, known.time, known.content, known.card, known.aims, known.reviews, known.implementation
        return all(phrases.after(words, at) is None for phrases in (*orders, *matters))

    def _is_first_word(self, at: int) -> bool:
        """Whether a word for somebody stands here, which may be a verb, too: "Bảo vệ:", not "Bảo vệ môi trường", "Báo cáo"."""
        word, verb = self._known.first_words.after(self._words, at), self._known.task.after(self._words, at)
        if word is None or (verb is not None and word < verb):
            return False
        return word != verb or self._words.text(word) in (":", ",")

    def _end(self, paragraph: Paragraph, over: bool) -> int | None:
        """The word after the name: a colon, the verb of a task (best one that only subjects have before them), the end of a title."""
        words, known = self._words, self._known
        verb = None
        for at in range(paragraph.first, min(paragraph.end, paragraph.first + _MOST)):
            if words.text(at) == ":":
                return at if verb is None else verb
            if words.text(at) in _NO_NAME or (words.text(at)[:1].isdigit() and not over):
                return verb
            if words.reads(at, "khi", loose=False) and at - paragraph.first >= _LEAST:
                return at  # "Thú y xã khi nhận được tin báo phải …"
            if self._is_noun(at, paragraph.first):
                continue
            manner = self._context.past_manner(at)
            if at > paragraph.first and (known.subject.after(words, manner) is not None or known.binding.after(words, manner) is not None):
                return at
            if verb is None and at > paragraph.first and (known.must.after(words, at) or known.task.after(words, at)) is not None:
                verb = at
        titled = over and paragraph.end - paragraph.first <= (_MOST if verb is None else _SHORT)  # "Ban phát triển thôn"
        return paragraph.end if titled else verb

    def _is_noun(self, at: int, first: int) -> bool:
        """Whether "tổ chức" stands among the nouns of a list ("Tập thể cơ quan, tổ chức, đơn vị"), or a capital in the name that begins at
        word ``first`` ("Tiểu ban Tuyên truyền")."""
        if at > first and self._words.text(at)[:1].isupper():
            return True
        listed = self._words.take(at, _ORGANISATION, loose=False)
        return listed is not None and (self._words.text(listed) in (",", "và") or self._words.text(at - 1) == ",")

    def _parts(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """The names of a list: parted at commas and "và" before a capital, or before "các"."""
        words = self._words
        signs = (at for at in range(first + 1, end - 1) if words.text(at) == "," or words.reads(at, "và", loose=False))
        joins = [at for at in signs if self._begins(at + 1)]
        for before, after in pairwise((first - 1, *joins, end)):
            yield before + 1, after

    def _begins(self, at: int) -> bool:
        return self._words.text(at)[:1].isupper() or self._words.reads(at, "các", loose=False)

    def _named(self, paragraph: Paragraph, first: int, end: int) -> Named:
        """The listed unit that is all of a name, else one made of its words."""
        listed = (named for group in paragraph.groups for named in group.units)
        own = next((named for named in listed if (named.first, named.end) == (first, end)), None)
        if own is not None:
            return own
        return named_by_place(self._words, self._context.scope, first, end, _CERTAINTY)
