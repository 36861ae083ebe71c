"""What mentions were resolved to, as it is stored: a mention by itself, all plans of a claim together, or some of its plans.

Of what most plans cite the plans are joined and counted, not read: only where it differs from what is stored a row is written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from pyroaring import FrozenBitMap
from sqlalchemy import Connection, String, Text, bindparam, cast, func, select, type_coerce, update

from archive.resolve.claims import NOBODY
from archive.resolve.weigh import Decision
from archive.store.columns import JsonText
from archive.store.database import in_chunks
from archive.store.tables import ClaimRow, ResolutionRow


class Resolved(NamedTuple):
    """What a mention was resolved to, as it is stored; ``candidates`` and ``conflicts`` are JSON, read only where they are asked for."""

    state: str
    record: str | None
    candidates: str
    conflicts: str

    @property
    def meaning(self) -> Meaning:
        """The same without the evidence."""
        return self.state, self.record, tuple(one[0] for one in json.loads(self.candidates)), tuple(json.loads(self.conflicts))


#: (state, record, candidates, conflicts) of a mention.
Meaning = tuple[str, str | None, tuple[str, ...], tuple[str, ...]]
#: Outcomes of mentions by version and ordinal.
Outcomes = dict[tuple[int, int], Resolved]


#: What of a mention is an Resolved.
_OUTCOME = (
    ResolutionRow.state,
    ResolutionRow.record,
    cast(ResolutionRow.candidates, Text),
    cast(ResolutionRow.conflicts, Text),
)


class Mention(NamedTuple):
    """A mention as it is stored: the ``number``-th of its claim."""

    version_id: int
    ordinal: int
    claim: int
    number: int
    outcome: Resolved


#: What the mentions of a claim, by their place in it, mean in which plans.
Apart = dict[tuple[int, Resolved], FrozenBitMap]


class Decided(NamedTuple):
    """What was decided: of claims ``together`` (for each mention, the same for all their plans, as `ClaimRow.outcomes`), of those whose
    plans were told ``apart``, and of each mention ``alone`` in the plans of claims that people have ``spoken_of``."""

    together: dict[int, list[list[Any]]]
    apart: dict[int, Apart]
    alone: Outcomes
    spoken_of: set[int]

    def meaning(self, records: Set[str]) -> set[int]:
        """The claims of whose mentions one means one of these records."""
        found = {number for number, outcomes in self.together.items() if any(record in records for _, record, _ in outcomes)}
        return found | {number for number, outcomes in self.apart.items() if any(one.record in records for _, one in outcomes)}

    def of(self, mention: Mention) -> Resolved:
        """The outcome of a mention."""
        if outcomes := self.together.get(mention.claim):
            return _outcome(outcomes[mention.number])
        alone = self.alone.get((mention.version_id, mention.ordinal))
        return alone or next(
            outcome
            for (number, outcome), plans in self.apart[mention.claim].items()
            if number == mention.number and mention.version_id in plans
        )


def decided_of(decisions: Iterable[Decision]) -> Decided:
    """Decisions by claim, as they are stored."""
    together: dict[int, dict[int, list[Any]]] = defaultdict(dict)
    found = Decided({}, {}, {}, set())
    for decision in decisions:
        claim = decision.claim
        if claim.row is None:
            continue  # a paper, the alias file
        if claim.rows:
            found.alone[claim.rows[decision.mention]] = _outcome_of(decision)
            found.spoken_of.add(claim.row)
        elif claim.part:
            meant = decision.mention, _outcome_of(decision)
            outcomes = found.apart.setdefault(claim.row, {})
            outcomes[meant] = outcomes.get(meant, NOBODY) | claim.plans
        else:
            together[claim.row][decision.mention] = [decision.state, decision.record, list(decision.conflicts)]
    found.together.update((number, [by_mention[at] for at in sorted(by_mention)]) for number, by_mention in together.items())
    return found


def _outcome(stored: Sequence[Any]) -> Resolved:
    """The outcome of a mention of a claim whose plans all say the same: there are no candidates then."""
    state, record, conflicts = stored
    return Resolved(state, record, "[]", json.dumps(conflicts))


def _outcome_of(decision: Decision) -> Resolved:
    candidates = [[one.key, one.weight, [[piece.kind, piece.weight, piece.said] for piece in one.evidence]] for one in decision.candidates]
    return Resolved(decision.state, decision.record, json.dumps(candidates), json.dumps(decision.conflicts))


_DECIDE = update(ResolutionRow).values(
    state=bindparam("new_state"),
    record=bindparam("new_record"),
    candidates=type_coerce(bindparam("new_candidates"), JsonText),
    conflicts=type_coerce(bindparam("new_conflicts"), JsonText),
)
_ONE = _DECIDE.where(ResolutionRow.version_id == bindparam("in_version"), ResolutionRow.ordinal == bindparam("at"))
_ALL = _DECIDE.where(ResolutionRow.claim == bindparam("of_claim"), ResolutionRow.mention == bindparam("at"))
_NEW = _ALL.where(ResolutionRow.state == "new")
_SOME = _ALL.where(ResolutionRow.version_id == bindparam("in_version"))


def _values(outcome: Resolved) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in outcome._asdict().items()}


def write_alone(connection: Connection, outcomes: Outcomes) -> None:
    """Writes what single mentions mean."""
    rows = [{"in_version": version_id, "at": ordinal, **_values(outcome)} for (version_id, ordinal), outcome in outcomes.items()]
    if rows:
        connection.execute(_ONE, rows)


def write_together(connection: Connection, outcomes: Mapping[int, list[list[Any]]], changed: Set[int]) -> None:
    """Writes what the mentions of claims mean: all of them where that ``changed``, else those of plans that came in."""
    for statement, those in ((_ALL, changed), (_NEW, outcomes.keys() - changed)):
        rows = [
            {"of_claim": one, "at": at, **_values(_outcome(stored))} for one in sorted(those) for at, stored in enumerate(outcomes[one])
        ]
        if rows:
            connection.execute(statement, rows)
    noted = [{"of_claim": one, "now": outcomes[one]} for one in sorted(changed)]
    if noted:
        connection.execute(update(ClaimRow).where(ClaimRow.id == bindparam("of_claim")).values(outcomes=bindparam("now")), noted)


# One value for each outcome, not a row for each plan.
_APART = (
    select(ResolutionRow.claim, ResolutionRow.mention, *_OUTCOME, func.aggregate_strings(cast(ResolutionRow.version_id, String), " "))
    .where(ResolutionRow.claim.in_(bindparam("claims", expanding=True)))
    .group_by(ResolutionRow.claim, ResolutionRow.mention, *_OUTCOME)
)


def differing_from_stored(connection: Connection, apart: Mapping[int, Apart]) -> dict[int, Apart]:
    """The plans for which it is stored otherwise what the mentions of claims mean, and what these mean."""
    before: dict[int, Apart] = defaultdict(dict)
    for chunk in in_chunks(apart):
        for claim, mention, state, record, candidates, conflicts, plans in connection.execute(_APART, {"claims": chunk}):
            before[claim][mention, Resolved(state, record, candidates, conflicts)] = FrozenBitMap(map(int, plans.split()))
    found: dict[int, Apart] = {}
    for claim, outcomes in apart.items():
        left = {meant: plans - before[claim].get(meant, NOBODY) for meant, plans in outcomes.items()}
        if others := {meant: plans for meant, plans in left.items() if plans}:
            found[claim] = others
    return found


def write_apart(connection: Connection, differing: Mapping[int, Apart]) -> None:
    """Writes what the mentions of claims mean in some of their plans."""
    rows = [
        {"of_claim": claim, "at": at, "in_version": version_id, **_values(outcome)}
        for claim, outcomes in differing.items()
        for (at, outcome), plans in outcomes.items()
        for version_id in plans
    ]
    if rows:
        connection.execute(_SOME, rows)


def note_apart(connection: Connection, claims: Iterable[int]) -> None:
    """Notes of claims that not all their plans mean the same."""
    for chunk in in_chunks(claims):
        connection.execute(update(ClaimRow).where(ClaimRow.id.in_(chunk)).values(outcomes=None))


_MENTIONS = select(ResolutionRow.version_id, ResolutionRow.ordinal, ResolutionRow.claim, ResolutionRow.mention, *_OUTCOME)
_IN_PLANS = _MENTIONS.where(
    ResolutionRow.claim == bindparam("of_claim"),
    ResolutionRow.version_id.in_(bindparam("plans", expanding=True)),
    ResolutionRow.state != bindparam("but"),
)


def mentions_of_claims(connection: Connection, claims: Iterable[int], *, new: bool) -> list[Mention]:
    """The mentions of some claims as they are stored; those that were never resolved, which nobody is told of, only where ``new``: after a
    long `add` they are nearly all."""
    query = _MENTIONS if new else _MENTIONS.where(ResolutionRow.state != "new")
    rows = (row for chunk in in_chunks(claims) for row in connection.execute(query.where(ResolutionRow.claim.in_(chunk))))
    return [Mention(*row[:4], Resolved(*row[4:])) for row in rows]


def mentions_in_plans(connection: Connection, differing: Mapping[int, Apart], *, new: bool) -> list[Mention]:
    """The same of those plans alone for which it is stored otherwise."""
    found: list[Mention] = []
    for claim, outcomes in differing.items():
        for chunk in in_chunks(FrozenBitMap.union(*outcomes.values())):
            rows = connection.execute(_IN_PLANS, {"of_claim": claim, "plans": chunk, "but": "" if new else "new"})
            found += [Mention(*row[:4], Resolved(*row[4:])) for row in rows]
    return found


def all_outcomes(connection: Connection) -> Outcomes:
    """What all mentions were resolved to; those that never were are left out."""
    query = select(ResolutionRow.version_id, ResolutionRow.ordinal, *_OUTCOME).where(ResolutionRow.state != "new")
    return {(row[0], row[1]): Resolved(*row[2:]) for row in connection.execute(query)}
