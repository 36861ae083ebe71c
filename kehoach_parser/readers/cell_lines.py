"""The lines of a cell as its text: where the column was too narrow for a word, it goes on without a blank in the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kehoach_parser.readers.words import Rect, Word
from kehoach_parser.text.syllables import is_spoken

#: Lines may end behind a hyphen or a slash within a word: "57-" ⏎ "NQ/TW".
_MAY_END = re.compile(r"\w[-/]$")
#: Signs that no line begins with.
_ENDS = ".,;:)"
#: How much more than a letter may be free where none fits: a cell's margins are known by its lines alone.
_SLACK = 1.2
#: What only symbols, numbers and dates have.
_MARKED = re.compile(r"[\d/-]")


def one_line(lines: Sequence[Sequence[Word]], box: Rect) -> tuple[Word, ...]:
    """The words of a cell, from its lines; ``box``: the cell."""
    out: list[Word] = []
    margin = min((line[0].box[0] - box[0] for line in lines), default=0.0)
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ()
        full = len(above) == 1 and _fills(above[0], line[0], box, margin)
        out += (replace(line[0], glued=True), *line[1:]) if above and is_one(above[-1], line[0], full) else line
    return tuple(out)


def is_one(above: Word, below: Word, full: bool) -> bool:
    """Is the last word of a line one with the first of the next? ``full``: it fills its line alone, and no letter more would fit."""
    if _MAY_END.search(above.text):
        return below.text[0].isalnum()
    rest = below.text.rstrip(_ENDS)
    if not full or not above.text[-1].isalnum():
        return False
    if not below.text[0].isalnum():
        return not rest or (below.text[0] in "-/" and len(rest) > 1)
    apart = is_spoken(above.text), is_spoken(rest)
    if is_spoken(above.text + rest):
        return not all(apart)
    if above.text[-1].isdigit() and below.text[0].isdigit():
        return not above.text.isdigit()
    return not any(apart) and _MARKED.search(above.text + below.text) is not None


def _fills(word: Word, below: Word, box: Rect, margin: float) -> bool:
    """Does a word leave less than a letter of the next line free? ``margin``: what the cell leaves free at its sides."""
    free = box[2] - box[0] - 2 * margin - (word.box[2] - word.box[0])
    return free < _SLACK * letter_width(below)


def letter_width(word: Word) -> float:
    """How wide a letter of a word is."""
    return (word.box[2] - word.box[0]) / len(word.text)
