"""The sequence decides: of all readings of all lines, the chain that makes the best outline.

A beam search over the lines of one paper. Its state is the stack of open units; what can follow what and which number is due are
judged there, the line's own weight comes from `labels`. The chosen kinds then go through the grammar of the outline.
"""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from kehoach_parser.model import NODE_KINDS
from kehoach_parser.structure.labels import ALPHABET, LATIN, NUMERALS, Candidate, candidates
from kehoach_parser.text.lines import Line

RANK = {kind: rank for rank, kind in enumerate(NODE_KINDS)}
RANK["bracketed"] = RANK["roman"]  # "(1) 100% số người hưởng …" on a line of its own

#: Kinds that may open the body of a paper.
OPENERS = frozenset({"part", "chapter", "division", "capital", "article", "section", "item"})

#: Paths kept, and how far behind the best one may be: no later line makes up for more.
BEAM, MARGIN = 12, 8.0
#: What it is worth that the number is the next one.
NEXT = 3.0
#: Open unit: rank, ordinal, and for subitems the numbers before the last ("2.1." under "2." bears (2,)).
Level = tuple[int, int | None, tuple[int, ...]]


#: Rank of the level that remembers the last article (Điều) when its chapter is closed.
ARTICLES = -1


class _State:
    """The units that are open, one object for each stack in a search; ``bullets`` remembers where a bullet of each kind leads."""

    __slots__ = ("bullets", "stack")

    def __init__(self, stack: tuple[Level, ...]) -> None:
        self.stack = stack
        self.bullets: dict[str, _Step | None] = {}


#: What it is worth to read a label so, the units open afterwards, and the number that was due where that is what is read.
_Step = tuple[float, _State, tuple[str, int] | None]


class _Path(NamedTuple):
    """A reading of the lines so far; only lines read as labels add to it. ``line`` is the index of the last of them."""

    score: float
    state: _State
    line: int
    choice: Candidate | None
    before: _Path | None


def choose(lines: tuple[Line, ...], tables: bool = False) -> tuple[Candidate | None, ...]:
    """For each line the reading of its label, or None for running text; ``tables``: flattened tables are to be expected (annexes).

    Linear in the number of lines.
    """
    states: dict[tuple[Level, ...], _State] = {}
    beam = [_Path(0.0, _State(()), -1, None, None)]
    for index, line in enumerate(lines):
        options = candidates(line, tables)
        if options:
            beam = _advance(beam, index, options, states)
    chosen: list[Candidate | None] = [None] * len(lines)
    path: _Path | None = beam[0]
    while path is not None and path.choice is not None:
        chosen[path.line] = path.choice
        path = path.before
    return tuple(chosen)


def _advance(beam: list[_Path], index: int, options: tuple[Candidate, ...], states: dict[tuple[Level, ...], _State]) -> list[_Path]:
    """The best paths after a line that may be a label; a path that reads it as running text stays as it is."""
    best = {path.state: path for path in beam}
    for path in beam:
        for option in options:
            step = _step(path.state, option, states)
            if step is None:
                continue
            gain, following, due = step
            total = path.score + option.weight + gain
            rival = best.get(following)
            if rival is None or total > rival.score:
                choice = option if due is None else option._replace(label=due[0], ordinal=due[1])
                best[following] = _Path(total, following, index, choice, path)
    paths = sorted(best.values(), key=_score, reverse=True)[:BEAM]
    least = paths[0].score - MARGIN
    return [path for path in paths if path.score >= least]


_score = attrgetter("score")


def _step(state: _State, option: Candidate, states: dict[tuple[Level, ...], _State]) -> _Step | None:
    """Where reading the label so leads; None where it cannot be."""
    if option.ordinal is not None or option.due:
        return _open(state.stack, option, states)
    if option.kind not in state.bullets:
        state.bullets[option.kind] = _open(state.stack, option, states)
    return state.bullets[option.kind]


def _open(stack: tuple[Level, ...], option: Candidate, states: dict[tuple[Level, ...], _State]) -> _Step | None:
    kind, _, ordinal, _, _, _, prefix, _ = option
    if not stack and kind not in OPENERS:
        return None  # dashes before the first section are paragraphs of the preamble: "- Căn cứ Điều lệ Đảng"
    rank = RANK[kind]
    kept: list[Level] = []
    sibling: Level | None = None
    gain = 0.0
    for level in stack:
        if level[0] < rank:
            kept.append(level)
        elif level[0] > rank:
            gain -= 0.3 if level[1] == 1 else 0.0  # a list of one
        elif level[2] == prefix:
            sibling = level
        elif len(level[2]) < len(prefix):
            kept.append(level)
    if kind == "article":  # articles are counted through all chapters
        sibling = next((level for level in stack if level[0] == ARTICLES), None)
        kept = [(ARTICLES, ordinal, ()), *(level for level in kept if level[0] != ARTICLES)]
    due: tuple[str, int] | None = None
    if option.due:
        if sibling is None or sibling[1] is None or (label := _label(kind, sibling[1] + 1)) is None or label == option.label:
            return None
        ordinal = sibling[1] + 1
        due = label, ordinal
    kept.append((rank, ordinal, prefix))
    opened = tuple(kept)
    state = states.get(opened)
    if state is None:
        state = states[opened] = _State(opened)
    if ordinal is None:
        return 0.0, state, due
    latin = option.label in LATIN and sibling is not None and sibling[1] == ordinal  # f follows e, which is its number too
    gain += NEXT if latin else _due(kind, ordinal, sibling)
    if kind == "subitem":
        gain += _fits_parent(stack, option)
    return gain, state, due


def _label(kind: str, ordinal: int) -> str | None:
    """The label of a number in a list: 3 → "III", "3", "c"; None past the end of the alphabet or the numerals."""
    if kind == "item":
        return str(ordinal)
    names = NUMERALS if kind == "section" else ALPHABET
    return names[ordinal - 1] if ordinal <= len(names) else None


def _due(kind: str, ordinal: int, sibling: Level | None) -> float:
    """Which number is due: the next one; a first one opens a list; gaps and repetitions are the author's or the reader's fault."""
    if sibling is None or sibling[1] is None:
        if kind in ("roman", "bracketed") and ordinal > 1:
            return -5.0  # "(ii) Đẩy nhanh …" at a line's start by accident of wrapping: its "(i)" stands inside a sentence
        return 1.0 if ordinal == 1 else -2.0 - min(ordinal - 2, 4) * 0.5
    last = sibling[1]
    if ordinal == last + 1:
        return NEXT
    if ordinal == last:
        return -1.5
    if ordinal > last:
        return 0.5 - min(ordinal - last - 1, 6) * 1.0
    return -2.5 if ordinal == 1 else -4.0


def _fits_parent(stack: tuple[Level, ...], option: Candidate) -> float:
    """The numbers before the last must be those that are open: "2.1." stands under "2."."""
    open_numbers = [level for level in stack if level[0] in (RANK["item"], RANK["subitem"])]
    item = next((level[1] for level in open_numbers if level[0] == RANK["item"]), None)
    if item is None:
        return 0.0 if option.ordinal == 1 else -0.5
    if option.prefix[0] != item:
        return -3.0
    if len(option.prefix) > 1 and not any((*level[2], level[1]) == option.prefix for level in open_numbers):
        return -1.5
    return 1.0
