"""Does a plan say the same when its lines are wrapped, as pages are? Every line is broken at blanks so that none is longer.

usage: wrapped.py FOLDER [--width N]      FOLDER holds texts with a line for each paragraph (82 letters a line)

Lines of tables with "|" stay whole: no page wraps those. Prints what each text loses and gains of nodes, citations, duties, deadlines,
and their sums.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kehoach_parser import Plan, parse, text_of


def wrapped(content: str, width: int) -> str:
    """A text with no line longer than so many letters."""
    lines: list[str] = []
    for line in content.split("\n"):
        whole = len(line) <= width or "|" in line
        lines += [line] if whole else textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def facts(plan: Plan) -> dict[str, Counter[object]]:
    """What has to be the same."""
    due = (plan.dates[task.deadline].value for duty in plan.assignments for task in duty.tasks if task.deadline is not None)
    return {
        "nodes": Counter(node.path for node in plan.nodes),
        "citations": Counter((found.type, found.symbol, found.date) for found in plan.citations),
        "duties": Counter((duty.unit.key, duty.role) for duty in plan.assignments),
        "deadlines": Counter(due),
    }


def main() -> int:
    """Prints what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--width", type=int, default=82)
    given = parser.parse_args()
    sums = Counter[str]()
    for path in sorted(given.folder.glob("*.txt")):
        content = path.read_text(encoding="utf-8")
        whole, broken = facts(parse(text_of(content))), facts(parse(text_of(wrapped(content, given.width))))
        for name, said in whole.items():
            lost, gained = said - broken[name], broken[name] - said
            sums.update({name: said.total(), f"{name} lost": lost.total(), f"{name} gained": gained.total()})
            if lost or gained:
                print(f"{path.stem[:40]:42}{name}: -{[*lost][:3]} +{[*gained][:3]}")
    for name in ("nodes", "citations", "duties", "deadlines"):
        print(f"{name:10} {sums[name]:6}, lost {sums[f'{name} lost']}, gained {sums[f'{name} gained']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
