"""How far the register of a parsed plan agrees with the rows that a clerk would write (tests/annotations/register; README.md there).

usage: register_scoring.py FOLDER [--misses]

FOLDER holds the texts, which are no part of the project, somewhere below it: text files by name, or lines of a JSON Lines file by their
"id" ("official.jsonl#005d88…"). The half "seen" may be looked at (--misses), "held_out" is only scored.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from kehoach_parser import Plan, Text, fold, parse, read_file, text_of
from tests.scoring import ANNOTATIONS, Lines, Score

_FAR = 2  # lines between a row and what is read for it, where the words of the task agree
_ALIKE = 0.5  # of the letters of two tasks' first words
_SAME_UNIT = 0.8
_WORDS = 10


class Row(NamedTuple):
    """A row of a register. ``due`` is the last day of its deadline, as far as the date says it; ``optional``: a colleague may decide
    otherwise, so that it counts neither way."""

    line: int
    unit: str
    role: str
    task: str
    due: str | None
    optional: bool = False


def rows_of(plan: Plan, content: str) -> list[Row]:
    """The register of a plan: a row for each task of each assignment."""
    lines = Lines(content)
    nodes = {node.id: node for node in plan.nodes}
    found = []
    for assignment in plan.assignments:
        for task in assignment.tasks:
            node = nodes.get(task.node) if task.node is not None else None
            span = task.task.span if task.task else node.span if node else assignment.unit.span
            due = plan.dates[task.deadline].last if task.deadline is not None else None
            found.append(Row(lines.of(span), assignment.unit.value, task.role, task.task.value if task.task else "", due))
    return found


def wanted_rows(annotation: dict[str, Any]) -> list[Row]:
    """The rows of an annotation."""
    return [
        Row(row["line"], row["unit"], row["role"], row["task"], last_day(row["deadline"]), "uncertain" in row.get("note", "").lower())
        for row in annotation["register"]
    ]


def last_day(deadline: str | None) -> str | None:
    """The last day that a deadline as annotated (a day, a month, a year, first/last) reaches, in its own precision."""
    return None if deadline is None else deadline.rpartition("/")[2]


def pairs(wanted: Sequence[Row], found: Sequence[Row]) -> dict[int, int]:
    """Which row is read for which: the same unit at the same place, the likeliest first, each once."""
    likely = sorted(
        ((score, -i, -j) for i, one in enumerate(wanted) for j, other in enumerate(found) if (score := _likeness(one, other)) is not None),
        reverse=True,
    )
    paired: dict[int, int] = {}
    for _, i, j in likely:
        if -i not in paired and -j not in paired.values():
            paired[-i] = -j
    return paired


def _likeness(one: Row, other: Row) -> float | None:
    gap = abs(one.line - other.line)
    if gap > _FAR:
        return None
    unit = _similar(one.unit, other.unit)
    if unit < _SAME_UNIT and fold(one.unit) not in fold(other.unit):
        return None
    alike = _similar(_first(one.task), _first(other.task))
    return None if gap and alike < _ALIKE else unit + alike - 0.3 * gap + 0.2 * (one.role == other.role)


def _similar(one: str, other: str) -> float:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()


def _first(task: str) -> str:
    return " ".join(task.split()[:_WORDS])


def score(wanted: Sequence[Row], found: Sequence[Row]) -> dict[str, Score]:
    """rows, role, task, deadlines; rows that are optional count neither way."""
    paired = pairs(wanted, found)
    sure = {i: j for i, j in paired.items() if not wanted[i].optional}
    many = sum(not row.optional for row in wanted), len(found) - (len(paired) - len(sure))
    due = [i for i, row in enumerate(wanted) if row.due and not row.optional]
    read_for_optional = {j for i, j in paired.items() if wanted[i].optional}
    met = sum(i in sure and (found[sure[i]].due or "").startswith(wanted[i].due or "-") for i in due)
    return {
        "rows": Score(len(sure), *many),
        "role": Score(sum(wanted[i].role == found[j].role for i, j in sure.items()), *many),
        "task": Score(sum(_similar(_first(wanted[i].task), _first(found[j].task)) >= _ALIKE for i, j in sure.items()), *many),
        "deadlines": Score(met, len(due), sum(bool(row.due) for j, row in enumerate(found) if j not in read_for_optional)),
    }


def texts_in(folder: Path, source: str) -> Text | None:
    """The text that an annotation is of; None where the folder does not hold it."""
    name, _, wanted = source.partition("#")
    path = next(iter(sorted(folder.rglob(name))), None)
    if path is None:
        return None
    if not wanted:
        return read_file(path)
    with path.open(encoding="utf-8") as rows:
        return next((text_of(entry["text"]) for row in rows if (entry := json.loads(row))["id"] == wanted), None)


def misses(wanted: Sequence[Row], found: Sequence[Row]) -> Iterator[str]:
    """What was not read, what was read and is not wanted, what was read otherwise; a line each."""
    paired = pairs(wanted, found)
    for i, row in enumerate(wanted):
        if i not in paired and not row.optional:
            yield f"missed {row.line} {row.unit!r} {row.role} {row.due or ''}: {row.task[:70]}"
        elif i in paired and not row.optional:
            other = found[paired[i]]
            if row.role != other.role or (row.due and not (other.due or "").startswith(row.due)):
                yield f"otherwise {row.line} {row.unit!r}: {row.role} {row.due}, read {other.role} {other.due}"
    yield from (
        f"extra {row.line} {row.unit!r} {row.role} {row.due or ''}: {row.task[:70]}"
        for j, row in enumerate(found)
        if j not in paired.values()
    )


def main(arguments: list[str]) -> int:
    """Prints the figures of both halves, with --misses what went wrong in the half that may be looked at."""
    folder = Path(arguments[0])
    for half in ("seen", "held_out"):
        total: Counter[str] = Counter()
        sums: dict[str, Score] = {}
        for path in sorted((ANNOTATIONS / "register" / half).glob("*.json")):
            annotation = json.loads(path.read_text(encoding="utf-8"))
            text = texts_in(folder, annotation["source"])
            if text is None:
                continue
            total["texts"] += 1
            wanted, found = wanted_rows(annotation), rows_of(parse(text), text.content)
            each = score(wanted, found)
            sums = {name: sums.get(name, Score()) + each[name] for name in each}
            print(f"  {path.stem:24}", *(f"{name} {one.f1:.3f}" for name, one in each.items()))
            if half == "seen" and "--misses" in arguments:
                print(*(f"      {line}" for line in misses(wanted, found)), sep="\n")
        print(f"register, {half}: {total['texts']} texts,", *(f"{name} {one.f1:.3f} of {one.wanted}" for name, one in sums.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
