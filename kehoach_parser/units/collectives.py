"""Collective names: "các sở, ban, ngành Thành phố", "các cơ quan, đơn vị có liên quan", "thủ trưởng các đơn vị".

Their nouns are words of everyday language too, so that a name has to show itself: by what stands before it ("các", a title, a list), by a
list of its own, by what extends it, or by a noun that says enough.
"""

from __future__ import annotations

from dataclasses import dataclass

from kehoach_parser.units.clauses import Clauses
from kehoach_parser.units.context import Context, Read, phrase_at
from kehoach_parser.units.extensions import Extensions
from kehoach_parser.units.heads import Head
from kehoach_parser.units.leaders import Leaders

_SPECIFIC = 4  # words: a noun this long ("cơ quan thông tấn báo chí") is a name alone
_SURE_LIST = 3  # nouns in a list that is a name whatever its first word looks like
_MOST_NOUNS = 40  # nouns in one collective name


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a noun: "các", a leader's title, another name of the same list, a capital at the name's first word."""

    quantified: bool
    led: bool
    listed: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class Nouns:
    """The nouns of a collective name, from ``first`` on. ``strong``: one of them is a unit after "các" alone."""

    first: Head
    read: Read
    count: int
    strong: bool

    @property
    def specific(self) -> bool:
        """Whether the first noun says which units are meant."""
        return len(self.first.phrase) >= _SPECIFIC and "," not in self.first.phrase

    def with_next(self, link: Read, noun: Head) -> Nouns:
        """These and one more."""
        read = self.read.then(link).then(phrase_at(noun.start, noun.phrase))
        return Nouns(self.first, read, self.count + 1, self.strong or noun.kind == "strong")


class Collectives:
    """Reads a collective name from its first noun on."""

    def __init__(self, context: Context, extensions: Extensions, clauses: Clauses, leaders: Leaders) -> None:
        self.context, self.words = context, context.words
        self._extensions, self._clauses, self._leaders = extensions, clauses, leaders

    def read(self, head: Head, before: Before) -> Read | None:
        """The name that begins with a noun, or None where its words are none."""
        nouns = self._nouns(head)
        if self._is_other_word(nouns, before) or not self._may_be_name(nouns, before):
            return None
        name = nouns.read
        while (longer := self._longer(name, bare=nouns.count == 1 and not before.quantified)) is not None:
            name = longer
        return name if self._is_name(nouns, before, name) else None

    def _nouns(self, head: Head) -> Nouns:
        """ "sở, ban, ngành"."""
        nouns = Nouns(head, phrase_at(head.start, head.phrase), 1 + head.phrase.count(","), head.kind == "strong")
        while nouns.count < _MOST_NOUNS and (link := self.context.connector(nouns.read.end)) is not None:
            noun = self.context.heads.get(link.end)
            if noun is None or not self._joins(nouns, noun):
                break
            nouns = nouns.with_next(link, noun)
        return nouns

    def _joins(self, nouns: Nouns, noun: Head) -> bool:
        """Whether a noun belongs to the list: a specific one is joined by general ones alone, and joins a list after a comma alone."""
        if noun.kind == "body" or self.context.parted(noun.start):
            return False
        if nouns.specific and noun.phrase not in self.context.lists.general:
            return False
        return len(noun.phrase) < _SPECIFIC or self.words.text(nouns.read.end) == ","

    def _is_other_word(self, nouns: Nouns, before: Before) -> bool:
        """Whether the first noun may be another word that lost its marks ("cơ quan chỉ đạo", "hỏi")."""
        head = nouns.first
        if self.words.is_clean(head.start):
            return False
        if head.kind == "weak" and before.led and not before.quantified:
            return True
        lone = head.kind == "weak" or len(head.phrase) == 1
        known = before.quantified or before.led or before.listed or self.context.capital(head.start)
        return lone and nouns.count < _SURE_LIST and not known

    def _may_be_name(self, nouns: Nouns, before: Before) -> bool:
        """No extension makes "ban", "tổ chức" alone a name."""
        return nouns.count > 1 or nouns.strong or nouns.specific or before.quantified or before.led

    def _longer(self, name: Read, bare: bool) -> Read | None:
        """The name with one extension or clause more."""
        longer = self._extensions.one(name)
        if longer is None and (clause := self._clauses.read(name.end, bare)) is not None:
            longer = name.then(clause)
        return longer

    def _is_name(self, nouns: Nouns, before: Before, name: Read) -> bool:
        """Whether the nouns, with what stands before and after them, are a name."""
        grown = name.end > nouns.read.end
        if nouns.count > 1:
            return nouns.strong or grown or before.quantified or before.led or before.capital
        if nouns.specific:
            return True
        if nouns.strong:
            return before.quantified or before.led or grown or before.listed or (before.capital and self._begins_list(name.end))
        return before.led or (before.quantified and grown)

    def _begins_list(self, at: int) -> bool:
        """Whether a leader's title follows: "Bộ trưởng, Thủ trưởng cơ quan ngang bộ"."""
        link = self.context.connector(at)
        return link is not None and self._leaders.read(link.end, listed=False) is not None
