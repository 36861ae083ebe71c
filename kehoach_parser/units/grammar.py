"""The unit grammar: where names may begin, and which of its rules reads each.

No grammar file runs here. A word of damaged text can be several words, which of them it is depends on what the gazetteer expects at its
place, and a name begins or ends by capitals, line ends and the verb of the task: a lexer cannot know that, and grammars over words were
measured several times slower (docs/architecture.md). So each rule is one small reader over a shared `Context`, which answers with what it
read (`Read`) or None:

===========  ==================================================================================================================
names        persons and titles (`leaders`), then "các", then one of: a body (`bodies`), a collective name (`collectives`), a name
             with an open field (`open_names`); after an invitation ("Mời …") also a place alone (`levels`)
bodies       head phrases that own each other, and extensions: "Đảng ủy" "Công an" phường
collectives  nouns in a list, extensions, clauses: các sở, ban, ngành Thành phố
extensions   level or place, qualifier, part given, owner: "trực thuộc Đảng ủy phường", "có liên quan"
===========  ==================================================================================================================
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.bodies import Bodies
from kehoach_parser.units.clauses import Clauses
from kehoach_parser.units.collectives import Before, Collectives
from kehoach_parser.units.context import Context, Read
from kehoach_parser.units.extensions import Extensions
from kehoach_parser.units.grammar_words import grammar_words
from kehoach_parser.units.heads import Head
from kehoach_parser.units.leaders import Leaders
from kehoach_parser.units.levels import Levels
from kehoach_parser.units.mention import Mention
from kehoach_parser.units.open_names import OpenNames
from kehoach_parser.units.series import Series

_BEFORE_SENTENCE = (".", ";", ":", "-", "–")
_DASHES = ("-", "–")
_MOST_OPENING = 40  # words of a clause that opens a sentence
_LABEL = 2  # letters of a label: "b)", "10)"


class _Opener(NamedTuple):
    """Whether a word of clean text ``opens`` a title or the kind of an open name, ``quantifies`` one ("các"), may end an invitation."""

    opens: bool
    quantifies: bool
    invites: bool


@lru_cache(maxsize=16384)
def _opener(text: str) -> _Opener:
    """What a word may open; in small letters only few words open a name."""
    lists, form = grammar_words(), exact_form(text)
    opens = form in lists.clean_openers and (text[:1].isupper() or fold(form) in lists.small_openers)
    return _Opener(opens, form in lists.clean_quantifiers, fold(text) in lists.order_ends)


class UnitGrammar:
    """Reads the names in one text."""

    def __init__(self, context: Context) -> None:
        self.context, self.words, self.lists = context, context.words, context.lists
        self._levels, self._leaders = Levels(context), Leaders(context)
        of_one = Extensions(context, self._levels)
        self._open_names = OpenNames(context, self._levels, of_one)
        self._bodies = Bodies(context, of_one)
        self._series = Series(context, self._levels)
        of_several = Extensions(context, self._levels, self._open_names.read)
        self._collectives = Collectives(context, of_several, Clauses(context), self._leaders)

    def mentions(self) -> Iterator[Mention]:
        """All names, left to right, none over another."""
        starts = self._starts()
        # ``after``: the word after what joins the name before to the next; ``asked``: that one was asked to do something
        at, after, asked = 0, None, False
        while (at := self._next(starts, at, after)) < len(self.words):
            invited = asked and at == after
            mention = self._name(at, at == after) or self._asked_place(at, invited)
            if mention is None:
                at += 1
                continue
            series = self._series.read(mention)
            yield from series or (mention,)
            link = self.context.connector(series[-1].end if series else mention.end)
            asked = link is not None and (invited or self._is_asked(at))
            at, after = series[-1].end if series else mention.end, None if link is None else link.end

    def _next(self, starts: Sequence[int], at: int, after: int | None) -> int:
        """The next word to look at: also the one after a comma that follows a name ("Sở Y tế, địa phương")."""
        place = bisect_left(starts, at)
        following = starts[place] if place < len(starts) else len(self.words)
        return after if after is not None and at <= after < following else following

    def _starts(self) -> list[int]:
        """The words at which a name may begin, by their letters alone, and those after a word of invitation."""
        words = self.words
        places = [(at, _opener(words.texts[at])) for at in words.found(self.lists.opening_folds)]
        found = {at for at, opener in places if opener.opens}.union(self.context.heads)
        steps = {len(phrase) for phrase in self.lists.quantifiers}
        found.update([at for at, opener in places if opener.quantifies and any(at + step in found for step in steps)])
        found.difference_update([at for at in self.context.heads if self._says_nothing(at)])
        found.update(at + 1 for at, opener in places if opener.invites)
        found.update(at for at in words.damaged if self._may_open(at))
        return sorted(found)

    def _says_nothing(self, at: int) -> bool:
        """Whether neither a name nor a place begins at a head, unless a name before it is joined to it (`_next`): most are such."""
        return self._is_everyday(at) and self._levels.area(at) is None

    def _may_open(self, at: int) -> bool:
        words = self.words
        folded = words.folded(at)
        return folded in self.lists.openers or (not words.is_clean(at) and bool(self.context.known.leaders.damaged(folded)))

    def _invites(self, at: int) -> bool:
        """Whether "mời", "đề nghị" stand before the word."""
        return self.context.follows(at, self.lists.inviting)

    def _places_act(self, at: int) -> bool:
        """Whether a place begins a sentence or follows an order, and it and those listed with it are told to act: "Giao tỉnh Sơn La …"."""
        if not (self._opens_sentence(at) or self.context.follows(at, self.lists.ordering) or self._ends_opening(at)):
            return False
        area = self._levels.area(at)
        while area is not None and (place := self._levels.place(area.end)) is not None:
            if self.context.acts(place.end):
                return True
            link = self.context.connector(place.end)
            quantifier = None if link is None else self.context.first(link.end, self.lists.quantifiers, loose=False)
            begin = None if link is None else link.end if quantifier is None else quantifier.end
            area = None if begin is None else self._levels.area(begin) or Read(begin)
        return False

    def _opens_sentence(self, at: int) -> bool:
        """Whether a sentence begins with the word, also behind a label: "b) Thành phố Hà Nội …"."""
        before = self.words.texts[at - 1]
        labelled = before == ")" and len(self.words.texts[at - 2]) <= _LABEL
        return self.context.capital(at) and (at == 0 or labelled or before[-1:] in _BEFORE_SENTENCE)

    def _ends_opening(self, at: int) -> bool:
        """Whether a comma before the word ends what opens its sentence: "Thời gian tới, tỉnh Nghệ An cần …"."""
        words = self.words
        if words.texts[at - 1] != ",":
            return False
        first = next(
            (begin for begin in range(at - 1, max(0, at - _MOST_OPENING), -1) if words.texts[begin - 1][-1:] in _BEFORE_SENTENCE), at
        )
        return first < at and self.context.after(first, self.lists.opening) is not None

    def _asked_place(self, at: int, invited: bool) -> Mention | None:
        """A city or province that is asked to do something: "Mời Thành phố Hồ Chí Minh, tỉnh Đắk Lắk …"."""
        area = self._levels.area(at)
        place = None if area is None else self._levels.place(area.end)
        if area is None or place is None or not (invited or self._is_asked(at)):
            return None
        return Mention(at, place.end, False, area.then(place).true)

    def _is_asked(self, at: int) -> bool:
        """Whether the word begins what is invited, or a place that is told to act."""
        return self._invites(at) or self._places_act(at)

    def _name(self, start: int, listed: bool) -> Mention | None:
        """A name that begins at this word; ``listed``: it stands in a list with a name before it."""
        if not self._may_begin(start, listed):
            return None
        if (person := self._person(start)) is not None:
            return person
        post = self._leaders.read(start, listed)
        at = start if post is None else post.title.end
        quantifier = self._quantifier(at)
        if quantifier is not None:
            at = quantifier.end
        named = post is not None or quantifier is not None
        head = self.context.heads.get(at)
        if head is not None and head.kind == "body":
            read, collective = self._body(head, named or self._is_subject(start, head, listed)), False
        else:
            read, collective = self._open_names.read(at), False
            if read is None and head is not None:
                before = Before(quantifier is not None, post is not None, listed, self.context.capital(start))
                read, collective = self._collectives.read(head, before), True
        if read is None and quantifier is None:
            read, collective = self._leaders.own_post(at), False
        if read is None:
            return None
        said = (Read(start) if post is None else post.title).then(quantifier)
        return Mention(start, read.end, collective, said.then(read).true, 0 if post is None else post.named, post and post.led)

    def _body(self, head: Head, named: bool) -> Read | None:
        """A body that a list has, with a field of its own after it: "Ban Chỉ đạo" Phòng thủ dân sự."""
        read = self._bodies.read(head, named)
        opened = (head.phrase in self.lists.opened and self.context.capital(head.end)) or self._is_dashed(head.end)
        longer = self._open_names.read(head.start) if opened and read is not None else None
        return longer if read is not None and longer is not None and longer.end > read.end else read

    def _is_subject(self, start: int, head: Head, listed: bool) -> bool:
        """Whether a word of everyday language begins a sentence as who acts ("Văn phòng tham mưu …"), or stands in a list of names."""
        if head.phrase not in self.lists.subjects or not self.context.capital(start) or not self.words.is_clean(start):
            return False
        opens = self._opens_sentence(start) or self.words.breaks_between(start - 1) > 0
        return listed or (opens and self.context.acts(head.end))

    def _is_dashed(self, at: int) -> bool:
        """Whether a dash joins a further field to a listed name: "Phòng Tài chính" - Kế toán; not another name, nor a task."""
        words = self.words
        if words.text(at) not in _DASHES or words.breaks_between(at - 1) or words.breaks_between(at) or not words.is_clean(at + 1):
            return False
        if not self.context.capital(at + 1) or at + 1 in self.context.heads:
            return False
        return not self.context.is_verb(at + 1) or self._ends_title(at + 1)

    def _ends_title(self, at: int) -> bool:
        """Whether what may be a verb is the last part of a name before a colon: "Ban Tổ chức - Kiểm tra:"."""
        words = self.words
        end = next((end for end in range(at, len(words)) if not words.text(end)[:1].isalpha() or words.breaks_between(end - 1)), None)
        return end is not None and words.text(end) == ":"

    def _may_begin(self, start: int, listed: bool) -> bool:
        """Whether a name may begin at the word: with a head that is no everyday word here, or with a word that opens one."""
        return (listed or not self._is_everyday(start)) if start in self.context.heads else self._may_open(start)

    def _is_everyday(self, start: int) -> bool:
        """Whether a word of clean text is a noun in small letters that nothing makes a name: most heads are such words."""
        head, text = self.context.heads.get(start), self.words.texts[start]
        if head is None or text[0].isupper() or not self.words.clean[start]:
            return False
        opener = _opener(text)
        return not (opener.opens or opener.quantifies) and self._collectives.is_everyday(head)

    def _person(self, start: int) -> Mention | None:
        """A person with the post: "đồng chí Nguyễn Văn An, Trưởng Ban Nội chính"."""
        post = self._leaders.after_person(start)
        mention = None if post is None else self._name(post, listed=True)
        if post is None or mention is None or mention.led is None:
            return None
        return mention._replace(start=start, named=post - start)

    def _quantifier(self, at: int) -> Read | None:
        """ "các", "tất cả các"; "mỗi" and "mọi" only as printed in clean text: without their marks they are "mời", "môi trường" too."""
        read = self.context.first(at, self.lists.quantifiers, loose=False)
        if read is None or exact_form(read.true[at]) not in self.lists.lost_quantifiers:
            return read
        printed = self.words.is_clean(at) and exact_form(self.words.texts[at]) == exact_form(read.true[at])
        return read if printed else None
