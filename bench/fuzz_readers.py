"""Files damaged by chance: does every reader end with a text or with an error that has a code?

usage: fuzz_readers.py [HOW MANY]      each of a Word file, a web page, a zip file, a PDF and a text is damaged so often (default 1000)

Bytes are changed, cut out, put in twice; of a Word file and of a zip file also those of a member before it is packed. Printed are, for each
kind, how often there was a text and how often which error; "unreadable" is one that nobody has foreseen, and its reason is printed. A case
has its number for a seed: the same file always.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "readers"))

from damaged import KINDS, damaged, outcome  # noqa: E402


def main(count: int) -> int:
    """Damages and reads; the exit status says whether anything came that nobody has foreseen."""
    unforeseen = 0
    for kind in KINDS:
        ends: Counter[str] = Counter()
        for seed in range(count):
            data = damaged(kind, random.Random(f"{kind} {seed}"))
            end, reason = outcome(data, f"a.{kind}")
            ends[end] += 1
            if reason is not None:
                unforeseen += 1
                print(f"   {kind} {seed}: {reason}")
        print(f"{kind}: {count} files, " + ", ".join(f"{end} {number}" for end, number in ends.most_common()))
    return int(unforeseen > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
