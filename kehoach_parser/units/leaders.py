"""People named for the unit that they lead: "Giám đốc Sở Y tế", "đồng chí Nguyễn Văn An, Trưởng Ban Nội chính"."""

from __future__ import annotations

from typing import NamedTuple

from kehoach_parser.units.context import Context, Read
from kehoach_parser.units.words import Phrase

_AFTER_NAME = (",", "-", "–")


class Post(NamedTuple):
    """A leader's title; ``led``: where the body begins that its holder stands for, None where the title is no post."""

    title: Read
    named: int
    led: int | None


class Leaders:
    """Reads titles and persons at a word of one text."""

    def __init__(self, context: Context) -> None:
        self.context, self.words, self.lists = context, context.words, context.lists

    def after_person(self, start: int) -> int | None:
        """The word after "đồng chí Nguyễn Văn An,". Only clean text shows where a name ends."""
        words = self.words
        if words.folds[start] not in self.lists.person_words or not words.clean[start]:
            return None
        first = next((end for title in self.lists.persons if (end := words.take(start, title, loose=False)) is not None), None)
        if first is None:
            return None
        end = first
        while words.text(end).istitle() and not words.breaks_between(end - 1):
            end += 1
        return end + 1 if end > first and words.text(end) in _AFTER_NAME else None

    def read(self, start: int, listed: bool) -> Post | None:
        """A leader's title before a name; one in small letters that can be a verb ("lãnh đạo") only in a list or behind an order."""
        at = self._past_address(start)
        title = self.context.first(at, self.context.known.leaders)
        if title is None:
            return None
        phrase = tuple(title.true.values())
        title = self._before_body(at, title)
        quantifier = self.context.first(title.end, self.lists.quantifiers)
        led = title.end if quantifier is None else quantifier.end
        if led not in self.context.heads and not self._begins_open(led):
            return None
        if phrase in self.lists.boards and self.context.first(led, self.lists.unions, loose=False) is None:
            return None  # a committee of the Party gives tasks and is given none
        sure = listed or self.context.capital(at) or self.context.follows(at, self.lists.ordering)
        if not (sure or self._is_title(at, quantifier is not None)) or self._is_within_body(at, title.end):
            return None
        return Post(title, at - start, self._led(at, phrase))

    def _before_body(self, at: int, title: Read) -> Read:
        """A title without the body that its own last words begin: "Chánh" before "Văn phòng HĐND và UBND xã"."""
        if tuple(title.true.values()) not in self.lists.posts_within:
            return title
        body = self.context.body(at + 1)
        return Read(at + 1, {at: title.true[at]}) if body is not None and body.end > title.end else title

    def own_post(self, at: int) -> Read | None:
        """A post of the issuer's own body, which is not named: "Chánh Văn phòng, Trưởng các phòng …". Only in clean text."""
        if not self.words.is_clean(at) or not self.context.capital(at):
            return None
        post = self.context.first(at, self.lists.own_posts, loose=False)
        return None if post is None or self.context.capital(post.end) else post

    def _begins_open(self, at: int) -> bool:
        """Whether a name with an open field may begin here ("Vụ trưởng" Vụ Kế hoạch)."""
        kind = self.context.first(at, self.lists.open_kinds, loose=False) if self.words.is_clean(at) and self.context.capital(at) else None
        return kind is not None and self.context.capital(kind.end) and not self.words.breaks_between(kind.end - 1)

    def _past_address(self, at: int) -> int:
        """The word after "đồng chí"."""
        if self.words.folds[at] not in self.lists.person_words or not self.words.clean[at]:
            return at
        return self.words.take(at, self.lists.persons[0], loose=False) or at

    def _is_title(self, at: int, quantified: bool) -> bool:
        """Whether a title in small letters is no verb; where marks are lost, "các" has to follow it."""
        return self.words.folded(at) in self.lists.sure_leaders and (self.words.is_clean(at) or quantified)

    def _is_within_body(self, at: int, end: int) -> bool:
        """Whether the title is the beginning of a body's name ("Văn phòng" Chính phủ)."""
        body = self.context.body(at)
        return body is not None and body.end > end

    def _led(self, at: int, title: Phrase) -> int | None:
        if title in self.lists.posts:
            return at + len(title)
        return at + 1 if title in self.lists.posts_within else None
