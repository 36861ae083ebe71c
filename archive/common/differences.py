"""What changed between two plans: their heads, outlines, duties and citations, each compared as what it says and not as it is typed.

Two headings or tasks are one where they agree by ALIKE of their letters without marks: OCR, a corrected spelling or a changed word make no
new task of an old one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from archive.common.keys import name_key, symbol_key
from archive.values.differences import CitedChange, Differences, DutyChange, DutySide, HeadChange, NodeChange
from archive.values.documents import Document, Span
from kehoach_parser import Plan
from kehoach_parser.model import Assignment, Task

T = TypeVar("T")

#: Two texts that agree by this share of their letters say the same: readings of one task by OCR agree by 0.9, neighbours in a list of like
#: tasks by 0.7 and less.
ALIKE = 0.8
_HEAD = ("type", "symbol", "date", "organ", "place", "subject")
_DIGITS = re.compile(r"\d+")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Read:
    """A version as it is compared: its document, plan and text."""

    document: Document
    plan: Plan
    text: str


def differences(before: Read, after: Read) -> Differences:
    """All that changed from ``before`` to ``after``."""
    return Differences(
        before.document,
        after.document,
        tuple(_head(before.document, after.document)),
        tuple(_outline(before.plan, after.plan)),
        tuple(_duties(before, after)),
        tuple(_citations(before.plan, after.plan)),
    )


def _head(before: Document, after: Document) -> Iterable[HeadChange]:
    for field in (*_HEAD, "signer"):
        was, now = getattr(before, field), getattr(after, field)
        key = symbol_key if field == "symbol" else name_key
        if key(was or "") != key(now or ""):
            yield HeadChange(field, was, now)


def _outline(before: Plan, after: Plan) -> Iterable[NodeChange]:
    """Headings that are new, gone or under another number, in the order of the plans."""
    was, now = _headings(before), _headings(after)
    for one, other in paired(was, now, lambda heading: heading[1]):
        if one is None and other is not None:
            yield NodeChange("new", None, *other)
        elif one is not None and other is None:
            yield NodeChange("gone", one[0], None, one[1])
        elif one is not None and other is not None and one[0] != other[0]:
            yield NodeChange("moved", one[0], *other)


def _headings(plan: Plan) -> list[tuple[str, str]]:
    return [(node.path, " ".join(node.heading.value.split())) for node in plan.nodes if node.heading is not None]


def _duties(before: Read, after: Read) -> Iterable[DutyChange]:
    clean = before.document.quality == after.document.quality == 1.0
    for was, now in paired(_tasks(before), _tasks(after), lambda duty: duty.task):
        if was is None or now is None:
            yield DutyChange(("new",) if was is None else ("gone",), was, now)
        elif kinds := tuple(_other(was, now, clean)):
            yield DutyChange(kinds, was, now)


def _other(was: DutySide, now: DutySide, clean: bool) -> Iterable[str]:
    """What is other in a task that both have."""
    if any(_names(getattr(was, part)) != _names(getattr(now, part)) for part in ("units", "helpers")):
        yield "unit"
    if was.deadline != now.deadline:
        yield "day"
    elif clean and _DIGITS.findall(was.task) != _DIGITS.findall(now.task):
        yield "numbers"


def _names(units: Iterable[str]) -> set[str]:
    return {name_key(unit) for unit in units}


def _tasks(read: Read) -> list[DutySide]:
    """The tasks of a plan, each once with all of its units, in the order of the text."""
    paths = {node.id: node.path for node in read.plan.nodes}
    lines = [match.start() for match in _LINE_END.finditer(read.text)]
    told = [(assignment, task) for assignment in read.plan.assignments for task in assignment.tasks if task.task is not None]
    spans = {(task.node, task.task.span) for _, task in told if task.task is not None}
    found: dict[tuple[int | None, Span], list[tuple[Assignment, Task]]] = {}
    for assignment, task in told:
        assert task.task is not None
        # "A leads, with B doing this": what B does stands inside what A does.
        around = [each for each in spans if each[0] == task.node and _holds(each[1], task.task.span)]
        found.setdefault(max(around, key=lambda each: each[1][1] - each[1][0]), []).append((assignment, task))
    return [_side(members, paths, lines, read.plan) for members in found.values()]


def _holds(span: Span, inner: Span) -> bool:
    return span[0] <= inner[0] and inner[1] <= span[1]


def _side(members: Sequence[tuple[Assignment, Task]], paths: dict[int, str], lines: Sequence[int], plan: Plan) -> DutySide:
    first = max((task for _, task in members), key=lambda task: len(task.task.value) if task.task else 0)
    assert first.task is not None
    start = first.task.span[0]
    dates = (plan.dates[task.deadline].value for _, task in members if task.deadline is not None)
    words = (task.when.value for _, task in members if task.when is not None)
    units = {role: [one.unit.value for one, task in members if (task.role == "cooperate") == role] for role in (False, True)}
    return DutySide(
        task=" ".join(first.task.value.split()),
        units=tuple(dict.fromkeys(units[False])),
        helpers=tuple(dict.fromkeys(units[True])),
        deadline=next((said for said in (*dates, *words) if said), None),
        path=paths.get(first.node) if first.node is not None else None,
        line=sum(end < start for end in lines) + 1,
    )


def _citations(before: Plan, after: Plan) -> Iterable[CitedChange]:
    was, now = _cited(before), _cited(after)
    for kind, own, other in (("gone", was, now), ("new", now, was)):
        for key, (said, count) in own.items():
            if key not in other:
                yield CitedChange(kind, *said, count)


_Said = tuple[str, str | None, str | None, str | None]


def _cited(plan: Plan) -> dict[str, tuple[_Said, int]]:
    """The documents that a plan cites, by symbol and year, or by name; what it says of each first, and how often."""
    said: dict[str, _Said] = {}
    counts: Counter[str] = Counter()
    for cited in plan.citations:
        key = symbol_key(cited.symbol) if cited.symbol else name_key(cited.title or cited.raw)
        counts[key] += 1
        said.setdefault(key, (cited.type, cited.symbol, cited.date, cited.title or (None if cited.symbol else " ".join(cited.raw.split()))))
    return {key: (said[key], counts[key]) for key in said}


def alike(one: str, other: str) -> float:
    """By which share of their letters two folded texts agree."""
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other))


def paired(before: Sequence[T], after: Sequence[T], text_of: Callable[[T], str]) -> list[tuple[T | None, T | None]]:
    """What of two lists says the same, in pairs, those that say it in the same letters first, then the most alike; what is left alone has
    None beside it. In the order of ``after``, what is gone behind it."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    keys = [name_key(text_of(one)) for one in before]
    waiting: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        waiting.setdefault(key, []).append(number)
    partner: dict[int, int] = {}
    for number, one in enumerate(after):
        if same := waiting.get(name_key(text_of(one))):
            partner[number] = same.pop(0)
    left = {number: keys[number] for number in range(len(before)) if number not in partner.values()}
    near = [
        (-score, number, other)
        for number, one in enumerate(after)
        if number not in partner
        for _, score, other in process.extract(
            name_key(text_of(one)), left, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, limit=5
        )
    ]
    for _, number, other in sorted(near):
        if number not in partner and other not in partner.values():
            partner[number] = other
    gone = [one for number, one in enumerate(before) if number not in partner.values()]
    pairs: list[tuple[T | None, T | None]] = [(before[partner[n]] if n in partner else None, one) for n, one in enumerate(after)]
    return [*pairs, *((one, None) for one in gone)]
