"""Which words of a page that OCR read in Vietnamese may be changed: misread words that are certain, and never a fact or a name in doubt.

Nearly every word of such a page is right, and what is changed wrongly is worse than what stays misread: a reader sees `tô chức` for what it
is, but not a wrong name. So the margin of the decoder alone does not change a word; it has to be one that a person would change, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kehoach_parser.restoration.decoding import certainty_of
from kehoach_parser.restoration.language import FACT, NUMBER, UNKNOWN, LanguageModel
from kehoach_parser.restoration.lexicon import Lexicon, is_syllable
from kehoach_parser.restoration.printed_words import FACT as FACT_WORD
from kehoach_parser.restoration.printed_words import NUMBER as NUMBER_WORD
from kehoach_parser.restoration.printed_words import WORD, PrintedWord
from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form

#: Margin (natural log) over any other reading from which a word is changed: in general, and one that OCR was
#: sure of and that was seen beside its neighbours (the beam keeps nothing that is further behind).
MARGIN, SURE_MARGIN = 5.0, 7.4
#: Certainty of OCR from which it was sure of a word.
SURELY_READ = 0.9
#: So many words to each side tell whether this is Vietnamese: half of them have to be known.
_AROUND = 4
#: A person's name has three syllables and more, and stands so many words at most behind its family name. The second row are words of the
#: language, too: in a line of capitals ("NÂNG CAO CHẤT LƯỢNG") they tell nothing.
_PERSON, _BEHIND = 3, 3
_NAMES_ALONE = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương đinh trương trịnh phùng quách khổng mạc giàng quàng sùng"
)
_NAMES_AND_WORDS = (
    "lý mai đoàn đào lương vương tô hà thái cao lâm chu tạ tăng tống triệu trang kiều la lưu nông vi hứa bạch thạch châu đàm tôn"
)
_FAMILIES, _WORDS_TOO = frozenset(_NAMES_ALONE.split()), frozenset(_NAMES_AND_WORDS.split())
#: What stands before a person's name: ông, bà, (đồng) chí, anh, chị.
_TITLES = frozenset(("ông", "bà", "chí", "anh", "chị"))
_WRITTEN = "một hai ba bốn năm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ rưỡi"
_NUMBERS = frozenset(_WRITTEN.split())
# A label or a numeral: "iv", "HI" for III.
_NUMERAL = re.compile(r"[ivxIVXHlL]+")
_FACTUAL = re.compile(r"[\d/@\\]|www")
_VOWELS = frozenset("aeiouy")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Read:
    """A word with its best reading (the print itself where there is none), the decoder's certainty of it, and OCR's of the print."""

    word: PrintedWord
    reading: str
    certainty: float
    seen: float

    @property
    def changed(self) -> bool:
        """Another word; where "oà" has its tone is no difference."""
        return exact_form(self.reading) != exact_form(self.word.printed)


def changes(text: str, reads: Sequence[Read], lexicon: Lexicon, language: LanguageModel) -> Iterator[Read]:
    """Those of the words whose reading replaces the print. ``reads``: all words of ``text`` but its marks, in order."""
    judge = _Judge(text, reads, lexicon, language)
    return (read for at, read in enumerate(reads) if read.changed and judge.allows(at))


class _Judge:
    def __init__(self, text: str, reads: Sequence[Read], lexicon: Lexicon, language: LanguageModel) -> None:
        self._text, self._reads, self._lexicon, self._language = text, reads, lexicon, language

    def allows(self, at: int) -> bool:
        """Each question is asked only where those before it found nothing against the change."""
        return (
            self._is_certain(at)
            and not self._is_fact(at)
            and self._is_vietnamese(at)
            and self._is_supported(at)
            and not self._is_abbreviation(at)
            and not self._is_person(at)
            and (not self._is_name(at) or self._is_sure_name(at))
        )

    def _is_certain(self, at: int) -> bool:
        read = self._reads[at]
        printed = self._lexicon.numbers.get(exact_form(read.word.printed))
        sure = printed is not None and read.seen >= SURELY_READ and self._is_beside(at, printed)
        return read.certainty >= certainty_of(SURE_MARGIN if sure else MARGIN)

    def _is_fact(self, at: int) -> bool:
        """Is it a number, a label, a part of a symbol, or would it become one, or a word of another language?"""
        word, reading = self._reads[at].word, exact_form(self._reads[at].reading)
        # A sign inside is a label that was joined to its heading ("I.MỤC"): this engine reads no letters as signs.
        if word.kind != WORD or not word.printed.isalpha() or len(word.printed) < 2 or _NUMERAL.fullmatch(word.printed):
            return True
        if not is_syllable(reading):
            return True
        if (reading in _NUMBERS and fold(reading) != fold(word.printed)) or exact_form(word.printed) in _NUMBERS:
            return True
        start, end = word.start, word.end
        while start and not self._text[start - 1].isspace():
            start -= 1
        while end < len(self._text) and not self._text[end].isspace():
            end += 1
        return _FACTUAL.search(self._text, start, end) is not None

    def _is_vietnamese(self, at: int) -> bool:
        around = [
            exact_form(read.word.printed) in self._lexicon.numbers
            for other, read in enumerate(self._reads[max(0, at - _AROUND) : at + _AROUND + 1], max(0, at - _AROUND))
            if other != at and read.word.kind == WORD
        ]
        return bool(around) and 2 * sum(around) >= len(around)

    def _is_supported(self, at: int) -> bool:
        """Was the reading seen beside one of its neighbours?"""
        return self._is_beside(at, self._number(at))

    def _is_beside(self, at: int, number: int) -> bool:
        """Was this entry of the lexicon seen before or behind the neighbours of a word?"""
        pairs = self._language.two
        before = self._follows(at - 1, at) and number in pairs[self._number(at - 1)]
        return before or (self._follows(at, at + 1) and self._number(at + 1) in pairs[number])

    def _is_abbreviation(self, at: int) -> bool:
        """In capitals among words that are not, or without a vowel."""
        printed = self._reads[at].word.printed
        first, last = self._run(at)
        return printed.isupper() and (first == last or _VOWELS.isdisjoint(fold(printed)))

    def _is_person(self, at: int) -> bool:
        """A family name or the words behind one, or what a title stands before."""
        first, last = self._run(at)
        families = _FAMILIES if self._reads[at].reading.isupper() else _FAMILIES | _WORDS_TOO
        for place in range(max(first, at - _BEHIND), at + 1):
            if last - place + 1 >= _PERSON and exact_form(self._reads[place].reading) in families:
                return True
        return last > first > 0 and exact_form(self._reads[first - 1].reading) in _TITLES

    def _is_name(self, at: int) -> bool:
        """A capital first letter that does not come from the beginning of a sentence."""
        first, last = self._run(at)
        begins = at == 0 or self._reads[at - 1].word.ends
        return _is_title(self._reads[at].reading) and (last > first or not begins)

    def _is_sure_name(self, at: int) -> bool:
        """A row of three words that was seen, the other two printed so, where the print was seen beside no neighbour; or two more such
        rows than with the print."""
        rows = self._rows(at, self._number(at))
        printed = self._lexicon.numbers.get(exact_form(self._reads[at].word.printed))
        if printed is None or not self._is_beside(at, printed):
            return rows > 0
        return rows - self._rows(at, printed) >= 2

    def _rows(self, at: int, number: int) -> int:
        """How many rows of three words around this one were seen, were it this entry of the lexicon."""
        count = 0
        for first in (at - 2, at - 1, at):
            places = (first, first + 1, first + 2)
            if not (self._follows(*places[:2]) and self._follows(*places[1:])):
                continue
            if any(self._reads[place].changed for place in places if place != at):
                continue
            a, b, c = (number if place == at else self._number(place) for place in places)
            count += (a * self._language.size + b) * self._language.size + c in self._language.three
        return count

    def _follows(self, first: int, second: int) -> bool:
        """Do both stand there, in one sentence?"""
        return first >= 0 and second < len(self._reads) and not self._reads[first].word.ends

    def _number(self, at: int) -> int:
        read = self._reads[at]
        if read.word.kind in (NUMBER_WORD, FACT_WORD):
            return NUMBER if read.word.kind == NUMBER_WORD else FACT
        return self._lexicon.numbers.get(exact_form(read.reading), UNKNOWN)

    def _run(self, at: int) -> tuple[int, int]:
        """The first and the last of the words around this one that are written as it is, with nothing but blanks between them."""
        case = _case(self._reads[at].reading)
        first = last = at
        if case is None:
            return first, last
        while first and self._joins(first - 1, case):
            first -= 1
        while last + 1 < len(self._reads) and self._joins(last, case, ahead=True):
            last += 1
        return first, last

    def _joins(self, first: int, case: str, *, ahead: bool = False) -> bool:
        one, two = self._reads[first], self._reads[first + 1]
        other = two if ahead else one
        between = self._text[one.word.end : two.word.start]
        return other.word.kind == WORD and _case(other.reading) == case and _BLANKS.fullmatch(between) is not None


def _case(word: str) -> str | None:
    return "title" if _is_title(word) else "upper" if word.isupper() else None


def _is_title(word: str) -> bool:
    return word[:1].isupper() and not word[1:].isupper()
