"""The words of a question as compounds: "tuyên truyền cổ động trực quan" asks for three words, not for six syllables.

Syllables are shared by many words ("cổ động", "hành động"), so what a text holds of a question is counted in compounds, and a compound is
met only where the text does not cut it in two: "quan trọng" does not stand in "cơ quan trọng tài".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from archive.common.words import folded_form, split_words, words_of
from archive.fulltext.query import bounded
from archive.fulltext.ways import SKELETON_SYLLABLES
from archive.values.documents import Span
from kehoach_parser import segment, skeleton
from kehoach_parser.knowledge import exact_form

#: Most terms in a row that are looked for as one.
_LONGEST_RUN = 4


#: Words of grammar (hư từ), which say nothing about a task.
_GRAMMAR = frozenset(
    {"và", "hoặc", "hay", "của", "về", "cho", "với", "cùng", "trong", "ngoài", "trên", "dưới", "tại", "ở", "từ", "đến", "tới", "để", "theo"}
    | {"do", "bởi", "vì", "là", "được", "bị", "các", "những", "mọi"}
)


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a question as typed, and which of them are one term: ``spans`` index ``words``."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]

    def each(self) -> tuple[tuple[str, ...], ...]:
        """The words of each term."""
        return tuple(self.words[start:end] for start, end in self.spans)

    def runs(self) -> tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]:
        """Terms and neighbours that may stand together in a text, each with the numbers of its terms; not all the words as one."""
        last = len(self.spans)
        found: dict[Span, tuple[int, ...]] = {}
        for first in range(last):
            for end in range(first + 1, min(first + _LONGEST_RUN, last) + 1):
                found[self.spans[first][0], self.spans[end - 1][1]] = tuple(range(first, end))
        found.pop((0, len(self.words)), None)
        return tuple((self.words[start:end], numbers) for (start, end), numbers in found.items())


def terms_of(query: str) -> Terms:
    """The terms of a question: its compounds; where it has none, its words.

    Single syllables side by side are taken in pairs, for the model does not know compounds that are typed without marks ("tuyen truyen").
    One beside a compound narrows it ("chuyển đổi số"): the two together are one more term. Words of grammar ("của") count in the phrase
    only. Raises QueryError for a question of more words than are answered.
    """
    bounded(query, 0)
    words = tuple(split_words(query))
    bounded(query, len(words))
    pieces = _pieces(query, len(words))
    terms: list[Span] = []
    for number, (start, end) in enumerate(pieces):
        if end - start > 1:
            terms.append((start, end))
        elif exact_form(words[start]) not in _GRAMMAR:
            before = _neighbour(words, pieces, number - 1)
            after = _neighbour(words, pieces, number + 1)
            if after is not None and after[1] - after[0] == 1:
                terms.append((start, after[1]))
            elif before is not None and before[1] - before[0] > 1:
                terms.append((before[0], end))
            elif before is None and after is not None:
                terms.append((start, after[1]))
    return Terms(words, tuple(terms) or pieces)


def _neighbour(words: Sequence[str], pieces: Sequence[Span], number: int) -> Span | None:
    """The piece at this place; None where there is none, or a word of grammar."""
    if not 0 <= number < len(pieces):
        return None
    start, end = pieces[number]
    return None if end - start == 1 and exact_form(words[start]) in _GRAMMAR else (start, end)


def folded_run(words: Iterable[str]) -> str:
    """The words as a row of folded words between blanks holds them."""
    return f" {' '.join(map(folded_form, words))} "


def skeleton_run(words: Sequence[str]) -> str | None:
    """The same of skeletons; None where they would say too little: fewer than SKELETON_SYLLABLES, or a number among them."""
    if len(words) < SKELETON_SYLLABLES or not all(word.isalpha() for word in words):
        return None
    return f" {' '.join(skeleton(folded_form(word)) for word in words)} "


def cut_in_two(sentence: str, span: Span) -> bool:
    """Whether a run of words in a sentence begins and ends inside of compounds, so that it is made of pieces of other words."""
    ends = [0, *accumulate(len(split_words(word)) for word in _segmented(sentence))]
    words = words_of(sentence).spans
    if ends[-1] != len(words):
        return False
    first = next((number for number, word in enumerate(words) if word[0] >= span[0]), 0)
    last = next((number for number, word in enumerate(words) if word[1] >= span[1]), len(words) - 1)
    return first not in ends and last + 1 not in ends


@lru_cache(maxsize=1024)
def _segmented(sentence: str) -> tuple[str, ...]:
    return segment(" ".join(sentence.split()))


def _pieces(query: str, count: int) -> tuple[Span, ...]:
    """The compounds and single syllables of a query as spans of its words; single syllables where the model counts otherwise."""
    if not count:
        return ()  # the model is not loaded for nothing
    lengths: Sequence[int] = [length for word in segment(query) if (length := len(split_words(word)))]
    if sum(lengths) != count:
        lengths = [1] * count
    ends = list(accumulate(lengths))
    return tuple(zip([0, *ends[:-1]], ends, strict=True))
