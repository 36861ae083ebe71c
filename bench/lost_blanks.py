"""How well plans are read that have lost blanks: those behind a letter with a tone, dropped by chance from clean texts.

usage: lost_blanks.py [--any] [PATH…]

--any: blanks behind any letter ("thôngtin", "Ủyban").
PATH: texts (*.txt) or folders of them; without one the clean fixture. For each rate the plan of the damaged text is compared with that of
the clean one: citations by type, symbol and date; dates by value and role; duties by unit, role and first words of the task. F1 over all.
"""

from __future__ import annotations

import random
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from kehoach_parser import Plan, parse
from kehoach_parser.text.marks import TONES
from kehoach_parser.text.quality import CLEAN, quality

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "004_d9d819c7857a47e2.txt"
RATES = (0.05, 0.2, 0.6)
_TASK_LETTERS = 40


def damaged(text: str, rate: float, seed: int, behind_any: bool = False) -> str:
    """The text without some of its blanks behind letters with a tone, or ``behind_any``; ends of lines stay."""
    chance = random.Random(seed)
    out = []
    for at, letter in enumerate(text):
        behind = at and (not set(TONES).isdisjoint(unicodedata.normalize("NFD", text[at - 1])) or (behind_any and text[at - 1].isalpha()))
        if letter == " " and behind and text[at + 1 : at + 2].isalnum() and chance.random() < rate:
            continue
        out.append(letter)
    return "".join(out)


def found(plan: Plan) -> dict[str, Counter[object]]:
    """What is compared of a plan."""
    duties = Counter[object]()
    for duty in plan.assignments:
        for task in duty.tasks:
            said = "".join(task.task.value.lower().split())[:_TASK_LETTERS] if task.task else ""
            duties["".join(duty.unit.value.lower().split()), task.role, said] += 1
    return {
        "citations": Counter((one.type, one.symbol, one.date) for one in plan.citations),
        "dates": Counter((one.value, one.role) for one in plan.dates),
        "duties": duties,
    }


def main(arguments: list[str]) -> None:
    """Prints the table."""
    behind_any, arguments = "--any" in arguments, [each for each in arguments if each != "--any"]
    paths = [path for given in map(Path, arguments) for path in (sorted(given.rglob("*.txt")) if given.is_dir() else [given])] or [FIXTURE]
    texts = [text for path in paths if quality(text := path.read_text(encoding="utf-8")) >= CLEAN]
    truth = [found(parse(text)) for text in texts]
    print(f"{len(texts)} clean texts")
    for rate in RATES:
        right, read, true = Counter[str](), Counter[str](), Counter[str]()
        for number, (text, wanted) in enumerate(zip(texts, truth, strict=True)):
            got = found(parse(damaged(text, rate, number, behind_any)))
            for kind, values in wanted.items():
                right[kind] += (values & got[kind]).total()
                read[kind] += got[kind].total()
                true[kind] += values.total()
        said = (f"{kind} {2 * right[kind] / max(1, read[kind] + true[kind]):.3f} of {true[kind]}" for kind in true)
        print(f"{rate:4.0%} of the blanks lost: {', '.join(said)}")


if __name__ == "__main__":
    main(sys.argv[1:])
