"""The claims of plans as they are stored: what the mentions of one document in one plan say, once for all plans that say the same.

A row of a claim is made when a plan comes in and goes with the last plan that makes it. Its number is taken from what it says, so that it
does not depend on what came first.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from pyroaring import FrozenBitMap
from sqlalchemy import Connection, Row, String, bindparam, cast, delete, func, insert, or_, select

from archive.common.carrying import stated_in
from archive.common.keys import name_key, symbol_key
from archive.common.words import LOW_QUALITY
from archive.resolve.alike import Written
from archive.resolve.claims import CITED, Claim, blocks_of, claim_place, place_of_plan, term_of_claim
from archive.store.claim_plans import add_plans
from archive.store.database import in_chunks
from archive.store.tables import CitationRow, ClaimRow, ResolutionRow, VersionRow
from kehoach_parser import fold
from kehoach_parser.knowledge import series_of

_MENTION = (
    CitationRow.version_id,
    CitationRow.ordinal,
    CitationRow.raw,
    CitationRow.type,
    CitationRow.symbol,
    CitationRow.date,
    CitationRow.issuer,
    CitationRow.title,
    CitationRow.document_key,
    CitationRow.candidates,
    CitationRow.carries,
    CitationRow.location,
    VersionRow.organ,
    VersionRow.place,
    VersionRow.parent_organ,
    VersionRow.quality,
)
_Row = Row[*tuple[Any, ...]]


class Opened(NamedTuple):
    """What came in with some versions: the blocks and the numbers of the claims that they make."""

    blocks: set[str]
    claims: set[int]


class StoredClaim(NamedTuple):
    """A claim, and what it was resolved to: for each mention [state, record, contradictions]; None where that was never asked, or not all
    its plans mean the same."""

    claim: Claim
    outcomes: list[list[Any]] | None


def open_resolutions(connection: Connection, version_ids: Iterable[int]) -> Opened:
    """Gives the citations of versions a row each, not yet resolved, and their claims, where these are new."""
    found = Opened(set(), set())
    query = select(*_MENTION).join(VersionRow, VersionRow.id == CitationRow.version_id)
    for chunk in in_chunks(version_ids):
        by_document: dict[object, list[_Row]] = defaultdict(list)
        for row in connection.execute(query.where(CitationRow.version_id.in_(chunk)).order_by(CitationRow.version_id, CitationRow.ordinal)):
            by_document[row.version_id, row.document_key or row.ordinal].append(row)
        rows: list[dict[str, Any]] = []
        claims: dict[int, dict[str, Any]] = {}
        made_by: dict[int, list[int]] = defaultdict(list)
        for mentions in by_document.values():
            claim = _claim_row(mentions)
            claims[claim["id"]] = claim
            made_by[claim["id"]].append(mentions[0].version_id)
            found.blocks.update(block for block in (claim["block"], claim["also"]) if block is not None)
            rows += (_resolution_row(row, number, claim) for number, row in enumerate(mentions))
        add_plans(connection, claims, made_by)
        if rows:
            connection.execute(insert(ResolutionRow), rows)
        found.claims.update(claims)
    return found


def _resolution_row(row: _Row, mention: int, claim: dict[str, Any]) -> dict[str, Any]:
    return {
        "version_id": row.version_id,
        "ordinal": row.ordinal,
        "claim": claim["id"],
        "mention": mention,
        "block": claim["block"],
        "also": claim["also"],
        "symbol_key": symbol_key(row.symbol) if row.symbol else None,
        "state": "new",
        "record": None,
        "candidates": [],
        "conflicts": [],
        "stated": stated_in(row.carries, row.location),
    }


def _claim_row(rows: Sequence[_Row]) -> dict[str, Any]:
    """The row of the claim that the mentions of one document in one plan make."""
    first = max(rows, key=lambda row: (row.symbol is not None, row.title is not None, -row.ordinal))
    key = first.document_key or next(iter(first.candidates), None)
    # also by name as it is printed, in which a name of the alias file is looked for
    by_name = [] if first.symbol else [f"=|{name_key(first.raw).strip()}"]
    block, *others = (*blocks_of(first.type, first.symbol, first.title, key), *by_name)
    series = series_of(first.symbol) if first.symbol else None
    dates = _each(row.date for row in rows)
    issuers = _each(row.issuer for row in rows)
    place, placed, place_said = claim_place(series, tuple(issuers), place_of_plan(first.organ, first.place, first.parent_organ))
    says = {
        "key": first.document_key,
        "type": first.type,
        "symbol": first.symbol,
        "dates": dates,
        "term": term_of_claim(series, dates, (*issuers, *(row.raw for row in rows))),
        "titles": _each(row.title for row in rows),
        "issuers": issuers,
        "place": place,
        "placed": placed,
        "place_said": place_said,
        "clean": first.quality >= LOW_QUALITY,
        "said": [row.date for row in rows],
        "names": _each(name_key(row.raw).strip() for row in rows if not row.symbol),
        "printed": _each(" ".join(row.raw.split()) for row in rows if not row.symbol),
    }
    also = others[0] if others else None
    return {"id": _number_of([block, also, says]), "block": block, "also": also, "says": says, "outcomes": None}


def _each(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _number_of(says: object) -> int:
    """63 bits of the hash of what a claim says: of a thousand million claims two would share a number once in twenty archives."""
    return int.from_bytes(hashlib.sha256(json.dumps(says).encode()).digest()[:8]) >> 1


_CLAIMS = select(*ClaimRow.__table__.columns)
_IN_BLOCKS = _CLAIMS.where(or_(*(one.in_(bindparam("blocks", expanding=True)) for one in (ClaimRow.block, ClaimRow.also))))


def claims_in(connection: Connection, blocks: Iterable[str]) -> Iterator[StoredClaim]:
    """The claims in blocks, with the plans that make them; those that no plan makes any more, too."""
    for chunk in in_chunks(blocks):
        for row in connection.execute(_IN_BLOCKS, {"blocks": chunk}):
            yield StoredClaim(_claim(row), row.outcomes)


def _claim(row: _Row) -> Claim:
    says = row.says
    return Claim(
        source=CITED,
        blocks=(row.block,) if row.also is None else (row.block, row.also),
        key=says["key"],
        type=fold(says["type"]),
        type_name=says["type"],
        symbol=says["symbol"],
        series=series_of(says["symbol"]) if says["symbol"] else None,
        dates=tuple(says["dates"]),
        term=says["term"],
        titles=tuple(says["titles"]),
        issuers=tuple(says["issuers"]),
        place=tuple(says["place"]),
        placed=says["placed"],
        place_said=says["place_said"],
        clean=says["clean"],
        plans=row.plans,
        times=row.times,
        said=tuple(says["said"]),
        names=tuple(says["names"]),
        printed=tuple(says["printed"]),
        row=row.id,
    )


_MADE = select(ResolutionRow.claim).where(ResolutionRow.version_id == bindparam("plan"), ResolutionRow.ordinal == bindparam("at"))
_TELLING = (ResolutionRow.claim, ResolutionRow.version_id, ResolutionRow.mention, ResolutionRow.ordinal, VersionRow.date)
_TELLINGS = (
    select(*_TELLING)
    .join(VersionRow, VersionRow.id == ResolutionRow.version_id)
    .where(ResolutionRow.claim == bindparam("of_claim"), ResolutionRow.version_id.in_(bindparam("plans", expanding=True)))
    .order_by(ResolutionRow.version_id, ResolutionRow.ordinal)
)
# One value for each day, not a row for each plan.
_DAYS = (
    select(ResolutionRow.claim, VersionRow.date, func.aggregate_strings(cast(ResolutionRow.version_id, String), " "))
    .join(VersionRow, VersionRow.id == ResolutionRow.version_id)
    .where(ResolutionRow.claim.in_(bindparam("claims", expanding=True)), ResolutionRow.mention == 0)
    .group_by(ResolutionRow.claim, VersionRow.date)
    .order_by(ResolutionRow.claim, VersionRow.date)
)


def stored_under(connection: Connection, mentions: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """The claims that these mentions (version, ordinal) belong to, each with their versions."""
    found: dict[int, set[int]] = defaultdict(set)
    for plan, ordinal in mentions:
        for number in connection.scalars(_MADE, {"plan": plan, "at": ordinal}):
            found[number].add(plan)
    return found


def taken_apart(connection: Connection, claim: Claim, versions: Iterable[int]) -> list[Claim]:
    """A claim as each of these plans says it, with the rows of its mentions, and what is left of it."""
    alone: list[tuple[int, list[int], str | None]] = []
    for plans in in_chunks(versions):
        for _, version_id, mention, ordinal, written in connection.execute(_TELLINGS, {"of_claim": claim.row, "plans": plans}):
            if mention == 0:
                alone.append((version_id, [], written))
            alone[-1][1].append(ordinal)
    found = [claim.of(FrozenBitMap([one]), 1, written, tuple((one, at) for at in ordinals)) for one, ordinals, written in alone]
    left = claim.plans - FrozenBitMap(one for one, _, _ in alone)
    return [*found, claim.of(left, claim.times - len(alone))] if left else found


def by_day(connection: Connection, claims: Iterable[int]) -> dict[int, tuple[Written, ...]]:
    """The plans that make each of these claims, by the date that they bear."""
    found: dict[int, tuple[Written, ...]] = {}
    for chunk in in_chunks(claims):
        for number, rows in groupby(connection.execute(_DAYS, {"claims": chunk}), key=itemgetter(0)):
            found[number] = tuple(Written(written, tuple(map(int, versions.split()))) for _, written, versions in rows)
    return found


def drop_claims(connection: Connection, claims: Iterable[int]) -> None:
    """Takes away claims that no plan makes any more."""
    for chunk in in_chunks(claims):
        connection.execute(delete(ClaimRow).where(ClaimRow.id.in_(chunk)))
