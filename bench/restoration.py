"""The restorer beside a clock, and lines for reading by hand.

usage: restoration.py FOLDER [--lines SEED]

FOLDER holds texts (*.txt) anywhere below it. Prints how long the model takes to load, how fast damaged texts are restored (texts seen
before, and each by a restorer that has seen all but it), and whether clean ones stay byte for byte. With --lines prints thirty lines of
the damaged texts directly in FOLDER, drawn by that seed, as printed and as restored: what is wrong in them only a reader can say.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from kehoach_parser import Restorer, Text, as_read, compose, load_restorer, read_file
from kehoach_parser.restoration.model import SHIPPED

LINES, WORDS = 30, 6
#: Texts that are read last, each by a restorer that has read all others.
UNSEEN = 5


def main() -> None:
    """Prints the figures or the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, metavar="SEED")
    arguments = parser.parse_args()
    if arguments.lines is not None:
        _print_lines([_content(read_file(path)) for path in sorted(arguments.folder.glob("*.txt"))], random.Random(arguments.lines))
        return
    _print_figures([_content(read_file(path)) for path in sorted(arguments.folder.rglob("*.txt"))])


def _content(text: Text) -> str:
    return compose(text.content)[0]


def _restored(reader: Restorer, content: str) -> str:
    return as_read(content, reader.restore(content).words)


def _print_lines(contents: list[str], chance: random.Random) -> None:
    reader = load_restorer(SHIPPED)
    changed = [content for content in contents if reader.restore(content).words]
    pairs = [pair for each in changed for pair in zip(each.split("\n"), _restored(reader, each).split("\n"), strict=True)]
    drawn = chance.sample([pair for pair in pairs if len(pair[0].split()) >= WORDS], LINES)
    for printed, restored in drawn:
        print(f"{printed}\n{restored}\n")
    print(f"{sum(len(restored.split()) for _, restored in drawn)} words")


def _print_figures(contents: list[str]) -> None:
    start = time.process_time()
    reader = load_restorer(SHIPPED)
    print(f"model loaded in {time.process_time() - start:.2f} s")
    damaged = [content for content in contents if reader.restore(content).words]
    clean = [content for content in contents if content not in damaged]
    changed = sum(_restored(reader, content) != content for content in clean)
    print(f"{len(damaged)} texts restored, {len(clean)} left alone; of these changed: {changed}")
    print(f"seen before: {_speed(reader, damaged):,.0f} letters a second")
    speeds = []
    for text in damaged[-UNSEEN:]:
        fresh = Restorer(reader.model)
        for other in damaged:
            if other != text:
                fresh.restore(other)
        speeds.append(_speed(fresh, [text]))
    print("never seen, after all others: " + ", ".join(f"{speed:,.0f}" for speed in speeds))


def _speed(reader: Restorer, contents: list[str]) -> float:
    """Letters a second of processor time."""
    start = time.process_time()
    for content in contents:
        reader.restore(content)
    return sum(map(len, contents)) / (time.process_time() - start)


if __name__ == "__main__":
    main()
