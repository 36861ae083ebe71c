"""How far the citations of a parsed plan agree with those that a reader finds (tests/annotations/citations; README.md there).

usage: citation_scoring.py FOLDER [--misses]

FOLDER holds the texts, which are no part of the project, somewhere below it (`register_scoring.texts_in`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from kehoach_parser import Plan, parse
from kehoach_parser.model import Citation
from tests.register_scoring import texts_in
from tests.scoring import ANNOTATIONS, Lines, Score, alike

_FAR = 1  # lines between a citation and where it is read: a type word may end the line before


class Cited(NamedTuple):
    """A citation as a reader finds it. ``symbols``: what the print may mean, () for one by name, whose words ``title`` holds;
    ``place`` is the line of its node, or the name of a part without nodes."""

    line: int
    type: str
    symbols: tuple[str, ...]
    date: str | None
    issuer: str | None
    title: str | None
    place: int | str | None


#: A citation with what was read for it.
_Read = tuple[Cited, Citation | None]


def wanted_citations(annotation: dict[str, Any]) -> list[Cited]:
    """The citations of an annotation, those by name behind the others."""
    numbered = [
        Cited(line, kind, (symbol,) if isinstance(symbol, str) else tuple(symbol), *rest)
        for line, kind, symbol, *rest in annotation["citations"]
    ]
    return [*numbered, *(Cited(line, kind, (), None, None, name, None) for line, kind, name in annotation["named"])]


def pairs(wanted: Sequence[Cited], found: Sequence[Citation], lines: Lines) -> dict[int, int]:
    """Which citation is read for which, in document order, each once: the same symbol (or both by name, the first words alike) in place."""
    paired: dict[int, int] = {}
    for i, one in enumerate(wanted):
        free = (j for j, other in enumerate(found) if j not in paired.values() and _is(one, other, lines))
        if (j := min(free, key=lambda j: abs(lines.of(found[j].span) - one.line), default=None)) is not None:
            paired[i] = j
    return paired


def _is(one: Cited, other: Citation, lines: Lines) -> bool:
    if abs(lines.of(other.span) - one.line) > _FAR:
        return False
    if one.symbols:
        return other.symbol in one.symbols
    return other.symbol is None and other.type == one.type and _same(" ".join(other.raw.split()), one.title or "")


def score(wanted: Sequence[Cited], plan: Plan, lines: Lines, last: int | None = None) -> dict[str, Score]:
    """Each measure of one text; ``last`` is the last line that was annotated."""
    found = [one for one in plan.citations if last is None or lines.of(one.span) <= last]
    paired = pairs(wanted, found, lines)
    numbered = [(one, found[paired[i]] if i in paired else None) for i, one in enumerate(wanted) if one.symbols]
    read = [(one, other) for one, other in numbered if other is not None]
    count = len(numbered), sum(one.symbol is not None for one in found)
    names = sum(not one.symbols for one in wanted)
    return {
        "symbol": Score(len(read), *count),
        "symbol+date+type": Score(sum((other.type, other.date) == (one.type, one.date) for one, other in read), *count),
        "identity": _identity(numbered),
        "by name": Score(len(paired) - len(read), names, len(found) - count[1]),
        "node": _node(numbered, {node.id: lines.of(node.span) for node in plan.nodes}),
        "issuer": _said((one.issuer, other and other.issuer) for one, other in numbered),
        "title": _said((one.title, other and other.title) for one, other in numbered),
    }


def _identity(numbered: Sequence[_Read]) -> Score:
    """Pairs of mentions that are one document: by symbol and day, where no day is printed by the only other of this symbol."""
    days = {one.symbols: one.date for one, _ in numbered if one.date}
    meant = [(one.symbols, one.date or days.get(one.symbols), other.document if other else None) for one, other in numbered]
    both = [(a[:2] == b[:2], a[2] is not None and a[2] == b[2]) for a, b in combinations(meant, 2)]
    return Score(sum(wanted and read for wanted, read in both), sum(wanted for wanted, _ in both), sum(read for _, read in both))


def _node(numbered: Sequence[_Read], line_of: dict[int, int]) -> Score:
    """Whether those that stand in a node were read and put into it."""
    inside = [(one.place, other) for one, other in numbered if isinstance(one.place, int)]
    read = [line_of.get(-1 if other.node is None else other.node) == place for place, other in inside if other is not None]
    return Score(sum(read), len(inside), len(read))


def _said(pairs_of: Iterable[tuple[str | None, str | None]]) -> Score:
    values = list(pairs_of)
    right = sum(wanted is not None and read is not None and _same(read, wanted) for wanted, read in values)
    return Score(right, sum(wanted is not None for wanted, _ in values), sum(read is not None for _, read in values))


def _same(read: str, wanted: str) -> bool:
    """Whether a reading is the true one, or begins and ends as it does where only this is kept ("first words … last words")."""
    first, gap, last = wanted.partition(" … ")
    if not gap:
        return alike(read, wanted)
    words = read.split()
    return alike(" ".join(words[: len(first.split())]), first) and alike(" ".join(words[-len(last.split()) :]), last)


def misses(wanted: Sequence[Cited], plan: Plan, lines: Lines, last: int | None = None) -> Iterator[str]:
    """What was not read, what is not wanted, what was read otherwise; a line each."""
    found = [one for one in plan.citations if last is None or lines.of(one.span) <= last]
    paired = pairs(wanted, found, lines)
    for i, one in enumerate(wanted):
        other = found[paired[i]] if i in paired else None
        if other is None:
            yield f"missed {one.line} {one.type} {one.symbols} {one.title if not one.symbols else ''}"
        elif one.symbols and not (
            (one.type, one.date) == (other.type, other.date)
            and _said([(one.issuer, other.issuer)]).f1 == _said([(one.title, other.title)]).f1 == 1
        ):
            yield f"otherwise {one}: {other.type} {other.date} {other.issuer} | {other.title}"
    yield from (f"extra {lines.of(one.span)} {one.raw!r}" for j, one in enumerate(found) if j not in paired.values())


def main(arguments: list[str]) -> int:
    """Prints the figures of each text and of all, with --misses what went wrong."""
    folder = Path(arguments[0])
    sums: dict[str, Score] = {}
    for path in sorted((ANNOTATIONS / "citations").glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        text = texts_in(folder, annotation["source"])
        if text is None:
            continue
        wanted, plan, lines = wanted_citations(annotation), parse(text), Lines(text.content)
        each = score(wanted, plan, lines, annotation.get("last"))
        sums = {name: sums.get(name, Score()) + each[name] for name in each}
        print(f"  {path.stem:24}", *(f"{name} {one.f1:.3f}" for name, one in each.items()))
        if "--misses" in arguments:
            print(*(f"      {line}" for line in misses(wanted, plan, lines, annotation.get("last"))), sep="\n")
    print("citations:", *(f"{name} {one.f1:.3f} of {one.wanted}" for name, one in sums.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
