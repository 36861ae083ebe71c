"""Files damaged by chance: does every reader end in time, with a text or with an error that has a code?

usage: fuzz_readers.py [HOW MANY] [KIND ...]

HOW MANY (default 1000) files are damaged of each kind: Word file, web page, zip file, PDF (one with a table, too), text in three encodings,
picture in three formats; and a fiftieth of that for what LibreOffice reads (odt, rtf, doc), where it is installed, as each takes seconds.
Bytes are changed, cut out, put in twice; tags and values of a page and of the parts inside a packed file are exchanged, left out, repeated.
Printed are, for each kind, how often there was a text and how often which error, and how long the slowest took; "unreadable" is one that
nobody has foreseen, and its reason is printed. A case has its number for a seed: the same file always. OCR reads what is drawn, where it is
installed.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "readers"))

from damaged import KINDS, OF_OFFICE, damaged, outcome  # noqa: E402

from kehoach_parser.readers.office import find_office  # noqa: E402

#: One file of an office's formats for so many others.
_RARE = 50


def tried(case: tuple[str, int]) -> tuple[int, str, str | None, float]:
    """Number, how reading ended, what nobody has foreseen, seconds."""
    kind, seed = case
    data = damaged(kind, random.Random(f"{kind} {seed}"))
    begun = time.monotonic()
    end, reason = outcome(data, f"a.{kind}")
    return seed, end, reason, time.monotonic() - begun


def main(count: int, kinds: list[str]) -> int:
    """Damages and reads; the exit status says whether anything came that nobody has foreseen."""
    unforeseen = 0
    known = [*KINDS, *(OF_OFFICE if find_office() else ())]
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        for kind in kinds or known:
            number = max(1, count // _RARE) if kind in OF_OFFICE else count
            ends: Counter[str] = Counter()
            slowest = (0.0, 0)
            for seed, end, reason, seconds in workers.map(tried, [(kind, seed) for seed in range(number)], chunksize=4):
                ends[end] += 1
                slowest = max(slowest, (seconds, seed))
                if reason is not None:
                    unforeseen += 1
                    print(f"   {kind} {seed}: {reason}", flush=True)
            told = ", ".join(f"{end} {number}" for end, number in ends.most_common())
            print(f"{kind}: {number} files, {told}; the slowest, {slowest[1]}, {slowest[0]:.1f} s", flush=True)
    return int(unforeseen > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2:]))
