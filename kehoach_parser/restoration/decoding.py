"""The most likely true words behind printed ones: candidates of the channel, weighed by the language model, with a beam.

A sentence is a path through its words' candidates. The certainty of a word comes from its margin: how much worse the best path is that
reads this word otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from kehoach_parser.restoration.language import FACT, NUMBER, START, LanguageModel
from kehoach_parser.restoration.printed_words import FACT as FACT_WORD
from kehoach_parser.restoration.printed_words import NUMBER as NUMBER_WORD
from kehoach_parser.restoration.printed_words import PrintedWord

#: (weight, number in the lexicon, case) of a reading of a printed word; case is None for the printed word itself.
Candidate = tuple[float, int, int | None]


@dataclass(frozen=True, eq=False, slots=True)
class Readings:
    """The readings of a printed word. Each is itself only, so that what was found for it is found again without comparing all of it."""

    candidates: tuple[Candidate, ...]


#: Paths kept per word, and how far (natural log) one may fall behind the best.
BEAM, WITHIN = 20, 7.5
#: How a margin becomes a certainty: 1 / (1 + exp(-SHARPNESS · margin)); fitted on held-out documents (docs/restoration.md).
SHARPNESS = 0.9


class Decoded(NamedTuple):
    """The reading chosen for a word and how certain it is, 0..1."""

    candidate: Candidate
    certainty: float


# A path: its score, the last word but one, the last word, the candidate that it ends in.
_Path = tuple[float, int, int, Candidate]
# A step from a path to a path of the next word, by their places in the beam, and what it adds.
_Step = tuple[int, int, float]
# What a reading adds to a path, and the reading.
_Gain = tuple[float, Candidate]

# How many words with the word before them are remembered: a text of 36,000 letters has 12,000, and few that other texts have not.
_MOST_KEPT = 32_768


class Decoder:
    """Chooses readings by one language model. Remembers what readings add behind a word, as the same words follow each other often."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._behind = lru_cache(maxsize=_MOST_KEPT)(self._find_behind)

    def decode(self, words: Sequence[PrintedWord], readings: Callable[[str, bool, bool], Readings]) -> list[Decoded]:
        """The best reading of each word.

        ``readings(printed, first, shouted)`` gives the readings of a word; ``first``: it begins a sentence, ``shouted``: a word beside it
        is in capitals too, so that capitals say nothing ("TU" in a line of small letters is an abbreviation).
        """
        out: list[Decoded] = []
        sentence: list[Readings] = []
        capitals = [False, *(_in_capitals(word) for word in words), False]
        for at, word in enumerate(words):
            if word.kind == NUMBER_WORD:
                sentence.append(_NUMBER)
            elif word.kind == FACT_WORD:
                sentence.append(_FACT)
            else:
                sentence.append(readings(word.printed, not sentence, capitals[at] or capitals[at + 2]))
            if word.ends:
                out += self._decode_sentence(sentence)
                sentence = []
        return out + self._decode_sentence(sentence)

    def _decode_sentence(self, sentence: Sequence[Readings]) -> list[Decoded]:
        beams: list[list[_Path]] = []
        steps: list[list[_Step]] = []
        paths: list[_Path] = [(0.0, START, START, (0.0, START, None))]
        for readings in sentence:
            paths, taken = self._extend(paths, readings)
            beams.append(paths)
            steps.append(taken)
        return _choose(beams, steps) if beams else []

    def _extend(self, paths: Sequence[_Path], readings: Readings) -> tuple[list[_Path], list[_Step]]:
        """The beam one word on, and the steps into it. ``paths`` come best first."""
        size = self._model.size
        best: dict[int, _Path] = {}
        tried: list[tuple[int, int, float]] = []
        least = -math.inf
        for place, (score, a, b, _) in enumerate(paths):
            gains, back = self._gains(a, b, readings)
            for worth, reading in gains:
                gain = worth + back
                total = score + gain
                if total < least:
                    break
                if total - WITHIN > least:
                    least = total - WITHIN
                key = b * size + reading[1]
                tried.append((place, key, gain))
                known = best.get(key)
                if known is None or total > known[0]:
                    best[key] = (total, b, reading[1], reading)
        if len(best) == 1:
            return list(best.values()), [(place, 0, gain) for place, _, gain in tried]
        ranked = sorted(best.items(), key=_score, reverse=True)[:BEAM]
        kept = {key: path for key, path in ranked if path[0] >= least}
        at = {key: place for place, key in enumerate(kept)}
        return list(kept.values()), [(place, at[key], gain) for place, key, gain in tried if key in at]

    def _gains(self, a: int, b: int, readings: Readings) -> tuple[Sequence[_Gain], float]:
        """What the readings add after the words a and b, the most first; less what the second number says, which all of them share."""
        pair = a * self._model.size + b
        behind, seen = self._behind(b, readings)
        back = self._model.back_two.get(pair)
        if back is None:  # no three words were seen that begin with these two
            return behind, 0.0
        three, triples = self._model.three, pair * self._model.size
        both = {c: (weight + likely, (weight, c, case)) for weight, c, case in seen if (likely := three.get(triples + c)) is not None}
        if not both:
            return behind, back
        gains = [*both.values(), *((gain + back, reading) for gain, reading in behind if reading[1] not in both)]
        return sorted(gains, key=itemgetter(0), reverse=True), 0.0

    def _find_behind(self, b: int, readings: Readings) -> tuple[tuple[_Gain, ...], tuple[Candidate, ...]]:
        """What the readings add after a word, the most first, those that fall behind left out; and those that were seen after it."""
        beside, back, one = self._model.two[b], self._model.back_one[b], self._model.one
        gains = [(weight + beside.get(c, back + one[c]), (weight, c, case)) for weight, c, case in readings.candidates]
        gains.sort(key=itemgetter(0), reverse=True)
        least = gains[0][0] - WITHIN
        seen = tuple(reading for reading in readings.candidates if reading[1] in beside)
        return tuple(gain for gain in gains if gain[0] >= least), seen


def _in_capitals(word: PrintedWord) -> bool:
    """A word in capitals; "BTG" without a vowel is an abbreviation."""
    return len(word.printed) > 2 and word.printed.isupper() and not _VOWELS.isdisjoint(word.printed[1:])


_VOWELS = frozenset("AEIOUYÉ")
_NUMBER, _FACT = Readings(((0.0, NUMBER, None),)), Readings(((0.0, FACT, None),))


def _score(entry: tuple[int, _Path]) -> float:
    return entry[1][0]


def _choose(beams: Sequence[Sequence[_Path]], steps: Sequence[Sequence[_Step]]) -> list[Decoded]:
    """Backward over the beams: what the rest of the sentence is worth from each path, the best way, and the margins."""
    rest = [0.0] * len(beams[-1])
    chosen = max(range(len(beams[-1])), key=lambda place: beams[-1][place][0])
    whole = beams[-1][chosen][0]
    backwards: list[Decoded] = []
    worth: list[list[float]] = [rest]
    for at in range(len(beams) - 1, 0, -1):
        earlier = [-math.inf] * len(beams[at - 1])
        for source, target, gain in steps[at]:
            value = gain + rest[target]
            if value > earlier[source]:
                earlier[source] = value
        rest = earlier
        worth.append(rest)
    worth.reverse()
    for beam, values in zip(beams, worth, strict=True):
        if len(beam) == 1:
            backwards.append(Decoded(beam[0][3], 1.0))
            continue
        totals = [path[0] + value for path, value in zip(beam, values, strict=True)]
        top = max(range(len(beam)), key=totals.__getitem__)
        number = beam[top][2]
        other = max((total for total, path in zip(totals, beam, strict=True) if path[2] != number), default=-math.inf)
        backwards.append(Decoded(beam[top][3], certainty_of(whole - other)))
    return backwards


def certainty_of(margin: float) -> float:
    """A margin (natural log, not negative) as a certainty between 0.5 and 1."""
    return 1.0 / (1.0 + math.exp(-SHARPNESS * margin))
