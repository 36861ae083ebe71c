"""The most likely true words behind printed ones: candidates of the channel, weighed by the language model, with a beam.

A sentence is a path through its words' candidates. The certainty of a word comes from its margin: how much worse the best path is that
reads this word otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from kehoach_parser.restoration.language import FACT, NUMBER, START, LanguageModel
from kehoach_parser.restoration.printed_words import FACT as FACT_WORD
from kehoach_parser.restoration.printed_words import NUMBER as NUMBER_WORD
from kehoach_parser.restoration.printed_words import PrintedWord

#: (weight, number in the lexicon, case, weight with how likely the syllable is by itself) of a reading of a printed word; case is None for
#: the printed word itself.
Candidate = tuple[float, int, int | None, float]

#: Paths kept per word, and how far (natural log) one may fall behind the best.
BEAM, WITHIN = 20, 7.5
# More than two ways to add up the same numbers differ by.
_ROUNDING = 1e-6
#: How a margin becomes a certainty: 1 / (1 + exp(-SHARPNESS · margin)); fitted on held-out documents (docs/restoration.md).
SHARPNESS = 0.9


class Decoded(NamedTuple):
    """The reading chosen for a word and how certain it is, 0..1."""

    candidate: Candidate
    certainty: float


def decode(
    words: Sequence[PrintedWord], candidates: Callable[[str, bool, bool], tuple[Candidate, ...]], model: LanguageModel
) -> list[Decoded]:
    """The best reading of each word.

    ``candidates(printed, first, shouted)`` gives the readings of a word; ``first``: it begins a sentence, ``shouted``: a word beside it is
    in capitals too, so that capitals say nothing ("TU" in a line of small letters is an abbreviation).
    """
    out: list[Decoded] = []
    sentence: list[tuple[Candidate, ...]] = []
    capitals = [False, *(_in_capitals(word) for word in words), False]
    for at, word in enumerate(words):
        if word.kind == NUMBER_WORD:
            sentence.append(_NUMBER)
        elif word.kind == FACT_WORD:
            sentence.append(_FACT)
        else:
            sentence.append(candidates(word.printed, not sentence, capitals[at] or capitals[at + 2]))
        if word.ends:
            out += _decode_sentence(sentence, model)
            sentence = []
    return out + _decode_sentence(sentence, model)


def _in_capitals(word: PrintedWord) -> bool:
    """A word in capitals; "BTG" without a vowel is an abbreviation."""
    return len(word.printed) > 2 and word.printed.isupper() and not _VOWELS.isdisjoint(word.printed[1:])


_VOWELS = frozenset("AEIOUYÉ")
_NUMBER: tuple[Candidate, ...] = ((0.0, NUMBER, None, 0.0),)
_FACT: tuple[Candidate, ...] = ((0.0, FACT, None, 0.0),)
# A path: its score, the last word but one, the last word, the candidate that it ends in.
_Path = tuple[float, int, int, Candidate]
# A step from a path to a path of the next word, by their places in the beam, and what it adds.
_Step = tuple[int, int, float]


def _decode_sentence(sentence: Sequence[tuple[Candidate, ...]], model: LanguageModel) -> list[Decoded]:
    beams: list[list[_Path]] = []
    steps: list[list[_Step]] = []
    paths: list[_Path] = [(0.0, START, START, (0.0, START, None, 0.0))]
    for readings in sentence:
        paths, taken = _extend(paths, readings, model)
        beams.append(paths)
        steps.append(taken)
    return _choose(beams, steps) if beams else []


def _extend(paths: Sequence[_Path], readings: Sequence[Candidate], model: LanguageModel) -> tuple[list[_Path], list[_Step]]:
    """The beam one word on, and the steps into it. ``paths`` come best first, ``readings`` heaviest first.

    Most readings were never seen behind the last word: these add what they are worth by themselves (the last of a candidate) and what the
    path keeps for them, so that most of them are known to fall behind before anything is added up. This is the inmost loop of the restorer,
    which is why all that the model is asked stands in it.
    """
    size, one, three = model.size, model.one, model.three
    best: dict[int, _Path] = {}
    tried: list[tuple[int, int, float]] = []
    least = -math.inf
    for place, (score, a, b, _) in enumerate(paths):
        if readings[0][0] < least - score:
            break
        beside, back_one, pair = model.two[b], model.back_one[b], a * size + b
        back_two, triples, key_of_b = model.back_two.get(pair), pair * size, b * size  # None: no three words seen begin with these two
        back = back_two or 0.0
        kept = score + back_one + back + _ROUNDING
        enough = least - kept
        for reading in readings:
            if reading[3] < enough and reading[1] not in beside:
                continue
            weight, c, _, _ = reading
            if (after := beside.get(c)) is None:
                gain = weight + (back_one + one[c]) + back
            elif back_two is None or (likely := three.get(triples + c)) is None:
                gain = weight + after + back
            else:
                gain = weight + likely
            total = score + gain
            if total < least:
                continue
            if total - WITHIN > least:
                least = total - WITHIN
                enough = least - kept
            key = key_of_b + c
            tried.append((place, key, gain))
            if (path := best.get(key)) is None or total > path[0]:
                best[key] = (total, b, c, reading)
    return _pruned(best, tried, least, size)


def _pruned(best: dict[int, _Path], tried: Sequence[tuple[int, int, float]], least: float, size: int) -> tuple[list[_Path], list[_Step]]:
    """The best paths that do not fall behind, and the steps into these."""
    kept = sorted([path for path in best.values() if path[0] >= least], key=itemgetter(0), reverse=True)[:BEAM]
    at = {b * size + c: place for place, (_, b, c, _) in enumerate(kept)}
    return kept, [(place, at[key], gain) for place, key, gain in tried if key in at]


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
        top = totals.index(max(totals))
        number = beam[top][2]
        other = max([total for total, path in zip(totals, beam, strict=True) if path[2] != number], default=-math.inf)
        backwards.append(Decoded(beam[top][3], certainty_of(whole - other)))
    return backwards


def certainty_of(margin: float) -> float:
    """A margin (natural log, not negative) as a certainty between 0.5 and 1."""
    return 1.0 / (1.0 + math.exp(-SHARPNESS * margin))
