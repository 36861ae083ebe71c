"""Kills the real command at random moments: `python bench/kills.py [ROUNDS] [SEED]`.

Prints each kill that left something wrong, and how many of each command were killed on their way.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archive import open_archive
from tests.archive.builders import add_fixtures
from tests.terminal.kills import kills

ROUNDS, SEED = 240, 16


def main(rounds: int = ROUNDS, seed: int = SEED) -> int:
    """Runs the kills; returns how many left something wrong."""
    killed, through, wrong = Counter[str](), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own"
        with open_archive(own, create=True) as archive:
            add_fixtures(archive)
        for kill in kills(own, rounds, seed):
            (through if kill.finished else killed)[kill.command] += 1
            if kill.wrong:
                wrong += 1
                print(f"{kill.command} after {kill.after:.2f} s: {', '.join(kill.wrong)}")
    for command in sorted(killed | through):
        print(f"{command:10} killed {killed[command]:4}  through by then {through[command]:4}")
    print(f"{killed.total()} killed, {wrong} left something wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:3]))))
