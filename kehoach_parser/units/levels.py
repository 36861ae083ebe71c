"""Levels and places in a unit's name: "phường Kiến An, thành phố Hải Phòng", "các xã, phường, đặc khu", "quận, huyện, thị ủy"."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from kehoach_parser.text.fold import fold
from kehoach_parser.units.gazetteer import Lexicon
from kehoach_parser.units.heads import Head
from kehoach_parser.units.phrase_list import PhraseList
from kehoach_parser.units.words import Phrase, Words, plain

_CONNECTORS = frozenset({",", "và", "/", "-", "–", "—", "hoặc"})
_EXTENDING = ("các", "liên", "khu", "tp", "chủ", "phối", "huyện", "phường", "quận", "thành", "thị", "tỉnh", "xã")
_PARTY_LEVELS = ("huyện", "phường", "quận", "thành", "thị", "tỉnh", "xã")
_SHARED_FIRST = frozenset(fold(level) for level in ("các", *_PARTY_LEVELS))
# Words of two syllables that look like a level where the marks are lost ("tình hình", "phương án", "quan tâm").
_NO_LEVEL = {
    "tỉnh": ("hình", "trạng", "thần", "cảm"),
    "phường": ("án", "tiện", "pháp", "châm"),
    "quận": ("trọng", "điểm", "tâm", "hệ", "sát", "lý", "chức", "triệt"),
}
_MOST_LEVELS = 12  # levels in one list
_MOST_PLACES = 60  # places in one list


@dataclass(slots=True)
class Mention:
    """A unit's name over the words ``start`` to ``end``; ``true`` has the true word of each place where it is known.

    ``named``: words of a person's name before the post ("đồng chí Nguyễn Văn An, Trưởng …"); ``led``: where the body that a post leads
    begins ("Giám đốc" | "Sở Y tế"), None where no post is named.
    """

    start: int
    end: int
    collective: bool
    true: dict[int, str] = field(default_factory=dict)
    named: int = 0
    led: int | None = None


@dataclass(frozen=True)
class Settings:
    """Word lists of the grammar."""

    bare: frozenset[Phrase]
    open_kinds: PhraseList
    never: tuple[Phrase, ...]
    posts: frozenset[Phrase]
    posts_within: frozenset[Phrase]
    verbs: PhraseList
    openers: frozenset[str]
    clean_openers: frozenset[str]
    clean_quantifiers: frozenset[str]
    quantifiers: PhraseList
    qualifiers: PhraseList
    long_qualifiers: PhraseList
    levels_of: PhraseList
    links: PhraseList
    given: PhraseList
    given_words: tuple[str, ...]
    general: frozenset[Phrase]
    attributes: PhraseList
    closed: PhraseList
    stops: PhraseList

    @cached_property
    def extending(self) -> frozenset[str]:
        """The folded first words of what may extend a name in clean text, levels and places aside."""
        lists = (self.qualifiers, self.long_qualifiers, self.levels_of, self.links, self.given)
        return frozenset({fold(word) for word in _EXTENDING}.union(*(phrases.first_words for phrases in lists)))

    def given_word(self, words: Words, at: int) -> str | None:
        """The word of "được giao chủ trì theo Kế hoạch này" that stands at a place."""
        return next((word for word in self.given_words if words.reads(at, word)), None)


class LevelReader:
    """Reads levels and places at a word of one text; what it learns of the words goes into a mention."""

    def __init__(self, words: Words, known: Lexicon, heads: dict[int, Head], places: PhraseList, settings: Settings) -> None:
        self.words, self.known, self.heads, self.places, self.settings = words, known, heads, places, settings

    def _first(self, at: int, phrases: PhraseList, mention: Mention, loose: bool = True) -> int | None:
        """The word after the first phrase of a list that stands at a word, which the mention then knows."""
        words = self.words
        for phrase in phrases.beginning(words.folds[at], not words.clean[at]):
            end = words.take(at, phrase, loose and len(phrase) > 1)
            if end is not None:
                self._know(at, phrase, mention)
                return end
        return None

    def _stands(self, at: int, phrases: PhraseList) -> int | None:
        """The word after the first phrase of a list that stands at a word; nothing is read by its skeleton."""
        words = self.words
        for phrase in phrases.beginning(words.folds[at], not words.clean[at]):
            end = words.take(at, phrase, loose=False)
            if end is not None:
                return end
        return None

    def _know(self, at: int, phrase: Phrase, mention: Mention) -> None:
        for offset, true in enumerate(phrase):
            mention.true[at + offset] = true

    def _parted(self, at: int) -> bool:
        """Whether a blank line stands before the word: a name does not run over one."""
        return self.words.breaks_between(at - 1) > 1

    def _connector(self, at: int) -> int | None:
        printed = self.words.text(at)
        if printed in _CONNECTORS or self.words.reads(at, "và"):
            return at + 1
        return None

    def _know_connector(self, at: int, mention: Mention) -> None:
        if self.words.reads(at, "và"):
            mention.true[at] = "và"

    def _shared_levels(self, at: int, mention: Mention) -> int | None:
        """ "(các) quận, huyện, thị ủy[, Đảng ủy trực thuộc Thành ủy]": committees that share their last word."""
        words = self.words
        if words.clean[at] and words.folds[at] not in _SHARED_FIRST:
            return None
        start = at + 1 if words.reads(at, "các") else at
        end, items = start, 0
        read: dict[int, str] = {}
        while items < _MOST_LEVELS:
            level = next((level for level in _PARTY_LEVELS if words.reads(end, level)), None)
            if level is None:
                return None
            read[end] = level
            end, items = end + 1, items + 1
            if words.reads(end, "ủy"):
                read[end] = "ủy"
                end += 1
                if not (
                    words.text(end) == "," and any(words.reads(end + 1, level) for level in _PARTY_LEVELS) and words.reads(end + 2, "ủy")
                ):
                    break
            if words.text(end) != "," and not words.reads(end, "và"):
                return None
            end += 1
        if items < 2:
            return None
        if start > at:
            read[at] = "các"
        mention.true.update(read)
        if words.text(end) == "," and words.take(end + 1, ("Đảng", "ủy", "trực", "thuộc")) is not None:
            self._know(end + 1, ("Đảng", "ủy", "trực", "thuộc"), mention)
            end = end + 5
            end = self._first(end, self.known.committees, mention) or end
        return end

    def _levels(self, at: int, mention: Mention) -> int | None:
        """A level with its place, or a list of levels: "phường Kiến An", "các xã, phường, đặc khu", "Thành ủy"."""
        start = at
        if self.words.reads(at, "các") and not self._parted(at + 1):
            if self._area(at + 1, Mention(at, at, False)) is None and self._committee(at + 1, Mention(at, at, False)) is None:
                return None
            mention.true[at] = "các"
            start = at + 1
        committee = self._committee(start, mention)
        if committee is not None:
            return self._area_with_place(committee, mention) or self._place(committee, mention) or committee
        end = self._area(start, mention)
        if end is None:
            return self._known_place(start, mention) if start == at else None
        place = self._place(end, mention)
        if place is not None:
            comma = self._levels_after_place(place, mention)
            return comma or place
        items = 1
        while items < _MOST_LEVELS:
            link = self._connector(end)
            if link is None or self._parted(link):
                break
            following = self._area(link, mention)
            if following is None or (self._place(following, Mention(0, 0, False)) is not None and items == 1):
                break
            self._know_connector(end, mention)
            end, items = following, items + 1
        if self.words.text(end) == ":" and start > at and (listed := self._place_list(end + 1, mention)) is not None:
            return listed
        return end

    def _area_with_place(self, at: int, mention: Mention) -> int | None:
        """One level with its place: what a committee is of ("Đảng ủy phường Kiến An")."""
        end = self._area(at, mention)
        if end is None:
            return None
        place = self._place(end, mention)
        return end if place is None else self._levels_after_place(place, mention) or place

    def _levels_after_place(self, at: int, mention: Mention) -> int | None:
        """ ", thành phố Hải Phòng" after "phường Kiến An": the wider place."""
        if self.words.text(at) != "," or self._parted(at):
            return None
        end = self._area(at + 1, mention)
        return None if end is None else self._place(end, mention)

    def _area(self, at: int, mention: Mention) -> int | None:
        words = self.words
        if plain(words.text(at)) == "tp":
            return at + 2 if words.text(at + 1) == "." else at + 1
        end = self._first(at, self.known.areas, mention, loose=False)
        if end is None or (not words.is_clean(at) and self._is_verb(at)):
            return None  # "Quan ly" is "Quản lý", no "quận"
        level = plain(mention.true[at])
        if level == "xã" and words.reads(end, "hội"):
            return None
        if not words.is_clean(at) and any(words.reads(end, following, loose=False) for following in _NO_LEVEL.get(level, ())):
            return None
        return end

    def _committee(self, at: int, mention: Mention) -> int | None:
        return self._first(at, self.known.committees, mention)

    def _known_place(self, at: int, mention: Mention) -> int | None:
        if not self.words.text(at)[:1].isupper():
            return None
        return self._first(at, self.places, mention)

    def _place(self, at: int, mention: Mention) -> int | None:
        """The name of a place: a known one, or a run of words with capitals on the same line."""
        if at >= len(self.words):
            return None
        known = self._known_place(at, mention)
        if known is not None:
            return known
        if self.words.breaks_between(at - 1):
            return None
        if self.words.text(at).isdigit() and fold(self.words.text(at - 1)) in ("quan", "phuong"):
            return at + 1
        end = at
        while end - at < 4 and self._capital(end) and not (end > at and self.words.breaks_between(end - 1)):
            end += 1
        if end == at or self._is_verb(at) or (self.words.text(at).isupper() and len(self.words.text(at)) > 1):
            return None
        return end

    def _capital(self, at: int) -> bool:
        printed = self.words.text(at)
        return printed[:1].isupper() and at not in self.heads and not self._is_verb(at)

    def _is_verb(self, at: int) -> bool:
        """Whether a task begins at the word."""
        words = self.words
        verbs = self.settings.verbs.beginning(words.folded(at), not words.is_clean(at))
        if not verbs:
            return False
        named = words.text(at)[:1].isupper() and words.text(at + 1)[:1].isupper()  # "Từ Liêm" is no "từ"
        return any(words.take(at, verb, loose=False) is not None for verb in verbs if len(verb) > 1 or not named)

    def _wrapped_place(self, at: int, mention: Mention) -> int | None:
        """A place in a list, which may run over a line end or a dash ("Cửa ⏎ Nam", "Văn Miếu – Quốc Tử Giám")."""
        end = self._place(at, mention)
        if end is None:
            return None
        if self.words.text(end) in ("-", "–", "—") and self._capital(end + 1):
            end += 1
        elif end - at > 2 or self.words.breaks_between(end - 1) != 1:
            return end
        while end - at < 8 and self._capital(end):
            end += 1
        return end

    def _place_list(self, at: int, mention: Mention) -> int | None:
        """ "Bằng Thành, Cao Minh, Nghiên Loan": two places or more."""
        end, items = self._wrapped_place(at, mention), 1
        while end is not None and items < _MOST_PLACES:
            link = self._connector(end)
            following = None if link is None else self._wrapped_place(link, mention)
            if following is None:
                break
            end, items = following, items + 1
        return end if items >= 2 else None
