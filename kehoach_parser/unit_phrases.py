"""Lists of phrases that are tried at a word of a text, found by their first word so that few are tried.

A word of damaged text can be the first word of a phrase by its folded form, a listed reading or its skeleton: all three are keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kehoach_parser.fold import fold, skeleton
from kehoach_parser.unit_words import Phrase, plain

_NO_PHRASES: tuple[Phrase, ...] = ()


class PhraseList:
    """Phrases in the order in which they are to be tried (the longest first)."""

    def __init__(self, phrases: Iterable[Phrase], readings: Mapping[str, frozenset[str]]) -> None:
        self._phrases = tuple(phrases)
        self._by_key: dict[str, list[int]] = {}
        for number, phrase in enumerate(self._phrases):
            first = fold(phrase[0])
            keys = {first, *readings.get(plain(phrase[0]), ())}
            if len(first) > 2:
                keys.add("~" + skeleton(first))
            for key in keys:
                self._by_key.setdefault(key, []).append(number)

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._phrases)

    def beginning(self, folded: str, damaged: bool) -> tuple[Phrase, ...]:
        """The phrases that may begin with a word of this folded form; in clean text those whose first word has its letters."""
        numbers = self._by_key.get(folded, ())
        if damaged and len(folded) > 1:
            more = self._by_key.get("~" + skeleton(folded))
            if more:
                numbers = sorted({*numbers, *more}) if numbers else more
        return tuple(self._phrases[number] for number in numbers) if numbers else _NO_PHRASES
