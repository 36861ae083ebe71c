"""Lists of phrases that are tried at a word of a text, found by their first word (or by their last) so that few are tried.

In clean text a word is read by its letters alone, so that the next word tells, too, which phrases may stand. A word of damaged text can be that
word of a phrase by its folded form, a listed reading or its skeleton: all three are keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kehoach_parser.text.fold import fold, skeleton
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.words import Phrase, TextWords

_MOST_KEPT = 20_000  # damaged words whose phrases are kept; the next ones are looked up each time
_NO_PHRASES: tuple[Phrase, ...] = ()


class PhraseList:
    """Phrases in the order in which they are to be tried (the longest first), looked up by the word ``key`` of theirs (0 or -1)."""

    def __init__(self, phrases: Iterable[Phrase], readings: Mapping[str, frozenset[str]], key: int = 0) -> None:
        self._phrases = tuple(phrases)
        self._next = 1 if key == 0 else -1  # where in the text the second word of a phrase stands, seen from the first that is asked
        self._by_key: dict[str, list[int]] = {}
        clean: dict[str, list[Phrase]] = {}
        for number, phrase in enumerate(self._phrases):
            first = fold(phrase[key])
            keys = {first, *readings.get(exact_form(phrase[key]), ())}
            if len(first) > 2:
                keys.add("~" + skeleton(first))
            for form in keys:
                self._by_key.setdefault(form, []).append(number)
            clean.setdefault(first, []).append(phrase)
        self._clean = {first: tuple(found) for first, found in clean.items()}
        self._single = {first: tuple(phrase for phrase in found if len(phrase) == 1) for first, found in clean.items()}
        self._pairs: dict[tuple[str, str], tuple[Phrase, ...]] = {}
        for first, found in clean.items():
            for second in {fold(phrase[key + self._next]) for phrase in found if len(phrase) > 1}:
                fits = (phrase for phrase in found if len(phrase) == 1 or fold(phrase[key + self._next]) == second)
                self._pairs[first, second] = tuple(fits)
        self._damaged: dict[str, tuple[Phrase, ...]] = {}
        #: The folded words that the phrases are found by: in clean text no other word finds one.
        self.found_by = frozenset(self._clean)

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._phrases)

    def at(self, words: TextWords, at: int) -> tuple[Phrase, ...]:
        """The phrases that may stand at word ``at``: begin there, or end there where they are looked up by their last words."""
        folded = words.folds[at]
        if not words.clean[at]:
            return self.damaged(folded)
        if folded not in self.found_by:
            return _NO_PHRASES
        beside = at + self._next
        if not words.clean[beside]:
            return self._clean[folded]
        return self._pairs.get((folded, words.folds[beside])) or self._single[folded]

    def damaged(self, folded: str) -> tuple[Phrase, ...]:
        """The phrases that may stand at a damaged word of this folded form."""
        if (found := self._damaged.get(folded)) is None:
            found = self._find_damaged(folded)
            if len(self._damaged) < _MOST_KEPT:
                self._damaged[folded] = found
        return found

    def _find_damaged(self, folded: str) -> tuple[Phrase, ...]:
        numbers = self._by_key.get(folded, ())
        if len(folded) > 1:
            more = self._by_key.get("~" + skeleton(folded))
            if more:
                numbers = sorted({*numbers, *more}) if numbers else more
        return tuple(self._phrases[number] for number in numbers) if numbers else _NO_PHRASES
