"""Who carries what out, from a document on.

Most of those that carry a document out are carried out by nobody. They are sets, told by an index; rows of mentions are read of the others
alone, and of what is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap, FrozenBitMap
from sqlalchemy import Connection, Row, String, bindparam, cast, func, select, tuple_

from archive.ask.nodes import NodeKeys, document_of, node_ids, plan_node_id
from archive.common.carrying import STATED, TITLED, own_place
from archive.store.database import in_chunks
from archive.store.tables import AuthorityRow, CitationRow, ResolutionRow, VersionRow

#: Papers that ask or report and whose title is about another's doing: "Công văn … về Chương trình hành động thực hiện Nghị quyết …".
_ASKS = ("Công văn", "Tờ trình", "Báo cáo")

_Row = Row[*tuple[Any, ...]]
#: A mention by its row: version and place in the plan's list.
At = tuple[int, int]
#: Where a mention stands among all: document, place in its text, number.
_Order = tuple[int, int, int]
#: Versions by where the strongest of their mentions stands, in the order of STATED.
Said = Mapping[str, FrozenBitMap]


@dataclass(frozen=True, slots=True)
class Carries:
    """``carrier`` carries ``carried`` out (ids of nodes); ``stated`` is the strongest place that says so, ``at`` the mention."""

    carrier: str
    carried: str
    stated: str
    relation: str
    at: At


@dataclass(frozen=True, slots=True)
class Carriers:
    """Everything below some documents, by the node that is carried out. ``of`` are the carriers that stand for themselves: they are carried
    out too, or titles tell of them; ``leaves`` the plans that nobody carries out. ``nodes`` are those of the records of all that is
    carried out."""

    of: Mapping[str, tuple[Carries, ...]]
    leaves: Mapping[str, Said]
    nodes: Mapping[str, str]


def carriers_below(connection: Connection, roots: Collection[str], *, stated: bool) -> Carriers:
    """Who carries these roots out, and those in turn. ``stated`` leaves out those who say so in their body only."""
    carried = {row.version_id: plan_node_id(row.document_id) for row in connection.execute(_CARRIED_PLANS)}
    plans = FrozenBitMap(carried)
    nodes: dict[str, str] = {}
    said: dict[str, Said] = {}
    told: dict[_Order, Carries] = {}
    seen, here = set(roots), set(roots)
    while here:
        keys = NodeKeys(connection, here)
        nodes |= {record: keys.node_of(record) for record in keys.records}
        level = _said(connection, keys)
        titles = dict(_told_by_titles(connection, keys))
        said |= level
        told |= titles
        further = FrozenBitMap.union(FrozenBitMap(), *(versions for those in level.values() for versions in those.values())) & plans
        here = ({carried[version] for version in further} | {one.carrier for one in titles.values()}) - seen
        seen |= here
    alone = [number for node in seen if (number := document_of(node)) is not None]
    rows = _own_words(connection, alone)
    told |= dict(_told_by_themselves(rows, nodes))
    apart = FrozenBitMap(row.version_id for row in rows)
    of: dict[str, list[Carries]] = {}
    for one in strongest(told):
        if not (stated and one.stated == "body"):
            of.setdefault(one.carried, []).append(one)
    leaves = {node: _apart_from(those, apart, stated=stated) for node, those in said.items()}
    return Carriers({node: tuple(those) for node, those in of.items()}, leaves, nodes)


def strongest(told: Mapping[_Order, Carries]) -> Iterable[Carries]:
    """Each carrier with each that it carries out once, by the mention that says so most strongly; in the order of their first mentions."""
    found: dict[tuple[str, str], Carries] = {}
    for _, one in sorted(told.items()):
        known = found.get((one.carrier, one.carried))
        if known is None or STATED.index(one.stated) < STATED.index(known.stated):
            found[one.carrier, one.carried] = one
    return found.values()


def words_of(connection: Connection, plans: Iterable[int], nodes: Mapping[str, str]) -> Iterable[Carries]:
    """What plans (ids of documents) say themselves of carrying ``nodes`` out, by their records."""
    return strongest(dict(_told_by_themselves(_own_words(connection, plans), nodes)))


#: Where a paper speaks of itself.
_OWN = [where for where in STATED if where != TITLED]

# The plans of the archive that somebody carries out.
_CARRIED_PLANS = (
    select(VersionRow.id.label("version_id"), VersionRow.document_id)
    .join(AuthorityRow, AuthorityRow.document_id == VersionRow.document_id)
    .where(
        VersionRow.current,
        AuthorityRow.document_id > 0,  # a range of the index
        select(ResolutionRow.version_id)
        .where(ResolutionRow.record == AuthorityRow.key, ResolutionRow.stated.is_not(None))
        .correlate(AuthorityRow)
        .exists(),
    )
)
# One value for each record, not a row for each plan.
_VERSIONS = func.aggregate_strings(cast(ResolutionRow.version_id, String), " ").label("versions")
_SAID = (
    select(
        ResolutionRow.record, ResolutionRow.stated, func.aggregate_strings(cast(ResolutionRow.version_id, String), " ").label("versions")
    )
    .where(
        ResolutionRow.record.in_(bindparam("records", expanding=True)), ResolutionRow.stated.is_not(None), ResolutionRow.stated.in_(_OWN)
    )
    .group_by(ResolutionRow.record, ResolutionRow.stated)
)
_MENTIONS = (
    select(
        *(ResolutionRow.record, ResolutionRow.stated, ResolutionRow.version_id, ResolutionRow.ordinal, VersionRow.document_id),
        *(CitationRow.carries, CitationRow.location, CitationRow.relation, CitationRow.start),
    )
    .join(CitationRow, (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal))
    .join(VersionRow, VersionRow.id == ResolutionRow.version_id)
    .where(ResolutionRow.stated.is_not(None))
)
_IN_TITLES = _MENTIONS.where(ResolutionRow.record.in_(bindparam("records", expanding=True)), ResolutionRow.stated == TITLED)
_OF_PLANS = _MENTIONS.where(
    VersionRow.current, VersionRow.document_id.in_(bindparam("plans", expanding=True)), ResolutionRow.stated.in_(_OWN)
)


def _said(connection: Connection, keys: NodeKeys) -> dict[str, Said]:
    """For each of these nodes the versions that say themselves that they carry it out, each where it says so most strongly."""
    found: dict[str, dict[str, FrozenBitMap]] = {}
    for some in in_chunks(keys.records):
        for row in connection.execute(_SAID, {"records": some}):
            of_node = found.setdefault(keys.node_of(row.record), {})
            of_node[row.stated] = of_node.get(row.stated, FrozenBitMap()) | FrozenBitMap(map(int, row.versions.split()))
    return {**found}


def _apart_from(said: Said, others: FrozenBitMap, *, stated: bool) -> Said:
    """Each version once, without those ``others``; ``stated``: without those who say so in their body only."""
    left, known = dict[str, FrozenBitMap](), BitMap(others)
    for where in STATED[:-1] if stated else STATED:
        if versions := said.get(where, FrozenBitMap()) - known:
            left[where] = versions
            known |= versions
    return left


def _told_by_titles(connection: Connection, keys: NodeKeys) -> Iterator[tuple[_Order, Carries]]:
    """The carriers of these nodes that others tell of, in whose titles they are named."""
    rows = [row for some in in_chunks(keys.records) for row in connection.execute(_IN_TITLES, {"records": some})]
    around = _titled(connection, {(row.version_id, ordinal) for row in rows for ordinal in row.carries})
    ids = node_ids(connection, {outer.record for outer in around.values()})
    for row in rows:
        outer = next((around[at] for ordinal in row.carries if (at := (row.version_id, ordinal)) in around), None)
        if outer is not None and outer.type in _ASKS:
            continue
        carrier = ids[outer.record] if outer is not None else plan_node_id(row.document_id)
        where = TITLED if outer is not None else own_place(row.location)
        if carrier != (carried := keys.node_of(row.record)):
            yield _order(row), Carries(carrier, carried, where, row.relation, (row.version_id, row.ordinal))


def _told_by_themselves(rows: Iterable[_Row], nodes: Mapping[str, str]) -> Iterator[tuple[_Order, Carries]]:
    """Which of these nodes papers carry out, as they say themselves."""
    for row in rows:
        carrier, carried = plan_node_id(row.document_id), nodes.get(row.record)
        if carried not in (None, carrier):
            yield _order(row), Carries(carrier, carried, row.stated, row.relation, (row.version_id, row.ordinal))


def _own_words(connection: Connection, plans: Iterable[int]) -> list[_Row]:
    """The mentions with which plans say themselves that they carry something out."""
    return [row for some in in_chunks(plans) for row in connection.execute(_OF_PLANS, {"plans": some})]


def _order(row: _Row) -> _Order:
    return row.document_id, row.start, row.ordinal


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
