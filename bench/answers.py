"""How long a question takes before its first word: `kehoach list` and `kehoach cites` over a small archive, against the imports that no
question can do without.

usage: answers.py [RUNS]      processor seconds of child processes, least and middle of RUNS (7), by turns; and the bound of each

The bound: 1.3 times what `python -c "import sqlalchemy, typer, rich"` takes in the same run, and 0.3 s.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMPORTS = [sys.executable, "-c", "import sqlalchemy, typer, rich"]
FACTOR, BESIDE = 1.3, 0.3
#: A plan whose passages are shown as they are printed; of damaged ones their reading stands beside it.
CLEAN = "fixtures/004_d9d819c7857a47e2.txt"


def processor_time(command: list[str]) -> float:
    """Processor seconds of a child process, in the program and in the system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main(runs: int) -> None:
    kehoach = [sys.executable, "-m", "cli"]
    with tempfile.TemporaryDirectory() as folder:
        archive, damaged = (["--archive", f"{folder}/{name}"] for name in ("clean", "damaged"))
        for files, to in ((CLEAN, archive), ("fixtures", damaged)):
            subprocess.run([*kehoach, "add", files, *to], cwd=ROOT, capture_output=True, check=True)
        commands = {
            "imports": IMPORTS,
            "--version": [*kehoach, "--version"],
            "list": [*kehoach, "list", *archive],
            "cites": [*kehoach, "cites", "18-NQ/TW", *archive],
            "cites, damaged": [*kehoach, "cites", "18-NQ/TW", *damaged],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():  # once, so that what Python compiles is there
            processor_time(command)
        for _ in range(runs):
            for name, command in commands.items():
                taken[name].append(processor_time(command))
    bound = FACTOR * min(taken["imports"]) + BESIDE
    print(f"{'':14} {'least':>7} {'middle':>7}   of the bound ({bound:.2f} s)")
    for name, seconds in taken.items():
        print(f"{name:14} {min(seconds):7.2f} {statistics.median(seconds):7.2f}   {min(seconds) / bound:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
