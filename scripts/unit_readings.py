"""Makes kehoach_parser/data/unit_readings.tsv: what damaged print makes of the short words of unit names.

usage: unit_readings.py

The words stand in data/units.toml (``[readings] of``), what print makes of their letters in the channel of the shipped restorer
(data/restorer.npz), which was learned from pairs of true and damaged lines. Run it after the model or the words have changed; the same
inputs give the same file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from kehoach_parser.restoration.model import DAMAGED, SHIPPED, load_model
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import table

OUT = SHIPPED.parent / "unit_readings.tsv"
#: P(printed | word) from which a reading is listed: a word is expected at its place, so also rare ones say enough. One that is itself a
#: syllable of the language is more often meant as that.
LEAST, LEAST_SYLLABLE = 0.002, 0.01
_PRUNED = LEAST / 20  # P of a beginning that is not followed further
_HEAD = (
    "# What damaged print makes of short words of unit names, folded, the likeliest first. Made by scripts/unit_readings.py of\n"
    "# data/restorer.npz; readings that its channel does not know stand in units.toml.\nword\treadings\n"
)

Counts = Mapping[tuple[str, str], float]


class Print:
    """The channel as a model of how syllables are printed: P(segment, print) of segments of one or two letters."""

    def __init__(self, counts: Counts) -> None:
        whole = sum(counts.values())
        self._prints: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self._share: dict[str, float] = defaultdict(float)
        for (true, printed), count in sorted(counts.items()):
            self._prints[true].append((printed, count / whole))
            self._share[true] += count / whole

    def of(self, word: str) -> dict[str, float]:
        """P(printed | word) of all prints that are not too rare, folded; over all ways to part the word into segments."""
        rest = [*(0.0 for _ in word), 1.0]  # P of the letters from each on
        for at in reversed(range(len(word))):
            rest[at] = sum(self._share[segment] * rest[at + len(segment)] for segment in _segments(word, at))
        found: list[dict[str, float]] = [defaultdict(float) for _ in range(len(word) + 1)]
        found[0][""] = 1.0
        for at in range(len(word)):
            for begun, likely in found[at].items():
                for segment in _segments(word, at):
                    end = at + len(segment)
                    for printed, joint in self._prints[segment]:
                        if likely * joint * rest[end] >= _PRUNED * rest[0]:
                            found[end][begun + printed] += likely * joint
        out: dict[str, float] = defaultdict(float)
        for printed, likely in found[-1].items():
            out[fold(printed)] += likely / rest[0]
        return out


def _segments(word: str, at: int) -> Iterator[str]:
    return (word[at : at + size] for size in (1, 2) if at + size <= len(word))


def readings_of(words: list[str]) -> dict[str, tuple[str, ...]]:
    """The readings of each word, small or with a capital, the likeliest first."""
    model = load_model(SHIPPED)
    channel, syllables = Print(model.channels[DAMAGED]), frozenset(map(fold, model.words))
    out = {}
    for word in words:
        small, large = channel.of(word), channel.of(word.capitalize())
        likely = {printed: max(small.get(printed, 0.0), large.get(printed, 0.0)) for printed in {*small, *large} - {fold(word)}}
        kept = [each for each in likely if likely[each] >= (LEAST_SYLLABLE if each in syllables else LEAST)]
        out[word] = tuple(sorted(kept, key=lambda printed: (-likely[printed], printed)))
    return out


def content(words: list[str]) -> str:
    """The file."""
    return _HEAD + "".join(f"{word}\t{' '.join(readings)}\n" for word, readings in readings_of(words).items())


def main(out: Path = OUT) -> None:
    """Writes the file."""
    out.write_text(content(table("units")["readings"]["of"]), encoding="utf-8")


if __name__ == "__main__":
    main()
