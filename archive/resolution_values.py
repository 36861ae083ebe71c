"""What the archive says of the identity of citations: the evidence, the record of a cited document, and what changed.

The archive's own resolution lies over what each plan says of itself (Plan JSON) and can be made anew from it at any time.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.values import CitedDocument, Count, Document

#: States of a citation. resolved: the cited document is in the archive; absent: it is cited, but not there; ambiguous: it may be
#: several, or nothing says which; conflicting: everything but one thing that is printed points to one document.
STATES = ("resolved", "absent", "ambiguous", "conflicting")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against a candidate.

    ``kind`` is date | term | place | issuer | title | time | here | plans | alias, ``weight`` what it counts (below 0: against), ``said``
    what agrees or not, as it is printed or counted ("25/10/2017", "7/9", "3").
    """

    kind: str
    weight: float
    said: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a citation was resolved to: one document, or the candidates of an ambiguous one, likeliest first."""

    state: str
    documents: tuple[CitedDocument, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Citations of one plan that mean something else than before, because of what came into the archive or of what a user taught.

    ``raw`` is the first of them as printed, ``count`` how many they are.
    """

    document: Document
    raw: str
    count: int
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class UnitChange:
    """Duties that belong to another unit than before, because of what a user taught, or no longer teaches, about units.

    ``printed`` is the unit's name in the plans, ``count`` how many duties they are, ``before`` the place of the unit they belonged to;
    ``unit`` and ``place`` are those of the unit that they belong to now, ``total`` all duties that it has now, ``taught`` whether the
    alias file has it.
    """

    printed: str
    count: int
    before: str
    unit: str
    place: str
    total: int
    taught: bool


@dataclass(frozen=True, slots=True)
class Authority:
    """All that the citing plans say of one document, each reading with the number of plans that print it, the commonest first.

    ``disagreements`` names the kinds of which there are several readings; marks, case and signs make no other reading.
    ``conflicting`` is how many mentions contradict the record.
    """

    cited: CitedDocument
    plans: int
    mentions: int
    conflicting: int
    types: tuple[Count, ...]
    symbols: tuple[Count, ...]
    dates: tuple[Count, ...]
    issuers: tuple[Count, ...]
    titles: tuple[Count, ...]
    names: tuple[str, ...]
    disagreements: tuple[str, ...]
