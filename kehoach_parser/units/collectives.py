"""Collective names: "các sở, ban, ngành Thành phố", "các cơ quan, đơn vị có liên quan", "thủ trưởng các đơn vị".

Their nouns are words of everyday language too, so that a name has to show itself: by what stands before it ("các", a title, a list), by a
list of its own, by what extends it, or by a noun that says enough.
"""

from __future__ import annotations

from typing import NamedTuple

from kehoach_parser.units.clauses import Clauses
from kehoach_parser.units.context import Context, Read, phrase_at
from kehoach_parser.units.extensions import Extensions
from kehoach_parser.units.heads import Head
from kehoach_parser.units.leaders import Leaders

_CLOSED_SIDES = frozenset(("mass",))
_SPECIFIC = 4  # words: a noun this long ("cơ quan thông tấn báo chí") is a name alone
_KIND = 2  # words of a kind: "cơ quan" thuế, "cơ quan" hải quan
_SURE_LIST = 3  # nouns in a list that is a name whatever its first word looks like
_MOST_NOUNS = 40  # nouns in one collective name


class Before(NamedTuple):
    """What stands before a noun: "các", a leader's title, another name of the same list, a capital at the name's first word."""

    quantified: bool
    led: bool
    listed: bool
    capital: bool


class Nouns(NamedTuple):
    """The nouns of a collective name, and what joins each to the one before. ``number``: "hội, đoàn thể" are two."""

    heads: tuple[Head, ...]
    links: tuple[Read, ...]
    number: int

    @property
    def end(self) -> int:
        """The word after the last noun."""
        return self.heads[-1].end

    @property
    def strong(self) -> bool:
        """Whether one of them is a unit after "các" alone."""
        return any(head.kind == "strong" for head in self.heads)

    @property
    def specific(self) -> bool:
        """Whether the first noun says which units are meant."""
        phrase = self.heads[0].phrase
        return len(phrase) >= _SPECIFIC and "," not in phrase

    def read(self) -> Read:
        """All of them."""
        name = phrase_at(self.heads[0].start, self.heads[0].phrase)
        for link, head in zip(self.links, self.heads[1:], strict=True):
            name = name.then(link).then(phrase_at(head.start, head.phrase))
        return name


class Collectives:
    """Reads a collective name from its first noun on."""

    def __init__(self, context: Context, extensions: Extensions, clauses: Clauses, leaders: Leaders) -> None:
        self.context, self.words = context, context.words
        self._extensions, self._clauses, self._leaders = extensions, clauses, leaders

    def read(self, head: Head, before: Before) -> Read | None:
        """The name that begins with a noun, or None where its words are none."""
        nouns = self._nouns(head, before.led)
        if self._is_other_word(nouns, before) or not self._may_be_name(nouns, before):
            return None
        name = nouns.read()
        while (longer := self._longer(name, bare=nouns.number == 1 and not before.quantified)) is not None:
            name = longer
        return name if self._is_name(nouns, before, name) else None

    def is_everyday(self, head: Head) -> bool:
        """Whether a weak noun stands alone, so that only what is before it or a capital could make it a name: "nhiệm vụ", "xã hội"."""
        lone = head.kind == "weak" and len(head.phrase) < _SPECIFIC and "," not in head.phrase
        return lone and self.context.connector(head.end) is None

    def _nouns(self, head: Head, led: bool) -> Nouns:
        """ "sở, ban, ngành"."""
        nouns = Nouns((head,), (), 1 + head.phrase.count(","))
        while nouns.number < _MOST_NOUNS and (link := self.context.connector(nouns.end)) is not None:
            noun = self.context.heads.get(link.end)
            if noun is None or self.words.reads(noun.end, "trưởng", loose=False) or not self._joins(nouns, noun, led):
                break
            nouns = Nouns((*nouns.heads, noun), (*nouns.links, link), nouns.number + 1)
        return nouns

    def _joins(self, nouns: Nouns, noun: Head, led: bool) -> bool:
        """Whether a noun belongs to the list: one of the same side (Party, mass organisations, State); a specific one is joined by general
        ones alone, and joins a list after a comma alone. Two of a kind ("cơ quan thuế", "cơ quan hải quan") are one under a title alone
        ("Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ")."""
        if noun.kind == "body" or self.context.parted(noun.start) or self._are_apart(nouns.heads[-1], noun):
            return False
        if noun.phrase == nouns.heads[-1].phrase:
            return False  # "Cấp, cấp lại, cấp điều chỉnh giấy phép"
        if self._are_of_a_kind(nouns.heads[0], noun):
            sides = {self.context.lists.sides.get(head.phrase) for head in (nouns.heads[0], noun)}
            return led and sides == {"state"}
        if nouns.specific and noun.phrase not in self.context.lists.general:
            return False
        return len(noun.phrase) < _SPECIFIC or self.words.text(nouns.end) == ","

    def _are_of_a_kind(self, one: Head, other: Head) -> bool:
        """Whether two nouns begin alike and say which: "cơ quan thuế", "cơ quan hải quan"."""
        return one.phrase[:_KIND] == other.phrase[:_KIND] and min(len(one.phrase), len(other.phrase)) > _KIND

    def _begins_kinds(self, nouns: Nouns) -> bool:
        """Whether another of its kind follows a noun, "các" or not: "chỉ đạo cơ quan thuế, cơ quan hải quan"."""
        link = self.context.connector(nouns.end)
        other = None if link is None else self.context.heads.get(link.end)
        return other is not None and self._are_of_a_kind(nouns.heads[0], other)

    def _are_apart(self, one: Head, other: Head) -> bool:
        """Whether two nouns are of different sides; those of the mass organisations are not joined by general ones either."""
        sides = {self.context.lists.sides.get(noun.phrase, "") for noun in (one, other)}
        return len(sides) > 1 and ("" not in sides or not _CLOSED_SIDES.isdisjoint(sides))

    def _is_other_word(self, nouns: Nouns, before: Before) -> bool:
        """Whether the first noun may be another word that lost its marks ("cơ quan chỉ đạo", "hỏi")."""
        head = nouns.heads[0]
        if self.words.is_clean(head.start):
            return False
        if head.kind == "weak" and before.led and not before.quantified:
            return True
        lone = head.kind == "weak" or len(head.phrase) == 1
        known = before.quantified or before.led or before.listed or self.context.capital(head.start)
        return lone and nouns.number < _SURE_LIST and not known

    def _may_be_name(self, nouns: Nouns, before: Before) -> bool:
        """No extension makes "ban", "tổ chức" alone a name."""
        if self._stands_alone(nouns, before):
            return True
        return nouns.number > 1 or nouns.strong or nouns.specific or before.quantified or before.led

    def _longer(self, name: Read, bare: bool) -> Read | None:
        """The name with one extension or clause more."""
        longer = self._extensions.one(name)
        if longer is None and (clause := self._clauses.read(name.end, bare)) is not None:
            longer = name.then(clause)
        return longer

    def _is_name(self, nouns: Nouns, before: Before, name: Read) -> bool:
        """Whether the nouns, with what stands before and after them, are a name."""
        grown = name.end > nouns.end
        if nouns.number > 1:
            return nouns.strong or grown or before.quantified or before.led or before.capital
        if nouns.specific or self._stands_alone(nouns, before) or self.context.is_builder(nouns.heads[0].phrase, nouns.end):
            return True
        if nouns.strong:
            known = before.quantified or before.led or grown or before.listed
            return known or (before.capital and self._begins_list(name.end)) or self._begins_kinds(nouns)
        return before.led or (before.quantified and (grown or self._acts(name.end) or self._lists_fields(name.end)))

    def _lists_fields(self, at: int) -> bool:
        """Whether the fields of a kind follow: "các Bộ": Quốc phòng, Tài chính."""
        kind = self.context.kind_before(at) if self.words.text(at) == ":" else None
        return kind is not None and self.context.first(at + 1, self.context.lists.fields[kind]) is not None

    def _stands_alone(self, nouns: Nouns, before: Before) -> bool:
        """Whether a noun is short for a body named before: at the beginning of a sentence, with its task."""
        if nouns.number > 1 or not before.capital or nouns.heads[0].phrase not in self.context.lists.alone:
            return False
        first = nouns.heads[0].start
        opens = first == 0 or self.words.text(first - 1)[-1:] in (".", ":", ";") or self.words.breaks_between(first - 1) > 0
        return opens and self._acts(nouns.end)

    def _acts(self, at: int) -> bool:
        """Whether a task follows: "các huyện lập dự án". Only clean text shows it."""
        return self.words.is_clean(at) and self.context.is_verb(at)

    def _begins_list(self, at: int) -> bool:
        """Whether a leader's title follows: "Bộ trưởng, Thủ trưởng cơ quan ngang bộ"."""
        link = self.context.connector(at)
        return link is not None and self._leaders.read(link.end, listed=False) is not None
