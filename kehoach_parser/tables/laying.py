"""Lines laid into the columns of a table, by what a cell of each column looks like and where a line goes on with the one before."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from kehoach_parser.tables.heads import UNITS, says_a_time
from kehoach_parser.tables.looks import oddness
from kehoach_parser.text.fold import CAPITALS
from kehoach_parser.text.phrases import goes_on_after

_GOES_ON = re.compile(rf"(?=[^\W\d_])[^{CAPITALS}]|[),;:]|\.(?![.…])")
_BULLET = re.compile(r"[-–+*•]\s*")
_WORD = re.compile(r"\w+")
_OPEN_SIGNS = (",", ";", ":", "(", "–", "-")

#: What it costs to leave a column of a role empty, in units of one doubtful line.
_EMPTY = {"task": 6.0, "lead": 2.5, "assigned": 2.5, "deadline": 2.5}
_EMPTY_ELSE = 1.5


def goes_on(before: str, line: str) -> float:
    """How likely a line goes on with the one before it: above 0 where something says so, below 0 where something speaks against it."""
    if _BULLET.match(line):
        return 0.0
    sign = 0.0
    if _GOES_ON.match(line):
        sign += 2.0
    *_, word, last = "", "", *_WORD.findall(before)
    if before.endswith(_OPEN_SIGNS) or (before.endswith(last) and goes_on_after(word, last, "cells")):
        sign += 1.5
    if line[:1] == "(":
        sign += 1.0
    if sign == 0.0:
        return -1.5 if before.endswith((".", "…")) else -1.0
    return sign


def lay(texts: tuple[str, ...], roles: tuple[str, ...], closed: bool) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to lay lines into columns in order: its cost, and the column of each line taken."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    ends: list[tuple[float, tuple[int, ...]]] = [] if closed and texts else [(_left_empty(roles, -1), ())]
    for index, text in enumerate(texts):
        ahead: dict[int, tuple[float, tuple[int, ...]]] = {}
        steps = _steps(texts[index - 1] if index else "", text, roles)
        for column, (cost, places) in best.items():
            for place in range(max(column, 0), len(roles)):
                step = steps.cost(column, place)
                if place not in ahead or cost + step < ahead[place][0]:
                    ahead[place] = (cost + step, (*places, place))
        best = ahead
        if not closed or index == len(texts) - 1:
            ends += [(cost + _left_empty(roles, column), places) for column, (cost, places) in best.items()]
    return min(ends)


class _Steps(NamedTuple):
    """What it costs that a line stands in a column, for each column: ``within``, after a line in the same one; ``begins``, after one in an
    earlier one, ``torn`` off it, where ``empty`` says what the columns between cost."""

    within: tuple[float, ...]
    begins: tuple[float, ...]
    torn: float
    empty: tuple[float, ...]

    def cost(self, column: int, place: int) -> float:
        """Of a line in the column ``place`` after one in ``column`` (-1: after none)."""
        if place == column:
            return self.within[place]
        return self.empty[place] - self.empty[column + 1] + (self.torn if column >= 0 else 0.0) + self.begins[place]


def _steps(before: str, text: str, roles: tuple[str, ...]) -> _Steps:
    joint = goes_on(before, text)
    return _Steps(
        tuple(_goes_on_in(before, text, role, joint) for role in roles),
        tuple(oddness(text, role) for role in roles),
        1.5 * max(0.0, joint),
        _empty_before(roles),
    )


def _goes_on_in(before: str, text: str, role: str, joint: float) -> float:
    """How odd it would be for a cell of a column of this role to go on with a line; ``joint``: how likely the line goes on at all."""
    if _BULLET.match(text):
        # "Văn phòng ĐKĐĐ ⏎ - Kiểm tra hồ sơ": a list under a name is the next cell; a task goes on with bullets.
        return 2.5 if role in UNITS and not _BULLET.match(before) else 0.0
    return -joint + (3.0 if role == "deadline" and not says_a_time(text) else 0.0)


@lru_cache(maxsize=256)
def _empty_before(roles: tuple[str, ...]) -> tuple[float, ...]:
    """What it costs to leave all columns empty before each, and all of them."""
    return tuple(accumulate((_EMPTY.get(role, _EMPTY_ELSE) for role in roles), initial=0.0))


def _left_empty(roles: tuple[str, ...], column: int) -> float:
    empty = _empty_before(roles)
    return empty[-1] - empty[column + 1]
