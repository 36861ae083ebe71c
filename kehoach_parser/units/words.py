"""The words of a text as the unit grammar reads them, and whether a printed word can be a given true word.

Unit names are a closed vocabulary, so a damaged word is not guessed: it is asked whether it can be the word that the gazetteer expects at
that place. In clean text only the word itself is; in damaged text also its folded form, its listed readings and its skeleton.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from operator import sub

from kehoach_parser.model import Span
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import SMALL, fold, skeleton
from kehoach_parser.text.lists import table
from kehoach_parser.text.marks import exact_form, is_marked, toneless, tones
from kehoach_parser.text.quality import LIKE_LETTER, MARKED, PLAIN

Phrase = tuple[str, ...]

# Signs that stand for letters inside a word that OCR damaged ("S&", "k€t", "phé{m"); quotes only between letters.
_INNER = frozenset("&@€¢§$£¥{}°©®|'’‘“”\"!«»~^()<>?")
_LETTER_SIGNS = frozenset("&@€¢§$£¥{}|")
_INSIDE, _AT_END = (re.escape("".join(sorted(signs))) for signs in (_INNER, _LETTER_SIGNS))
# A run of letters and digits, with such signs inside it, at its end only those that are no marks of punctuation; and the blanks before it.
# Most words hold no such sign, which is asked first.
_WORD = re.compile(rf"\s*+(?:[^\W_]++(?![{_INSIDE}])|[$€¢]?[^\W_]+(?:[{_INSIDE}]+[^\W_]+)*(?:[{_INSIDE}]*[{_AT_END}])?|\S)")
_BEYOND = ("",) * 512  # more words than any rule looks ahead or back
_BLOCK = re.compile(r"\n[ \t]*\n")
_SHORT = 5  # letters: a syllable this short is read with at most one letter more or less
_LISTED_LOOSE = 4  # letters: a word with listed readings is read by its skeleton too when it is this long
# Of the letters 0.295 bear such a mark in clean text, 0.000 where all are lost, about 0.18 where some are; few in lines of foreign names.
_CLEAN_SHARE, _SHORT_SHARE = 0.2, 0.08
_LONG = 300  # letters: less may be foreign names for the most part


@lru_cache(maxsize=16384)
def _folded(true: str) -> str:
    return fold(true)


@lru_cache(maxsize=16384)
def printed_forms(true: str) -> frozenset[str]:
    """How a true word may be printed in clean text: as it is, without its tone mark, or with one that is often misread.

    A lost tone mark ("tô chức", "Uy ban") is what a Vietnamese model misreads; any other mark makes another word.
    """
    lost = toneless(exact_form(true))
    readings = table("units")["readings"]
    misread = (word for word in readings["misread"].get(exact_form(true), ()) if toneless(exact_form(word)) == lost)
    return frozenset({exact_form(true), *({lost} - set(readings["other_words"])), *misread})


@lru_cache(maxsize=65536)
def is_printed(printed: Phrase, phrase: Phrase) -> bool:
    """Whether words of clean text are those of a phrase, one of several with the mark of its vowel lost. The same few are asked again and
    again."""
    if len(printed) != len(phrase):  # before the first word
        return False
    misread = len(phrase) == 1
    for text, true in zip(printed, phrase, strict=True):
        if fold(text) != _folded(true):
            return False
        if exact_form(text) not in printed_forms(true):
            if misread or tones(text) != tones(true):
                return False
            misread = True
    return True


@cache
def _not_by_skeleton() -> frozenset[str]:
    return frozenset(table("units")["readings"]["not_by_skeleton"])


@dataclass(frozen=True, slots=True)
class TextWords:
    """Words of a text: word i stands at ``content[starts[i]:ends[i]]``.

    ``texts`` and ``folds`` are the words as printed and folded, ``clean`` says of each whether its block bears Vietnamese marks,
    ``breaks`` how many line ends follow it before the next word, ``damaged`` which words stand in blocks without such marks. ``texts``,
    ``folds`` and ``clean`` go on beyond the last word with empty ones, so that whoever looks a few words before the first or after the last
    finds nothing there.
    """

    content: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    texts: tuple[str, ...]
    folds: tuple[str, ...]
    clean: tuple[bool, ...]
    breaks: tuple[int, ...]
    readings: dict[str, frozenset[str]] = field(repr=False)
    damaged: Sequence[int] = field(repr=False)
    #: Where each folded form stands last, and of each word where its form stands before it, -1 where nowhere: a list for each form would be
    #: thousands of lists for Python to look after.
    last: dict[str, int] = field(repr=False, compare=False)
    before: Sequence[int] = field(repr=False, compare=False)
    #: Word i as printed and folded, and whether it stands in a block that bears Vietnamese marks; empty and not so beyond the ends. These
    #: are asked more often than all else, so that what they ask answers itself.
    text: Callable[[int], str] = field(init=False, repr=False, compare=False)
    folded: Callable[[int], str] = field(init=False, repr=False, compare=False)
    is_clean: Callable[[int], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, asked in (("text", self.texts), ("folded", self.folds), ("is_clean", self.clean)):
            object.__setattr__(self, name, asked.__getitem__)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, end: int) -> Span:
        """The span in the text of the words ``first`` to ``end`` (exclusive)."""
        return self.starts[first], self.ends[end - 1]

    def found(self, folds: Set[str]) -> list[int]:
        """Where words of these folded forms stand, in order."""
        places: list[int] = []
        for at in map(self.last.__getitem__, folds & self.last.keys()):
            while at >= 0:
                places.append(at)
                at = self.before[at]
        return sorted(places)

    def standing(self, folds: frozenset[str], damaged: Callable[[str], object]) -> list[int]:
        """Where words of these folded forms stand, in order, and at least those damaged ones of whose form ``damaged`` says that they may
        be one of them."""
        others = filter(damaged, set(map(self.folds.__getitem__, self.damaged)))
        return self.found(folds.union(others) if self.damaged else folds)

    def breaks_between(self, i: int) -> int:
        """How many line ends stand between word i and the word after it; none before the first word, many after the last."""
        return 0 if i < 0 else self.breaks[i] if i < len(self.breaks) else 9

    def reads(self, i: int, true: str, loose: bool = True) -> bool:
        """Whether word i can be the true word. ``loose``: by its skeleton too (damaged text only)."""
        if self.texts[i] == true:
            return True
        folded, wanted = self.folds[i], _folded(true)
        if self.clean[i]:
            return folded == wanted and exact_form(self.texts[i]) in printed_forms(true)
        if folded == wanted or not folded:
            return folded == wanted
        listed = self.readings.get(exact_form(true))
        if listed is not None and folded in listed:
            return loose or not any(map(is_marked, self.texts[i]))
        return loose and (listed is None or len(true) >= _LISTED_LOOSE) and self.reads_letters(folded, true)

    def reads_letters(self, folded: str, true: str) -> bool:
        """Whether folded letters of damaged text have the skeleton and about the length of a true word."""
        wanted = _folded(true)
        if folded.isdigit():
            return False
        near = abs(len(folded) - len(wanted)) <= (1 if len(wanted) <= _SHORT else 2)
        return len(wanted) > 2 and near and folded not in _not_by_skeleton() and skeleton(folded) == skeleton(wanted)

    def take(self, i: int, phrase: tuple[str, ...], loose: bool = True) -> int | None:
        """The word after the phrase when it stands at word i, else None.

        One word of a phrase may have lost the mark of its vowel also in clean text ("Thành phó", "TỎ CHỨC"): models of Vietnamese misread
        these, and the words beside it say what it is. Another tone makes another word ("cung cấp", "cùng cấp").
        """
        end = i + len(phrase)
        printed = self.texts[i:end]
        if printed == phrase:
            return end
        if False not in self.clean[i:end]:
            return end if is_printed(printed, phrase) else None
        misread = len(phrase) == 1
        for at, true in enumerate(phrase, i):
            if self.clean[at] and self.folds[at] != _folded(true):
                return None
            if not self.reads(at, true, loose):
                if misread or not self.clean[at] or tones(self.texts[at]) != tones(true):
                    return None
                misread = True
        return end


#: A line that is wrapped is at least so long; a cell or an item in small letters is shorter.
_WRAPPED = 60
#: The end of such a line and the small letters that carry it on: "các Công ty Thủy ⏎ lợi"; no label ("a)"), nothing behind a stop.
_RUNS_ON = re.compile(rf"[^\W\d_][ \t]*\n[ \t]*(?=[{SMALL}])(?![a-zđ]{{1,4}}\s?[.)/])")


def words_of(document: Document, readings: dict[str, frozenset[str]], unsure: Sequence[Span] = ()) -> TextWords:
    """The words of a document: runs of letters and digits, with the signs that OCR put for letters inside them.

    Those that lie in ``unsure`` are damaged ones, also in a clean text.
    """
    content = document.content
    parts = _WORD.findall(content.rstrip())  # each begins where the one before it ends
    printed = {part: part.lstrip() for part in set(parts)}
    folds = {text: fold(text) for text in set(printed.values())}
    texts, ends = tuple(map(printed.__getitem__, parts)), tuple(accumulate(map(len, parts)))
    starts = tuple(map(sub, ends, map(len, texts)))
    clean = _clean_words(document, starts)
    last: dict[str, int] = {}
    before: list[int] = []
    for at, folded in enumerate(map(folds.__getitem__, texts)):
        before.append(last.get(folded, -1))
        last[folded] = at
    if unsure:
        misread = {at for start, end in unsure for at in range(bisect_left(starts, start), bisect_left(starts, end))}
        clean = tuple(is_clean and at not in misread for at, is_clean in enumerate(clean))
    return TextWords(
        content,
        starts,
        ends,
        (*texts, *_BEYOND),
        (*map(folds.__getitem__, texts), *_BEYOND),
        clean,
        _breaks(content, starts),
        readings,
        tuple(at for at in range(len(starts)) if not clean[at]) if False in clean[: len(starts)] else (),
        last,
        before,
    )


def _breaks(content: str, starts: tuple[int, ...]) -> tuple[int, ...]:
    """The line ends between each word and the next; none where a long line runs on in small letters, as wrapped text does."""
    breaks = [0] * max(0, len(starts) - 1)
    begin, at = 0, content.find("\n")
    while at >= 0:
        before = bisect_left(starts, at) - 1
        if 0 <= before < len(breaks) and not (at - begin >= _WRAPPED and _RUNS_ON.match(content, at - 1)):
            breaks[before] += 1
        begin, at = at + 1, content.find("\n", at + 1)
    return tuple(breaks)


def _clean_words(document: Document, starts: tuple[int, ...]) -> tuple[bool, ...]:
    """For each word whether its block bears Vietnamese marks."""
    blocks, clean = _cleanness(document)
    out: list[bool] = []
    for following, is_clean in zip([*blocks[1:], len(document.content) + 1], clean, strict=True):
        out += [is_clean] * (bisect_left(starts, following) - len(out))
    return (*out, *(False for _ in _BEYOND))


def _cleanness(document: Document) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    """Where the blocks of the text start (parted by blank lines), and whether each is clean; short ones as the whole text."""
    starts = [0, *(match.end() for match in _BLOCK.finditer(document.content))]
    count = document.kinds.count
    counts = [
        (marked := count(MARKED, start, end), marked + count(PLAIN, start, end) + count(LIKE_LETTER, start, end))
        for start, end in zip(starts, [*starts[1:], len(document.content)], strict=True)
    ]
    marked, letters = sum(m for m, _ in counts), sum(n for _, n in counts)
    whole = letters > 0 and marked / letters >= (_CLEAN_SHARE if letters >= _LONG else _SHORT_SHARE)
    least = _SHORT_SHARE if whole else _CLEAN_SHARE
    return tuple(starts), tuple(m / n >= (_CLEAN_SHARE if n >= _LONG else least) if n >= 40 else whole for m, n in counts)
