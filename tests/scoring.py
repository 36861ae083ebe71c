"""How far a parsed plan agrees with the annotations in tests/annotations (their form: README.md there).

Run as a program it prints the figures of all fixtures: precision, recall and F1 of each measure. With a folder as argument also those of
texts that are no part of the project, where the folder holds them: the half that its authors look at and the half that they only score.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from kehoach_parser import Plan, fold, parse, read_file

ANNOTATIONS = Path(__file__).parent / "annotations"
FIXTURES = Path(__file__).parents[1] / "fixtures"
SIMILAR = 0.8  # of the letters of two folded readings; a damaged page leaves a letter or two wrong in a name
LEAD_IN = 1  # a date or a heading may begin at the end of the line before


@dataclass(frozen=True)
class Score:
    """Found and right, in the annotation, found at all."""

    right: int = 0
    wanted: int = 0
    found: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wanted + other.wanted, self.found + other.found)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Lines:
    """Line numbers of offsets, from 1."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.starts = [0, *(at + 1 for at, char in enumerate(content) if char == "\n")]

    def of(self, span: Sequence[int]) -> int:
        """The line of the first character of a span that is no blank."""
        printed = self.content[span[0] : span[1]]
        return bisect_right(self.starts, span[0] + len(printed) - len(printed.lstrip()))


def _words(reading: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(reading)).split())


def alike(reading: str | None, wanted: str | list[str] | None) -> bool:
    """True where a reading says the same as the true one (or one of them), but for a few letters.

    In the true one ``*`` stands for any letters, "…" at its end for the rest of a long title.
    """
    if reading is None or wanted is None:
        return reading is None and wanted is None
    if isinstance(wanted, list):
        return any(alike(reading, one) for one in wanted)
    if "*" in wanted:
        return fnmatchcase(reading, wanted)
    if wanted.endswith("…"):
        reading = " ".join(reading.split()[: len(wanted.split()) - 1])
    return SequenceMatcher(None, _words(reading), _words(wanted), autojunk=False).ratio() >= SIMILAR


def _paired(found: Iterable[Any], wanted: Iterable[Any], optional: Iterable[Any], same: Callable[[Any, Any], bool]) -> Score:
    """One to one; what agrees with an optional entry counts neither way."""
    rest, allowed = list(wanted), list(optional)
    total, right, count = len(rest), 0, 0
    for one in found:
        match = next((entry for entry in rest if same(one, entry)), None)
        if match is not None:
            rest.remove(match)
            right += 1
        elif any(same(one, entry) for entry in allowed):
            continue
        count += 1
    return Score(right, total, count)


def _fields(found: dict[str, str | None], wanted: dict[str, Any]) -> Score:
    right = sum(1 for key, value in wanted.items() if value is not None and alike(found[key], value))
    return Score(right, sum(value is not None for value in wanted.values()), sum(value is not None for value in found.values()))


def _value(owner: Any, key: str) -> str | None:
    field = getattr(owner, key, None)
    return None if field is None else field.value


def score(plan: Plan, annotation: dict[str, Any], content: str) -> dict[str, Score]:
    """Each measure with its score for one text."""
    lines = Lines(content)
    return {
        **_outline(plan, annotation["outline"], lines),
        "header": _fields({key: _value(plan.header, key) for key in annotation["header"]}, annotation["header"]),
        "signature": _fields({key: _value(plan.signature, key) for key in annotation["signature"]}, annotation["signature"]),
        "recipients": _paired((one.value for one in plan.recipients), annotation["recipients"], (), alike),
        "footnotes": _paired(
            [(lines.of(one.span), one.mark, one.anchor and lines.of((one.anchor, one.anchor + 1))) for one in plan.footnotes],
            annotation["footnotes"],
            (),
            lambda one, entry: list(one) == entry,
        ),
        **_citations(plan, annotation["citations"], lines),
        **_dates(plan, annotation["dates"], lines),
        "heads": _heads(plan, annotation["heads"], lines),
        "preamble, closing": _places(plan, annotation, lines),
    }


def _outline(plan: Plan, wanted: list[list[Any]], lines: Lines) -> dict[str, Score]:
    by_id = {node.id: node for node in plan.nodes}
    found: dict[tuple[int, str, str], tuple[int | None, str | None]] = {}
    for node in plan.nodes:
        parent = None if node.parent is None else lines.of(by_id[node.parent].span)
        found[lines.of(node.span), node.kind, fold(node.label)] = (parent, _value(node, "heading"))
    above: list[list[Any]] = []
    nodes = tree = headings = titled = 0
    for entry in wanted:
        line, depth, kind, label, *heading = entry
        above = [*above[:depth], entry]
        key = (line, kind, fold(label))
        if heading:
            titled += 1
            headings += key in found and alike(found[key][1], heading[0])
        if key in found:
            nodes += 1
            tree += found[key][0] == (above[depth - 1][0] if depth else None)
    with_heading = sum(heading is not None for _, heading in found.values())
    return {
        "nodes": Score(nodes, len(wanted), len(plan.nodes)),
        "tree": Score(tree, len(wanted), len(plan.nodes)),
        "headings": Score(headings, titled, with_heading),
    }


def _citations(plan: Plan, wanted: list[list[Any]], lines: Lines) -> dict[str, Score]:
    found = [(lines.of(one.span), one.symbol, one.date) for one in plan.citations if one.symbol is not None]

    def symbol(one: tuple[int, str | None, str | None], entry: list[Any]) -> bool:
        accepted = entry[1] if isinstance(entry[1], list) else [entry[1]]
        return bool(one[0] == entry[0] and one[1] in accepted)

    return {
        "citations": _paired(found, wanted, (), symbol),
        "citations with date": _paired(found, wanted, (), lambda one, entry: symbol(one, entry) and one[2] == entry[2]),
    }


def _dates(plan: Plan, wanted: list[list[Any]], lines: Lines) -> dict[str, Score]:
    found = [(lines.of(one.span), one.value, one.role) for one in plan.dates if one.value is not None]
    certain = [entry for entry in wanted if entry[2] != "?"]
    optional = [entry for entry in wanted if entry[2] == "?"]

    def place(one: tuple[int, str | None, str], entry: list[Any]) -> bool:
        return bool(abs(one[0] - entry[0]) <= LEAD_IN and one[1] == entry[1])

    return {
        "dates": _paired(found, certain, optional, place),
        "dates with role": _paired(found, certain, optional, lambda one, entry: place(one, entry) and entry[2] in (one[2], "?")),
    }


def _heads(plan: Plan, wanted: list[list[Any]], lines: Lines) -> Score:
    found = [(lines.of(one.unit.span), one.unit.value, one.role) for one in plan.assignments if one.primary]
    return _paired(
        found,
        [entry for entry in wanted if entry[2] != "?"],
        [entry for entry in wanted if entry[2] == "?"],
        lambda one, entry: abs(one[0] - entry[0]) <= LEAD_IN and alike(one[1], entry[1]) and entry[2] in (one[2], "?"),
    )


def _places(plan: Plan, annotation: dict[str, Any], lines: Lines) -> Score:
    def covered(spans: Iterable[Sequence[int]]) -> Counter[int]:
        return Counter(
            number
            for start, end in spans
            for number in range(lines.of((start, end)), bisect_right(lines.starts, max(start, end - 1)) + 1)
            if lines.content[lines.starts[number - 1] :].partition("\n")[0].strip()
        )

    def rows(place: list[int] | None) -> list[tuple[int, int]]:
        return [] if place is None else [(lines.starts[place[0] - 1], (*lines.starts, len(lines.content) + 1)[place[1]] - 1)]

    total = Score()
    for spans, place in ((plan.preamble, annotation["preamble"]), ([plan.closing] if plan.closing else [], annotation["closing"])):
        found, wanted = covered(spans), covered(rows(place))
        total += Score((found & wanted).total(), wanted.total(), found.total())
    return total


def score_fixtures() -> dict[str, dict[str, Score]]:
    """The scores of every annotated fixture, by the name of its annotation."""
    return score_annotated(ANNOTATIONS, {path.name: path for path in FIXTURES.glob("*.txt")})


def score_annotated(annotations: Path, texts: dict[str, Path]) -> dict[str, dict[str, Score]]:
    """The scores of the annotations in a folder whose texts are there (file name to path), by the name of the annotation."""
    scores = {}
    for path in sorted(annotations.glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        if annotation["text"] in texts:
            text = read_file(texts[annotation["text"]])
            scores[path.stem] = score(parse(text), annotation, text.content)
    return scores


def table(scores: dict[str, dict[str, Score]]) -> str:
    """The figures as lines: precision, recall and F1 over all texts, then F1 of each."""
    width = max(8, *(len(name) + 2 for name in scores))
    rows = [f"{'measure':22}{'P':>7}{'R':>7}{'F1':>7}{'wanted':>8}" + "".join(f"{name:>{width}}" for name in scores)]
    for measure in next(iter(scores.values())):
        total = sum((each[measure] for each in scores.values()), Score())
        figures = f"{total.precision:7.3f}{total.recall:7.3f}{total.f1:7.3f}{total.wanted:8}"
        rows.append(f"{measure:22}{figures}" + "".join(f"{each[measure].f1:{width}.3f}" for each in scores.values()))
    return "\n".join(rows)


def main(arguments: list[str]) -> None:
    """Prints the tables; ``arguments``: a folder with further texts, or none."""
    print("fixtures\n" + table(score_fixtures()))
    texts = {path.name: path for folder in arguments for path in sorted(Path(folder).rglob("*.txt"))}
    for half, name in (("seen", "looked at while the reader was written"), ("held_out", "only scored")):
        if scores := score_annotated(ANNOTATIONS / "corpus" / half, texts):
            print(f"\nfurther texts, {name}\n" + table(scores))


if __name__ == "__main__":
    main(sys.argv[1:])
