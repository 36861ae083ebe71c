"""The overlay in the database: which blocks a change touches, what it was before, what it is now.

A transaction resolves whole blocks, so that the overlay is at any time what resolving everything anew would make it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from archive.resolve.aliases import Alias, read_aliases
from archive.resolve.alike import Written
from archive.resolve.authorities import authority_row, cited_document
from archive.resolve.outcomes import (
    Meaning,
    Outcomes,
    all_outcomes,
    decided_of,
    differing_from_stored,
    mentions_in_plans,
    mentions_of_claims,
    note_apart,
    write_alone,
    write_apart,
    write_together,
)
from archive.resolve.rows import blocks_of_papers, neighbours, read_claims, taught_claim
from archive.resolve.said import Said, blocks_said, said_documents
from archive.resolve.stored_claims import by_day, drop_claims, open_resolutions
from archive.resolve.weigh import Decision, resolve
from archive.store.alias_file import ALIAS_FILE, alias_text
from archive.store.database import in_chunks, translated, values_beside, writing
from archive.store.handle import Archive
from archive.store.journal import note
from archive.store.tables import AuthorityRow, CitationRow, ClaimRow, ResolutionRow, VersionRow
from archive.store.taught_units import stored_units, teach_units
from archive.store.unit_aliases import read_units
from archive.store.versions import documents_by_version
from archive.store.work_tables import AliasRow
from archive.values.citations import Change, CitedDocument, Outcome, UnitChange
from archive.values.documents import Document


class _Known(NamedTuple):
    """A record as a cited document, the id of the paper in the archive that it is, and its row."""

    cited: CitedDocument
    paper: int | None
    row: dict[str, Any]


#: All records and outcomes as they were.
_Before = tuple[dict[str, _Known], Outcomes]
#: What the alias file teaches, and what people say of mentions.
_Told = tuple[tuple[Alias, ...], Said]


def resolve_pending(archive: Archive) -> tuple[Change, ...]:
    """Resolves what came into the archive since it was last resolved; returns what earlier citations mean now that they did not before."""
    waiting = select(VersionRow.id).where(VersionRow.current, ~VersionRow.resolved)
    with translated(archive.database), archive.engine.connect() as connection:
        if connection.scalars(waiting.limit(1)).first() is None:
            return ()
    with translated(archive.database), writing(archive.engine).begin() as connection:
        return resolve_versions(connection, tuple(connection.scalars(waiting)))


def resolve_everything(archive: Archive, *, aliases: bool = True, now: datetime | None = None) -> tuple[Change | UnitChange, ...]:
    """Makes the overlay anew, with ``aliases`` after reading the alias file of the archive again; returns what changed: citations, then
    the units of duties. ``now`` is when the journal notes that another alias file was read; without it nothing is noted.

    Raises AliasError; nothing is changed then.
    """
    text = alias_text(archive) if aliases else None
    if text is not None:
        read_aliases(text, str(archive.folder / ALIAS_FILE))
        read_units(text, str(archive.folder / ALIAS_FILE))
    with translated(archive.database), writing(archive.engine).begin() as connection:
        taught = stored_units(connection)
        former = connection.scalars(select(AliasRow.text)).first()
        if aliases and now is not None and text != former:
            note(connection, archive, now, "aliases", None, before={"text": former})
        if aliases:
            connection.execute(delete(AliasRow))
        if text is not None:
            connection.execute(insert(AliasRow).values(id=1, text=text))
        before = _authorities(connection, None), all_outcomes(connection)
        connection.execute(delete(ResolutionRow))
        connection.execute(delete(ClaimRow))
        connection.execute(delete(AuthorityRow))
        current = tuple(connection.scalars(select(VersionRow.id).where(VersionRow.current)))
        opened = open_resolutions(connection, current)
        blocks = opened.blocks | blocks_of_papers(connection, current) | _taught_blocks(connection)
        told = stored_aliases(connection), said_documents(connection)
        changes = []
        for same_class in _by_class(blocks):
            changes += _resolve(connection, same_class, opened.claims, told, before)
        connection.execute(update(VersionRow).where(VersionRow.current).values(resolved=True))
        moved = teach_units(connection, taught)
    return (*changes, *moved)


def resolve_versions(connection: Connection, version_ids: Sequence[int], also: Iterable[str] = ()) -> tuple[Change, ...]:
    """Resolves versions that came in, and again everything that they touch (``also``: further blocks), within a transaction."""
    opened = open_resolutions(connection, version_ids)
    changes = resolve_blocks(connection, opened.blocks | touched_blocks(connection, version_ids) | set(also), opened.claims)
    for chunk in in_chunks(version_ids):
        connection.execute(update(VersionRow).where(VersionRow.id.in_(chunk)).values(resolved=True))
    return changes


def touched_blocks(connection: Connection, version_ids: Sequence[int]) -> set[str]:
    """The blocks whose resolution may change when these versions come or go."""
    found = blocks_of_papers(connection, version_ids) | neighbours(connection, version_ids)
    for chunk in in_chunks(version_ids):
        found |= blocks_said(connection, chunk)
    for chunk in in_chunks(version_ids):
        query = select(ResolutionRow.block, ResolutionRow.also).where(ResolutionRow.version_id.in_(chunk)).distinct()
        found.update(block for row in connection.execute(query) for block in row if block is not None)
    return found


_IN_BLOCKS = AuthorityRow.block.in_(bindparam("blocks", expanding=True))
_RECORDS = select(*AuthorityRow.__table__.columns).where(_IN_BLOCKS)
_REACHED = values_beside(select(AuthorityRow.key).where(_IN_BLOCKS), ResolutionRow.record, ResolutionRow.block)


def resolve_blocks(connection: Connection, blocks: set[str], fresh: Set[int] = frozenset()) -> tuple[Change, ...]:
    """Resolves blocks again with what hangs together with them; returns what earlier citations mean now that they did not before. ``fresh``
    are the claims of plans that came in."""
    whole = set(blocks)
    for chunk in in_chunks(blocks):
        whole.update(connection.scalars(_REACHED, {"blocks": chunk}))
    told = stored_aliases(connection), said_documents(connection)
    return tuple(change for same_class in _by_class(whole) for change in _resolve(connection, same_class, fresh, told, None))


def stored_aliases(connection: Connection) -> tuple[Alias, ...]:
    """The alias file as it was last read."""
    text = connection.scalars(select(AliasRow.text)).first()
    return read_aliases(text, ALIAS_FILE) if text is not None else ()


def _taught_blocks(connection: Connection) -> set[str]:
    return {block for number, alias in enumerate(stored_aliases(connection)) for block in taught_claim(alias, number).blocks}


def _by_class(blocks: Iterable[str]) -> Iterable[set[str]]:
    """Blocks type by type: nothing hangs together across types, and not all of a large archive has to be in memory at once."""
    found: dict[str, set[str]] = defaultdict(set)
    for block in blocks:
        found[block.partition("|")[0]].add(block)
    printed = found.pop("=", set())  # names as printed: read with the types that they belong to
    return [found[name] for name in sorted(found)] or [printed]


def _resolve(connection: Connection, blocks: set[str], fresh: Set[int], told: _Told, anew: _Before | None) -> list[Change]:
    """Resolves blocks with what hangs together with them; ``fresh`` are the claims of plans that came in, ``anew``: everything as it was,
    of which nothing is stored any more."""
    read = read_claims(connection, blocks, *told)
    stored = _authorities(connection, read.blocks)
    documents = anew[0] if anew else stored
    records, decisions = resolve(read.claims, _Days(connection))
    conflicting = _conflicting(decisions)
    rows = {record.key: authority_row(record, conflicting[record.key]) for record in records}
    known = {key: _known(row) for key, row in rows.items()}
    moved = {key for key, one in documents.items() if key in known and one.paper != known[key].paper}
    decided = decided_of(decisions)
    changed = {number for number, outcomes in decided.together.items() if read.outcomes[number] != outcomes}
    differing = differing_from_stored(connection, decided.apart)
    whole = decided.spoken_of | changed | decided.meaning(moved)
    mentions = mentions_of_claims(connection, whole, new=anew is not None) + mentions_in_plans(connection, differing, new=anew is not None)
    before = anew[1] if anew else {(one.version_id, one.ordinal): one.outcome for one in mentions}
    after = {(one.version_id, one.ordinal): decided.of(one) for one in mentions}
    _write_authorities(connection, stored, rows)
    drop_claims(connection, read.gone)
    write_together(connection, {number: decided.together[number] for number in changed | (fresh & decided.together.keys())}, changed)
    note_apart(connection, {number for number in decided.spoken_of | decided.apart.keys() if read.outcomes[number] is not None})
    write_apart(connection, differing)
    write_alone(connection, {at: outcome for at, outcome in decided.alone.items() if anew or before.get(at) != outcome})
    return _changes(connection, after, before, documents, known)


class _Days:
    """The plans that make claims, by day, each asked for once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[int, tuple[Written, ...]] = {}

    def __call__(self, claims: Iterable[int]) -> dict[int, tuple[Written, ...]]:
        wanted = set(claims)
        self._found |= by_day(self._connection, wanted - self._found.keys())
        return {number: self._found[number] for number in wanted}


def _conflicting(decisions: Iterable[Decision]) -> Counter[str | None]:
    """How many mentions contradict each record."""
    found = Counter[str | None]()
    for decision in decisions:
        if decision.state == "conflicting":
            found[decision.record] += decision.claim.times
    return found


def _write_authorities(connection: Connection, before: Mapping[str, _Known], rows: Mapping[str, dict[str, Any]]) -> None:
    """Writes the records that are new or other than before, and takes away those that are there no more."""
    fresh = [row for key, row in rows.items() if key not in before or before[key].row != row]
    for chunk in in_chunks([*(before.keys() - rows.keys()), *(row["key"] for row in fresh)]):
        connection.execute(delete(AuthorityRow).where(AuthorityRow.key.in_(chunk)))
    if fresh:
        connection.execute(insert(AuthorityRow), fresh)


def _authorities(connection: Connection, blocks: set[str] | None) -> dict[str, _Known]:
    rows: list[Row[*tuple[Any, ...]]] = []
    if blocks is None:
        rows = list(connection.execute(select(*AuthorityRow.__table__.columns)))
    else:
        for chunk in in_chunks(blocks):
            rows += connection.execute(_RECORDS, {"blocks": chunk})
    return {row.key: _known(dict(row._mapping)) for row in rows}


def _known(row: dict[str, Any]) -> _Known:
    return _Known(cited_document(row, None), row["document_id"], row)


def _changes(
    connection: Connection, outcomes: Outcomes, before: Outcomes, old: Mapping[str, _Known], new: Mapping[str, _Known]
) -> list[Change]:
    """The mentions that mean something else now, those of one plan that changed alike as one."""
    moved = any(key in new and known.paper != new[key].paper for key, known in old.items())
    found: dict[tuple[int, Meaning, Meaning], list[int]] = defaultdict(list)
    for (version_id, ordinal), outcome in outcomes.items():
        earlier = before.get((version_id, ordinal))
        if earlier is None or (earlier == outcome and not moved):
            continue
        was, now = earlier.meaning, outcome.meaning
        if not _same_meaning(was, now, old, new):
            found[version_id, was, now].append(ordinal)
    if not found:
        return []
    plans: dict[int, Document] = {}
    for chunk in in_chunks(version_id for version_id, _, _ in found):
        plans |= documents_by_version(connection, chunk)
    papers = {one.paper for known in (old, new) for one in known.values() if one.paper is not None}
    there: dict[int, Document] = {}
    for chunk in in_chunks(papers):
        current = connection.scalars(select(VersionRow.id).where(VersionRow.current, VersionRow.document_id.in_(chunk)))
        there |= {document.id: document for document in documents_by_version(connection, current).values()}
    changes = []
    for (version_id, was, now), ordinals in sorted(found.items(), key=lambda one: (one[0][0], min(one[1]))):
        at = (CitationRow.version_id == version_id) & (CitationRow.ordinal == min(ordinals))
        raw = connection.scalars(select(CitationRow.raw).where(at)).one()
        told = _told(was, old, there), _told(now, new, there)
        changes.append(Change(plans[version_id], " ".join(raw.split()), len(ordinals), *told))
    return changes


def _same_meaning(was: Meaning, now: Meaning, old: Mapping[str, _Known], new: Mapping[str, _Known]) -> bool:
    """Whether a mention means what it did: the same state, contradictions and documents."""
    if was[0] != now[0] or was[3] != now[3]:
        return False
    before, after = _documents(was, old), _documents(now, new)
    return len(before) == len(after) and all(any(_alike(one, other) for other in after) for one in before)


def _documents(resolved: Meaning, known: Mapping[str, _Known]) -> list[_Known]:
    _, record, candidates, _ = resolved
    return [known[key] for key in ((record,) if record is not None else candidates) if key in known]


def _alike(one: _Known, other: _Known) -> bool:
    """Whether two records are one to a reader: the same key and paper, or nothing that is shown of them differs."""
    a, b = one.cited, other.cited
    return one.paper == other.paper and (a.key == b.key or replace(a, key=b.key) == b)


def _told(resolved: Meaning, known: Mapping[str, _Known], there: dict[int, Document]) -> Outcome:
    found = _documents(resolved, known)
    return Outcome(
        resolved[0], tuple(replace(one.cited, document=there.get(one.paper) if one.paper is not None else None) for one in found)
    )
