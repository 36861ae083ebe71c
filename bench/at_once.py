"""A writer and ten readers at one archive for as long as you like: what tests/archive/test_at_once.py does for some seconds.

usage: at_once.py ROUNDS [PROCESSES THREADS]      a round adds, replaces twice and removes; else 5 processes of 2 threads read

Prints how often each question was answered and each change made, how often the archive was locked, and what was wrong, which is to be
nothing.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.archive.at_once import at_once


def main() -> int:
    """The exit status says whether anything was wrong."""
    rounds, processes, threads = (int(word) for word in (*sys.argv[1:], *("5", "2")[len(sys.argv) - 2 :]))
    start = time.perf_counter()
    with TemporaryDirectory() as folder:
        written, read, left = at_once(Path(folder) / "archive", rounds, processes, threads)
    print(f"{time.perf_counter() - start:.0f} s; written {dict(written.done)}, locked {written.locked}")
    print(f"{processes * threads} readers: {dict(read.done)}, locked {read.locked}")
    wrong = (*written.wrong, *read.wrong, *map(str, left))
    print(f"wrong: {len(wrong)}")
    for each in sorted(set(wrong)):
        print(each)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
