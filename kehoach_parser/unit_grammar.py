"""The unit grammar: from a head phrase ("Sở Tài chính", "cơ quan") to the whole name with level, place and qualifier.

name      = [leader] (body | collective)
body      = head head* extension*            "Đảng ủy" "Công an" phường
collective = ["các"] noun ((","|"và") noun)* extension*   các sở, ban, ngành Thành phố
extension = level list | place | qualifier   "trực thuộc Đảng ủy phường", "có liên quan", "liên xã Bằng Thành, Cao Minh"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kehoach_parser.fold import fold
from kehoach_parser.unit_lexicon import Lexicon, Matchers, Phrase, phrase_of
from kehoach_parser.unit_words import Words, plain

_QUANTIFIERS = tuple(phrase_of(text) for text in ("tất cả các", "toàn thể các", "một số", "các", "những", "mỗi", "từng", "mọi"))
_QUALIFIERS = tuple(
    phrase_of(text)
    for text in (
        "khác có liên quan", "khác liên quan", "có liên quan khác", "có liên quan", "liên quan", "hữu quan", "cùng cấp", "các cấp", "chuyên môn", "nêu trên",
        "chủ lực", "chức năng", "nhà nước", "Trung ương", "Việt Nam", "ở địa phương", "tại địa phương", "ở cơ sở", "thuộc Chính phủ", "trong tỉnh",
        "thuộc phạm vi quản lý", "Đảng", "cơ sở", "trung ương và địa phương", "khác", "cấp cơ sở", "cấp dưới",
    )
)  # fmt: skip
_LEVELS_OF = tuple(phrase_of(text) for text in ("cấp tỉnh", "cấp xã", "cấp huyện", "cấp thành phố", "cấp trung ương", "cấp phường"))
_LINKS = tuple(phrase_of(text) for text in ("trên địa bàn", "thuộc", "của", "ở", "tại", "trực thuộc"))
_GIVEN = tuple(phrase_of(text) for text in ("được giao", "được phân công", "được nêu"))
_GIVEN_WORDS = frozenset(
    plain(word)
    for word in [
        "chủ",
        "trì",
        "thực",
        "hiện",
        "nhiệm",
        "vụ",
        "theo",
        "tại",
        "trong",
        "kế",
        "hoạch",
        "này",
        "các",
        "phối",
        "hợp",
        "dự",
        "án",
        "được",
        "giao",
        "phân",
        "công",
        "phụ",
        "trách",
        "lục",
    ]
)
_PART_PLAYED = (("phối", "hợp"), ("chủ", "trì"))
_SPECIFIC = 4  # words: a collective name this long ("cơ quan thông tấn báo chí") stands alone
_CONNECTORS = frozenset({",", "và", "/", "-", "–", "hoặc"})
_PARTY_LEVELS = frozenset({"tỉnh", "thành", "quận", "huyện", "thị", "xã", "phường"})
_MAX_OPEN = 14  # words of an open name


@dataclass(slots=True)
class Mention:
    """A unit's name over the words ``start`` to ``end``; ``true`` has the true word of each place where it is known."""

    start: int
    end: int
    collective: bool
    true: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """A head phrase that stands at ``start``."""

    start: int
    end: int
    phrase: Phrase
    kind: str


def heads_of(words: Words, known: Lexicon, found: Matchers) -> dict[int, Head]:
    """The longest head phrase at each word where one stands."""
    heads: dict[int, Head] = {}
    for matcher, by_skeleton in ((found.by_norm, False), (found.by_skeleton, True)):
        for key, start, end in matcher(words.doc):
            phrase = found.phrases[key]
            kind = known.classes[phrase]
            if start in heads and (heads[start].end, heads[start].kind == "body") >= (end, kind == "body"):
                continue
            if _stands(words, start, phrase, kind, by_skeleton):
                heads[start] = Head(start, end, phrase, kind)
    return heads


def _stands(words: Words, start: int, phrase: Phrase, kind: str, by_skeleton: bool) -> bool:
    clean = words.is_clean(start)
    if clean and words.take(start, phrase) is None:
        return False
    if by_skeleton and not clean:
        syllables = [offset for offset, true in enumerate(phrase) if true[0].isalpha()]
        sure = sum(words.reads(start + offset, phrase[offset], loose=False) for offset in syllables)
        if 2 * sure < len(syllables):
            return False
    if kind == "body":
        first, second = words.text(start), words.text(start + 1)
        if phrase[0].isupper() and words.content[words.starts[start] - 1 : words.starts[start]] in ("-", "/"):
            return False  # the organ in a symbol: 77/KH-UBND
        return first[:1].isupper() or (len(phrase) > 1 and second[:1].isupper() and phrase[1][:1].isupper() and first[:1].isalpha())
    return True


class UnitGrammar:
    """Reads names at the heads of one text."""

    def __init__(self, words: Words, known: Lexicon, heads: dict[int, Head], places: tuple[Phrase, ...], settings: Settings) -> None:
        self.words, self.known, self.heads, self.places, self.settings = words, known, heads, places, settings

    def mentions(self) -> Iterator[Mention]:
        """All names, left to right, none over another."""
        at = 0
        size = len(self.words)
        while at < size:
            mention = self._name(at)
            if mention is None:
                at += 1
            else:
                yield mention
                at = mention.end

    def _name(self, start: int) -> Mention | None:
        """A name that begins at this word."""
        words = self.words
        if not (start in self.heads or self._maybe_opens(start)):
            return None
        mention = Mention(start, start, False)
        leader = self._leader(start, mention)
        at = leader or start
        quantified = self._first(at, _QUANTIFIERS, mention)
        body_at = quantified or at
        head = self.heads.get(body_at)
        if head is not None and head.kind == "body":
            return self._body(head, mention, leader is not None or quantified is not None)
        if not words.is_clean(body_at) or (opened := self._open_name(body_at, mention)) is None:
            if head is None:
                return None
            return self._collective(head, mention, quantified is not None, leader is not None)
        return opened

    def _maybe_opens(self, at: int) -> bool:
        return self.words.folded(at) in self.settings.openers

    def _leader(self, at: int, mention: Mention) -> int | None:
        end = self._first(at, self.known.leaders, mention)
        if end is None:
            return None
        after = self._first(end, _QUANTIFIERS, Mention(end, end, False)) or end
        head = self.heads.get(after)
        if head is None or not self.words.text(at)[:1].isupper():
            return None
        mine = self.heads.get(at)
        return None if mine is not None and mine.kind == "body" and mine.end > end else end

    def _first(self, at: int, phrases: tuple[Phrase, ...], mention: Mention, loose: bool = True) -> int | None:
        for phrase in phrases:
            end = self.words.take(at, phrase, loose)
            if end is not None:
                self._know(at, phrase, mention)
                return end
        return None

    def _know(self, at: int, phrase: Phrase, mention: Mention) -> None:
        for offset, true in enumerate(phrase):
            mention.true[at + offset] = true

    def _body(self, head: Head, mention: Mention, led: bool) -> Mention | None:
        mention.end = self._take_head(head, mention)
        grown = False
        for _ in range(8):
            following = self.heads.get(mention.end)
            if (
                following is not None
                and following.kind == "body"
                and not self._parted(mention.end)
                and not self._is_level_committee(following)
            ):
                mention.end = self._take_head(following, mention)
            elif (end := self._extension(mention.end, mention, plural=False)) is not None:
                mention.end = end
            else:
                break
            grown = True
        if head.phrase in self.settings.bare and not grown and not led:
            return None
        return None if self._is_never(head) else mention

    def _is_never(self, head: Head) -> bool:
        return any(self.words.take(head.start, phrase) is not None for phrase in self.settings.never)

    def _is_level_committee(self, head: Head) -> bool:
        return False

    def _parted(self, at: int) -> bool:
        """Whether a blank line stands before the word: a name does not run over one."""
        return self.words.breaks_between(at - 1) > 1

    def _take_head(self, head: Head, mention: Mention) -> int:
        self._know(head.start, head.phrase, mention)
        return head.end

    def _collective(self, head: Head, mention: Mention, quantified: bool, led: bool) -> Mention | None:
        mention.collective = True
        end = self._take_head(head, mention)
        lone_word = head.kind == "weak" or len(head.phrase) == 1
        if lone_word and not (quantified or led or self.words.is_clean(head.start) or self.words.text(head.start)[:1].isupper()):
            return None
        nouns, strong = 1 + head.phrase.count(","), head.kind == "strong"
        specific = len(head.phrase) >= _SPECIFIC and "," not in head.phrase
        while not specific and (link := self._connector(end)) is not None:
            following = self.heads.get(link)
            if following is None or following.kind == "body" or self._parted(link):
                break
            if len(following.phrase) >= _SPECIFIC and self.words.text(end) != ",":
                break
            self._know_connector(end, mention)
            end = self._take_head(following, mention)
            nouns, strong = nouns + 1, strong or following.kind == "strong"
        mention.end = end
        grown = False
        for _ in range(6):
            after = self._extension(mention.end, mention, plural=True)
            if after is None:
                break
            mention.end, grown = after, True
        named = quantified or led or self.words.text(mention.start)[:1].isupper()
        if nouns >= 2:
            return mention if strong or grown or named else None
        if specific:
            return mention
        if strong:
            return mention if (named and (quantified or led or grown)) or grown else None
        return mention if ((quantified or led) and grown) or led else None

    def _connector(self, at: int) -> int | None:
        printed = self.words.text(at)
        if printed in _CONNECTORS or self.words.reads(at, "và"):
            return at + 1
        return None

    def _know_connector(self, at: int, mention: Mention) -> None:
        if self.words.reads(at, "và"):
            mention.true[at] = "và"

    def _extension(self, at: int, mention: Mention, plural: bool) -> int | None:
        """One extension of a name at this word, or None."""
        if at >= len(self.words) or self._parted(at):
            return None
        end = self._first(at, _LEVELS_OF, mention) or self._given(at, mention) or self._shared_levels(at, mention)
        if end is not None:
            return end
        if plural and self._first(at, _PART_PLAYED, Mention(at, at, False)) and self.words.reads(at + 2, "có"):
            return self._first(at, _PART_PLAYED, mention)
        if (end := self._first(at, _QUALIFIERS, mention, loose=False)) is not None:
            lone = end - at == 1 and plain(mention.true[at]) in {"khác", "đảng", "cơ"}
            if plain(mention.true[at]) == "đảng" and plain(mention.true.get(at - 1, "")) != "ương":
                return None
            return None if lone and plain(mention.true[at]) == "khác" and not plural else end
        if self.words.reads(at, "liên") and self.words.reads(at + 1, "xã"):
            self._know(at, ("liên", "xã"), mention)
            return self._place_list(at + 2, mention) or at + 2
        if self.words.reads(at, "khu") and self.words.reads(at + 1, "vực"):
            number = self.words.text(at + 2)
            return at + 3 if number.isdigit() or (number and set(number) <= set("IVX")) else None
        if self.words.text(at).isdigit() and fold(self.words.text(at - 1)) == "dao":
            return at + 1
        linked = self._first(at, _LINKS, mention) if self.words.text(at)[:1].islower() else None
        if linked is not None:
            return self._linked(at, linked, mention, plural)
        return self._levels(at, mention)

    def _linked(self, at: int, after: int, mention: Mention, plural: bool) -> int | None:
        """What follows "thuộc", "của", "trực thuộc", "trên địa bàn"."""
        direct = self.words.reads(at, "trực")
        end = self._levels(after, mention)
        if end is None:
            head = self.heads.get(after)
            if head is not None and head.kind == "body" and (plural or direct) and not self._parted(after):
                end = self._take_head(head, mention)
                end = self._levels(end, mention) or end
        if end is None and direct:
            return after
        if end is None:
            for index in range(at, after):
                mention.true.pop(index, None)
        return end

    def _given(self, at: int, mention: Mention) -> int | None:
        """ "được giao chủ trì", "được phân công chủ trì thực hiện nhiệm vụ theo Kế hoạch này"."""
        end = self._first(at, _GIVEN, mention)
        if end is None:
            return None
        while end - at < 16 and plain(self.words.text(end)) in _GIVEN_WORDS and not self.words.take(end, ("chủ", "động")):
            end += 1
        return end

    def _shared_levels(self, at: int, mention: Mention) -> int | None:
        """ "(các) quận, huyện, thị ủy[, Đảng ủy trực thuộc Thành ủy]": committees that share their last word."""
        words = self.words
        start = at + 1 if words.reads(at, "các") else at
        end, items = start, 0
        read: dict[int, str] = {}
        while True:
            level = next((level for level in sorted(_PARTY_LEVELS) if words.reads(end, level)), None)
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
            nested = self._levels(committee, mention) if not self.words.reads(committee, "các") else None
            return nested or self._place(committee, mention) or committee
        end = self._area(start, mention)
        if end is None:
            return self._known_place(start, mention) if start == at else None
        place = self._place(end, mention)
        if place is not None:
            comma = self._levels_after_place(place, mention)
            return comma or place
        items = 1
        while True:
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
        if end is None:
            return None
        if plain(mention.true[at]) == "xã" and words.reads(end, "hội"):
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
        words = self.words
        first, second = fold(words.text(at)), fold(words.text(at + 1))
        return (first, second) in self.settings.verbs or (first,) in self.settings.verbs

    def _place_list(self, at: int, mention: Mention) -> int | None:
        """ "Bằng Thành, Cao Minh, Nghiên Loan": two places or more."""
        end, items = self._place(at, mention), 1
        while end is not None:
            link = self._connector(end)
            following = None if link is None else self._place(link, mention)
            if following is None:
                break
            end, items = following, items + 1
        return end if items >= 2 else None

    def _open_name(self, at: int, mention: Mention) -> Mention | None:
        """A name with an open field in clean text, up to its last word with a capital or level."""
        kind = self._first(at, self.settings.open_kinds, Mention(at, at, False), loose=False)
        words = self.words
        if kind is None or not words.text(kind)[:1].isupper() or self.words.breaks_between(kind - 1):
            return None
        if not (words.text(at)[0].isupper() or words.reads(at, "phòng")) or words.text(at).isupper():
            return None
        if any(words.take(at, phrase) is not None for phrase in self.settings.never):
            return None
        end = last = kind
        while end - at < _MAX_OPEN and end < len(words) and not words.breaks_between(end - 1):
            printed = words.text(end)
            if not (printed[0].isalnum() or printed in "-–") or (self._is_verb(end) and end > kind):
                break
            if (end in self.heads and self.heads[end].kind == "body") or (words.reads(end, "các") and end > kind):
                break
            level = self._levels(end, mention) if end > kind else None
            if level is not None:
                end = last = level
                break
            end += 1
            if printed[:1].isupper() or printed.isdigit():
                last = end
        if end < len(words) and words.text(end) in ":." and end - at <= 10:
            last = end
        mention.end = last
        for _ in range(3):
            after = self._extension(mention.end, mention, plural=False)
            if after is None:
                break
            mention.end = after
        return mention if last > kind else None


@dataclass(frozen=True, slots=True)
class Settings:
    """Word lists of the grammar."""

    bare: frozenset[Phrase]
    open_kinds: tuple[Phrase, ...]
    never: tuple[Phrase, ...]
    verbs: frozenset[tuple[str, ...]]
    openers: frozenset[str]
