"""The overlay in the database: which blocks a change touches, what it was before, what it is now.

A transaction resolves whole blocks, so that the overlay is at any time what resolving everything anew would make it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Text, bindparam, cast, delete, insert, select, type_coerce, update

from archive.resolve.aliases import Alias, read_aliases
from archive.resolve.authorities import authority_row, cited_document
from archive.resolve.rows import blocks_of_papers, neighbours, read_claims, taught_claim
from archive.resolve.said import blocks_said
from archive.resolve.stored_claims import drop_claims, open_resolutions, plan_by_plan
from archive.resolve.weigh import Decision, resolve
from archive.store.alias_file import ALIAS_FILE, alias_text
from archive.store.columns import JsonText
from archive.store.database import in_chunks, translated, writing
from archive.store.handle import Archive
from archive.store.journal import note
from archive.store.tables import AliasRow, AuthorityRow, CitationRow, ClaimRow, ResolutionRow, VersionRow
from archive.store.taught_units import stored_units, teach_units
from archive.store.unit_aliases import read_units
from archive.store.versions import documents_by_version
from archive.values.citations import Change, CitedDocument, Outcome, UnitChange
from archive.values.documents import Document


class _Outcome(NamedTuple):
    """What a mention was resolved to, as it is stored; ``candidates`` and ``conflicts`` are JSON, read only where they are asked for."""

    state: str
    record: str | None
    candidates: str
    conflicts: str

    @property
    def meaning(self) -> _Meaning:
        return self.state, self.record, tuple(one[0] for one in json.loads(self.candidates)), tuple(json.loads(self.conflicts))


#: (state, record, candidates, conflicts) of a mention.
_Meaning = tuple[str, str | None, tuple[str, ...], tuple[str, ...]]
#: Outcomes of mentions by version and ordinal.
_Outcomes = dict[tuple[int, int], _Outcome]


class _Known(NamedTuple):
    """A record as a cited document, the id of the paper in the archive that it is, and its row."""

    cited: CitedDocument
    paper: int | None
    row: dict[str, Any]


#: What of a mention is an _Outcome.
_OUTCOME = (
    ResolutionRow.state,
    ResolutionRow.record,
    cast(ResolutionRow.candidates, Text),
    cast(ResolutionRow.conflicts, Text),
)
#: All records and outcomes as they were.
_Before = tuple[dict[str, _Known], _Outcomes]


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
        before = _authorities(connection, None), _outcomes(connection)
        connection.execute(delete(ResolutionRow))
        connection.execute(delete(ClaimRow))
        connection.execute(delete(AuthorityRow))
        current = tuple(connection.scalars(select(VersionRow.id).where(VersionRow.current)))
        opened = open_resolutions(connection, current)
        blocks = opened.blocks | blocks_of_papers(connection, current) | _taught_blocks(connection)
        changes = []
        for same_class in _by_class(blocks):
            changes += _resolve(connection, same_class, opened.claims, before)
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


def resolve_blocks(connection: Connection, blocks: set[str], fresh: Set[int] = frozenset()) -> tuple[Change, ...]:
    """Resolves blocks again with what hangs together with them; returns what earlier citations mean now that they did not before. ``fresh``
    are the claims of plans that came in."""
    whole = set(blocks)
    for chunk in in_chunks(blocks):
        keys = select(AuthorityRow.key).where(AuthorityRow.block.in_(chunk))
        whole.update(connection.scalars(select(ResolutionRow.block).where(ResolutionRow.record.in_(keys)).distinct()))
    return tuple(change for same_class in _by_class(whole) for change in _resolve(connection, same_class, fresh, None))


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


def _resolve(connection: Connection, blocks: set[str], fresh: Set[int], anew: _Before | None) -> list[Change]:
    """Resolves blocks with what hangs together with them; ``fresh`` are the claims of plans that came in, ``anew``: everything as it was,
    of which nothing is stored any more."""
    read = read_claims(connection, blocks, stored_aliases(connection))
    stored = _authorities(connection, read.blocks)
    documents = anew[0] if anew else stored
    records, decisions = resolve(read.claims, partial(plan_by_plan, connection))
    conflicting = _conflicting(decisions)
    rows = {record.key: authority_row(record, conflicting[record.key]) for record in records}
    known = {key: _known(row) for key, row in rows.items()}
    moved = {key for key, one in documents.items() if key in known and one.paper != known[key].paper}
    decided = _decided(decisions)
    changed = {number for number, outcomes in decided.together.items() if read.outcomes[number] != outcomes}
    mentions = _mentions(connection, decided.apart | changed | decided.meaning(moved), new=anew is not None)
    before = anew[1] if anew else {(one.version_id, one.ordinal): one.outcome for one in mentions}
    after = {(one.version_id, one.ordinal): decided.of(one) for one in mentions}
    _write_authorities(connection, stored, rows)
    drop_claims(connection, read.gone)
    _write_together(connection, {number: decided.together[number] for number in changed | (fresh & decided.together.keys())}, changed)
    _note_apart(connection, {number for number in decided.apart if read.outcomes[number] is not None})
    _write(connection, {at: outcome for at, outcome in decided.alone.items() if anew or before.get(at) != outcome})
    return _changes(connection, after, before, documents, known)


class _Mention(NamedTuple):
    """A mention as it is stored: the ``number``-th of its claim."""

    version_id: int
    ordinal: int
    claim: int
    number: int
    outcome: _Outcome


class _Decided(NamedTuple):
    """What was decided: of claims ``together`` (for each mention, the same for all their plans, as `ClaimRow.outcomes`), and of each
    mention ``alone`` of the claims that were taken ``apart``."""

    together: dict[int, list[list[Any]]]
    alone: _Outcomes
    apart: set[int]

    def meaning(self, records: Set[str]) -> set[int]:
        """The claims of whose mentions one means one of these records."""
        return {number for number, outcomes in self.together.items() if any(record in records for _, record, _ in outcomes)}

    def of(self, mention: _Mention) -> _Outcome:
        """The outcome of a mention."""
        outcomes = self.together.get(mention.claim)
        return _outcome(outcomes[mention.number]) if outcomes else self.alone[mention.version_id, mention.ordinal]


def _conflicting(decisions: Iterable[Decision]) -> Counter[str | None]:
    """How many mentions contradict each record."""
    found = Counter[str | None]()
    for decision in decisions:
        if decision.state == "conflicting":
            found[decision.record] += decision.claim.times
    return found


def _decided(decisions: Iterable[Decision]) -> _Decided:
    together: dict[int, dict[int, list[Any]]] = defaultdict(dict)
    found = _Decided({}, {}, set())
    for decision in decisions:
        claim = decision.claim
        if claim.row is None:
            continue  # a paper, the alias file
        if claim.teller is None:
            together[claim.row][decision.mention] = [decision.state, decision.record, list(decision.conflicts)]
        else:
            found.alone[claim.teller.version_id, claim.teller.ordinals[decision.mention]] = _outcome_of(decision)
            found.apart.add(claim.row)
    found.together.update((number, [by_mention[at] for at in sorted(by_mention)]) for number, by_mention in together.items())
    return found


def _outcome(stored: Sequence[Any]) -> _Outcome:
    """The outcome of a mention of a claim whose plans all say the same: there are no candidates then."""
    state, record, conflicts = stored
    return _Outcome(state, record, "[]", json.dumps(conflicts))


def _outcome_of(decision: Decision) -> _Outcome:
    candidates = [[one.key, one.weight, [[piece.kind, piece.weight, piece.said] for piece in one.evidence]] for one in decision.candidates]
    return _Outcome(decision.state, decision.record, json.dumps(candidates), json.dumps(decision.conflicts))


def _write_authorities(connection: Connection, before: Mapping[str, _Known], rows: Mapping[str, dict[str, Any]]) -> None:
    """Writes the records that are new or other than before, and takes away those that are there no more."""
    fresh = [row for key, row in rows.items() if key not in before or before[key].row != row]
    for chunk in in_chunks([*(before.keys() - rows.keys()), *(row["key"] for row in fresh)]):
        connection.execute(delete(AuthorityRow).where(AuthorityRow.key.in_(chunk)))
    if fresh:
        connection.execute(insert(AuthorityRow), fresh)


_DECIDE = update(ResolutionRow).values(
    state=bindparam("new_state"),
    record=bindparam("new_record"),
    candidates=type_coerce(bindparam("new_candidates"), JsonText),
    conflicts=type_coerce(bindparam("new_conflicts"), JsonText),
)
_ONE = _DECIDE.where(ResolutionRow.version_id == bindparam("in_version"), ResolutionRow.ordinal == bindparam("at"))
_ALL = _DECIDE.where(ResolutionRow.claim == bindparam("of_claim"), ResolutionRow.mention == bindparam("at"))
_NEW = _ALL.where(ResolutionRow.state == "new")


def _values(outcome: _Outcome) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in outcome._asdict().items()}


def _write(connection: Connection, outcomes: _Outcomes) -> None:
    """Writes what single mentions mean."""
    rows = [{"in_version": version_id, "at": ordinal, **_values(outcome)} for (version_id, ordinal), outcome in outcomes.items()]
    if rows:
        connection.execute(_ONE, rows)


def _write_together(connection: Connection, outcomes: Mapping[int, list[list[Any]]], changed: Set[int]) -> None:
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


def _note_apart(connection: Connection, claims: Iterable[int]) -> None:
    """Notes of claims that each of their plans was asked by itself."""
    for chunk in in_chunks(claims):
        connection.execute(update(ClaimRow).where(ClaimRow.id.in_(chunk)).values(outcomes=None))


def _mentions(connection: Connection, claims: Iterable[int], *, new: bool) -> list[_Mention]:
    """The mentions of some claims as they are stored; those that were never resolved, which nobody is told of, only where ``new``: after a
    long `add` they are nearly all."""
    at = (ResolutionRow.version_id, ResolutionRow.ordinal, ResolutionRow.claim, ResolutionRow.mention)
    query = select(*at, *_OUTCOME) if new else select(*at, *_OUTCOME).where(ResolutionRow.state != "new")
    rows = (row for chunk in in_chunks(claims) for row in connection.execute(query.where(ResolutionRow.claim.in_(chunk))))
    return [_Mention(*row[:4], _Outcome(*row[4:])) for row in rows]


def _authorities(connection: Connection, blocks: set[str] | None) -> dict[str, _Known]:
    columns = select(*AuthorityRow.__table__.columns)
    rows: list[Row[*tuple[Any, ...]]] = []
    if blocks is None:
        rows = list(connection.execute(columns))
    else:
        for chunk in in_chunks(blocks):
            rows += connection.execute(columns.where(AuthorityRow.block.in_(chunk)))
    return {row.key: _known(dict(row._mapping)) for row in rows}


def _known(row: dict[str, Any]) -> _Known:
    return _Known(cited_document(row, None), row["document_id"], row)


def _outcomes(connection: Connection) -> _Outcomes:
    """What all mentions were resolved to; those that never were are left out."""
    query = select(ResolutionRow.version_id, ResolutionRow.ordinal, *_OUTCOME).where(ResolutionRow.state != "new")
    return {(row[0], row[1]): _Outcome(*row[2:]) for row in connection.execute(query)}


def _changes(
    connection: Connection, outcomes: _Outcomes, before: _Outcomes, old: Mapping[str, _Known], new: Mapping[str, _Known]
) -> list[Change]:
    """The mentions that mean something else now, those of one plan that changed alike as one."""
    moved = any(key in new and known.paper != new[key].paper for key, known in old.items())
    found: dict[tuple[int, _Meaning, _Meaning], list[int]] = defaultdict(list)
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


def _same_meaning(was: _Meaning, now: _Meaning, old: Mapping[str, _Known], new: Mapping[str, _Known]) -> bool:
    """Whether a mention means what it did: the same state, contradictions and documents."""
    if was[0] != now[0] or was[3] != now[3]:
        return False
    before, after = _documents(was, old), _documents(now, new)
    return len(before) == len(after) and all(any(_alike(one, other) for other in after) for one in before)


def _documents(resolved: _Meaning, known: Mapping[str, _Known]) -> list[_Known]:
    _, record, candidates, _ = resolved
    return [known[key] for key in ((record,) if record is not None else candidates) if key in known]


def _alike(one: _Known, other: _Known) -> bool:
    """Whether two records are one to a reader: the same key and paper, or nothing that is shown of them differs."""
    a, b = one.cited, other.cited
    return one.paper == other.paper and (a.key == b.key or replace(a, key=b.key) == b)


def _told(resolved: _Meaning, known: Mapping[str, _Known], there: dict[int, Document]) -> Outcome:
    found = _documents(resolved, known)
    return Outcome(
        resolved[0], tuple(replace(one.cited, document=there.get(one.paper) if one.paper is not None else None) for one in found)
    )
