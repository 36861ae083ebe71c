"""What the record of a document is called: the identity that most plans give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pyroaring import BitMap

from archive.common.keys import name_key
from archive.resolve.claims import CITED, Claim
from archive.resolve.group import Group
from archive.resolve.groups import period_of


def keys_of(groups: Sequence[Group]) -> dict[str, Group]:
    """A key for each group: the identity that most plans give it; groups of one such key are told apart by date or title."""
    by_base: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_base[_base(group)].append(group)
    found: dict[str, Group] = {}
    for base, members in by_base.items():
        for group in members:
            date, _ = group.settled
            more = date or " ".join(name_key(min(group.titles, default="")).split()[:8])
            key = base if len(members) == 1 else f"{base}#{more}"
            while key in found:
                key += "'"
            found[key] = group
    return found


def _base(group: Group) -> str:
    """The identity that most plans give the document, those first that print the date it has; else what its first claim says."""
    cited = [claim for claim in group.claims if claim.source == CITED and claim.key]
    date, _ = group.settled
    told = [claim for claim in cited if date in claim.dates] or [claim for claim in cited if period_of(claim) is not None] or cited
    votes: dict[str, BitMap] = defaultdict(BitMap)
    for claim in told:
        votes[claim.key or ""] |= claim.plans
    return min(votes, key=lambda key: (-len(votes[key]), key)) if votes else _made_key(group.first)


def _made_key(claim: Claim) -> str:
    """An identity as the parser makes it: type, symbol or name, place of a local organ, time."""
    name = claim.symbol or name_key(claim.titles[0] if claim.titles else "").strip()
    place = "@" + (", ".join(claim.place) or "?") if claim.series is not None and not claim.series.central else ""
    kind, which = period_of(claim) or ("", "")
    when = f"|khoa {which}" if kind == "term" else f"|{claim.day or which}" if kind else ""
    return f"{claim.type}|{name}{place}{when}"
