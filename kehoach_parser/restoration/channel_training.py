"""Learns a channel from words and their readings: which letters are printed as which, by expectation maximisation.

A word falls into segments of one or two letters, each read as none to three signs. The joint probabilities of (segment, reading) are found
by EM over all segmentations of all pairs; a letter that was seen rarely borrows from its sisters (the letters of the same base).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, pairwise, permutations

from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import toneless

LONGEST_TRUE, LONGEST_READ = 2, 3
ROUNDS = 8
#: Segments with fewer expected uses are forgotten.
LEAST = 0.2
#: Uses lent to each letter: at least, and as a share of its own. Pages differ from those that were learned from.
LENT, LENT_SHARE = 6.0, 0.03
#: What a pair of letters tells of one of them ("ây" read "iy": â read i) counts as so many uses of that letter.
TOLD_SHARE = 0.8
#: Share of its uses that a pair of letters is lent from pairs that differ by tones only ("ưở" from "ườ").
PAIR_SHARE = 0.05
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"

Segment = tuple[str, str]

_MARKED = [letter for letter in LETTERS if fold(letter) != letter and letter != "đ"]
# What a letter was seen to be read as in single cases, whatever the page: signs for any marked vowel, for ư, for letters that look alike.
_SIGNS = "¢@&€§$6éo43ad0gyiu8"
_HORNED = ("u'", "u’", "tr", "tf", "if", "ff", "ft", "tv", "iv")
_ALIKE = {"l": "]JI1|!", "L": "]1|", "S": "$", "s": "$"} | dict.fromkeys("iìíỉĩị", "j1!|]l") | dict.fromkeys("IÌÍỈĨỊ", "J1|]!")
# Ligatures and quotes that stand for a hat with a tone, by the letter without its tone.
_HATS = {
    "â": ("A", "é{", "é“", 'é"', "é‘", "fl", "fi", "ﬂ", "ﬁ"),
    "ă": ("é“", 'é"', '"', "fi"),
    "ô": ("b", "d", "O", '"', "(’“"),
    "ê": ("&", "€", "@"),
}
_YEN = {"y": "¥"}
# Shares of what is lent: the plain letter, letters of the same hat, of the same base; a sign, nothing, the other case, a "G"; two readings
# side by side ("t6é" for tổ) out of the commonest.
_PLAIN, _HAT, _BASE, _SIGN, _SILENT, _CASE, _ROUND, _DOUBLED = 0.4, 0.4, 0.2, 0.01, 0.02, 0.005, 0.004, 0.1
_LOOKS_ALIKE = 0.01
_COMMONEST = 14


def learn(pairs: Mapping[tuple[str, str], float]) -> dict[Segment, float]:
    """Expected uses of (true segment, reading) after EM over word pairs (true, read) with their counts, with what letters borrow."""
    weights: dict[Segment, float] = {}
    counts: dict[Segment, float] = {}
    for _ in range(ROUNDS):
        counts = defaultdict(float)
        for (true, read), count in pairs.items():
            _expect(true, read, count, weights, counts)
        whole = sum(counts.values())
        weights = {segment: count / whole for segment, count in counts.items() if count > 1e-2}
    return _with_lent({segment: count for segment, count in counts.items() if count >= LEAST}, _letter_pairs(pairs))


def _expect(true: str, read: str, count: float, weights: dict[Segment, float], counts: dict[Segment, float]) -> None:
    """Forward and backward over all segmentations; adds the expected uses of each segment."""
    rows, columns = len(true), len(read)
    edges: list[tuple[int, int, int, int, float, Segment]] = []
    forward = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    forward[0][0] = 1.0
    for i in range(rows):
        for j in range(columns + 1):
            here = forward[i][j]
            if here <= 0.0:
                continue
            for k in range(1, min(LONGEST_TRUE, rows - i) + 1):
                for m in range(min(LONGEST_READ, columns - j) + 1):
                    segment = (true[i : i + k], read[j : j + m])
                    weight = weights.get(segment, 0.0) if weights else _first_guess(*segment)
                    if weight > 0.0:
                        forward[i + k][j + m] += here * weight
                        edges.append((i, j, i + k, j + m, weight, segment))
    whole = forward[rows][columns]
    if whole <= 1e-300:
        return
    backward = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    backward[rows][columns] = 1.0
    for i, j, next_i, next_j, weight, segment in reversed(edges):  # made in the order of i: what follows an edge is done before it
        use = weight * backward[next_i][next_j]
        if use > 0.0:
            backward[i][j] += use
            counts[segment] += count * forward[i][j] * use / whole


def _first_guess(true: str, read: str) -> float:
    if len(true) == 1:
        if len(read) == 1:
            return 1.0 if true == read else 0.5 if fold(true) == fold(read) else 0.02
        return (0.004, 0.0, 0.01, 0.001)[len(read)]
    return (0.0, 0.002, 0.0005, 0.0005)[len(read)]


def _letter_pairs(pairs: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """How often two letters stand in a row in the true words."""
    counts: dict[str, float] = defaultdict(float)
    for (true, _), count in pairs.items():
        for first, second in pairwise(true):
            counts[first + second] += count
    return counts


def _with_lent(counts: dict[Segment, float], letter_pairs: Mapping[str, float]) -> dict[Segment, float]:
    """The counts with what pairs tell of their letters, and then with what letters and pairs borrow from their sisters."""
    out = _added(counts, ((segment, TOLD_SHARE * count) for segment, count in _told(counts).items()))
    seen: dict[str, dict[str, float]] = defaultdict(dict)
    for (true, read), count in out.items():
        seen[true][read] = count
    return _added(out, chain(_lent_to_letters(seen), _lent_to_pairs(seen, letter_pairs)))


def _added(counts: Mapping[Segment, float], uses: Iterable[tuple[Segment, float]]) -> dict[Segment, float]:
    out = dict(counts)
    for segment, count in uses:
        out[segment] = out.get(segment, 0.0) + count
    return out


def _lent_to_letters(seen: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[Segment, float]]:
    for letter in (*LETTERS, *LETTERS.upper()):
        uses = LENT + LENT_SHARE * sum(seen.get(letter, {}).values())
        yield from (((letter, read), uses * share) for read, share in _lent(letter, seen).items())


def _lent_to_pairs(seen: Mapping[str, Mapping[str, float]], letter_pairs: Mapping[str, float]) -> Iterator[tuple[Segment, float]]:
    """What pairs of letters that differ by tones only lend one another, each as often as it stands in the true words."""
    families: dict[str, list[str]] = defaultdict(list)
    for pair in letter_pairs:
        if any(letter.lower() in _MARKED for letter in pair):
            families["".join(map(_hat, pair))].append(pair)
    for family in families.values():
        whole = sum(letter_pairs[pair] for pair in family)
        for sister, pair in permutations(family, 2):
            for read, count in seen.get(sister, {}).items():
                yield (pair, read), PAIR_SHARE * letter_pairs[pair] * count / whole


def _told(counts: Mapping[Segment, float]) -> dict[Segment, float]:
    """Uses of single letters that pairs tell of: the other letter of the pair bears no mark and is read as itself."""
    told: dict[Segment, float] = defaultdict(float)
    for (true, read), count in counts.items():
        if len(true) == LONGEST_TRUE and read:
            first, second = true[0], true[1]
            if first == fold(first) and read[0] == first:
                told[second, read[1:]] += count
            elif second == fold(second) and read[-1] == second:
                told[first, read[:-1]] += count
    return told


def _lent(letter: str, seen: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Readings lent to a letter, with their shares."""
    lent: dict[str, float] = defaultdict(float)
    for read, share in _loans(letter, seen):
        lent[read] += share
    if letter.lower() in _MARKED:
        for read, share in _doubled(seen.get(letter, {}), lent).items():
            lent[read] += share
    return lent


def _loans(letter: str, seen: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, float]]:
    cased = str.upper if letter.isupper() else str.lower
    plain = cased(fold(letter))
    yield plain, _PLAIN
    yield from ((read, _LOOKS_ALIKE) for read in _ALIKE.get(letter, ""))
    if letter.lower() not in _MARKED:
        return
    for share, sisters in ((_HAT, _same(letter, _hat)), (_BASE, _same(letter, fold))):
        known = [sister for sister in map(cased, sisters) if sister != letter and seen.get(sister)]
        for sister in known:
            total = sum(seen[sister].values())
            yield from ((read, share * count / total / len(known)) for read, count in seen[sister].items())
    yield from ((sign, _SIGN) for sign in _SIGNS)
    yield from (("", _SILENT), (plain.swapcase(), _CASE), ("G", _ROUND))
    horned = tuple(map(cased, _HORNED)) if _hat(letter.lower()) == "ư" else ()
    yield from ((read, _ROUND) for read in (*horned, *_HATS.get(_hat(letter.lower()), ()), *_YEN.get(fold(letter), ())))


def _doubled(seen: Mapping[str, float], lent: Mapping[str, float]) -> dict[str, float]:
    whole = sum(count for read, count in seen.items() if len(read) == 1) + LENT
    single = {read: (seen.get(read, 0.0) + LENT * lent.get(read, 0.0)) / whole for read in {*seen, *lent} if len(read) == 1}
    often = sorted(single, key=lambda read: (-single[read], read))[:_COMMONEST]
    return {first + second: _DOUBLED * single[first] * single[second] for first in often for second in often if first != second}


def _hat(letter: str) -> str:
    """The letter without its tone: ấ → â."""
    return toneless(letter)


def _same(letter: str, key: Callable[[str], str]) -> list[str]:
    return [sister for sister in _MARKED if key(sister) == key(letter.lower())]
