"""Which plans make a stored claim: kept with the claim, for what most plans cite cannot be looked at plan by plan whenever one comes in.

`ClaimRow.plans` and `times` say what the rows of resolutions say, and change with them: here and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pyroaring import FrozenBitMap
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from archive.common.carrying import stated_in
from archive.store.database import in_chunks
from archive.store.tables import CitationRow, ClaimRow, ResolutionRow

_PLANS = select(ClaimRow.id, ClaimRow.plans, ClaimRow.times).where(ClaimRow.id.in_(bindparam("claims", expanding=True)))
_WRITE = update(ClaimRow).where(ClaimRow.id == bindparam("claim")).values(plans=bindparam("made_by"), times=bindparam("so_often"))
_MADE_BY = select(ResolutionRow.claim).where(ResolutionRow.version_id == bindparam("plan"), ResolutionRow.mention == 0)
_CARRIES = select(CitationRow.ordinal, CitationRow.carries, CitationRow.location).where(CitationRow.version_id == bindparam("plan"))
_STATE = (
    update(ResolutionRow)
    .where(ResolutionRow.version_id == bindparam("plan"), ResolutionRow.ordinal == bindparam("at"))
    .values(stated=bindparam("now"))
)
_FORGET = delete(ResolutionRow).where(ResolutionRow.version_id == bindparam("plan"))


def add_plans(connection: Connection, claims: Mapping[int, Mapping[str, Any]], made_by: Mapping[int, Iterable[int]]) -> None:
    """Notes that plans make ``claims`` (rows without their plans, by number), those that are new with their rows: ``made_by`` has their
    versions, one as often as it does."""
    known = {row.id: row for some in in_chunks(claims) for row in connection.execute(_PLANS, {"claims": some})}
    new, more = [], []
    for number, told in made_by.items():
        versions = list(told)
        plans = FrozenBitMap(versions)
        if number in known:
            was = known[number]
            more.append({"claim": number, "made_by": was.plans | plans, "so_often": was.times + len(versions)})
        else:
            new.append({**claims[number], "plans": plans, "times": len(versions)})
    if new:
        connection.execute(insert(ClaimRow), new)
    if more:
        connection.execute(_WRITE, more)


def drop_resolutions(connection: Connection, version_id: int) -> None:
    """Takes away what the citations of a version were resolved to; its claims are no longer made by it."""
    made = Counter(connection.scalars(_MADE_BY, {"plan": version_id}))
    gone = FrozenBitMap([version_id])
    rows = [row for some in in_chunks(made) for row in connection.execute(_PLANS, {"claims": some})]
    if rows:
        connection.execute(_WRITE, [{"claim": row.id, "made_by": row.plans - gone, "so_often": row.times - made[row.id]} for row in rows])
    connection.execute(_FORGET, {"plan": version_id})


def state_again(connection: Connection, version_id: int) -> None:
    """Notes what the citations of a version, whose rows were made anew, say of carrying documents out; what they mean stays."""
    said = connection.execute(_CARRIES, {"plan": version_id}).all()
    if said:
        rows = [{"plan": version_id, "at": row.ordinal, "now": stated_in(row.carries, row.location)} for row in said]
        connection.execute(_STATE, rows)
