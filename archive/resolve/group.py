"""Claims of one document, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from heapq import nsmallest

from pyroaring import BitMap

from archive.resolve.claims import CITED, PAPER, TAUGHT, Claim
from archive.resolve.settled_date import settled_date

#: So many plans make a reading one that a single plan does not outweigh.
STRONG = 2
#: So many titles of one document are compared with those of another.
MOST_TITLES = 12


class Group:
    """Claims of one document. ``slips`` says of a claim (by its place in ``claims``) what it prints wrongly beside the date.

    What they say together is counted as they come: a much cited document is compared with every claim that says not where it belongs.
    """

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self.claims: list[Claim] = []
        self.slips: dict[int, frozenset[str]] = {}
        self._days: set[str] = set()
        self._titles: Counter[str] = Counter()
        self._clean = False
        self._sources: set[str] = set()
        self._plans = {True: BitMap(), False: BitMap()}  # by whether their text is clean
        self._settled: tuple[str | None, bool] | None = None
        self._printed_most: tuple[str, ...] | None = None
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Puts a claim behind the others."""
        self.claims.append(claim)
        self._days.update(date for date in claim.dates if len(date) == 10)
        self._titles.update(dict.fromkeys(claim.titles, claim.times))
        self._clean |= claim.clean and bool(claim.titles)
        self._sources.add(claim.source)
        if claim.source == CITED:
            self._plans[claim.clean] |= claim.plans
        self._settled = self._printed_most = None

    @property
    def first(self) -> Claim:
        """The claim that stands for the group: what a user teaches, the paper itself, else the first."""
        return self.claims[0]

    @property
    def days(self) -> Set[str]:
        """Every whole date that a claim prints."""
        return self._days

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles that are printed most, each once."""
        if self._printed_most is None:
            self._printed_most = tuple(nsmallest(MOST_TITLES, self._titles, key=lambda title: (-self._titles[title], title)))
        return self._printed_most

    @property
    def clean(self) -> bool:
        """Whether a title comes from a text with its marks."""
        return self._clean

    @property
    def plans(self) -> int:
        """How many plans cite it; one is clean or is not."""
        return sum(map(len, self._plans.values()))

    @property
    def settled(self) -> tuple[str | None, bool]:
        """The date that its claims settle on (`settled_date`)."""
        if self._settled is None:
            self._settled = settled_date(self.claims)
        return self._settled

    @property
    def strength(self) -> tuple[bool, bool, int, int]:
        """What weighs in a contradiction: taught, the paper itself, plans with clean text, plans."""
        return TAUGHT in self._sources, PAPER in self._sources, len(self._plans[True]), self.plans

    @property
    def strong(self) -> bool:
        """Whether it outweighs what one plan says."""
        taught, paper, _, plans = self.strength
        return taught or paper or plans >= STRONG

    def take(self, other: Group, slips: frozenset[str]) -> None:
        """Puts the claims of another group behind its own."""
        for number, claim in enumerate(other.claims):
            slip = slips | other.slips.get(number, frozenset())
            if slip:
                self.slips[len(self.claims)] = slip
            self.add(claim)
