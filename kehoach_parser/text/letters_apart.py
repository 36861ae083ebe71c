"""Letters that a text sets apart: "K Ế  H O Ạ C H", "Đ Ộ C  L Ậ P", "S ố : 15", "năm 2 0 2 6".

Titles are set so for the eye, and some text layers and OCR tear words up. Single letters with one blank between them that make syllables of
the orthography (`syllables`) are these syllables; two blanks part words, and where no wider blank does, the fewest syllables are taken.
Figures are put together only where a number is due (a row of "1 2 3 4" numbers the columns of a table). The text is read without the blanks
and everything found led back, as it is for lost blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kehoach_parser.model import Repair, Span
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lost_blanks import Spaced
from kehoach_parser.text.quality import CLEAN, quality
from kehoach_parser.text.syllables import is_spoken

LETTERS_APART = "letters-apart"
_BLANK = "[ \u00a0]"
# Cheap looks, which most texts answer with no: two single letters behind each other, two figures; the blank before the letter of "S ố".
_LETTERS_BESIDE = re.compile(rf"{_BLANK}[^\W\d_]{_BLANK}{{1,4}}[^\W\d_](?![^\W_])")
_FIGURES_BESIDE = re.compile(rf"\d{_BLANK}\d")
_LONE_SIGNS = tuple(blank + sign for blank in " \u00a0" for sign in "ốỐ")
_LETTERS = re.compile(rf"(?<![^\W_])[^\W\d_](?:{_BLANK}{{1,4}}[^\W\d_])+(?![^\W_])")
_FIGURES = re.compile(
    rf"(?:\b(?:ngày|tháng|năm|số){_BLANK}?:?{_BLANK}{{1,3}})(\d(?:{_BLANK}\d){{1,3}})(?![\d.,]|{_BLANK}\d)", re.IGNORECASE
)
# "Số" before its number: the one word of two letters that is read so.
_NUMBER = re.compile(rf"(?<![^\W_])s{_BLANK}ố(?={_BLANK}*[:\d])", re.IGNORECASE)
_WORDS_APART = re.compile(rf"{_BLANK}{{2,}}")
# k, gh, ngh are written before e, ê, i, y, and c, g, ng before the others.
_MISSPELT = re.compile(r"(?:k|n?gh)[aou]|c[eiy]|n?ge|ngi")
#: Letters of a run that is put together; a longer one only costs.
_FEWEST, _MOST = 3, 60


def with_letters_together(content: str) -> Spaced | None:
    """The text without the blanks within words that it sets apart; None where it has none, or is so damaged that syllables tell nothing."""
    words = sorted(_words(content))
    if not words or quality(content) < CLEAN:
        return None
    keep = [True] * len(content)
    for start, end in words:
        for at in range(start, end):
            keep[at] = not content[at].isspace()
    origin = [at for at, kept in enumerate(keep) if kept]
    return Spaced(
        content="".join(content[at] for at in origin),
        origin=[*origin, len(content)],
        cut=tuple(Repair(LETTERS_APART, span, printed := content[slice(*span)], "".join(printed.split())) for span in words),
        at=tuple(at for at, kept in enumerate(keep) if not kept),
    )


def letters_apart(content: str) -> tuple[Span, ...]:
    """The words of a text whose letters are apart, in order: their spans hold the blanks."""
    read = with_letters_together(content)
    return () if read is None else tuple(repair.span for repair in read.cut)


def _words(content: str) -> Iterator[Span]:
    """Where a word stands whose letters are apart."""
    if _LETTERS_BESIDE.search(content):
        for match in _LETTERS.finditer(content):
            yield from _read(content, match.span())
    if _FIGURES_BESIDE.search(content):
        yield from (match.span(1) for match in _FIGURES.finditer(content))
    if any(sign in content for sign in _LONE_SIGNS):
        yield from (match.span() for match in _NUMBER.finditer(content))


def _read(content: str, span: Span) -> list[Span]:
    """The words of a run of single letters; none where one of its stretches is no syllables."""
    letters = [at for at in range(*span) if not content[at].isspace()]
    if len(letters) < _FEWEST or len(letters) > _MOST or content[slice(*span)].isascii():
        return []
    out: list[Span] = []
    stretch: list[int] = []
    for at, following in pairwise([*letters, span[1] + _FEWEST]):
        stretch.append(at)
        if following - at > 2:
            lengths = _syllables("".join(content[one] for one in stretch))
            if not lengths:
                return []
            for length in lengths:
                out.append((stretch[0], stretch[length - 1] + 1))
                del stretch[:length]
    return out


def _is_spelt(part: str) -> bool:
    """Whether letters are a syllable with the consonant that is written before its vowel: "NGHĨA" and "HÒA" are, "NGHÒA" is none."""
    return is_spoken(part) and _MISSPELT.match(fold(part)) is None


def _syllables(run: str) -> tuple[int, ...]:
    """The lengths of the fewest syllables that letters make, the last as long as may be ("CHỦ NGHĨA"); () where they make none."""
    found: list[tuple[int, ...] | None] = [()]
    for end in range(1, len(run) + 1):
        ways = ((*way, end - start) for start in range(end - 1) if (way := found[start]) is not None and _is_spelt(run[start:end]))
        found.append(min(ways, key=len, default=None))
    return found[-1] or ()
