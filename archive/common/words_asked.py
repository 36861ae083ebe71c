"""The words of a text that a question asks for, found without cutting the text into all of its words: a page of results shows passages of
ten texts, of whose words a question concerns one in a hundred.

They are what `words_of` makes of them, with an empty word wherever others stand between two of them: so they are compared alike. All words
are cut where a look at the letters does not tell which they are: of a text with restored words, letters apart, lost blanks, combining marks
or letters of other alphabets, and where words may be met by their skeletons.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.common.words import INNER, Restored, TextWords, faded_paragraphs, folded_form, words_of
from archive.values.documents import Span
from kehoach_parser import fold, letters_apart, lost_blanks
from kehoach_parser.knowledge import exact_form, is_marked

#: A letter that one of another alphabet, or a combining mark, becomes; what stands for a sign that may stand in a word, and for another.
_STRANGE, _INNER, _OTHER = "!", "{", "."
_LETTERS, _FIGURES = b"abcdefghijklmnopqrstuvwxyz", b"0123456789"
#: What a letter is: "m" with a Vietnamese mark, "l" without, "0" a figure.
_KIND = bytes.maketrans(_LETTERS + _LETTERS.upper() + _FIGURES, b"l" * 26 + b"m" * 26 + b"0" * 10)
_SHAPE = bytes.maketrans(_LETTERS + _FIGURES, b"l" * 26 + b"0" * 10)
# Where letters may stand apart (`letters_apart`): two single letters beside each other, two figures, the "s" of "s ố".
_LETTERS_BESIDE = re.compile(rb" l {1,4}l(?![l0])")
_FIGURES_BESIDE, _S_APART = b"0 0", b"s o"
#: What is no letter becomes a blank, but for what may stand in a word.
_BLANKS, _IN_WORDS = bytes.maketrans(_OTHER.encode(), b" "), _INNER.encode()


class _Seen(dict[int, str]):
    """What `str.translate` makes of a letter: a sign of ASCII. Letters are folded, those with Vietnamese marks are capitals."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _seen(chr(code))
        return shown


def _seen(char: str) -> str:
    if char.isalpha():
        bare = fold(char)
        return _STRANGE if not (bare.isascii() and bare.isalpha()) else bare.upper() if is_marked(char) else bare
    if char.isalnum():
        return char if char.isascii() else "0"
    if char in " \u00a0":
        return " "
    return _INNER if char in INNER else _STRANGE if "\u0300" <= char <= "\u036f" else _OTHER


_SEEN = _Seen()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: folded ``words`` and ``beginnings`` of words; ``skeletons``: some may be met by their skeletons."""

    words: frozenset[str]
    beginnings: frozenset[str]
    skeletons: bool

    @property
    def is_plain(self) -> bool:
        """Whether all of it is letters and figures of ASCII."""
        return all(word.isascii() and word.isalnum() for word in self.words | self.beginnings)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the letters of a text tells of its words: the folded ``letters``, one for each of the text, with another sign for what
    is none; where paragraphs begin, and which have lost their marks: nothing where none has."""

    letters: bytes
    starts: tuple[int, ...] = ()
    faded: tuple[bool, ...] = ()


def look_at(text: str, quality: float) -> Look | None:
    """A look at a text of this quality (0..1) of which nothing was restored; None where it does not tell which its words are."""
    seen = text.translate(_SEEN)
    if _STRANGE in seen:
        return None
    kinds = seen.encode("ascii")
    letters = kinds.lower()
    if (_may_stand_apart(letters) and letters_apart(text)) or lost_blanks(text):
        return None
    kinds = kinds.translate(_KIND)
    starts, faded = faded_paragraphs(text, quality, lambda start, end: _counted(kinds, start, end))
    return Look(letters, tuple(starts), tuple(faded)) if any(faded) else Look(letters)


def words_asked(text: str, quality: float, restored: Sequence[Restored], wanted: Wanted, look: Look | None) -> TextWords:
    """The words of a text that are wanted, in order, with an empty word where others stand between; all of its words where ``look``
    (`look_at`) does not tell, or words may be met by their skeletons."""
    found = None if restored else _found(text, wanted, look)
    return words_of(text, quality, restored) if found is None else found


def _found(text: str, wanted: Wanted, look: Look | None) -> TextWords | None:
    if look is None or not wanted.is_plain or (wanted.skeletons and look.faded):
        return None
    letters = _apart(look.letters)
    spans = tuple(_with_gaps(letters, sorted(_places(letters, wanted))))
    printed = [text[start:end] for start, end in spans]
    none = ("",) * len(spans)
    return TextWords(
        spans,
        tuple(map(exact_form, printed)),
        tuple(map(folded_form, printed)),
        none,
        tuple(look.faded[bisect_right(look.starts, start) - 1] for start, _ in spans) if look.faded else (False,) * len(spans),
        none,
        (False,) * len(spans),
    )


def _may_stand_apart(letters: bytes) -> bool:
    shape = letters.translate(_SHAPE)
    return _FIGURES_BESIDE in shape or _S_APART in letters or _LETTERS_BESIDE.search(shape) is not None


def _counted(kinds: bytes, start: int, end: int) -> tuple[int, int]:
    """How many letters stand between two offsets, and how many of them bear Vietnamese marks."""
    marked = kinds.count(b"m", start, end)
    return kinds.count(b"l", start, end) + marked, marked


def _apart(letters: bytes) -> bytes:
    """The letters with a blank before and behind each word and nowhere else a sign: one that may stand in a word is part of it between
    letters alone."""
    plain = b" %b " % letters.translate(_BLANKS)
    return plain if _IN_WORDS not in plain else plain.replace(b"{{", b"  ").replace(b" {", b"  ").replace(b"{ ", b"  ")


def _places(letters: bytes, wanted: Wanted) -> set[Span]:
    """Where the words stand that are wanted. A word is looked for with the blanks around it, which takes a tenth of what a pattern of all
    of them takes: Python finds one run of bytes much sooner than it tries a pattern at each."""
    found = set()
    for word in wanted.words:
        sought, length = f" {word} ".encode(), len(word)
        at = letters.find(sought)
        while at >= 0:
            found.add((at, at + length))
            at = letters.find(sought, at + length + 1)
    for beginning in wanted.beginnings:
        sought = f" {beginning}".encode()
        at = letters.find(sought)
        while at >= 0:
            end = letters.index(b" ", at + 1)
            found.add((at, end - 1))
            at = letters.find(sought, end)
    return found


def _with_gaps(letters: bytes, found: Iterable[Span]) -> Iterator[Span]:
    """The places of words, and of an empty one where others stand between two."""
    before = 0
    for start, end in found:
        if start - before > 1 and not letters[before + 1 : start + 1].isspace():
            yield start, start
        yield start, end
        before = end
