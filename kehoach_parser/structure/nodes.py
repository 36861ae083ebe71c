"""The tree of a paper as nodes of the plan: ids, paths, spans, headings; and where the closing paragraphs begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kehoach_parser.model import Field, Node, Repair, Span, Warning
from kehoach_parser.structure.labels import LATIN
from kehoach_parser.structure.outline import Branch
from kehoach_parser.structure.sequence import THROUGH
from kehoach_parser.text.lines import Line, words_of
from kehoach_parser.text.phrases import find, listed, starts_with

Headings = Callable[[str, Sequence[Line], int, bool], Span | None]

#: Kinds that the outline keeps apart and the plan does not.
KIND_IN_PLAN = {"bracketed": "item", "subsubitem": "subitem", "subsubsubitem": "subitem"}


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where a paper's nodes begin to count: first id, part number and the prefix of paths ("P2/" in later parts)."""

    first_id: int
    part: int
    prefix: str


def closing_line(lines: Sequence[Line], branches: Sequence[Branch]) -> int | None:
    """The line (index) with which the concluding paragraphs begin: the first of the last unit's own paragraphs that reads like one."""
    if not branches:
        return None
    branch = branches[-1]
    while branch.branches:
        branch = branch.branches[-1]
    for at in branch.lines[1:]:
        if lines[at].opens and _concludes(lines[at]):
            return at
    return None


def _concludes(line: Line) -> bool:
    words = words_of(line.folded)
    if any(starts_with(words, phrase) for phrase in listed("closings")):
        return True
    issuer = any(starts_with(words, phrase) for phrase in listed("closing_issuers"))
    return issuer and any(0 < find(words, phrase) <= 16 for phrase in listed("closing_orders"))


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes of one paper with their own text, the warnings about their numbering and the repaired labels."""

    nodes: tuple[Node, ...]
    own_text: tuple[tuple[Span, ...], ...]
    warnings: tuple[Warning, ...]
    repairs: tuple[Repair, ...]


def make_nodes(
    lines: Sequence[Line], branches: Sequence[Branch], end: int, numbering: Numbering, heading: Headings, field: Callable[[Span], Field]
) -> Tree:
    """The nodes of a paper's units in document order. ``end``: index of the line where the body ends; ``field``: a span as a field."""
    nodes: list[Node] = []
    own_text: list[tuple[Span, ...]] = []
    warnings: list[Warning] = []
    repairs: list[Repair] = []
    paths: Counter[str] = Counter()
    through: dict[str, int] = {}

    top: Counter[str] = Counter()
    top_numbers: dict[str, int] = {}
    # A function that calls itself would keep all that it names until Python looks for garbage.
    waiting: list[tuple[Branch, Node | None, Counter[str], dict[str, int]]]
    waiting = [(branch, None, top, top_numbers) for branch in reversed(branches)]
    while waiting:
        branch, parent, siblings, expected = waiting.pop()
        label = branch.label
        own = [lines[at] for at in branch.lines if at < end]
        start = own[0].start
        label_end = start + len(own[0].text[: label.length].rstrip())
        siblings[label.kind] += 1
        path = _path(numbering.prefix, parent, label.kind, label.label, siblings[label.kind])
        paths[path] += 1
        if paths[path] > 1:
            path = f"{path}~{paths[path]}"
        kind = KIND_IN_PLAN.get(label.kind, label.kind)
        title = heading(kind, own, label.length, bool(branch.branches))
        node = Node(
            numbering.first_id + len(nodes), parent.id if parent else None, numbering.part, kind, label.label, path,
            (start, lines[min(branch.last, end - 1)].end), field(title) if title else None,
        )  # fmt: skip
        nodes.append(node)
        own_text.append(_spans(own))
        if not label.exact:
            printed = own[0].text[: label.length].strip()
            repairs.append(Repair("label", (start, label_end), printed, label.label))
        _check_number(branch, through if label.kind in THROUGH else expected, (start, label_end), warnings)
        if branch.branches:
            below: Counter[str] = Counter()
            numbers: dict[str, int] = {}
            waiting += [(child, node, below, numbers) for child in reversed(branch.branches)]
    return Tree(tuple(nodes), tuple(own_text), tuple(warnings), tuple(repairs))


def _path(prefix: str, parent: Node | None, kind: str, label: str, count: int) -> str:
    name = f"{label}{count}" if kind in ("dash", "plus", "star") else label.replace(" ", "-")
    return f"{parent.path}.{name}" if parent else f"{prefix}{name}"


def _spans(own: Sequence[Line]) -> tuple[Span, ...]:
    """Runs of neighbouring lines as one span each: a footnote or a page number between two lines parts them."""
    spans: list[Span] = []
    last: Line | None = None
    for line in own:
        # A label alone on its line is one with the next line: "-" ⏎ "Tham mưu triển khai".
        if last is not None and line.number - last.number == 1 + line.blank_before + last.text.count("\n"):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
        last = line
    return tuple(spans)


def _check_number(branch: Branch, expected: dict[str, int], span: Span, warnings: list[Warning]) -> None:
    label = branch.label
    if label.ordinal is None:
        return
    due = expected.get(label.kind, 0) + 1
    expected[label.kind] = label.ordinal
    if label.label in LATIN and label.ordinal == due - 1:
        return
    if label.kind == "letter" and label.ordinal != due:
        # Authors who count in the Latin alphabet go from d to e.
        due = due + 1 if label.label == "e" and due == 5 else due
    if label.ordinal == due:
        return
    if label.ordinal == due - 1:
        warnings.append(Warning("numbering-repeated", f"Số thứ tự “{label.label}” lặp lại", span))
    elif label.ordinal > due:
        warnings.append(Warning("numbering-gap", f"Số thứ tự nhảy đến “{label.label}”, thiếu mục trước đó", span))
    else:
        warnings.append(Warning("numbering-back", f"Số thứ tự lùi về “{label.label}”", span))
