"""The sequence decides: of all readings of all lines, the chain that makes the best outline.

A beam search over the lines of one paper. Its state is the row of open units: the grammar of the outline says which of them stay open
around the next (`outline.nesting`), here is judged which number is due, and the line's own weight comes from `labels`. The chosen kinds
then go through the grammar of the outline.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import NamedTuple

from kehoach_parser.structure.labels import LATIN, NUMERALS, Candidate, candidates
from kehoach_parser.structure.outline import Nesting, Place, nesting
from kehoach_parser.text.lines import Line
from kehoach_parser.text.number_words import ALPHABET

#: Kinds whose numbers run on through the paper, whatever unit they stand in: articles (Điều) are counted through all chapters.
THROUGH = frozenset({"article"})

#: How far behind the best path another may be and is still followed: no later line makes up for more.
MARGIN = 8.0
#: What it is worth that the number is the next one, and that the numbers before its last are those of the units around it.
NEXT, FITS = 3.0, 1.0
MOST = NEXT + FITS
#: What it costs to close a list of one.
LONE = 0.3


class Level(NamedTuple):
    """An open unit; ``prefix``: the numbers before the last ("2.1." under "2." bears (2,))."""

    kind: str
    ordinal: int | None
    prefix: tuple[int, ...]


class _State:
    """The units that are open, and the last one of those that are counted through; one object for each such pair in a search.

    ``row`` are the states of its outermost units, that of none first, itself last; ``level`` is the innermost unit. ``places`` says where
    a unit of a kind stands below the units, ``numbers`` are those that the items under them begin with; ``lone`` counts the units that are
    the first of their list. ``inside`` remembers where another unit leads.
    """

    __slots__ = ("inside", "last_through", "level", "lone", "numbers", "places", "row")

    def __init__(self, places: _Places, last_through: Level | None, around: _State | None = None, level: Level | None = None) -> None:
        self.places, self.last_through, self.level = places, last_through, level
        self.inside: dict[Level, _State] = {}
        self.row: tuple[_State, ...]
        self.numbers: tuple[tuple[int | None, ...], ...]
        if around is None or level is None:
            self.row, self.numbers, self.lone = (self,), (), 0
            return
        self.row = (*around.row, self)
        self.numbers = (*around.numbers, (*level.prefix, level.ordinal)) if level.kind == "item" or level.prefix else around.numbers
        self.lone = around.lone + (level.ordinal == 1)

    def opened(self, level: Level) -> _State:
        """These units and another inside them."""
        state = self.inside.get(level)
        if state is None:
            state = self.inside[level] = _State(self.places.inside(level.kind), self.last_through, self, level)
        return state


#: What it is worth to read a label so, the units that stay open, the one that is opened inside them, and the number that was due where
#: that is what is read.
_Step = tuple[float, _State, Level, tuple[str, int] | None]


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
    beam = [_Path(0.0, search.nothing_open(None), -1, None, None)]
    for index, line in enumerate(lines):
        options = candidates(line, tables)
        if options:
            beam = search.advance(beam, index, options)
    chosen: list[Candidate | None] = [None] * len(lines)
    path: _Path | None = beam[0]
    while path is not None and path.choice is not None:
        chosen[path.line] = path.choice
        path = path.before
    search.let_go()
    return tuple(chosen)


class _Search:
    """One search: the states with no unit open, by the last one counted through."""

    def __init__(self, table: Nesting) -> None:
        self._places = _nothing_open(table)
        self._bare: dict[Level | None, _State] = {}

    def nothing_open(self, last_through: Level | None) -> _State:
        """The state with no unit open."""
        state = self._bare.get(last_through)
        if state is None:
            state = self._bare[last_through] = _State(self._places, last_through)
        return state

    def let_go(self) -> None:
        """Parts the states, which name one another: they go at once, and Python need not look for them as garbage."""
        waiting = list(self._bare.values())
        while waiting:
            state = waiting.pop()
            waiting += state.inside.values()
            state.inside, state.row = {}, ()

    def advance(self, beam: list[_Path], index: int, options: tuple[Candidate, ...]) -> list[_Path]:
        """The best paths after a line that may be a label; a path that reads it as running text stays as it is."""
        best = {path.state: path for path in beam}
        readings = [(option, Level(option.kind, option.ordinal, option.prefix), option.weight) for option in options]
        least = beam[0].score - MARGIN
        for path in beam:
            score, state, _, _, _ = path
            for option, level, weight in readings:
                if score + weight + MOST < least:  # too far behind, whatever number is due
                    continue
                step = self._step(state, option, level)
                if step is None:
                    continue
                gain, around, opened, due = step
                total = score + weight + gain
                if total < least:
                    continue
                following = self._through(around, opened) if opened.kind in THROUGH else around.opened(opened)
                rival = best.get(following)
                if rival is None or total > rival.score:
                    choice = option if due is None else option._replace(label=due[0], ordinal=due[1])
                    best[following] = _Path(total, following, index, choice, path)
                    if total - MARGIN > least:
                        least = total - MARGIN
        return sorted([path for path in best.values() if path.score >= least], key=_score, reverse=True)

    def _step(self, state: _State, option: Candidate, level: Level) -> _Step | None:
        """Where reading the label so leads, as the unit ``level`` if its number is printed; None where it cannot be."""
        kind, ordinal, prefix = level
        place = state.places[kind]
        if place is None:
            return None
        around = state.row[place.depth]
        if ordinal is None and not option.due:
            return 0.0, around, level, None
        ended = state.row[place.depth + 1] if place.beside else around  # what is open inside these units ends here
        sibling = state.last_through if kind in THROUGH else ended.level if place.beside else None
        if sibling is not None and sibling.prefix != prefix:
            sibling = None
        due: tuple[str, int] | None = None
        if ordinal is None:
            due = _number_due(option, sibling)
            if due is None:
                return None
            ordinal = due[1]
            level = Level(kind, ordinal, prefix)
        latin = option.label in LATIN and sibling is not None and sibling.ordinal == ordinal  # f follows e, which is its number too
        gain = (NEXT if latin else _due(kind, ordinal, sibling)) - LONE * (state.lone - ended.lone)
        return (gain + _fits_parent(state.numbers, option) if prefix else gain), around, level, due

    def _through(self, around: _State, level: Level) -> _State:
        """The units and another inside them, which is the last one counted through from here on."""
        state = self.nothing_open(level)
        for each in around.row:
            if each.level is not None:
                state = state.opened(each.level)
        return state.opened(level)


class _Places(dict[str, Place | None]):
    """Where a grammar's table lets a unit of each kind stand below open units (their kinds, outermost first), as far as asked."""

    def __init__(self, table: Nesting, opened: tuple[str, ...]) -> None:
        super().__init__()
        self._table, self._opened = table, opened
        self._inside: dict[str, _Places] = {}

    def __missing__(self, kind: str) -> Place | None:
        self[kind] = place = self._table.place(self._opened, kind)
        return place

    def inside(self, kind: str) -> _Places:
        """The same for these units and another inside them: there are few such rows of kinds, and the same ones in all papers."""
        places = self._inside.get(kind)
        if places is None:
            places = self._inside[kind] = _Places(self._table, (*self._opened, kind))
        return places


@cache
def _nothing_open(table: Nesting) -> _Places:
    return _Places(table, ())


_score = attrgetter("score")


def _number_due(option: Candidate, sibling: Level | None) -> tuple[str, int] | None:
    """Label and number that come next in the list, for a print that says another; None where none is due or the print says that one."""
    if sibling is None or sibling.ordinal is None:
        return None
    label = _label(option.kind, sibling.ordinal + 1)
    return None if label in (None, option.label) else (label, sibling.ordinal + 1)


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
            return -NEXT  # "(ii) Đẩy nhanh …" at a line's start by accident of wrapping: its "(i)" stands inside a sentence
        return 1.0 if ordinal == 1 else -2.0 - min(ordinal - 2, 4) * 0.5
    last = sibling.ordinal
    if ordinal == last + 1:
        return NEXT
    if ordinal == last:
        return -1.5
    if ordinal > last:
        return FITS - min(ordinal - last - 1, 6)
    return -2.5 if ordinal == 1 else -4.0


def _fits_parent(numbers: tuple[tuple[int | None, ...], ...], option: Candidate) -> float:
    """The numbers before the last must be those that are open (``numbers``): "2.1." stands under "2."."""
    if not any(len(number) == 1 for number in numbers):
        return 0.0 if option.ordinal == 1 else -0.5
    if option.prefix in numbers:
        return FITS
    return -1.5 if option.prefix[:1] in numbers else -NEXT
