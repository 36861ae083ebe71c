"""The sequence decides: of all readings of all lines, the chain that makes the best outline.

A beam search over the lines of one paper. Its state is the stack of open units; what can follow what and which number is due are
judged there, the line's own weight comes from `labels`. The chosen kinds then go through the grammar of the outline.
"""

from __future__ import annotations

from typing import NamedTuple

from kehoach_parser.labels import ALPHABET, NUMERALS, Candidate, candidates
from kehoach_parser.lines import Line
from kehoach_parser.model import NODE_KINDS

RANK = {kind: rank for rank, kind in enumerate(NODE_KINDS)}
RANK["bracketed"] = RANK["roman"]  # "(1) 100% số người hưởng …" on a line of its own

#: Kinds that may open the body of a paper.
OPENERS = frozenset({"part", "chapter", "division", "capital", "article", "section", "item"})

#: Paths kept, and how far behind the best one may be: no later line makes up for more.
BEAM, MARGIN = 12, 8.0
#: Open unit: rank, ordinal, and for subitems the numbers before the last ("2.1." under "2." bears (2,)).
Level = tuple[int, int | None, tuple[int, ...]]


#: Rank of the level that remembers the last article (Điều) when its chapter is closed.
ARTICLES = -1


class _Path(NamedTuple):
    """A reading of the lines so far; only lines read as labels add to it. ``line`` is the index of the last of them."""

    score: float
    stack: tuple[Level, ...]
    line: int
    choice: Candidate | None
    before: _Path | None


def choose(lines: tuple[Line, ...], tables: bool = False) -> tuple[Candidate | None, ...]:
    """For each line the reading of its label, or None for running text; ``tables``: flattened tables are to be expected (annexes).

    Linear in the number of lines.
    """
    beam = [_Path(0.0, (), -1, None, None)]
    for index, line in enumerate(lines):
        options = candidates(line, tables)
        if options:
            beam = _advance(beam, index, options)
    chosen: list[Candidate | None] = [None] * len(lines)
    path: _Path | None = beam[0]
    while path is not None and path.choice is not None:
        chosen[path.line] = path.choice
        path = path.before
    return tuple(chosen)


def _advance(beam: list[_Path], index: int, options: tuple[Candidate, ...]) -> list[_Path]:
    """The best paths after a line that may be a label; a path that reads it as running text stays as it is."""
    best = {path.stack: path for path in beam}
    for path in beam:
        for option in options:
            step = _step(path.stack, option)
            if step is None:
                continue
            gain, stack, chosen = step
            score = path.score + option.weight + gain
            known = best.get(stack)
            if known is None or score > known.score:
                best[stack] = _Path(score, stack, index, chosen, path)
    paths = sorted(best.values(), key=_score, reverse=True)[:BEAM]
    least = paths[0].score - MARGIN
    return [path for path in paths if path.score >= least]


def _score(path: _Path) -> float:
    return path.score


def _step(stack: tuple[Level, ...], option: Candidate) -> tuple[float, tuple[Level, ...], Candidate] | None:
    """What it is worth to read the label so, the units open afterwards and the reading; None where it cannot be."""
    rank = RANK[option.kind]
    if not stack and option.kind not in OPENERS:
        return None  # dashes before the first section are paragraphs of the preamble: "- Căn cứ Điều lệ Đảng"
    kept = tuple(level for level in stack if level[0] < rank or (level[0] == rank and len(level[2]) < len(option.prefix)))
    sibling = next((level for level in stack if level[0] == rank and level[2] == option.prefix), None)
    if option.kind == "article":  # articles are counted through all chapters
        sibling = next((level for level in stack if level[0] == ARTICLES), None)
        kept = ((ARTICLES, option.ordinal, ()), *(level for level in kept if level[0] != ARTICLES))
    if option.due:
        if sibling is None or sibling[1] is None or (label := _label(option.kind, sibling[1] + 1)) is None or label == option.label:
            return None
        option = option._replace(label=label, ordinal=sibling[1] + 1)
    if option.ordinal is None:
        return 0.0, (*kept, (rank, None, ())), option
    gain = _due(sibling, option)
    if option.kind == "subitem":
        gain += _fits_parent(stack, option)
    for level in stack:
        if level[1] == 1 and level[0] > rank and level not in kept:
            gain -= 0.3  # a list of one
    return gain, (*kept, (rank, option.ordinal, option.prefix)), option


def _label(kind: str, ordinal: int) -> str | None:
    """The label of a number in a list: 3 → "III", "3", "c"; None past the end of the alphabet or the numerals."""
    if kind == "item":
        return str(ordinal)
    names = NUMERALS if kind == "section" else ALPHABET
    return names[ordinal - 1] if ordinal <= len(names) else None


def _due(sibling: Level | None, option: Candidate) -> float:
    """Which number is due: the next one; a first one opens a list; gaps and repetitions are the author's or the reader's fault."""
    ordinal = option.ordinal or 0
    if sibling is None or sibling[1] is None:
        if option.kind in ("roman", "bracketed") and ordinal > 1:
            return -5.0  # "(ii) Đẩy nhanh …" at a line's start by accident of wrapping: its "(i)" stands inside a sentence
        return 1.0 if ordinal == 1 else -2.0 - min(ordinal - 2, 4) * 0.5
    last = sibling[1]
    if ordinal == last + 1:
        return 3.0
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
