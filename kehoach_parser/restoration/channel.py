"""The channel: how a true syllable comes to be printed, and the syllables that a printed word may stand for.

A syllable falls into segments of one or two letters, each printed as none to three signs. The joint log probabilities of (segment, print)
are learned (`channel_training`); P(print | syllable) is the joint probability of the best segmentation over that of the syllable's own
segments, so that a long segmentation is not worth less than a short one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kehoach_parser.text.fold import fold

LONGEST_READ = 3
#: How far (natural log) a partial reading may fall behind the best at the same place, and how many are kept there: first try, last try.
SEARCH, WIDE_SEARCH = (14.0, 40), (25.0, 200)
#: log P of a reading in which one sign stands for a letter that it was never seen to stand for ("mink" for minh).
ODD = -12.0
#: How a syllable is written: small, with a capital first letter, in capitals.
LOWER, TITLE, UPPER = 0, 1, 2
_NONE = -math.inf


def cased(syllable: str, case: int) -> str:
    """The syllable written in ``case``."""
    return (syllable, syllable[:1].upper() + syllable[1:], syllable.upper())[case]


class Channel:
    """Candidates for printed words out of one lexicon.

    ``counts``: uses of each (segment, print); ``worth``: what each entry of the lexicon is worth by itself (natural log). A partial reading
    is dropped when even the worthiest word that it may become falls behind.
    """

    def __init__(self, counts: Mapping[tuple[str, str], float], lexicon: Sequence[str], worth: Sequence[float]) -> None:
        share: dict[str, float] = defaultdict(float)
        whole = sum(counts.values())
        for (true, _), count in counts.items():
            share[true] += count / whole
        # Over what its letters weigh by themselves, so that a search drops unlikely readings and not rare letters.
        self._reads: dict[str, dict[str, float]] = defaultdict(dict)
        for (true, read), count in counts.items():
            self._reads[read][true] = math.log(count / whole) - _letters(true, share)
        self._tries = [_trie(lexicon, case, share, worth) for case in (LOWER, TITLE, UPPER)]
        self._but_one: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, word in enumerate(lexicon):
            for around in _all_but_one(word):
                self._but_one[around].append(number)

    def candidates(self, printed: str, case: int) -> list[tuple[float, int]]:
        """(log P(printed | syllable), number of the syllable) for syllables written in ``case``; searched wider where none is near."""
        found = self._search(printed, case, *SEARCH)
        if found or case == UPPER:
            return found
        return self._search(printed, case, *WIDE_SEARCH) or self._odd(printed, case)

    def _odd(self, printed: str, case: int) -> list[tuple[float, int]]:
        """Syllables that are the printed word but for its marks and one letter."""
        if printed[:1].isupper() != (case == TITLE) or not printed.isalpha():
            return []
        return [
            (ODD, number) for number in sorted({number for around in _all_but_one(printed) for number in self._but_one.get(around, ())})
        ]

    def _search(self, printed: str, case: int, within: float, widest: int) -> list[tuple[float, int]]:
        trie = self._tries[case]
        hope = trie.hope
        length = len(printed)
        frontier: list[dict[int, float]] = [{} for _ in range(length + 1)]
        frontier[0][0] = 0.0
        for at in range(length + 1):
            here = frontier[at]
            if not here:
                continue
            options = [
                (size, option)
                for size in range(min(LONGEST_READ, length - at) + 1)
                if (option := self._reads.get(printed[at : at + size])) is not None
            ]
            # Letters that were not printed at all lead on without leaving the place.
            pending = here
            top = _NONE
            while pending:
                hoped = [(score + hope[node], node, score) for node, score in pending.items()]
                top = max(top, max(hoped)[0])
                kept = [entry for entry in hoped if entry[0] >= top - within]
                if len(kept) > widest:
                    kept.sort(reverse=True)
                    del kept[widest:]
                silent: dict[int, float] = {}
                for _, node, score in kept:
                    _advance(trie.steps[node], score, options, frontier, at, silent)
                pending = {node: score for node, score in silent.items() if score > here.get(node, _NONE)}
                here.update(pending)
        return [(score - trie.words[node][1], trie.words[node][0]) for node, score in frontier[length].items() if node in trie.words]


def _all_but_one(word: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind each letter of a word of three or more, without marks."""
    plain = fold(word)
    if len(plain) > 2:
        yield from ((plain[:at], plain[at + 1 :]) for at in range(len(plain)))


def _advance(
    children: dict[str, int],
    score: float,
    options: list[tuple[int, dict[str, float]]],
    frontier: list[dict[int, float]],
    at: int,
    silent: dict[int, float],
) -> None:
    """All steps from one node of the trie; the smaller of the two tables is walked."""
    for size, option in options:
        target = frontier[at + size] if size else silent
        if len(option) < len(children):
            for segment, weight in option.items():
                child = children.get(segment)
                if child is not None and score + weight > target.get(child, _NONE):
                    target[child] = score + weight
        else:
            for segment, child in children.items():
                found = option.get(segment)
                if found is not None and score + found > target.get(child, _NONE):
                    target[child] = score + found


class _Trie:
    """The lexicon by letters: ``steps[node]`` has the segments of one or two letters that lead on, ``words`` (number, log P
    of the segments over that of the letters) of ends, ``hope`` the worth of the worthiest word below."""

    def __init__(self) -> None:
        self.steps: list[dict[str, int]] = [{}]
        self.words: dict[int, tuple[int, float]] = {}
        self.hope: list[float] = [_NONE]

    def add(self, word: str, number: int, own: float, worth: float) -> None:
        node = 0
        self.hope[0] = max(self.hope[0], worth)
        for char in word:
            child = self.steps[node].get(char)
            if child is None:
                child = len(self.steps)
                self.steps.append({})
                self.hope.append(_NONE)
                self.steps[node][char] = child
            node = child
            self.hope[node] = max(self.hope[node], worth)
        self.words[node] = (number, own)

    def link(self) -> None:
        """Adds the steps of two letters to those of one."""
        for children in self.steps:
            pairs = {
                first + second: grandchild
                for first, child in children.items()
                for second, grandchild in self.steps[child].items()
                if len(second) == 1
            }
            children.update(pairs)


def _trie(lexicon: Sequence[str], case: int, share: Mapping[str, float], worth: Sequence[float]) -> _Trie:
    trie = _Trie()
    for number, word in enumerate(lexicon):
        written = cased(word, case)
        if not word or (case == UPPER and len(written) == 1):  # one capital letter is TITLE already
            continue
        own = _own(written, share)
        if own > 0.0:
            trie.add(written, number, math.log(own) - _letters(written, share), worth[number])
    trie.link()
    return trie


def _letters(word: str, share: Mapping[str, float]) -> float:
    """log of the product of the letters' shares; a letter that only occurs in pairs counts as rare."""
    return sum(math.log(share.get(letter, 1e-7)) for letter in word)


def _own(word: str, share: Mapping[str, float]) -> float:
    """P(word) under the segments alone, whatever they are printed as."""
    forward = [1.0] + [0.0] * len(word)
    for i in range(len(word)):
        for size in (1, 2):
            if i + size <= len(word):
                forward[i + size] += forward[i] * share.get(word[i : i + size], 0.0)
    return forward[-1]
