"""True text beside its damaged reading, word by word: what a channel is learned and a restorer measured from.

Lines are wrapped otherwise on the two sides and columns are read across, so whole texts are aligned by the skeletons of their words first;
what lies between two anchors is aligned by the likeness of its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from kehoach_parser.restoration.printed_words import PrintedWord
from kehoach_parser.text.fold import fold, skeleton

#: Likeness (0..1) from which two words may be one, and the widest gap (words) that is aligned word by word.
ALIKE, WIDEST = 0.3, 60


def align(true: Sequence[PrintedWord], read: Sequence[PrintedWord]) -> list[tuple[int, int]]:
    """Pairs of indexes of words that are the same word, in order. Words without a partner are left out."""
    keys_true, keys_read = [skeleton(word.printed) for word in true], [skeleton(word.printed) for word in read]
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, keys_true, keys_read, autojunk=False)
    at_true = at_read = 0
    for block in matcher.get_matching_blocks():
        gap_true, gap_read = block.a - at_true, block.b - at_read
        if 0 < gap_true <= WIDEST and 0 < gap_read <= WIDEST:
            pairs += _align_gap(true[at_true : block.a], read[at_read : block.b], at_true, at_read)
        pairs += [(block.a + k, block.b + k) for k in range(block.size)]
        at_true, at_read = block.a + block.size, block.b + block.size
    return pairs


def _align_gap(true: Sequence[PrintedWord], read: Sequence[PrintedWord], at_true: int, at_read: int) -> list[tuple[int, int]]:
    """The pairing with the greatest likeness in all."""
    rows, columns = len(true), len(read)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            likeness = _likeness(true[i].printed, read[j].printed)
            paired = best[i + 1][j + 1] + likeness if likeness >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((at_true + i, at_read + j))
            i, j = i + 1, j + 1
    return pairs


@lru_cache(maxsize=65536)
def _likeness(true: str, read: str) -> float:
    if len(true) > 3 * len(read) + 1 or len(read) > 3 * len(true) + 1:
        return 0.0
    same = SequenceMatcher(None, fold(true), fold(read), autojunk=False).ratio()
    return max(same, 0.31 if len(true) <= 3 and abs(len(true) - len(read)) <= 2 else 0.0)
