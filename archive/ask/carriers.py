"""Who carries out what, from a document on: the mentions that say so are found by their rows, and only those that are shown are read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, cast, select, tuple_

from archive.ask.nodes import NodeKeys, node_ids, plan_node_id
from archive.store.database import in_chunks
from archive.store.tables import CitationRow, ResolutionRow, VersionRow

#: Papers that ask or report and whose title is about another's doing: "Công văn … về Chương trình hành động thực hiện Nghị quyết …".
_ASKS = ("Công văn", "Tờ trình", "Báo cáo")
#: Where a document says so, the strongest first. In the body "thực hiện theo Thông tư …" is often said of a detail.
STATED = ("subject", "preamble", "title", "body")

_Row = Row[*tuple[Any, ...]]
#: A mention by its row: version and place in the plan's list.
At = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Carries:
    """``carrier`` carries ``carried`` out (ids of nodes); ``stated`` is the strongest place that says so, ``at`` the mention."""

    carrier: str
    carried: str
    stated: str
    relation: str
    at: At


def carriers_below(connection: Connection, roots: Collection[str], *, stated: bool) -> dict[str, tuple[Carries, ...]]:
    """For each node from these roots down, who carries it out. ``stated`` leaves out those who say so in their body only."""
    found: dict[tuple[str, str], Carries] = {}
    seen, here = set(roots), set(roots)
    while here:
        level = list(_who_carry(connection, here))
        for one in level:
            known = found.get((one.carrier, one.carried))
            if known is None or STATED.index(one.stated) < STATED.index(known.stated):
                found[one.carrier, one.carried] = one
        here = {one.carrier for one in level} - seen
        seen |= here
    of: dict[str, list[Carries]] = {}
    for one in found.values():
        if not (stated and one.stated == "body"):
            of.setdefault(one.carried, []).append(one)
    return {carried: tuple(those) for carried, those in of.items()}


# ``carries`` as it is written: it is empty but for citations within the title of another, and to read it took as long as all else.
_CARRIED = (
    select(
        *(ResolutionRow.record, ResolutionRow.version_id, ResolutionRow.ordinal, VersionRow.document_id),
        *(cast(CitationRow.carries, Text).label("titled"), CitationRow.location, CitationRow.relation, CitationRow.start),
    )
    .join(CitationRow, (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal))
    .join(VersionRow, VersionRow.id == ResolutionRow.version_id)
    .where(CitationRow.carries.is_not(None), ResolutionRow.record.in_(bindparam("records", expanding=True)))
)


def _who_carry(connection: Connection, nodes: Collection[str]) -> Iterator[Carries]:
    """Who carries these out, in the order of documents and their texts."""
    keys = NodeKeys(connection, nodes)
    rows = [row for some in in_chunks(keys.records) for row in connection.execute(_CARRIED, {"records": some})]
    titled = {(row.version_id, row.ordinal): json.loads(row.titled) for row in rows if row.titled != "[]"}
    around = _titled(connection, {(version_id, ordinal) for (version_id, _), ordinals in titled.items() for ordinal in ordinals})
    ids = node_ids(connection, {outer.record for outer in around.values()})
    for row in sorted(rows, key=lambda row: (row.document_id, row.start, row.ordinal)):
        ordinals = titled.get((row.version_id, row.ordinal), ())
        outer = next((around[at] for ordinal in ordinals if (at := (row.version_id, ordinal)) in around), None)
        if outer is not None and outer.type in _ASKS:
            continue
        carrier = ids[outer.record] if outer is not None else plan_node_id(row.document_id)
        where = "title" if outer is not None else row.location if row.location in STATED else "body"
        if carrier != (carried := keys.node_of(row.record)):
            yield Carries(carrier, carried, where, row.relation, (row.version_id, row.ordinal))


def _titled(connection: Connection, at: Collection[At]) -> dict[At, _Row]:
    """The citations in whose titles others stand, of those that tell which document they mean."""
    query = select(ResolutionRow.version_id, ResolutionRow.ordinal, ResolutionRow.record, CitationRow.type).join(
        CitationRow, (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal)
    )
    found: dict[At, _Row] = {}
    for some in in_chunks(at):
        wanted = ResolutionRow.version_id.in_({version for version, _ in some}) & tuple_(
            ResolutionRow.version_id, ResolutionRow.ordinal
        ).in_(some)
        found |= {(row.version_id, row.ordinal): row for row in connection.execute(query.where(wanted, ResolutionRow.record.is_not(None)))}
    return found
