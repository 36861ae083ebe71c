"""Persons who are told by name or post: "Đồng chí Nguyễn Văn An, Phó Bí thư Đảng ủy chỉ đạo chung", "Ông Lê Văn Nam phụ trách …".

All from "đồng chí" to the verb of the task is who is told, where it begins a sentence; the post behind a person's name is no second one.
Source of the rule: plans of communes and schools, 2018-2025, which give parts of the work to members of the leading board.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kehoach_parser.duties.paragraphs import SENTENCE_ENDS, Named, named_by_place
from kehoach_parser.duties.words import DutyWords
from kehoach_parser.units import Scope, TextWords

_COMRADE = ("đồng", "chí")
_SHORT = ("đ", "/", "c")  # "Đ/c"
_OPENERS = frozenset(("dong", "d", "cac", "ong", "ba", "thay", "co"))
_OF_SEVERAL = frozenset(
    ("trong", "thành", "được", "lãnh", "phụ", "đảng", "cấp", "phó", "trưởng", "bí", "chủ", "ủy")
)  # "Các đồng chí trong …"
_MEMBER = ("Ủy", "viên")  # said before the post: of "Đồng chí Bộ trưởng, Thứ trưởng" there are two
_ADDRESSES = ("Ông", "Bà", "Thầy", "Cô")
_MOST = 30  # words of a person with all posts
_LEAST_NAME = 2  # capitals of a person's name
_JOINS = (",", ";", "và")
_AFTER_NAME = (",", "-", "–", "(")
_CERTAINTY = 0.8
_CHARGE, _FIELD = ("phụ", "trách"), 4  # "phụ trách lĩnh vực giám sát": what is said right behind is part of the post
_GIVEN, _LISTED = ("phân", "công"), 3  # words from one verb to the next
_NO_POST = frozenset(("hiện", "là", "nếu", "đã", "thì", "có"))  # "Đồng chí Nguyễn Văn A hiện là Vụ trưởng …": an example
_NO_VERB = ("được", "đã", "là", "sẽ")  # "các đồng chí được phân công phụ trách cơ sở trực tiếp dự …"


class Persons:
    """Looks up the persons of one text who begin a sentence."""

    def __init__(self, words: TextWords, known: DutyWords, scope: Scope) -> None:
        self._words, self._known, self._scope = words, known, scope
        texts = words.texts
        self._starts = [at for at in words.found(_OPENERS) if texts[at][:1].isupper() and self._name(at)]

    def among(self, first: int, end: int, named: Sequence[Named]) -> Sequence[Named]:
        """The units named in the words of a paragraph, with the persons who begin its sentences among them."""
        for at in self._starts[bisect_left(self._starts, first) : bisect_left(self._starts, end)]:
            if at > first and self._words.text(at - 1)[-1:] not in SENTENCE_ENDS:
                continue
            verb = self._verb(at, end, named)
            last = None if verb is None else self._last(at, verb)
            if last is None or (not self._is_one(at, last) and self._is_listed(at, last, named)):
                continue
            told = [self._person(*part) for part in self._parts(at, last, named)]
            named = sorted([*(each for each in named if not at <= each.first < last), *told], key=lambda each: each.first)
        return named

    def _is_listed(self, first: int, end: int, named: Sequence[Named]) -> bool:
        """Whether listed names and what joins them are all that stands there."""
        inside = {at for each in named for at in range(each.first, each.end)}
        return all(at in inside or self._words.text(at) in _JOINS for at in range(first, end))

    def _name(self, at: int) -> int:
        """The word after "đồng chí", "các đồng chí", "ông"; 0 where none stands at the word of clean text."""
        words = self._words
        if not words.clean[at]:
            return 0
        if words.text(at) in _ADDRESSES:
            own = at + 1 + (words.text(at + 1) == ".")  # "Ông. Hoàng Văn Thuân"
            return own if words.text(own).istitle() else 0
        start = at + words.reads(at, "các", loose=False)
        name = self._past_comrade(start)
        told = name is not None and (words.text(name)[:1].isupper() or words.text(name) in _OF_SEVERAL)
        return name if name is not None and told else 0

    def _past_comrade(self, at: int) -> int | None:
        """The word after "đồng chí", "Đ/c" at the word."""
        words = self._words
        short = tuple(text.lower() for text in words.texts[at : at + len(_SHORT)]) == _SHORT
        return at + len(_SHORT) if short else words.take(at, _COMRADE, loose=False)

    def _is_one(self, at: int, end: int) -> bool:
        """Whether one person is told, by name or by several posts: "Đồng chí Ủy viên Ban Thường vụ, Chủ tịch Hội Nông dân lãnh đạo …"."""
        member = not self._words.reads(at, "các", loose=False) and self._words.take(self._name(at), _MEMBER, loose=False) is not None
        joined = any(self._words.reads(inside, "và", loose=False) for inside in range(at, end))
        return self._is_named(at) or (member and not joined)

    def _is_named(self, at: int) -> bool:
        """Whether a person's own name follows, and a sign before the post."""
        name = end = self._name(at)
        while self._words.text(end).istitle() and self._words.text(end).isalpha():
            end += 1
        posted = self._known.posts.after(self._words, end + 1) is not None  # "Đ/c Lan, Phó Chủ tịch UBND xã"
        return end - name >= (1 if posted else _LEAST_NAME) and self._words.text(end) in _AFTER_NAME

    def _verb(self, at: int, end: int, named: Sequence[Named]) -> int | None:
        """The verb of the task, in the same sentence; none within a name ("Phó Trưởng ban thường trực Tiểu ban")."""
        words, known = self._words, self._known
        given: int | None = None
        for verb in range(self._name(at) + 1, min(end, at + _MOST)):
            if words.text(verb) == ":" and (verb + 1 == end or self._tells(verb + 1)):  # "Thầy Phó Hiệu trưởng Lê Văn Nam:" over dashes
                return verb
            if words.text(verb)[-1:] in SENTENCE_ENDS or words.text(verb) == ":":
                return None
            acts = known.task.after(words, verb) is not None or known.binding.after(words, verb) is not None
            if any(each.first < verb < each.end for each in named):
                continue
            if acts and self._is_given(verb, given):
                given = verb
            elif acts and not words.text(verb)[:1].isupper() and not self._is_post(verb):
                return verb
            if not acts and (words.text(verb) in _NO_POST or (words.text(verb) == "được" and known.assign.after(words, verb + 1) is None)):
                return None
        return None

    def _tells(self, at: int) -> bool:
        return self._known.task.after(self._words, at) is not None or self._words.take(at, _CHARGE, loose=False) is not None

    def _is_given(self, verb: int, given: int | None) -> bool:
        """Whether a verb is one of "được phân công lãnh đạo, quản lý, phụ trách địa bàn", the last before it at ``given``."""
        listed = given is not None and verb - given <= _LISTED and self._words.text(verb - 1) == ","
        return listed or self._words.take(verb - 2, _GIVEN, loose=False) is not None

    def _is_post(self, verb: int) -> bool:
        """Whether a verb tells of the post: "được chỉ đạo …", "phụ trách lĩnh vực giám sát", "Ủy viên Ban chấp hành"."""
        words = self._words
        if words.text(verb - 1) in _NO_VERB or words.folds[verb - 1] == "ban":
            return True
        field = any(words.take(before, _CHARGE, loose=False) is not None for before in range(verb - _FIELD, verb - 1))
        return field and words.text(verb) != "trực" and self._known.subject.after(words, verb) is None

    def _parts(self, first: int, end: int, named: Sequence[Named]) -> Iterator[tuple[int, int]]:
        """The persons of a list, parted behind a comma or "và" before each "đồng chí", or before a listed name where none is named."""
        words = self._words
        begins = set() if self._is_one(first, end) else {each.first for each in named}
        signs = (at for at in range(first + 1, end) if words.text(at) in (",", ";") or words.reads(at, "và", loose=False))
        again = [at + 1 for at in signs if at + 1 in begins or self._past_comrade(at + 1) is not None]
        for begin, after in pairwise((first, *again, end + 1)):
            yield begin, after - 1

    def _last(self, first: int, verb: int) -> int:
        """The word after the name, without "theo chức năng, nhiệm vụ được giao" and a comma."""
        end = self._known.manner.before(self._words, verb, first) or verb
        while self._words.text(end - 1) == ",":
            end -= 1
        return end

    def _person(self, first: int, end: int) -> Named:
        return named_by_place(self._words, self._scope, first, end, _CERTAINTY)
