"""The sequence decides: of all readings of all lines, the chain that makes the best outline.

A beam search over the lines of one paper. Its state is the stack of open units: the grammar of the outline says which of them stay open
around the next (`outline.nesting`), here is judged which number is due, and the line's own weight comes from `labels`. The chosen kinds
then go through the grammar of the outline.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import NamedTuple

from kehoach_parser.structure.labels import ALPHABET, LATIN, NUMERALS, Candidate, candidates
from kehoach_parser.structure.outline import Nesting, Place, nesting
from kehoach_parser.text.lines import Line

#: Kinds whose numbers run on through the paper, whatever unit they stand in: articles (Điều) are counted through all chapters.
THROUGH = frozenset({"article"})

#: How far behind the best path another may be and is still followed: no later line makes up for more.
MARGIN = 8.0
#: What it is worth that the number is the next one.
NEXT = 3.0
#: What it costs to close a list of one.
LONE = 0.3


class Level(NamedTuple):
    """An open unit; ``prefix``: the numbers before the last ("2.1." under "2." bears (2,))."""

    kind: str
    ordinal: int | None
    prefix: tuple[int, ...]


class _State:
    """The units that are open, and the last one of those that are counted through; one object for each such pair in a search.

    ``kinds`` are those of the units; ``bullets`` remembers where a bullet of each kind leads.
    """

    __slots__ = ("bullets", "kinds", "last_through", "stack")

    def __init__(self, stack: tuple[Level, ...], last_through: Level | None, kinds: tuple[str, ...]) -> None:
        self.stack = stack
        self.last_through = last_through
        self.kinds = kinds
        self.bullets: dict[str, _Step | None] = {}

    def sibling(self, kind: str, prefix: tuple[int, ...], place: Place) -> Level | None:
        """The last unit before one of the kind, numbers before its last one and place, in the list that both are of."""
        last = self.last_through if kind in THROUGH else self.stack[place.depth] if place.beside else None
        return last if last is not None and last.prefix == prefix else None


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
    search = _Search(nesting())
    beam = [_Path(0.0, _State((), None, ()), -1, None, None)]
    for index, line in enumerate(lines):
        options = candidates(line, tables)
        if options:
            beam = search.advance(beam, index, options)
    chosen: list[Candidate | None] = [None] * len(lines)
    path: _Path | None = beam[0]
    while path is not None and path.choice is not None:
        chosen[path.line] = path.choice
        path = path.before
    return tuple(chosen)


class _Search:
    """One search: where the grammar's table lets units stand, as far as asked, and the states met so far."""

    def __init__(self, table: Nesting) -> None:
        self._place = cache(table.place)
        self._states: dict[tuple[tuple[Level, ...], Level | None], _State] = {}

    def _after(self, state: _State, depth: int, level: Level) -> _State:
        """The one state of the outermost ``depth`` open units and another."""
        stack, last_through = (*state.stack[:depth], level), level if level.kind in THROUGH else state.last_through
        known = self._states.get((stack, last_through))
        if known is None:
            known = self._states[stack, last_through] = _State(stack, last_through, (*state.kinds[:depth], level.kind))
        return known

    def advance(self, beam: list[_Path], index: int, options: tuple[Candidate, ...]) -> list[_Path]:
        """The best paths after a line that may be a label; a path that reads it as running text stays as it is."""
        best = {path.state: path for path in beam}
        levels = [(option, Level(option.kind, option.ordinal, option.prefix)) for option in options]
        for path in beam:
            for option, level in levels:
                step = self._step(path.state, option, level)
                if step is None:
                    continue
                gain, following, due = step
                total = path.score + option.weight + gain
                rival = best.get(following)
                if rival is None or total > rival.score:
                    choice = option if due is None else option._replace(label=due[0], ordinal=due[1])
                    best[following] = _Path(total, following, index, choice, path)
        least = max(path.score for path in best.values()) - MARGIN
        return sorted((path for path in best.values() if path.score >= least), key=_score, reverse=True)

    def _step(self, state: _State, option: Candidate, level: Level) -> _Step | None:
        """Where reading the label so leads, as the unit ``level`` if its number is printed; None where it cannot be."""
        if option.ordinal is not None or option.due:
            return self._open(state, option, level)
        if option.kind not in state.bullets:
            state.bullets[option.kind] = self._open(state, option, level)
        return state.bullets[option.kind]

    def _open(self, state: _State, option: Candidate, level: Level) -> _Step | None:
        kind, ordinal, prefix = level
        place = self._place(state.kinds, kind)
        if place is None:
            return None
        sibling = state.sibling(kind, prefix, place)
        due: tuple[str, int] | None = None
        if option.due:
            due = _number_due(option, sibling)
            if due is None:
                return None
            ordinal = due[1]
            level = Level(kind, ordinal, prefix)
        following = self._after(state, place.depth, level)
        if ordinal is None:
            return 0.0, following, None
        latin = option.label in LATIN and sibling is not None and sibling.ordinal == ordinal  # f follows e, which is its number too
        gain = NEXT if latin else _due(kind, ordinal, sibling)
        for ended in state.stack[place.depth + place.beside :]:
            if ended.ordinal == 1:
                gain -= LONE
        return (gain + _fits_parent(state.stack, option) if prefix else gain), following, due


_score = attrgetter("score")


def _number_due(option: Candidate, sibling: Level | None) -> tuple[str, int] | None:
    """Label and number that come next in the list, for a print that says another; None where none is due or the print says that one."""
    if sibling is None or sibling.ordinal is None:
        return None
    label = _label(option.kind, sibling.ordinal + 1)
    return None if label is None else (label, sibling.ordinal + 1)


def _label(kind: str, ordinal: int) -> str | None:
    """The label of a number in a list: 3 → "III", "3", "c"; None past the end of the alphabet or the numerals."""
    if kind == "item":
        return str(ordinal)
    names = NUMERALS if kind == "section" else ALPHABET
    return names[ordinal - 1] if ordinal <= len(names) else None


def _due(kind: str, ordinal: int, sibling: Level | None) -> float:
    """Which number is due: the next one; a first one opens a list; gaps and repetitions are the author's or the reader's fault."""
    if sibling is None or sibling.ordinal is None:
        if kind in ("roman", "bracketed") and ordinal > 1:
            return -5.0  # "(ii) Đẩy nhanh …" at a line's start by accident of wrapping: its "(i)" stands inside a sentence
        return 1.0 if ordinal == 1 else -2.0 - min(ordinal - 2, 4) * 0.5
    last = sibling.ordinal
    if ordinal == last + 1:
        return NEXT
    if ordinal == last:
        return -1.5
    if ordinal > last:
        return 0.5 - min(ordinal - last - 1, 6) * 1.0
    return -2.5 if ordinal == 1 else -4.0


def _fits_parent(stack: tuple[Level, ...], option: Candidate) -> float:
    """The numbers before the last must be those that are open: "2.1." stands under "2."."""
    numbers = {(*level.prefix, level.ordinal) for level in stack if level.kind == "item" or level.prefix}
    if not any(len(number) == 1 for number in numbers):
        return 0.0 if option.ordinal == 1 else -0.5
    if option.prefix in numbers:
        return 1.0
    return -1.5 if option.prefix[:1] in numbers else -3.0
