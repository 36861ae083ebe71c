"""What every rule of the unit grammar sees of a text, and what a rule hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.gazetteer import Lexicon
from kehoach_parser.units.grammar_words import GrammarWords
from kehoach_parser.units.heads import Head
from kehoach_parser.units.phrase_list import PhraseList
from kehoach_parser.units.words import Phrase, TextWords

_SIGNS = frozenset({",", "/", "-", "–", "—", "hoặc"})  # what joins names beside "và"
_DASHES = frozenset("-–—")
_NOTHING: Mapping[int, str] = {}


class Read(NamedTuple):
    """What a rule has read: all words before ``end``, and the true word at each place where it is known."""

    end: int
    true: Mapping[int, str] = _NOTHING

    def then(self, more: Read | None) -> Read:
        """This and what was read after it; this alone when that is nothing."""
        return self if more is None else Read(more.end, {**self.true, **more.true})


def phrase_at(at: int, phrase: Phrase) -> Read:
    """A phrase that stands at a word."""
    return Read(at + len(phrase), dict(enumerate(phrase, at)))


@dataclass(frozen=True, slots=True)
class Context:
    """The words of one text, the heads that stand among them, and what they are compared with.

    ``places`` are the names of provinces and of the issuer's own places. Every question is asked of a word, by its number.
    """

    words: TextWords
    heads: dict[int, Head]
    known: Lexicon
    places: PhraseList
    lists: GrammarWords

    def first(self, at: int, phrases: PhraseList, loose: bool = True) -> Read | None:
        """The first phrase of a list that stands at the word. ``loose``: one of several words is read by its skeletons too."""
        if self.words.clean[at] and self.words.folds[at] not in phrases.found_by:  # most words begin none
            return None
        for phrase in phrases.at(self.words, at):
            if self.words.take(at, phrase, loose and len(phrase) > 1) is not None:
                return phrase_at(at, phrase)
        return None

    def after(self, at: int, phrases: PhraseList) -> int | None:
        """The word after the first phrase of a list that stands at the word; nothing is read by its skeleton."""
        for phrase in phrases.at(self.words, at):
            end = self.words.take(at, phrase, loose=False)
            if end is not None:
                return end
        return None

    def follows(self, at: int, phrases: PhraseList) -> bool:
        """Whether a phrase of a list that is looked up by last words ends right before the word; nothing is read by its skeleton."""
        before = phrases.at(self.words, at - 1) if at else ()
        return any(len(phrase) <= at and self.words.take(at - len(phrase), phrase, loose=False) is not None for phrase in before)

    def connector(self, at: int) -> Read | None:
        """What joins two names or two nouns of a list; a dash that begins a line is a bullet ("2. Các cơ quan, đơn vị ⏎ - Tổ chức …")."""
        sign = self.words.texts[at]
        if sign in _SIGNS:
            return None if sign in _DASHES and self.words.breaks_between(at - 1) else Read(at + 1)
        return Read(at + 1, {at: "và"}) if self.words.reads(at, "và") else None

    def parted(self, at: int) -> bool:
        """Whether a blank line stands before the word: a name does not run over one."""
        return self.words.breaks_between(at - 1) > 1

    def capital(self, at: int) -> bool:
        """Whether the word begins with a capital letter."""
        return self.words.texts[at][:1].isupper()

    def kind_before(self, end: int) -> str | None:
        """The kind of body that ends before the word and has a list of its fields: "các Sở": "Sở"."""
        return next((kind for kind, words in self.lists.kinds if self.words.take(end - len(words), words, loose=False) is not None), None)

    def body(self, at: int) -> Head | None:
        """The name of a body that stands at the word."""
        head = self.heads.get(at)
        return head if head is not None and head.kind == "body" else None

    def is_never(self, at: int) -> bool:
        """Whether an organ stands here that no plan gives tasks to."""
        return self.first(at, self.lists.never) is not None

    def acts(self, at: int) -> bool:
        """Whether a task begins at a word of clean text, by a verb that tells what to do: "khẩn trương", "cần"; not "đã", "được"."""
        return self.words.is_clean(at) and self.after(at, self.lists.acting) is not None

    def is_builder(self, phrase: Phrase, end: int) -> bool:
        """Whether the words before ``end`` are one of those of building works who acts, or stands in a list: "chủ đầu tư, nhà thầu"."""
        if phrase not in self.lists.builders or not self.words.is_clean(end - 1):
            return False
        link = self.connector(end)
        if link is None:
            return self.acts(end)
        quantifier = self.first(link.end, self.lists.quantifiers, loose=False)
        following = self.heads.get(link.end if quantifier is None else quantifier.end)
        return following is not None and following.phrase in self.lists.builders

    def is_verb(self, at: int) -> bool:
        """Whether a task begins at the word."""
        verbs = self.lists.verbs.at(self.words, at)
        if not verbs:
            return False
        named = self.capital(at) and self.capital(at + 1)  # "Từ Liêm" is no "từ"
        return any(self.words.take(at, verb, loose=False) is not None for verb in verbs if len(verb) > 1 or not named)

    def makes(self, at: int, compounds: Mapping[str, tuple[str, ...]], word: str, loose: bool) -> bool:
        """Whether the word at a place makes another word with ``word`` ("tình" with "hình", "trình" with "công")."""
        return any(self.words.reads(at, other, loose) for other in compounds.get(exact_form(word), ()))
