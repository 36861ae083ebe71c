"""A model retrained on a user's own clean texts, and whether it reads better than the one before.

Every fifth text is held out. Its words are misread as the channel says that words are misread, both models restore it, and the share of
wrong syllables decides. The channels stay: clean texts say nothing about damage.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kehoach_parser.restoration.language import NAMES
from kehoach_parser.restoration.model import DAMAGED, Counts, Model
from kehoach_parser.restoration.printed_words import MARK, WORD, split_words
from kehoach_parser.restoration.restorer import Restorer
from kehoach_parser.restoration.training import Triples, count_triples, make_lexicon, make_model
from kehoach_parser.text.marks import exact_form

#: One text in so many is held out, and the texts and syllables without which nothing can be learned or measured.
HELD, LEAST_TEXTS, LEAST_SYLLABLES = 5, 5, 5_000
_SEED = 20251121


@dataclass(frozen=True, slots=True)
class Retrained:
    """What retraining gave: ``model`` is the better one of the two, ``better`` says that it is the new one.

    ``before`` and ``after`` are the shares of wrong syllables in the texts held out, None where there was too little to learn. ``texts``
    were learned from or held out, ``syllables`` stand in those held out.
    """

    model: Model
    better: bool
    texts: int
    syllables: int
    before: float | None
    after: float | None


def retrain(texts: Sequence[str], base: Restorer) -> Retrained:
    """Learns from clean texts (NFC) on top of a model. The same texts give the same answer in whatever order they come."""
    ordered = sorted(set(texts), key=lambda text: hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    held, taught = ordered[::HELD], [text for number, text in enumerate(ordered) if number % HELD]
    syllables = sum(word.kind == WORD for text in held for word in split_words(text))
    if len(ordered) < LEAST_TEXTS or syllables < LEAST_SYLLABLES // HELD:
        return Retrained(base.model, False, len(ordered), syllables, None, None)
    damaged = [_damage(text, base.model.channels[DAMAGED]) for text in held]
    before = _wrong(base, held, damaged)
    after = _wrong(Restorer(_with(base.model, taught)), held, damaged)
    # What was held out for measuring is learned from in the end.
    model = _with(base.model, ordered) if after < before else base.model
    return Retrained(model, after < before, len(ordered), syllables, before, after)


def _with(base: Model, texts: Sequence[str]) -> Model:
    """The model with the counts of the texts added."""
    triples: Triples = Counter()
    words, size = (*NAMES, *base.words), len(base.words) + len(NAMES)
    for key, count in zip(base.keys.tolist(), base.counts.tolist(), strict=True):
        triples[words[key // size // size], words[key // size % size], words[key % size]] = count
    triples.update(count_triples(texts))
    lexicon = make_lexicon(texts, base.words)
    return make_model(lexicon, triples, base.channels)


def _damage(text: str, channel: Counts) -> list[str]:
    """The words of a text, each letter misread by chance as the channel says; chance begins anew with each text."""
    readings: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (true, read), count in sorted(channel.items()):
        if len(true) == 1:
            readings[true].append((read, count))
    chance = random.Random(_SEED)
    return ["".join(_misread(letter, readings, chance) for letter in word.printed) for word in split_words(text) if word.kind == WORD]


def _misread(letter: str, readings: dict[str, list[tuple[str, float]]], chance: random.Random) -> str:
    known = readings.get(letter)
    return chance.choices([read for read, _ in known], [count for _, count in known])[0] if known else letter


def _wrong(reader: Restorer, texts: Sequence[str], damaged: Sequence[Sequence[str]]) -> float:
    """The share of syllables that are not what they were."""
    wrong = whole = 0
    for text, prints in zip(texts, damaged, strict=True):
        words = [word for word in split_words(text) if word.kind != MARK]
        for true, reading in reader.read_as(words, iter(prints)):
            whole += 1
            wrong += exact_form(true) != exact_form(reading)
    return wrong / whole if whole else 0.0
