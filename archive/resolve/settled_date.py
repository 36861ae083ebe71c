"""The date that claims of one document settle on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyroaring import BitMap

from archive.resolve.claims import CITED, PAPER, TAUGHT, Claim

#: Whose date counts, the best first: taught, printed on the paper itself, in clean texts, in any.
_RIGHTS = ((TAUGHT, False), (PAPER, False), (CITED, True), (CITED, False))


@dataclass(slots=True)
class _Votes:
    """Who speaks for a date: plans, each once, and mentions."""

    plans: BitMap = field(default_factory=BitMap)
    mentions: int = 0


def settled_date(claims: Iterable[Claim]) -> tuple[str | None, bool]:
    """The date that the claims settle on, and whether another has as good a right.

    Each plan counts once; what one plan prints in two ways is decided by its mentions. A date of another year than the symbol's is a slip,
    also where others print the symbol.
    """
    told = list(claims)
    years = {claim.series.year for claim in told if claim.series is not None and claim.series.year}
    for source, clean in _RIGHTS:
        votes: dict[str, _Votes] = defaultdict(_Votes)
        for claim in told:
            if claim.source == source and (claim.clean or not clean):
                for date, mentions in Counter(_dates_said(claim)).items():
                    votes[date].plans |= claim.plans
                    votes[date].mentions += mentions * claim.times
        if votes:
            numbered = {date: for_it for date, for_it in votes.items() if date[:4] in years} if len(years) == 1 else {}
            return _elected(numbered or votes)
    return None, False


def _dates_said(claim: Claim) -> list[str]:
    """The date of each mention; those of the symbol's year, where there are any."""
    one = len(claim.dates) == 1  # then its bare mentions mean that date too
    mentioned = [date for said in claim.said if (date := claim.dates[0] if one else said)] or list(claim.dates)
    return [date for date in mentioned if claim.series is None or claim.series.year in (None, date[:4])] or mentioned


def _elected(votes: dict[str, _Votes]) -> tuple[str, bool]:
    """The date of most plans, of these of most mentions, of these the earliest; whole days before months and years. It is tied where
    another has as many plans, and, where these are the same ones, as many mentions."""
    days = {date: plans for date, plans in votes.items() if len(date) == 10} or votes
    (best, won), *others = sorted(days.items(), key=lambda vote: (-len(vote[1].plans), -vote[1].mentions, vote[0]))
    tied = any(len(other.plans) == len(won.plans) and (other.plans != won.plans or other.mentions == won.mentions) for _, other in others)
    return best, tied and len(best) == 10
