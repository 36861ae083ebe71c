"""Who "có trách nhiệm …", whatever the name: "Người chủ trì soạn thảo có trách nhiệm đôn đốc …", "Lưu trữ hiện hành có trách nhiệm …".

Regulations give duties to persons and bodies that no list of units has, or that they describe at length ("Các cơ quan, đơn vị quy định tại
Điều 2 Quy chế này có trách nhiệm …"). All that stands before these words in its clause is then who is told, if it begins with a word for
persons or bodies. Source of the rule: regulations of ministries and provinces, 2015-2025.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from kehoach_parser.duties.paragraphs import Named
from kehoach_parser.duties.words import DutyWords
from kehoach_parser.found import FoundUnit
from kehoach_parser.units import Scope, TextWords, key_of

_BOUND = re.compile(r"(?<!\w)co\s+trach\s+nhiem(?!\w)")
_BOUND_WORDS = 3
_CLAUSE_ENDS = (".", ";", ":", "?", "!")
_MOST = 30  # words of a subject
_MOST_LISTED = 3  # words of a short name in a list after an opening clause: "Khi có sự cố, tổ chức, cá nhân có trách nhiệm …"
_CERTAINTY = 0.8
_TRAILING = (",", "phải", "đều", "cũng")
_PARTING = (",", ";", "/", "và")
_NO_SUBJECT = ("là", "không")
_NO_TASK = (",", ".", ";", ")", "về", "với", "cho", "của", "nhằm", "để", "là", "và", "hoặc", "trước", "trong", "được", "liên")


class Subjects:
    """Looks up the subjects of one text that are named by nothing but their duty."""

    def __init__(self, words: TextWords, folded: str, known: DutyWords, scope: Scope) -> None:
        self._words, self._known, self._scope = words, known, scope
        self._bound = [bisect_left(words.starts, match.start()) for match in _BOUND.finditer(folded)]

    def among(self, first: int, end: int, named: Sequence[Named]) -> Sequence[Named]:
        """The units named in the words of a paragraph, with its subjects among them, in their order.

        A name that a list has begins one where a comma or "và" stands before it, and goes on to the next ("Cục Pháp chế Bộ X, các cơ quan
        khác của tỉnh có trách nhiệm …"); one that is only a part of it is no unit of its own ("Công chức của Sở Y tế có trách nhiệm …").
        """
        for at in self._bound[bisect_left(self._bound, first + 1) : bisect_left(self._bound, end - _BOUND_WORDS)]:
            subject = self._subject(first, at, named) if self._goes_on(at + _BOUND_WORDS) else None
            if subject is not None:
                named = self._with(named, *subject)
        return named

    def _with(self, named: Sequence[Named], first: int, end: int) -> Sequence[Named]:
        inside = [each for each in named if first <= each.first and each.end <= end]
        begins = (first, *(each.first for each in inside if each.first > first and self._words.text(each.first - 1) in _PARTING))
        subjects = [self._named(inside, *part) for part in pairwise((*begins, end))]
        return sorted([*(each for each in named if each not in inside), *subjects], key=lambda each: each.first)

    def _named(self, inside: Sequence[Named], first: int, end: int) -> Named:
        """The name that is all of a subject, beside a bracket; else one made of its words, which what parts it from the next may end."""
        while self._words.text(end - 1) in _PARTING:
            end -= 1
        own = next((each for each in inside if each.first == first), None)
        bracketed = own is not None and self._words.text(own.end) == "(" and self._words.text(end - 1) == ")"
        return own if own is not None and (own.end == end or bracketed) else self._unit(first, end)

    def _goes_on(self, at: int) -> bool:
        """Whether something to do follows: not "cơ quan có trách nhiệm về việc này", "… và các bên liên quan"."""
        return self._words.text(at).lower() not in _NO_TASK

    def _subject(self, least: int, at: int, named: Sequence[Named]) -> tuple[int, int] | None:
        """The words of the subject before "có trách nhiệm" at word ``at``."""
        words, end = self._words, at
        while end > least and words.text(end - 1) in _TRAILING:
            end -= 1
        first = self._clause(least, end)
        if self._known.opening.after(words, first) is not None:
            first = self._after_opening(first, end)
        first = self._past_order(first, end, named)
        if not self._begins(first, named) or not first + 1 < end <= first + _MOST:
            return None
        return None if any(self._breaks(inside, end, named) for inside in range(first, end)) else (first, end)

    def _breaks(self, at: int, end: int, named: Sequence[Named]) -> bool:
        """Whether a word can be in no subject; so "phối hợp với" whom: "Sở A chủ trì, phối hợp với các cơ quan có trách nhiệm …"."""
        if self._words.text(at) in _NO_SUBJECT or self._words.text(at)[-1:] in _CLAUSE_ENDS:
            return True
        after = self._known.cooperate.after(self._words, at)
        return after is not None and after < end and self._begins(after, named)

    def _clause(self, least: int, end: int) -> int:
        """The first word of the clause, without its bullet."""
        first = end
        while first > max(least, end - 2 * _MOST) and self._words.text(first - 1)[-1:] not in _CLAUSE_ENDS:
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
        """Whether the name or the description of somebody begins at the word."""
        return self._known.actors.after(self._words, at) is not None or any(each.first == at for each in named)

    def _unit(self, first: int, end: int) -> Named:
        span = self._words.span(first, end)
        raw = self._words.content[span[0] : span[1]]
        value = " ".join(raw.split())
        return Named(FoundUnit(value, raw, span, _CERTAINTY, key_of(value, False, self._scope)), first, end)
