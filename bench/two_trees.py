"""How fast this tree parses beside another one (an earlier commit in a folder of its own), text by text by turns.

usage: two_trees.py OTHER_TREE [PATH ...]

PATH: as for same_plans.py; without one the fixtures. Each tree parses in a process of its own, one at a time; what counts is the fastest
of several goes of each text, in processor time, so that what else the machine does falls on both.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.same_plans import texts_in
from bench.speed import FIXTURES

TURNS = 5
CHILD = """
import json, sys, time
from kehoach_parser import parse
parse("")
for row in sys.stdin:
    text = json.loads(row)
    start = time.process_time()
    parse(text)
    print(time.process_time() - start, flush=True)
"""


class Tree:
    """A process that parses with the code of a folder."""

    def __init__(self, root: Path) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-c", CHILD],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seconds(self, text: str) -> float:
        """Processor time of one parse."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        print(json.dumps(text), file=self.child.stdin, flush=True)
        return float(self.child.stdout.readline())


def main(arguments: list[str]) -> None:
    """Prints the letters per second of both and their ratio: of the fastest goes, and of each turn."""
    trees = [Tree(Path(arguments[0]).resolve()), Tree(FIXTURES.parent)]
    texts = [text.content for _, text in texts_in([Path(each) for each in arguments[1:]] or [FIXTURES])]
    size = sum(map(len, texts))
    turns = [[[tree.seconds(text) for tree in trees] for text in texts] for _ in range(TURNS)]
    other, here = (sum(min(turn[text][tree] for turn in turns) for text in range(len(texts))) for tree in range(len(trees)))
    print(f"{len(texts)} texts, {size:,} letters, {TURNS} turns")
    print(f"other tree {size / other:11,.0f} letters/s\nthis tree  {size / here:11,.0f} letters/s: {other / here:.3f} of the other")
    print("of each turn:", *(f"{sum(before for before, _ in turn) / sum(now for _, now in turn):.3f}" for turn in turns))


if __name__ == "__main__":
    main(sys.argv[1:])
