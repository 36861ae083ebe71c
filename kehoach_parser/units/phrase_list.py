"""Lists of phrases that are tried at a word of a text, found by their first word (or by their last) so that few are tried.

A word of damaged text can be that word of a phrase by its folded form, a listed reading or its skeleton: all three are keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kehoach_parser.text.fold import fold, skeleton
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.words import Phrase

_MOST_KEPT = 20_000  # damaged words whose phrases are kept; the next ones are looked up each time
_NO_PHRASES: tuple[Phrase, ...] = ()


class PhraseList:
    """Phrases in the order in which they are to be tried (the longest first)."""

    def __init__(self, phrases: Iterable[Phrase], readings: Mapping[str, frozenset[str]], key: int = 0) -> None:
        self._phrases = tuple(phrases)
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
        self._damaged: dict[str, tuple[Phrase, ...]] = {}
        #: The folded words that the phrases are found by: in clean text no other word finds one.
        self.found_by = frozenset(self._clean)

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._phrases)

    def beginning(self, folded: str, damaged: bool) -> tuple[Phrase, ...]:
        """The phrases that may begin with a word of this folded form; in clean text only a word with its letters is."""
        if not damaged:
            return self._clean.get(folded, _NO_PHRASES)
        if (found := self._damaged.get(folded)) is None:
            found = self._damaged_beginning(folded)
            if len(self._damaged) < _MOST_KEPT:
                self._damaged[folded] = found
        return found

    def _damaged_beginning(self, folded: str) -> tuple[Phrase, ...]:
        numbers = self._by_key.get(folded, ())
        if len(folded) > 1:
            more = self._by_key.get("~" + skeleton(folded))
            if more:
                numbers = sorted({*numbers, *more}) if numbers else more
        return tuple(self._phrases[number] for number in numbers) if numbers else _NO_PHRASES
