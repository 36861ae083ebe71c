"""Claims of one document, put together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from archive.resolve.claims import CITED, PAPER, TAUGHT, Claim

#: So many plans make a reading one that a single plan does not outweigh.
STRONG = 2
#: So many titles of one document are compared with those of another.
MOST_TITLES = 12


@dataclass(slots=True)
class Group:
    """Claims of one document. ``slips`` says of a claim (by its place in ``claims``) what it prints wrongly beside the date."""

    claims: list[Claim] = field(default_factory=list)
    slips: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def first(self) -> Claim:
        """The claim that stands for the group: what a user teaches, the paper itself, else the first."""
        return self.claims[0]

    @property
    def days(self) -> frozenset[str]:
        """Every whole date that a claim prints."""
        return frozenset(date for claim in self.claims for date in claim.dates if len(date) == 10)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles that are printed most, each once."""
        counted = Counter(title for claim in self.claims for title in claim.titles)
        return tuple(sorted(counted, key=lambda title: (-counted[title], title))[:MOST_TITLES])

    @property
    def clean(self) -> bool:
        """Whether a title comes from a text with its marks."""
        return any(claim.clean for claim in self.claims if claim.titles)

    @property
    def plans(self) -> int:
        """How many plans cite it."""
        return len({claim.version_id for claim in self.claims if claim.source == CITED})

    @property
    def strength(self) -> tuple[bool, bool, int, int]:
        """What weighs in a contradiction: taught, the paper itself, plans with clean text, plans."""
        sources = {claim.source for claim in self.claims}
        clean = len({claim.version_id for claim in self.claims if claim.source == CITED and claim.clean})
        return TAUGHT in sources, PAPER in sources, clean, self.plans

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
            self.claims.append(claim)
