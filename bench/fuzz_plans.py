"""Plan JSON changed by chance: each is read or refused with the place of what is wrong, and nothing else happens.

usage: fuzz_plans.py COUNT [SEED] [FILE ...]     FILE: texts whose plans are changed; else the fixtures

The changes are those of tests/parser/test_json_format.py. Prints how many were read and refused, and the slowest; stops at the
first that is neither, with its seed.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kehoach_parser import parse, plan_to_dict, read_file  # noqa: E402
from tests.parser.test_json_format import changed_plan, read_or_refused  # noqa: E402


def main() -> None:
    """Changes plans until so many are done."""
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    files = [Path(name) for name in sys.argv[3:]] or sorted((ROOT / "fixtures").glob("*.txt"))
    plans = [plan_to_dict(parse(read_file(path))) for path in files]
    read, slowest = 0, 0.0
    for number in range(seed, seed + count):
        chance = random.Random(number)
        body = changed_plan(chance.choice(plans), chance)
        start = time.perf_counter()
        try:
            read += read_or_refused(body)
        except BaseException:
            print(f"seed {number}")
            raise
        slowest = max(slowest, time.perf_counter() - start)
    print(f"{count} changed plans from {len(plans)} texts: {read} read, {count - read} refused; the slowest took {slowest:.2f} s")


if __name__ == "__main__":
    main()
