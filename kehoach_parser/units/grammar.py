"""The unit grammar: from a head phrase ("Sở Tài chính", "cơ quan") to the whole name with level, place and qualifier.

name      = [person ","] [["đồng chí"] leader] (body | collective)
body      = head head* extension*            "Đảng ủy" "Công an" phường
collective = ["các"] noun ((","|"và") noun)* extension*   các sở, ban, ngành Thành phố
extension = level list | place | qualifier   "trực thuộc Đảng ủy phường", "có liên quan", "liên xã Bằng Thành, Cao Minh"
"""

from __future__ import annotations

from collections.abc import Iterator

from kehoach_parser.text.fold import fold
from kehoach_parser.units.gazetteer import Lexicon
from kehoach_parser.units.heads import Head
from kehoach_parser.units.levels import Mention, Settings
from kehoach_parser.units.open_names import OpenReader
from kehoach_parser.units.phrase_list import PhraseList
from kehoach_parser.units.words import Phrase, Words, plain

_PART_PLAYED = (("phối", "hợp"), ("chủ", "trì"))
_DEPARTMENTS = frozenset({"Sở", "Bộ"})
_ALONE = frozenset(
    {"Công", "Ủy", "UBND", "Hội", "Liên", "Ban", "Báo", "Đài", "Bảo", "Ngân", "Kho", "Viện", "Tòa"}
)  # what no department has
_SURE_LEADERS = frozenset({"thu", "nguoi", "giam", "chu", "hieu", "bi", "cap"})  # first words of titles that are no verbs
_PERSONS = (("đồng", "chí"), ("ông",), ("bà",))
_PERSON_WORDS = frozenset(fold(title[0]) for title in _PERSONS)
# In small letters only these begin a name that is no list's next: "thủ trưởng cơ quan", "phòng Kinh tế", "đồng chí Bí thư".
_SMALL_OPENERS = _SURE_LEADERS | _PERSON_WORDS | {"phong"}
_INVITING = (("mời",), ("đề", "nghị"))
_CLEAN_QUANTIFIERS = frozenset({"mỗi", "mọi"})  # without their marks they are "mời" too
_SPECIFIC = 4  # words: a collective name this long ("cơ quan thông tấn báo chí") stands alone
_LEAST_NAME, _MOST_NAME = 2, 5  # syllables of a person's name
_SURE_LIST = 3  # nouns in a list that is a name whatever its first word looks like
_MOST_NOUNS = 40  # nouns in one collective name


class UnitGrammar(OpenReader):
    """Reads names at the heads of one text."""

    def __init__(self, words: Words, known: Lexicon, heads: dict[int, Head], places: PhraseList, settings: Settings) -> None:
        super().__init__(words, known, heads, places, settings)
        self._inviting = {reading for phrase in _INVITING for reading in (fold(phrase[-1]), *known.readings.get(phrase[-1], ()))}
        self._extending = settings.extending | known.areas.first_words | known.committees.first_words | places.first_words

    def mentions(self) -> Iterator[Mention]:
        """All names, left to right, none over another."""
        starts = self._starts()
        size, following = len(self.words), 0
        at = last = 0
        invited = False
        while True:
            while following < len(starts) and starts[following] < at:
                following += 1
            begins = starts[following] if following < len(starts) else size
            if last > 0 and at <= last + 1 < begins and self._connector(last) is not None:
                begins = last + 1  # "Sở Y tế, địa phương", "Mời Thành phố Hồ Chí Minh, tỉnh Đắk Lắk"
            at = begins
            if at >= size:
                return
            listed = 0 < last == at - 1 and self._connector(last) is not None
            mention = self._name(at, listed) or (self._invited_place(at) if self._invites(at) or (listed and invited) else None)
            if mention is None:
                at += 1
            else:
                yield mention
                invited = self._invites(at) or (listed and invited)
                at = last = mention.end

    def _starts(self) -> list[int]:
        """The words at which a name may begin, by their letters alone, and those after a word of invitation."""
        words, settings, heads = self.words, self.settings, self.heads
        openers, quantifiers = set(), set()
        for text in set(words.texts):
            form = plain(text)
            if form in settings.clean_quantifiers:
                quantifiers.add(text)
            if form in settings.clean_openers and (text[:1].isupper() or fold(form) in _SMALL_OPENERS):
                openers.add(text)
        found = {at for at, text in enumerate(words.texts) if text in openers}
        found.update(heads)
        quantified = [at for at, text in enumerate(words.texts) if text in quantifiers]
        found.update(at for at in quantified if at + 1 in found or at + 2 in found or at + 3 in found)
        found.update(at + 1 for at, folded in enumerate(words.folds) if folded in self._inviting)
        found.update(at for at in words.damaged() if self._maybe_opens(at))
        return sorted(found)

    def _invites(self, at: int) -> bool:
        """Whether "mời", "đề nghị" stand before the word."""
        return self.words.folds[at - 1] in self._inviting and any(
            self.words.take(at - len(phrase), phrase, loose=False) is not None for phrase in _INVITING if at >= len(phrase)
        )

    def _invited_place(self, at: int) -> Mention | None:
        """A city or province that is asked to do something: "Mời Thành phố Hồ Chí Minh, tỉnh Đắk Lắk …"."""
        mention = Mention(at, at, False)
        area = self._area(at, mention)
        place = None if area is None else self._place(area, mention)
        if place is None:
            return None
        mention.end = place
        return mention

    def _name(self, start: int, listed: bool) -> Mention | None:
        """A name that begins at this word; ``listed``: it stands in a list with a name before it ("Sở Y tế, địa phương")."""
        words = self.words
        if not (start in self.heads or self._maybe_opens(start)):
            return None
        if (person := self._person(start)) is not None:
            return person
        mention = Mention(start, start, False)
        leader = self._leader(start, mention, listed)
        at = leader or start
        quantified = self._first(at, self.settings.quantifiers, mention, loose=False)
        if quantified is not None and not words.is_clean(at) and plain(mention.true[at]) in _CLEAN_QUANTIFIERS:
            quantified = None
        body_at = quantified or at
        head = self.heads.get(body_at)
        if head is not None and head.kind == "body":
            return self._body(head, mention, leader is not None or quantified is not None)
        opened = self._open_name(body_at, mention)
        if opened is not None:
            return opened
        return None if head is None else self._collective(head, mention, quantified is not None, leader is not None, listed)

    def _person(self, start: int) -> Mention | None:
        """A person with the post: "đồng chí Nguyễn Văn An, Trưởng Ban Nội chính". Only clean text shows where a name ends."""
        words = self.words
        if words.folds[start] not in _PERSON_WORDS or not words.clean[start]:
            return None
        after = next((end for title in _PERSONS if (end := words.take(start, title, loose=False)) is not None), None)
        if after is None:
            return None
        end = after
        while end - after < _MOST_NAME and words.text(end).istitle() and not words.breaks_between(end - 1):
            end += 1
        if end - after < _LEAST_NAME or words.text(end) not in (",", "-", "–"):
            return None
        mention = self._name(end + 1, listed=True)
        if mention is None or mention.led is None:
            return None
        mention.start, mention.named = start, end + 1 - start
        return mention

    def _maybe_opens(self, at: int) -> bool:
        words = self.words
        folded = words.folded(at)
        return folded in self.settings.openers or (not words.is_clean(at) and bool(self.known.leaders.beginning(folded, damaged=True)))

    def _leader(self, at: int, mention: Mention, listed: bool = False) -> int | None:
        """The word after a leader's title; one in small letters that can be a verb ("lãnh đạo") only in a list."""
        first = at
        if self.words.folds[at] in _PERSON_WORDS and self.words.clean[at]:
            at = self.words.take(at, _PERSONS[0], loose=False) or at
        end = self._first(at, self.known.leaders, mention)
        if end is None:
            return None
        after = self._first(end, self.settings.quantifiers, Mention(end, end, False)) or end
        head = self.heads.get(after)
        small = not self.words.text(at)[:1].isupper()
        if head is None or (small and not listed and self.words.folded(at) not in _SURE_LEADERS):
            return None
        if small and not listed and not self.words.is_clean(at) and after == end:
            return None
        mine = self.heads.get(at)
        if mine is not None and mine.kind == "body" and mine.end > end:
            return None
        title = tuple(mention.true[index] for index in range(at, end))
        if title in self.settings.posts:
            mention.led, mention.named = end, at - first
        elif title in self.settings.posts_within:
            mention.led, mention.named = at + 1, at - first
        return end

    def _body(self, head: Head, mention: Mention, led: bool) -> Mention | None:
        mention.end = self._take_head(head, mention)
        grown = False
        for _ in range(8):
            following = self.heads.get(mention.end)
            if following is not None and following.kind == "body" and self._owns(following, head):
                mention.end = self._take_head(following, mention)
            elif (end := self._extension(mention.end, mention, plural=False)) is not None:
                mention.end = end
            else:
                break
            grown = True
        if head.phrase in self.settings.bare and not grown and not led:
            return None
        return None if self._is_never(head) else mention

    def _owns(self, owner: Head, head: Head) -> bool:
        """Whether a body can be the owner of the one before it ("Ban Tổ chức" Tỉnh ủy); two departments are two, one on each line."""
        if self._parted(owner.start):
            return False
        wrapped = self.words.breaks_between(owner.start - 1) == 1
        first, department = head.phrase[0], owner.phrase[0] in _DEPARTMENTS
        return not (wrapped and (first == owner.phrase[0] or first in _DEPARTMENTS or (department and first in _ALONE)))

    def _is_never(self, head: Head) -> bool:
        return any(self.words.take(head.start, phrase) is not None for phrase in self.settings.never)

    def _take_head(self, head: Head, mention: Mention) -> int:
        self._know(head.start, head.phrase, mention)
        return head.end

    def _collective(self, head: Head, mention: Mention, quantified: bool, led: bool, listed: bool) -> Mention | None:
        mention.collective = True
        end = self._take_head(head, mention)
        lone_word = head.kind == "weak" or len(head.phrase) == 1
        if head.kind == "weak" and led and not quantified and not self.words.is_clean(head.start):
            return None  # "Co quan chi dao"
        nouns, strong = 1 + head.phrase.count(","), head.kind == "strong"
        specific = len(head.phrase) >= _SPECIFIC and "," not in head.phrase
        while nouns < _MOST_NOUNS and (link := self._connector(end)) is not None:
            following = self.heads.get(link)
            if following is None or following.kind == "body" or self._parted(link):
                break
            if specific and following.phrase not in self.settings.general:
                break
            if len(following.phrase) >= _SPECIFIC and self.words.text(end) != ",":
                break
            self._know_connector(end, mention)
            end = self._take_head(following, mention)
            nouns, strong = nouns + 1, strong or following.kind == "strong"
        if (
            lone_word
            and nouns < _SURE_LIST
            and not (quantified or led or listed or self.words.is_clean(head.start) or self.words.text(head.start)[:1].isupper())
        ):
            return None
        if nouns == 1 and not (strong or specific or quantified or led):
            return None  # no extension makes "ban", "tổ chức" alone a name
        mention.end = end
        grown = False
        for _ in range(6):
            after = self._extension(mention.end, mention, plural=True) or self._clause(mention.end, mention, nouns == 1 and not quantified)
            if after is None:
                break
            mention.end, grown = after, True
        named = quantified or led or self.words.text(mention.start)[:1].isupper()
        if nouns >= 2:
            return mention if strong or grown or named else None
        if specific:
            return mention
        if strong:
            return mention if quantified or led or grown or listed or self._begins_list(mention) else None
        return mention if ((quantified or led) and grown) or led else None

    def _begins_list(self, mention: Mention) -> bool:
        """Whether a noun with a capital is the first of a list of names: "Bộ trưởng, Thủ trưởng cơ quan ngang bộ"."""
        link = self._connector(mention.end)
        if link is None or not self.words.text(mention.start)[:1].isupper():
            return False
        return self._leader(link, Mention(link, link, False)) is not None

    def _extension(self, at: int, mention: Mention, plural: bool) -> int | None:
        """One extension of a name at this word, or None."""
        if at >= len(self.words) or self._parted(at):
            return None
        if self.words.clean[at] and self.words.folds[at] not in self._extending and not self.words.texts[at].isdigit():
            return None
        end = self._first(at, self.settings.levels_of, mention) or self._given(at, mention) or self._shared_levels(at, mention)
        if end is not None:
            return end
        if plural and (played := self._played(at)) is not None and self.words.reads(at + 2, "có"):
            self._know(at, played, mention)
            return at + 2
        if (end := self._qualifier(at, mention)) is not None:
            lone = end - at == 1 and plain(mention.true[at]) in {"khác", "đảng", "cơ"}
            if plain(mention.true[at]) == "đảng" and plain(mention.true.get(at - 1, "")) != "ương":
                return None
            return None if lone and plain(mention.true[at]) == "khác" and not plural else end
        if self.words.reads(at, "liên") and self.words.reads(at + 1, "xã"):
            self._know(at, ("liên", "xã"), mention)
            return self._place_list(at + 2, mention) or at + 2
        if self.words.reads(at, "khu") and self.words.reads(at + 1, "vực"):
            number = self.words.text(at + 2)
            if not (number.isdigit() or (number and set(number) <= set("IVX"))):
                return None
            self._know(at, ("khu", "vực"), mention)
            return at + 3
        if self.words.text(at).isdigit() and fold(self.words.text(at - 1)) == "dao":
            return at + 1
        linked = self._first(at, self.settings.links, mention) if self.words.text(at)[:1].islower() else None
        if linked is not None:
            return self._linked(at, linked, mention, plural)
        return self._levels(at, mention)

    def _qualifier(self, at: int, mention: Mention) -> int | None:
        """A qualifier; one of three words and more is read by skeletons too."""
        end = self._first(at, self.settings.qualifiers, mention, loose=False)
        return end if end is not None else self._first(at, self.settings.long_qualifiers, mention)

    def _played(self, at: int) -> Phrase | None:
        """ "phối hợp", "chủ trì" where they stand."""
        return next((phrase for phrase in _PART_PLAYED if self.words.take(at, phrase) is not None), None)

    def _linked(self, at: int, after: int, mention: Mention, plural: bool) -> int | None:
        """What follows "thuộc", "của", "trực thuộc", "trên địa bàn"."""
        direct = self.words.reads(at, "trực")
        end = self._levels(after, mention)
        if end is None:
            head = self.heads.get(after)
            if head is not None and head.kind == "body" and (plural or direct) and not self._parted(after):
                end = self._take_head(head, mention)
                end = self._levels(end, mention) or end
        if end is None and plural and (opened := self._open_name(after, Mention(after, after, False))) is not None:
            end = opened.end
            mention.true.update(opened.true)
        if end is None and (direct or (plural and self.words.reads(after - 1, "bàn"))):
            return after
        if end is None:
            for index in range(at, after):
                mention.true.pop(index, None)
        return end

    def _given(self, at: int, mention: Mention) -> int | None:
        """ "được giao chủ trì", "được phân công chủ trì thực hiện nhiệm vụ theo Kế hoạch này"."""
        end = self._first(at, self.settings.given, mention)
        if end is None:
            return None
        while end - at < 16 and not self.words.take(end, ("chủ", "động")):
            word = self.settings.given_word(self.words, end)
            if word is None:
                break
            mention.true[end] = word
            end += 1
        return end

    def _open_name(self, at: int, mention: Mention) -> Mention | None:
        """A name with an open field and what extends it, or None."""
        end = self._open_end(at, mention) if self.words.is_clean(at) else self._damaged_open_end(at, mention)
        if end is None:
            return None
        mention.end = end
        for _ in range(3):
            after = self._extension(mention.end, mention, plural=False)
            if after is None:
                break
            mention.end = after
        return mention
