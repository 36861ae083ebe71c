"""The language model: how likely a syllable is after the two before it (interpolated Kneser-Ney with three discounts).

Only the counts of three syllables in a row are kept; everything else is worked out from them when the model is loaded, so the counts of two
models can be added. Chen & Goodman, "An empirical study of smoothing techniques for language modeling" (1998), section 3.

NumPy is imported where a model is made or loaded: who only asks what was restored waits for nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"
Floats: TypeAlias = "npt.NDArray[np.float64]"

#: Numbers of the lexicon's first entries: the start of a sentence (its own predecessor), a number, a symbol or other fact, an unknown word.
START, NUMBER, FACT, UNKNOWN = 0, 1, 2, 3
NAMES = ("<s>", "<n>", "<f>", "<?>")


class LanguageModel:
    """Log probabilities of syllables by number.

    ``keys``: (a·V + b)·V + c of the triples seen, sorted; ``counts``: how often; ``size``: V. The tables are public because the decoder
    reads them in its innermost loop: ``three`` by key, ``two`` by b and then by c (of one word few others follow), ``one`` by c,
    ``back_two`` by a·V + b, ``back_one`` by b.
    """

    def __init__(self, keys: Ints, counts: Ints, size: int) -> None:
        import numpy as np

        self.size = size
        heads, last = keys // size, keys % size
        middle = heads % size
        tails = middle * size + last
        # Lower orders count after how many different syllables a pair stands; at the start of a sentence, how often.
        pairs, pair_counts = _summed(tails, np.where(middle == START, counts, 1))
        singles = np.bincount(pairs % size, minlength=size) + 0.5  # never seen counts as half a place
        unigram = np.log(singles / singles.sum())
        contexts, kept, found = _discounted(pairs // size, pair_counts)
        back_one = np.zeros(size)
        back_one[contexts] = np.log(kept)
        two = found + np.exp(back_one[pairs // size] + unigram[pairs % size])
        wide, wide_kept, wide_found = _discounted(heads, counts)
        three = wide_found + wide_kept[np.searchsorted(wide, heads)] * two[np.searchsorted(pairs, tails)]
        self.one: list[float] = unigram.tolist()
        self.back_one: list[float] = back_one.tolist()
        seconds, likely = (pairs % size).tolist(), np.log(two).tolist()
        bounds = np.searchsorted(pairs // size, np.arange(size + 1)).tolist()
        self.two: list[dict[int, float]] = [dict(zip(seconds[s:e], likely[s:e], strict=True)) for s, e in pairwise(bounds)]
        self.back_two: dict[int, float] = dict(zip(wide.tolist(), np.log(wide_kept).tolist(), strict=True))
        self.three: dict[int, float] = dict(zip(keys.tolist(), np.log(three).tolist(), strict=True))

    def score(self, a: int, b: int, c: int) -> float:
        """log P(c | a, b)."""
        pair = a * self.size + b
        found = self.three.get(pair * self.size + c)
        if found is not None:
            return found
        lower = self.two[b].get(c)
        return self.back_two.get(pair, 0.0) + (self.back_one[b] + self.one[c] if lower is None else lower)


def _summed(keys: Ints, weights: Ints) -> tuple[Ints, Ints]:
    import numpy as np

    unique, place = np.unique(keys, return_inverse=True)
    return unique, np.bincount(place, weights=weights.astype(np.float64)).astype(np.int64)


def _discounted(contexts: Ints, counts: Ints) -> tuple[Ints, Floats, Floats]:
    """(contexts, the share that each keeps for what was not seen, the discounted probability of each entry)."""
    import numpy as np

    taken = np.asarray((0.0, *_discounts(counts)))[np.minimum(counts, 3)]
    unique, place = np.unique(contexts, return_inverse=True)
    total = np.bincount(place, weights=counts.astype(np.float64))
    lost = np.bincount(place, weights=taken)
    return unique, np.maximum(lost / total, 1e-6), (counts - taken) / total[place]


def _discounts(counts: Ints) -> list[float]:
    """What is taken from counts of one, two, and three or more."""
    seen = [max(1, int((counts == times).sum())) for times in (1, 2, 3, 4)]
    y = seen[0] / (seen[0] + 2 * seen[1])
    return [min(n - 0.05, max(0.05, n - (n + 1) * y * seen[n] / seen[n - 1])) for n in (1, 2, 3)]
