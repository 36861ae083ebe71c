"""How fast a plan is read: structure beside a bare LALR run over the same lines, and whole documents by length.

usage: speed.py [FOLDER]

Without FOLDER the fixtures are read, with it the texts (*.txt) in it. Times depend on the machine; the ratios are what counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from kehoach_parser import fold, parse
from kehoach_parser.dates.find import find_dates
from kehoach_parser.structure.outline import build
from kehoach_parser.structure.sequence import choose
from kehoach_parser.structure.steps import read_structure
from kehoach_parser.text.document import read_document
from kehoach_parser.text.fields import field_reader
from kehoach_parser.text.lines import split_lines

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
LENGTHS = (62_500, 125_000, 250_000, 500_000, 1_000_000)


def seconds(*runs: Callable[[], object], times: int = 15) -> list[float]:
    """Processor time of the fastest of several goes of each, by turns: what else the machine does falls on all of them."""
    best = [float("inf")] * len(runs)
    for _ in range(times):
        for number, run in enumerate(runs):
            start = time.process_time()
            run()
            best[number] = min(best[number], time.process_time() - start)
    return best


def main(arguments: list[str]) -> None:
    """Prints both tables."""
    folder = Path(arguments[0]) if arguments else FIXTURES
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    size = sum(len(text.encode()) for text in texts) / 1e6
    folded = [fold(text) for text in texts]
    dates = [find_dates(read_document(text)).dates for text in texts]
    lines = [split_lines(text, plain) for text, plain in zip(texts, folded, strict=True)]
    chosen = [choose(each) for each in lines]
    bare, whole = seconds(
        lambda: [build(each, kinds) for each, kinds in zip(lines, chosen, strict=True)],
        lambda: [read_structure(t, plain, found, field_reader(t, 1.0)) for t, plain, found in zip(texts, folded, dates, strict=True)],
    )
    print(f"{len(texts)} texts, {size:.2f} MB, {sum(map(len, lines))} lines")
    print(f"bare LALR run over the chosen kinds {size / bare:6.1f} MB/s")
    print(f"structure, from text to nodes       {size / whole:6.1f} MB/s: {bare / whole:.2f} of the bare run")
    print("\nlength (letters)   seconds   letters/s")
    clean = (FIXTURES / "004_d9d819c7857a47e2.txt").read_text(encoding="utf-8")
    for length in LENGTHS:
        text = (clean * (length // len(clean) + 1))[:length]
        (taken,) = seconds(lambda text=text: parse(text), times=1)  # type: ignore[misc]
        print(f"{length:16,} {taken:9.2f} {length / taken:11,.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
