"""Lists of those who are told: each item up to the next sign is a name, and the last goes on to the verb of the task.

"Đề nghị các cơ quan, trạm y tế, ban nhân dân các ấp treo cờ": no list of units has all of these. Where an order, "phối hợp với" or the
beginning of a sentence stands before a listed name, what is listed with it is told as well; and a name without capitals of its own ("các
thành viên", "các trung tâm") is not ended by words that no task begins with ("các thành viên trong tiểu ban thực hiện …").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kehoach_parser.duties.paragraphs import Named, named_by_place
from kehoach_parser.duties.words import DutyWords, PhraseSet
from kehoach_parser.units import Scope, TextWords

_JOINS = (",", "và", "cùng", "/")
_BEGINS = (".", ";", ":", "!", "?")
_BULLETS = ("-", "–", "+", "•", "*")
_MOST_MORE = 8  # words by which a name is longer than listed
_LEAST, _MOST_NAME = 2, 12
_SHORT = 3  # words of a name that others may follow
_WHICH = ("có", "được", "trong", "nơi")
_CERTAINTY = 0.8
#: Words that no name goes over: they begin what is said of a task, or of when and why.
_NO_PART = frozenset(
    (
        "để", "khi", "nếu", "theo", "đã", "là", "không", "chưa", "nhằm", "do", "bằng", "về", "với", "từ", "đến", "như", "mà", "thì",
        "sẽ", "sau", "trước", "cho", "vào", "ngay", "cũng", "đều", "còn", "luôn", "nên", "hãy", "vẫn", "chỉ", "tự", "mới", "thật",
        "rất", "này", "đó", "hoặc", "gồm", "bao", "bị", "nêu", "xin", "nhất", "năm", "đối", "qua", "gắn", "nay", "tối", "cùng", "gần",
        "thời",
    )
)  # fmt: skip
_WITHIN = ("trong", "tại", "ở")  # "trong tiểu ban", "tại xã": of whom somebody is one; not "trong quá trình"
_UNSAID = (("cơ", "quan"), ("đơn", "vị"), ("bộ", "phận"), ("tổ", "chức"), ("cá", "nhân"))
_WORKS = ("công", "chương", "quy", "giáo", "lộ")  # "chủ đầu tư công trình điện lực"
_BODIES = ("hoi", "ban", "to", "uy")  # folded: bodies that offices have, each its own: "Hội đồng …", "Ban Chỉ đạo …", "Tổ công tác …"
_GIVEN_BASIS = ("căn", "cứ")
_GIVEN = ("được", "phân", "công"), ("được", "giao")  # "các chuyên viên được phân công"


class _Item(NamedTuple):
    """An item of a list: its words, and whether a sign or a task ends it."""

    first: int
    end: int
    ends: bool


class ToldLists:
    """Looks up the lists of those who are told in one text."""

    def __init__(self, words: TextWords, known: DutyWords, scope: Scope) -> None:
        self._words, self._known, self._scope = words, known, scope
        self._orders: tuple[PhraseSet, ...] = (known.request, known.direct, known.assign)
        self._heading = (known.request, known.assign, known.cooperate)
        self._acting: dict[int, bool] = {}  # lists that begin near one another end at the same words
        self._after_orders = sorted({each for order in (*self._heading, known.direct) for each in self._somebody_after(order)})

    def _somebody_after(self, order: PhraseSet) -> Iterator[tuple[int, int]]:
        """Where an order stands before a word for somebody, and that word: "đề nghị Ban Chấp hành các chi đoàn …"."""
        for at, after in order.places(self._words):
            clean = self._words.is_clean(after)  # lists are read in clean text alone
            if clean and (self._begins(after) or self._joins(order, at, after)) and self._names_somebody(after):
                yield at, after

    def _joins(self, order: PhraseSet, at: int, after: int) -> bool:
        """Whether who is told is named by a word of everyday language: "phối hợp với chính quyền, các đoàn thể", "chỉ đạo chính quyền, các
        trường …", "Đề nghị thành viên Ban Chỉ đạo …"; not "lấy ý kiến cử tri", and "cơ quan chủ trì", "bộ phận quản lý nợ" are longer than
        these words."""
        words = self._words
        joint = order is self._known.cooperate and words.reads(at, "phối", loose=False)
        asked = order is self._known.request and words.text(at)[:1].isupper()
        led = order is self._known.direct and words.reads(at, "chỉ", loose=False)
        return (joint or asked or led) and not (words.texts[after : after + 2] in _UNSAID and not self._is_listed(after + 2))

    def _is_listed(self, at: int) -> bool:
        """Whether a sign of a list stands at the word or soon after it, before any task: "đơn vị điện lực và các đơn vị liên quan"."""
        for each in range(at, at + _SHORT):
            if self._words.text(each) in _JOINS:
                return True
            if self._acts(each) or self._past(each, None) is None:
                break
        return False

    def among(self, first: int, end: int, named: Sequence[Named]) -> Sequence[Named]:
        """The units named in the words of a paragraph, with what is listed with them, and as long as they are."""
        past = first
        begun = {each.first for each in named}
        ordered = self._after_orders[bisect_left(self._after_orders, (first, 0)) : bisect_left(self._after_orders, (end, 0))]
        if not (named or ordered):  # most paragraphs name nobody
            return named
        more = {after for _, after in ordered if after < end and self._known.several.after(self._words, after) not in begun}
        for at in sorted(begun | more):
            if at < past or not self._words.is_clean(at) or not self._is_told(at, first):
                continue
            items = self._items(at, end, named)
            if items:
                past = items[-1].end
                named = self._with(named, items)
        return named

    def _is_told(self, at: int, least: int) -> bool:
        """Whether a list of those who are told may begin at the word."""
        before = self._words.text(at - 1)
        if at == least or before[-1:] in _BEGINS or before in _BULLETS:
            return self._begins(at)
        return any(order.before(self._words, at, least) is not None for order in (*self._orders, self._known.cooperate))

    def _begins(self, at: int) -> bool:
        """Whether a name may begin at the word: a capital, "các"; "; cơ quan ban hành quyết định" is none."""
        return self._words.text(at)[:1].isupper() or self._known.several.after(self._words, at) is not None

    def _items(self, at: int, end: int, named: Sequence[Named]) -> list[_Item]:
        """The items of a list from word ``at`` on. Those that no list has count where each is for somebody up to the task, or the last is
        joined by "và"."""
        begun = {each.first: each for each in named}
        items: list[_Item] = []
        following: int | None = at
        while following is not None and (following in begun or self._names_somebody(following)):
            item = self._item(following, end, begun.get(following), named)
            if item is None:
                break
            items.append(item)
            following = self._next(item.end, end) if item.ends else None
        if not items or not (
            self._acts(items[-1].end) or self._heads(at, items[-1].end) or self._closes(following) or self._stops(items, named)
        ):
            return [item for item in items if item.first in begun]
        return items

    def _heads(self, at: int, end: int) -> bool:
        """Whether what stands below is told to a list behind an order: "Sở Giáo dục và Đào tạo yêu cầu các trường:"."""
        ordered = any(order.before(self._words, at, 0) is not None for order in self._heading)
        return ordered and self._leads_in(end)

    def _leads_in(self, at: int) -> bool:
        """Whether the word is a colon that ends its line."""
        return self._words.text(at) == ":" and self._words.breaks_between(at) > 0

    def _stops(self, items: Sequence[_Item], named: Sequence[Named]) -> bool:
        """Whether a list of several ends with a listed name, whatever verb follows: "… và ban quản lý chợ các thôn thu gom rác thải"."""
        return len(items) > 1 and any(each.end == items[-1].end for each in named)

    def _closes(self, at: int | None) -> bool:
        """Whether a task begins at the word behind a list, or its last item."""
        if at is None:
            return False
        return self._acts(at) or (self._words.text(at - 1) == "và" and self._names_somebody(at))

    def _next(self, at: int, end: int) -> int | None:
        """The first word of the next item; None where no sign of a list stands."""
        if at >= end - 1 or self._words.text(at) not in _JOINS:
            return None
        if self._words.text(at) == "/" and not self._words.text(at + 1)[:1].isupper():
            return None  # "cá nhân chuyên trách/phụ trách quản lý chữ ký số"
        return at + 1 + (self._words.text(at) == "," and self._words.text(at + 1) == "và")

    def _item(self, at: int, end: int, own: Named | None, named: Sequence[Named]) -> _Item | None:
        """The item that begins with a word; None for one that no list has and no sign or task ends."""
        if own is not None:
            if (whose := self._whose(own, named)) is not None:
                return _Item(at, whose.end, self._ends(whose.end))
            if self._ends(own.end) or not self._is_open(own):
                return _Item(at, own.end, self._ends(own.end))
            return self._scanned(at, own.end, min(end, own.end + _MOST_MORE), own, named) or _Item(at, own.end, False)
        if self._past(at + 1, None) is None:
            return None
        # "Ban Chấp hành", "Chủ đầu tư": the second word may be a verb elsewhere
        return self._scanned(at, at + _LEAST, min(end, at + _MOST_NAME), None, named)

    def _whose(self, own: Named, named: Sequence[Named]) -> Named | None:
        """Whose body a name is, said at once behind it: "Hội đồng Thi đua - Khen thưởng" "các cơ quan, đơn vị, địa phương" is one."""
        if self._words.text(own.end) != "các" or self._words.breaks_between(own.end - 1) or self._words.folds[own.first] not in _BODIES:
            return None
        return next((each for each in named if each.first == own.end), None)

    def _scanned(self, at: int, last: int, longest: int, own: Named | None, named: Sequence[Named]) -> _Item | None:
        """The item up to the sign or task that ends it, looked for from word ``last`` on; else up to a listed name in it; None without."""
        begins, shown = last, None
        while last < longest:
            if self._ends(last):
                return _Item(at, last, True)
            passed = next((each.end for each in named if each.first == last), None)
            if passed is not None and (own is None or last == begins):  # "Ban nhân dân" "các ấp": with no verb between they are one
                shown = _Item(at, passed, False)
            after = passed if passed is not None else self._past(last, own)
            if after is None:
                break
            last = after
        return shown

    def _past(self, at: int, own: Named | None) -> int | None:
        """The word after one that may be part of a name; None where it is none. "Các" right behind "các đơn vị" begins another."""
        words = self._words
        several = self._known.several
        if own is not None and at == own.end and all(several.after(words, each) is not None for each in (own.first, at)):
            return None
        given = next((after for phrase in _GIVEN if (after := words.take(at, phrase, loose=False)) is not None), None)
        if given is not None:
            return given
        within = words.text(at) in _WITHIN and self._names_somebody(at + 1)
        text = words.text(at)
        if self._known.rights.after(words, at) is not None:
            return None
        if not text[:1].isalpha() or (text in _WITHIN and not within) or text in _NO_PART or text == "được":
            return None
        return at + 1

    def _ends(self, at: int) -> bool:
        """Whether a sign of the list or a task stands at the word: what is before it is a whole name."""
        return self._words.text(at) in _JOINS or self._leads_in(at) or self._acts(at)

    def _acts(self, at: int) -> bool:
        """Whether a task begins at the word, or what is said before it: "Các bộ, ngành căn cứ nhiệm vụ được giao và hướng dẫn của …"."""
        if (acts := self._acting.get(at)) is None:
            acts = self._acting[at] = self._begins_task(at)
        return acts

    def _begins_task(self, at: int) -> bool:
        words, known = self._words, self._known
        if words.take(at, _GIVEN_BASIS, loose=False) is not None:
            return True
        if words.text(at) == "trình" and words.text(at - 1) in _WORKS:
            return False
        if words.text(at) == ":" and known.task.after(words, at + 1) is not None:
            return True  # "Các Tập đoàn, doanh nghiệp xuất khẩu: xây dựng kế hoạch …"
        manner = known.manner.after(words, at) or at
        return known.acting.after(words, manner) is not None

    def _is_open(self, named: Named) -> bool:
        """Whether a name is made of words of everyday language, which others may follow: "các thành viên"; not "Sở Y tế", and "Ủy ban nhân
        dân cấp xã" only where they tell which ("… có diện tích lớn")."""
        if any(word[:1].isupper() or word[:1].isdigit() for word in named.unit.value.split()[1:]):
            return False
        short = named.end - named.first <= _SHORT or self._known.several.after(self._words, named.first) is not None
        return short or self._words.text(named.end) in _WHICH

    def _names_somebody(self, at: int) -> bool:
        """Whether a word for persons or bodies stands here, which is no verb."""
        words, known = self._words, self._known
        each = known.actors.after(words, at)  # "các huyện", "các thôn": not a district alone
        at = known.several.after(words, at) or at
        word = each or known.actors.after(words, at) or known.first_words.after(words, at)
        if word is None:
            return False
        others = (each.after(words, at) for each in (known.task, known.matters))
        return all(other is None or other < word for other in others)

    def _with(self, named: Sequence[Named], items: Sequence[_Item]) -> Sequence[Named]:
        """The units with the items of a list in the place of what begins or stands in each."""
        for item in items:
            if any((each.first, each.end) == item[:2] for each in named):
                continue
            outside = [each for each in named if not item.first <= each.first < item.end]
            named = sorted(
                [*outside, named_by_place(self._words, self._scope, item.first, item.end, _CERTAINTY)], key=lambda each: each.first
            )
        return named
