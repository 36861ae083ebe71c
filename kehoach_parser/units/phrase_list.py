"""Lists of phrases that are tried at a word of a text, found by their first word (or by their last) so that few are tried.

In clean text a word is read by its letters alone, so that the next word tells, too, which phrases may stand. A word of damaged text can be
that word of a phrase by its folded form, a listed reading or its skeleton: all three are keys, of the next word as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kehoach_parser.text.fold import fold, skeleton
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.words import Phrase, TextWords

_MOST_KEPT = 20_000  # damaged words, or pairs, whose phrases are kept; the next ones are looked up each time
_NO_PHRASES: tuple[Phrase, ...] = ()


class _Begun:
    """Phrases that one word finds: ``all`` of them, the ``lone`` ones of one word, and ``by_next`` the lone ones with those that the word
    beside it goes on."""

    __slots__ = ("all", "by_next", "lone")

    def __init__(self, found: Sequence[Phrase], following: int) -> None:
        self.all = tuple(found)
        self.lone = tuple(phrase for phrase in found if len(phrase) == 1)
        self.by_next = {
            second: tuple(phrase for phrase in found if len(phrase) == 1 or fold(phrase[following]) == second)
            for second in {fold(phrase[following]) for phrase in found if len(phrase) > 1}
        }


class PhraseList:
    """Phrases in the order in which they are to be tried (the longest first), looked up by the word ``key`` of theirs (0 or -1)."""

    def __init__(self, phrases: Iterable[Phrase], readings: Mapping[str, frozenset[str]], key: int = 0) -> None:
        self._phrases = tuple(phrases)
        self._next = 1 if key == 0 else -1  # where in the text the second word of a phrase stands, seen from the first that is asked
        self._by_key: dict[str, list[int]] = {}
        self._beside: dict[str, list[int]] = {}
        clean: dict[str, list[Phrase]] = {}
        for number, phrase in enumerate(self._phrases):
            for form in _forms(phrase[key], readings):
                self._by_key.setdefault(form, []).append(number)
            for form in _forms(phrase[key + self._next], readings) if len(phrase) > 1 else ():
                self._beside.setdefault(form, []).append(number)
            clean.setdefault(fold(phrase[key]), []).append(phrase)
        self._clean = {first: _Begun(found, key + self._next) for first, found in clean.items()}
        self._damaged: dict[str, tuple[Phrase, ...]] = {}
        self._damaged_pairs: dict[tuple[str, str], tuple[Phrase, ...]] = {}
        #: The folded words that the phrases are found by: in clean text no other word finds one.
        self.found_by = frozenset(self._clean)

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._phrases)

    def at(self, words: TextWords, at: int) -> tuple[Phrase, ...]:
        """The phrases that may stand at word ``at``: begin there, or end there where they are looked up by their last words."""
        folded, beside = words.folds[at], at + self._next
        if not words.clean[at]:
            found = self.damaged(folded)
            return found if not found or words.clean[beside] else self._damaged_pair(folded, words.folds[beside])
        begun = self._clean.get(folded)
        if begun is None:
            return _NO_PHRASES
        return begun.by_next.get(words.folds[beside], begun.lone) if words.clean[beside] else begun.all

    def damaged(self, folded: str) -> tuple[Phrase, ...]:
        """The phrases that may stand at a damaged word of this folded form."""
        if (found := self._damaged.get(folded)) is None:
            found = tuple(self._phrases[number] for number in sorted(_numbers(self._by_key, folded)))
            if len(self._damaged) < _MOST_KEPT:
                self._damaged[folded] = found
        return found

    def _damaged_pair(self, folded: str, beside: str) -> tuple[Phrase, ...]:
        """Those of them that may stand where the word beside it is damaged, too."""
        if (found := self._damaged_pairs.get((folded, beside))) is None:
            fitting = _numbers(self._beside, beside)
            both = sorted(number for number in _numbers(self._by_key, folded) if number in fitting or len(self._phrases[number]) == 1)
            found = tuple(self._phrases[number] for number in both)
            if len(self._damaged_pairs) < _MOST_KEPT:
                self._damaged_pairs[folded, beside] = found
        return found


def _forms(word: str, readings: Mapping[str, frozenset[str]]) -> set[str]:
    """What a damaged word that can be this one is found by: its folded form, a listed reading, its skeleton."""
    folded = fold(word)
    return {folded, *readings.get(exact_form(word), ()), *(["~" + skeleton(folded)] if len(folded) > 2 else [])}


def _numbers(found_by: Mapping[str, Sequence[int]], folded: str) -> set[int]:
    """The phrases of which a damaged word of this folded form can be the word that they are found by."""
    return {*found_by.get(folded, ()), *(found_by.get("~" + skeleton(folded), ()) if len(folded) > 1 else ())}
