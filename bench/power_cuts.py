"""Cuts the power while the real command runs: `python bench/power_cuts.py [COMMANDS] [SEED] [CUTS]`.

Needs a C compiler and Linux. Prints each cut that left something wrong, and how many there were of each command. Each command is cut CUTS
times at random moments, and at its end twice: with all that was not synced gone, and with some of it there by chance.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.terminal.power import compiled
from tests.terminal.power_cuts import cuts

COMMANDS, SEED, CUTS = 45, 16, 8


def main(commands: int = COMMANDS, seed: int = SEED, each: int = CUTS) -> int:
    """Runs the cuts; returns how many left something wrong."""
    found, wrong = Counter[str](), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        library = compiled(folder)
        if library is None:
            print("no C compiler")
            return 1
        for cut in cuts(library, folder, commands, seed, each):
            found[cut.command] += 1
            if cut.wrong:
                wrong += 1
                print(f"{cut.command} after {cut.after} of {cut.of} calls{' by chance' * cut.by_chance}: {', '.join(cut.wrong)}")
    for command, count in sorted(found.items()):
        print(f"{command:15} {count:4}")
    print(f"{found.total()} cuts, {wrong} left something wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:4]))))
