"""Who "có trách nhiệm …", "phải …", whatever the name: "Người chủ trì soạn thảo có trách nhiệm đôn đốc …", "Lưu trữ hiện hành …".

Regulations give duties to persons and bodies that no list of units has, or that they describe at length ("Các cơ quan, đơn vị quy định tại
Điều 2 Quy chế này có trách nhiệm …"). All that stands before these words in its clause is then who is told, if it begins with a word for
persons or bodies. Source of the rule: regulations of ministries and provinces, 2015-2025.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from kehoach_parser.duties.paragraphs import Named, named_by_place
from kehoach_parser.duties.words import DutyWords
from kehoach_parser.units import Scope, TextWords

# Each begins with its letters: a choice, or a look behind, is searched for twenty times as slowly.
_BOUND = (re.compile(r"trach\s+nhiem(?!\w)"), re.compile(r"phai(?!\w)"))
_BOUND_WORDS = 3
_MUST = "phải"
_MOST_MUST = 20  # words of who "phải …"
_DONE = ("to", "luu")  # folded: "tổ chức", "lưu trữ" are done, too
#: Who stands alone for no unit: organs of the State, which as a rule are cited, not told, and how a letter speaks of whom it goes to. They
#: are told after "giao", "đề nghị" where a task follows ("đề nghị Công ty nghiên cứu …"), organs in a list of subjects, too.
_ORGANS = ("chinh phu", "quoc hoi", "hoi dong nhan dan")
_ADDRESSED = ("cong ty", "don vi", "co quan", "doanh nghiep", "chi nhanh", "nha dau tu", "trung tam", "tap doan", "lien danh")
_BEFORE = (("thu", "tuong"), ("uy", "ban", "thuong", "vu"), ("quy",))  # what such a name may begin with
_CLAUSE_ENDS = (".", ";", ":", "?", "!")
_MOST = 60  # words of a subject, a list of all who carry out a law
_MOST_LISTED = 4  # words of a short name in a list after an opening clause: "Khi có sự cố, tổ chức, cá nhân có trách nhiệm …"
_CERTAINTY = 0.8
_TRAILING = (",", "phải", "đều", "cũng", "thì", "còn", "tự", "toàn", "hoàn")
_PARTING = (",", ";", "/", "và")
_NO_SUBJECT = ("là", "không", "phải", "do", "mà")
_BODIES = ("cơ", "quan", ",")
_OWED = frozenset(("tien", "thue", "phi", "khoan"))  # folded: "số tiền thuế phải nộp"
_PAID = frozenset(("nop", "tra", "dong", "thu", "chi", "hoan", "thanh"))
# What one answers for by doing it: "cơ quan tiếp nhận chịu trách nhiệm về việc bảo đảm …"; not "trước pháp luật".
_ANSWERED = tuple(tuple(what.split()) for what in ("toàn diện", "về việc", "về tính", "về nội dung", "về chất lượng", "tổ chức", "bảo đảm"))
_NO_TASK = (",", ".", ";", ")", "về", "với", "cho", "của", "nhằm", "để", "là", "và", "hoặc", "trước", "trong", "được", "liên")


@cache
def _name(folded: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(folded.split()) + r"(?!\w)")


def _is_free(first: int, end: int, named: Sequence[Named]) -> bool:
    """Whether words are no part of a name."""
    return not any(each.first < end and first < each.end for each in named)


class Subjects:
    """Looks up the subjects of one text that are named by nothing but their duty."""

    def __init__(self, words: TextWords, folded: str, known: DutyWords, scope: Scope) -> None:
        self._words, self._known, self._scope = words, known, scope
        duties, musts = ([bisect_left(words.starts, match.start()) for match in each.finditer(folded)] for each in _BOUND)
        charged = (at - 1 for at in duties if words.reads(at, "trách") and words.folds[at - 1] in ("co", "chiu"))
        self._bound = sorted([*charged, *filter(self._is_must, musts)])
        self._organs = self._standing(_ORGANS, folded)
        self._alone = sorted([*self._organs, *self._standing(_ADDRESSED, folded)])

    def _standing(self, names: Iterable[str], folded: str) -> list[tuple[int, int]]:
        """The words on which names stand, in order."""
        starts, folds, found = self._words.starts, self._words.folds, []
        for match in (match for name in names for match in _name(name).finditer(folded)):
            if not folded[match.start() - 1 : match.start()].isalnum():
                first = bisect_left(starts, match.start())
                longer = max(len(before) for before in ((), *_BEFORE) if tuple(folds[max(0, first - len(before)) : first]) == before)
                found.append((first - longer, bisect_left(starts, match.end())))
        return sorted(found)

    def among(self, first: int, end: int, named: Sequence[Named]) -> Sequence[Named]:
        """The units named in the words of a paragraph, with its subjects among them, in their order.

        A name that a list has begins one where a comma or "và" stands before it, and goes on to the next ("Cục Pháp chế Bộ X, các cơ quan
        khác của tỉnh có trách nhiệm …"); one that is only a part of it is no unit of its own ("Công chức của Sở Y tế có trách nhiệm …").
        """
        for begin, after in self._alone[bisect_left(self._alone, (first, 0)) : bisect_left(self._alone, (end, 0))]:
            if self._is_told(begin, after, first) and _is_free(begin, after, named):
                named = sorted([*named, self._unit(begin, after)], key=lambda each: each.first)
        for at in self._bound[bisect_left(self._bound, first + 1) : bisect_left(self._bound, end - _BOUND_WORDS)]:
            subject = self._subject(first, at, named) if self._goes_on(at, end) else None
            if subject is not None:
                named = self._with(named, *subject)
        return named

    def _is_told(self, first: int, end: int, least: int) -> bool:
        """Whether an order stands before who is named by no name, and a task after."""
        if self._words.text(first - 1) == "của":
            return False  # "Trách nhiệm của doanh nghiệp cung cấp dịch vụ"
        after = end + (self._words.text(end) == ",")
        orders = (self._known.assign, self._known.request)
        ordered = any(each.before(self._words, first, least) is not None for each in orders)
        return ordered and self._known.task.after(self._words, after) is not None

    def _with(self, named: Sequence[Named], first: int, end: int) -> Sequence[Named]:
        inside = [each for each in named if first <= each.first and each.end <= end]
        subjects = [self._named(inside, *part) for part in pairwise((first, *self._parted(inside, first, end), end))]
        return sorted([*(each for each in named if each not in inside), *subjects], key=lambda each: each.first)

    def _parted(self, inside: Sequence[Named], first: int, end: int) -> Iterator[int]:
        """Where a subject of several begins anew: behind a comma or "và", with a name, or after one; "cơ quan, tổ chức, đơn vị" is one."""
        organs = self._organs[bisect_left(self._organs, (first, 0)) : bisect_left(self._organs, (end, 0))]
        names = [*((each.first, each.end) for each in inside), *(each for each in organs if _is_free(*each, inside))]
        begins, ends = {begin for begin, _ in names}, {after for _, after in names}
        posts = {each.first for each in inside if each.unit.stands_for is not None}
        begun = first
        for at in range(first + 1, end):
            if at in posts and at in ends and self._words.text(at)[0].isupper():  # "…, Giám đốc Sở Y tế Giám đốc Sở Tư pháp": no comma
                yield at
                begun = at
            if self._words.text(at - 1) not in _PARTING:
                continue
            if begun not in begins and self._known.actors.after(self._words, begun) == at - 1:
                continue
            if at in begins or (at - 1 in ends and self._known.actors.after(self._words, at) is not None) or self._is_person(at, begun):
                yield at
                begun = at

    def _is_person(self, at: int, first: int) -> bool:
        """Whether a comma parts two persons of a subject: "Người có thẩm quyền chứng thực, công chức được phân công có trách nhiệm …"; not
        "cán bộ, công chức, viên chức" nor "người đứng đầu cơ quan, tổ chức"."""
        words, known = self._words, self._known
        posted = known.posts.after(words, at) is not None and known.task.after(words, at) is None
        if words.text(at - 1) != "," or not (posted or words.text(at) == "người"):
            return False
        begun = next((before + 1 for before in reversed(range(first, at - 1)) if words.text(before) in _PARTING), first)
        return known.actors.after(words, begun) != at - 1

    def _named(self, inside: Sequence[Named], first: int, end: int) -> Named:
        """The name that is all of a subject, beside a bracket or "căn cứ …"; else one made of its words, which what parts it from the next
        may end."""
        while self._words.text(end - 1) in _PARTING:
            end -= 1
        begins = (first, first + (self._words.text(first).lower() == "các"))  # "các đồng chí Giám đốc Sở Y tế"
        own = next((each for each in inside if each.first in begins), None)
        if own is not None and self._known.aside.after(self._words, own.end) is not None:
            return Named(own.unit, own.first, end)  # "Sở Y tế căn cứ Danh mục này có trách nhiệm …"
        bracketed = own is not None and self._words.text(own.end) == "(" and self._words.text(end - 1) == ")"
        if own is not None and (own.end == end or bracketed):
            return own
        named = next((at for at in range(first + 2, end) if self._ends_name(at)), end)
        return Named(self._unit(first, named).unit, first, end, described=True)

    def _ends_name(self, at: int) -> bool:
        """Whether what follows is no part of a name: "trong phạm vi nhiệm vụ …", "khi phát hiện …"."""
        return self._known.manner.after(self._words, at) is not None or self._words.reads(at, "khi", loose=False)

    def _goes_on(self, at: int, end: int) -> bool:
        """Whether something to do follows: not "cơ quan có trách nhiệm về việc này", "… và các bên liên quan"; after "phải" a verb, and no
        colon at the end (what stands below "phải tuân thủ:" forbids), after "chịu trách nhiệm" what one does, or that the paper is
        carried out."""
        if self._is_must(at):
            owed = self._words.folds[at - 1] in _OWED and self._words.folds[at + 1] in _PAID
            opens = self._words.text(end - 1) == ":" or owed
            return not opens and self._known.task.after(self._words, at + 1) is not None
        if not self._words.reads(at, "có", loose=False):
            answers = any(self._words.take(at + _BOUND_WORDS, what, loose=False) is not None for what in _ANSWERED)
            return answers or self._known.execute.after(self._words, at) is not None
        return self._words.text(at + _BOUND_WORDS).lower() not in _NO_TASK

    def _subject(self, least: int, at: int, named: Sequence[Named]) -> tuple[int, int] | None:
        """The words of the subject before "có trách nhiệm", "phải" at word ``at``; None where they are none."""
        first, end = self._clause_before(least, at, named)
        if not first + 1 < end <= first + _MOST or not (self._begins(first, named) or self._is_alone(least, first, end, at)):
            return None
        if self._is_must(at):  # "Công chứng viên khi phát hiện thông tin … phải báo ngay …"
            end = next((inside for inside in range(first + 2, end) if self._words.reads(inside, "khi", loose=False)), end)
            if not self._lists(first, end, named):
                return None
        if any(self._breaks(inside, end, named) for inside in range(first, end)):
            return None
        return None if self._words.text(at - 1) == "," and self._acts(first, named) else (first, end)

    def _clause_before(self, least: int, at: int, named: Sequence[Named]) -> tuple[int, int]:
        """The words of the clause before word ``at`` that may be its subject: without what opens it and what orders it."""
        words, end = self._words, at
        while end > least and words.text(end - 1) in _TRAILING:
            end -= 1
        end = self._known.manner.before(words, end, least) or end  # "… trong phạm vi nhiệm vụ, quyền hạn của mình có trách nhiệm"
        end -= words.text(end - 1) == ","
        first = self._clause(least, end)
        if self._known.opening.after(words, first) is not None or self._is_bound(first, end):
            first = self._after_opening(first, end)
        return self._past_order(first, end, named), end

    def _is_alone(self, least: int, first: int, end: int, at: int) -> bool:
        """Whether few words open a paragraph before "có trách nhiệm", whatever they are: "Thuê bao có trách nhiệm …"; not
        where they may be read otherwise."""
        opens = first == least and end - first <= _MOST_LISTED and not self._is_must(at)
        sure = all(map(self._words.is_clean, range(first, end)))
        return opens and sure and self._known.task.after(self._words, first) is None

    def _is_must(self, at: int) -> bool:
        return self._words.reads(at, _MUST, loose=False)

    def _lists(self, first: int, end: int, named: Sequence[Named]) -> bool:
        """Whether few words name somebody, in a list each: "phải" is said of things and conditions, too. "Tổ chức họp" is no name."""
        parts = (first, *(at + 1 for at in range(first, end) if self._words.text(at) == ","))
        done = any(self._words.folds[at] in _DONE and self._words.text(at + 2) not in _PARTING for at in parts if not self._is_body(at))
        return end - first <= _MOST_MUST and not done and all(self._begins(at, named) for at in parts)

    def _is_body(self, at: int) -> bool:
        """Whether "cơ quan," stands before the word: "cơ quan, tổ chức nhận tiền" names somebody."""
        return self._words.texts[at - len(_BODIES) : at] == _BODIES

    def _is_bound(self, first: int, end: int) -> bool:
        """Whether another "có trách nhiệm" stands in the clause: "Cơ quan chủ trì có trách nhiệm …, cơ quan phối hợp có trách nhiệm …"."""
        return bisect_left(self._bound, first) < bisect_left(self._bound, end)

    def _acts(self, first: int, named: Sequence[Named]) -> bool:
        """Whether a body with a name of its own does something before: "Sở Y tế tiếp nhận hồ sơ, có trách nhiệm …"; not "Cơ quan tiếp nhận
        hồ sơ, có trách nhiệm …"."""
        own = next((each for each in named if each.first == first), None)
        if own is None or self._known.task.after(self._words, own.end) is None:
            return False
        return any(word[:1].isupper() for word in own.unit.value.split()[1:])

    def _breaks(self, at: int, end: int, named: Sequence[Named]) -> bool:
        """Whether a word can be in no subject; so "phối hợp với" whom: "Sở A chủ trì, phối hợp với các cơ quan có trách nhiệm …"."""
        if self._words.text(at) in _NO_SUBJECT or self._words.text(at)[-1:] in _CLAUSE_ENDS:
            return True
        if self._known.rights.after(self._words, at) is not None:
            return True
        after = self._known.cooperate.after(self._words, at)
        return after is not None and after < end and self._begins(after, named)

    def _clause(self, least: int, end: int) -> int:
        """The first word of the clause, without its bullet."""
        first = end
        while first > max(least, end - _MOST - 1) and self._words.text(first - 1)[-1:] not in _CLAUSE_ENDS:
            first -= 1
        return first + 1 if self._words.text(first) in ("-", "–", "+") else first

    def _after_opening(self, first: int, end: int) -> int:
        """The word after "thì", or the comma, that ends an opening clause; ``end`` without one. The names of a list stand together."""
        words = self._words
        then = next((at + 1 for at in reversed(range(first, end)) if words.reads(at, "thì", loose=False)), None)
        if then is not None:
            return then
        begin = end
        for comma in reversed([at for at in range(first, end) if words.text(at) == ","]):
            if begin < end and not (begin - comma <= _MOST_LISTED + 1 and self._known.actors.after(words, comma + 1)):
                break
            begin = comma + 1
        return end if end - begin <= _MOST_LISTED and self._known.actors.before(words, begin - 1, first) is not None else begin

    def _past_order(self, first: int, end: int, named: Sequence[Named]) -> int:
        """The word after the last "chỉ đạo", "yêu cầu" before a name, whose subject is told by another; "đơn vị được giao …" is none."""
        orders = (at for at in reversed(range(first, end)) if not self._words.reads(at - 1, "được", loose=False))
        afters = (self._known.direct.after(self._words, at) for at in orders)
        return next((after for after in afters if after is not None and after < end and self._begins(after, named)), first)

    def _begins(self, at: int, named: Sequence[Named]) -> bool:
        """Whether the name or the description of somebody begins at the word; not "trường hợp"."""
        if self._known.opening.after(self._words, at) is not None:
            return False
        return self._known.actors.after(self._words, at) is not None or any(each.first == at for each in named)

    def _unit(self, first: int, end: int) -> Named:
        return named_by_place(self._words, self._scope, first, end, _CERTAINTY, described=True)
