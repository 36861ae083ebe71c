"""Where the rows of a corrected plan's register come from: which row of the plan as it was read each is.

A duty is named by what it was when it was first read or said (`store.duty_ids`), so that whoever corrects its unit, its task or the label
of its node does not give it another name.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from archive.amend.wording import Edit, as_read
from archive.common.duty_places import places_of_duties, tasks_of
from kehoach_parser import Plan


@dataclass(frozen=True, slots=True)
class Origin:
    """A row as it was first: its place, the key of its unit, and its number among those that are equal in both."""

    place: str
    unit_key: str
    number: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a row is known again by while corrections are laid: its words, and where its unit and its task begin."""

    unit: str
    task: str | None
    unit_at: int
    task_at: int | None


#: What tells a row, the surest first; one correction changes one row, words of the text may change many.
_TELLS: tuple[Callable[[_Mark], Hashable], ...] = (
    lambda mark: mark,
    lambda mark: (mark.unit_at, mark.task_at),
    lambda mark: mark.unit_at,
    lambda mark: mark.task_at,
)


class Origins:
    """The origins of a plan's rows, in their order (``rows``), led along from correction to correction."""

    def __init__(self, plan: Plan) -> None:
        self._seen = Counter[tuple[str, str]]()
        self._marks: list[_Mark] = []
        self.rows: tuple[Origin, ...] = ()
        self.lead(plan)

    def lead(self, plan: Plan, edits: Sequence[Edit] = ()) -> None:
        """Goes on to a plan with one more correction, or with its text changed by ``edits``. A row that is new begins where it stands; the
        number of one that is struck out no other gets."""
        known = _known_again(self._marks, list(_marks(plan, edits)))
        rows = list[Origin]()
        for number, place in enumerate(places_of_duties(plan)):
            if number in known:
                rows.append(self.rows[known[number]])
                continue
            rows.append(Origin(*place, self._seen[place]))
            self._seen[place] += 1
        self.rows, self._marks = tuple(rows), list(_marks(plan))


def _marks(plan: Plan, edits: Sequence[Edit] = ()) -> Iterable[_Mark]:
    for _, assignment, task in tasks_of(plan):
        unit, words = assignment.unit, task.task
        at = as_read(words.span, edits)[0] if words else None
        yield _Mark(unit.value, words.value if words else None, as_read(unit.span, edits)[0], at)


def _known_again(before: Sequence[_Mark], after: Sequence[_Mark]) -> dict[int, int]:
    """For each row of ``after`` that was there, which of ``before`` it is."""
    found, left = dict[int, int](), dict.fromkeys(range(len(before)))
    for tells in _TELLS:
        there = defaultdict[Hashable, deque[int]](deque)
        for number in left:
            there[tells(before[number])].append(number)
        for number, mark in enumerate(after):
            if number not in found and (same := there.get(tells(mark))):
                found[number] = same.popleft()
                del left[found[number]]
    return found
